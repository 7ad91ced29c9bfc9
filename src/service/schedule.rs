//! The unattended sync: every so many hours, by the browser's alarm.
//!
//! It reads both sides, keeps the plan, and applies what is safe. What needs a person waits, with a badge
//! and at most one notification. When it is due follows from when the last one began, so that an alarm
//! that was lost or slept through costs nothing and one that comes twice does nothing twice.

use crate::json::Json;
use crate::platform::json::{get, put};
use crate::platform::{StoreError, Table};
use crate::protocol::{Event, Reply, ScheduleView};
use crate::service::browser::{Badge, Notice, Tone};
use crate::service::{Service, ServiceError};
use crate::settings::{self, ScheduleSettings};
use crate::sync::apply::{self, Order};
use crate::sync::journal::Run;
use crate::sync::plan::Item;
use crate::sync::rest;
use crate::sync::table::Scope;
use crate::sync::view::RunState;
use crate::trouble::{Explain, Retry, Trouble};
use crate::words::tell;
use crate::{many, t};

/// The alarm.
pub(super) const ALARM: &str = "schedule";

/// Who started an unattended run.
const WHO: &str = "schedule";

/// Where the state is kept.
const KEY: &str = "schedule";

const HOUR_MS: i64 = 3_600_000;
/// First wait before another try, after what may pass; doubled with each try.
const AGAIN_MS: i64 = 15 * 60_000;
/// Wait while something else is under way.
const BUSY_MS: i64 = 5 * 60_000;

/// How the unattended sync stands.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
struct State {
    /// When it was switched on.
    since: i64,
    /// When the last one began.
    began: i64,
    /// When it came to its end.
    ended: i64,
    /// Tries since the last one that went well.
    tries: u32,
    /// How many changes wait for a person.
    waiting: usize,
    /// Digest of the changes that the last notification was about.
    told: String,
    /// What stood in the way.
    trouble: Option<Trouble>,
}

impl State {
    /// When the next one is due.
    fn due(&self, hours: u32) -> Option<i64> {
        if hours == 0 {
            return None;
        }
        let next = self.began.max(self.since) + i64::from(hours) * HOUR_MS;
        let cut = self.began > self.ended;
        let passes = self.trouble.as_ref().is_some_and(|trouble| trouble.retry == Retry::Later);
        if !cut && !passes {
            return Some(next);
        }
        Some(next.min(self.began.max(self.ended) + (AGAIN_MS << self.tries.saturating_sub(1).min(5))))
    }
}

impl Service {
    async fn schedule_state(&self) -> Result<State, StoreError> {
        let mut state: State = get(self.host(), Table::Settings, KEY).await?.unwrap_or_default();
        let now = self.host().clock.now();
        // A clock that was ahead must not put off the next one until then.
        if state.since.max(state.began).max(state.ended) > now {
            for time in [&mut state.since, &mut state.began, &mut state.ended] {
                *time = (*time).min(now);
            }
            self.keep_schedule(&state).await?;
        }
        Ok(state)
    }

    async fn keep_schedule(&self, state: &State) -> Result<(), StoreError> {
        self.host().store.write(vec![put(Table::Settings, KEY.to_owned(), state)]).await
    }

    async fn schedule_settings(&self) -> Result<ScheduleSettings, StoreError> {
        Ok(settings::load(self.host()).await?.schedule)
    }

    /// How it stands, for a page.
    pub(super) async fn schedule_view(&self) -> Result<Reply, ServiceError> {
        let (state, hours) = (self.schedule_state().await?, self.schedule_settings().await?.hours);
        let schedule = ScheduleView {
            last: (state.began > 0).then_some(state.began),
            next: state.due(hours),
            waiting: state.waiting,
            trouble: state.trouble.map(Trouble::told),
        };
        Ok(Reply::Schedule { schedule })
    }

    /// What stood in the way of the last one.
    pub(super) async fn schedule_trouble(&self) -> Result<Option<Trouble>, StoreError> {
        Ok(self.schedule_state().await?.trouble.map(Trouble::told))
    }

    /// Sets the alarm: at every start, and when the settings were saved.
    pub(super) async fn arm_schedule(&self) -> Result<(), StoreError> {
        let hours = self.schedule_settings().await?.hours;
        let mut state = self.schedule_state().await?;
        let now = self.host().clock.now();
        if (hours == 0) != (state.since == 0) {
            state.since = if hours == 0 { 0 } else { now };
            self.keep_schedule(&state).await?;
        }
        if let Some(due) = state.due(hours) {
            self.browser().wake_in(ALARM.to_owned(), (due - now).max(0));
        }
        Ok(())
    }

    /// At each start: the alarm, and the badge that was shown before the browser ended.
    pub(super) async fn restore_schedule(&self) {
        // Where the store cannot be read nothing can be synced either; the next start tries again.
        let _ = self.arm_schedule().await;
        if let Ok(state) = self.schedule_state().await
            && (state.waiting > 0 || state.trouble.is_some())
        {
            self.browser().show_badge(None, badge(&state));
        }
    }

    /// The alarm rang.
    pub(super) async fn scheduled(&self) {
        if self.begin_unattended().await.is_err() {
            self.browser().wake_in(ALARM.to_owned(), BUSY_MS);
        }
    }

    async fn begin_unattended(&self) -> Result<(), StoreError> {
        let hours = self.schedule_settings().await?.hours;
        let mut state = self.schedule_state().await?;
        let now = self.host().clock.now();
        if state.due(hours).is_none_or(|due| due > now) {
            return self.arm_schedule().await;
        }
        let Ok(_claim) = self.claim() else {
            self.browser().wake_in(ALARM.to_owned(), BUSY_MS);
            return Ok(());
        };
        state.began = now;
        state.tries += 1;
        self.keep_schedule(&state).await?;
        self.arm_schedule().await?;
        let service = self.clone();
        self.in_background(async move {
            let result = service.unattended().await;
            service.end_planning();
            if let Err(error) = result {
                // What cannot even be noted is found to be cut short at the next start.
                let _ = service.schedule_failed(error.trouble()).await;
            }
        });
        Ok(())
    }

    async fn unattended(&self) -> Result<(), ServiceError> {
        let plan = self.make_plan(&Scope::default()).await?;
        self.browser().broadcast(Event::PlanReady { plan: plan.id.clone() });
        if plan.guard.is_some() || !plan.items.iter().any(|item| item.safe && item.writes()) {
            return Ok(self.schedule_settled(&plan.items, None).await?);
        }
        let order = Order { safe_only: true, who: WHO.to_owned(), ..Order::default() };
        let run = self.begin_large(plan, &order).await?;
        // From here on the journal sees to it.
        let ended = self.host().clock.now();
        self.keep_schedule(&State { ended, ..self.schedule_state().await? }).await?;
        self.end_planning();
        self.set_off(run);
        Ok(())
    }

    /// After a large run its plan holds what is left. What an unattended one left waits for a person; after
    /// any other a person has looked.
    pub(super) async fn after_large(&self, run: &Run) {
        // What cannot be noted is found by the next planning.
        let _ = self.note_rest(run).await;
    }

    async fn note_rest(&self, run: &Run) -> Result<(), StoreError> {
        let rest = if apply::stays(&run.plan) { self.keep_rest(run).await? } else { None };
        if let Some(plan) = &rest {
            self.browser().broadcast(Event::PlanReady { plan: plan.id.clone() });
        }
        if run.who != WHO {
            self.settle_badge().await;
            return Ok(());
        }
        let trouble = run.waits.clone().filter(|_| run.state == RunState::Stopped);
        let items = rest.as_ref().map_or(&[][..], |plan| &plan.items);
        self.schedule_settled(items, trouble).await
    }

    /// The unattended sync did what it may; the rest of the plan waits.
    async fn schedule_settled(&self, items: &[Item], trouble: Option<Trouble>) -> Result<(), StoreError> {
        let waiting: Vec<&Item> = items.iter().filter(|item| rest::waits(item)).collect();
        let digest = rest::digest(&waiting);
        let before = self.schedule_state().await?;
        let news = !waiting.is_empty() && before.told != digest;
        let (ended, waiting) = (self.host().clock.now(), waiting.len());
        let state = State { ended, tries: 0, waiting, told: digest, trouble, ..before };
        self.keep_schedule(&state).await?;
        self.browser().show_badge(None, badge(&state));
        if news && self.schedule_settings().await?.notify {
            let title = format!("Sidelight: {}", sentence(waiting));
            self.browser().notify(Notice::Waiting, title, t!("Open the sync centre to look at them."));
        }
        Ok(())
    }

    async fn schedule_failed(&self, trouble: Trouble) -> Result<(), StoreError> {
        let ended = self.host().clock.now();
        let state = State { ended, trouble: Some(trouble), ..self.schedule_state().await? };
        self.keep_schedule(&state).await?;
        self.browser().show_badge(None, badge(&state));
        self.arm_schedule().await
    }

    /// The user stopped the planning: it is not taken for one that was cut short.
    pub(super) async fn schedule_stopped(&self) -> Result<(), StoreError> {
        let state = self.schedule_state().await?;
        if state.began > state.ended {
            let ended = self.host().clock.now();
            self.keep_schedule(&State { ended, tries: 0, ..state }).await?;
            self.arm_schedule().await?;
        }
        Ok(())
    }

    /// A person looks after what waited.
    pub(super) async fn settle_badge(&self) {
        if let Ok(state) = self.schedule_state().await
            && (state.waiting > 0 || state.trouble.is_some())
        {
            let state = State { waiting: 0, trouble: None, ..state };
            // At worst the badge comes back with the next start.
            let _ = self.keep_schedule(&state).await;
            self.browser().show_badge(None, Badge::default());
        }
    }
}

fn sentence(waiting: usize) -> String {
    many!(waiting, "{n} change waits for you", "{n} changes wait for you")
}

fn badge(state: &State) -> Badge {
    match (&state.trouble, state.waiting) {
        (Some(trouble), _) => Badge {
            text: "!".to_owned(),
            tone: Tone::Trouble,
            title: t!("Sidelight: the sync by schedule did not work. {why}", why = tell(&trouble.sentence)),
        },
        (None, 0) => Badge::default(),
        (None, waiting) => Badge {
            text: if waiting > 999 { "999+".to_owned() } else { waiting.to_string() },
            tone: Tone::Attention,
            title: format!("Sidelight: {}", sentence(waiting)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_one_follows_from_the_last() {
        let at = |hours: i64| hours * HOUR_MS;
        let state = State { since: at(10), ..State::default() };
        assert_eq!(state.due(0), None);
        assert_eq!(state.due(3), Some(at(13)));
        let state = State { began: at(13), ended: at(14), ..state };
        assert_eq!(state.due(3), Some(at(16)));
        // Cut short: soon, and ever later.
        let cut = State { began: at(16), ended: at(14), tries: 1, ..state.clone() };
        assert_eq!(cut.due(3), Some(at(16) + AGAIN_MS));
        assert_eq!(State { tries: 9, ..cut }.due(24), Some(at(16) + at(8)));
        // What does not pass by itself is not tried in between.
        let trouble = |retry| Trouble { code: String::new(), retry, sentence: String::new(), until: None };
        let failed = State { trouble: Some(trouble(Retry::UserMustAct)), tries: 1, ..state.clone() };
        assert_eq!(failed.due(3), Some(at(16)));
        let failed = State { trouble: Some(trouble(Retry::Later)), tries: 1, ..state };
        assert_eq!(failed.due(3), Some(at(14) + AGAIN_MS));
    }
}
