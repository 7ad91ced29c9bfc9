//! What went wrong, in the form that every page, the command line and every report shows.

use crate::json::{Json, Shape};
use crate::words::tell;

/// Who has to do something before the same thing can succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum Retry {
    /// Trying again later may succeed by itself.
    Later,
    /// The user (or their administrator) has to act first.
    UserMustAct,
    /// Nobody can mend it from outside: a defect, to be reported.
    Defect,
}

/// Implemented by each boundary's error: a stable code, a retry class and one sentence
/// that tells the user what happened and what to do next.
pub trait Explain {
    /// Stable code, `area.reason`, for support and for tests: never translated, never reused.
    fn code(&self) -> &'static str;
    /// Who has to act.
    fn retry(&self) -> Retry;
    /// What happened and what to do next. Holds no secret.
    fn sentence(&self) -> String;
    /// Milliseconds since 1970 at which trying again makes sense, where known (a rate limit).
    fn until(&self) -> Option<i64> {
        None
    }

    /// The form for pages and reports.
    fn trouble(&self) -> Trouble {
        Trouble { code: self.code().to_owned(), retry: self.retry(), sentence: self.sentence(), until: self.until() }
    }
}

/// An error as a page or a report shows it.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct Trouble {
    /// Stable code, `area.reason`.
    pub code: String,
    /// Who has to act.
    pub retry: Retry,
    /// What happened and what to do next.
    pub sentence: String,
    /// Milliseconds since 1970 at which trying again makes sense, where known.
    #[json(omit)]
    pub until: Option<i64>,
}

impl Trouble {
    /// A trouble that is kept, in the language that is spoken.
    pub fn told(self) -> Self {
        Self { sentence: tell(&self.sentence), ..self }
    }
}
