//! A host without a browser: the core's platform over the sandbox pair, in process and in virtual time.
//!
//! Use it with `#[tokio::test(start_paused = true)]`: waits cost nothing, and the core and the pair see
//! the same clock. Everything is deterministic: chance comes from a seed.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::rc::Rc;
use std::time::Duration;

use sidelight::platform::{
    Clock, Cut, Host, Http, Keeper, Later, Random, Request, Response, SignIn, Store, StoreError, Table, Write,
};
use sidelight_sandbox::{Options, Sandbox, Server};
use tokio::time::Instant;
use url::Url;

use crate::moments::Moments;
use crate::sim::weather::Weather;

/// The first moment of every simulation: 21 November 2026, 09:00 UTC, the sandbox world's own day.
pub const EPOCH_MS: i64 = 1_795_251_600_000;

/// Where the sign-in window lands.
pub const REDIRECT: &str = "https://sidelight.chromiumapp.org/";

/// Most redirects that are followed.
const REDIRECTS: usize = 5;

/// A pair in virtual time. Call it inside the runtime.
pub fn sandbox() -> Sandbox {
    sandbox_with(Options::default())
}

/// A pair in virtual time, otherwise as given.
pub fn sandbox_with(options: Options) -> Sandbox {
    let started = Instant::now();
    let clock = sidelight_sandbox::Clock::new(move || EPOCH_MS + since(started));
    Sandbox::new(Options { clock, ..options })
}

fn since(started: Instant) -> i64 {
    i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX)
}

/// A host on the pair.
pub fn host(sandbox: &Sandbox) -> Host {
    TestHost::new(sandbox).host
}

/// A host with its parts in reach of a test.
pub struct TestHost {
    /// What the core is given.
    pub host: Host,
    /// Its network.
    pub net: Rc<Net>,
    /// Its tables.
    pub store: Rc<MemoryStore>,
    /// Its awaits.
    pub moments: Rc<Moments>,
}

impl TestHost {
    /// On the pair, with a store of its own.
    pub fn new(sandbox: &Sandbox) -> Self {
        Self::on(sandbox, Rc::new(MemoryStore::default()), 1)
    }

    /// On the pair, with a store that outlives it (a worker that is woken again) and a seed.
    pub fn on(sandbox: &Sandbox, store: Rc<MemoryStore>, seed: u64) -> Self {
        let moments = Rc::new(Moments::default());
        let net = Rc::new(Net {
            sandbox: sandbox.clone(),
            closed: RefCell::default(),
            weather: RefCell::default(),
            moments: moments.clone(),
            cut: Cell::default(),
            told: std::env::var_os("SIDELIGHT_TRACE").is_some(),
        });
        let host = Host {
            http: net.clone(),
            clock: Rc::new(Virtual(sandbox.clock.clone(), moments.clone())),
            store: Rc::new(Passing(store.clone(), moments.clone())),
            random: Rc::new(Seeded(Cell::new(seed))),
            keeper: Rc::new(PlainKeeper),
            sign_in: Rc::new(Window(net.clone())),
        };
        Self { host, net, store, moments }
    }
}

/// The network: the two servers of the pair and nothing else.
pub struct Net {
    sandbox: Sandbox,
    /// Origins for which the permission is missing.
    pub closed: RefCell<BTreeSet<String>>,
    /// Faults by chance.
    pub weather: RefCell<Option<Rc<Weather>>>,
    moments: Rc<Moments>,
    /// So many writes until the worker is stopped, and whether that one still arrives.
    pub cut: Cell<Option<(usize, bool)>>,
    /// Every request goes to standard error, with what tells the hosts apart: `SIDELIGHT_TRACE` is set.
    told: bool,
}

impl Net {
    async fn once(&self, request: &Request) -> Result<Response, Cut> {
        let origin = request.url.origin().ascii_serialization();
        if self.closed.borrow().contains(&origin) {
            return Err(Cut::NotPermitted(origin));
        }
        let server = match request.url.host_str() {
            // Its name and this computer's, which is the one that can be typed without encryption.
            Some("halo.test" | "localhost") if request.url.scheme() == "http" => Server::Halo,
            Some("hudu.test") if request.url.scheme() == "http" => Server::Hudu,
            _ => return Err(Cut::Broken("no such host".to_owned())),
        };
        let mut sent = http::Request::builder().method(request.method.clone()).uri(request.url.as_str());
        for (name, value) in &request.headers {
            sent = sent.header(*name, value);
        }
        let sent = sent.body(request.body.clone().unwrap_or_default());
        let sent = sent.map_err(|error| Cut::Broken(error.to_string()))?;
        if request.method != http::Method::GET && !request.url.path().ends_with("/token") {
            match self.cut.get() {
                Some((0, arrives)) => self.moments.stop_after(u64::from(arrives)),
                Some((left, arrives)) => self.cut.set(Some((left - 1, arrives))),
                None => {}
            }
        }
        self.moments.pass().await;
        let path = sent.uri().path_and_query().map_or("/", |path| path.as_str());
        let weather = self.weather.borrow().clone();
        // Struck at once: nothing else is sent between here and there.
        if let Some(fault) = weather.and_then(|weather| weather.fault(server, request.method.as_str(), path)) {
            self.sandbox.faults.add(fault);
        }
        let shown = self.told.then(|| format!("{} {} {}", self.sandbox.clock.now(), request.method, sent.uri()));
        let answer = self.sandbox.call(server, sent).await;
        if let Some(shown) = shown {
            let status = answer.as_ref().map_or(0, |answer| answer.status().as_u16());
            let _ = writeln!(std::io::stderr(), "{:p} {shown} {status}", Rc::as_ptr(&self.moments));
        }
        self.moments.pass().await;
        let (parts, body) = answer.map_err(|cut| Cut::Broken(cut.to_string()))?.into_parts();
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        Ok(Response { status: parts.status.as_u16(), headers, body })
    }

    /// Follows redirects until the answer is none, or leads to `stop`.
    async fn follow(&self, mut request: Request, stop: Option<&str>) -> Result<(Url, Response), Cut> {
        for _ in 0..REDIRECTS {
            let response = self.once(&request).await?;
            let next = response.header("location").and_then(|place| request.url.join(place).ok());
            match (response.status, next) {
                (301..=303 | 307 | 308, Some(next)) => {
                    if stop.is_some_and(|stop| next.as_str().starts_with(stop)) {
                        return Ok((next, response));
                    }
                    if response.status < 304 {
                        request.method = sidelight::platform::Method::GET;
                        request.body = None;
                    }
                    request.url = next;
                }
                _ => return Ok((request.url, response)),
            }
        }
        Err(Cut::Broken("too many redirects".to_owned()))
    }
}

impl Http for Net {
    fn send(&self, request: Request) -> Later<'_, Result<Response, Cut>> {
        Box::pin(async move { self.follow(request, None).await.map(|(_, response)| response) })
    }
}

struct Virtual(sidelight_sandbox::Clock, Rc<Moments>);

impl Clock for Virtual {
    fn now(&self) -> i64 {
        self.0.now()
    }
    fn sleep(&self, ms: i64) -> Later<'_, ()> {
        Box::pin(async move {
            self.1.pass().await;
            tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or_default())).await;
        })
    }
}

/// Tables in memory, which fail when told to.
#[derive(Default)]
pub struct MemoryStore {
    rows: RefCell<BTreeMap<(Table, String), String>>,
    /// Every write fails with this.
    pub failing: RefCell<Option<StoreError>>,
    /// So many writes go well before [`MemoryStore::failing`] strikes.
    pub writes_left: Cell<usize>,
    /// What was read as a whole: the beginnings of its keys.
    pub scans: RefCell<Vec<String>>,
}

impl MemoryStore {
    /// Everything in a table, for a test to look at.
    pub fn dump(&self, table: Table) -> Vec<(String, String)> {
        let rows = self.rows.borrow();
        rows.iter().filter(|((t, _), _)| *t == table).map(|((_, key), value)| (key.clone(), value.clone())).collect()
    }
}

impl Store for MemoryStore {
    fn get(&self, table: Table, key: &str) -> Later<'_, Result<Option<String>, StoreError>> {
        let found = self.rows.borrow().get(&(table, key.to_owned())).cloned();
        Box::pin(async move { Ok(found) })
    }
    fn scan(&self, table: Table, prefix: &str) -> Later<'_, Result<Vec<(String, String)>, StoreError>> {
        self.scans.borrow_mut().push(prefix.to_owned());
        let mut found = self.dump(table);
        found.retain(|(key, _)| key.starts_with(prefix));
        Box::pin(async move { Ok(found) })
    }
    fn write(&self, changes: Vec<Write>) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move {
            if let Some(error) = self.failing.borrow().clone() {
                match self.writes_left.get() {
                    0 => return Err(error),
                    left => self.writes_left.set(left - 1),
                }
            }
            let mut rows = self.rows.borrow_mut();
            for Write { table, key, value } in changes {
                match value {
                    Some(value) => rows.insert((table, key), value),
                    None => rows.remove(&(table, key)),
                };
            }
            Ok(())
        })
    }
}

/// Tables whose every use is an await of the host.
struct Passing(Rc<MemoryStore>, Rc<Moments>);

impl Store for Passing {
    fn get(&self, table: Table, key: &str) -> Later<'_, Result<Option<String>, StoreError>> {
        let found = self.0.get(table, key);
        let moments = self.1.clone();
        Box::pin(async move {
            moments.pass().await;
            found.await
        })
    }
    fn scan(&self, table: Table, prefix: &str) -> Later<'_, Result<Vec<(String, String)>, StoreError>> {
        let found = self.0.scan(table, prefix);
        let moments = self.1.clone();
        Box::pin(async move {
            moments.pass().await;
            found.await
        })
    }
    fn write(&self, changes: Vec<Write>) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move {
            self.1.pass().await;
            let written = self.0.write(changes).await;
            self.1.pass().await;
            written
        })
    }
}

/// Chance from a seed (SplitMix64).
struct Seeded(Cell<u64>);

impl Random for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for part in buffer.chunks_mut(8) {
            self.0.set(self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
            let mut mixed = self.0.get();
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            part.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..part.len()]);
        }
    }
}

/// Binds to the purpose as a real keeper does, and hides nothing.
struct PlainKeeper;

impl Keeper for PlainKeeper {
    fn seal<'a>(&'a self, purpose: &'a str, clear: &'a [u8]) -> Later<'a, Result<Vec<u8>, StoreError>> {
        let sealed = [purpose.as_bytes(), b"\0", clear].concat();
        Box::pin(async move { Ok(sealed) })
    }
    fn seal_under<'a>(
        &'a self,
        key: &'a [u8; 32],
        purpose: &'a str,
        clear: &'a [u8],
    ) -> Later<'a, Result<Vec<u8>, StoreError>> {
        // No cipher, but what is sealed is not to be found in the store, and needs its key.
        let clear: Vec<u8> = clear.iter().map(|byte| byte ^ key[0]).collect();
        let sealed = [&key[..], purpose.as_bytes(), b"\0", &clear].concat();
        Box::pin(async move { Ok(sealed) })
    }
    fn open_under<'a>(
        &'a self,
        key: &'a [u8; 32],
        purpose: &'a str,
        sealed: &'a [u8],
    ) -> Later<'a, Result<Option<Vec<u8>>, StoreError>> {
        let clear = sealed.strip_prefix(&key[..]).and_then(|rest| rest.strip_prefix(purpose.as_bytes()));
        let clear = clear.and_then(|rest| rest.strip_prefix(b"\0"));
        let clear = clear.map(|clear| clear.iter().map(|byte| byte ^ key[0]).collect());
        Box::pin(async move { Ok(clear) })
    }
    fn open<'a>(&'a self, purpose: &'a str, sealed: &'a [u8]) -> Later<'a, Result<Option<Vec<u8>>, StoreError>> {
        let clear = sealed.strip_prefix(purpose.as_bytes()).and_then(|rest| rest.strip_prefix(b"\0"));
        let clear = clear.map(<[u8]>::to_vec);
        Box::pin(async move { Ok(clear) })
    }
}

/// A sign-in window in which the agent is signed in already: Halo sends it back at once where its
/// switch `approve_at_once` is on; else the person closes it.
struct Window(Rc<Net>);

impl SignIn for Window {
    fn redirect_url(&self) -> Option<Url> {
        Url::parse(REDIRECT).ok()
    }
    fn run(&self, url: Url) -> Later<'_, Option<Url>> {
        let request = Request { method: sidelight::platform::Method::GET, url, headers: Vec::new(), body: None };
        Box::pin(async move {
            let (landed, _) = self.0.follow(request, Some(REDIRECT)).await.ok()?;
            landed.as_str().starts_with(REDIRECT).then_some(landed)
        })
    }
}
