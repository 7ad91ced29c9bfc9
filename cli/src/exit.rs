//! How a command ends.

/// The exit codes, as `--help` documents them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, or nothing to do.
    Done,
    /// It failed; the sentence says why.
    Failed,
    /// The command or the configuration is wrong.
    Usage,
    /// A person has to decide: choose a record, agree to overwrite, confirm.
    Decision,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Decision => 3,
        }
    }
}
