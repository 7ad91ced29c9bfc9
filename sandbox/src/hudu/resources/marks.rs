//! Flags and labels, with their types: marks that people put on records.

use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::resource::{Draft, PLAIN, Resource, exact, range};
use super::super::state::State;
use super::super::store::{Record, int_of, text_of};
use super::of_model;

/// Colours of a flag type.
const COLORS: &[&str] = &[
    "Red",
    "Blue",
    "Green",
    "Yellow",
    "Purple",
    "Orange",
    "LightPink",
    "LightBlue",
    "LightGreen",
    "LightPurple",
    "LightOrange",
    "LightYellow",
    "White",
    "Grey",
];

/// Kinds that a label can be on; a flag can be on a company too.
const MARKED: &[&str] = &[
    "Article",
    "Asset",
    "AssetPassword",
    "Website",
    "IpAddress",
    "Vlan",
    "VlanZone",
    "Procedure",
    "Network",
    "RackStorage",
];

pub(in super::super) static FLAG_TYPES: Resource = Resource {
    path: "flag_types",
    root: "flag_type",
    model: "FlagType",
    lost: "Flag type not found",
    filters: &[exact("name"), exact("color"), exact("slug"), range("created_at"), range("updated_at")],
    writes: &["name", "color"],
    required: &["name", "color"],
    blank: || json!({ "id": null, "name": null, "color": null, "slug": null, "created_at": null, "updated_at": null }),
    check: |state, draft| {
        if !COLORS.contains(&text_of(&draft.record, "color")) {
            return Err(Answer::invalid(vec!["Color is not included in the list".to_owned()]));
        }
        unique(state, "flag_types", draft)
    },
    gone: |state, kind| remove_marks(state, "flags", "flag_type_id", kind),
    ..PLAIN
};

pub(in super::super) static LABEL_TYPES: Resource = Resource {
    path: "label_types",
    root: "label_type",
    model: "LabelType",
    lost: "Label type not found",
    filters: &[exact("name"), exact("color"), exact("slug"), range("created_at"), range("updated_at")],
    writes: &["name", "color", "applicable_record_types", "access_level", "allowed_company_ids"],
    required: &["name", "color", "applicable_record_types"],
    blank: || {
        json!({
            "id": null, "name": null, "color": null, "slug": null, "applicable_record_types": [],
            "access_level": "all_companies", "allowed_company_ids": [], "created_at": null, "updated_at": null,
        })
    },
    check: |state, draft| {
        let kinds = draft.record.get("applicable_record_types").and_then(Value::as_array).cloned().unwrap_or_default();
        if kinds.iter().any(|kind| !kind.as_str().is_some_and(|kind| MARKED.contains(&kind))) {
            return Err(Answer::invalid(vec!["Applicable record types is invalid".to_owned()]));
        }
        unique(state, "label_types", draft)
    },
    gone: |state, kind| remove_marks(state, "labels", "label_type_id", kind),
    ..PLAIN
};

pub(in super::super) static FLAGS: Resource = Resource {
    path: "flags",
    root: "flag",
    model: "Flag",
    lost: "Flag not found",
    filters: &[
        exact("flag_type_id"),
        exact("flagable_type"),
        exact("flagable_id"),
        exact("description"),
        range("created_at"),
        range("updated_at"),
    ],
    writes: &["flag_type_id", "description", "flagable_type", "flagable_id"],
    required: &["flag_type_id", "flagable_type", "flagable_id"],
    refs: &[("flag_type_id", "flag_types")],
    blank: || {
        json!({
            "id": null, "flag_type_id": null, "description": null, "flagable_type": null, "flagable_id": null,
            "created_at": null, "updated_at": null,
        })
    },
    check: |state, draft| {
        let kind = text_of(&draft.record, "flagable_type");
        exists(
            state,
            kind == "Company" || MARKED.contains(&kind),
            "Flagable",
            kind,
            int_of(&draft.record, "flagable_id"),
        )
    },
    ..PLAIN
};

pub(in super::super) static LABELS: Resource = Resource {
    path: "labels",
    root: "label",
    model: "Label",
    lost: "Label not found",
    filters: &[
        exact("label_type_id"),
        exact("labelable_type"),
        exact("labelable_id"),
        exact("user_id"),
        range("created_at"),
        range("updated_at"),
    ],
    writes: &["label_type_id", "labelable_type", "labelable_id", "user_id"],
    required: &["label_type_id", "labelable_type", "labelable_id"],
    refs: &[("label_type_id", "label_types")],
    blank: || {
        json!({
            "id": null, "label_type_id": null, "labelable_type": null, "labelable_id": null, "user_id": null,
            "created_at": null, "updated_at": null,
        })
    },
    check: |state, draft| {
        let own = &draft.record;
        let kind = text_of(own, "labelable_type");
        exists(state, MARKED.contains(&kind), "Labelable", kind, int_of(own, "labelable_id"))?;
        let same = |other: &Record| {
            other.get("id") != own.get("id")
                && ["label_type_id", "labelable_type", "labelable_id"].iter().all(|c| other.get(*c) == own.get(*c))
        };
        if state.store.table("labels").values().any(same) {
            return Err(Answer::invalid(vec!["Label type has already been taken".to_owned()]));
        }
        Ok(())
    },
    ..PLAIN
};

fn unique(state: &State, path: &str, draft: &Draft) -> Result<(), Box<Answer>> {
    let own = &draft.record;
    let same = |other: &Record| other.get("id") != own.get("id") && other.get("name") == own.get("name");
    if state.store.table(path).values().any(same) {
        return Err(Answer::invalid(vec!["Name has already been taken".to_owned()]));
    }
    Ok(())
}

fn exists(state: &State, known: bool, end: &str, kind: &str, id: Option<i64>) -> Result<(), Box<Answer>> {
    if !known {
        return Err(Answer::invalid(vec![format!("{end} type is not included in the list")]));
    }
    match of_model(kind).zip(id).and_then(|(resource, id)| state.store.get(resource.path, id)) {
        Some(_) => Ok(()),
        None => Err(Answer::invalid(vec![format!("{end} must exist")])),
    }
}

fn remove_marks(state: &mut State, path: &'static str, column: &str, kind: &Record) {
    let id = int_of(kind, "id");
    state.store.remove_where(path, |mark| int_of(mark, column) == id);
}
