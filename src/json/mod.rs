//! The core's own types as JSON: one reader and one writer each, made by `#[derive(Json)]`.
//!
//! Everything goes over [`Value`], so that a type is read in one way wherever it comes from. Types that
//! derive it can be used with serde as well.

mod members;
mod plain;
pub mod shape;
mod variant;

#[doc(hidden)]
pub use serde;
pub use serde_json::{Map, Value};
pub use sidelight_derive::{Json, Shape};

pub use members::Members;
pub use shape::Shape;
pub use variant::{in_one, in_two, items, list, of_one, of_two, text, word};

/// A type with a form in JSON.
pub trait Json: Sized {
    /// Its JSON.
    fn to_json(&self) -> Value;
    /// From its JSON. Members that the type does not know are passed over.
    fn from_json(value: Value) -> Result<Self, Wrong>;
    /// What it is where the member that holds it is missing, if it may be.
    fn missing() -> Option<Self> {
        None
    }
}

/// Why JSON was not what it should be: the member that is missing or of another kind. Holds no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong(Option<&'static str>);

impl Wrong {
    /// The value itself is of another kind.
    pub fn value() -> Self {
        Self(None)
    }
    /// This member is missing, or of another kind.
    pub fn member(name: &'static str) -> Self {
        Self(Some(name))
    }
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not of the kind that belongs here: ")?;
        f.write_str(self.0.unwrap_or("the value"))
    }
}

impl std::error::Error for Wrong {}

/// JSON text of a value.
pub fn write<T: Json>(value: &T) -> String {
    value.to_json().to_string()
}

/// A value of JSON text.
pub fn read<T: Json>(text: &str) -> Result<T, Wrong> {
    T::from_json(parse(text.as_bytes()).map_err(|_| Wrong(Some("JSON")))?)
}

/// Any JSON. One reader of bytes for all: text is bytes too.
#[inline(never)]
pub fn parse(text: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(text)
}

/// An object of these members, put in one by one: collecting them would sort them first.
pub fn object(members: impl IntoIterator<Item = (String, Value)>) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in members {
        object.insert(name, value);
    }
    object
}

#[cfg(test)]
mod tests;
