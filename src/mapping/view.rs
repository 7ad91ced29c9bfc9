//! What the mapping pages show: layouts, Halo's fields, rules with their counts, samples, what does not fit.

use crate::halo::record::{RecordKind, RecordRef};
use crate::json::Json;
use crate::settings::Policy;

/// What is known of both products while the mapping is edited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
pub struct MappingView {
    /// Layouts in Hudu, by name.
    pub layouts: Vec<LayoutView>,
    /// Facts of Halo's records, per kind, with an example value.
    pub facts: Vec<FactView>,
    /// Which fact goes where, per kind and layout, with the settings as they are being edited.
    pub rows: Vec<MappingRow>,
    /// What does not fit, or is missing in Hudu.
    pub findings: Vec<FindingView>,
}

/// A layout.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct LayoutView {
    /// Hudu id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// In use.
    pub active: bool,
    /// It has the field that keeps the Halo id.
    pub linked: bool,
    /// Kinds of record that the settings send there.
    pub kinds: Vec<RecordKind>,
    /// Label and type of each field, in order.
    pub fields: Vec<(String, String)>,
}

/// A fact of Halo's records.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct FactView {
    /// Kind of record.
    pub kind: RecordKind,
    /// Key ("serial", "field:operating system").
    pub key: String,
    /// Name in Halo.
    pub label: String,
    /// Type in words ("text", "date", "yes or no", "another record").
    pub holds: String,
    /// A value of a real record; empty where none is filled in.
    pub example: String,
}

/// Where one fact goes.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct MappingRow {
    /// Kind of record.
    pub kind: RecordKind,
    /// Name of the layout; empty for a company.
    pub layout: String,
    /// Key of the slot, for policies ("phone_number", "field:serial number").
    pub slot: String,
    /// Name of the place in Hudu.
    pub place: String,
    /// Type of the place in Hudu's words; empty for a member.
    pub holds: String,
    /// Key of the fact; empty where nothing goes there.
    pub fact: String,
    /// Name of the fact.
    pub label: String,
    /// Connected by hand, not by its name.
    pub by_hand: bool,
    /// Who wins where the settings say nothing of this place.
    pub policy: Policy,
    /// Why the types do not fit, where they do not.
    pub mismatch: Option<String>,
}

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct FindingView {
    /// Stable name: `layout_missing`, `layout_off`, `halo_id_missing`, `field_missing`, `fact_missing`,
    /// `type_mismatch`, `bad_pattern`, `bad_template`.
    pub point: String,
    /// One sentence.
    pub sentence: String,
    /// Sidelight can mend it by a plan for the layouts.
    pub mendable: bool,
    /// Which setting: `sort_rules/2`, `connected/0`, `sites_layout`.
    pub setting: String,
}

/// What the sort rules do with the records there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
pub struct SortingView {
    /// How many records were looked at.
    pub records: usize,
    /// How many each rule takes, in order.
    pub rules: Vec<usize>,
    /// How many go to the layout that is named after their type or group.
    pub by_type_name: usize,
    /// How many go to the default layout.
    pub default: usize,
    /// Some of those that go nowhere or to the default layout: name and type.
    pub fallen: Vec<(RecordRef, String, String)>,
    /// How many go nowhere.
    pub nowhere: usize,
}

/// A record as it would be in Hudu.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct SampleView {
    /// The record.
    pub record: RecordRef,
    /// Its name in Hudu.
    pub name: String,
    /// Layout; empty for a company.
    pub layout: String,
    /// Name of the place, value as it is in Halo, value as it would be in Hudu (`None`: does not fit).
    pub values: Vec<(String, String, Option<String>)>,
}
