//! JSON schemas, from the tables.

use serde_json::{Map, Value, json};

use crate::halo::catalogue::{Entry, Kind, Of, Word, field, filter};
use crate::halo::records::Outcome;
use crate::http::raw::read::integer_of;
use crate::json::{Json, Shape, Wrong};
pub(super) use crate::schema::{id, object, rows, words};

/// The answer of this result.
pub(super) fn answer(result: Value) -> Value {
    json!({
        "type": "object",
        "required": ["result", "next_cursor"],
        "properties": {
            "result": result,
            "next_cursor": {"type": ["string", "null"], "description": "Give it back as cursor to go on; null at the end."},
        },
    })
}

/// Arguments of this type, and no others.
pub(super) fn of<T: Shape>() -> Value {
    let mut shape = T::shape();
    shape["additionalProperties"] = false.into();
    shape
}

/// The same, where a member does not take this word.
pub(super) fn without(mut arguments: Value, member: &str, word: &str) -> Value {
    if let Some(Value::Array(words)) = arguments["properties"][member].get_mut("enum") {
        words.retain(|known| known != word);
    }
    arguments
}

/// A whole number that is sent: an id, or how many are wished for.
macro_rules! whole_numbers {
    ($($(#[$about:meta])* $name:ident = $shape:tt;)*) => {
        $($(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(super) struct $name(pub(super) i64);

        impl Shape for $name {
            fn shape() -> Value {
                json!($shape)
            }
        }

        impl Json for $name {
            fn to_json(&self) -> Value {
                self.0.into()
            }
            fn from_json(value: Value) -> Result<Self, Wrong> {
                integer_of(&value).map(Self).ok_or(Wrong::value())
            }
        })*
    };
}

whole_numbers! {
    /// An id.
    Id = {"type": "integer", "minimum": 1};
    /// How many records are wished for.
    Limit = {"type": "integer", "minimum": 1, "maximum": 1000};
}

/// The arguments that every list takes.
#[derive(Default, Json, Shape)]
pub(super) struct Paging {
    /// How many records at once; a wish, the server may give fewer or more.
    #[json(omit)]
    pub(super) limit: Option<Limit>,
    /// next_cursor of the page before.
    #[json(omit)]
    pub(super) cursor: Option<String>,
}

impl Paging {
    /// How many are wished for.
    pub(super) fn size(&self) -> Option<u32> {
        self.limit.and_then(|limit| u32::try_from(limit.0).ok())
    }
}

/// Arguments of a list that passes any filter on: those that are documented, paging, and all others.
pub(super) fn filtered(members: &[(&str, Value)], needed: &[&str]) -> Value {
    let mut schema = object(members, needed);
    if let (Some(all), Value::Object(paging)) =
        (schema["properties"].as_object_mut(), Paging::shape()["properties"].take())
    {
        all.extend(paging);
    }
    schema["additionalProperties"] = json!({"type": ["string", "number", "boolean", "array"], "description": "Any other filter of the API, passed through."});
    schema
}

/// A filter or a member that is given.
fn given(word: Word) -> Value {
    let mut schema = match word.kind {
        Kind::Whole => json!({"type": "integer"}),
        Kind::Number => json!({"type": "number"}),
        Kind::Text => json!({"type": "string"}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Date => json!({"type": "string", "format": "date-time"}),
        Kind::Ids => json!({"type": ["array", "integer", "string"], "items": {"type": ["integer", "string"]}}),
        Kind::List => json!({"type": "array"}),
        Kind::Object => json!({"type": "object"}),
    };
    let meaning = match word.kind {
        Kind::Date => format!("{} ISO 8601, UTC.", word.meaning),
        _ => word.meaning.to_owned(),
    };
    if !meaning.is_empty() {
        schema["description"] = meaning.into();
    }
    schema
}

/// Arguments of a list.
pub(super) fn list(entry: &Entry) -> Value {
    let mut members: Vec<(&str, Value)> = entry.filters().map(|name| (name, given(filter(name)))).collect();
    members.extend([("order", given(filter("order"))), ("orderdesc", given(filter("orderdesc")))]);
    filtered(&members, if entry.list_needs.len() == 1 { entry.list_needs } else { &[] })
}

/// Arguments that name one record.
pub(super) fn one(entry: &Entry) -> (Vec<(&'static str, Value)>, Vec<&'static str>) {
    let mut members = vec![("id", id("Id of the record."))];
    let mut needed = vec!["id"];
    if let Some(within) = entry.within {
        members.push((within, id("Ids start again in each of these, so it has to be named as well.")));
        needed.push(within);
    }
    (members, needed)
}

/// Arguments of create or change.
pub(super) fn save(entry: &Entry) -> Value {
    let members: Map<String, Value> =
        entry.fields().map(|name| (name.to_owned(), nullable(given(field(name))))).collect();
    let record = json!({"type": "object", "properties": members});
    let needs: Vec<String> = entry.needs.iter().map(|group| group.join(" or ")).collect();
    let meaning = format!(
        "The records. A new one needs {}; members that are not named here are sent as they are.",
        needs.join(", ")
    );
    let records = json!({"type": "array", "minItems": 1, "maxItems": 500, "items": record, "description": meaning});
    object(&[("records", records)], &["records"])
}

/// Null takes a value away; ids may be written as text.
fn nullable(mut schema: Value) -> Value {
    let types = match &schema["type"] {
        Value::String(one) if one == "integer" => json!(["integer", "string", "null"]),
        Value::String(one) => json!([one, "null"]),
        several => several.clone(),
    };
    schema["type"] = types;
    schema
}

/// A record as it is answered. What an instance answers is not ours to promise: the id is sure, the other
/// members say what they mean.
pub(super) fn record(entry: &Entry) -> Value {
    let mut members = Map::new();
    for name in entry.fields() {
        let word = field(name);
        let mut schema = match word.kind {
            _ if name == "id" => json!({"type": "integer"}),
            Kind::Whole | Kind::Number => json!({"type": ["number", "string", "null"]}),
            Kind::Flag => json!({"type": ["boolean", "number", "string", "null"]}),
            Kind::Text | Kind::Date | Kind::Ids => json!({"type": ["string", "number", "boolean", "null"]}),
            Kind::List | Kind::Object => json!({}),
        };
        if !word.meaning.is_empty() {
            schema["description"] = word.meaning.into();
        }
        members.insert(name.to_owned(), schema);
    }
    json!({"type": "object", "required": ["id"], "properties": members})
}

/// What became of each record that was given.
pub(super) fn outcomes(entry: &Entry) -> Value {
    let mut stored = record(entry);
    stored["type"] = json!(["object", "null"]);
    let mut outcome = Outcome::shape();
    outcome["properties"]["record"] = stored;
    rows(outcome)
}

/// Whether the resource may be written by an agent that is limited to one client.
pub(super) fn is_of_a_client(entry: &Entry) -> bool {
    matches!(entry.of, Of::Client | Of::Itself | Of::Ticket)
}
