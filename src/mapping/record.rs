//! Records of both sides as mapping, matching and planning see them: plain values, no wire shapes.

use std::borrow::Cow;
use std::cell::RefCell;

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::FieldValue;
use crate::json::Json;
use crate::mapping::quick::QuickMap;
use crate::mapping::word::Word;

/// A Halo record with the facts that can go to Hudu.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Source {
    /// Kind and id.
    pub record: RecordRef,
    /// Display name.
    pub name: String,
    /// Halo id of the client it belongs to (a client: itself).
    pub client: Option<i64>,
    /// The client's name.
    pub client_name: Option<String>,
    /// Not in use any more.
    pub inactive: bool,
    /// Asset type or contract type.
    pub type_name: Option<String>,
    /// Asset group.
    pub group_name: Option<String>,
    /// What is known of it.
    pub facts: Vec<Fact>,
}

impl Source {
    /// A record of which only the name is known; a client is its own.
    pub fn named(record: RecordRef, name: &str) -> Self {
        let client = (record.kind == RecordKind::Client).then_some(record.id);
        Self {
            record,
            name: name.to_owned(),
            client,
            client_name: client.map(|_| name.to_owned()),
            inactive: false,
            type_name: None,
            group_name: None,
            facts: Vec::new(),
        }
    }

    /// The value of one fact, if it is there and not empty.
    pub fn fact(&self, key: &str) -> Option<&FactValue> {
        self.facts.iter().find(|fact| fact.key == key).map(|fact| &fact.value)
    }

    /// The text of one fact, if it is there and is a text.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.fact(key)? {
            FactValue::Plain(FieldValue::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// One thing known of a Halo record.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Fact {
    /// Stable key: `phone`, `serial`; for asset-type and custom fields `field:` and the normalised label.
    pub key: Word,
    /// Name in Halo ("Serial Number").
    pub label: Word,
    /// Value, never empty.
    pub value: FactValue,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Json)]
pub enum FactValue {
    /// A value of its own.
    Plain(FieldValue),
    /// Another Halo record with its name: becomes a linked asset where that record is known in Hudu.
    Record(RecordRef, String),
}

/// A Hudu company or asset.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct HuduRecord {
    /// Hudu id.
    pub id: i64,
    /// Company it belongs to (a company: itself).
    pub company: i64,
    /// Layout of an asset; `None` for a company.
    pub layout: Option<i64>,
    /// Name.
    pub name: String,
    /// Put away.
    pub archived: bool,
    /// Absolute address.
    pub url: String,
    /// Halo records that Hudu's own integration says it stands for: type (`company`, `asset`, `site`,
    /// `contact`) and Halo id.
    pub native: Vec<(String, i64)>,
    /// Values by slot; empty ones may be left out.
    pub values: Vec<(Slot, FieldValue)>,
}

impl HuduRecord {
    /// The value in a slot of its own, where there is one; name and archived are members.
    pub fn get(&self, slot: &Slot) -> Option<&FieldValue> {
        let same = self.values.iter().find(|(own, _)| own == slot);
        // The same label in another spelling.
        let alike = || self.values.iter().find(|(own, _)| matches!(slot, Slot::Field(_)) && own.is(slot));
        same.or_else(alike).map(|(_, value)| value)
    }

    /// The value of the `Halo ID` field, where there is one.
    pub fn halo_id(&self) -> Option<&FieldValue> {
        HALO_ID_SLOT.with(|slot| self.get(slot))
    }

    /// The value in a slot without a copy, where it has one; [`FieldValue::Empty`] where there is none.
    pub fn peek(&self, slot: &Slot) -> Cow<'_, FieldValue> {
        match self.get(slot) {
            Some(value) => Cow::Borrowed(value),
            None => Cow::Owned(self.value(slot)),
        }
    }

    /// Whether Hudu's own integration says that it stands for the Halo record of that type and id.
    pub fn is_native(&self, word: &str, id: i64) -> bool {
        self.native.iter().any(|(own, other)| own == word && *other == id)
    }

    /// The value in a slot; [`FieldValue::Empty`] where there is none.
    pub fn value(&self, slot: &Slot) -> FieldValue {
        match slot {
            Slot::Attribute(name) if name == "name" => FieldValue::Text(self.name.clone()),
            Slot::Archived => FieldValue::Check(self.archived),
            _ => self.get(slot).cloned().unwrap_or_default(),
        }
    }
}

thread_local! {
    static HALO_ID_SLOT: Slot = Slot::field(HALO_ID);
}

/// Where a value lives in a record of the target.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub enum Slot {
    /// A member of the record itself: `name`, `phone_number`, `primary_serial`.
    Attribute(Word),
    /// A field of the asset's layout, by its label.
    Field(Word),
    /// Whether the record is put away.
    Archived,
}

impl Slot {
    /// Shorthand.
    pub fn attribute(name: &str) -> Self {
        Slot::Attribute(name.into())
    }

    /// Shorthand.
    pub fn field(label: &str) -> Self {
        Slot::Field(label.into())
    }

    /// The `Halo ID` field.
    pub fn halo_id() -> Self {
        HALO_ID_SLOT.with(Slot::clone)
    }

    /// Whether both name the same place; labels are compared without case.
    pub fn is(&self, other: &Slot) -> bool {
        match (self, other) {
            (Slot::Field(a), Slot::Field(b)) => a == b || alike(a, b),
            _ => self == other,
        }
    }

    /// Key in the last synced state and in policies.
    pub fn key(&self) -> Word {
        thread_local! {
            static KEYS: RefCell<QuickMap<Word, Word>> = RefCell::default();
        }
        match self {
            Slot::Attribute(name) => name.clone(),
            Slot::Field(label) => KEYS.with_borrow_mut(|keys| {
                let key = || Word::from(format!("field:{}", label.trim().to_lowercase()));
                keys.entry(label.clone()).or_insert_with(key).clone()
            }),
            Slot::Archived => "archived".into(),
        }
    }
}

/// Whether two labels are the same but for case and white space around them. Nearly all differ in length and
/// have none around them, which is seen at once: this is asked a million times while much is planned.
fn alike(a: &str, b: &str) -> bool {
    let bare = |text: &str| matches!(text.as_bytes(), [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic());
    if a.len() != b.len() && bare(a) && bare(b) {
        return false;
    }
    a.trim().eq_ignore_ascii_case(b.trim())
}

/// An asset layout as far as mapping needs it.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct LayoutShape {
    /// Hudu id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// In use.
    pub active: bool,
    /// Fields in order.
    pub fields: Vec<LayoutField>,
}

impl LayoutShape {
    /// The field of that label, compared without case.
    pub fn field(&self, label: &str) -> Option<&LayoutField> {
        self.fields.iter().find(|field| field.label.trim().eq_ignore_ascii_case(label))
    }
}

/// A field of a layout.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Json)]
pub struct LayoutField {
    /// Label.
    pub label: String,
    /// Hudu's `field_type`: `Text`, `RichText`, `Number`, `Date`, `CheckBox`, `AssetTag`, …
    pub kind: String,
    /// Options of a drop-down or items of a list; empty where any text goes.
    pub options: Vec<String>,
    /// Whether the date is followed as an expiration.
    pub expiration: bool,
    /// Layout that a linked asset has to be of.
    pub linked_layout: Option<i64>,
    /// Name of the layout whose assets it links to, where the same plan makes that one.
    #[json(omit)]
    pub linked_by: Option<String>,
}

/// Label of the field in which Hudu keeps the Halo id.
pub const HALO_ID: &str = "Halo ID";
