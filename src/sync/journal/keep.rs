//! Runs in the store: written once in chunks, then step by step.

use std::collections::HashSet;

use crate::halo::record::RecordRef;
use crate::platform::json::{get, parse as parse_json, put};
use crate::platform::{Host, StoreError, Table, Write};
use crate::sync::journal::head::{Head, Stored, parse};
use crate::sync::journal::{Run, Step, legacy};
use crate::sync::plan::{Link, Subject};
use crate::sync::shelf;
use crate::sync::view::RunState;

/// Items per row.
pub(super) const CHUNK: usize = 200;

/// Rows per transaction while a run is written down.
const ROWS: usize = 20;

impl Run {
    /// The changes that store the head, and note the run as open while it goes on by itself.
    pub fn header(&self) -> Vec<Write> {
        let open = (self.state == RunState::Running).then(|| "true".to_owned());
        vec![Head::of(self).entry(), Write { table: Table::Journal, key: open_key(&self.id), value: open }]
    }

    /// The change that stores one step.
    pub(in crate::sync) fn step_entry(&self, index: usize) -> Write {
        put(Table::Journal, step_key(&self.id, index), &self.steps[index])
    }

    /// The change that keeps the link as it was before the step.
    pub(in crate::sync) fn link_entry(&self, index: usize, link: &Link) -> Write {
        put(Table::Journal, link_key(&self.id, index), link)
    }
}

pub(super) fn open_key(run: &str) -> String {
    format!("open/{run}")
}

pub(super) fn step_key(run: &str, index: usize) -> String {
    format!("step/{run}/{index:06}")
}

pub(super) fn link_key(run: &str, index: usize) -> String {
    format!("link/{run}/{index:06}")
}

pub(super) fn item_key(run: &str, chunk: usize) -> String {
    format!("item/{run}/{chunk:06}")
}

pub(super) fn names_key(run: &str) -> String {
    format!("names/{run}")
}

/// Writes a whole new run down: the items first, so that a head stands for a run that is all there.
/// `more` changes in the same moment as the head.
pub(in crate::sync) async fn save_all(host: &Host, run: &Run, more: Vec<Write>) -> Result<(), StoreError> {
    let mut writes: Vec<Write> = Vec::new();
    let chunks = run.plan.items.len().div_ceil(CHUNK);
    if chunks >= ROWS {
        // Found again by this where it ends before the head is written.
        writes.push(put(Table::Journal, open_key(&run.id), &chunks));
    }
    for (number, items) in run.plan.items.chunks(CHUNK).enumerate() {
        writes.push(Write { table: Table::Journal, key: item_key(&run.id, number), value: Some(shelf::fold(items)) });
        if writes.len() >= ROWS {
            host.store.write(std::mem::take(&mut writes)).await?;
        }
    }
    if !run.plan.clients.is_empty() {
        writes.push(put(Table::Journal, names_key(&run.id), &run.plan.clients));
    }
    writes.extend(run.header());
    if let Subject::Record(record, _) = &run.plan.subject {
        writes.push(put(Table::Journal, format!("last/{}", record.key()), &run.id));
    }
    writes.extend(more);
    host.store.write(writes).await
}

/// Reads a run with its items and steps.
pub async fn load(host: &Host, id: &str) -> Result<Option<Run>, StoreError> {
    let Some(text) = host.store.get(Table::Journal, &format!("run/{id}")).await? else { return Ok(None) };
    let head = match parse(&text)? {
        Stored::Head(head) => head,
        Stored::Old(value) => {
            // From now on in the form of this version, so that it can go on or be taken back.
            let run = legacy::run(host, value).await?;
            save_all(host, &run, Vec::new()).await?;
            return Ok(Some(run));
        }
    };
    let mut run = Run {
        id: head.id,
        who: head.who,
        started: head.started,
        ended: head.ended,
        plan: head.plan,
        state: head.state,
        requests: head.requests,
        looked: head.looked,
        waits: head.waits,
        waited: head.waited.unwrap_or_default(),
        steps: vec![Step::default(); head.items],
    };
    run.plan.items.reserve_exact(head.items);
    for (_, text) in host.store.scan(Table::Journal, &format!("item/{id}/")).await? {
        run.plan.items.extend(shelf::unfold(&text)?);
    }
    if run.plan.items.len() != run.steps.len() {
        return Err(StoreError::Broken("a run lacks some of its items".to_owned()));
    }
    run.plan.clients = get(host, Table::Journal, &names_key(id)).await?.unwrap_or_default();
    read_steps(host, &mut run).await?;
    Ok(Some(run))
}

pub(super) async fn read_steps(host: &Host, run: &mut Run) -> Result<(), StoreError> {
    let prefix = format!("step/{}/", run.id);
    for (key, text) in host.store.scan(Table::Journal, &prefix).await? {
        let index: Option<usize> = key.strip_prefix(&prefix).and_then(|n| n.parse().ok());
        if let Some(slot) = index.and_then(|index| run.steps.get_mut(index)) {
            *slot = parse_json(&text)?;
        }
    }
    Ok(())
}

/// The links as they were before each step, by index.
pub(in crate::sync) async fn links_before(host: &Host, run: &Run) -> Result<Vec<Option<Link>>, StoreError> {
    let mut links: Vec<Option<Link>> = run.steps.iter().map(|step| step.link_before.clone()).collect();
    let prefix = format!("link/{}/", run.id);
    for (key, text) in host.store.scan(Table::Journal, &prefix).await? {
        let index: Option<usize> = key.strip_prefix(&prefix).and_then(|n| n.parse().ok());
        if let Some(slot) = index.and_then(|index| links.get_mut(index)) {
            *slot = Some(parse_json(&text)?);
        }
    }
    Ok(links)
}

/// Notes that these steps of a run were taken back, and what became of the run by that.
pub(in crate::sync) async fn amend(host: &Host, mut run: Run, undone: &HashSet<&str>) -> Result<(), StoreError> {
    let mut writes = Vec::new();
    for index in 0..run.steps.len() {
        let item = &run.plan.items[index];
        let taken = |id: &str| undone.contains(id);
        if (taken(&item.id) || item.of.as_deref().is_some_and(taken)) && !run.steps[index].undone {
            run.steps[index].undone = true;
            writes.push(run.step_entry(index));
        }
        if writes.len() >= CHUNK {
            host.store.write(std::mem::take(&mut writes)).await?;
        }
    }
    let left = run.plan.items.iter().zip(&run.steps).any(|(item, step)| step.undoable(item));
    if !left && !matches!(run.state, RunState::Running | RunState::Paused) {
        run.state = RunState::Undone;
    }
    writes.extend(run.header());
    host.store.write(writes).await
}

/// Ids of the runs that go on by themselves, oldest first.
pub async fn open(host: &Host) -> Result<Vec<String>, StoreError> {
    let rows = host.store.scan(Table::Journal, "open/").await?;
    let id = |(key, text): (String, String)| (text == "true").then(|| key.trim_start_matches("open/").to_owned());
    Ok(rows.into_iter().filter_map(id).collect())
}

/// The last run that was meant for this record.
pub async fn last(host: &Host, record: RecordRef) -> Result<Option<Run>, StoreError> {
    match get::<String>(host, Table::Journal, &format!("last/{}", record.key())).await? {
        Some(id) => load(host, &id).await,
        None => Ok(None),
    }
}

/// Ids of all runs, oldest first, with their state.
pub async fn list(host: &Host) -> Result<Vec<(String, RunState)>, StoreError> {
    let rows = host.store.scan(Table::Journal, "run/").await?;
    let mut list = Vec::new();
    for (_, text) in &rows {
        match parse(text)? {
            Stored::Head(head) => list.push((head.id, head.state)),
            Stored::Old(value) => {
                let run = legacy::run(host, value).await?;
                list.push((run.id, run.state));
            }
        }
    }
    Ok(list)
}
