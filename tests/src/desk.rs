//! A technician's background worker, connected to the sandbox pair, in virtual time.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll};

use sidelight::assist::view::SidebarView;
use sidelight::halo::auth::CLIENT_SECRET;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::hudu::connection::HuduConnection;
use sidelight::platform::Later;
use sidelight::protocol::policy::Origin;
use sidelight::protocol::{Answer, CentreAsk, Envelope, Event, Freshness, Message, Reply};
use sidelight::service::{Badge, Browser, Notice, Service};
use sidelight::settings::{self, Settings};
use sidelight::sync::view::{PlanView, RunView};
use sidelight::trouble::Trouble;
use sidelight::vault::{HUDU_KEY, Vault};
use sidelight_sandbox::Sandbox;

use crate::host::{MemoryStore, TestHost};

/// A service with its host, and a browser that writes down what it was asked.
pub struct Desk {
    /// The pair.
    pub sandbox: Sandbox,
    /// The host.
    pub host: TestHost,
    /// The service.
    pub service: Service,
    /// What the browser was asked.
    pub browser: Rc<Notes>,
}

/// What a browser was asked.
#[derive(Default)]
pub struct Notes {
    /// Badges by tab.
    pub badges: RefCell<Vec<(Option<i64>, Badge)>>,
    /// Events for the pages.
    pub events: RefCell<Vec<Event>>,
    /// Alarms with their milliseconds.
    pub alarms: RefCell<Vec<(String, i64)>>,
    /// Windows opened.
    pub windows: RefCell<Vec<String>>,
    /// Where the content script runs.
    pub watched: RefCell<Option<String>>,
    /// Digests for which the clipboard was cleared.
    pub cleared: RefCell<Vec<String>>,
    /// What goes on in the background: [`Desk::settle`] and [`Desk::meanwhile`] carry it out.
    pub work: RefCell<Vec<Later<'static, ()>>>,
    /// Notifications: title and text.
    pub notified: RefCell<Vec<(String, String)>>,
    /// Minutes after which the user counts as away.
    pub idle: RefCell<Option<u32>>,
    /// Permissions are missing.
    pub closed: RefCell<bool>,
}

impl Browser for Notes {
    fn show_badge(&self, tab: Option<i64>, badge: Badge) {
        self.badges.borrow_mut().push((tab, badge));
    }
    fn broadcast(&self, event: Event) {
        self.events.borrow_mut().push(event);
    }
    fn watch_pages(&self, origin: Option<String>) -> Later<'_, ()> {
        *self.watched.borrow_mut() = origin;
        Box::pin(async {})
    }
    fn may_reach(&self, _origin: &str) -> Later<'_, bool> {
        let open = !*self.closed.borrow();
        Box::pin(async move { open })
    }
    fn active_tab(&self) -> Later<'_, Option<i64>> {
        Box::pin(async { Some(1) })
    }
    fn open_window(&self, path_and_query: String) -> Later<'_, ()> {
        self.windows.borrow_mut().push(path_and_query);
        Box::pin(async {})
    }
    fn wake_in(&self, name: String, ms: i64) {
        self.alarms.borrow_mut().push((name, ms));
    }
    fn spawn(&self, work: Later<'static, ()>) {
        self.work.borrow_mut().push(work);
    }
    fn notify(&self, _about: Notice, title: String, text: String) {
        self.notified.borrow_mut().push((title, text));
    }
    fn watch_idle(&self, minutes: u32) {
        *self.idle.borrow_mut() = Some(minutes);
    }
    fn clear_clipboard(&self, digest: String) -> Later<'_, ()> {
        self.cleared.borrow_mut().push(digest);
        Box::pin(async {})
    }
}

/// An extension page that no web page can draw over.
pub fn trusted() -> Origin {
    Origin { own_id: true, extension_page: true, ..Origin::default() }
}

/// The content script of tab 1.
pub fn content() -> Origin {
    Origin { own_id: true, tab: Some(1), frame: Some(0), ..Origin::default() }
}

impl Desk {
    /// A connected worker with a store of its own.
    pub async fn new(sandbox: &Sandbox) -> Self {
        Self::on(sandbox, Rc::new(MemoryStore::default()), 1).await
    }

    /// A connected worker on this store: the same one, woken again, or a second browser on another.
    pub async fn on(sandbox: &Sandbox, store: Rc<MemoryStore>, seed: u64) -> Self {
        let host = TestHost::on(sandbox, store, seed);
        let halo = sandbox.halo.credentials();
        let mut saved = settings::load(&host.host).await.expect("settings");
        saved.connections = settings::Connections {
            halo: Some(HaloConnection {
                origin: "http://halo.test".to_owned(),
                auth_server: None,
                tenant: Some(halo.tenant.clone()),
                client_id: halo.client_id.clone(),
                sign_in: HaloSignIn::ClientSecret,
            }),
            hudu: Some(HuduConnection { origin: "http://hudu.test".to_owned() }),
        };
        settings::save(&host.host, &saved).await.expect("settings");
        let vault = Vault::new(host.host.clone());
        vault.put(CLIENT_SECRET, &halo.client_secret).await.expect("vault");
        vault.put(HUDU_KEY, &sandbox.hudu.api_key()).await.expect("vault");
        let browser = Rc::new(Notes::default());
        let service = Service::new(host.host.clone(), browser.clone());
        Self { sandbox: sandbox.clone(), host, service, browser }
    }

    /// Sends a message as a trusted page.
    pub async fn ask(&self, message: impl Into<Message>) -> Result<Reply, Trouble> {
        self.ask_as(trusted(), None, message.into()).await
    }

    /// Sends a message as any sender.
    pub async fn ask_as(&self, origin: Origin, token: Option<String>, message: Message) -> Result<Reply, Trouble> {
        // In a box: a test that asks often would need a large stack.
        match Box::pin(self.service.handle(Envelope { token, message }, origin)).await {
            Answer::Ok(reply) => Ok(reply),
            Answer::Trouble(trouble) => Err(trouble),
        }
    }

    /// The sidebar, fresh.
    pub async fn sidebar(&self, kind: RecordKind, id: i64) -> Result<SidebarView, Trouble> {
        let record = RecordRef::new(kind, id);
        match self.ask(Message::Record { record, freshness: Freshness::Fresh }).await? {
            Reply::Sidebar { view: Some(view) } => Ok(*view),
            other => panic!("no sidebar: {other:?}"),
        }
    }

    /// The sidebar as stored.
    pub async fn stored(&self, kind: RecordKind, id: i64) -> Option<SidebarView> {
        let record = RecordRef::new(kind, id);
        match self.ask(Message::Record { record, freshness: Freshness::Stored }).await {
            Ok(Reply::Sidebar { view }) => view.map(|view| *view),
            other => panic!("no sidebar: {other:?}"),
        }
    }

    /// The plan for a record.
    pub async fn plan(&self, kind: RecordKind, id: i64) -> Result<PlanView, Trouble> {
        plan_of(self.ask(Message::Plan { record: RecordRef::new(kind, id) }).await)
    }

    /// Applies a plan.
    pub async fn apply(&self, plan: &PlanView) -> Result<RunView, Trouble> {
        run_of(self.ask(Message::Apply { plan: plan.id.clone(), overwrite: Vec::new() }).await)
    }

    /// Names of the layouts that the mapping pages show.
    pub async fn layouts_shown(&self) -> Vec<String> {
        match self.ask(CentreAsk::Mapping { settings: Box::default() }).await {
            Ok(Reply::Mapping { mapping }) => mapping.layouts.into_iter().map(|layout| layout.name).collect(),
            other => panic!("no mapping: {other:?}"),
        }
    }

    /// Plans and applies.
    pub async fn sync(&self, kind: RecordKind, id: i64) -> Result<RunView, Trouble> {
        let plan = self.plan(kind, id).await?;
        self.apply(&plan).await
    }

    /// Plans the undoing of a run and applies it.
    pub async fn undo(&self, run: &str) -> Result<RunView, Trouble> {
        let plan = plan_of(self.ask(Message::PlanUndo { run: run.to_owned() }).await)?;
        self.apply(&plan).await
    }

    /// Carries out what goes on in the background, to its end. A desk that is dropped before is a
    /// worker that was stopped in the middle.
    pub async fn settle(&self) {
        poll_fn(|context| if self.poll_work(context) { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    /// Carries out what goes on in the background until this has its answer.
    pub async fn meanwhile<T>(&self, until: impl Future<Output = T>) -> T {
        let mut until = std::pin::pin!(until);
        poll_fn(|context| {
            self.poll_work(context);
            until.as_mut().poll(context)
        })
        .await
    }

    /// Whether there is nothing left to carry out. Work that is begun by other work is carried out too.
    fn poll_work(&self, context: &mut Context<'_>) -> bool {
        let mut left = Vec::new();
        loop {
            let begun = std::mem::take(&mut *self.browser.work.borrow_mut());
            if begun.is_empty() {
                break;
            }
            for mut work in begun {
                if work.as_mut().poll(context).is_pending() {
                    left.push(work);
                }
            }
        }
        let over = left.is_empty();
        *self.browser.work.borrow_mut() = left;
        over
    }

    /// Changes the settings.
    pub async fn set(&self, change: impl FnOnce(&mut Settings)) {
        let mut saved = settings::load(&self.host.host).await.expect("settings");
        change(&mut saved);
        self.ask(Message::SaveSettings { settings: Box::new(saved) }).await.expect("settings");
    }
}

/// The plan in a reply.
pub fn plan_of(reply: Result<Reply, Trouble>) -> Result<PlanView, Trouble> {
    match reply? {
        Reply::Plan { plan } => Ok(plan),
        other => panic!("no plan: {other:?}"),
    }
}

/// The run in a reply.
pub fn run_of(reply: Result<Reply, Trouble>) -> Result<RunView, Trouble> {
    match reply? {
        Reply::Run { run } => Ok(run),
        other => panic!("no run: {other:?}"),
    }
}
