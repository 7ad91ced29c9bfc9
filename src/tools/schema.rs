//! JSON schemas, from the tables.

use serde_json::{Map, Value, json};

use crate::halo::catalogue::{Entry, Kind, Of, Word, field, filter};
use crate::halo::records::Outcome;
use crate::json::{Json, Shape};
pub(super) use crate::schema::{Id, of};

/// An object of these members, of which these are needed, and of no others.
pub(super) fn object(members: &[(&str, Value)], needed: &[&str]) -> Value {
    let members: Map<String, Value> =
        members.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({"type": "object", "properties": members, "required": needed, "additionalProperties": false})
}

/// An id.
pub(super) fn id(meaning: &str) -> Value {
    json!({"type": "integer", "minimum": 1, "description": meaning})
}

/// A text.
pub(super) fn words(meaning: &str) -> Value {
    json!({"type": "string", "description": meaning})
}

/// Rows of any members.
pub(super) fn rows(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

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

/// The same, where a member does not take this word.
pub(super) fn without(mut arguments: Value, member: &str, word: &str) -> Value {
    if let Some(Value::Array(words)) = arguments["properties"][member].get_mut("enum") {
        words.retain(|known| known != word);
    }
    arguments
}

/// The arguments that every list takes.
#[derive(Default, Json, Shape)]
pub(super) struct Paging {
    /// How many records at once; a wish, the server may give fewer or more.
    #[json(omit, least = 1)]
    pub(super) limit: Option<i64>,
    /// next_cursor of the page before.
    #[json(omit)]
    pub(super) cursor: Option<String>,
}

impl Paging {
    /// How many are wished for.
    pub(super) fn size(&self) -> Option<u32> {
        self.limit.map(|limit| u32::try_from(limit).unwrap_or(u32::MAX))
    }
}

/// These arguments, and the members of this type, all of which may be left out.
pub(super) fn and<T: Shape>(mut arguments: Value) -> Value {
    if let (Some(all), Value::Object(more)) = (arguments["properties"].as_object_mut(), T::shape()["properties"].take())
    {
        all.extend(more);
    }
    arguments
}

/// Arguments of a list that passes any filter on: those that are documented, paging, and all others.
pub(super) fn filtered(members: &[(&str, Value)], needed: &[&str]) -> Value {
    let mut schema = and::<Paging>(object(members, needed));
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
    let beside = entry.beside.iter().map(|(name, other)| format!("{other} where it has {name}"));
    let needs: Vec<String> = entry.needs.iter().map(|group| group.join(" or ")).chain(beside).collect();
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
