//! Why driving a browser failed.

use std::time::Duration;

/// Result of everything that talks to a browser.
pub type Result<T> = std::result::Result<T, Error>;

/// Why driving a browser failed; each says enough to be read in a test's closing lines.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The program is not there or does not start.
    #[error("{program} could not be started: {reason}")]
    Start {
        /// Name of the program.
        program: String,
        /// What the system, or the program itself, said.
        reason: String,
    },
    /// The folder holds no extension that a test can load.
    #[error("no test copy of the extension: {0} (run `cargo xtask build`)")]
    Extension(String),
    /// The connection to the browser broke.
    #[error("the connection to the browser broke: {0}")]
    Connection(String),
    /// The browser refused a command.
    #[error("{method}: {code}: {message}")]
    Refused {
        /// WebDriver BiDi command.
        method: String,
        /// WebDriver BiDi error code, "no such node" for one.
        code: String,
        /// The browser's own words.
        message: String,
    },
    /// A script in a page threw.
    #[error("a script threw: {0}")]
    Script(String),
    /// The extension's background refused a message.
    #[error("the background answered {said} with {answer}")]
    Trouble {
        /// Name of the message.
        said: String,
        /// The whole answer.
        answer: String,
    },
    /// Something awaited did not come.
    #[error("waited {waited:?} for {what}; {last}")]
    Timeout {
        /// What was awaited.
        what: String,
        /// For how long.
        waited: Duration,
        /// What was there instead.
        last: String,
    },
    /// What was seen is not what should be.
    #[error("not as it should be: {0}")]
    Unexpected(String),
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] std::io::Error),
}

impl Error {
    /// Whether trying again may help: the page changed under the command.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Refused { code, .. } => matches!(
                code.as_str(),
                "no such node"
                    | "no such frame"
                    | "no such element"
                    | "stale element reference"
                    | "move target out of bounds"
                    | "unknown error"
            ),
            Self::Script(_) => true,
            _ => false,
        }
    }

    /// The same, with a reason put in front of what was there instead.
    pub(super) fn because(self, reason: &str) -> Self {
        match self {
            Self::Timeout { what, waited, last } if !reason.is_empty() => {
                Self::Timeout { what, waited, last: format!("{reason}; {last}") }
            }
            other => other,
        }
    }
}
