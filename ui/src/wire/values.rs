//! Plain values, and the tables' shorthand.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::member;

/// A value that can be read from what the background said.
pub trait Read: Sized {
    /// The value, or `None` where something else stands there.
    fn read(value: &JsValue) -> Option<Self>;
}

/// A member of an object; a missing one reads like `null`.
pub fn part<T: Read>(of: &JsValue, name: &str) -> Option<T> {
    T::read(&member(of, name).unwrap_or(JsValue::NULL))
}

impl Read for String {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_string()
    }
}

impl Read for bool {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_bool()
    }
}

impl Read for i64 {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64().map(|number| number as i64)
    }
}

impl Read for u32 {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64().map(|number| number as u32)
    }
}

impl Read for usize {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_f64().map(|number| number as usize)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &JsValue) -> Option<Self> {
        if value.is_null() || value.is_undefined() { Some(None) } else { T::read(value).map(Some) }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: &JsValue) -> Option<Self> {
        T::read(value).map(Box::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<Array>()?.iter().map(|item| T::read(&item)).collect()
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(value: &JsValue) -> Option<Self> {
        let list = value.dyn_ref::<Array>()?;
        Some((A::read(&list.get(0))?, B::read(&list.get(1))?))
    }
}

impl<A: Read, B: Read, C: Read> Read for (A, B, C) {
    fn read(value: &JsValue) -> Option<Self> {
        let list = value.dyn_ref::<Array>()?;
        Some((A::read(&list.get(0))?, B::read(&list.get(1))?, C::read(&list.get(2))?))
    }
}

/// Objects: `Type { member member }`.
macro_rules! objects {
    ($($name:ident { $($member:ident)* })*) => {$(
        impl $crate::wire::Read for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                Some(Self { $($member: $crate::wire::values::part(value, stringify!($member))?),* })
            }
        }
    )*};
}

/// Words that stand for one of several: `Type { "word" => Variant }`.
macro_rules! words {
    ($($name:ident { $($word:literal => $variant:ident)* })*) => {$(
        impl $crate::wire::Read for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                match value.as_string()?.as_str() {
                    $($word => Some($name::$variant),)*
                    _ => None,
                }
            }
        }
    )*};
}

/// Objects of several forms, told apart by one member: `Type by "tag" { "word" => Variant { member } }`.
macro_rules! forms {
    ($($name:ident by $tag:literal { $($word:literal => $variant:ident { $($member:ident)* })* })*) => {$(
        impl $crate::wire::Read for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                match $crate::browser::member(value, $tag)?.as_string()?.as_str() {
                    $($word => Some($name::$variant {
                        $($member: $crate::wire::values::part(value, stringify!($member))?),*
                    }),)*
                    _ => None,
                }
            }
        }
    )*};
}

pub(super) use {forms, objects, words};
