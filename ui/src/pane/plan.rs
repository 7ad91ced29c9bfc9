//! From a plan to a run and back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::halo::record::RecordRef;
use sidelight::protocol::{Intent, Message, Reply};
use sidelight::sync::view::{Direction, PlanView, RunState, RunView};
use sidelight::t;
use sidelight::trouble::Trouble;

use super::Pane;
use super::back::Draft;
use crate::{bridge, clock, focus};

/// A running run is asked after in case its events were missed.
const RUN_PAUSE_MS: i32 = 1500;

/// What a plan is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A record: to Hudu, an article from Hudu.
    Record(RecordRef),
    /// Publishing a Hudu article in Halo.
    Publish(i64),
    /// Undoing a run.
    Undo(String),
    /// What is written back by hand.
    Back(Draft),
    /// A plan that another page showed.
    Kept(String),
}

impl Source {
    fn message(&self) -> Message {
        match self.clone() {
            Source::Record(record) => Message::Plan { record },
            Source::Publish(article) => Message::PlanPublish { article },
            Source::Undo(run) => Message::PlanUndo { run },
            Source::Back(Draft { back, typed, .. }) => Message::PlanBack { back, typed },
            Source::Kept(plan) => Message::KeptPlan { plan },
        }
    }

    /// What the user is about to do with the plan of this id, for going on in a window of its own.
    pub fn intent(&self, plan: &str) -> Intent {
        match self.clone() {
            Source::Record(_) => Intent::Sync,
            Source::Publish(article) => Intent::Publish { article },
            Source::Undo(run) => Intent::Undo { run },
            // What was typed may be a secret, and stands in no address.
            Source::Back(_) | Source::Kept(_) => Intent::Plan { plan: plan.to_owned() },
        }
    }
}

/// Where the way from a plan to a run stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing is planned.
    Closed,
    /// The form is shown, with why the plan could not be made of what was typed.
    Form(Draft, Option<Trouble>),
    /// The plan is being made.
    Planning(Source),
    /// The plan is shown.
    Shown(Source, PlanView),
    /// The plan was sent off.
    Applying(Source, PlanView),
    /// It runs, or ran, towards this side.
    Ran(Direction, RunView),
    /// It could not be planned or applied.
    Failed(Source, Trouble),
}

impl Pane {
    /// Makes a plan and shows it.
    pub fn plan(&self, source: Source) {
        let pane = *self;
        self.stage.set(Stage::Planning(source.clone()));
        spawn_local(async move {
            let answer = bridge::ask(source.message()).await;
            if pane.stage.get_untracked() != Stage::Planning(source.clone()) {
                return;
            }
            pane.stage.set(match answer {
                Ok(Reply::Plan { plan }) => Stage::Shown(source, plan),
                Ok(_) => Stage::Failed(source, bridge::odd()),
                Err(trouble) => match source {
                    // What was typed is not lost.
                    Source::Back(draft) if draft.form.is_some() => Stage::Form(draft, Some(trouble)),
                    source => Stage::Failed(source, trouble),
                },
            });
        });
    }

    /// Makes the plan that is shown again, after a choice.
    pub fn plan_again(&self) {
        match self.stage.get_untracked() {
            Stage::Shown(source, _) | Stage::Failed(source, _) => self.plan(source),
            _ => {}
        }
    }

    /// Applies the plan that is shown.
    pub fn apply(&self, overwrite: Vec<String>) {
        let pane = *self;
        let Stage::Shown(source, plan) = self.stage.get_untracked() else { return };
        let (id, direction) = (plan.id.clone(), plan.direction);
        self.stage.set(Stage::Applying(source.clone(), plan));
        spawn_local(async move {
            match bridge::ask(Message::Apply { plan: id, overwrite }).await {
                Ok(Reply::Run { run }) => {
                    pane.stage.set(Stage::Ran(direction, run.clone()));
                    pane.follow(run).await;
                }
                Ok(_) => pane.stage.set(Stage::Failed(source, bridge::odd())),
                Err(trouble) => {
                    pane.stage.set(Stage::Failed(source, trouble));
                    // A worker that was stopped in the middle goes on by itself: look where things stand.
                    pane.refresh();
                }
            }
        });
    }

    /// Puts the plan or run away; the focus goes back to the button that had asked for it.
    pub fn close_stage(&self) {
        self.stage.set(Stage::Closed);
        focus::soon(
            self.opener.try_update_value(|opener| std::mem::replace(opener, "sync")).unwrap_or("sync").to_owned(),
        );
    }

    /// Takes news of the run that is shown, and of one of the record in view that another page began.
    pub(super) fn run_changed(&self, run: RunView, record: Option<RecordRef>) {
        let shown = self.stage.with_untracked(|stage| match stage {
            Stage::Ran(direction, shown) if shown.id == run.id => Some((*direction, shown.state)),
            _ => None,
        });
        let Some((direction, before)) = shown else {
            let here = record.is_some() && record == self.record.get_untracked() && run.state != RunState::Running;
            match self.stage.get_untracked() {
                // The answer to this page tells how it went.
                Stage::Applying(..) => return,
                Stage::Shown(Source::Record(_) | Source::Undo(_), _) if here => self.stage.set(Stage::Closed),
                _ => {}
            }
            if here {
                self.ended(&run);
            }
            return;
        };
        let ended = before == RunState::Running && run.state != RunState::Running;
        self.stage.set(Stage::Ran(direction, run.clone()));
        if ended {
            self.ended(&run);
        }
    }

    async fn follow(&self, run: RunView) {
        if run.state != RunState::Running {
            return self.ended(&run);
        }
        loop {
            clock::pause(RUN_PAUSE_MS).await;
            let still = self.stage.with_untracked(
                |stage| matches!(stage, Stage::Ran(_, r) if r.id == run.id && r.state == RunState::Running),
            );
            if !still {
                return;
            }
            if let Ok(Reply::Run { run }) = bridge::ask(Message::Run { run: run.id.clone() }).await {
                self.run_changed(run, None);
            }
        }
    }

    fn ended(&self, run: &RunView) {
        self.say(match run.state {
            RunState::Stopped => t!("{title}: stopped at a step that failed.", title = run.title),
            _ => format!("{}.", run.title.trim_end_matches('.')),
        });
        self.refresh();
        self.reload_document();
    }
}
