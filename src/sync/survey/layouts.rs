//! A plan for the layouts that the settings name: made where they are missing, given the field that
//! keeps the Halo id where they lack it.

use crate::halo::record::RecordKind;
use crate::mapping::layout;
use crate::mapping::record::{HALO_ID, LayoutShape};
use crate::settings::SyncSettings;
use crate::sync::plan::{Item, Plan, Subject};
use crate::sync::planner::{layout_item, layout_key, share};
use crate::sync::view::{Action, Direction};
use crate::t;

/// Names of the layouts that the settings send records to, each with the kind that goes there first.
fn named(settings: &SyncSettings) -> Vec<(RecordKind, &str)> {
    use RecordKind::{Asset, Contract, Site, User};
    let mut names: Vec<(RecordKind, &str)> = vec![(Site, &settings.sites_layout), (User, &settings.people_layout)];
    names.extend(settings.people_rules.iter().map(|rule| (User, rule.layout.as_str())));
    names.extend(settings.sort_rules.iter().map(|rule| (Asset, rule.layout.as_str())));
    names.push((Asset, &settings.default_layout));
    names.push((Contract, &settings.contracts_layout));
    names.retain(|(kind, name)| settings.kinds.contains(kind) && !name.trim().is_empty());
    names
}

/// The plan.
pub(super) fn plan(settings: &SyncSettings, layouts: &[LayoutShape]) -> Plan {
    let mut items: Vec<Item> = Vec::new();
    for (kind, name) in named(settings) {
        let name = name.trim();
        let item = match layout::find(name, layouts) {
            None => {
                let planned = |name: &str| items.iter().any(|item| item.id == layout_key(name));
                layout_item(None, name, kind, layout::template(kind, settings, layouts, &planned))
            }
            Some(shape) if !shape.active => {
                let mut item = layout_item(Some(shape.id), &shape.name, kind, Vec::new());
                item.action = Action::Blocked;
                item.reason = t!(
                    "The layout “{name}” is switched off in Hudu. Switch it on, or choose another one in the settings.",
                    name = shape.name
                );
                item
            }
            Some(shape) if shape.field(HALO_ID).is_none() => {
                layout_item(Some(shape.id), &shape.name, kind, vec![layout::halo_id_field()])
            }
            Some(_) => continue,
        };
        match items.iter_mut().find(|other| other.id == item.id) {
            Some(other) => share(other, item),
            None => items.push(item),
        }
    }
    Plan::new(Direction::ToHudu, Subject::Layouts, items, None)
}
