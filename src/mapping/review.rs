//! What the mapping pages show of both products, and what does not fit, with the settings as they are edited.

use crate::halo::record::RecordKind;
use crate::mapping::facts::{self, Holds};
use crate::mapping::record::{HALO_ID, LayoutShape, Source};
use crate::mapping::route::{Route, Routes, any_link};
use crate::mapping::rules::Sorter;
use crate::mapping::view::{FactView, LayoutView, MappingRow, MappingView};
use crate::mapping::{connect, findings, layout};
use crate::order::Order;
use crate::settings::SyncSettings;
use crate::words::say;

/// Kinds that become something in Hudu.
pub(super) const KINDS: [RecordKind; 5] =
    [RecordKind::Client, RecordKind::Site, RecordKind::User, RecordKind::Asset, RecordKind::Contract];

/// Everything that the pages need. `sources` are examples of each kind: they tell which own fields there
/// are, and give each fact a value to show.
pub fn review(settings: &SyncSettings, layouts: &[LayoutShape], sources: &[Source]) -> MappingView {
    let mut rows = Vec::new();
    // The rows tell who wins where nothing was chosen.
    let bare = SyncSettings { policies: Vec::new(), ..settings.clone() };
    for kind in KINDS {
        for (name, routes) in places(kind, &bare, layouts, sources) {
            rows.extend(routes.list.iter().map(|route| row(kind, &name, route, sources)));
        }
    }
    let mut shown: Vec<LayoutView> = layouts.iter().map(|shape| layout_view(shape, settings, layouts)).collect();
    shown.order_by_key(|layout| layout.name.to_lowercase());
    MappingView {
        layouts: shown,
        facts: KINDS.into_iter().flat_map(|kind| fact_views(kind, sources)).collect(),
        rows,
        findings: findings::of(settings, layouts, sources),
    }
}

/// Where records of this kind go: name and routes of each layout that the settings name or that an example
/// goes to, or of the company.
pub(super) fn places(
    kind: RecordKind,
    settings: &SyncSettings,
    layouts: &[LayoutShape],
    sources: &[Source],
) -> Vec<(String, Routes)> {
    if kind == RecordKind::Client {
        return vec![(String::new(), Routes::company(settings))];
    }
    let sorter = Sorter::new(kind, settings, layouts);
    let examples = sources.iter().filter(|source| source.record.kind == kind).filter_map(|one| sorter.layout_of(one));
    let mut names: Vec<String> = Vec::new();
    for name in layout::names(kind, settings).into_iter().map(|(_, name)| name).chain(examples.map(str::to_owned)) {
        if !names.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            names.push(name);
        }
    }
    let shape = |name: String| {
        let shape = layout::found_or_new(kind, &name, settings, layouts);
        let routes = Routes::asset(kind, &shape, settings);
        (shape.name, routes)
    };
    names.into_iter().map(shape).collect()
}

fn layout_view(shape: &LayoutShape, settings: &SyncSettings, layouts: &[LayoutShape]) -> LayoutView {
    let goes = |kind: &RecordKind| {
        let named = layout::names(*kind, settings);
        named.iter().any(|(_, name)| layout::find(name, layouts).is_some_and(|found| found.id == shape.id))
    };
    LayoutView {
        id: shape.id,
        name: shape.name.clone(),
        active: shape.active,
        linked: shape.field(HALO_ID).is_some(),
        kinds: KINDS.into_iter().filter(goes).collect(),
        fields: shape.fields.iter().map(|field| (field.label.clone(), field.kind.clone())).collect(),
    }
}

/// The built-in facts of a kind, then the own fields of its examples by name.
fn fact_views(kind: RecordKind, sources: &[Source]) -> Vec<FactView> {
    let of_kind = || sources.iter().filter(move |source| source.record.kind == kind);
    let example = |key: &str| {
        let key = key.into();
        of_kind().find_map(|source| facts::text(source, &key)).unwrap_or_default()
    };
    let view = |key: &str, label: &str, holds: Holds| FactView {
        kind,
        key: key.to_owned(),
        label: label.to_owned(),
        holds: say(holds.words()),
        example: example(key),
    };
    let mut views: Vec<FactView> =
        facts::built_in(kind).map(|fact| view(fact.key, &say(fact.label), fact.holds)).collect();
    let built_in = views.len();
    for fact in of_kind().flat_map(|source| &source.facts).filter(|fact| fact.key.starts_with(facts::OWN)) {
        if !views.iter().any(|view| fact.key == view.key) {
            views.push(view(&fact.key, &fact.label, Holds::of(&fact.value)));
        }
    }
    views[built_in..].order_by_key(|view| view.label.to_lowercase());
    views
}

fn row(kind: RecordKind, layout: &str, route: &Route, sources: &[Source]) -> MappingRow {
    let of_kind = || sources.iter().filter(|source| source.record.kind == kind);
    // An own field of the same name counts where an example has it.
    let seen = route.facts.iter().find(|key| of_kind().any(|source| facts::value(source, key).is_some()));
    let fact = if route.by_hand { route.facts.first() } else { seen.or(route.fact()) };
    let fact = fact.map(|key| key.to_string()).unwrap_or_default();
    MappingRow {
        kind,
        layout: layout.to_owned(),
        slot: route.key.to_string(),
        place: route.field.label.clone(),
        holds: if route.key.starts_with(facts::OWN) { route.field.kind.clone() } else { String::new() },
        label: facts::label(kind, &fact),
        by_hand: route.by_hand,
        policy: route.policy,
        mismatch: mismatch(kind, route, sources),
        fact,
    }
}

/// Why the types of a place do not fit. What was connected by hand has to fit every example; what goes
/// by its name has to fit one, because own fields of that name may hold anything.
pub(super) fn mismatch(kind: RecordKind, route: &Route, sources: &[Source]) -> Option<String> {
    let built_in = route.facts.iter().filter_map(|key| facts::find(kind, key)).filter(|_| !route.takes_part());
    let by_type: Vec<Result<(), String>> = built_in.map(|fact| connect::fits(fact.holds, &route.field)).collect();
    let of_kind = sources.iter().filter(|source| source.record.kind == kind);
    let by_value: Vec<Result<(), String>> =
        of_kind.filter_map(|source| Some(route.value(source, &any_link)?.1.map(drop))).collect();
    let wrong = |tried: &[Result<(), String>]| tried.iter().find_map(|one| one.clone().err());
    match route.by_hand {
        true => wrong(&by_type).or_else(|| wrong(&by_value)),
        false if by_value.is_empty() && by_type.iter().any(Result::is_ok) => None,
        false if by_value.iter().any(Result::is_ok) => None,
        false => wrong(&by_value).or_else(|| wrong(&by_type)),
    }
}
