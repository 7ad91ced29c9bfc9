//! A pair with a clock that tests move, and short ways to ask.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use http::{Method, Request, Response};
use serde_json::Value;
use sidelight_sandbox::world::{Asset, AssetType, Client, Presence, Site, User, World};
use sidelight_sandbox::{Clock, Dropped, Options, Sandbox, Server};

/// 2026-05-13T18:01:50.340 UTC.
pub const START: i64 = 1_778_695_310_340;

pub struct Desk {
    pub sandbox: Sandbox,
    pub now: Arc<AtomicI64>,
    pub token: String,
}

pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    pub response: Response<Vec<u8>>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {:?}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Desk {
    /// Signed in as the API agent with every scope.
    pub async fn open() -> Self {
        Self::with(|_| ()).await
    }

    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let now = Arc::new(AtomicI64::new(START));
        let clock = now.clone();
        let mut options = options(Clock::new(move || clock.load(Ordering::Relaxed)));
        change(&mut options);
        let mut desk = Self { sandbox: Sandbox::new(options), now, token: String::new() };
        desk.token = desk.sign_in("all").await;
        desk.sandbox.clear_requests();
        desk
    }

    pub fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    pub async fn sign_in(&self, scope: &str) -> String {
        let halo = self.sandbox.halo.credentials();
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &halo.client_id),
            ("client_secret", &halo.client_secret),
            ("scope", scope),
        ];
        let answer = self.form("/auth/token?tenant=sandbox", &form).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    pub async fn form(&self, path: &str, members: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(members).finish();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.into_bytes())
            .unwrap();
        self.send(request).await.unwrap()
    }

    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Answer, Dropped> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json")
            .body(body.map(|body| body.to_string().into_bytes()).unwrap_or_default())
            .unwrap();
        self.send(request).await
    }

    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Answer, Dropped> {
        let response = self.sandbox.call(Server::Halo, request).await?;
        Ok(Answer { status: response.status().as_u16(), body: response.body().clone(), response })
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await.unwrap()
    }

    pub async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, Some(body)).await.unwrap()
    }
}

pub fn ids(rows: &Value) -> Vec<i64> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

pub fn options(clock: Clock) -> Options {
    Options {
        clock,
        world: tiny(),
        halo_origin: "http://halo.test".to_owned(),
        hudu_origin: "http://hudu.test".to_owned(),
        halo: Default::default(),
        hudu: Default::default(),
    }
}

/// Two clients; the first has two sites, two users and three assets of two groups.
fn tiny() -> World {
    let text = str::to_owned;
    let pairs = |list: &[(&str, &str)]| list.iter().map(|(a, b)| (text(a), text(b))).collect();
    let site = |id: i64, name: &str| Site {
        id,
        name: text(name),
        line1: text("1 Shore"),
        town: text("Leith"),
        county: text("Edinburgh"),
        postcode: text("EH6 6QW"),
        country: text("GB"),
        phone: text("0131 496 0001"),
        timezone: text("Europe/London"),
        main_contact: (id == 21).then(|| text("Ann Reid")),
    };
    let user = |id: i64, site_id: i64, first: &str, surname: &str| User {
        id,
        site_id,
        first_name: text(first),
        surname: text(surname),
        email: format!("{first}.{surname}@acme.example").to_lowercase(),
        phone: text("0131 496 0002"),
        mobile: text("07700 900002"),
        job_title: text("Clerk"),
        department: text("Office"),
        login: first.to_lowercase(),
        vip: false,
        inactive: false,
        in_hudu: false,
    };
    let asset = |id: i64, type_id: i64, serial: &str, inactive: bool| Asset {
        id,
        tag: format!("AC-{id}"),
        type_id,
        site_id: 21,
        user_id: Some(101),
        fields: pairs(&[("Serial Number", serial), ("Model", "T14")]),
        custom: pairs(&[("Cost Centre", "Front desk")]),
        status: text("In use"),
        warranty_start: None,
        warranty_end: Some(text("2027-03-01")),
        notes: String::new(),
        inactive,
        in_hudu: false,
    };
    let client = |id: i64, name: &str| Client {
        id,
        name: text(name),
        hudu_name: text(name),
        presence: Presence::None,
        website: text("acme.example"),
        phone: text("0131 496 0000"),
        hudu_phone: String::new(),
        notes: text("Call first."),
        kind: text("Customer"),
        top_level: text("North"),
        inactive: false,
        sites: vec![],
        users: vec![],
        assets: vec![],
        contracts: vec![],
        passwords: vec![],
        processes: vec![],
        websites: vec![],
    };
    let mut acme = client(12, "Acme Ltd");
    acme.sites = vec![site(21, "Head office"), site(22, "Depot")];
    acme.users = vec![user(101, 21, "Ann", "Reid"), user(102, 22, "Bo", "Hall")];
    acme.assets =
        vec![asset(2001, 121, "SN-1", false), asset(2002, 122, "SN-2", false), asset(2003, 121, "SN-3", true)];
    let mut other = client(13, "Borders Trust");
    other.sites = vec![site(23, "Main")];
    let kind = |id: i64, name: &str, group_id: i64, group: &str| AssetType {
        id,
        name: text(name),
        group_id,
        group: text(group),
        layout: String::new(),
        fields: vec![text("Serial Number"), text("Model"), text("Purchase Date")],
    };
    World {
        clients: vec![acme, other],
        asset_types: vec![kind(121, "Laptop", 1, "Computers"), kind(122, "Switch", 2, "Network")],
        tickets: vec![],
        articles: vec![],
        agents: vec![
            sidelight_sandbox::world::Agent {
                id: 1,
                name: text("API"),
                email: text("api@msp.example"),
                team: text("Desk"),
            },
            sidelight_sandbox::world::Agent {
                id: 2,
                name: text("Morag Sinclair"),
                email: text("morag@msp.example"),
                team: text("Desk"),
            },
        ],
    }
}
