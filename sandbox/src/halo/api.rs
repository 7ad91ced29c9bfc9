//! The resource server: which request does what.

use http::Method;
use http::request::Parts;
use serde_json::{Value, json};

use super::query::Query;
use super::reply::Reply;
use super::resource::{Ids, Resource, flag};
use super::state::{Caller, State};
use super::{attachments, auth, limit, list, resources, scopes, show, write};

/// A request below `/api`; `path` has no `/api/` and no slash at the end.
pub(crate) fn answer(state: &mut State, parts: &Parts, path: &str, query: &Query, body: &[u8]) -> Result<Reply, Reply> {
    let (name, rest) = path.split_once('/').unwrap_or((path, ""));
    let below = (name.to_ascii_lowercase(), rest.to_ascii_lowercase());
    let now = state.clock.now();
    let header = auth::header(&parts.headers);
    if !auth::from_agent_app(state, header) {
        state.window.count(now, &state.switches)?;
    }
    match (below.0.as_str(), below.1.as_str(), &parts.method) {
        ("authinfo", "", &Method::GET) => return authinfo(state),
        ("instanceinfo", "", &Method::GET) if state.switches.instance_info_anonymous => {
            return Ok(instance_info(state));
        }
        ("attachment", "image", &Method::GET) => return Ok(attachments::get_image(state, query)),
        _ => (),
    }
    let caller = auth::caller(state, header)?;
    if below.0 == "instanceinfo" && parts.method == Method::GET {
        return Ok(instance_info(state));
    }
    let resource = resources::named(name).ok_or_else(|| Reply::empty(404))?;
    let write = parts.method != Method::GET;
    let me = below.1 == "me" && resource.path == "Agent";
    if !me && !scopes::allows(&caller.rights(state), &caller, resource, write, state.switches.scopes_checked) {
        return Err(Reply::empty(403));
    }
    match (below.1.as_str(), &parts.method) {
        ("", &Method::GET) => list::answer(state, resource, &caller, query),
        ("", &Method::POST) if resource.path == "Attachment" => attachments::post(state, resource, &caller, body),
        ("", &Method::POST) => write::post(state, resource, &caller, body),
        ("image", &Method::POST) if resource.path == "Attachment" => {
            let kind = parts.headers.get(http::header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            attachments::post_image(state, resource, kind.unwrap_or_default(), body)
        }
        ("me", &Method::GET) if me => get(state, resource, &caller, query, &caller.agent_id.to_string()),
        (id, &Method::GET) => get(state, resource, &caller, query, id),
        (id, &Method::DELETE) => {
            let key = find(state, resource, &caller, query, id)?;
            write::delete(state, resource, key)
        }
        _ => Err(Reply::empty(405)),
    }
}

fn get(state: &State, resource: &Resource, caller: &Caller, query: &Query, id: &str) -> Result<Reply, Reply> {
    let key = find(state, resource, caller, query, id)?;
    let record = state.at(resource.store, key).ok_or_else(|| Reply::empty(404))?;
    match resource.path {
        "Attachment" => Ok(attachments::get(state, resource, query, record)),
        _ => Ok(Reply::json(200, &show::single(state, resource, query, record))),
    }
}

/// The record with this id, if the agent may see it.
fn find(state: &State, resource: &Resource, caller: &Caller, query: &Query, id: &str) -> Result<(i64, i64), Reply> {
    let above = match resource.ids {
        Ids::Within(above) => query.number(above),
        _ => None,
    };
    let key = state.find(resource, id, above).ok_or_else(|| Reply::empty(404))?;
    let record = state.at(resource.store, key).ok_or_else(|| Reply::empty(404))?;
    let use_fits = super::rules::in_subset(state, resource, record) || flag(record, "deleted");
    if !use_fits {
        return Err(Reply::empty(404));
    }
    match (resource.visible)(state, &caller.rights(state), record) {
        true => Ok(key),
        false => Err(Reply::empty(state.switches.hidden_status)),
    }
}

fn authinfo(state: &State) -> Result<Reply, Reply> {
    if !state.switches.authinfo {
        return Err(Reply::empty(404));
    }
    let answer = json!({ "auth_url": format!("{}/auth", state.origin), "tenant_id": auth::TENANT });
    Ok(Reply::json(200, &answer))
}

fn instance_info(state: &State) -> Reply {
    let agents = state.records("Agent").filter(|agent| !flag(agent, "isdisabled")).count();
    let answer: Value = json!({
        "dbid": "5a0d0001-0000-4000-8000-000000000001",
        "app_version": "2.210.4",
        "database_version": "2.210.4",
        "app_name": "Halo ITSM",
        "agent_count": agents,
        "licensed_agent_count": agents,
        "agent_url": state.origin,
        "portal_url": format!("{}/portal", state.origin),
        "auth_url": format!("{}/auth", state.origin),
        "mobileapp_enabled": false,
        "teamsbot_enabled": false,
    });
    Reply::json(200, &answer)
}

/// What a fault and the limit itself say over the rate limit.
pub(crate) fn rate_limit_sentence(state: &State) -> String {
    limit::sentence(&state.switches)
}
