//! Trying again what failed in a run that came to its end.

use std::collections::HashMap;

use crate::platform::{Host, StoreError};
use crate::sync::apply::queue::{hard, soft};
use crate::sync::journal::{Run, Step, StepState};

/// Steps written in one transaction.
const ROWS: usize = 200;

/// Steps that failed are due again, and with them those that were passed over because of them. What may have
/// been sent is looked up before it is sent again.
pub(super) async fn failed(host: &Host, run: &mut Run) -> Result<(), StoreError> {
    let mut again: Vec<usize> = Vec::new();
    for index in 0..run.steps.len() {
        if run.steps[index].state == StepState::Failed && !run.steps[index].undone {
            again.push(index);
        }
    }
    if again.is_empty() {
        return Ok(());
    }
    let places: HashMap<&str, usize> =
        run.plan.items.iter().enumerate().map(|(place, item)| (item.id.as_str(), place)).collect();
    let mut due = vec![false; run.steps.len()];
    again.iter().for_each(|index| due[*index] = true);
    // Several times, because what needs something need not stand behind it.
    loop {
        let waits = |index: &usize| {
            let item = &run.plan.items[*index];
            let mut needs = hard(item).chain(soft(item)).filter_map(|need| places.get(need));
            !due[*index] && run.steps[*index].state == StepState::Skipped && needs.any(|need| due[*need])
        };
        let more: Vec<usize> = (0..run.steps.len()).filter(waits).collect();
        if more.is_empty() {
            break;
        }
        more.iter().for_each(|index| due[*index] = true);
        again.extend(more);
    }
    for few in again.chunks(ROWS) {
        let reset = few.iter().map(|index| {
            renew(&mut run.steps[*index]);
            run.step_entry(*index)
        });
        let writes = reset.collect();
        host.store.write(writes).await?;
    }
    Ok(())
}

fn renew(step: &mut Step) {
    let sent = step.made || step.all || !step.written.is_empty();
    step.state = if sent { StepState::Sent } else { StepState::Waiting };
    (step.attempts, step.trouble, step.note, step.at) = (0, None, None, None);
}
