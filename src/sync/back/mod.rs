//! Writing back: what a person adds by hand beside what is synced. Every write is a plan of one item, so
//! that it is shown first, journalled, looked up before it is sent again, and undone like any other.
//!
//! | what | where it goes | undo |
//! |---|---|---|
//! | a document on a ticket | a private note (an action) in HaloITSM | stays: Sidelight deletes nothing |
//! | a quick note | the end of the company's notes in Hudu | the notes as they were |
//! | fields of an asset | the asset, changed fields only | the values before |
//! | a new asset or person | an asset in the layout that was chosen | archived |
//! | a new password | a password of the company, or of an asset | archived |
//! | a relation | a relation in Hudu | stays: Sidelight deletes nothing |

mod asset;
mod company;
mod input;
mod note;
mod password;
mod relation;

use crate::sync::plan::{Item, Plan, Subject, Target};
use crate::sync::view::{Action, Direction};

pub use input::{FormField, FormView, InputKind, Typed};
pub use note::{NoteLine, Outcome, note_html};
pub use password::{NewPassword, put_by};
pub use relation::End;

/// A plan of this one item.
fn plan_of(direction: Direction, title: String, item: Item, made: i64) -> Plan {
    let mut plan = Plan::new(direction, Subject::ByHand(title), vec![item], None);
    plan.made = made;
    plan
}

/// An item that makes or changes something, or says why it does not.
fn item(id: String, action: Action, title: &str, reason: impl Into<String>, target: Target) -> Item {
    Item::new(id, action, title, reason.into(), target)
}
