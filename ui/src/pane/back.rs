//! Writing back by hand: from a form to its plan.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Back, Message, Reply};
use sidelight::sync::back::{FormView, Typed};

use super::{Pane, Source, Stage};
use crate::bridge;

/// What is about to be written back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What.
    pub back: Back,
    /// Its form; `None` where it has none, or while it is fetched.
    pub form: Option<FormView>,
    /// What was typed into the form.
    pub typed: Vec<Typed>,
}

impl Pane {
    /// Plans what needs no form, and shows the form of everything else.
    pub fn write_back(&self, back: Back) {
        let pane = *self;
        let draft = Draft { back: back.clone(), form: None, typed: Vec::new() };
        let source = Source::Back(draft.clone());
        if matches!(back, Back::Attach { .. } | Back::Insert { .. } | Back::Trail { .. }) {
            return self.plan(source);
        }
        self.stage.set(Stage::Planning(source.clone()));
        spawn_local(async move {
            let answer = bridge::ask(Message::Form { back }).await;
            if pane.stage.get_untracked() != Stage::Planning(source.clone()) {
                return;
            }
            pane.stage.set(match answer {
                Ok(Reply::Form { form }) => Stage::Form(Draft { form: Some(form), ..draft }, None),
                Ok(_) => Stage::Failed(source, bridge::odd()),
                Err(trouble) => Stage::Failed(source, trouble),
            });
        });
    }

    /// Asks for what a plan was made of again: the form where there is none yet, else the plan.
    pub fn again(&self, source: Source) {
        match source {
            Source::Back(Draft { back, form: None, .. }) => self.write_back(back),
            source => self.plan(source),
        }
    }
}
