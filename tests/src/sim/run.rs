//! One seed: a world, engines, faults, deaths and people; then quiet; then judgement.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use futures::future::join_all;
use serde_json::Value;
use sidelight::mapping::record::HuduRecord;
use sidelight::sync::apply::{self, Order};
use sidelight::sync::error::SyncError;
use sidelight::sync::journal::Run;
use sidelight::sync::plan::{Item, Plan};
use sidelight::sync::view::{Action, RunState};
use sidelight_sandbox::{Options, Sandbox};

use crate::host::sandbox_with;
use crate::sim::chance::Chance;
use crate::sim::engine::{self, Engine, Went};
use crate::sim::judge::Judge;
use crate::sim::reading::{Shapes, slots};
use crate::sim::weather::Weather;
use crate::sim::{draw, people, world};

/// Goes that engines get to come to rest once nothing goes wrong any more.
const GOES: usize = 8;

/// Hudu's resources that a sync has no business with.
const HUDU_ALONE: [&str; 8] =
    ["articles", "folders", "lists", "asset_passwords", "procedures", "relations", "networks", "websites"];

/// Halo's resources that a sync has no business with.
const HALO_ALONE: [&str; 7] = ["Client", "Site", "Users", "Asset", "ClientContract", "AssetType", "Tickets"];

/// What one seed, or many, brought about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Things injected or done, by name.
    pub counts: BTreeMap<String, u64>,
}

impl Tally {
    /// So many more of it.
    pub fn add(&mut self, name: &str, count: u64) {
        *self.counts.entry(name.to_owned()).or_default() += count;
    }

    /// Both together.
    pub fn join(&mut self, other: Self) {
        for (name, count) in other.counts {
            self.add(&name, count);
        }
    }
}

/// Runs one seed under virtual time. The error lists what did not hold, what was drawn last.
pub fn seed(seed: u64) -> Result<Tally, Vec<String>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.map_err(|error| vec![error.to_string()])?;
    runtime.block_on(async { Scene::new(seed).play().await })
}

struct Scene {
    chance: Chance,
    pair: Sandbox,
    weather: Rc<Weather>,
    engines: Vec<Engine>,
    settings: sidelight::settings::SyncSettings,
    tally: Tally,
    /// Assets and companies that people brought back: a double of theirs is not the engines'.
    by_people: HashSet<i64>,
    faults: Vec<String>,
}

impl Scene {
    fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let settings = draw::settings(&mut chance);
        let per_mille = *chance.pick(&[0, 10, 30, 80]);
        let options = Options {
            world: world::world(&mut chance),
            halo: draw::halo(&mut chance),
            hudu: draw::hudu(&mut chance, per_mille == 0),
            ..Options::default()
        };
        let pair = sandbox_with(options);
        world::upset(&pair, &mut chance);
        pair.watch_writes();
        let weather = Rc::new(Weather::new(chance.branch(), per_mille));
        let most = if pair.hudu.switches().fields_merge { 3 } else { 1 };
        let engines =
            (0..chance.between(1, most)).map(|_| Engine::new(&pair, &settings, &weather, chance.branch())).collect();
        Self {
            chance,
            pair,
            weather,
            engines,
            settings,
            tally: Tally::default(),
            by_people: HashSet::new(),
            faults: Vec::new(),
        }
    }

    async fn play(mut self) -> Result<Tally, Vec<String>> {
        let rounds = self.chance.between(1, 3);
        for round in 0..rounds {
            if round > 0 {
                self.people();
            }
            let alone = self.alone();
            for _ in 0..self.chance.between(1, 2) {
                self.storm().await;
            }
            self.still(&alone);
        }
        self.weather.clear_up();
        self.people();
        let alone = self.alone();
        self.rest().await;
        self.still(&alone);
        let mut runs = Vec::new();
        for engine in &mut self.engines {
            runs.extend(engine.journal().await);
        }
        let mut judge = Judge::new(&self.pair, &self.settings, &runs);
        judge.writes();
        judge.duplicates(&self.by_people);
        self.faults.append(&mut judge.faults);
        if self.faults.is_empty() {
            self.undo().await;
        }
        self.sum_up();
        if self.faults.is_empty() {
            return Ok(self.tally);
        }
        self.faults.push(format!(
            "drawn: {:?} {:?} {:?}",
            self.settings,
            self.pair.halo.switches(),
            self.pair.hudu.switches()
        ));
        Err(self.faults)
    }

    /// People do something on both sides.
    fn people(&mut self) {
        for edit in people::work(&self.pair, &mut self.chance) {
            self.tally.add(&format!("edit: {}", edit.what), 1);
            self.by_people.extend(edit.brought_back);
        }
    }

    /// All engines at once, each of which may die.
    async fn storm(&mut self) {
        let mortal = self.chance.one_in(2) && self.pair.hudu.switches().fields_merge;
        let went = join_all(self.engines.iter_mut().map(|engine| engine.go(true, mortal))).await;
        for went in went {
            if let Went::Failed(error) = went {
                self.tally.add("goes that failed", 1);
                if matches!(error, SyncError::Store(_)) {
                    self.faults.push(format!("the store failed: {error}"));
                }
            }
        }
    }

    /// Nothing goes wrong any more: all come to rest.
    async fn rest(&mut self) {
        for go in 0..GOES {
            let mut all = true;
            for at in 0..self.engines.len() {
                match self.engines[at].go(false, false).await {
                    Went::Nothing => {}
                    Went::Failed(error) => {
                        all = false;
                        if go + 1 == GOES {
                            self.faults.push(format!("engine {at} cannot plan without faults: {error}"));
                        }
                    }
                    _ => all = false,
                }
            }
            if all {
                break;
            }
        }
        for at in 0..self.engines.len() {
            let plan = match self.engines[at].plan().await {
                Ok(plan) => plan,
                Err(error) => {
                    self.faults.push(format!("engine {at} cannot plan: {error}"));
                    continue;
                }
            };
            let runs = if open(&plan).next().is_some() { self.engines[at].journal().await } else { Vec::new() };
            for item in open(&plan) {
                let last = runs.iter().max_by(|one, other| one.id.cmp(&other.id)).and_then(|run| {
                    run.plan.items.iter().zip(&run.steps).find(|(own, _)| own.id == item.id).map(|(_, step)| step)
                });
                let said = last.map(|step| (step.state, step.note.clone(), step.trouble.clone()));
                self.faults.push(format!("engine {at} does not come to rest: {} after {said:?}", told(item)));
            }
        }
    }

    /// What no sync may touch, as it is now.
    fn alone(&self) -> Vec<(&'static str, Vec<Value>)> {
        let hudu = HUDU_ALONE.iter().map(|resource| (*resource, self.pair.hudu.all(resource)));
        let halo = HALO_ALONE.iter().map(|resource| (*resource, self.pair.halo.all(resource)));
        hudu.chain(halo).collect()
    }

    fn still(&mut self, before: &[(&'static str, Vec<Value>)]) {
        for ((resource, before), (_, now)) in before.iter().zip(self.alone()) {
            if *before != now {
                let changed = before.iter().zip(&now).find(|(one, other)| one != other);
                self.faults.push(format!("{resource} changed: {changed:?}"));
            }
        }
    }

    /// People edit Halo, one engine syncs, the run is undone: Hudu is as before in every slot.
    async fn undo(&mut self) {
        for _ in 0..3 {
            people::in_halo(&self.pair, &mut self.chance);
        }
        let shapes = Shapes::of(&self.pair);
        let before: BTreeMap<(&str, i64), HuduRecord> =
            shapes.all(&self.pair).into_iter().map(|(resource, record)| ((resource, record.id), record)).collect();
        let known = self.engines[0].journal().await.len();
        if !matches!(self.engines[0].go(false, false).await, Went::Ran) {
            return;
        }
        let mut runs = self.engines[0].journal().await;
        runs.sort_by(|one, other| one.id.cmp(&other.id));
        let Some(run) = runs.pop().filter(|_| runs.len() >= known) else { return };
        match self.take_back(&run).await {
            Ok(true) => {}
            Ok(false) | Err(SyncError::NothingToUndo) => return,
            Err(error) => return self.faults.push(format!("undo failed: {error}")),
        }
        self.tally.add("runs undone", 1);
        for (resource, now) in Shapes::of(&self.pair).all(&self.pair) {
            let Some(old) = before.get(&(resource, now.id)) else {
                if !now.archived {
                    self.faults.push(format!("undo left {resource} {} ({}) active", now.id, now.name));
                }
                continue;
            };
            for slot in slots(Some(old), &now) {
                if old.value(&slot) != now.value(&slot) {
                    self.faults.push(format!(
                        "undo: {resource} {} {}: {:?} is now {:?}",
                        now.id,
                        slot.key(),
                        old.value(&slot),
                        now.value(&slot)
                    ));
                }
            }
        }
    }

    async fn take_back(&mut self, run: &Run) -> Result<bool, SyncError> {
        let (_host, sides) = self.engines[0].wake(false).await;
        let plan = sides.plan_undo(run, None).await?;
        let order = Order { confirmed: true, overwrite: plan.conflicts(), ..Order::default() };
        let mut back = apply::begin(&sides.host, plan, &order).await?;
        engine::finish(&sides, &mut back).await?;
        Ok(back.state == RunState::Done)
    }

    fn sum_up(&mut self) {
        self.tally.add("seeds", 1);
        for engine in &self.engines {
            self.tally.add("engines", 1);
            self.tally.add("deaths", engine.deaths);
            self.tally.add("runs", engine.runs);
        }
        for (name, count) in &*self.weather.struck.borrow() {
            self.tally.add(&format!("fault: {name}"), *count);
        }
        for server in [sidelight_sandbox::Server::Halo, sidelight_sandbox::Server::Hudu] {
            self.tally.add("requests", self.pair.request_count(server) as u64);
            self.tally.add("writes", self.pair.written(server).len() as u64);
        }
    }
}

/// Items that still write, but for those that wait for a person.
fn open(plan: &Plan) -> impl Iterator<Item = &Item> {
    plan.items.iter().filter(|item| item.writes() && item.action != Action::Conflict)
}

fn told(item: &Item) -> String {
    let changes: Vec<_> =
        item.changes.iter().map(|change| (change.slot.key(), &change.before, &change.after)).collect();
    format!("{:?} {} ({}): {changes:?}", item.action, item.id, item.title)
}
