//! Expirations: follow from date fields marked so and from websites; nobody can create one.

use serde_json::{Value, json};

use super::super::fields;
use super::super::resource::{DELETE, Filter, LIST, PLAIN, PUT, Resource, Shape, archived, exact};
use super::super::save::save;
use super::super::state::{State, day};
use super::super::store::{Record, flag_of, int_of, record, text_of};
use super::super::{resource::Draft, rest};
use super::assets::values_of;
use super::layouts::fields_of;

pub(in super::super) static EXPIRATIONS: Resource = Resource {
    path: "expirations",
    root: "expiration",
    model: "Expiration",
    verbs: LIST | PUT | DELETE,
    list: Shape::Bare,
    one: Shape::Bare,
    lost: "Expiration not found",
    filters: FILTERS,
    blank: || {
        json!({
            "id": null, "date": null, "expirationable_type": null, "expirationable_id": null, "account_id": 1,
            "company_id": null, "asset_layout_field_id": null, "asset_field_id": null, "sync_id": null,
            "archived_at": null, "created_at": null, "updated_at": null, "expiration_type": null,
        })
    },
    check: |state, draft: &mut Draft| {
        if let Some(on) = rest::sent_flag(&draft.body, "archived") {
            let at = if on { Value::from(state.now()) } else { Value::Null };
            draft.record.insert("archived_at".to_owned(), at);
        }
        Ok(())
    },
    ..PLAIN
};

const FILTERS: &[Filter] = &[
    exact("company_id"),
    exact("expiration_type"),
    Filter { name: "resource_id", by: super::super::resource::By::Exact("expirationable_id") },
    Filter { name: "resource_type", by: super::super::resource::By::Exact("expirationable_type") },
    archived(),
];

/// Brings the expirations of an asset in line with its date fields.
pub(super) fn follow_asset(state: &mut State, id: i64) {
    let Some(asset) = state.store.get("assets", id).cloned() else {
        return;
    };
    let values = values_of(&asset);
    let mut known = asset.get("_expirations").cloned().map(record).unwrap_or_default();
    let mut wanted = Vec::new();
    for field in fields_of(state, int_of(&asset, "asset_layout_id")) {
        let expires = text_of(field, "field_type") == "Date" && flag_of(field, "expiration");
        if let Some(date) = fields::stored(&values, field).filter(|_| expires) {
            wanted.push((int_of(field, "id").unwrap_or_default(), fields::row_id(&asset, field), date.clone()));
        }
    }
    if wanted.is_empty() && known.is_empty() {
        return;
    }
    let stale: Vec<String> =
        known.keys().filter(|field| !wanted.iter().any(|(id, _, _)| id.to_string() == **field)).cloned().collect();
    for field in stale {
        if let Some(row) = known.remove(&field).as_ref().and_then(Value::as_i64) {
            state.store.remove("expirations", row);
        }
    }
    for (field, row, date) in wanted {
        let body = record(json!({
            "date": date, "expirationable_type": "Asset", "expirationable_id": id, "asset_layout_field_id": field,
            "company_id": asset.get("company_id"), "asset_field_id": row, "expiration_type": "asset_field",
        }));
        let own = int_of(&known, &field.to_string()).filter(|id| state.store.get("expirations", *id).is_some());
        if let Ok(own) = save(state, &EXPIRATIONS, own, body, true) {
            known.insert(field.to_string(), Value::from(own));
        }
    }
    if let Some(asset) = state.store.get_mut("assets", id) {
        asset.insert("_expirations".to_owned(), Value::Object(known));
    }
}

/// A watched domain has a registration and a certificate that run out some time after it was added.
pub(super) fn follow_website(state: &mut State, id: i64) {
    let Some(site) = state.store.get("websites", id).cloned() else {
        return;
    };
    let letters: i64 = text_of(&site, "name").bytes().map(i64::from).sum();
    for (kind, off, days) in
        [("domain", "disable_whois", 40 + letters % 320), ("ssl_certificate", "disable_ssl", 10 + letters % 80)]
    {
        let mine = |row: &Record| {
            text_of(row, "expirationable_type") == "Website"
                && int_of(row, "expirationable_id") == Some(id)
                && text_of(row, "expiration_type") == kind
        };
        let exists = state.store.table("expirations").values().any(mine);
        if flag_of(&site, off) {
            state.store.remove_where("expirations", mine);
        } else if !exists {
            let body = json!({
                "date": day(state.clock.now() + days * 86_400_000), "expirationable_type": "Website",
                "expirationable_id": id, "company_id": site.get("company_id"), "expiration_type": kind,
            });
            // A trusted write of plain columns has nothing to refuse.
            let _ = save(state, &EXPIRATIONS, None, record(body), true);
        }
    }
}

/// Takes away the expirations of a record that is gone.
pub(super) fn forget(state: &mut State, model: &str, gone: &Record) {
    let id = int_of(gone, "id");
    state.store.remove_where("expirations", |row| {
        text_of(row, "expirationable_type") == model && int_of(row, "expirationable_id") == id
    });
}
