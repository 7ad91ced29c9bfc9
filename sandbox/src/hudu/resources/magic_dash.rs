//! Magic Dash: tiles on a company's page, written by title and company name, never by id.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::api::{Route, route};
use super::super::call::Call;
use super::super::resource::{DELETE, LIST, PLAIN, Resource, Shape, Takes, exact};
use super::super::rest;
use super::super::save::save;
use super::super::state::State;
use super::super::store::{Record, int, int_of, record, text_of};

pub(in super::super) static MAGIC_DASH: Resource = Resource {
    path: "magic_dash",
    root: "magic_dash",
    model: "MagicDash",
    verbs: LIST | DELETE,
    list: Shape::Bare,
    one: Shape::Bare,
    created: 200,
    lost: "Magic dash not found",
    takes: Takes::Bare,
    filters: &[exact("title"), exact("company_id")],
    writes: &["title", "message", "shade", "content_link", "content", "icon", "image_url"],
    required: &["title", "message"],
    blank: || {
        json!({
            "id": null, "title": null, "message": null, "shade": null, "content_link": null, "content": null,
            "icon": null, "image_url": null, "company_id": null, "position": 0,
        })
    },
    shown: |state, tile| {
        let mut tile = tile.clone();
        tile.insert("company_name".to_owned(), state.company_name(int_of(&tile, "company_id")));
        Value::Object(tile)
    },
    ..PLAIN
};

pub(in super::super) static ROUTES: &[Route] = &[
    route(Method::POST, "magic_dash", upsert),
    route(Method::DELETE, "magic_dash", |state, call| {
        let tile = named(state, call).and_then(|tile| int_of(tile, "id"));
        rest::delete(state, call, &MAGIC_DASH, tile.unwrap_or(-1))
    }),
    route(Method::PUT, "magic_dash/update_positions", positions),
];

/// The company that the call names.
fn company<'a>(state: &'a State, call: &Call) -> Option<&'a Record> {
    let name = call.param("company_name")?;
    state.store.table("companies").values().find(|company| company.get("name") == Some(&name))
}

fn named<'a>(state: &'a State, call: &Call) -> Option<&'a Record> {
    let company = int_of(company(state, call)?, "id");
    let title = call.param("title")?;
    let title = title.as_str()?;
    let mut tiles = state.store.table("magic_dash").values();
    tiles.find(|tile| int_of(tile, "company_id") == company && text_of(tile, "title") == title)
}

fn upsert(state: &mut State, call: &Call) -> Reply {
    let mut body = rest::unwrap(&MAGIC_DASH, call)?;
    // The live server takes the company's name only, and crashes on its id.
    if body.contains_key("company_id") || body.contains_key("magic_dash_item") {
        return Err(Answer::crash());
    }
    let Some(company) = company(state, call).filter(|company| call.key.sees("companies", company)) else {
        return Err(Answer::error(404, "Company not found"));
    };
    body.insert("company_id".to_owned(), company.get("id").cloned().unwrap_or_default());
    let id = named(state, call).and_then(|tile| int_of(tile, "id"));
    let id = save(state, &MAGIC_DASH, id, body, true)?;
    let tile = state.store.get("magic_dash", id).cloned().unwrap_or_default();
    Ok(rest::single(state, &MAGIC_DASH, 200, &tile))
}

fn positions(state: &mut State, call: &Call) -> Reply {
    let company = call.body.get("company_id").and_then(int);
    for place in call.body.get("positions").and_then(Value::as_array).into_iter().flatten().cloned().map(record) {
        let tile = int_of(&place, "id").and_then(|id| state.store.get_mut("magic_dash", id));
        if let Some(tile) = tile.filter(|tile| int_of(tile, "company_id") == company) {
            tile.insert("position".to_owned(), place.get("position").cloned().unwrap_or_default());
        }
    }
    Ok(Answer::json(200, &json!({ "success": true })))
}
