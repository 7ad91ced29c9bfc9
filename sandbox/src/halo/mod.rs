//! A local HaloITSM: authorisation server at `/auth`, resource server at `/api`, and the agent app.
//!
//! One table ([`resources`]) says what each resource is; [`list`], [`show`] and [`write`] carry
//! it out for all of them, [`rules`] holds what single resources do beyond that.

mod api;
mod app;
mod attachments;
mod auth;
mod authorize;
mod bind;
mod dates;
mod fields;
mod filter;
mod html;
mod limit;
mod list;
mod page;
mod query;
mod reply;
mod resource;
mod resources;
mod rules;
mod scopes;
mod seed;
mod show;
mod state;
mod switches;
mod token;
mod write;

use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use http::request::Parts;
use http::{Method, Response};
use http_body_util::{BodyExt, Limited};
use serde_json::Value;

pub use switches::{
    ArticleTags, AssetFields, MultiPost, NeverEdited, RecordCount, RefreshTokens, RepeatedRows, Rights, RowFields,
    Switches, TicketTemplates,
};

use crate::clock::Clock;
use crate::world::World;
use crate::written::Written;
use query::Query;
use reply::Reply;
use state::State;

/// Largest request body, in bytes: a file of 50 MB in Base64, and what stands around it.
const LARGEST_BODY: usize = 80 * 1024 * 1024;

/// What a client needs to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Base of the API, `https://…/api`.
    pub resource_server: String,
    /// Base of the sign-in, `https://…/auth`.
    pub auth_server: String,
    /// Tenant of a hosted instance.
    pub tenant: String,
    /// Id of the application that signs in by itself (client credentials): a GUID.
    pub client_id: String,
    /// Its secret: two GUIDs joined with a dash.
    pub client_secret: String,
    /// Id of the application through which an agent signs in (authorisation code, no secret).
    pub native_client_id: String,
    /// Name of an agent who may sign in.
    pub agent: String,
    /// Password of every agent.
    pub password: String,
}

/// One HaloITSM instance. Cheap to clone; every clone is the same instance.
#[derive(Clone)]
pub struct Halo(Arc<Mutex<State>>);

impl Halo {
    /// An instance seeded from the world, reached at `origin` (`http://127.0.0.1:8787`).
    pub fn new(world: &World, clock: Clock, switches: Switches, origin: String) -> Self {
        let mut state = State::new(clock, switches, origin);
        seed::fill(&mut state, world);
        Self(Arc::new(Mutex::new(state)))
    }

    /// Everything the instance serves: API, sign-in and agent app.
    pub fn router(&self) -> Router {
        let halo = self.clone();
        Router::new().fallback(move |request: Request| async move {
            let (parts, body) = request.into_parts();
            match Limited::new(body, LARGEST_BODY).collect().await {
                Ok(body) => halo.answer(&parts, &body.to_bytes()),
                Err(_) => Reply::empty(413).into_response(),
            }
        })
    }

    /// Forgets every record and starts again from the world. Switches and tokens stay.
    pub fn reseed(&self, world: &World) {
        let mut state = self.state();
        state.empty();
        seed::fill(&mut state, world);
    }

    /// The switches now.
    pub fn switches(&self) -> Switches {
        self.state().switches.clone()
    }

    /// Changes the switches while running.
    pub fn set_switches(&self, switches: Switches) {
        *self.state().switches_mut() = switches;
    }

    /// Changes some switches while running: `halo.switch(|s| s.page_cap = 10)`.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        change(self.state().switches_mut());
    }

    /// Closes resources to the API agent, by path (`Asset`): 403 without a body.
    pub fn deny(&self, paths: &[&str]) {
        self.state().switches_mut().rights.denied = paths.iter().map(|path| (*path).to_owned()).collect();
    }

    /// Limits the API agent to these clients; `None` is all.
    pub fn set_clients(&self, clients: Option<Vec<i64>>) {
        self.state().switches_mut().rights.clients = clients;
    }

    /// Limits the API agent to these asset groups; `None` is all. Assets of others are absent, without an error.
    pub fn set_asset_groups(&self, groups: Option<Vec<i64>>) {
        self.state().switches_mut().rights.asset_groups = groups;
    }

    /// Limits the registered application to these scopes; `None` is all.
    pub fn set_application_scopes(&self, scopes: Option<Vec<String>>) {
        self.state().switches_mut().rights.application = scopes;
    }

    /// Changes the address under which clients reach this instance.
    pub fn set_origin(&self, origin: &str) {
        self.state().origin = origin.to_owned();
    }

    /// Forgets every access token; refresh tokens stay good.
    pub fn expire_tokens(&self) {
        self.state().auth.expire();
    }

    /// What Halo says over the rate limit.
    pub fn rate_limit_sentence(&self) -> String {
        api::rate_limit_sentence(&self.state())
    }

    /// What a client needs to sign in.
    pub fn credentials(&self) -> Credentials {
        let state = self.state();
        let agent = state.by_id("Agent", auth::first_person(&state));
        Credentials {
            resource_server: format!("{}/api", state.origin),
            auth_server: format!("{}/auth", state.origin),
            tenant: auth::TENANT.to_owned(),
            client_id: auth::CLIENT_ID.to_owned(),
            client_secret: auth::CLIENT_SECRET.to_owned(),
            native_client_id: auth::NATIVE_CLIENT_ID.to_owned(),
            agent: agent.map(|agent| resource::text(agent, "name").to_owned()).unwrap_or_default(),
            password: auth::PASSWORD.to_owned(),
        }
    }

    /// One record as `GET …?includedetails=true` shows it.
    pub fn get(&self, resource: &str, id: i64) -> Option<Value> {
        self.get_within(resource, 0, id)
    }

    /// One record whose id counts within another: action `id` of ticket `above`.
    pub fn get_within(&self, resource: &str, above: i64, id: i64) -> Option<Value> {
        let state = self.state();
        let resource = resources::named(resource)?;
        let record = state.at(resource.store, (above, id))?;
        Some(show::whole(&state, resource, record))
    }

    /// Creates or updates a record as if someone had done so in Halo; keeps the id and the stamps
    /// that are given. Answers with the id, or 0 where there is no such resource.
    pub fn upsert(&self, resource: &str, record: Value) -> i64 {
        let mut state = self.state();
        resources::named(resource).map_or(0, |resource| write::direct(&mut state, resource, record))
    }

    /// Takes a record away as if someone had deleted it in Halo; says whether it was there.
    pub fn delete(&self, resource: &str, id: i64) -> bool {
        let mut state = self.state();
        resources::named(resource).is_some_and(|resource| state.remove(resource.store, (0, id)).is_some())
    }

    /// Every record of a resource, inactive ones included, as [`Self::get`] shows them.
    pub fn all(&self, resource: &str) -> Vec<Value> {
        let state = self.state();
        let Some(resource) = resources::named(resource) else {
            return Vec::new();
        };
        let mine = state.records(resource.store).filter(|record| rules::in_subset(&state, resource, record));
        mine.map(|record| show::whole(&state, resource, record)).collect()
    }

    pub(crate) fn watch_writes(&self) {
        self.state().written.start();
    }

    pub(crate) fn written(&self) -> Vec<Written> {
        self.state().written.list()
    }

    /// Whether a request carries a token of the agent app.
    pub(crate) fn is_agent_app(&self, headers: &http::HeaderMap) -> bool {
        auth::from_agent_app(&self.state(), auth::header(headers))
    }

    fn answer(&self, parts: &Parts, body: &[u8]) -> Response<Body> {
        let path = parts.uri.path().trim_end_matches('/');
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let form = || Query::parse(&String::from_utf8_lossy(body));
        let lower = path.to_ascii_lowercase();
        let mut state = self.state();
        let reply = match (lower.as_str(), &parts.method) {
            ("/auth/token" | "/token", &Method::POST) => token::answer(&mut state, &query, &form()),
            ("/auth/authorize", method) => authorize::answer(&mut state, method, &query, &form()),
            ("/_sandbox/agent-session", &Method::POST) => auth::agent_session(&mut state),
            (lower, _) if lower.starts_with("/api/") => {
                let rest = path.get("/api/".len()..).unwrap_or_default();
                let (words, page) = (state.switches.refusal_json, state.switches.missing_as_page);
                let answer = api::answer(&mut state, parts, rest, &query, body);
                answer.unwrap_or_else(|refusal| match (words, page) {
                    (_, true) => refusal.with_page(),
                    (true, _) => refusal.in_words(),
                    _ => refusal,
                })
            }
            (lower, &Method::GET) if !(lower == "/api" || lower.starts_with("/auth")) => app::answer(path),
            _ => Reply::empty(404),
        };
        reply.into_response()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}
