//! The JSON schema of a type, made of the type itself: `#[derive(Shape)]` beside `#[derive(Json)]`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A type whose JSON has a schema.
pub trait Shape {
    /// The schema of what [`super::Json::to_json`] writes.
    fn shape() -> Value;
}

/// An object's schema, member by member.
#[derive(Default)]
pub struct Object {
    members: Map<String, Value>,
    needed: Vec<Value>,
}

impl Object {
    /// One member more, with what it means; `needed`: it is always written. One that is left out where there is
    /// none is never null.
    #[must_use]
    pub fn put(mut self, name: &str, shape: Value, about: &str, needed: bool) -> Self {
        if needed {
            self.needed.push(name.into());
        }
        self.put_or_null(name, if needed { shape } else { given(shape) }, about)
    }

    /// One member more, which may be missing; null is as good.
    #[must_use]
    pub fn put_or_null(mut self, name: &str, mut shape: Value, about: &str) -> Self {
        if !about.is_empty() {
            shape["description"] = about.into();
        }
        self.members.insert(name.to_owned(), shape);
        self
    }

    /// The members of another object.
    #[must_use]
    pub fn put_all(mut self, mut shape: Value) -> Self {
        if let Value::Object(members) = shape["properties"].take() {
            self.members.extend(members);
        }
        if let Value::Array(needed) = shape["required"].take() {
            self.needed.extend(needed);
        }
        self
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Value {
        json!({"type": "object", "properties": object.members, "required": object.needed})
    }
}

/// One of these words.
pub fn one_of(words: &[&str]) -> Value {
    json!({ "enum": words })
}

/// Any of these forms.
pub fn any_of(forms: Vec<Value>) -> Value {
    json!({ "anyOf": forms })
}

/// A list of exactly these.
pub fn tuple(parts: Vec<Value>) -> Value {
    json!({"type": "array", "minItems": parts.len(), "maxItems": parts.len(), "prefixItems": parts})
}

/// The same within a bound: of a number (`minimum`), or of what a list holds (`minItems`).
pub fn bounded(mut shape: Value, word: &str, of_lists: &str, bound: i64) -> Value {
    let word = if shape.get("items").is_some() { of_lists } else { word };
    shape[word] = bound.into();
    shape
}

/// The same, or null.
pub fn nullable(mut shape: Value) -> Value {
    let Some(members) = shape.as_object_mut() else { return shape };
    match members.get_mut("type") {
        Some(Value::Array(kinds)) => kinds.push("null".into()),
        Some(kind) => *kind = json!([kind.take(), "null"]),
        None => {}
    }
    if let Some(Value::Array(words)) = members.get_mut("enum") {
        words.push(Value::Null);
    }
    if let Some(Value::Array(forms)) = members.get_mut("anyOf") {
        forms.push(json!({"type": "null"}));
    }
    shape
}

/// The same without null: the way back from [`nullable`].
fn given(mut shape: Value) -> Value {
    if let Some(Value::Array(kinds)) = shape.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [one] = kinds.as_mut_slice() {
            shape["type"] = one.take();
        }
    }
    if let Some(Value::Array(words)) = shape.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if let Some(Value::Array(forms)) = shape.get_mut("anyOf") {
        forms.retain(|form| form["type"] != "null");
    }
    shape
}

macro_rules! plain {
    ($($ty:ty = $shape:tt;)*) => {
        $(impl Shape for $ty {
            fn shape() -> Value {
                json!($shape)
            }
        })*
    };
}

plain! {
    String = {"type": "string"};
    bool = {"type": "boolean"};
    i64 = {"type": "integer"};
    u32 = {"type": "integer", "minimum": 0};
    usize = {"type": "integer", "minimum": 0};
    Value = {};
    Map<String, Value> = {"type": "object"};
}

impl<T: Shape> Shape for Option<T> {
    fn shape() -> Value {
        nullable(T::shape())
    }
}

impl<T: Shape> Shape for Box<T> {
    fn shape() -> Value {
        T::shape()
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn shape() -> Value {
        json!({"type": "array", "items": T::shape()})
    }
}

impl<T: Shape> Shape for BTreeMap<String, T> {
    fn shape() -> Value {
        json!({"type": "object", "additionalProperties": T::shape()})
    }
}

impl<A: Shape, B: Shape> Shape for (A, B) {
    fn shape() -> Value {
        tuple(vec![A::shape(), B::shape()])
    }
}
