//! The form that a JSON schema asks for, and what was typed into it as arguments.
//!
//! It knows the words of JSON Schema that the tools' own schemas use.

use sidelight::t;
use sidelight::words::say;
use std::collections::BTreeMap;

use js_sys::{Array, Date, JSON, Object, Reflect};
use sidelight_ui::browser::member;
use wasm_bindgen::{JsCast, JsValue};

/// What an object looks like, for those who do not write JSON every day.
pub const EXAMPLE: &str = r#"{"name": "value"}"#;

/// How a value is typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Text.
    Line,
    /// A number, whole or not.
    Number,
    /// Yes or no.
    Flag,
    /// A moment, in the user's own time.
    Moment,
    /// One of these.
    Choice(Vec<String>),
    /// JSON, as text.
    Json,
    /// An object with fields of its own, or (`true`) a list of such objects.
    Group(Form, bool),
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name of the member.
    pub name: String,
    /// Where it stands: the names of what it is in, with dots.
    pub path: String,
    /// What it means.
    pub meaning: String,
    /// It has to be given.
    pub required: bool,
    /// How it is typed.
    pub kind: Kind,
}

/// The fields of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// Those that are named, needed ones first.
    pub fields: Vec<Field>,
    /// Where others may be typed as JSON: the path, if the object takes any.
    pub others: Option<String>,
}

/// What was typed, by path. An empty text is nothing.
pub type Typed = BTreeMap<String, String>;

/// What was typed cannot be sent: where, and why.
pub type Wrong = (String, String);

/// The form of a schema, which is JSON text.
pub fn form(schema: &str) -> Form {
    JSON::parse(schema).map(|schema| members(&schema, "")).unwrap_or_default()
}

fn members(schema: &JsValue, path: &str) -> Form {
    let required = words(schema, "required");
    let properties = member(schema, "properties").and_then(|p| p.dyn_into::<Object>().ok()).unwrap_or_default();
    let mut fields: Vec<Field> = Object::entries(&properties)
        .iter()
        .map(|entry| {
            let entry: Array = entry.unchecked_into();
            let name = entry.get(0).as_string().unwrap_or_default();
            let required = required.contains(&name);
            field(name, &entry.get(1), path, required)
        })
        .collect();
    fields.sort_by_key(|field| !field.required);
    let closed = member(schema, "additionalProperties").is_some_and(|more| more.is_falsy());
    Form { fields, others: (!closed).then(|| format!("{path}+")) }
}

fn field(name: String, schema: &JsValue, path: &str, required: bool) -> Field {
    let types = words(schema, "type");
    let is = |word: &str| types.iter().any(|one| one == word);
    let path = format!("{path}{name}");
    let has_members = |schema: &JsValue| member(schema, "properties").is_some();
    let items = member(schema, "items").filter(has_members);
    let choices = words(schema, "enum");
    let kind = if !choices.is_empty() {
        Kind::Choice(choices)
    } else if let Some(items) = items {
        Kind::Group(members(&items, &format!("{path}.")), true)
    } else if is("object") && has_members(schema) {
        Kind::Group(members(schema, &format!("{path}.")), false)
    } else if is("array") && is("string") {
        Kind::Line
    } else if is("array") || is("object") {
        Kind::Json
    } else if is("boolean") {
        Kind::Flag
    } else if (is("integer") || is("number")) && !is("string") {
        Kind::Number
    } else if member(schema, "format").is_some() {
        Kind::Moment
    } else {
        Kind::Line
    };
    // Those of recipes have been translated; scripts and agents read the others.
    let meaning = member(schema, "description").and_then(|words| words.as_string());
    let meaning = meaning.map(|meaning| say(&meaning)).unwrap_or_default();
    Field { name, path, meaning, required, kind }
}

/// A member that is a text or a list of texts.
fn words(of: &JsValue, name: &str) -> Vec<String> {
    match member(of, name) {
        Some(value) => match value.as_string() {
            Some(one) => vec![one],
            None => Array::from(&value).iter().filter_map(|word| word.as_string()).collect(),
        },
        None => Vec::new(),
    }
}

/// What was typed, as the object that a tool takes. Whether it fits is for the tool to say; only what is
/// no JSON cannot be sent.
pub fn arguments(form: &Form, typed: &Typed) -> Result<Object, Wrong> {
    let object = Object::new();
    for field in &form.fields {
        if let Some(value) = value(field, typed)? {
            set(&object, &field.name, &value);
        }
    }
    if let Some(text) = form.others.as_ref().and_then(|path| given(typed, path)) {
        let path = form.others.clone().unwrap_or_default();
        let more = parsed(&path, text)?;
        let Some(more) = more.dyn_ref::<Object>().filter(|_| !Array::is_array(&more)) else {
            return Err((path, t!("has to be an object: {example}", example = EXAMPLE)));
        };
        Object::assign(&object, more);
    }
    Ok(object)
}

fn value(field: &Field, typed: &Typed) -> Result<Option<JsValue>, Wrong> {
    let text = given(typed, &field.path);
    if let Kind::Group(form, many) = &field.kind {
        // What was written as JSON goes before the single fields.
        if let Some(text) = text {
            return parsed(&field.path, text).map(Some);
        }
        let object = arguments(form, typed)?;
        if Object::keys(&object).length() == 0 {
            return Ok(None);
        }
        return Ok(Some(if *many { Array::of1(&object).into() } else { object.into() }));
    }
    let Some(text) = text else { return Ok(None) };
    Ok(Some(match field.kind {
        Kind::Json => parsed(&field.path, text)?,
        Kind::Flag => (text == "true").into(),
        Kind::Number => text.trim().parse::<f64>().map_or_else(|_| text.into(), JsValue::from_f64),
        Kind::Moment => Date::new(&text.into()).to_iso_string().into(),
        _ => text.into(),
    }))
}

fn given<'a>(typed: &'a Typed, path: &str) -> Option<&'a str> {
    typed.get(path).map(String::as_str).filter(|text| !text.trim().is_empty())
}

fn parsed(path: &str, text: &str) -> Result<JsValue, Wrong> {
    JSON::parse(text).map_err(|_| (path.to_owned(), t!("is no JSON")))
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a member of a plain object cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}

/// JSON text of a value, on lines of its own or on one.
pub fn text(value: &JsValue, lines: bool) -> String {
    let text = if lines {
        JSON::stringify_with_replacer_and_space(value, &JsValue::NULL, &2.into())
    } else {
        JSON::stringify(value)
    };
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
