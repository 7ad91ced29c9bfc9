//! A plan becomes a run, and the run goes to its end.

use sidelight::sync::apply::{self, Order};
use sidelight::sync::journal::Run;
use sidelight::sync::plan::Plan;
use sidelight::sync::sides::Sides;
use sidelight::sync::view::{RunState, RunView};
use sidelight::trouble::{Retry, Trouble};

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::progress::Meter;
use crate::show::{self, Report};

/// Who started a run, beside the agent that is signed in to HaloITSM.
const WHO: &str = "command line";
/// How often a run that has to wait is gone on with before the command ends.
const GOES: usize = 4;
/// First wait where the server names no time, in milliseconds; doubled each time.
const FIRST_WAIT_MS: i64 = 2_000;
/// Longest wait for a time that the server names, in milliseconds: an allowance is renewed within five minutes.
const LONGEST_WAIT_MS: i64 = 5 * 60_000 + 5_000;

/// What a person agreed to beside the plan itself.
#[derive(Debug, Default)]
pub struct Agreed {
    /// Items that are left out.
    pub except: Vec<String>,
    /// Items in conflict that are written over.
    pub overwrite: Vec<String>,
    /// To what the plan's guard says.
    pub confirmed: bool,
}

/// Applies the plan, shows where it ended and adds it to the report.
pub async fn apply(
    desk: &Desk,
    out: &Out,
    sides: &Sides,
    plan: Plan,
    agreed: Agreed,
    report: &mut Report,
) -> Result<Exit, Failure> {
    let _turn = desk.turn(out)?;
    let Agreed { except, overwrite, confirmed } = agreed;
    let order = Order { except, overwrite, confirmed, who: who(sides).await, ..Order::default() };
    let mut run = apply::begin(&desk.host, plan, &order).await?;
    on(desk, out, sides, &mut run).await?;
    let view = run.view();
    out.text("");
    show::run(out, &run, &view);
    if matches!(view.state, RunState::Running | RunState::Paused) {
        out.failure("The run is not at its end. `sidelight resume` goes on with it.");
    }
    let exit = Exit::of_run(&view);
    report.run = Some(view);
    Ok(exit)
}

/// Who starts a run: the agent that is signed in to HaloITSM, from here.
async fn who(sides: &Sides) -> String {
    let agent = sides.halo.me().await.ok().and_then(|me| me.name).filter(|name| !name.is_empty());
    agent.map_or_else(|| WHO.to_owned(), |name| format!("{name}, {WHO}"))
}

/// Goes on with a run until it is done, stopped or paused, with a few waits in between.
pub async fn on(desk: &Desk, out: &Out, sides: &Sides, run: &mut Run) -> Result<(), Failure> {
    for go in 1..=GOES {
        let meter = Meter::new(&desk.interrupt);
        apply::go_on(sides, run, &meter).await?;
        drop(meter);
        if run.state != RunState::Running || go == GOES || desk.interrupt.asked() {
            break;
        }
        let trouble = trouble(&run.view());
        let named = trouble.until.map(|until| (until - desk.host.clock.now()).max(1_000));
        let wait = named.unwrap_or(FIRST_WAIT_MS << (go - 1));
        if wait > LONGEST_WAIT_MS {
            break;
        }
        out.note(&format!("{} Trying again in {} s.", trouble.sentence, (wait + 999) / 1000));
        desk.host.clock.sleep(wait).await;
    }
    Ok(())
}

/// Why a run waits.
pub fn trouble(run: &RunView) -> Trouble {
    run.steps.iter().find_map(|step| step.trouble.clone().filter(|_| !step.done)).unwrap_or_else(|| Trouble {
        code: "sync.run_open".to_owned(),
        retry: Retry::Later,
        sentence: "Try again in a few minutes.".to_owned(),
        until: None,
    })
}
