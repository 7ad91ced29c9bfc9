//! Which layout a record goes to, and what a layout that Sidelight makes or extends looks like.

use crate::halo::record::RecordKind;
use crate::mapping::record::{HALO_ID, LayoutField, LayoutShape};
use crate::settings::{SortRule, SyncSettings};

/// Whether records of this kind live in that layout. Assets live in every layout that is not kept
/// for another kind.
pub fn holds(kind: RecordKind, layout: &LayoutShape, settings: &SyncSettings) -> bool {
    keeps(kind, &layout.name, settings)
}

/// [`holds`] for the layout of a name.
pub fn keeps(kind: RecordKind, layout: &str, settings: &SyncSettings) -> bool {
    let is = |name: &str| layout.trim().eq_ignore_ascii_case(name.trim());
    let people = || is(&settings.people_layout) || settings.people_rules.iter().any(|rule| is(&rule.layout));
    match kind {
        RecordKind::Site => is(&settings.sites_layout),
        RecordKind::User => people(),
        RecordKind::Contract => is(&settings.contracts_layout),
        RecordKind::Asset => !is(&settings.sites_layout) && !people() && !is(&settings.contracts_layout),
        _ => false,
    }
}

/// Layouts that the settings name for a kind: the setting that names it (`sort_rules/2`) and the name.
/// Those that leave records out are not among them.
pub fn names(kind: RecordKind, settings: &SyncSettings) -> Vec<(String, String)> {
    let (rules, list, single, layout): (&[SortRule], _, _, _) = match kind {
        RecordKind::Site => (&[], "", "sites_layout", &settings.sites_layout),
        RecordKind::User => (&settings.people_rules, "people_rules", "people_layout", &settings.people_layout),
        RecordKind::Contract => (&[], "", "contracts_layout", &settings.contracts_layout),
        RecordKind::Asset => (&settings.sort_rules, "sort_rules", "default_layout", &settings.default_layout),
        _ => return Vec::new(),
    };
    let by_rule =
        rules.iter().enumerate().map(|(place, rule)| (format!("{list}/{place}"), rule.layout.trim().to_owned()));
    let mut names: Vec<(String, String)> = by_rule.chain([(single.to_owned(), layout.trim().to_owned())]).collect();
    names.retain(|(_, name)| !name.is_empty());
    names
}

/// The layout of that name, or the one that would be made.
pub fn found_or_new(kind: RecordKind, name: &str, settings: &SyncSettings, layouts: &[LayoutShape]) -> LayoutShape {
    let new = || LayoutShape {
        id: 0,
        name: name.to_owned(),
        active: true,
        fields: template(kind, settings, layouts, &|_| false),
    };
    find(name, layouts).cloned().unwrap_or_else(new)
}

/// The layout of that name, compared without case.
pub fn find<'a>(name: &str, layouts: &'a [LayoutShape]) -> Option<&'a LayoutShape> {
    layouts
        .iter()
        .filter(|layout| layout.name.trim().eq_ignore_ascii_case(name.trim()))
        .max_by_key(|layout| layout.active)
}

/// The field that keeps the Halo id.
pub fn halo_id_field() -> LayoutField {
    field(HALO_ID, "Text")
}

/// The fields of a layout that has to be made for this kind of record. Fields for other records are links
/// to the layouts of these where there are such, or where the same plan makes them (`planned` tells of a name),
/// else text.
pub fn template(
    kind: RecordKind,
    settings: &SyncSettings,
    layouts: &[LayoutShape],
    planned: &dyn Fn(&str) -> bool,
) -> Vec<LayoutField> {
    let rows: &[(&str, &str)] = match kind {
        RecordKind::Site => &[
            ("Address", "AddressData"),
            ("Phone", "Phone"),
            ("Main contact", "Text"),
            ("Time zone", "Text"),
            ("Notes", "RichText"),
            ("Halo link", "Website"),
        ],
        RecordKind::User => &[
            ("Email", "Email"),
            ("Phone", "Phone"),
            ("Mobile", "Phone"),
            ("Job title", "Text"),
            ("Department", "Text"),
            ("Site", SITES),
            ("Login", "Text"),
            ("VIP", "CheckBox"),
            ("Inactive", "CheckBox"),
            ("Notes", "RichText"),
            ("Halo link", "Website"),
        ],
        RecordKind::Contract => &[
            ("Reference", "Text"),
            ("Type", "Text"),
            ("Status", "Text"),
            ("Start date", "Date"),
            ("End date", "Date"),
            ("SLA", "Text"),
            ("Value", "Text"),
            ("Note", "RichText"),
            ("Halo link", "Website"),
        ],
        _ => &[
            ("Asset type", "Text"),
            ("Status", "Text"),
            ("Serial Number", "Text"),
            ("Manufacturer", "Text"),
            ("Model", "Text"),
            ("User", PEOPLE),
            ("Site", SITES),
            ("Warranty start", "Date"),
            ("Warranty end", "Date"),
            ("Notes", "RichText"),
            ("Halo link", "Website"),
        ],
    };
    let made = |&(label, kind): &(&str, &str)| {
        let name = match kind {
            SITES => &settings.sites_layout,
            PEOPLE => &settings.people_layout,
            _ => return field(label, kind),
        };
        let link = field(label, "AssetTag");
        match find(name, layouts) {
            Some(to) if to.active => LayoutField { linked_layout: Some(to.id), ..link },
            None if planned(name) => LayoutField { linked_by: Some(name.trim().to_owned()), ..link },
            _ => field(label, "Text"),
        }
    };
    let wanted = |row: &&(&str, &str)| row.0 != "Value" || settings.contract_value;
    let mut fields: Vec<LayoutField> = rows.iter().filter(wanted).map(made).collect();
    for field in &mut fields {
        field.expiration = matches!(field.label.as_str(), "End date" | "Warranty end");
    }
    fields.push(halo_id_field());
    fields
}

/// In the rows of a template: links to sites, and to people.
const SITES: &str = "sites";
const PEOPLE: &str = "people";

fn field(label: &str, kind: &str) -> LayoutField {
    LayoutField {
        label: label.to_owned(),
        kind: kind.to_owned(),
        options: Vec::new(),
        expiration: false,
        linked_layout: None,
        linked_by: None,
    }
}

/// Icon (Font Awesome) and colour of a layout that has to be made for this kind of record.
pub fn looks(kind: RecordKind) -> (&'static str, &'static str) {
    match kind {
        RecordKind::Site => ("fas fa-building", "#4f46c8"),
        RecordKind::User => ("fas fa-user", "#14734a"),
        RecordKind::Contract => ("fas fa-file-signature", "#8a5a00"),
        _ => ("fas fa-desktop", "#30363d"),
    }
}
