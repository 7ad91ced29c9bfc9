//! Which layout a record goes to, and what a layout that Sidelight makes or extends looks like.

use crate::halo::record::RecordKind;
use crate::mapping::record::{HALO_ID, LayoutField, LayoutShape, Source};
use crate::mapping::rules::Sorter;
use crate::settings::SyncSettings;

/// Name of the layout that this record belongs in; empty where the settings leave it out. For many
/// records, make a [`Sorter`] once for each kind.
pub fn name_for(source: &Source, settings: &SyncSettings, layouts: &[LayoutShape]) -> String {
    Sorter::new(source.record.kind, settings, layouts).layout_of(source).unwrap_or_default().to_owned()
}

/// Whether records of this kind live in that layout. Assets live in every layout that is not kept
/// for another kind.
pub fn holds(kind: RecordKind, layout: &LayoutShape, settings: &SyncSettings) -> bool {
    let is = |name: &str| layout.name.trim().eq_ignore_ascii_case(name.trim());
    match kind {
        RecordKind::Site => is(&settings.sites_layout),
        RecordKind::User => is(&settings.people_layout),
        RecordKind::Contract => is(&settings.contracts_layout),
        RecordKind::Asset => {
            !is(&settings.sites_layout) && !is(&settings.people_layout) && !is(&settings.contracts_layout)
        }
        _ => false,
    }
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

/// The fields of a layout that has to be made for this kind of record.
pub fn template(kind: RecordKind) -> Vec<LayoutField> {
    let fields: &[(&str, &str)] = match kind {
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
            ("Login", "Text"),
            ("VIP", "CheckBox"),
            ("Inactive", "CheckBox"),
        ],
        RecordKind::Contract => &[
            ("Type", "Text"),
            ("Status", "Text"),
            ("Start date", "Date"),
            ("End date", "Date"),
            ("SLA", "Text"),
            ("Note", "RichText"),
        ],
        _ => &[
            ("Asset type", "Text"),
            ("Status", "Text"),
            ("Serial Number", "Text"),
            ("Manufacturer", "Text"),
            ("Model", "Text"),
            ("Warranty start", "Date"),
            ("Warranty end", "Date"),
            ("Notes", "RichText"),
        ],
    };
    let mut fields: Vec<LayoutField> = fields.iter().map(|(label, kind)| field(label, kind)).collect();
    for field in &mut fields {
        field.expiration = matches!(field.label.as_str(), "End date" | "Warranty end");
    }
    fields.push(halo_id_field());
    fields
}

fn field(label: &str, kind: &str) -> LayoutField {
    LayoutField {
        label: label.to_owned(),
        kind: kind.to_owned(),
        options: Vec::new(),
        expiration: false,
        linked_layout: None,
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
