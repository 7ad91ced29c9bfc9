//! The log of what API clients changed, so that a test can hold a client's own journal against it.

use serde_json::Value;

/// One record that a request changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Resource, as in the path ("companies", "KBArticle").
    pub resource: &'static str,
    /// Id of the record.
    pub id: i64,
    /// The record as the API showed it before; `None` for a new one.
    pub before: Option<Value>,
    /// The record as the API shows it since.
    pub after: Value,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// A server's log; nothing is kept before it is switched on.
#[derive(Default)]
pub(crate) struct WriteLog(Option<Vec<Written>>);

impl WriteLog {
    /// Keeps what is written from now on.
    pub(crate) fn start(&mut self) {
        self.0 = Some(Vec::new());
    }

    /// Whether anything is kept: what is shown only for the log need not be made otherwise.
    pub(crate) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn add(&mut self, written: Written) {
        if let Some(log) = &mut self.0 {
            log.push(written);
        }
    }

    pub(crate) fn list(&self) -> Vec<Written> {
        self.0.clone().unwrap_or_default()
    }
}
