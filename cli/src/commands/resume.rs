//! Runs that are not at their end: the process was killed, a server took no more requests, or Ctrl-C was pressed.

use sidelight::sync::error::SyncError;
use sidelight::sync::journal::{self, Run};
use sidelight::sync::sides::Sides;
use sidelight::sync::view::{RunState, RunView};

use super::go;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::show;

/// `sidelight resume`: the run of that id, or every one that was left open or paused.
pub async fn resume(desk: &Desk, out: &Out, named: Option<&str>) -> Result<Exit, Failure> {
    let sides = desk.patient().await?;
    let _turn = desk.turn(out)?;
    let runs = match named {
        Some(id) => vec![id.to_owned()],
        None => in_state(desk, &[RunState::Running, RunState::Paused]).await?,
    };
    if runs.is_empty() {
        out.text("No run was left open.");
    }
    let (mut views, mut exit) = (Vec::new(), Exit::Done);
    for id in runs {
        let mut run = journal::load(&desk.host, &id).await?.ok_or(SyncError::NoRun)?;
        if run.state == RunState::Undone {
            return Err(SyncError::NotReady.into());
        }
        let view = on(desk, out, &sides, &mut run).await?;
        exit = exit.and(Exit::of_run(&view));
        views.push(view);
    }
    out.json(&show::Report { resumed: views, ..show::Report::default() });
    Ok(exit)
}

/// Ids of the runs in one of these states, oldest first.
pub async fn in_state(desk: &Desk, states: &[RunState]) -> Result<Vec<String>, Failure> {
    let (heads, _) = journal::heads(&desk.host, 0, usize::MAX).await?;
    let here = heads.into_iter().rev().filter(|head| states.contains(&head.state));
    Ok(here.map(|head| head.id).collect())
}

/// Ids of the runs that were cut off.
pub async fn open(desk: &Desk) -> Result<Vec<String>, Failure> {
    Ok(journal::open(&desk.host).await?)
}

/// Goes on with every run that was cut off and says so. Fails where one of them still has to wait: nothing
/// new may be begun on top of a write whose end is not known. A paused run stays paused.
pub async fn all(desk: &Desk, out: &Out, sides: &Sides) -> Result<Vec<RunView>, Failure> {
    if open(desk).await?.is_empty() {
        return Ok(Vec::new());
    }
    let _turn = desk.turn(out)?;
    let mut views = Vec::new();
    // Listed again: what another process was busy with has ended by now.
    for id in open(desk).await? {
        let Some(mut run) = journal::load(&desk.host, &id).await? else { continue };
        let view = on(desk, out, sides, &mut run).await?;
        out.text("");
        if matches!(view.state, RunState::Running | RunState::Paused) {
            return Err(Failure::Waiting(go::trouble(&view)));
        }
        views.push(view);
    }
    Ok(views)
}

async fn on(desk: &Desk, out: &Out, sides: &Sides, run: &mut Run) -> Result<RunView, Failure> {
    out.note(&format!("A run was left open. Going on with it: {}.", run.view().title));
    go::on(desk, out, sides, run).await?;
    let view = run.view();
    show::run(out, run, &view);
    Ok(view)
}
