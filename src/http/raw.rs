//! Records as an API answered them, and tolerant readers of their members.
//!
//! What an API answers is untrusted: a missing or odd member is `None`, never a failure; numbers may
//! come as strings or doubles; unknown members stay in [`Record::raw`].

use serde_json::Value;

/// The members of one JSON object.
pub type Raw = serde_json::Map<String, Value>;

/// A record (or a part of one) with typed members over the object it was read from.
pub trait Record: Sized {
    /// Reads the object; `None` where it has no usable id.
    fn read(raw: Raw) -> Option<Self>;
    /// The object as it was answered, every member.
    fn raw(&self) -> &Raw;

    /// Reads any JSON value; `None` unless it is an object with a usable id.
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Object(raw) => Self::read(raw),
            _ => None,
        }
    }
}

/// Declares a record: a struct with one typed member per line, each with the reader and the name of
/// the JSON member. `struct` has an id, `part` may lack one.
macro_rules! record {
    (@body $name:ident, $raw:ident, { $($id:ident: $idread:expr)? } {
        $($field:ident : $read:ident($key:literal)),*
    }) => {
        impl $crate::http::raw::Record for $name {
            fn read($raw: $crate::http::raw::Raw) -> Option<Self> {
                Some(Self {
                    $($id: $idread,)?
                    $($field: $crate::http::raw::read::$read(&$raw, $key),)*
                    raw: $raw,
                })
            }
            fn raw(&self) -> &$crate::http::raw::Raw {
                &self.raw
            }
        }
        impl $crate::json::Json for $name {
            fn to_json(&self) -> serde_json::Value {
                serde_json::Value::Object(self.raw.clone())
            }
            fn from_json(value: serde_json::Value) -> Result<Self, $crate::json::Wrong> {
                $crate::http::raw::Record::from_value(value).ok_or($crate::json::Wrong::member("id"))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.raw, serializer)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let raw: $crate::http::raw::Raw = serde::Deserialize::deserialize(deserializer)?;
                $crate::http::raw::Record::read(raw)
                    .ok_or_else(|| serde::de::Error::custom("a record without an id"))
            }
        }
    };
    ($(#[$doc:meta])* struct $name:ident {
        $($(#[$fdoc:meta])* $field:ident : $kind:ty = $read:ident($key:literal)),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            /// Id, above 0.
            pub id: i64,
            $($(#[$fdoc])* pub $field: $kind,)*
            /// Every member as answered.
            pub raw: $crate::http::raw::Raw,
        }
        $crate::http::raw::record! { @body $name, raw,
            { id: $crate::http::raw::read::reference(&raw, "id")? }
            { $($field: $read($key)),* }
        }
    };
    ($(#[$doc:meta])* part $name:ident {
        $($(#[$fdoc:meta])* $field:ident : $kind:ty = $read:ident($key:literal)),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $($(#[$fdoc])* pub $field: $kind,)*
            /// Every member as answered.
            pub raw: $crate::http::raw::Raw,
        }
        $crate::http::raw::record! { @body $name, raw, {} { $($field: $read($key)),* } }
    };
}
pub(crate) use record;

/// Readers of one member.
pub mod read {
    use serde_json::{Number, Value};

    use super::{Raw, Record};
    use crate::http::date;
    use crate::json;

    /// Text that is not blank, as it stands; a number or a boolean is written out.
    pub fn text(raw: &Raw, key: &str) -> Option<String> {
        text_of(raw.get(key)?)
    }

    /// [`text`] of a value.
    pub fn text_of(value: &Value) -> Option<String> {
        match value {
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(plain(number)),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// A number in its shortest spelling: `12.0` is `12`.
    pub fn plain(number: &Number) -> String {
        whole(number.as_f64()).map_or_else(|| number.to_string(), |whole| whole.to_string())
    }

    /// The number that a text is, as JSON writes numbers; zeros and a plus may stand before a whole one.
    pub fn number_of(text: &str) -> Option<f64> {
        let text = text.trim();
        let whole = text.parse::<i64>().ok().map(|whole| whole as f64);
        whole.or_else(|| json::parse(text.as_bytes()).ok()?.as_f64())
    }

    /// A whole number: `12`, `12.0`, `"12"` and `"12.0"` are the same.
    pub fn integer(raw: &Raw, key: &str) -> Option<i64> {
        integer_of(raw.get(key)?)
    }

    /// [`integer`] of a value.
    pub fn integer_of(value: &Value) -> Option<i64> {
        match value {
            Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64())),
            Value::String(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| whole(number_of(text)))
            }
            _ => None,
        }
    }

    fn whole(number: Option<f64>) -> Option<i64> {
        // Beyond 2^53 a double no longer tells whole numbers apart.
        let number = number.filter(|n| n.fract() == 0.0 && n.abs() < 9e15)?;
        Some(number as i64)
    }

    /// An id: a whole number above 0. Halo's 0 and -1 mean "none".
    pub fn reference(raw: &Raw, key: &str) -> Option<i64> {
        integer(raw, key).filter(|id| *id > 0)
    }

    /// A number.
    pub fn decimal(raw: &Raw, key: &str) -> Option<f64> {
        match raw.get(key)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => number_of(text),
            _ => None,
        }
    }

    /// Yes or no; missing means no.
    pub fn flag(raw: &Raw, key: &str) -> bool {
        maybe(raw, key).unwrap_or(false)
    }

    /// Yes, no or not said.
    pub fn maybe(raw: &Raw, key: &str) -> Option<bool> {
        flag_of(raw.get(key)?)
    }

    /// [`maybe`] of a value: `true`, `"true"`, `"1"`, `1`, `"yes"` and their opposites.
    pub fn flag_of(value: &Value) -> Option<bool> {
        match value {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => number.as_f64().map(|n| n != 0.0),
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" | "on" => Some(true),
                "false" | "0" | "no" | "off" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// An instant in milliseconds since 1970; without zone it means UTC, before 1901 it means unset.
    pub fn instant(raw: &Raw, key: &str) -> Option<i64> {
        date::instant(raw.get(key)?.as_str()?)
    }

    /// A day as `YYYY-MM-DD`; before 1901 it means unset.
    pub fn day(raw: &Raw, key: &str) -> Option<String> {
        date::day(raw.get(key)?.as_str()?)
    }

    /// The records of an array; those without a usable id are left out.
    pub fn records<T: Record>(raw: &Raw, key: &str) -> Vec<T> {
        match raw.get(key) {
            Some(Value::Array(rows)) => rows.iter().cloned().filter_map(T::from_value).collect(),
            _ => Vec::new(),
        }
    }

    /// A nested object.
    pub fn object<T: Record>(raw: &Raw, key: &str) -> Option<T> {
        T::from_value(raw.get(key)?.clone())
    }

    /// Whatever it is; `null` where missing.
    pub fn any(raw: &Raw, key: &str) -> Value {
        raw.get(key).cloned().unwrap_or(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use serde_json::json;

    record! {
        /// A thing.
        struct Thing {
            /// Name.
            name: Option<String> = text("name"),
            /// Owner.
            owner: Option<i64> = reference("owner_id"),
            /// Off.
            inactive: bool = flag("inactive"),
        }
    }

    #[test]
    fn numbers_are_read_in_every_clothing() {
        for id in [json!(12), json!(12.0), json!("12"), json!("12.0")] {
            let thing = Thing::from_value(json!({"id": id, "owner_id": -1})).unwrap();
            assert_eq!((thing.id, thing.owner), (12, None));
        }
        assert!(Thing::from_value(json!({"id": 0})).is_none());
        assert!(Thing::from_value(json!({"id": null})).is_none());
    }

    #[test]
    fn numbers_in_texts_are_read_as_people_write_them() {
        let cases =
            [(" 12.50 ", Some(12.5)), ("-3", Some(-3.0)), ("+7", Some(7.0)), ("007", Some(7.0)), ("1e3", Some(1000.0))];
        for (text, number) in
            cases.into_iter().chain(["", "12 kg", "NaN", "inf", "0x10", "true"].map(|text| (text, None)))
        {
            assert_eq!(read::number_of(text), number, "{text}");
        }
    }

    #[test]
    fn odd_members_do_not_fail_the_record_and_unknown_ones_stay() {
        let value = json!({"id": 3, "name": 7.0, "inactive": "True", "more": [1]});
        let thing = Thing::from_value(value.clone()).unwrap();
        assert_eq!((thing.name.as_deref(), thing.inactive), (Some("7"), true));
        assert_eq!(serde_json::to_value(&thing).unwrap(), value);
        assert_eq!(serde_json::from_value::<Thing>(value).unwrap(), thing);
        let odd = Thing::from_value(json!({"id": 3, "name": {}, "inactive": []})).unwrap();
        assert_eq!((odd.name, odd.inactive), (None, false));
    }
}
