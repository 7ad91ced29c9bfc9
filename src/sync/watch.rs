//! Being watched while working: progress out, a wish to stop in.

use crate::sync::table::Progress;

/// Who follows planning or a run.
pub trait Watch {
    /// Something was done.
    fn progress(&self, progress: &Progress);
    /// Whether to stop at the next good moment: planning ends, a run is paused.
    fn stop(&self) -> bool;
}

/// Nobody watches.
pub struct Nobody;

impl Watch for Nobody {
    fn progress(&self, _: &Progress) {}
    fn stop(&self) -> bool {
        false
    }
}
