//! Values by slot key: what was synced last, what both sides agree in.

use crate::hudu::field::FieldValue;
use crate::json::{Json, Map, Value, Wrong, object};
use crate::mapping::word::Word;

/// Values by slot key, in the order of the keys. One object in JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Vec<(Word, FieldValue)>);

impl Values {
    /// The value under this key.
    pub fn get(&self, key: &str) -> Option<&FieldValue> {
        self.find(key).ok().map(|place| &self.0[place].1)
    }

    /// Puts a value under a key; the one before goes.
    pub fn insert(&mut self, key: impl Into<Word>, value: FieldValue) {
        let key = key.into();
        match self.find(&key) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// Keys and values.
    pub fn iter(&self) -> impl Iterator<Item = &(Word, FieldValue)> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Gives back the room that no value needs.
    pub fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    /// Puts a value under a key that has this place among them: no texts are compared.
    pub fn insert_at(&mut self, place: usize, key: Word, value: FieldValue) {
        self.0.insert(place, (key, value));
    }

    /// Room for so many values.
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(key))
    }
}

impl<K: Into<Word>> Extend<(K, FieldValue)> for Values {
    fn extend<I: IntoIterator<Item = (K, FieldValue)>>(&mut self, values: I) {
        for (key, value) in values {
            self.insert(key, value);
        }
    }
}

impl<K: Into<Word>> FromIterator<(K, FieldValue)> for Values {
    fn from_iter<I: IntoIterator<Item = (K, FieldValue)>>(values: I) -> Self {
        let mut all = Self::default();
        all.extend(values);
        all
    }
}

impl IntoIterator for Values {
    type Item = (Word, FieldValue);
    type IntoIter = std::vec::IntoIter<Self::Item>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Json for Values {
    fn to_json(&self) -> Value {
        Value::Object(object(self.0.iter().map(|(key, value)| (key.to_string(), value.to_json()))))
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        let mut read = Self::default();
        for (key, value) in Map::from_json(value)? {
            read.insert(key, FieldValue::from_json(value)?);
        }
        Ok(read)
    }
}
