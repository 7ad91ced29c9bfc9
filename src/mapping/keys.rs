//! Facts and fields that tell a record apart: what is compared with what.

use crate::halo::record::RecordKind;
use crate::mapping::compare::peek;
use crate::mapping::normal;
use crate::mapping::record::{HuduRecord, LayoutShape, Slot, Source};
use crate::settings::{MatchKey, SyncSettings};

/// The fact of a Halo record that holds the key.
fn fact(key: MatchKey) -> &'static str {
    match key {
        MatchKey::Email => "email",
        MatchKey::Serial => "serial",
        MatchKey::Tag => "tag",
        MatchKey::Reference => "reference",
        MatchKey::Name => "name",
    }
}

/// The key of a Halo record in the spelling in which it is compared; empty where it has none, or one
/// that many records share by accident.
pub fn of_source(source: &Source, key: MatchKey) -> String {
    let text = source.text(fact(key));
    let text = match key {
        MatchKey::Email | MatchKey::Serial => text.unwrap_or_default(),
        MatchKey::Tag | MatchKey::Reference => text.unwrap_or(&source.name),
        MatchKey::Name => &source.name,
    };
    spelled(text, source.record.kind, key)
}

/// Where an asset of this layout keeps the key: the field that the settings name for it, else the
/// fields and members by their usual names. Worked out once for each layout.
pub fn slots(kind: RecordKind, key: MatchKey, layout: &LayoutShape, settings: &SyncSettings) -> Vec<Slot> {
    let named = settings.key_fields.iter().filter(|row| row.kind == kind && row.key == key);
    let chosen: Vec<Slot> = named
        .filter_map(|row| match row.field.trim() {
            member if member == "name" || member.starts_with("primary_") => Some(Slot::attribute(member)),
            label => layout.field(label).map(|field| Slot::field(&field.label)),
        })
        .collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let (labels, member): (&[&str], &str) = match key {
        MatchKey::Email => (&["email", "e mail", "email address", "e mail address", "mail"], "primary_mail"),
        MatchKey::Serial => (&["serial", "serial number", "serial no", "service tag"], "primary_serial"),
        MatchKey::Tag => (&["asset tag", "tag", "inventory number"], "name"),
        MatchKey::Reference => (&["reference", "contract reference"], "name"),
        MatchKey::Name => (&[], "name"),
    };
    let fields = layout.fields.iter().filter(|field| {
        let label = normal::label(&field.label);
        labels.iter().any(|word| normal::label(word) == label)
    });
    fields.map(|field| Slot::field(&field.label)).chain([Slot::attribute(member)]).collect()
}

/// The keys that an asset holds in these slots, in the spelling in which they are compared; never empty
/// ones.
pub fn of_asset(asset: &HuduRecord, slots: &[Slot], kind: RecordKind, key: MatchKey) -> Vec<String> {
    let spelled = slots.iter().filter_map(|slot| Some(spelled(&peek(&asset.peek(slot))?, kind, key)));
    let mut keys: Vec<String> = spelled.filter(|text| !text.is_empty()).collect();
    keys.dedup();
    keys
}

/// Facts that the settings keep in the field of this label because it holds a key.
pub fn kept_in<'a>(kind: RecordKind, label: &'a str, settings: &'a SyncSettings) -> impl Iterator<Item = &'static str> {
    let here = move |row: &&crate::settings::KeyField| {
        row.kind == kind && row.key != MatchKey::Name && row.field.trim().eq_ignore_ascii_case(label.trim())
    };
    settings.key_fields.iter().filter(here).map(|row| fact(row.key))
}

fn spelled(text: &str, kind: RecordKind, key: MatchKey) -> String {
    match key {
        MatchKey::Email => normal::email(text),
        MatchKey::Serial | MatchKey::Tag => normal::serial(text),
        MatchKey::Reference => normal::text(text).to_lowercase(),
        MatchKey::Name if kind == RecordKind::Client => normal::name(text),
        MatchKey::Name => normal::spaced(text),
    }
}
