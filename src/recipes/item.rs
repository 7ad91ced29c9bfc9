//! What a recipe plans: items, each with the writes that make it, how each is found again, and what changes.

use crate::http::Product;
use crate::http::date;
use crate::json::{Json, Map, Shape, Value, object};
use crate::recipes::view::FieldView;

/// What a recipe would do, and to what.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Planned {
    /// In the order in which they are carried out.
    pub items: Vec<Item>,
    /// Why this has to be confirmed first: it would change far more than usual.
    pub guard: Option<String>,
    /// What else is worth knowing, in sentences.
    pub notes: Vec<String>,
}

/// One thing that a recipe does.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Item {
    /// Stable: the same on every computer and in every run.
    pub key: String,
    /// What it is about, in words.
    pub subject: String,
    /// What is to be done.
    pub state: State,
    /// Why, where that is worth saying.
    #[json(omit)]
    pub why: Option<String>,
    /// The record that is there already, where no write tells.
    #[json(omit)]
    pub target: Option<i64>,
    /// Which resource that is of, where no write tells.
    #[json(omit)]
    pub resource: Option<String>,
    /// One after the other.
    pub writes: Vec<Write>,
    /// What the sync engine writes for it instead, field by field: see [`crate::recipes::after`].
    pub shown: Vec<FieldView>,
}

/// Where an item is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Json, Shape)]
pub enum State {
    /// It will be made.
    #[default]
    New,
    /// Something of it will be changed.
    Change,
    /// It is there as it should be.
    Known,
    /// What it stood for is over.
    Cleared,
    /// Nothing can be done for it; `why` tells.
    Skipped,
    /// It was made.
    Created,
    /// It was changed.
    Changed,
    /// It failed; `why` tells.
    Failed,
    /// It was not tried, because something else failed or stood in the way.
    Left,
    /// It was taken back.
    Undone,
    /// It was not taken back; `why` tells.
    Kept,
}

/// One write.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Write {
    /// Its name within the item: other writes refer to it by that, and sentences call it so.
    pub name: String,
    /// Where.
    pub product: Product,
    /// Which resource, as the catalogues of the products name it.
    pub resource: String,
    /// What is done.
    pub verb: Verb,
    /// The record that is changed or started: a number, or what another write makes; null makes a new one.
    pub id: Value,
    /// Members and their values. `fields.LABEL` is a field of an asset's type or layout, `customfields.NAME` a
    /// custom field.
    pub record: Map<String, Value>,
    /// Of a change, the values that the plan was made from: a value that is neither these nor the new ones
    /// stops the write.
    #[json(default)]
    pub before: Map<String, Value>,
    /// Of a new record, how it is found again.
    #[json(omit)]
    pub look: Option<Look>,
    /// It was found when the plan was made.
    #[json(omit)]
    pub found: Option<i64>,
    /// The plan was made from a whole list of what could be found, and it is not among that.
    #[json(skip)]
    pub absent: bool,
}

/// What a write does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Verb {
    /// Makes a record or changes one.
    Save,
    /// Copies a template of Hudu's processes (`id`) to a company (`company_id`).
    Copy,
    /// Starts a process (`id`), under the name that is given.
    Start,
}

/// How any computer finds a record again.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Look {
    /// Filters of the list.
    pub filters: Map<String, Value>,
    /// What of a row has to fit, all of it.
    pub marks: Vec<Mark>,
}

/// A member that tells a record.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Mark {
    /// The member.
    pub member: String,
    /// Its value.
    pub value: Value,
    /// The value stands somewhere in the member's text; else it is all of it.
    pub within: bool,
}

/// Members of an object, from pairs.
pub fn members<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    object(pairs.map(|(name, value)| (name.to_owned(), value)))
}

/// Stands for the id of what another write makes.
pub fn made(item: &str, write: &str) -> Value {
    Value::Object(members([("item", item.into()), ("write", write.into())]))
}

/// The item and the write whose id a value stands for.
pub fn reference(value: &Value) -> Option<(&str, &str)> {
    let members = value.as_object().filter(|members| members.len() == 2)?;
    Some((members.get("item")?.as_str()?, members.get("write")?.as_str()?))
}

impl Look {
    /// Rows of this list in whose member the text stands.
    pub fn within<const N: usize>(filters: [(&str, Value); N], member: &str, text: &str) -> Self {
        let mark = Mark { member: member.to_owned(), value: text.into(), within: true };
        Self { filters: members(filters), marks: vec![mark] }
    }

    /// Rows of this list whose member is this.
    pub fn exact<const N: usize>(filters: [(&str, Value); N], member: &str, value: Value) -> Self {
        let mark = Mark { member: member.to_owned(), value, within: false };
        Self { filters: members(filters), marks: vec![mark] }
    }

    /// And whose other member is this.
    pub fn and(mut self, member: &str, value: Value) -> Self {
        self.marks.push(Mark { member: member.to_owned(), value, within: false });
        self
    }
}

impl Write {
    /// A new record, unless it is found.
    pub fn create(name: &str, product: Product, resource: &str, record: Map<String, Value>, look: Look) -> Self {
        let (name, resource) = (name.to_owned(), resource.to_owned());
        Self {
            name,
            product,
            resource,
            verb: Verb::Save,
            id: Value::Null,
            record,
            before: Map::new(),
            look: Some(look),
            found: None,
            absent: false,
        }
    }

    /// A change of a record, from the values that were seen to others.
    pub fn change(
        name: &str,
        (product, resource): (Product, &str),
        id: Value,
        before: Map<String, Value>,
        record: Map<String, Value>,
    ) -> Self {
        let (name, resource) = (name.to_owned(), resource.to_owned());
        Self { name, product, resource, verb: Verb::Save, id, record, before, look: None, found: None, absent: false }
    }

    /// Whether it makes something.
    pub fn makes(&self) -> bool {
        self.id.is_null() || self.verb != Verb::Save
    }
}

impl Item {
    /// Whether carrying it out writes anything.
    pub fn is_due(&self) -> bool {
        matches!(self.state, State::New | State::Change | State::Cleared)
            && (self.is_synced() || self.writes.iter().any(|write| write.found.is_none()))
    }

    /// Whether the sync engine writes it, after everything else.
    pub fn is_synced(&self) -> bool {
        !self.shown.is_empty()
    }
}

impl Planned {
    /// Items that write.
    pub fn due(&self) -> usize {
        self.items.iter().filter(|item| item.is_due()).count()
    }
}

/// Whether what is there is what is wanted: servers write numbers as text, dates with a time, nothing as an
/// empty text, and add members to objects.
pub fn fits(wanted: &Value, there: &Value) -> bool {
    use crate::http::raw::read::text_of;
    match (wanted, there) {
        (Value::Array(wanted), Value::Array(there)) => {
            wanted.len() == there.len() && wanted.iter().all(|one| there.iter().any(|other| fits(one, other)))
        }
        (Value::Object(wanted), Value::Object(there)) => {
            wanted.iter().all(|(name, value)| fits(value, there.get(name).unwrap_or(&Value::Null)))
        }
        (Value::Array(none), Value::Null) | (Value::Null, Value::Array(none)) => none.is_empty(),
        (Value::Bool(false), Value::Null) | (Value::Null, Value::Bool(false)) => true,
        _ => {
            let (wanted, there) = (text_of(wanted).unwrap_or_default(), text_of(there).unwrap_or_default());
            let (wanted, there) = (wanted.trim(), there.trim());
            let day = |text: &str| date::day(text).filter(|_| text.len() >= 8);
            // A day is compared with a moment by its day.
            let days = || wanted.len().min(there.len()) <= 10 && day(wanted).is_some() && day(wanted) == day(there);
            wanted == there || days()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_fit_in_every_form_that_servers_answer() {
        for (wanted, there) in [
            (json!(12), json!("12")),
            (json!(12), json!(12.0)),
            (json!("2026-12-01"), json!("2026-12-01T00:00:00")),
            (json!(""), Value::Null),
            (json!(false), Value::Null),
            (json!([{"id": 5}]), json!([{"id": 5, "inventory_number": "x"}])),
        ] {
            assert!(fits(&wanted, &there), "{wanted} {there}");
        }
        for (wanted, there) in [
            (json!(12), json!(13)),
            (json!("2026-12-01"), json!("2026-12-02T00:00:00")),
            (json!([{"id": 5}]), json!([])),
            (json!("a"), Value::Null),
        ] {
            assert!(!fits(&wanted, &there), "{wanted} {there}");
        }
    }

    #[test]
    fn what_another_write_makes_is_told_from_other_objects() {
        assert_eq!(reference(&made("a", "b")), Some(("a", "b")));
        assert_eq!(reference(&json!({"item": "a"})), None);
        assert_eq!(reference(&json!(5)), None);
    }
}
