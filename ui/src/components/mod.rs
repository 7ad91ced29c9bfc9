//! The parts that pages are made of.

mod back;
mod basics;
mod body;
mod choose;
mod differences;
mod document;
mod fields;
mod filter;
mod form;
mod guarded;
mod item;
mod password;
mod plan;
mod run;
mod secret;

pub use back::{AboutCompany, AboutDocument};
pub use basics::{AsOf, ChipView, CopyButton, HuduLink, State, TroubleLine};
use body::Body;
pub use choose::Choose;
pub use differences::Differences;
pub use document::{Reader, close as close_document};
pub use fields::{FieldRow, Fields};
pub use filter::{Filtered, Line, filter_words, lines};
pub use form::{Radios, TextField, Tick};
use guarded::Guarded;
pub use item::Item;
pub use password::PasswordRow;
pub use plan::Planner;
use run::RunPanel;
use secret::{Ring, Secret, SecretPartLine};
