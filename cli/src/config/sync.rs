//! Tables by kind of record, as they are written in the file, in the form of the settings.
//!
//! `[sync.keys]` with `asset = ["serial"]` stands for the pair `["asset", ["serial"]]`, on top of the
//! default pairs; `[sync.policies.client]` with `phone = "never"` for `["client", "phone", "never"]`.

use serde_json::{Value, json};

/// Turns the value of a key as it stands in the file into that of the settings, given the default.
pub type Adapt = fn(&str, Value, Value) -> Result<Value, String>;

/// The adapter of the section `[sync]`.
pub fn adapt(key: &str, value: Value, usual: Value) -> Result<Value, String> {
    match (key, value) {
        ("keys", Value::Object(kinds)) => {
            let Value::Array(mut pairs) = usual else { return Ok(Value::Object(kinds)) };
            for (kind, keys) in kinds {
                pairs.retain(|pair| pair.get(0).and_then(Value::as_str) != Some(&kind));
                pairs.push(json!([kind, keys]));
            }
            Ok(Value::Array(pairs))
        }
        ("policies", Value::Object(kinds)) => {
            let mut rows = Vec::new();
            for (kind, fields) in kinds {
                let Value::Object(fields) = fields else {
                    return Err(format!("under [sync.policies.{kind}] each field has a line of its own"));
                };
                rows.extend(fields.into_iter().map(|(field, policy)| json!([kind, field, policy])));
            }
            Ok(Value::Array(rows))
        }
        (_, value) => Ok(value),
    }
}
