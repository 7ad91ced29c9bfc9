//! What every page of the sync centre shares: what the background is doing, the plan that is shown,
//! and the last thing that happened.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::halo::page;
use sidelight::halo::record::RecordRef;
use sidelight::protocol::{CentreAsk, Event, Message, Reply};
use sidelight::settings::{Connections, SyncSettings};
use sidelight::sync::table::{Scope, SummaryView, Work};
use sidelight::t;
use sidelight::trouble::Trouble;
use sidelight_ui::{bridge, clock};

use crate::nav;

/// How often the background is asked while it works: events may be missed, and a worker that was
/// stopped goes on when it is asked.
const LOOK_MS: i32 = 3000;

/// How long the status line says something.
const SAID: Duration = Duration::from_secs(12);

/// What the pages share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The connections; `None` until the background said so.
    pub connections: RwSignal<Option<Connections>>,
    /// Both connections are set up, with their secrets.
    pub connected: RwSignal<Option<bool>>,
    /// How records are synced, as it is saved.
    pub settings: RwSignal<Option<SyncSettings>>,
    /// What the background is doing.
    pub work: RwSignal<Work>,
    /// The plan that is shown.
    pub plan: RwSignal<Option<SummaryView>>,
    /// The background said whether there is a plan.
    pub looked: RwSignal<bool>,
    /// Something ended: a run, or the planning. Histories and tables look again.
    pub news: Trigger,
    /// What went wrong last.
    pub trouble: RwSignal<Option<Trouble>>,
    /// The last thing that happened, for the status line and for screen readers.
    pub status: RwSignal<String>,
    looking: StoredValue<bool>,
}

impl Desk {
    /// Makes the desk of this page and asks the background how things stand.
    pub fn provide() -> Self {
        let desk = Self {
            connections: RwSignal::new(None),
            connected: RwSignal::new(None),
            settings: RwSignal::new(None),
            work: RwSignal::new(Work::Idle),
            plan: RwSignal::new(None),
            looked: RwSignal::new(false),
            news: Trigger::new(),
            trouble: RwSignal::new(None),
            status: RwSignal::new(String::new()),
            looking: StoredValue::new(false),
        };
        provide_context(desk);
        bridge::hear(move |event| desk.heard(event));
        desk.ask_connections();
        desk.ask_plan();
        spawn_local(async move {
            desk.look(true).await;
        });
        desk
    }

    /// The desk of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Says something in the status line, for a while: on the next page it would be about something else.
    pub fn say(&self, words: impl Into<String>) {
        let (words, status) = (words.into(), self.status);
        status.set(words.clone());
        set_timeout(
            move || {
                if status.try_get_untracked().as_ref() == Some(&words) {
                    status.set(String::new());
                }
            },
            SAID,
        );
    }

    /// Begins again after a trouble.
    pub fn again(&self) {
        self.trouble.set(None);
        self.ask_connections();
        self.ask_plan();
    }

    /// The address of a record in HaloITSM.
    pub fn halo_url(&self, record: RecordRef) -> Option<String> {
        self.connections.with_untracked(|held| held.as_ref()?.halo.as_ref().map(|halo| page::url(&halo.origin, record)))
    }

    /// Whether the background is busy with something that a new plan or run has to wait for.
    pub fn busy(&self) -> bool {
        self.work.with(|work| match work {
            Work::Planning(_) => true,
            Work::Running(progress) => !progress.paused,
            Work::Idle | Work::Failed(_) => false,
        })
    }

    /// Shows a plan that was just made, on the page for plans.
    pub fn show(&self, plan: SummaryView) {
        self.plan.set(Some(plan));
        nav::go("plan");
    }

    /// Whether what was under way last failed as a whole: a run that it held goes on later, or on a click.
    pub fn failed(&self) -> bool {
        self.work.with(|work| matches!(work, Work::Failed(_)))
    }

    /// Sends a message whose answer is a plan, and shows it.
    pub fn plan_by(&self, ask: CentreAsk) {
        let desk = *self;
        self.trouble.set(None);
        self.say(t!("Planning."));
        spawn_local(async move {
            match bridge::ask(ask).await {
                Ok(Reply::Summary { summary: Some(summary) }) => {
                    desk.say(t!("Planned."));
                    desk.show(*summary);
                }
                Ok(Reply::Summary { summary: None }) => desk.say(t!("There is nothing to plan.")),
                answer => desk.fail(answer),
            }
        });
    }

    /// Plans everything in scope.
    pub fn plan_all(&self, scope: Scope) {
        nav::go("plan");
        self.work(CentreAsk::PlanAll { scope });
    }

    /// Sends a message whose answer tells what the background is doing now.
    pub fn work(&self, ask: CentreAsk) {
        let desk = *self;
        self.trouble.set(None);
        spawn_local(async move {
            match bridge::ask(ask).await {
                Ok(Reply::Work { work }) => desk.take(work),
                answer => desk.fail(answer),
            }
        });
    }

    /// Takes an answer that does not tell what was asked for.
    pub fn fail(&self, answer: Result<Reply, Trouble>) {
        self.status.set(String::new());
        self.trouble.set(Some(answer.err().unwrap_or_else(bridge::odd)));
    }

    /// Takes news of the work; follows it until it ends.
    pub fn take(&self, work: Work) {
        let was = self.busy_with();
        self.work.set(work);
        let now = self.busy_with();
        if was.is_some() && was != now {
            self.ended();
        }
        if now.is_some() && !self.looking.get_value() {
            self.looking.set_value(true);
            let desk = *self;
            spawn_local(async move {
                while desk.busy_with().is_some() {
                    clock::pause(LOOK_MS).await;
                    desk.look(false).await;
                }
                desk.looking.set_value(false);
            });
        }
    }

    /// The run that goes on, or an empty text while planning.
    fn busy_with(&self) -> Option<String> {
        self.work.with_untracked(|work| match work {
            Work::Planning(_) => Some(String::new()),
            Work::Running(progress) if !progress.paused => Some(progress.run.clone()),
            _ => None,
        })
    }

    /// Planning or a run came to its end, or to a pause: there is a new plan, or what is left of one.
    fn ended(&self) {
        self.ask_plan();
        self.news.notify();
    }

    async fn look(&self, first: bool) {
        match bridge::ask(CentreAsk::Work).await {
            Ok(Reply::Work { work }) => {
                let run = match &work {
                    Work::Running(progress) if first && !progress.paused && nav::is_bare() => {
                        Some(progress.run.clone())
                    }
                    _ => None,
                };
                self.take(work);
                if let Some(run) = run.filter(|run| !run.is_empty()) {
                    nav::go(&format!("history/{run}"));
                }
            }
            Ok(_) => self.trouble.set(Some(bridge::odd())),
            Err(trouble) if first => self.trouble.set(Some(trouble)),
            Err(_) => {}
        }
    }

    fn heard(&self, event: Event) {
        match event {
            Event::Working { work } => self.take(work),
            Event::PlanReady { .. } => {
                // What a run leaves is no news of planning.
                if !self.work.with_untracked(|work| matches!(work, Work::Running(_))) {
                    self.say(t!("Planned."));
                }
                self.ask_plan();
            }
            Event::SettingsChanged => self.ask_connections(),
            Event::LockChanged { .. } => self.again(),
            Event::RecordInView { .. } | Event::RunChanged { .. } => {}
        }
    }

    /// Asks for the newest plan.
    pub fn ask_plan(&self) {
        let desk = *self;
        spawn_local(async move {
            match bridge::ask(CentreAsk::LastPlan).await {
                Ok(Reply::Summary { summary }) => {
                    let summary = summary.map(|summary| *summary);
                    if desk.plan.with_untracked(|plan| *plan != summary) {
                        desk.plan.set(summary);
                    }
                    desk.looked.set(true);
                }
                answer => desk.fail(answer),
            }
        });
    }

    fn ask_connections(&self) {
        let desk = *self;
        spawn_local(async move {
            match bridge::ask(Message::Connections).await {
                Ok(Reply::Connections { connections, halo_secret, hudu_key, .. }) => {
                    let both = connections.halo.is_some() && connections.hudu.is_some() && halo_secret && hudu_key;
                    desk.connected.set(Some(both));
                    desk.connections.set(Some(connections));
                }
                answer => desk.fail(answer),
            }
            if let Ok(Reply::Settings { settings }) = bridge::ask(Message::Settings).await {
                desk.settings.set(Some(settings.sync));
            }
        });
    }
}
