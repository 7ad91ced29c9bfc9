//! The variants of enums.

use serde_json::{Map, Value};

use super::{Wrong, object};

/// A word.
#[inline(never)]
pub fn word(word: &str) -> Value {
    Value::from(word)
}

/// The text that a value is.
pub fn text(value: &Value) -> Result<&str, Wrong> {
    value.as_str().ok_or(Wrong::value())
}

/// An array.
pub fn list<const N: usize>(items: [Value; N]) -> Value {
    Value::Array(items.into())
}

/// An array of so many.
pub fn items<const N: usize>(value: Value) -> Result<[Value; N], Wrong> {
    match value {
        Value::Array(items) => items.try_into().map_err(|_| Wrong::value()),
        _ => Err(Wrong::value()),
    }
}

/// A variant as its word, or as an object of one member where it holds something.
#[inline(never)]
pub fn in_one(name: &str, content: Option<Value>) -> Value {
    match content {
        None => word(name),
        Some(content) => Value::Object(object([(name.to_owned(), content)])),
    }
}

/// The name and what it holds, from [`in_one`].
#[inline(never)]
pub fn of_one(value: Value) -> Result<(String, Value), Wrong> {
    match value {
        Value::String(name) => Ok((name, Value::Null)),
        Value::Object(members) if members.len() == 1 => members.into_iter().next().ok_or(Wrong::value()),
        _ => Err(Wrong::value()),
    }
}

/// A variant as an object of two members.
#[inline(never)]
pub fn in_two(tag: &str, holds: &str, name: &str, content: Option<Value>) -> Value {
    let mut members = Map::new();
    members.insert(tag.to_owned(), word(name));
    if let Some(content) = content {
        members.insert(holds.to_owned(), content);
    }
    Value::Object(members)
}

/// The name and what it holds, from [`in_two`].
#[inline(never)]
pub fn of_two(tag: &'static str, holds: &str, value: Value) -> Result<(String, Value), Wrong> {
    let Value::Object(mut members) = value else { return Err(Wrong::value()) };
    match members.remove(tag) {
        Some(Value::String(name)) => Ok((name, members.remove(holds).unwrap_or_default())),
        _ => Err(Wrong::member(tag)),
    }
}
