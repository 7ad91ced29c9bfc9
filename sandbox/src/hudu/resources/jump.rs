//! Links from another product's page to the record here: for a browser with a session, not for a key.

use axum::http::Method;

use super::super::answer::{Answer, Reply};
use super::super::api::Route;
use super::super::call::Call;
use super::super::state::State;
use super::super::store::{int_of, text_of};
use super::cards;
use super::matchers::HALO;

pub(in super::super) static ROUTES: &[Route] = &[
    Route { method: Method::GET, path: "companies/jump", session: true, run: company },
    Route { method: Method::GET, path: "cards/jump", session: true, run: card },
];

const SIGN_IN: &str = "/users/sign_in";

fn company(state: &mut State, call: &Call) -> Reply {
    if call.header("accept").contains("application/json") {
        return Ok(Answer::empty(406));
    }
    if !call.has_session() {
        return Ok(Answer::redirect(&state.absolute(SIGN_IN)));
    }
    if call.query("integration_slug") != Some(HALO.1) {
        return Err(Answer::error(404, "No matching integration"));
    }
    let row = state.store.table("matchers").values().find(|row| match call.query("integration_id") {
        Some(id) => int_of(row, "sync_id").is_some_and(|own| own.to_string() == id),
        None => call.query("integration_identifier").is_some_and(|id| text_of(row, "identifier") == id),
    });
    let company = row.and_then(|row| int_of(row, "company_id")).and_then(|id| state.store.get("companies", id));
    match company {
        Some(company) => Ok(Answer::redirect(&state.absolute(&format!("/c/{}", text_of(company, "slug"))))),
        None => Err(Answer::error(404, "No matching integration")),
    }
}

/// An unknown integration or record leads to the dashboard.
fn card(state: &mut State, call: &Call) -> Reply {
    if !call.has_session() {
        return Ok(Answer::redirect(&state.absolute(SIGN_IN)));
    }
    let known = call.query("integration_slug") == Some(HALO.1);
    let asset = state.store.table("assets").values().filter(|_| known).find(|asset| {
        cards::of(asset).iter().any(|card| {
            cards::named(call, card) && card.get("sync_type").and_then(|t| t.as_str()) == call.query("integration_type")
        })
    });
    let path = asset.map_or_else(|| "/dashboard".to_owned(), |asset| format!("/a/{}", text_of(asset, "slug")));
    Ok(Answer::redirect(&state.absolute(&path)))
}
