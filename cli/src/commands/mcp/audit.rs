//! The log of what agents called: which tool, on which records, with which outcome; never values.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use serde_json::{Map, Value, json};
use sidelight::http::date;

use crate::failure::Failure;
use crate::host::private;

/// The log of what agents called.
pub struct Audit(RefCell<File>);

impl Audit {
    /// Opens the log, for its owner only, and goes on at its end.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        let wrong = |error| Failure::File(format!("The log {} cannot be written ({error}).", path.display()));
        private(path).and_then(|()| options.open(path)).map(|file| Self(RefCell::new(file))).map_err(wrong)
    }

    /// Writes one call down. `at` is in milliseconds since 1970, `ms` how long it took.
    pub fn note(&self, at: i64, ms: i64, tool: &str, arguments: &Value, outcome: &str) -> Result<(), Failure> {
        let line = json!({"at": date::iso(at), "ms": ms, "tool": tool, "on": shape(arguments), "outcome": outcome});
        let wrong = |error| Failure::File(format!("The log of calls cannot be written ({error})."));
        writeln!(self.0.borrow_mut(), "{line}").map_err(wrong)
    }
}

/// Ids of records, runs and plans and kinds as they are; of everything else only that it was there. A text may be
/// anything, a tax number too.
fn shape(arguments: &Value) -> Value {
    match arguments {
        Value::Object(members) => {
            let mut shown = Map::new();
            for (name, value) in members {
                let named = ["kind", "id", "run_id", "plan_id"].contains(&name.as_str());
                let value = match value {
                    Value::Array(_) | Value::Object(_) => shape(value),
                    Value::String(_) if named => value.clone(),
                    Value::Number(_) if named || name.ends_with("_id") => value.clone(),
                    _ => Value::from("…"),
                };
                shown.insert(name.clone(), value);
            }
            Value::Object(shown)
        }
        Value::Array(rows) => rows.iter().map(shape).collect(),
        _ => Value::from("…"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_written_down() {
        let arguments = json!({"id": 12, "kind": "ticket", "run_id": "7f", "records": [{"client_id": 3, "new_password": "s3cret", "tax_id": "DE 12"}]});
        let shown = json!({"id": 12, "kind": "ticket", "run_id": "7f", "records": [{"client_id": 3, "new_password": "…", "tax_id": "…"}]});
        assert_eq!(shape(&arguments), shown);
    }
}
