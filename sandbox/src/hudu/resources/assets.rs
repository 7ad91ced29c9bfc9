//! Assets: below their company, plus one list of all. There is no `/assets/{id}`.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::api::{Route, route};
use super::super::call::Call;
use super::super::fields;
use super::super::resource::{By, Draft, Filter, PLAIN, Resource, Unsaid, exact, range, search};
use super::super::rest;
use super::super::state::State;
use super::super::store::{Record, int_of, record, text_of};
use super::super::switches::AssetsUpdatedAt;
use super::{expirations, move_layout};

pub(in super::super) static ASSETS: Resource = Resource {
    path: "assets",
    root: "asset",
    model: "Asset",
    verbs: 0,
    lost: "Asset not found",
    filters: FILTERS,
    writes: &[
        "name",
        "asset_layout_id",
        "company_id",
        "slug",
        "primary_serial",
        "primary_mail",
        "primary_model",
        "primary_manufacturer",
    ],
    required: &["name", "company_id", "asset_layout_id"],
    refs: &[("company_id", "companies"), ("asset_layout_id", "asset_layouts")],
    blank: || {
        json!({
            "id": null, "company_id": null, "asset_layout_id": null, "slug": null, "name": null,
            "primary_serial": null, "primary_mail": null, "primary_model": null, "primary_manufacturer": null,
            "archived": false, "cards": [], "created_at": null, "updated_at": null, "_values": {},
        })
    },
    check,
    saved: expirations::follow_asset,
    gone: |state, asset| expirations::forget(state, "Asset", asset),
    shown,
    ..PLAIN
};

const ARCHIVED: Filter = Filter { name: "archived", by: By::Archived(Unsaid::Switch) };

const FILTERS: &[Filter] = &[
    exact("company_id"),
    exact("id"),
    exact("name"),
    exact("primary_serial"),
    exact("asset_layout_id"),
    exact("slug"),
    search(&["name"]),
    range("updated_at"),
    ARCHIVED,
];

/// The list below a company knows fewer filters.
static IN_COMPANY: Resource = Resource { path: "assets", root: "asset", filters: &[ARCHIVED], shown, ..PLAIN };

pub(in super::super) static ROUTES: &[Route] = &[
    route(Method::GET, "assets", list_all),
    route(Method::GET, "assets/:id", |_, _| Err(Answer::not_found())),
    route(Method::GET, "companies/:company/assets", |state, call| {
        let company = company(state, call)?;
        rest::list_of(state, call, &IN_COMPANY, Some(company))
    }),
    route(Method::POST, "companies/:company/assets", create),
    route(Method::GET, "companies/:company/assets/:id", |state, call| {
        let found = find(state, call)?;
        if state.switches.asset_bare {
            return Ok(Answer::json(200, &rest::show(state, &ASSETS, &found)));
        }
        Ok(rest::single(state, &ASSETS, 200, &found))
    }),
    route(Method::PUT, "companies/:company/assets/:id", |state, call| {
        find(state, call)?;
        rest::update(state, call, &ASSETS, call.id_at(3))
    }),
    route(Method::DELETE, "companies/:company/assets/:id", |state, call| {
        find(state, call)?;
        rest::delete(state, call, &ASSETS, call.id_at(3))
    }),
    route(Method::PUT, "companies/:company/assets/:id/archive", |state, call| archive(state, call, true)),
    route(Method::PUT, "companies/:company/assets/:id/unarchive", |state, call| archive(state, call, false)),
    route(Method::PUT, "companies/:company/assets/:id/move_layout", |state, call| {
        let asset = find(state, call)?;
        move_layout::run(state, call, asset)
    }),
];

fn list_all(state: &mut State, call: &Call) -> Reply {
    if call.key.companies.is_some() && state.switches.scoped_assets_crash {
        return Err(Answer::crash());
    }
    if let Some(range) = call.query("updated_at") {
        let open = range.starts_with(',') || range.ends_with(',');
        let crash = match state.switches.assets_updated_at {
            AssetsUpdatedAt::BothEnds => open,
            AssetsUpdatedAt::Broken => range.contains(','),
            AssetsUpdatedAt::Works => false,
        };
        if crash {
            return Err(Answer::crash());
        }
        // A value alone finds nothing.
        if !range.contains(',') && state.switches.assets_updated_at != AssetsUpdatedAt::Works {
            return Ok(Answer::json(200, &json!({ "assets": [] })));
        }
    }
    rest::list(state, call, &ASSETS)
}

fn company(state: &State, call: &Call) -> Result<i64, Box<Answer>> {
    let id = call.id_at(1);
    rest::find(state, call, &super::companies::COMPANIES, id).map(|_| id)
}

/// The asset of the path; one of another company is not found.
fn find(state: &State, call: &Call) -> Result<Record, Box<Answer>> {
    let found = rest::find(state, call, &ASSETS, call.id_at(3))?;
    if int_of(&found, "company_id") == Some(call.id_at(1)) { Ok(found) } else { Err(Answer::error(404, ASSETS.lost)) }
}

fn create(state: &mut State, call: &Call) -> Reply {
    let company = company(state, call)?;
    let mut body = rest::unwrap(&ASSETS, call)?;
    body.insert("company_id".to_owned(), Value::from(company));
    rest::create_from(state, call, &ASSETS, body)
}

fn archive(state: &mut State, call: &Call, archived: bool) -> Reply {
    find(state, call)?;
    let answer = rest::archive(state, call, &ASSETS, call.id_at(3), archived)?;
    Ok(if state.switches.asset_archive_body { answer } else { Answer::empty(200) })
}

fn check(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    fields::write(state, draft)
}

fn shown(state: &State, asset: &Record) -> Value {
    let layout = int_of(asset, "asset_layout_id");
    let mut asset = asset.clone();
    let url = state.absolute(&format!("/a/{}", text_of(&asset, "slug")));
    for (name, value) in [
        ("company_name", state.company_name(int_of(&asset, "company_id"))),
        ("asset_type", state.member("asset_layouts", layout, "name")),
        ("object_type", json!("Asset")),
        ("url", Value::from(url)),
        ("fields", fields::read(state, &asset)),
    ] {
        asset.insert(name.to_owned(), value);
    }
    Value::Object(asset)
}

/// The stored values of an asset's custom fields, by layout field id.
pub(in super::super) fn values_of(asset: &Record) -> Record {
    asset.get("_values").cloned().map(record).unwrap_or_default()
}
