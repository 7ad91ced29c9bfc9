//! A few letters to ask the sandbox with.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};
use sidelight_sandbox::hudu::Switches;
use sidelight_sandbox::world::{World, world};
use sidelight_sandbox::{Clock, Options, Sandbox, Server};

/// A Hudu with a clock that only a test moves.
pub struct Client {
    pub sandbox: Sandbox,
    pub key: String,
    pub now: Arc<AtomicI64>,
}

/// 2026-11-21T09:00:00Z.
pub const START: i64 = 1_795_251_600_000;

/// An answer, read.
pub struct Got {
    pub status: u16,
    pub body: Value,
    pub text: String,
    pub headers: http::HeaderMap,
}

impl Client {
    /// With nothing in it.
    pub fn new() -> Self {
        Self::of(World { clients: vec![], asset_types: vec![], tickets: vec![], articles: vec![], agents: vec![] })
    }

    /// With the whole world in it.
    pub fn seeded() -> Self {
        Self::of(world())
    }

    /// With the whole world in it, for tests that only read.
    pub fn shared() -> Self {
        static ONE: LazyLock<Sandbox> = LazyLock::new(|| Client::seeded().sandbox);
        let sandbox = ONE.clone();
        let key = sandbox.hudu.api_key();
        Self { sandbox, key, now: Arc::default() }
    }

    fn of(world: World) -> Self {
        let now = Arc::new(AtomicI64::new(START));
        let ticks = now.clone();
        let clock = Clock::new(move || ticks.load(Ordering::Relaxed));
        let sandbox = Sandbox::new(Options {
            clock,
            world,
            halo_origin: "http://halo.test".to_owned(),
            hudu_origin: "http://hudu.test".to_owned(),
            halo: Default::default(),
            hudu: Switches::default(),
        });
        let key = sandbox.hudu.api_key();
        Self { sandbox, key, now }
    }

    /// Moves the clock on.
    pub fn wait(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::Relaxed);
    }

    /// One request to any path with any headers.
    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Got {
        let mut request = http::Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.sandbox.call(Server::Hudu, request.body(body).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = String::from_utf8_lossy(response.body()).into_owned();
        Got { status, body: serde_json::from_str(&text).unwrap_or_default(), text, headers }
    }

    pub async fn get(&self, path: &str) -> Got {
        self.ask("GET", &format!("/api/v1/{path}"), &[("x-api-key", &self.key)], vec![]).await
    }

    pub async fn send(&self, method: &str, path: &str, body: Value) -> Got {
        let headers = [("x-api-key", self.key.as_str()), ("content-type", "application/json")];
        self.ask(method, &format!("/api/v1/{path}"), &headers, body.to_string().into_bytes()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Got {
        self.send("POST", path, body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Got {
        self.send("PUT", path, body).await
    }

    pub async fn delete(&self, path: &str) -> Got {
        self.ask("DELETE", &format!("/api/v1/{path}"), &[("x-api-key", &self.key)], vec![]).await
    }

    /// A form with one file.
    pub async fn upload(&self, path: &str, field: &str, name: &str, mime: &str, others: &[(&str, &str)]) -> Got {
        let mut body = String::new();
        for (name, value) in others {
            body += &format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        body += &format!(
            "--B\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: {mime}\r\n\r\nbytes\r\n--B--\r\n"
        );
        let headers = [("x-api-key", self.key.as_str()), ("content-type", "multipart/form-data; boundary=B")];
        self.ask("POST", &format!("/api/v1/{path}"), &headers, body.into_bytes()).await
    }

    /// A new company's id.
    pub fn company(&self, name: &str) -> i64 {
        self.sandbox.hudu.upsert("companies", json!({ "name": name }))
    }

    /// A new layout's id, with these fields.
    pub fn layout(&self, name: &str, fields: Value) -> i64 {
        let layout = json!({ "name": name, "icon": "i", "color": "#000", "icon_color": "#fff", "fields": fields });
        self.sandbox.hudu.upsert("asset_layouts", layout)
    }

    /// A new asset's id.
    pub fn asset(&self, company: i64, layout: i64, name: &str) -> i64 {
        let asset = json!({ "name": name, "company_id": company, "asset_layout_id": layout });
        self.sandbox.hudu.upsert("assets", asset)
    }

    /// Changes the switches while running.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        let mut switches = self.sandbox.hudu.switches();
        change(&mut switches);
        self.sandbox.hudu.set_switches(switches);
    }
}

/// The number at a pointer.
pub fn int(value: &Value, pointer: &str) -> i64 {
    value.pointer(pointer).and_then(Value::as_i64).unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

/// How many rows a list holds.
pub fn rows(value: &Value) -> usize {
    let list = value.as_object().and_then(|map| map.values().next()).unwrap_or(value);
    list.as_array().unwrap_or_else(|| panic!("no list in {value}")).len()
}
