//! A run as pages show it.

use crate::sync::describe;
use crate::sync::journal::{Run, StepState, is_step};
use crate::sync::plan::Plan;
use crate::sync::view::{RunState, RunView, StepView};

impl Run {
    /// The run with all its steps: for a run of one record. Large ones are shown by their head and by rows.
    pub fn view(&self) -> RunView {
        let steps = self.plan.items.iter().zip(&self.steps).filter(|(item, _)| is_step(item));
        let views: Vec<StepView> = steps
            .map(|(item, step)| {
                let done = matches!(step.state, StepState::Done | StepState::Skipped);
                let mut sentence = if step.state == StepState::Skipped {
                    String::new()
                } else if step.in_step() {
                    describe::in_step()
                } else if done {
                    describe::done(item, self.plan.direction)
                } else {
                    describe::sentence(item, self.plan.direction)
                };
                if let Some(note) = step.note() {
                    sentence = format!("{sentence} {note}").trim().to_owned();
                }
                StepView {
                    title: item.title.clone(),
                    sentence,
                    done,
                    trouble: step.trouble(),
                    url: step.url.clone().or_else(|| item.url.clone()),
                }
            })
            .collect();
        RunView {
            id: self.id.clone(),
            title: self.title(),
            started: self.started,
            state: self.state,
            url: views.last().and_then(|step| step.url.clone()),
            steps: views,
            undoable: self.undoable(),
            requests: self.requests.0 + self.requests.1,
        }
    }

    /// "Synced Harbour & Finch Ltd to Hudu" at its end, "Sync …" before.
    pub fn title(&self) -> String {
        titled(self.state, &self.plan)
    }
}

/// The title of a run of this plan in this state.
pub(super) fn titled(state: RunState, plan: &Plan) -> String {
    match state {
        RunState::Done | RunState::Part | RunState::Undone => describe::done_title(plan),
        RunState::Running | RunState::Paused | RunState::Stopped => describe::title(plan),
    }
}
