//! What the commands answer, as lines and as JSON.

mod check;
mod everything;
mod grid;
mod plan;
pub mod recipe;
pub mod records;
mod run;
mod words;

pub use check::check;
pub use everything::everything;
pub use plan::{item, plan};
pub use run::{report, run, runs};
pub use words::{count, document, nobody, nobody_said_yes};

use serde::Serialize;
use sidelight::sync::table::SummaryView;
use sidelight::sync::view::{PlanView, RunView};
use sidelight::trouble::Trouble;

/// The JSON answer of the commands that change something.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// What was planned for one record, or for undoing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanView>,
    /// What was planned for everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<SummaryView>,
    /// What was done; missing where nothing was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<RunView>,
    /// Runs that were left open earlier and were gone on with first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resumed: Vec<RunView>,
    /// Why it did not get further.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
}
