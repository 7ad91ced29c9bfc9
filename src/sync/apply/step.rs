//! One step: look, write down, send, write down.

use crate::platform::Table;
use crate::platform::Write;
use crate::platform::json::{get, put};
use crate::sync::apply::go::Go;
use crate::sync::apply::twins::older;
use crate::sync::error::SyncError;
use crate::sync::journal::{Step, StepState};
use crate::sync::plan::{Change, Item, Keep, Link, Target};
use crate::sync::verify::{parts, target};
use crate::sync::view::Action;
use crate::sync::write::{Look, Written};

/// How often a step is sent after its answer was lost, within one go.
const RESENDS: u32 = 3;

impl Go<'_> {
    /// Does one step. Where it fails, the step is as it was or, if a part of it was written, says so.
    pub(super) async fn step(&self, index: usize) -> Result<(), SyncError> {
        let (item, note) = match self.ready(index) {
            Ok(ready) => ready,
            Err(why) => return Ok(self.skip(index, why).await?),
        };
        for _ in 0..=RESENDS {
            let sent = self.run.borrow().steps[index].state == StepState::Sent;
            let todo = match self.look(index, &item, sent).await? {
                Look::Done { target, url, twins, ours } => {
                    // An earlier try of this run made it, or somebody else did.
                    let made = sent && ours && item.action == Action::Create;
                    self.put_away(&item, &twins).await;
                    let written = Written { target, url, note };
                    return self.finish(index, &item, written, made || item.action != Action::Create).await;
                }
                Look::Todo(todo) => todo,
            };
            match self.send(index, &item, &todo).await {
                Ok(mut written) => {
                    written.note = both(note, written.note);
                    if self.news.is_none() && item.action == Action::Create {
                        // Few writes: whether another browser made it in the same moment is asked at once.
                        let others = self.writer.counterparts(&item, false).await?;
                        if let Some(older) = older(others, written.target) {
                            return self.adopt(index, &item, written.target, older.id, Some(older.url)).await;
                        }
                    }
                    return self.finish(index, &item, written, true).await;
                }
                Err(SyncError::Api(error)) if error.maybe_done() => continue,
                Err(error) => match self.writer.forgivable(&item, &error) {
                    Some(why) => return Ok(self.skip(index, why).await?),
                    None => return Err(error),
                },
            }
        }
        Err(SyncError::Lost(item.title))
    }

    /// What is left to do: by what is known of both sides, or by a look at the record itself where the
    /// run is small or an earlier try may have arrived.
    async fn look(&self, index: usize, item: &Item, sent: bool) -> Result<Look, SyncError> {
        let Some(news) = self.news.as_ref().filter(|_| !sent) else { return self.writer.look(item, sent).await };
        match &item.target {
            Target::Company(_) | Target::Asset { .. } => news.look(index, item),
            Target::Article { .. } => match self.articles.look(self, item).await? {
                Some(look) => Ok(look),
                None => self.writer.look(item, false).await,
            },
            _ => self.writer.look(item, false).await,
        }
    }

    /// Sends what is to be done: one request, or two where values change and the record is put away or
    /// fetched back. Each is written down before it is sent.
    async fn send(&self, index: usize, item: &Item, todo: &[Change]) -> Result<Written, SyncError> {
        let link = match link_key(item) {
            Some(key) if self.run.borrow().steps[index].state != StepState::Sent => {
                get::<Link>(self.host(), Table::Links, &key).await?
            }
            _ => None,
        };
        let mut more: Vec<Write> = link.iter().map(|link| self.run.borrow().link_entry(index, link)).collect();
        let mut result = None;
        for part in parts(todo) {
            let before = self.run.borrow().steps[index].clone();
            let whole = item.changes.len() == self.run.borrow().plan.items[index].changes.len();
            let now = self.host().clock.now();
            let sending = |step: &mut Step| {
                step.state = StepState::Sent;
                step.began = step.began.or(Some(now));
                step.made = item.action == Action::Create;
                step.target = step.target.or(target(item));
                remember(step, item, &part, whole);
            };
            self.note(index, sending, std::mem::take(&mut more)).await?;
            match self.writer.send(item, &part).await {
                Ok(written) => result = Some(join(result, written)),
                Err(SyncError::Api(error)) if error.maybe_done() => return Err(error.into()),
                Err(error) => {
                    // Refused: nothing of this part was done.
                    let back = |step: &mut Step| {
                        *step = Step { state: StepState::Waiting, attempts: step.attempts, ..before };
                    };
                    self.note(index, back, Vec::new()).await?;
                    return Err(error);
                }
            }
        }
        result.ok_or_else(|| SyncError::Lost(item.title.clone()))
    }

    /// Writes a step down as done, together with the link that it makes or changes. `ours` tells that the
    /// values are those of this item.
    pub(super) async fn finish(
        &self,
        index: usize,
        item: &Item,
        written: Written,
        ours: bool,
    ) -> Result<(), SyncError> {
        let mut changes = Vec::new();
        if let Some(key) = link_key(item) {
            match &item.keep {
                Keep::Synced => {
                    let mut link: Link = get(self.host(), Table::Links, &key).await?.unwrap_or_default();
                    link.target = written.target;
                    link.chosen = false;
                    link.synced.extend(item.agreed.clone());
                    if ours {
                        let values = item.changes.iter().map(|change| (change.slot.key(), change.after.clone()));
                        link.synced.extend(values);
                    }
                    changes.push(put(Table::Links, key, &link));
                }
                Keep::Restore(Some(link)) => changes.push(put(Table::Links, key, link.as_ref())),
                Keep::Restore(None) => changes.push(Write { table: Table::Links, key, value: None }),
            }
        }
        let now = self.host().clock.now();
        let end = |step: &mut Step| {
            step.state = StepState::Done;
            step.target = Some(written.target);
            step.url = written.url.or_else(|| item.url.clone());
            step.note = written.note;
            step.trouble = None;
            step.made &= ours;
            if !ours {
                // Nothing of it is this run's, so nothing is to be taken back.
                (step.all, step.written) = (false, Vec::new());
            }
            step.at = Some(now);
        };
        Ok(self.note(index, end, changes).await?)
    }
}

/// Under which key the link of an item is kept: the Halo record's, or the Hudu article's.
pub(super) fn link_key(item: &Item) -> Option<String> {
    if item.id.starts_with("hudu-article/") {
        return Some(item.id.clone());
    }
    // A note is about a ticket, and links it with nothing.
    let record = item.record.filter(|_| !matches!(item.target, Target::TicketNote { .. }));
    record.map(|record| record.key())
}

/// Adds what is about to be written to what the step knows that it wrote.
fn remember(step: &mut Step, item: &Item, part: &[Change], whole: bool) {
    if step.all {
        return;
    }
    for change in part {
        if !step.written.iter().any(|other| other.slot.is(&change.slot)) {
            step.written.push(change.clone());
        }
    }
    if whole && step.written.len() == item.changes.len() {
        step.all = true;
        step.written = Vec::new();
    }
}

fn join(before: Option<Written>, after: Written) -> Written {
    Written { note: both(before.and_then(|before| before.note), after.note), ..after }
}

pub(super) fn both(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} {second}")),
        (first, second) => first.or(second),
    }
}
