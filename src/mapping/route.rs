//! Which fact goes where: worked out once for each kind and layout, then used for every record.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::{FieldType, FieldValue};
use crate::mapping::connect::turned;
use crate::mapping::record::{FactValue, HALO_ID, LayoutField, LayoutShape, Slot, Source};
use crate::mapping::wanted::{Known, Wanted};
use crate::mapping::word::Word;
use crate::mapping::{compare, facts, keys, normal, template};
use crate::mark;
use crate::order::gathered;
use crate::settings::{Policy, SyncSettings};

/// The places of one kind of record in Hudu.
#[derive(Clone, Debug)]
pub struct Routes {
    /// Kind of record.
    pub kind: RecordKind,
    /// Places in the order in which they are written.
    pub list: Vec<Route>,
}

/// One place, and the facts that may go there.
#[derive(Clone, Debug)]
pub struct Route {
    /// Where.
    pub slot: Slot,
    /// Its key in policies and in what was synced last.
    pub key: Word,
    /// Name of the place.
    pub label: Word,
    /// Where its key stands among those of the other places.
    pub rank: usize,
    /// What the place holds.
    holds: FieldType,
    /// Name of the place, with its type: a member of the record has one too.
    pub field: LayoutField,
    /// Keys of facts, in order: the first one that the record has and that fits is taken.
    pub facts: Vec<Word>,
    /// They were connected by hand, so no other is tried.
    pub by_hand: bool,
    /// Who wins.
    pub policy: Policy,
    /// The place takes this part of an address.
    part: Option<&'static str>,
}

/// Members of a company: name in the API, fact, label, type.
const COMPANY: [(&str, &str, &str, &str); 6] = [
    ("name", "name", mark!("Name"), "Text"),
    ("phone_number", "phone", mark!("Phone"), "Phone"),
    ("website", "website", mark!("Website"), "Website"),
    ("company_type", "type", mark!("Type"), "Text"),
    ("notes", "notes", mark!("Notes"), "RichText"),
    ("id_number", "id", mark!("ID number"), "Text"),
];

/// Members of a company that take the parts of an address.
const ADDRESS: [(&str, &str); 6] = [
    ("address_line_1", mark!("Address line 1")),
    ("address_line_2", mark!("Address line 2")),
    ("city", mark!("City")),
    ("state", mark!("State")),
    ("zip", mark!("Postal code")),
    ("country_name", mark!("Country")),
];

/// Members of an asset: name in the API, fact, label, type.
const ASSET: [(&str, &str, &str, &str); 5] = [
    ("name", "name", mark!("Name"), "Text"),
    ("primary_serial", "serial", mark!("Primary serial"), "Text"),
    ("primary_mail", "email", mark!("Primary e-mail"), "Email"),
    ("primary_manufacturer", "manufacturer", mark!("Primary manufacturer"), "Text"),
    ("primary_model", "model", mark!("Primary model"), "Text"),
];

impl Routes {
    /// The members of a company.
    pub fn company(settings: &SyncSettings) -> Self {
        let kind = RecordKind::Client;
        let member = |(name, fact, label, holds)| Route::member(kind, name, &[fact], label, holds, settings);
        let mut list: Vec<Route> = COMPANY.map(member).into();
        list.retain(|route| settings.id_number || route.key != "id_number");
        for (name, label) in ADDRESS {
            let mut route = Route::member(kind, name, &["address"], label, "Text", settings);
            route.part = Some(name);
            list.push(route);
        }
        Self::ranked(kind, list)
    }

    /// The members and fields of an asset of this layout: name, the primary members, each field that
    /// a fact is connected with or that has its name, and the Halo id.
    pub fn asset(kind: RecordKind, layout: &LayoutShape, settings: &SyncSettings) -> Self {
        let member = |(name, fact, label, holds): (_, &'static str, _, _)| {
            let has = facts::find(kind, fact).is_some();
            let facts: &[&str] = if has { &[fact] } else { &[] };
            Route::member(kind, name, facts, label, holds, settings)
        };
        let mut list: Vec<Route> = ASSET.map(member).into();
        list.extend(layout.fields.iter().map(|field| Route::field(kind, layout, field, settings)));
        list.retain(|route| !route.facts.is_empty());
        Self::ranked(kind, list)
    }

    fn ranked(kind: RecordKind, mut list: Vec<Route>) -> Self {
        let keys: BTreeSet<Word> = gathered(list.iter().map(|route| route.key.clone()));
        for route in &mut list {
            route.rank = keys.iter().take_while(|key| **key < route.key).count();
        }
        Self { kind, list }
    }

    /// What Hudu should hold for a record, place by place; never empty values.
    pub fn wanted<'a>(&'a self, source: &'a Source, settings: &SyncSettings, known: Known) -> Vec<Wanted<'a>> {
        let mut all = Vec::with_capacity(self.list.len());
        for route in self.list.iter().filter(|route| route.policy != Policy::Never) {
            let value = match route.is_name() {
                true => Cow::Owned(FieldValue::Text(template::name_of(source, settings).into_owned())),
                false => match route.found(source, known) {
                    Some((_, Ok(value))) => value,
                    _ => continue,
                },
            };
            if !compare::is_empty(&value) {
                all.push(Wanted { route, value });
            }
        }
        all
    }
}

/// A fact that goes to a place, and what becomes of it there.
type Sent<'a, V> = (&'a Word, Result<V, String>);

impl Route {
    /// The fact that goes to this place for that record, and what becomes of it or why it does not fit;
    /// `None` where the record has none of the facts.
    pub fn value(&self, source: &Source, known: Known) -> Option<Sent<'_, FieldValue>> {
        self.found(source, known).map(|(key, value)| (key, value.map(Cow::into_owned)))
    }

    /// The same, without a copy where the fact fits as it is.
    fn found<'a, 's>(&'a self, source: &'s Source, known: Known) -> Option<Sent<'a, Cow<'s, FieldValue>>> {
        let mut misfit = None;
        for key in &self.facts {
            let Some(fact) = facts::value(source, key) else { continue };
            let value = match (self.part, fact) {
                (Some(part), Cow::Borrowed(FactValue::Plain(FieldValue::Address(address)))) => {
                    let parts = address.parts();
                    let text = parts.iter().find(|(name, _)| *name == part).map(|(_, text)| (*text).to_owned());
                    Ok(Cow::Owned(text.filter(|text| !text.is_empty()).map_or(FieldValue::Empty, FieldValue::Text)))
                }
                (_, Cow::Borrowed(fact)) => turned(fact, self.holds, &self.field, known),
                (_, Cow::Owned(fact)) => {
                    turned(&fact, self.holds, &self.field, known).map(|value| Cow::Owned(value.into_owned()))
                }
            };
            if value.is_ok() {
                return Some((key, value));
            }
            misfit = misfit.or(Some((key, value)));
        }
        misfit
    }

    /// It takes the record's name, made by the template.
    pub fn is_name(&self) -> bool {
        !self.by_hand && self.key == "name"
    }

    /// It takes one part of an address.
    pub fn takes_part(&self) -> bool {
        self.part.is_some()
    }

    /// Whether a connection by hand that names this field, or member, means this place.
    pub fn is_at(&self, field: &str) -> bool {
        let field = field.trim();
        self.key == *field || self.field.label.trim().eq_ignore_ascii_case(field)
    }

    /// The place as one connection by hand alone has it.
    pub fn only(&self, fact: &str) -> Self {
        Self { facts: vec![Word::of(fact)], by_hand: true, ..self.clone() }
    }

    /// The fact that usually goes here.
    pub fn fact(&self) -> Option<&Word> {
        // A custom field of the same name comes first, but whether there is one only a record tells.
        let built_in = self.facts.iter().find(|key| !key.starts_with(facts::OWN));
        if self.by_hand { self.facts.first() } else { built_in.or(self.facts.first()) }
    }

    fn member(kind: RecordKind, name: &str, usual: &[&str], label: &str, holds: &str, settings: &SyncSettings) -> Self {
        let slot = Slot::attribute(name);
        let field = LayoutField {
            label: label.to_owned(),
            kind: holds.to_owned(),
            options: Vec::new(),
            expiration: false,
            linked_layout: None,
            linked_by: None,
        };
        Self::new(kind, "", slot, field, usual.iter().map(|key| Word::of(key)).collect(), settings)
    }

    fn field(kind: RecordKind, layout: &LayoutShape, field: &LayoutField, settings: &SyncSettings) -> Self {
        let slot = Slot::field(&field.label);
        if field.label.trim().eq_ignore_ascii_case(HALO_ID) {
            let mut route = Self::new(kind, &layout.name, slot, field.clone(), vec![Word::of("id")], settings);
            (route.policy, route.by_hand, route.facts) = (Policy::HaloWins, false, vec![Word::of("id")]);
            return route;
        }
        let label = normal::label(&field.label);
        let mut usual: Vec<Word> = keys::kept_in(kind, &field.label, settings).map(Word::of).collect();
        if !label.is_empty() {
            usual.push(Word::of(&format!("{}{label}", facts::OWN)));
        }
        let meant = facts::meant(kind, &field.label).into_iter();
        usual.extend(meant.filter(|key| *key != "value" || settings.contract_value).map(Word::of));
        Self::new(kind, &layout.name, slot, field.clone(), usual, settings)
    }

    fn new(
        kind: RecordKind,
        layout: &str,
        slot: Slot,
        field: LayoutField,
        usual: Vec<Word>,
        settings: &SyncSettings,
    ) -> Self {
        let key = slot.key();
        let (label, policy) = (Word::of(&field.label), Policy::HaloWins);
        let holds = FieldType::of(&field.kind);
        let mut route =
            Self { slot, key, label, rank: 0, holds, field, facts: usual, by_hand: false, policy, part: None };
        let connected = settings.connected.iter().filter(|row| {
            let here = row.layout.trim().is_empty() || row.layout.trim().eq_ignore_ascii_case(layout.trim());
            row.kind == kind && here && route.is_at(&row.field)
        });
        let by_hand: Vec<Word> = connected.map(|row| Word::of(&row.fact.trim().to_lowercase())).collect();
        if !by_hand.is_empty() {
            (route.facts, route.by_hand) = (by_hand, true);
        }
        // What people write down beside Halo's notes is theirs.
        if route.facts.iter().any(|key| *key == "notes") {
            route.policy = Policy::OnlyIfEmpty;
        }
        let set = settings.policies.iter().find(|(k, place, _)| *k == kind && route.key == *place);
        route.policy = set.map_or(route.policy, |(.., policy)| *policy);
        route
    }
}

/// Keys of the facts of a kind that can go somewhere: to a company's members, or to the members and
/// fields of this layout; those that the rules and the name ask for are among them. An own field
/// (`field:…`) is among them where it was asked for by hand, or where nothing built in has that name.
pub fn wants(kind: RecordKind, layout: Option<&LayoutShape>, settings: &SyncSettings) -> BTreeSet<String> {
    let routes = match layout {
        Some(layout) => Routes::asset(kind, layout, settings),
        None if kind == RecordKind::Client => Routes::company(settings),
        None => Routes { kind, list: Vec::new() },
    };
    let mut keys = BTreeSet::new();
    for route in routes.list.iter().filter(|route| route.policy != Policy::Never) {
        let taken = route.facts.iter().filter(|_| route.by_hand).chain(route.fact());
        keys.extend(taken.map(Word::to_string));
    }
    let rules = match kind {
        RecordKind::Asset => settings.sort_rules.as_slice(),
        RecordKind::User => settings.people_rules.as_slice(),
        _ => &[],
    };
    keys.extend(rules.iter().flat_map(|rule| &rule.when).map(|condition| condition.fact.trim().to_lowercase()));
    if kind == RecordKind::Asset {
        keys.extend(template::keys(&settings.asset_name).iter().map(Word::to_string));
    }
    if kind == RecordKind::Client && settings.parent_company {
        keys.insert("toplevel".to_owned());
    }
    keys
}

/// Links to other records are taken as known: for samples and checks of types.
pub fn any_link(record: RecordRef) -> Option<(i64, String)> {
    Some((0, record.key()))
}
