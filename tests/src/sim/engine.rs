//! One engine: a worker with a store of its own, which plans and applies everything, dies and wakes.

use std::io::Write;
use std::rc::Rc;

use futures::future::{Either, select};
use sidelight::halo::Halo;
use sidelight::halo::auth::CLIENT_SECRET;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::http::{Patience, Rate};
use sidelight::hudu::Hudu;
use sidelight::hudu::connection::HuduConnection;
use sidelight::platform::Table;
use sidelight::settings::SyncSettings;
use sidelight::sync::apply::{self, Order};
use sidelight::sync::error::SyncError;
use sidelight::sync::journal::{self, Run};
use sidelight::sync::plan::Plan;
use sidelight::sync::sides::Sides;
use sidelight::sync::survey;
use sidelight::sync::table::Scope;
use sidelight::sync::view::{Action, RunState};
use sidelight::sync::watch::Nobody;
use sidelight::vault::Vault;
use sidelight_sandbox::Sandbox;

use crate::host::{MemoryStore, TestHost};
use crate::sim::chance::Chance;
use crate::sim::weather::Weather;

/// Requests that an engine allows itself: Halo's and Hudu's published allowances.
const RATES: (Rate, Rate) = (Rate { requests: 500, seconds: 180 }, Rate { requests: 1500, seconds: 300 });

/// One browser, or one machine with the command line.
pub struct Engine {
    pair: Sandbox,
    settings: SyncSettings,
    weather: Rc<Weather>,
    chance: Chance,
    /// What outlives the worker.
    pub store: Rc<MemoryStore>,
    /// How often a worker was stopped in the middle.
    pub deaths: u64,
    /// How many runs were begun.
    pub runs: u64,
}

/// What one go came to.
#[derive(Debug)]
pub enum Went {
    /// Nothing was to be written.
    Nothing,
    /// A run came to its end, or has to wait.
    Ran,
    /// The worker was stopped.
    Died,
    /// It could not be planned or begun.
    Failed(SyncError),
}

impl Engine {
    /// With an empty store.
    pub fn new(pair: &Sandbox, settings: &SyncSettings, weather: &Rc<Weather>, chance: Chance) -> Self {
        Self {
            pair: pair.clone(),
            settings: settings.clone(),
            weather: weather.clone(),
            chance,
            store: Rc::new(MemoryStore::default()),
            deaths: 0,
            runs: 0,
        }
    }

    /// A worker, woken on the engine's store.
    pub async fn wake(&mut self, mixed: bool) -> (TestHost, Sides) {
        let host = TestHost::on(&self.pair, self.store.clone(), self.chance.draw());
        let sides = sides(&host, &self.pair, &self.settings).await;
        host.net.weather.replace(Some(self.weather.clone()));
        if mixed {
            host.moments.mix(self.chance.branch());
        }
        (host, sides)
    }

    /// Goes on with what is open, then plans everything and applies it. In a storm one item may be left
    /// out; with `mortal` the worker may be stopped at any await.
    pub async fn go(&mut self, storm: bool, mortal: bool) -> Went {
        let (host, sides) = self.wake(true).await;
        if mortal {
            host.moments.stop_after(self.chance.below(400) as u64);
        }
        let except = storm && self.chance.one_in(10);
        let work = Box::pin(work(&sides, except));
        let moments = host.moments.clone();
        let death = Box::pin(moments.stopped());
        match select(work, death).await {
            Either::Left((went, _)) => {
                self.runs += u64::from(matches!(went, Went::Ran));
                went
            }
            Either::Right(_) => {
                self.deaths += 1;
                Went::Died
            }
        }
    }

    /// The plan for everything as it is now, without faults and deaths.
    pub async fn plan(&mut self) -> Result<Plan, SyncError> {
        let (_host, sides) = self.wake(false).await;
        survey::everything(&sides, &Scope::default(), &Nobody).await
    }

    /// Every run in the journal.
    pub async fn journal(&mut self) -> Vec<Run> {
        let (host, _) = self.wake(false).await;
        let mut runs = Vec::new();
        for (key, _) in self.store.dump(Table::Journal) {
            if let Some(id) = key.strip_prefix("run/") {
                let run = journal::load(&host.host, id).await.expect("the journal reads");
                runs.extend(run);
            }
        }
        runs
    }
}

/// Clients of the pair for a worker, as a sync has them.
pub async fn sides(host: &TestHost, pair: &Sandbox, settings: &SyncSettings) -> Sides {
    let credentials = pair.halo.credentials();
    let vault = Vault::new(host.host.clone());
    vault.put(CLIENT_SECRET, &credentials.client_secret).await.expect("the vault takes a secret");
    let halo = HaloConnection {
        origin: "http://halo.test".to_owned(),
        auth_server: None,
        tenant: Some(credentials.tenant.clone()),
        client_id: credentials.client_id.clone(),
        sign_in: HaloSignIn::ClientSecret,
    };
    let hudu = HuduConnection { origin: "http://hudu.test".to_owned() };
    let patience = Patience::UNLIMITED;
    Sides {
        halo: Halo::new(host.host.clone(), halo, Rc::new(vault), RATES.0, patience),
        hudu: Hudu::new(host.host.clone(), hudu, pair.hudu.api_key(), RATES.1, patience),
        settings: settings.clone(),
        host: host.host.clone(),
    }
}

async fn work(sides: &Sides, leave_one_out: bool) -> Went {
    match resume(sides).await {
        Ok(()) => {}
        Err(error) => return Went::Failed(error),
    }
    match plan_and_apply(sides, leave_one_out).await {
        Ok(went) => went,
        Err(error) => Went::Failed(error),
    }
}

/// Goes on with every run that is open.
pub async fn resume(sides: &Sides) -> Result<(), SyncError> {
    for id in journal::open(&sides.host).await? {
        if let Some(mut run) = journal::load(&sides.host, &id).await? {
            finish(sides, &mut run).await?;
        }
    }
    Ok(())
}

/// Goes on as the service does: what has to wait is tried again when the time has come.
pub async fn finish(sides: &Sides, run: &mut Run) -> Result<(), SyncError> {
    for _ in 0..8 {
        apply::go_on(sides, run, &Nobody).await?;
        if run.state != RunState::Running {
            break;
        }
        sides.host.clock.sleep(60_000).await;
    }
    Ok(())
}

async fn plan_and_apply(sides: &Sides, leave_one_out: bool) -> Result<Went, SyncError> {
    let plan = survey::everything(sides, &Scope::default(), &Nobody).await?;
    trace(&plan);
    let except = plan.items.iter().filter(|item| item.writes()).take(usize::from(leave_one_out));
    let except = except.map(|item| item.id.clone()).collect();
    let order = Order { except, confirmed: true, who: "sim".to_owned(), ..Order::default() };
    let mut run = match apply::begin(&sides.host, plan, &order).await {
        Ok(run) => run,
        Err(SyncError::NotReady) => return Ok(Went::Nothing),
        Err(error) => return Err(error),
    };
    finish(sides, &mut run).await?;
    Ok(Went::Ran)
}

/// What a plan writes goes to standard error where `SIDELIGHT_TRACE` is set.
fn trace(plan: &Plan) {
    if std::env::var_os("SIDELIGHT_TRACE").is_none() {
        return;
    }
    for item in plan.items.iter().filter(|item| item.writes() || item.action == Action::Ambiguous) {
        let changes: Vec<_> = item.changes.iter().map(|change| (change.slot.key(), &change.after)).collect();
        let line =
            format!("made {}: {:?} {} {:?} {:?} {changes:?}", plan.made, item.action, item.id, item.title, item.target);
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}
