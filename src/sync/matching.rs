//! The match ladder: which Hudu record a Halo record is, why, or why that is not known.
//!
//! A match is never a guess: a link, Hudu's own integration, or one exact unique key. Anything less
//! is listed as candidates and waits for a click.

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::FieldValue;
use crate::json::Json;
use crate::mapping::compare::show;
use crate::mapping::layout::holds;
use crate::mapping::record::{HALO_ID, HuduRecord, LayoutShape, Slot, Source};
use crate::mapping::{normal, wanted};
use crate::settings::{MatchKey, SyncSettings};
use crate::sync::plan::Link;

/// What the ladder found.
#[derive(Clone, Debug, PartialEq, Json)]
pub enum Found {
    /// Exactly one, and why.
    One(Box<HuduRecord>, Why),
    /// Candidates, each with what speaks for it.
    Several(Vec<(HuduRecord, String)>),
    /// Nothing that could be meant.
    Nobody,
}

/// Why a record is the counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Why {
    /// The Halo id stands in Hudu, or the user chose it.
    Linked,
    /// Hudu's own Halo integration says so.
    Native,
    /// One exact unique key.
    Key(MatchKey),
}

impl Why {
    /// For a chip or after "matched: ".
    pub fn words(self) -> &'static str {
        match self {
            Why::Linked => "linked",
            Why::Native => "linked by Hudu’s own Halo integration",
            Why::Key(MatchKey::Email) => "same e-mail address",
            Why::Key(MatchKey::Serial) => "same serial number",
            Why::Key(MatchKey::Tag) => "same asset tag",
            Why::Key(MatchKey::Reference) => "same reference",
            Why::Key(MatchKey::Name) => "same name",
        }
    }
}

/// Finds the company of a client.
pub fn company(client: &Source, companies: &[HuduRecord], link: Option<&Link>, settings: &SyncSettings) -> Found {
    let id = client.record.id;
    if let Some(found) = by_link(companies, link) {
        return found;
    }
    let native = |c: &HuduRecord| c.native.contains(&("company".to_owned(), id));
    let numbered =
        |c: &HuduRecord| settings.id_number && show(&c.value(&Slot::attribute("id_number"))) == Some(id.to_string());
    let linked: Vec<&HuduRecord> = companies.iter().filter(|c| native(c) || numbered(c)).collect();
    match linked.as_slice() {
        [] => {}
        [one] if !one.archived => {
            let why = if native(one) { Why::Native } else { Why::Linked };
            return Found::One(Box::new((*one).clone()), why);
        }
        several => return Found::Several(explain(several, "carries this client’s id")),
    }
    // A company that Hudu's integration keeps for another client is not this one.
    let free: Vec<&HuduRecord> = companies.iter().filter(|c| c.native.is_empty()).collect();
    let wanted = normal::name(&client.name);
    let exact: Vec<&HuduRecord> =
        free.iter().copied().filter(|c| !wanted.is_empty() && normal::name(&c.name) == wanted).collect();
    match exact.as_slice() {
        [one] if !one.archived && uses(settings, RecordKind::Client, MatchKey::Name) => {
            Found::One(Box::new((*one).clone()), Why::Key(MatchKey::Name))
        }
        [] => {
            let likely: Vec<&HuduRecord> =
                free.into_iter().filter(|c| normal::likely_same_name(&c.name, &client.name)).take(8).collect();
            if likely.is_empty() { Found::Nobody } else { Found::Several(explain(&likely, "similar name")) }
        }
        several => Found::Several(explain(several, "same name")),
    }
}

/// Finds the asset of a site, user, asset or contract inside its company.
pub fn asset(
    source: &Source,
    assets: &[HuduRecord],
    layouts: &[LayoutShape],
    link: Option<&Link>,
    settings: &SyncSettings,
) -> Found {
    let kind = source.record.kind;
    if let Some(found) = by_link(assets, link) {
        return found;
    }
    let in_kind: Vec<&HuduRecord> =
        assets.iter().filter(|a| layouts.iter().any(|l| Some(l.id) == a.layout && holds(kind, l, settings))).collect();
    let by_id: Vec<&HuduRecord> = in_kind.iter().copied().filter(|a| halo_id(a, kind) == Some(source.record)).collect();
    if let Some(found) = sure(&by_id, Why::Linked, "carries this record’s Halo ID") {
        return found;
    }
    let sync_type = native_type(kind);
    let native: Vec<&HuduRecord> =
        assets.iter().filter(|a| a.native.iter().any(|(t, id)| t == sync_type && *id == source.record.id)).collect();
    if let Some(found) = sure(&native, Why::Native, "card of Hudu’s Halo integration") {
        return found;
    }
    let free: Vec<&HuduRecord> = in_kind
        .into_iter()
        .filter(|a| halo_id(a, kind).is_none() && !a.native.iter().any(|(t, _)| t == sync_type))
        .collect();
    let mut candidates: Vec<(HuduRecord, String)> = Vec::new();
    for key in keys(settings, kind) {
        let wanted = wanted::key_text(source, key);
        if wanted.is_empty() {
            continue;
        }
        let hits: Vec<&HuduRecord> = free.iter().copied().filter(|a| key_of(a, key).contains(&wanted)).collect();
        match hits.as_slice() {
            [] => continue,
            [one] if !one.archived && !contradicted(source, one, key, settings) => {
                return Found::One(Box::new((*one).clone()), Why::Key(key));
            }
            hits => candidates.extend(explain(hits, Why::Key(key).words())),
        }
        break;
    }
    if candidates.is_empty() {
        let wanted = normal::words(&source.name).join(" ");
        let likely: Vec<&HuduRecord> = free
            .into_iter()
            .filter(|a| !wanted.is_empty() && normal::words(&a.name).join(" ") == wanted)
            .take(8)
            .collect();
        candidates = explain(&likely, "same name");
    }
    if candidates.is_empty() { Found::Nobody } else { Found::Several(candidates) }
}

/// The Halo record whose id an asset carries in its `Halo ID` field: a plain number means a record
/// of the kind that the layout holds.
pub fn halo_id(asset: &HuduRecord, kind: RecordKind) -> Option<RecordRef> {
    let text = show(&asset.value(&Slot::field(HALO_ID)))?;
    let id: i64 = match text.rsplit_once('/') {
        Some((word, id)) if word == kind.word() => id.parse().ok()?,
        Some(_) => return None,
        None => text.trim().trim_end_matches(".0").parse().ok()?,
    };
    (id > 0).then_some(RecordRef::new(kind, id))
}

/// The word by which Hudu's integration cards name this kind.
pub fn native_type(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Client => "company",
        RecordKind::User => "contact",
        other => other.word(),
    }
}

/// The record that the link names. One that was put away since waits for a click, unless it was the
/// click that made the link.
fn by_link(records: &[HuduRecord], link: Option<&Link>) -> Option<Found> {
    let link = link?;
    let record = records.iter().find(|record| record.id == link.target)?;
    Some(match record.archived && !link.chosen {
        true => Found::Several(explain(&[record], "linked")),
        false => Found::One(Box::new(record.clone()), Why::Linked),
    })
}

fn sure(hits: &[&HuduRecord], why: Why, words: &str) -> Option<Found> {
    match hits {
        [] => None,
        [one] if !one.archived => Some(Found::One(Box::new((*one).clone()), why)),
        several => Some(Found::Several(explain(several, words))),
    }
}

fn explain(records: &[&HuduRecord], why: &str) -> Vec<(HuduRecord, String)> {
    records
        .iter()
        .map(|record| {
            let why = if record.archived { format!("{why}, archived") } else { why.to_owned() };
            ((*record).clone(), why)
        })
        .collect()
}

fn uses(settings: &SyncSettings, kind: RecordKind, key: MatchKey) -> bool {
    keys(settings, kind).contains(&key)
}

fn keys(settings: &SyncSettings, kind: RecordKind) -> Vec<MatchKey> {
    settings.keys.iter().find(|(k, _)| *k == kind).map(|(_, keys)| keys.clone()).unwrap_or_default()
}

/// A weaker key does not count where a stronger one, present on both sides, says otherwise.
fn contradicted(source: &Source, asset: &HuduRecord, by: MatchKey, settings: &SyncSettings) -> bool {
    keys(settings, source.record.kind).into_iter().take_while(|key| *key != by).any(|key| {
        let ours = wanted::key_text(source, key);
        let theirs = key_of(asset, key);
        !ours.is_empty() && !theirs.is_empty() && !theirs.contains(&ours)
    })
}

/// The values of a Hudu asset that a key is compared with.
fn key_of(asset: &HuduRecord, key: MatchKey) -> Vec<String> {
    let attribute = |name: &str| show(&asset.value(&Slot::attribute(name))).unwrap_or_default();
    let fields = |words: &[&str]| -> Vec<String> {
        asset
            .values
            .iter()
            .filter_map(|(slot, value)| match (slot, value) {
                (Slot::Field(label), FieldValue::Text(text)) if words.contains(&normal::label(label).as_str()) => {
                    Some(text.clone())
                }
                _ => None,
            })
            .collect()
    };
    let mut texts: Vec<String> = match key {
        MatchKey::Email => {
            let mut all =
                fields(&["email", "e mail", "email addres", "e mail addres", "email address", "e mail address"]);
            all.push(attribute("primary_mail"));
            all.iter().map(|text| normal::email(text)).collect()
        }
        MatchKey::Serial => {
            let mut all = fields(&["serial", "serial number", "serial no", "service tag"]);
            all.push(attribute("primary_serial"));
            all.iter().map(|text| normal::serial(text)).collect()
        }
        MatchKey::Tag => {
            let mut all = fields(&["asset tag", "tag", "inventory number"]);
            all.push(asset.name.clone());
            all.iter().map(|text| normal::serial(text)).collect()
        }
        MatchKey::Reference => vec![normal::text(&asset.name).to_lowercase()],
        MatchKey::Name => vec![normal::words(&asset.name).join(" ")],
    };
    texts.retain(|text| !text.is_empty());
    texts
}
