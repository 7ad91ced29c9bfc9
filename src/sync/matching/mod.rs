//! The match ladder: which Hudu record a Halo record is, why, or why that is not known.
//!
//! A match is never a guess: a link, Hudu's own integration, or one exact unique key. Anything less
//! is listed as candidates and waits for a click.

mod index;

use crate::halo::record::{RecordKind, RecordRef};
use crate::json::Json;
use crate::mapping::compare::peek;
use crate::mapping::record::{HuduRecord, Source};
use crate::mapping::{keys, normal};
use crate::order::Order;
use crate::settings::{MatchKey, SyncSettings};
use crate::sync::plan::Link;
use crate::words::say;
use crate::{mark, t};

pub use index::{Index, World};
use index::{Mark, beginnings, number};

/// Most candidates that are listed.
const LIKELY: usize = 8;

/// What the ladder found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found<'a> {
    /// Exactly one, and why.
    One(&'a HuduRecord, Why),
    /// Candidates, each with what speaks for it.
    Several(Vec<(&'a HuduRecord, String)>),
    /// Its record stands in another company than its client's.
    Elsewhere(&'a HuduRecord),
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
    pub fn words(self) -> String {
        match self {
            Why::Linked => t!("linked"),
            Why::Native => t!("linked by Hudu’s own Halo integration"),
            Why::Key(MatchKey::Email) => t!("same e-mail address"),
            Why::Key(MatchKey::Serial) => t!("same serial number"),
            Why::Key(MatchKey::Tag) => t!("same asset tag"),
            Why::Key(MatchKey::Reference) => t!("same reference"),
            Why::Key(MatchKey::Name) => t!("same name"),
        }
    }
}

impl<'a> Index<'a> {
    /// Finds the company of a client.
    pub fn company(&self, client: &Source, link: Option<&Link>) -> Found<'a> {
        let id = client.record.id;
        if let Some(found) = by_link(link.and_then(|link| self.company_by_id(link.target)), link, client.inactive) {
            return found;
        }
        let native = |c: &HuduRecord| c.is_native("company", id);
        let text = id.to_string();
        let mut linked = self.companies_by(Mark::Native("company", id));
        linked.retain(|company| native(company));
        if self.settings.id_number {
            for company in self.companies_by(Mark::Number(&text)) {
                // What Hudu's integration says of a company counts for more than its number.
                if company.native.is_empty() && number(company).is_some_and(|own| own == text) {
                    linked.push(company);
                }
            }
        }
        let why = if linked.first().is_some_and(|company| native(company)) { Why::Native } else { Why::Linked };
        if let Some(found) = sure(&linked, why, mark!("carries this client’s id"), client.inactive) {
            return found;
        }
        // A company that is kept for another client is not this one.
        let free = |c: &&HuduRecord| self.is_free_company(c, id);
        let wanted = normal::name(&client.name);
        if wanted.is_empty() {
            return Found::Nobody;
        }
        let mut exact = self.companies_by(Mark::Name(&wanted));
        exact.retain(|company| free(company) && normal::name(&company.name) == wanted);
        match exact.as_slice() {
            [one] if !one.archived && keys_of(self.settings, RecordKind::Client).contains(&MatchKey::Name) => {
                Found::One(one, Why::Key(MatchKey::Name))
            }
            [] => several(explain(&self.likely(client, &wanted), &t!("similar name"))),
            all => Found::Several(explain(all, &t!("same name"))),
        }
    }

    /// Free companies of a similar name.
    fn likely(&self, client: &Source, wanted: &str) -> Vec<&'a HuduRecord> {
        let mut likely = self.companies_by(Mark::Letters(&wanted.replace(' ', "")));
        likely.extend(self.companies_by(Mark::Beginning(wanted)));
        for beginning in beginnings(wanted) {
            likely.extend(self.companies_by(Mark::Name(beginning)));
        }
        likely.retain(|company| {
            self.is_free_company(company, client.record.id) && normal::likely_same_name(&company.name, &client.name)
        });
        likely.order_by_key(|company| company.id);
        likely.dedup_by_key(|company| company.id);
        likely.truncate(LIKELY);
        likely
    }

    /// Companies in use of this normalised name.
    pub fn companies_named(&self, name: &str) -> Vec<&'a HuduRecord> {
        let mut named = self.companies_by(Mark::Name(name));
        named.retain(|company| !company.archived && normal::name(&company.name) == name);
        named
    }

    /// Finds the asset of a site, user, asset or contract. `company` is its client's company, where
    /// that is known: keys count inside it only.
    pub fn asset(&self, source: &Source, company: Option<i64>, link: Option<&Link>) -> Found<'a> {
        let (record, kind) = (source.record, source.record.kind);
        let here = |asset: &HuduRecord| company == Some(asset.company);
        let linked = link.and_then(|link| self.asset_by_id(link.target));
        match linked {
            Some(asset) if here(asset) => {
                if let Some(found) = by_link(linked, link, source.inactive) {
                    return found;
                }
            }
            Some(asset) if !asset.archived => return Found::Elsewhere(asset),
            _ => {}
        }
        for why in [Why::Linked, Why::Native] {
            let (hits, words) = match why {
                Why::Linked => (self.by_halo_id(record), mark!("carries this record’s Halo ID")),
                _ => (self.by_card(record), mark!("card of Hudu’s Halo integration")),
            };
            let (own, away): (Vec<_>, Vec<_>) = hits.into_iter().partition(|asset| here(asset));
            if let Some(found) = sure(&own, why, words, source.inactive) {
                return found;
            }
            if let Some(asset) = away.into_iter().find(|asset| !asset.archived) {
                return Found::Elsewhere(asset);
            }
        }
        let Some(company) = company else { return Found::Nobody };
        let mut candidates = Vec::new();
        for key in keys_of(self.settings, kind) {
            let wanted = keys::of_source(source, *key);
            if wanted.is_empty() {
                continue;
            }
            let hits = self.some_assets(Mark::Key(kind, company, *key, &wanted), LIKELY, |a| {
                here(a) && self.is_free(a, record) && self.keys(a, kind, *key).contains(&wanted)
            });
            match hits.as_slice() {
                [] => continue,
                [one] if !one.archived && !self.contradicted(source, one, *key) => {
                    return Found::One(one, Why::Key(*key));
                }
                hits => candidates.extend(explain(hits, &Why::Key(*key).words())),
            }
            break;
        }
        if candidates.is_empty() {
            let wanted = normal::spaced(&source.name);
            let likely = self.some_assets(Mark::Words(kind, company, &wanted), LIKELY, |a| {
                here(a) && self.is_free(a, record) && normal::spaced(&a.name) == wanted
            });
            candidates = explain(&likely, &t!("same name"));
        }
        several(candidates)
    }

    /// The counterpart of a record that another one refers to, where that is sure.
    pub fn known(&self, record: RecordRef, link: Option<&Link>) -> Option<&'a HuduRecord> {
        if let Some(asset) = link.and_then(|link| self.asset_by_id(link.target)) {
            return Some(asset);
        }
        let mut hits = self.by_halo_id(record);
        hits.extend(self.by_card(record));
        hits.retain(|asset| !asset.archived);
        hits.dedup_by_key(|asset| asset.id);
        if let [one] = hits.as_slice() { Some(one) } else { None }
    }

    /// Whether a Hudu record of the company holds one of the record's own keys, whoever it stands for.
    pub fn key_is_taken(&self, source: &Source, company: i64) -> bool {
        let kind = source.record.kind;
        keys_of(self.settings, kind).iter().filter(|key| **key != MatchKey::Name).any(|key| {
            let wanted = keys::of_source(source, *key);
            !wanted.is_empty() && !self.assets_by(Mark::Key(kind, company, *key, &wanted)).is_empty()
        })
    }

    /// A weaker key does not count where a stronger one, present on both sides, says otherwise.
    fn contradicted(&self, source: &Source, asset: &HuduRecord, by: MatchKey) -> bool {
        let kind = source.record.kind;
        keys_of(self.settings, kind).iter().take_while(|key| **key != by).any(|key| {
            let ours = keys::of_source(source, *key);
            let theirs = self.keys(asset, kind, *key);
            !ours.is_empty() && !theirs.is_empty() && !theirs.contains(&ours)
        })
    }
}

/// The Halo record whose id an asset carries in its `Halo ID` field: a plain number means a record
/// of the kind that the layout holds.
pub fn halo_id(asset: &HuduRecord, kind: RecordKind) -> Option<RecordRef> {
    let text = peek(asset.halo_id()?)?;
    let plain = text.parse::<i64>().ok();
    let id = plain.or_else(|| match text.rsplit_once('/') {
        Some((word, id)) => id.parse().ok().filter(|_| word == kind.word()),
        None => text.trim_end_matches(".0").parse().ok(),
    })?;
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
/// click that made the link, or the record is out of use in Halo too.
fn by_link<'a>(record: Option<&'a HuduRecord>, link: Option<&Link>, inactive: bool) -> Option<Found<'a>> {
    let (record, link) = (record?, link?);
    Some(match record.archived && !link.chosen && !inactive {
        true => Found::Several(explain(&[record], &t!("linked"))),
        false => Found::One(record, Why::Linked),
    })
}

fn sure<'a>(hits: &[&'a HuduRecord], why: Why, words: &str, inactive: bool) -> Option<Found<'a>> {
    match hits {
        [] => None,
        [one] if !one.archived || inactive => Some(Found::One(one, why)),
        all => Some(Found::Several(explain(all, &say(words)))),
    }
}

fn several<'a>(candidates: Vec<(&'a HuduRecord, String)>) -> Found<'a> {
    if candidates.is_empty() { Found::Nobody } else { Found::Several(candidates) }
}

fn explain<'a>(records: &[&'a HuduRecord], why: &str) -> Vec<(&'a HuduRecord, String)> {
    let words = |record: &HuduRecord| if record.archived { t!("{why}, archived", why) } else { why.to_owned() };
    records.iter().map(|record| (*record, words(record))).collect()
}

/// The keys that are compared for a kind, in order.
fn keys_of(settings: &SyncSettings, kind: RecordKind) -> &[MatchKey] {
    settings.keys.iter().find(|(own, _)| *own == kind).map_or(&[], |(_, keys)| keys)
}
