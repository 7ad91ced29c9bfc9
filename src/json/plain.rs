//! Texts, numbers, lists: what every type is made of.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value};

use super::{Json, Wrong, items, list, object};

impl Json for Value {
    fn to_json(&self) -> Value {
        self.clone()
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        Ok(value)
    }
}

impl Json for Map<String, Value> {
    fn to_json(&self) -> Value {
        Value::Object(self.clone())
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        match value {
            Value::Object(members) => Ok(members),
            _ => Err(Wrong::value()),
        }
    }
}

impl Json for String {
    #[inline(never)]
    fn to_json(&self) -> Value {
        Value::from(self.as_str())
    }
    #[inline(never)]
    fn from_json(value: Value) -> Result<Self, Wrong> {
        match value {
            Value::String(text) => Ok(text),
            _ => Err(Wrong::value()),
        }
    }
}

impl Json for bool {
    fn to_json(&self) -> Value {
        Value::Bool(*self)
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        value.as_bool().ok_or(Wrong::value())
    }
}

impl Json for i64 {
    fn to_json(&self) -> Value {
        Value::from(*self)
    }
    #[inline(never)]
    fn from_json(value: Value) -> Result<Self, Wrong> {
        // 12.0 is a whole number as well; beyond 2^53 a double no longer tells them apart.
        let whole = || value.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 9e15).map(|n| n as i64);
        value.as_i64().or_else(whole).ok_or(Wrong::value())
    }
}

impl Json for u32 {
    fn to_json(&self) -> Value {
        Value::from(*self)
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        i64::from_json(value)?.try_into().map_err(|_| Wrong::value())
    }
}

impl Json for usize {
    fn to_json(&self) -> Value {
        Value::from(*self)
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        i64::from_json(value)?.try_into().map_err(|_| Wrong::value())
    }
}

/// `None` is null, and may be missing.
impl<T: Json> Json for Option<T> {
    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_json)
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        match value {
            Value::Null => Ok(None),
            value => T::from_json(value).map(Some),
        }
    }
    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Json> Json for Box<T> {
    fn to_json(&self) -> Value {
        (**self).to_json()
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        T::from_json(value).map(Box::new)
    }
}

impl<T: Json> Json for Vec<T> {
    fn to_json(&self) -> Value {
        Value::Array(self.iter().map(T::to_json).collect())
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        match value {
            Value::Array(items) => items.into_iter().map(T::from_json).collect(),
            _ => Err(Wrong::value()),
        }
    }
}

impl<T: Json> Json for VecDeque<T> {
    fn to_json(&self) -> Value {
        Value::Array(self.iter().map(T::to_json).collect())
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        Vec::from_json(value).map(Self::from)
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn to_json(&self) -> Value {
        Value::Object(object(self.iter().map(|(key, value)| (key.clone(), value.to_json()))))
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        let mut read = BTreeMap::new();
        for (key, value) in Map::from_json(value)? {
            read.insert(key, T::from_json(value)?);
        }
        Ok(read)
    }
}

impl<A: Json, B: Json> Json for (A, B) {
    fn to_json(&self) -> Value {
        list([self.0.to_json(), self.1.to_json()])
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        let [a, b] = items(value)?;
        Ok((A::from_json(a)?, B::from_json(b)?))
    }
}

impl<A: Json, B: Json, C: Json> Json for (A, B, C) {
    fn to_json(&self) -> Value {
        list([self.0.to_json(), self.1.to_json(), self.2.to_json()])
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        let [a, b, c] = items(value)?;
        Ok((A::from_json(a)?, B::from_json(b)?, C::from_json(c)?))
    }
}
