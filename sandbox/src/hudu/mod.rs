//! A local Hudu: REST API v1 as version 2.45.1 answers it, and plain pages behind its deep links.
//!
//! One table of resources ([`resources`]) drives one set of verbs ([`rest`]); what is special about a
//! resource is a function in its own file. Records are JSON; see [`store`].

mod answer;
mod api;
mod call;
mod fields;
mod filter;
mod html;
mod keys;
mod limit;
mod multipart;
mod pages;
mod pictures;
mod resource;
mod resources;
mod rest;
mod save;
mod seed;
mod state;
mod store;
mod switches;

use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::Response;
use serde_json::Value;

use crate::clock::Clock;
use crate::world::World;
use crate::written::{WriteLog, Written};
use answer::Answer;
use call::Call;
use keys::Keys;
use limit::Limit;
use save::save;
use state::State;
use store::{Store, int_of, text_of};

pub use keys::{FULL_KEY, KeyOptions};
pub use switches::{
    ArchivedDefault, ArticleUrl, AssetsUpdatedAt, DateForm, Decimals, EmptyFields, Encoding, LabelKey, PasswordUrl,
    Scalar, Switches, UnknownField,
};

/// Largest request body: uploads are held in memory.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// One Hudu instance. Cheap to clone; every clone is the same instance.
#[derive(Clone)]
pub struct Hudu(Arc<Mutex<State>>);

impl Hudu {
    /// An instance seeded from the world, reached at `origin` (`http://127.0.0.1:7002`, no trailing slash).
    pub fn new(world: &World, clock: Clock, switches: Switches, origin: String) -> Self {
        let store = Store::default();
        let written = WriteLog::default();
        let mut state = State { store, switches, keys: Keys::new(), written, limit: Limit::default(), clock, origin };
        seed::run(&mut state, world);
        Self(Arc::new(Mutex::new(state)))
    }

    /// Everything the instance serves, API and pages.
    pub fn router(&self) -> Router {
        let hudu = self.clone();
        Router::new().fallback(move |request: Request| {
            let hudu = hudu.clone();
            async move { hudu.serve(request).await }
        })
    }

    /// Forgets every record and starts again from the world. Keys and switches stay.
    pub fn reseed(&self, world: &World) {
        let mut state = self.state();
        state.store = Store::default();
        state.limit = Limit::default();
        seed::run(&mut state, world);
    }

    /// Tells the instance under which address it is reached.
    pub fn set_origin(&self, origin: &str) {
        self.state().origin = origin.to_owned();
    }

    /// How the open points are decided now.
    pub fn switches(&self) -> Switches {
        self.state().switches.clone()
    }

    /// Decides the open points anew, from the next request on.
    pub fn set_switches(&self, switches: Switches) {
        let mut state = self.state();
        state.switches = switches;
        state.store.forget_lists();
    }

    /// The key with full rights.
    pub fn api_key(&self) -> String {
        FULL_KEY.to_owned()
    }

    /// Makes a key and answers its text.
    pub fn add_key(&self, options: KeyOptions) -> String {
        self.state().keys.add(options)
    }

    /// One record as the API shows it, without going through the API. `resource` is its path ("assets").
    pub fn get(&self, resource: &str, id: i64) -> Option<Value> {
        let state = self.state();
        let resource = resources::named(resource)?;
        state.store.get(resource.path, id).map(|record| rest::show(&state, resource, record))
    }

    /// Every record of a resource as the API shows it, by id.
    pub fn all(&self, resource: &str) -> Vec<Value> {
        let state = self.state();
        let Some(resource) = resources::named(resource) else {
            return Vec::new();
        };
        state.store.table(resource.path).values().map(|record| rest::show(&state, resource, record)).collect()
    }

    /// Writes a record past every permission, any column included (`archived`, `cards`, `updated_at`).
    ///
    /// With an `id` that exists it changes that record, else it creates one. Answers the id.
    ///
    /// # Panics
    ///
    /// When there is no such resource, or Hudu itself would refuse the record.
    pub fn upsert(&self, resource: &str, value: Value) -> i64 {
        let mut state = self.state();
        let Some(row) = resources::named(resource) else { panic!("Hudu has no {resource}") };
        let body = store::record(value);
        let id = int_of(&body, "id");
        if let Some(id) = id.filter(|id| state.store.get(row.path, *id).is_none()) {
            state.store.skip_to(row.path, id);
        }
        let known = id.filter(|id| state.store.get(row.path, *id).is_some());
        match save(&mut state, row, known, body, true) {
            Ok(id) => id,
            Err(refusal) => panic!("Hudu refuses this {resource}: {}", String::from_utf8_lossy(&refusal.body)),
        }
    }

    /// Takes a record away as if someone had deleted it in Hudu; says whether it was there.
    pub fn delete(&self, resource: &str, id: i64) -> bool {
        resources::named(resource).is_some_and(|resource| self.state().store.remove(resource.path, id).is_some())
    }

    /// What Hudu's own monitoring finds out about a website: `up` or `down`. The API cannot write it.
    pub fn monitor(&self, website: i64, status: &str) {
        if let Some(site) = self.state().store.get_mut("websites", website) {
            site.insert("monitoring_status".to_owned(), status.into());
        }
    }

    /// The first company of this name, as the API shows it.
    pub fn find_company(&self, name: &str) -> Option<Value> {
        self.all("companies").into_iter().find(|company| company.get("name").is_some_and(|own| own == name))
    }

    /// The first record of a resource with this name, as the API shows it.
    pub fn find(&self, resource: &str, name: &str) -> Option<Value> {
        let state = self.state();
        let resource = resources::named(resource)?;
        let found = state.store.table(resource.path).values().find(|record| text_of(record, "name") == name)?;
        Some(rest::show(&state, resource, found))
    }

    pub(crate) fn watch_writes(&self) {
        self.state().written.start();
    }

    pub(crate) fn written(&self) -> Vec<Written> {
        self.state().written.list()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    async fn serve(&self, request: Request) -> Response<Body> {
        let (head, body) = request.into_parts();
        let answer = match to_bytes(body, LARGEST_BODY).await {
            Ok(bytes) => {
                let path = head.uri.path();
                let (api, path) = match path.strip_prefix("/api/v1") {
                    Some(rest) if rest.is_empty() || rest.starts_with('/') => (true, rest),
                    _ => (false, path),
                };
                let mut call = Call::read(head.method, path, head.uri.query(), head.headers, &bytes);
                let mut state = self.state();
                if api { api::answer(&mut state, &mut call) } else { pages::answer(&state, &call) }
            }
            Err(_) => Answer::empty(413),
        };
        answer.into_response()
    }
}
