//! How a command ends.

use sidelight::sync::view::{RunState, RunView};
use sidelight::trouble::Retry;

/// The exit codes, as `--help` documents them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, or nothing to do.
    Done,
    /// Something that should not be; nobody can mend it from outside.
    Defect,
    /// The user has to do something first: arguments, configuration, credentials, a choice, a yes.
    Act,
    /// Changes are pending (`plan --check`).
    Pending,
    /// Done in part: what failed or is left is listed.
    Part,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Defect => 1,
            Exit::Act => 2,
            Exit::Pending => 3,
            Exit::Part => 4,
        }
    }

    /// Where an error leads to.
    pub fn of(retry: Retry) -> Self {
        if retry == Retry::Defect { Exit::Defect } else { Exit::Act }
    }

    /// Where a run leads to: one that wrote nothing at all failed as its first trouble says.
    pub fn of_run(run: &RunView) -> Self {
        match run.state {
            RunState::Done | RunState::Undone => Exit::Done,
            RunState::Running | RunState::Paused => Exit::Part,
            RunState::Stopped | RunState::Part if run.steps.iter().any(|step| step.done) => Exit::Part,
            RunState::Stopped | RunState::Part => {
                let first = run.steps.iter().find_map(|step| step.trouble.as_ref());
                first.map_or(Exit::Act, |trouble| Exit::of(trouble.retry))
            }
        }
    }

    /// The one that says more, of two things that one command did.
    pub fn and(self, other: Self) -> Self {
        if self == Exit::Done { other } else { self }
    }
}
