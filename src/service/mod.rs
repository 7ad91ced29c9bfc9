//! Answers each message with the rooms above. The worker and the command line are thin shells
//! around this one service.

mod agent;
mod back;
pub mod browser;
mod centre;
pub mod check;
mod connect;
mod documents;
mod ending;
mod error;
pub mod lock;
mod pictures;
mod prefill;
mod recipes;
mod record;
mod schedule;
mod search;
mod secret;
mod suggest;
mod sync;
mod tabs;
mod tied;
mod tools;
mod trail;
mod whereabouts;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub use browser::{Badge, Browser, Notice};
use centre::Centre;
pub use error::ServiceError;
use futures::FutureExt;
use futures::lock::Mutex;
use tied::{Own, Tied};

use crate::assist::shelf::Place;
use crate::assist::snapshot;
use crate::halo::Halo;
use crate::halo::connection::HaloConnection;
use crate::http::{ApiError, Patience, Product};
use crate::hudu::Hudu;
use crate::json;
use crate::platform::{Host, Later, StoreError};
use crate::protocol::policy::{Origin, Sender, allows, classify};
use crate::protocol::{Answer, Envelope, Event, Message, Reply};
use crate::settings::{self, Settings};
use crate::sync::sides::Sides;
use crate::trouble::Explain;
use crate::vault::{Gate, HUDU_KEY, Vault};

/// The background of the extension, without the browser. Cheap to clone.
///
/// What the hosts call answers a boxed future: the body of an `async fn`, and of everything that it waits for, is
/// compiled once more in each crate that waits for it.
#[derive(Clone)]
pub struct Service(Rc<Inner>);

struct Inner {
    host: Host,
    browser: Rc<dyn Browser>,
    vault: Vault,
    /// The two clients of the connections as they are saved, so that requests share one token.
    sides: RefCell<Option<(u64, Sides)>>,
    /// Counts saved connections: clients made before the last save are not used again.
    saved: Cell<u64>,
    /// Counts instances that were left: clients made before store nothing that they still read.
    left: Rc<Cell<u64>>,
    /// The turn to write: one run goes on at a time.
    writing: Mutex<()>,
    /// What goes on for the sync centre.
    centre: Centre,
    /// What documentation is ranked with.
    ranking: suggest::Ranking,
    /// The search index.
    search: search::Search,
    /// The company among whose documentation the last document was found: most likely that of the next.
    last_found: Cell<Option<i64>>,
}

impl Service {
    /// A service on this host, in this browser.
    pub fn new(host: Host, browser: Rc<dyn Browser>) -> Self {
        let vault = Vault::new(host.clone());
        let http = Rc::new(Gate { http: host.http.clone(), vault: vault.clone() });
        let host = Host { http, ..host };
        let inner = Inner {
            host,
            browser,
            vault,
            sides: RefCell::new(None),
            saved: Cell::new(0),
            left: Rc::default(),
            writing: Mutex::new(()),
            centre: Centre::default(),
            ranking: suggest::Ranking::default(),
            search: search::Search::default(),
            last_found: Cell::new(None),
        };
        Self(Rc::new(inner))
    }

    /// Answers one message: classify the sender, check the table, then act.
    pub fn handle(&self, envelope: Envelope, origin: Origin) -> Later<'_, Answer> {
        self.classify_and_answer(envelope, origin).boxed_local()
    }

    async fn classify_and_answer(&self, envelope: Envelope, origin: Origin) -> Answer {
        let fits = tabs::token_fits(self.host(), origin.tab, envelope.token.as_deref()).await;
        let sender = classify(&origin, fits);
        if !allows(sender, &envelope.message) {
            return Answer::Trouble(ServiceError::NotAllowed.trouble());
        }
        match self.answer(envelope.message, &origin, sender).await {
            Ok(reply) => Answer::Ok(reply),
            Err(error) => Answer::Trouble(error.trouble()),
        }
    }

    async fn answer(&self, message: Message, origin: &Origin, sender: Sender) -> Result<Reply, ServiceError> {
        match message {
            Message::PageSeen { url } => Ok(self.page_seen(origin.tab.unwrap_or_default(), &url).await?),
            Message::FrameChanged { open, width } => self.frame_changed(open, width).await,
            Message::Tab => {
                let tab = if sender == Sender::Frame { origin.tab } else { None };
                let record = self.record_of(tab).await?;
                let connected = match self.sides().await {
                    // A locked connection is one that is set up.
                    Err(error) => error == StoreError::Locked.into(),
                    Ok(_) => true,
                };
                Ok(Reply::Tab { record, connected })
            }
            Message::Snapshot { page, record, keep } => {
                let tab = origin.tab.filter(|_| sender == Sender::Frame);
                let record = if record.is_some() { record } else { self.record_of(tab).await? };
                Ok(Reply::Snapshot { record, snapshot: snapshot::exchange(self.host(), page, record, keep).await? })
            }
            Message::Record { record, freshness } => self.record(record, freshness).await,
            Message::Document { kind, id, beside, freshness } => self.document(kind, id, beside, freshness).await,
            Message::Suggested { record, freshness, central } => self.suggested(record, freshness, central).await,
            Message::Opened { record, kind, id } => self.opened(record, kind, id).await,
            Message::Search { query, record, everywhere, limit } => {
                self.search(&query, record, everywhere, limit).await
            }
            Message::Plan { record } => self.plan(record).await,
            Message::PlanPublish { article } => self.plan_publish(article).await,
            Message::Form { back } => Box::pin(self.form(back)).await,
            Message::PlanBack { back, typed } => Box::pin(self.plan_back(back, &typed)).await,
            Message::KeptPlan { plan } => self.shown_before(&plan).await,
            Message::Outcomes => Ok(Reply::Outcomes { outcomes: self.sides().await?.outcomes().await? }),
            Message::Apply { plan, overwrite } => self.apply(&plan, &overwrite).await,
            Message::PlanUndo { run } => self.plan_undo(&run).await,
            Message::Run { run } => self.run(&run).await,
            Message::Choose { record, target } => self.choose(record, target).await,
            Message::Reveal { password, part, how, record } => self.reveal(password, part, how, record).await,
            Message::StartProcess { process } => self.start_process(process).await,
            Message::TickTask { process, task, done } => self.tick_task(process, task, done).await,
            Message::TakeBackProcess { process } => self.take_back_process(process).await,
            Message::Extras { kind, id } => self.extras(kind, id).await,
            Message::Picture { of, id, asked } => self.picture(of, id, asked).await,
            Message::Shelf { company } => self.shelf(company).await,
            Message::Pin { company, kind, id, pinned } => self.pin(company, Place { kind, id }, pinned).await,
            Message::Ending => self.ending().await,
            Message::Copied { digest } => Ok(self.copied(&digest)),
            Message::OpenWindow { record, intent } => {
                let intent = json::write(&intent);
                let intent = percent_encoding::utf8_percent_encode(&intent, percent_encoding::NON_ALPHANUMERIC);
                self.browser().open_window(format!("panel.html?record={}&intent={intent}", record.key())).await;
                Ok(Reply::Done)
            }
            Message::Connections => self.connections().await,
            Message::SaveHalo { resource_server, auth_server, tenant, client_id, client_secret } => {
                let typed = connect::TypedHalo { resource_server, auth_server, tenant, client_id };
                self.save_halo(typed, client_secret).await
            }
            Message::SignInHalo { resource_server, auth_server, tenant, client_id } => {
                self.sign_in_halo(connect::TypedHalo { resource_server, auth_server, tenant, client_id }).await
            }
            Message::SaveHudu { url, api_key } => self.save_hudu(&url, api_key).await,
            Message::Disconnect { product } => self.disconnect(product).await,
            Message::LockState => self.lock_state().await,
            Message::Lock => self.lock().await,
            Message::Unlock { passphrase } => self.unlock(&passphrase).await,
            Message::SetPassphrase { present, new } => self.set_passphrase(&present, new.as_deref()).await,
            Message::ForgetAll => self.forget_all().await,
            Message::Check => self.check().await,
            Message::Settings => Ok(Reply::Settings { settings: Box::new(settings::load(self.host()).await?) }),
            Message::SaveSettings { settings } => self.save_settings(*settings).await,
            Message::Recipe { ask } => Box::pin(self.recipes(ask)).await,
            Message::Tools => Ok(Reply::Tools { tools: crate::tools::views() }),
            Message::CallTool { name, arguments, confirmed } => {
                Box::pin(self.call_tool(&name, &arguments, confirmed)).await
            }
            // In a box of its own: it is by far the largest.
            Message::Centre { ask } => Box::pin(self.centre(ask)).await,
        }
    }

    /// Every start of the worker: the content script where it belongs, the schedule's alarm and badge,
    /// open runs resumed, planning that was cut begun again.
    pub fn started(&self) -> Later<'_, ()> {
        async {
            self.watch().await;
            self.watch_idle().await;
            self.restore_schedule().await;
            self.arm_ending().await;
            self.resume().await;
            self.resume_planning().await;
            Box::pin(self.settle_recipes()).await;
        }
        .boxed_local()
    }

    /// The user gave or took a permission.
    pub fn permissions_changed(&self) -> Later<'_, ()> {
        async {
            self.watch().await;
            self.browser().broadcast(Event::SettingsChanged);
        }
        .boxed_local()
    }

    /// An alarm rang.
    pub fn alarm<'a>(&'a self, name: &'a str) -> Later<'a, ()> {
        async move {
            match name {
                sync::ALARM => self.resume().await,
                schedule::ALARM => self.scheduled().await,
                ending::ALARM => self.look_at_ending().await,
                search::ALARM => self.resume_reading().await,
                _ => self.clear_clipboard(name).await,
            }
        }
        .boxed_local()
    }

    /// Runs the content script on the connected instance, where the user allows it, and nowhere else.
    async fn watch(&self) {
        let settings = settings::load(self.host()).await.unwrap_or_default();
        let mut place = None;
        if let Some(halo) = settings.connections.halo
            && self.browser().may_reach(&halo.origin).await
        {
            place = Some(halo.origin);
        }
        self.browser().watch_pages(place).await;
    }

    async fn frame_changed(&self, open: bool, width: u32) -> Result<Reply, ServiceError> {
        let mut settings = settings::load(self.host()).await?;
        settings.frame.open = open;
        settings.frame.width = width.clamp(320, 900);
        settings::save(self.host(), &settings).await?;
        Ok(Reply::Done)
    }

    async fn save_settings(&self, new: Settings) -> Result<Reply, ServiceError> {
        let kept = settings::load(self.host()).await?;
        let mut settings = Settings { connections: kept.connections, ..new };
        settings.managed = kept.managed;
        settings::save(self.host(), &settings).await?;
        self.settings_changed().await?;
        Ok(Reply::Settings { settings: Box::new(settings::load(self.host()).await?) })
    }

    /// The browser told what its policy says; `None` where there is none.
    pub async fn policy_read(&self, text: Option<&str>) -> Result<(), ServiceError> {
        if settings::managed::take(self.host(), text).await? {
            self.settings_changed().await?;
        }
        Ok(())
    }

    async fn settings_changed(&self) -> Result<(), ServiceError> {
        self.forget_sides();
        self.watch_idle().await;
        self.arm_schedule().await?;
        self.arm_ending().await;
        self.browser().broadcast(Event::SettingsChanged);
        Ok(())
    }

    pub(crate) fn host(&self) -> &Host {
        &self.0.host
    }

    pub(crate) fn browser(&self) -> &dyn Browser {
        &*self.0.browser
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// Both clients. Fails with "not connected" where a connection or its secret is missing.
    pub async fn sides(&self) -> Result<Sides, ServiceError> {
        loop {
            let saved = self.0.saved.get();
            if let Some((made, sides)) = &*self.0.sides.borrow()
                && *made == saved
            {
                return Ok(sides.clone());
            }
            let sides = self.new_sides().await;
            // A connection that was saved meanwhile: the key of the one must not go to the address of the other.
            if self.0.saved.get() != saved {
                continue;
            }
            let sides = sides?;
            self.0.sides.replace(Some((saved, sides.clone())));
            return Ok(sides);
        }
    }

    async fn new_sides(&self) -> Result<Sides, ServiceError> {
        let at = self.0.left.get();
        let settings = settings::load(self.host()).await?;
        let halo = settings.connections.halo.ok_or(ApiError::NotConnected(Product::Halo))?;
        let hudu = settings.connections.hudu.ok_or(ApiError::NotConnected(Product::Hudu))?;
        let key = self.vault().get(HUDU_KEY).await?.ok_or(ApiError::NotConnected(Product::Hudu))?;
        let store = Rc::new(Tied { store: self.host().store.clone(), left: self.0.left.clone(), at });
        let host = Host { store, ..self.host().clone() };
        let patience = Patience::INTERACTIVE;
        let secrets = self.secrets_of(&halo);
        Ok(Sides {
            halo: Halo::new(host.clone(), halo, secrets, settings.rates.halo, patience),
            hudu: Hudu::new(host.clone(), hudu, key, settings.rates.hudu, patience),
            settings: settings.sync,
            host,
        })
    }

    /// The secrets of a connection to HaloITSM, for as long as it is the saved one.
    fn secrets_of(&self, connection: &HaloConnection) -> Rc<Own> {
        Rc::new(Own { vault: self.vault().clone(), host: self.host().clone(), connection: connection.clone() })
    }

    /// Both clients for work that nobody waits for: they wait for the servers' allowance as long as it takes.
    pub(crate) async fn unhurried(&self) -> Result<Sides, ServiceError> {
        let sides = self.sides().await?;
        let patience = Patience::UNLIMITED;
        Ok(Sides { halo: sides.halo.with_patience(patience), hudu: sides.hudu.with_patience(patience), ..sides })
    }

    /// Clients are made anew before the next request.
    pub(crate) fn forget_sides(&self) {
        self.0.saved.set(self.0.saved.get() + 1);
    }
}
