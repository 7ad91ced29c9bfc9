//! Plain pages behind the deep links, so that a person can see what a sync changed.
//!
//! No script at all; a strict policy; article HTML only inside a sandboxed frame.

mod article;
mod asset;
mod company;
mod small;
mod view;

use axum::http::Method;

use super::answer::{Answer, Reply};
use super::call::Call;
use super::state::State;
use super::store::{Record, int_of, text_of};

pub(super) use view::escape;

const STYLE: &str = include_str!("../../../hudu_app/hudu.css");

/// Answers a request outside the API.
pub(super) fn answer(state: &State, call: &Call) -> Answer {
    if !matches!(call.method, Method::GET | Method::HEAD) {
        return *Answer::lost_page();
    }
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    let reply = match path.as_slice() {
        [] => company::list(state),
        ["dashboard"] => Ok(Answer::redirect("/")),
        ["users", "sign_in"] => small::sign_in(state),
        ["hudu.css"] => Ok(Answer::new(200, "text/css; charset=utf-8", STYLE)),
        ["favicon.ico"] => Ok(Answer::empty(204)),
        ["admin", "api_keys"] => small::keys(state),
        ["c", slug, ..] => company::page(state, find(state, "companies", slug)),
        ["a", slug] => asset::page(state, find(state, "assets", slug)),
        ["kba", slug, ..] if call.query("frame").is_some() => article::frame(state, find(state, "articles", slug)),
        ["kba", slug, ..] => article::page(state, find(state, "articles", slug)),
        ["passwords", slug] => small::password(state, find(state, "asset_passwords", slug)),
        ["processes", slug] => small::process(state, find(state, "procedures", slug)),
        ["websites", slug] => small::website(state, find(state, "websites", slug)),
        ["public_photo", slug] => file(state, "public_photos", find(state, "public_photos", slug)),
        ["file", id] => file(state, "uploads", id.parse().ok().and_then(|id| state.store.get("uploads", id))),
        _ => Err(Answer::lost_page()),
    };
    reply.unwrap_or_else(|lost| *lost)
}

/// A record by its slug, or by its number where people use that too.
fn find<'a>(state: &'a State, path: &str, slug: &str) -> Option<&'a Record> {
    let table = state.store.table(path);
    let by_slug = table.values().find(|record| text_of(record, "slug") == slug);
    by_slug.or_else(|| table.get(&slug.parse().ok()?).filter(|_| path == "public_photos"))
}

fn file(state: &State, path: &'static str, found: Option<&Record>) -> Reply {
    let blob = found.and_then(|record| state.store.blob(path, int_of(record, "id")?));
    let blob = blob.ok_or_else(Answer::lost_page)?;
    Ok(Answer::new(200, blob.mime.clone(), blob.bytes.clone())
        .with("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox".to_owned())
        .with("x-content-type-options", "nosniff".to_owned()))
}
