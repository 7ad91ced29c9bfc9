//! Runs that were left open: the process was killed, or a server took no more requests.

use sidelight::sync::apply;
use sidelight::sync::journal::{self, Run};
use sidelight::sync::sides::Sides;
use sidelight::sync::view::{RunState, RunView};
use sidelight::trouble::{Retry, Trouble};

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::show;

/// How often a run that has to wait is gone on with before the command ends.
const GOES: usize = 4;
/// First wait where the server names no time, in milliseconds; doubled each time.
const FIRST_WAIT_MS: i64 = 2_000;
/// Longest wait for a time that the server names, in milliseconds: an allowance is renewed within five minutes.
const LONGEST_WAIT_MS: i64 = 5 * 60_000 + 5_000;

/// `sidelight resume`.
pub async fn resume(desk: &Desk, out: &Out) -> Result<Exit, Failure> {
    let runs = all(desk, out, &desk.sides().await?).await?;
    if runs.is_empty() {
        out.text("No run was left open.");
    }
    let stopped = runs.iter().any(|run| run.state == RunState::Stopped);
    out.json(&show::Report { resumed: runs, ..show::Report::default() });
    Ok(if stopped { Exit::Failed } else { Exit::Done })
}

/// Ids of the runs that are open.
pub async fn open(desk: &Desk) -> Result<Vec<String>, Failure> {
    let runs = journal::list(&desk.host).await?;
    Ok(runs.into_iter().filter(|(_, state)| *state == RunState::Running).map(|(id, _)| id).collect())
}

/// Goes on with every open run and says so. Fails where one of them still has to wait: nothing new may
/// be begun on top of a write whose end is not known.
pub async fn all(desk: &Desk, out: &Out, sides: &Sides) -> Result<Vec<RunView>, Failure> {
    if open(desk).await?.is_empty() {
        return Ok(Vec::new());
    }
    let _turn = desk.turn(out)?;
    let mut views = Vec::new();
    // Listed again: what another process was busy with has ended by now.
    for id in open(desk).await? {
        let Some(mut run) = journal::load(&desk.host, &id).await? else { continue };
        out.note(&format!("A run was left open. Going on with it: {}.", run.view().title));
        go_on(desk, out, sides, &mut run).await?;
        let view = run.view();
        show::run(out, &view);
        out.text("");
        if view.state == RunState::Running {
            return Err(Failure::Waiting(trouble(&view)));
        }
        views.push(view);
    }
    Ok(views)
}

/// Goes on with a run until it is done or stopped, with a few waits in between.
pub async fn go_on(desk: &Desk, out: &Out, sides: &Sides, run: &mut Run) -> Result<(), Failure> {
    for go in 1..=GOES {
        apply::go_on(sides, run).await?;
        if run.state != RunState::Running || go == GOES {
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
fn trouble(run: &RunView) -> Trouble {
    run.steps.iter().find_map(|step| step.trouble.clone().filter(|_| !step.done)).unwrap_or_else(|| Trouble {
        code: "sync.run_open".to_owned(),
        retry: Retry::Later,
        sentence: "Try again in a few minutes.".to_owned(),
        until: None,
    })
}
