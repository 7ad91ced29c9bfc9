//! A browser with Sidelight, and the sandbox pair that it is connected to, in one process.
//!
//! A test looks at the pair's records, switches faults on and counts requests by function calls
//! while it acts in the browser as a person would.

use serde_json::{Value, json};
use sidelight_sandbox::world::{World, world};
use sidelight_sandbox::{Running, Sandbox};

use crate::browser::{Browser, Error, Frame, Options, Result};

/// Articles that a small stage keeps of the Central knowledge base.
const ARTICLES: usize = 24;

/// Harbour & Finch, and two clients whose companies in Hudu have nearly the same name.
const FEW: [i64; 3] = [12, 20, 21];

/// A browser beside a running pair. Both end when this is dropped.
pub struct Stage {
    /// The servers.
    pub pair: Running,
    /// The browser.
    pub browser: Browser,
}

impl Stage {
    /// Serves a fresh pair on these ports (0 takes any free one) and starts the browser. The first steps that open after
    /// the installation are left for the page of all settings.
    pub async fn set(options: Options, halo_port: u16, hudu_port: u16) -> Result<Self> {
        Self::of(world(), options, halo_port, hudu_port).await?.past_first_steps().await
    }

    /// The same right after the installation: the first steps are open.
    pub async fn installed(options: Options) -> Result<Self> {
        Self::of(world(), options, 0, 0).await
    }

    /// The same with a few clients only: a story that writes everything several times would else wait for
    /// what the servers allow.
    pub async fn small(options: Options) -> Result<Self> {
        let mut world = world();
        world.clients.retain(|client| FEW.contains(&client.id));
        world.tickets.clear();
        world.articles.retain(|article| article.client_id.is_none());
        world.articles.truncate(ARTICLES);
        Self::of(world, options, 0, 0).await?.past_first_steps().await
    }

    async fn past_first_steps(self) -> Result<Self> {
        if self.browser.has_extension() {
            // Again, where the tab has only just begun to load.
            self.browser.page("options.html").await?.wait_for("(location.hash = '') === ''").await?;
        }
        Ok(self)
    }

    async fn of(world: World, options: Options, halo_port: u16, hudu_port: u16) -> Result<Self> {
        let sandbox = Sandbox::new(sidelight_sandbox::Options { world, ..sidelight_sandbox::Options::default() });
        let pair = sandbox.serve(halo_port, hudu_port).await?;
        let browser = Browser::start(options).await?;
        Ok(Self { pair, browser })
    }

    /// Saves both connections from the options page that opens after the installation, and checks
    /// them. Returns the lines of the check. The page stays open.
    pub async fn connect(&self) -> Result<Vec<Value>> {
        let page = self.browser.page("options.html").await?;
        let halo = self.pair.sandbox.halo.credentials();
        ask(
            &page,
            json!({
                "say": "save_halo",
                "resource_server": halo.resource_server,
                "auth_server": halo.auth_server,
                "tenant": halo.tenant,
                "client_id": halo.client_id,
                "client_secret": halo.client_secret,
            }),
        )
        .await?;
        let api_key = self.pair.sandbox.hudu.api_key();
        ask(&page, json!({ "say": "save_hudu", "url": self.pair.hudu, "api_key": api_key })).await?;
        let check = ask(&page, json!({ "say": "check" })).await?;
        Ok(check["lines"].as_array().cloned().unwrap_or_default())
    }

    /// Opens a page of Halo's agent app, "/ticket?id=4127" for one.
    pub async fn open_halo(&self, path: &str) -> Result<Frame> {
        self.browser.open(&format!("{}{path}", self.pair.halo)).await
    }

    /// Opens a page of Hudu.
    pub async fn open_hudu(&self, path: &str) -> Result<Frame> {
        self.browser.open(&format!("{}{path}", self.pair.hudu)).await
    }
}

/// Sends the background a message from one of the extension's own pages, and returns its reply;
/// trouble is an error with the sentence that a user would read.
pub async fn ask(page: &Frame, message: Value) -> Result<Value> {
    let answer = page.evaluate(&format!("(globalThis.browser ?? chrome).runtime.sendMessage({message})")).await?;
    match answer.get("ok") {
        Some(reply) => Ok(reply.clone()),
        None => Err(Error::Trouble { said: message["say"].to_string(), answer: answer.to_string() }),
    }
}
