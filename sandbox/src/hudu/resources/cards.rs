//! Cards: what an integration knows about an asset, and finding them by the integration's id.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::api::{Route, route};
use super::super::call::Call;
use super::super::filter;
use super::super::resource::PLAIN;
use super::super::state::State;
use super::super::store::{Record, int};
use super::matchers::HALO;

pub(in super::super) static ROUTES: &[Route] = &[route(Method::GET, "cards/lookup", lookup)];

/// Whether the query names this card, by `integration_id` or by `integration_identifier`.
pub(super) fn named(call: &Call, card: &Value) -> bool {
    match (call.query("integration_id"), call.query("integration_identifier")) {
        (Some(id), _) => card.get("sync_id").and_then(int).is_some_and(|own| own.to_string() == id),
        (None, Some(own)) => card.get("sync_identifier").and_then(Value::as_str) == Some(own),
        (None, None) => false,
    }
}

/// The cards of an asset.
pub(super) fn of(asset: &Record) -> &[Value] {
    asset.get("cards").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Ids of users, sites and devices collide: the answer may hold cards of several `sync_type`s.
fn lookup(state: &mut State, call: &Call) -> Reply {
    if call.query("integration_slug") != Some(HALO.1) {
        return Err(Answer::error(404, "No matching integration"));
    }
    let cards: Vec<Value> = state
        .store
        .table("assets")
        .values()
        .filter(|asset| call.key.sees("assets", asset))
        .flat_map(|asset| of(asset).iter().filter(|card| named(call, card)).cloned())
        .collect();
    let cards = filter::page(state, &PLAIN, call, cards);
    Ok(Answer::json(200, &json!({ "integrator_cards": cards })))
}
