//! The members of one object.

use serde_json::{Map, Value};

use super::{Json, Wrong};

/// The members of one object, while it is read or written.
#[derive(Default)]
pub struct Members(Map<String, Value>);

impl Members {
    /// Opens an object.
    pub fn read(value: Value) -> Result<Self, Wrong> {
        match value {
            Value::Object(members) => Ok(Self(members)),
            _ => Err(Wrong::value()),
        }
    }

    /// Writes one member.
    pub fn put<T: Json>(&mut self, name: &str, value: &T) {
        self.insert(name, value.to_json());
    }

    /// Writes all members of a value that is an object.
    pub fn put_all<T: Json>(&mut self, value: &T) {
        if let Value::Object(members) = value.to_json() {
            self.0.extend(members);
        }
    }

    /// Writes the member that names a variant.
    pub fn name(&mut self, tag: &str, variant: &str) {
        self.insert(tag, Value::from(variant));
    }

    /// Reads one member.
    pub fn take<T: Json>(&mut self, name: &'static str) -> Result<T, Wrong> {
        match self.remove(name) {
            Some(value) => T::from_json(value).map_err(|wrong| Wrong(wrong.0.or(Some(name)))),
            None => T::missing().ok_or(Wrong::member(name)),
        }
    }

    /// Reads one member; `usual` where it is missing.
    pub fn take_or<T: Json>(&mut self, name: &'static str, usual: T) -> Result<T, Wrong> {
        match self.remove(name) {
            Some(value) => T::from_json(value).map_err(|wrong| Wrong(wrong.0.or(Some(name)))),
            None => Ok(usual),
        }
    }

    #[inline(never)]
    fn insert(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    #[inline(never)]
    fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }
}

impl From<Members> for Value {
    fn from(members: Members) -> Self {
        Value::Object(members.0)
    }
}
