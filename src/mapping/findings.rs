//! What does not fit between the settings and the two products, or is missing in Hudu.

use crate::halo::record::RecordKind;
use crate::halo::resource::Resource;
use crate::mapping::facts;
use crate::mapping::record::{HALO_ID, LayoutShape, Source};
use crate::mapping::review::{KINDS, mismatch, places};
use crate::mapping::view::FindingView;
use crate::mapping::{layout, rules, template};
use crate::settings::{SortRule, SyncSettings};
use crate::t;
use crate::words::say;

/// All of them, in the order of the settings.
pub(super) fn of(settings: &SyncSettings, layouts: &[LayoutShape], sources: &[Source]) -> Vec<FindingView> {
    let mut found = Vec::new();
    let synced = |kind: &&RecordKind| settings.kinds.contains(kind);
    for kind in KINDS.iter().filter(synced) {
        layouts_of(*kind, settings, layouts, sources, &mut found);
    }
    let known = Known { sources };
    known.rules("sort_rules", RecordKind::Asset, &settings.sort_rules, &mut found);
    known.rules("people_rules", RecordKind::User, &settings.people_rules, &mut found);
    if let Some(sentence) = template::problem(&settings.asset_name, RecordKind::Asset) {
        found.push(finding("bad_template", sentence, false, "asset_name".to_owned()));
    }
    connected(settings, layouts, &known, &mut found);
    for (place, row) in settings.key_fields.iter().enumerate() {
        let label = row.field.trim();
        let member = label == "name" || label.starts_with("primary_");
        let named = layout::names(row.kind, settings);
        let mut shapes = named.iter().filter_map(|(_, name)| layout::find(name, layouts)).peekable();
        if !member && shapes.peek().is_some() && shapes.all(|shape| shape.field(label).is_none()) {
            let sentence =
                t!("No layout for {kinds} has a field “{label}”.", kinds = say(Resource::of(row.kind).many), label);
            found.push(finding("field_missing", sentence, false, format!("key_fields/{place}")));
        }
    }
    found
}

fn finding(point: &str, sentence: String, mendable: bool, setting: String) -> FindingView {
    FindingView { point: point.to_owned(), sentence, mendable, setting }
}

/// Layouts that are missing, off, or lack the field for the link; each is told once.
fn layouts_of(
    kind: RecordKind,
    settings: &SyncSettings,
    layouts: &[LayoutShape],
    sources: &[Source],
    found: &mut Vec<FindingView>,
) {
    let named = layout::names(kind, settings);
    let setting = |name: &str| {
        let own = named.iter().find(|(_, own)| own.eq_ignore_ascii_case(name));
        own.map_or("by_type_name", |(setting, _)| setting).to_owned()
    };
    if kind == RecordKind::Client {
        return;
    }
    for (name, _) in places(kind, settings, layouts, sources) {
        let (point, sentence, mendable) = match layout::find(&name, layouts) {
            None => ("layout_missing", t!("Hudu has no layout “{name}”.", name), true),
            Some(shape) if !shape.active => {
                ("layout_off", t!("The layout “{name}” is switched off in Hudu. Switch it on there.", name), false)
            }
            Some(shape) if shape.field(HALO_ID).is_none() => (
                "halo_id_missing",
                t!("The layout “{name}” has no field “{field}” for the link.", name, field = HALO_ID),
                true,
            ),
            Some(_) => continue,
        };
        if !found.iter().any(|other| other.point == point && other.sentence == sentence) {
            found.push(finding(point, sentence, mendable, setting(&name)));
        }
    }
}

/// Which facts there are, as far as the examples tell.
struct Known<'a> {
    sources: &'a [Source],
}

impl Known<'_> {
    /// Why there is no such fact; nothing is said of own fields where there is no example of the kind.
    fn missing(&self, kind: RecordKind, fact: &str) -> Option<String> {
        let key = fact.trim().to_lowercase();
        let mut of_kind = self.sources.iter().filter(|source| source.record.kind == kind).peekable();
        let own = key.starts_with(facts::OWN);
        if facts::find(kind, &key).is_some() || (own && of_kind.peek().is_none()) {
            return None;
        }
        match own && of_kind.any(|source| source.fact(&key).is_some()) {
            true => None,
            false if own => {
                let name = facts::label(kind, &key);
                Some(t!(
                    "None of the {kinds} that were looked at has a field “{name}” that is filled in.",
                    kinds = say(Resource::of(kind).many),
                    name
                ))
            }
            false => Some(t!(
                "Among {kinds} HaloITSM has no field “{field}”.",
                kinds = say(Resource::of(kind).many),
                field = fact.trim()
            )),
        }
    }

    fn rules(&self, list: &str, kind: RecordKind, rules: &[SortRule], found: &mut Vec<FindingView>) {
        for (place, rule) in rules.iter().enumerate() {
            for condition in &rule.when {
                let setting = || format!("{list}/{place}");
                if let Some(sentence) = rules::bad_pattern(condition) {
                    found.push(finding("bad_pattern", sentence, false, setting()));
                }
                if let Some(sentence) = self.missing(kind, &condition.fact) {
                    found.push(finding("fact_missing", sentence, false, setting()));
                }
            }
        }
    }
}

fn connected(settings: &SyncSettings, layouts: &[LayoutShape], known: &Known, found: &mut Vec<FindingView>) {
    for (index, row) in settings.connected.iter().enumerate() {
        let setting = || format!("connected/{index}");
        if let Some(sentence) = known.missing(row.kind, &row.fact) {
            found.push(finding("fact_missing", sentence, false, setting()));
            continue;
        }
        let mut reached = false;
        for (name, routes) in places(row.kind, settings, layouts, known.sources) {
            if !row.layout.trim().is_empty() && !row.layout.trim().eq_ignore_ascii_case(&name) {
                continue;
            }
            let here = |route: &&crate::mapping::route::Route| route.is_at(&row.field);
            let Some(route) = routes.list.iter().find(here) else { continue };
            reached = true;
            if let Some(sentence) = mismatch(row.kind, &route.only(&row.fact), known.sources) {
                let told = finding("type_mismatch", sentence, false, setting());
                if !found.contains(&told) {
                    found.push(told);
                }
            }
        }
        if !reached {
            let sentence = match row.layout.trim() {
                "" => t!(
                    "No layout for {kinds} has a field “{field}”.",
                    kinds = say(Resource::of(row.kind).many),
                    field = row.field.trim()
                ),
                layout => t!("The layout “{layout}” has no field “{field}”.", layout, field = row.field.trim()),
            };
            found.push(finding("field_missing", sentence, false, setting()));
        }
    }
}
