//! Plain values, and the tables' shorthand.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::member;

/// A value that can be sent to the background and read from what it says.
pub trait Wire: Sized {
    /// The value, or `None` where something else stands there.
    fn read(value: &JsValue) -> Option<Self>;
    /// The value as it is sent.
    fn write(&self) -> JsValue;
}

/// A member of an object; a missing one reads like `null`.
pub fn part<T: Wire>(of: &JsValue, name: &str) -> Option<T> {
    T::read(&member(of, name).unwrap_or(JsValue::NULL))
}

/// Puts a member into an object.
pub fn put(into: &Object, name: &str, value: &JsValue) {
    // Setting a member of a plain object cannot fail.
    let _ = Reflect::set(into, &JsValue::from_str(name), value);
}

impl Wire for String {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_string()
    }
    fn write(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

impl Wire for bool {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_bool()
    }
    fn write(&self) -> JsValue {
        JsValue::from_bool(*self)
    }
}

/// Whole numbers; those of the two products are far below the 2^53 that JavaScript keeps exactly.
macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Wire for $number {
            fn read(value: &JsValue) -> Option<Self> {
                value.as_f64().map(|number| number as $number)
            }
            fn write(&self) -> JsValue {
                JsValue::from_f64(*self as f64)
            }
        }
    )*};
}

numbers!(i64 u32 usize);

impl<T: Wire> Wire for Option<T> {
    fn read(value: &JsValue) -> Option<Self> {
        if value.is_null() || value.is_undefined() { Some(None) } else { T::read(value).map(Some) }
    }
    fn write(&self) -> JsValue {
        self.as_ref().map_or(JsValue::NULL, Wire::write)
    }
}

impl<T: Wire> Wire for Box<T> {
    fn read(value: &JsValue) -> Option<Self> {
        T::read(value).map(Box::new)
    }
    fn write(&self) -> JsValue {
        (**self).write()
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<Array>()?.iter().map(|item| T::read(&item)).collect()
    }
    fn write(&self) -> JsValue {
        self.iter().map(Wire::write).collect::<Array>().into()
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn read(value: &JsValue) -> Option<Self> {
        let list = value.dyn_ref::<Array>()?;
        Some((A::read(&list.get(0))?, B::read(&list.get(1))?))
    }
    fn write(&self) -> JsValue {
        Array::of2(&self.0.write(), &self.1.write()).into()
    }
}

impl<A: Wire, B: Wire, C: Wire> Wire for (A, B, C) {
    fn read(value: &JsValue) -> Option<Self> {
        let list = value.dyn_ref::<Array>()?;
        Some((A::read(&list.get(0))?, B::read(&list.get(1))?, C::read(&list.get(2))?))
    }
    fn write(&self) -> JsValue {
        Array::of3(&self.0.write(), &self.1.write(), &self.2.write()).into()
    }
}

/// Objects: `Type { member member }`.
macro_rules! objects {
    ($($name:ident { $($member:ident)* })*) => {$(
        impl $crate::wire::Wire for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                Some(Self { $($member: $crate::wire::values::part(value, stringify!($member))?),* })
            }
            fn write(&self) -> wasm_bindgen::JsValue {
                let object = js_sys::Object::new();
                $($crate::wire::values::put(&object, stringify!($member), &self.$member.write());)*
                object.into()
            }
        }
    )*};
}

/// Words that stand for one of several: `Type { "word" => Variant }`.
macro_rules! words {
    ($($name:ident { $($word:literal => $variant:ident)* })*) => {$(
        impl $crate::wire::Wire for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                match value.as_string()?.as_str() {
                    $($word => Some($name::$variant),)*
                    _ => None,
                }
            }
            fn write(&self) -> wasm_bindgen::JsValue {
                wasm_bindgen::JsValue::from_str(match self {
                    $($name::$variant => $word,)*
                })
            }
        }
    )*};
}

/// Objects of several forms, told apart by one member: `Type by "tag" { "word" => Variant { member } }`.
macro_rules! forms {
    ($($name:ident by $tag:literal { $($word:literal => $variant:ident { $($member:ident)* })* })*) => {$(
        impl $crate::wire::Wire for $name {
            fn read(value: &wasm_bindgen::JsValue) -> Option<Self> {
                match $crate::browser::member(value, $tag)?.as_string()?.as_str() {
                    $($word => Some($name::$variant {
                        $($member: $crate::wire::values::part(value, stringify!($member))?),*
                    }),)*
                    _ => None,
                }
            }
            fn write(&self) -> wasm_bindgen::JsValue {
                let object = js_sys::Object::new();
                match self {
                    $($name::$variant { $($member),* } => {
                        $crate::wire::values::put(&object, $tag, &$word.into());
                        $($crate::wire::values::put(&object, stringify!($member), &$member.write());)*
                    })*
                }
                object.into()
            }
        }
    )*};
}

pub(super) use {forms, objects, words};
