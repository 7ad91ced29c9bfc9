//! JSON schemas of arguments, made of their types: whether arguments fit one, and if not, which one and why.
//!
//! It knows the words of JSON Schema that this project's own schemas use, and no others.

use serde_json::{Value, json};

use crate::json::{Json, Shape, Wrong};
use crate::t;

/// Arguments of this type, and no others.
pub fn of<T: Shape>() -> Value {
    let mut shape = T::shape();
    shape["additionalProperties"] = false.into();
    shape
}

/// The id of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(pub i64);

impl Shape for Id {
    fn shape() -> Value {
        json!({"type": "integer", "minimum": 1})
    }
}

impl Json for Id {
    fn to_json(&self) -> Value {
        self.0.into()
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        i64::from_json(value).map(Self)
    }
}

/// What misses the schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} {why}", if path.is_empty() { "The whole" } else { path })]
pub struct Miss {
    /// Which member: `records[2].client_id`; empty for the whole.
    pub path: String,
    /// Why it does not fit: the rest of a sentence.
    pub why: String,
}

/// Whether the value fits the schema.
pub fn check(schema: &Value, value: &Value) -> Result<(), Miss> {
    at(schema, value, "")
}

fn at(schema: &Value, value: &Value, path: &str) -> Result<(), Miss> {
    let miss = |why: String| Err(Miss { path: path.to_owned(), why });
    if let Some(wanted) = schema.get("type") {
        let names: Vec<&str> = match wanted {
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        if !names.iter().any(|name| is(name, value)) {
            return miss(t!(
                "has to be {kinds}",
                kinds = names.iter().map(|n| word(n)).collect::<Vec<_>>().join(" or ")
            ));
        }
    }
    if let Some(choices) = schema.get("enum").and_then(Value::as_array)
        && !choices.contains(value)
    {
        let words: Vec<String> =
            choices.iter().map(|c| c.as_str().map_or_else(|| c.to_string(), str::to_owned)).collect();
        return miss(t!("has to be one of {words}", words = words.join(", ")));
    }
    let number = |name: &str| schema.get(name).and_then(Value::as_f64);
    if let Some(given) = value.as_f64() {
        if let Some(least) = number("minimum").filter(|least| given < *least) {
            return miss(t!("has to be at least {least}", least));
        }
        if let Some(most) = number("maximum").filter(|most| given > *most) {
            return miss(t!("has to be at most {most}", most));
        }
    }
    if let Value::Array(rows) = value {
        if number("minItems").is_some_and(|least| (rows.len() as f64) < least) {
            return miss(t!("has to hold something"));
        }
        if let Some(most) = number("maxItems").filter(|most| rows.len() as f64 > *most) {
            return miss(t!("may hold {most} at most", most));
        }
        if let Some(each) = schema.get("items") {
            for (index, row) in rows.iter().enumerate() {
                at(each, row, &format!("{path}[{index}]"))?;
            }
        }
    }
    if let Value::Object(members) = value {
        let required = schema.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for name in required.iter().filter_map(Value::as_str) {
            if !members.contains_key(name) {
                return Err(Miss { path: join(path, name), why: t!("is missing") });
            }
        }
        let known = schema.get("properties").and_then(Value::as_object);
        for (name, value) in members {
            let path = join(path, name);
            match (known.and_then(|known| known.get(name)), schema.get("additionalProperties")) {
                (Some(schema), _) | (None, Some(schema @ Value::Object(_))) => at(schema, value, &path)?,
                (None, Some(Value::Bool(false))) => return Err(Miss { path, why: t!("is not known here") }),
                _ => {}
            }
        }
    }
    Ok(())
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => value.is_null(),
    }
}

fn word(name: &str) -> String {
    match name {
        "integer" => t!("a whole number"),
        "number" => t!("a number"),
        "string" => t!("text"),
        "boolean" => t!("true or false"),
        "array" => t!("an array"),
        "object" => t!("an object"),
        _ => "null".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_misses_is_named_with_the_reason() {
        let schema = json!({
            "type": "object", "required": ["records"], "additionalProperties": false,
            "properties": {
                "records": {"type": "array", "minItems": 1, "items": {
                    "type": "object", "properties": {"id": {"type": "integer", "minimum": 1}}}},
                "kind": {"enum": ["ticket", "client"]},
            },
        });
        let why = |value: Value| check(&schema, &value).err().map(|miss| miss.to_string());
        assert_eq!(why(json!({"records": [{"id": 1, "x": 2}]})), None);
        assert_eq!(why(json!([])).as_deref(), Some("The whole has to be an object"));
        assert_eq!(why(json!({})).as_deref(), Some("records is missing"));
        assert_eq!(why(json!({"records": []})).as_deref(), Some("records has to hold something"));
        assert_eq!(
            why(json!({"records": [{}, {"id": "x"}]})).as_deref(),
            Some("records[1].id has to be a whole number")
        );
        assert_eq!(why(json!({"records": [{"id": 0}]})).as_deref(), Some("records[0].id has to be at least 1"));
        assert_eq!(why(json!({"records": [{}], "kind": "x"})).as_deref(), Some("kind has to be one of ticket, client"));
        assert_eq!(why(json!({"records": [{}], "y": 1})).as_deref(), Some("y is not known here"));
    }
}
