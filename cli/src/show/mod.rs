//! What the commands answer, as lines and as JSON.

mod check;
mod plan;
mod run;

pub use check::check;
pub use plan::plan;
pub use run::{run, runs};

use serde::Serialize;
use sidelight::sync::view::{PlanView, RunView};
use sidelight::trouble::Trouble;

/// The JSON answer of the commands that change something.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// What was planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanView>,
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
