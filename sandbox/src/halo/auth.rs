//! Who is signed in: applications, agents and the agent app.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::query::Query;
use super::reply::Reply;
use super::resource::{number, text};
use super::scopes;
use super::state::{Caller, State};

/// Tenant of this instance.
pub(crate) const TENANT: &str = "sandbox";
/// Application that signs in by itself.
pub(crate) const CLIENT_ID: &str = "5f0c2a0e-6d0b-4f57-9f0e-2a6f3f7b1c01";
/// Its secret: two GUIDs joined with a dash.
pub(crate) const CLIENT_SECRET: &str = "8a1d7c52-3b6e-4c09-a5f4-71c0d92e6b10-2e94b7f8-0c53-4d1a-8b6f-3f5a9c1e7d20";
/// Application through which agents sign in.
pub(crate) const NATIVE_CLIENT_ID: &str = "b7e4d913-92a5-4e0b-8c3d-6f1a0e5d4c02";
/// Client of the tokens that the agent app has.
const AGENT_APP: &str = "agent-app";
/// Password of every agent.
pub(crate) const PASSWORD: &str = "sandbox";

/// What was granted to whom.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(super) caller: Caller,
    pub(super) client_id: String,
}

/// A code on its way back through the browser.
pub(crate) struct Code {
    pub(super) grant: Grant,
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
    pub(super) expires: i64,
}

/// Everything that was granted so far.
#[derive(Default)]
pub(crate) struct Auth {
    drawn: u64,
    pub(super) access: BTreeMap<String, (Grant, i64)>,
    pub(super) refresh: BTreeMap<String, Grant>,
    pub(super) codes: BTreeMap<String, Code>,
}

impl Auth {
    /// Forgets every access token; refresh tokens stay good.
    pub(crate) fn expire(&mut self) {
        self.access.clear();
    }

    /// A text that nobody guesses by chance, the same in every run.
    pub(crate) fn draw(&mut self) -> String {
        self.drawn += 1;
        URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{CLIENT_SECRET}{}", self.drawn)))
    }
}

/// The `Authorization` header.
pub(crate) fn header(headers: &http::HeaderMap) -> Option<&str> {
    headers.get(http::header::AUTHORIZATION)?.to_str().ok()
}

fn granted<'a>(state: &'a State, header: Option<&str>) -> Option<&'a (Grant, i64)> {
    let (scheme, token) = header?.split_once(' ')?;
    let bearer = scheme.eq_ignore_ascii_case("bearer");
    state.auth.access.get(token.trim()).filter(|_| bearer)
}

/// The agent app's own requests do not count against the limit of the API.
pub(crate) fn from_agent_app(state: &State, header: Option<&str>) -> bool {
    granted(state, header).is_some_and(|(grant, _)| grant.client_id == AGENT_APP)
}

/// Who calls, by the `Authorization` header. A cookie alone counts for nothing.
pub(crate) fn caller(state: &State, header: Option<&str>) -> Result<Caller, Reply> {
    match granted(state, header) {
        Some((grant, expires)) if *expires > state.clock.now() && scopes::any(&grant.caller.scopes) => {
            Ok(grant.caller.clone())
        }
        _ => Err(Reply::empty(401)),
    }
}

/// The agent whose rights the application has.
pub(crate) fn api_agent(state: &State) -> i64 {
    let api = state.records("Agent").find(|agent| super::resource::flag(agent, "isapiagent"));
    api.and_then(|agent| number(agent.get("id"))).unwrap_or(1)
}

/// The agent with this name and password.
pub(crate) fn sign_in(state: &State, form: &Query) -> Option<i64> {
    let name = form.get("username")?;
    let agent = state.records("Agent").find(|agent| {
        text(agent, "name").eq_ignore_ascii_case(name) || text(agent, "email").eq_ignore_ascii_case(name)
    })?;
    (form.get("password") == Some(PASSWORD)).then(|| number(agent.get("id")))?
}

/// The first agent who is a person, or the API agent.
pub(crate) fn first_person(state: &State) -> i64 {
    let person = state
        .records("Agent")
        .find(|agent| number(agent.get("id")) != Some(1) && !super::resource::flag(agent, "isapiagent"));
    person.and_then(|agent| number(agent.get("id"))).unwrap_or_else(|| api_agent(state))
}

/// What the agent app keeps: a bearer for the first agent who is a person.
pub(crate) fn agent_session(state: &mut State) -> Reply {
    let agent_id = first_person(state);
    let access = state.auth.draw();
    let expires = state.clock.now() + state.switches.token_seconds * 1000;
    let caller = Caller { agent_id, scopes: vec!["all".to_owned()], application: false };
    let grant = Grant { caller, client_id: AGENT_APP.to_owned() };
    state.auth.access.insert(access.clone(), (grant, expires));
    let answer = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": state.switches.token_seconds,
        "agent_id": agent_id,
    });
    Reply::json(200, &answer).with(http::header::SET_COOKIE, &format!("access_token={access}; Path=/; SameSite=Lax"))
}
