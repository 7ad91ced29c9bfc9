//! `/api/v1`: rate limit, key, route, permission, then the work.

use axum::http::Method;
use serde_json::json;

use super::answer::{Answer, Reply};
use super::call::Call;
use super::resource::{ARCHIVE, DELETE, GET, LIST, POST, PUT, Resource};
use super::resources::{self, RESOURCES};
use super::rest;
use super::state::State;
use super::switches::Switches;

/// A route that the table of resources does not cover.
pub(super) struct Route {
    /// Method.
    pub method: Method,
    /// Path below `/api/v1`; a part that starts with `:` matches anything.
    pub path: &'static str,
    /// Whether it is for browsers with a session rather than for keys.
    pub session: bool,
    /// The work.
    pub run: fn(&mut State, &Call) -> Reply,
}

/// A route for keys.
pub(super) const fn route(method: Method, path: &'static str, run: fn(&mut State, &Call) -> Reply) -> Route {
    Route { method, path, session: false, run }
}

/// Answers one API request.
pub(super) fn answer(state: &mut State, call: &mut Call) -> Answer {
    let key = call.header("x-api-key").to_owned();
    let now = state.clock.now();
    if let Some(wait) = state.limit.count(&key, now, state.switches.rate_limit) {
        return Answer::throttled(state.switches.retry_after.then_some(wait));
    }
    serve(state, call, &key).unwrap_or_else(|refusal| *refusal)
}

fn serve(state: &mut State, call: &mut Call, key: &str) -> Reply {
    let special = resources::routes().find(|route| route.method == call.method && matches(route.path, &call.path));
    if let Some(route) = special.filter(|route| route.session) {
        return (route.run)(state, call);
    }
    let resource = RESOURCES.iter().copied().find(|r| call.path.first().is_some_and(|first| first == r.path));
    let generic = resource.and_then(|resource| Some((resource, verb(resource, call)?)));
    if special.is_none() && generic.is_none() && call.path.first().is_none_or(|first| first != "api_info") {
        return Err(Answer::lost_page());
    }
    let Some(options) = state.keys.find(key).cloned() else {
        return Err(denied(&state.switches, 401));
    };
    let status = state.switches.denied_status;
    if call.path.first().is_some_and(|first| first == "asset_passwords") && !options.passwords {
        return Err(denied(&state.switches, status));
    }
    if call.method == Method::DELETE && !options.destructive {
        return Err(denied(&state.switches, status));
    }
    call.key = options;
    if let Some(route) = special {
        return (route.run)(state, call);
    }
    match generic {
        Some((resource, verb)) => run(state, call, resource, verb),
        None => Ok(Answer::json(200, &json!({ "version": state.switches.version, "date": "2021-11-03" }))),
    }
}

/// The refusal of a key.
pub(super) fn denied(switches: &Switches, status: u16) -> Box<Answer> {
    Answer::error(status, &switches.denied_text)
}

fn matches(pattern: &str, path: &[String]) -> bool {
    let mut parts = path.iter();
    pattern.split('/').all(|want| parts.next().is_some_and(|part| want.starts_with(':') || want == part))
        && parts.next().is_none()
}

/// Which verb of the resource this call uses, if it is routed.
fn verb(resource: &Resource, call: &Call) -> Option<u8> {
    let action = call.path.get(2).map(String::as_str);
    let wanted = match (call.path.len(), &call.method, action) {
        (1, &Method::GET, _) => LIST,
        (1, &Method::POST, _) => POST,
        (2, &Method::GET, _) => GET,
        (2, &Method::PUT | &Method::PATCH, _) => PUT,
        (2, &Method::DELETE, _) => DELETE,
        (3, &Method::PUT | &Method::PATCH, Some("archive" | "unarchive")) => ARCHIVE,
        _ => return None,
    };
    (resource.verbs & wanted != 0).then_some(wanted)
}

fn run(state: &mut State, call: &Call, resource: &'static Resource, verb: u8) -> Reply {
    let id = call.id_at(1);
    match verb {
        LIST => rest::list(state, call, resource),
        POST => rest::create(state, call, resource),
        GET => rest::get(state, call, resource, id),
        PUT => rest::update(state, call, resource, id),
        DELETE => rest::delete(state, call, resource, id),
        _ => rest::archive(state, call, resource, id, call.path.get(2).is_some_and(|action| action == "archive")),
    }
}
