//! A record as it would be in Hudu, place by place, for the mapping pages.

use crate::halo::record::RecordKind;
use crate::hudu::field::FieldValue;
use crate::mapping::compare::show;
use crate::mapping::record::{FactValue, LayoutShape, Source};
use crate::mapping::route::{Routes, any_link};
use crate::mapping::rules::Sorter;
use crate::mapping::view::SampleView;
use crate::mapping::{facts, layout, template};
use crate::settings::{Policy, SyncSettings};
use crate::words::say;

/// The record under these settings. Links to other records show their names, whether or not Hudu knows
/// them yet. The layout is empty for a company and for what the settings leave out.
pub fn sample(source: &Source, settings: &SyncSettings, layouts: &[LayoutShape]) -> SampleView {
    let kind = source.record.kind;
    let name = Sorter::new(kind, settings, layouts).layout_of(source).unwrap_or_default().to_owned();
    let routes = match kind {
        RecordKind::Client => Routes::company(settings),
        _ if name.is_empty() => Routes { kind, list: Vec::new() },
        _ => Routes::asset(kind, &layout::found_or_new(kind, &name, settings, layouts), settings),
    };
    let wanted = routes.list.iter().filter(|route| route.policy != Policy::Never && !route.is_name());
    let values = wanted.filter_map(|route| {
        let (fact, value) = route.value(source, &any_link)?;
        let before = facts::text(source, fact)?;
        let after = match (value, facts::value(source, fact)?.as_ref()) {
            (Err(_), _) => None,
            (Ok(FieldValue::Assets(_)), FactValue::Record(_, name)) => Some(name.clone()),
            (Ok(value), _) => Some(show(&value)?),
        };
        let own = route.key.starts_with(facts::OWN);
        let label = if own { route.field.label.clone() } else { say(&route.field.label) };
        Some((label, before, after))
    });
    SampleView {
        record: source.record,
        name: template::name_of(source, settings).into_owned(),
        layout: name,
        values: values.collect(),
    }
}
