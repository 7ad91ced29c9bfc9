//! Plan, show, ask, apply: the way of every command that changes something.

use sidelight::assist::gather;
use sidelight::halo::record::RecordRef;
use sidelight::sync::describe;
use sidelight::sync::error::SyncError;
use sidelight::sync::journal::{self, Run};
use sidelight::sync::plan::{Item, Plan, Subject};
use sidelight::sync::sides::Sides;
use sidelight::sync::table::RunHead;
use sidelight::sync::view::Action;
use sidelight::trouble::Explain;

use super::choose::Choices;
use super::go::{self, Agreed};
use super::resume;
use crate::args::Order;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Answer, Out};
use crate::show::{self, Report};

/// What is to be brought into step.
#[derive(Debug)]
pub enum Wanted {
    /// A Halo record.
    Record(RecordRef),
    /// A Hudu article, in Halo.
    Publish(i64),
    /// A run that is taken back, or these items of it; without an id the last one.
    Undo(Option<String>, Vec<String>),
}

/// Where planning led to.
enum Decided {
    /// The plan may be applied.
    Apply(Box<Plan>),
    /// There is nothing more to do here.
    End(Exit),
}

/// Plans, shows, asks and applies. The JSON answer holds as much of it as was reached.
pub async fn carry_out(desk: &Desk, out: &Out, wanted: &Wanted, order: &Order) -> Result<Exit, Failure> {
    let mut report = Report::default();
    let end = steps(desk, out, wanted, order, &mut report).await;
    if let Err(failure) = &end {
        report.trouble = Some(failure.trouble());
    }
    out.json(&report);
    end
}

async fn steps(desk: &Desk, out: &Out, wanted: &Wanted, order: &Order, report: &mut Report) -> Result<Exit, Failure> {
    let sides = match wanted {
        Wanted::Undo(..) => desk.patient().await?,
        _ => desk.sides().await?,
    };
    if !order.dry_run {
        report.resumed = resume::all(desk, out, &sides).await?;
    } else if !resume::open(desk).await?.is_empty() {
        out.note("A run was left open. `sidelight resume` or the next change goes on with it.");
    }
    let mut choices = Choices::new(&desk.host, &order.choose);
    match decide(out, &sides, wanted, order, &mut choices, report).await {
        Ok(Decided::Apply(plan)) => {
            let overwrite = if order.overwrite { plan.conflicts() } else { Vec::new() };
            let agreed = Agreed { overwrite, confirmed: true, ..Agreed::default() };
            go::apply(desk, out, &sides, *plan, agreed, report).await
        }
        Ok(Decided::End(exit)) => {
            choices.give_back().await?;
            Ok(exit)
        }
        Err(failure) => {
            choices.give_back().await?;
            Err(failure)
        }
    }
}

/// Plans, and finds out whether the plan may be applied.
async fn decide(
    out: &Out,
    sides: &Sides,
    wanted: &Wanted,
    order: &Order,
    choices: &mut Choices<'_>,
    report: &mut Report,
) -> Result<Decided, Failure> {
    let mut plan = plan(sides, wanted).await?;
    while choices.settle(&plan).await? {
        plan = self::plan(sides, wanted).await?;
    }
    show::plan(out, &plan);
    report.plan = Some(describe::plan(&plan));
    let has = |action: Action| plan.items.iter().any(|item| item.action == action);
    let end = |exit| Ok(Decided::End(exit));
    if let [id, ..] = choices.misplaced(&plan)[..] {
        out.failure(&format!("{id} is none of the Hudu records to choose from here, so nothing was written."));
        return end(Exit::Act);
    }
    if has(Action::Ambiguous) {
        out.failure("Nothing was written. Say which record is meant with --choose and its number above.");
        return end(Exit::Act);
    }
    let written = |item: &&Item| item.writes() && (order.overwrite || item.action != Action::Conflict);
    let writes = plan.items.iter().filter(written).count();
    // What is taken back of everything goes on without what somebody edited since.
    let waits = writes == 0 || !matches!(plan.subject, Subject::Everything(_));
    if has(Action::Conflict) && !order.overwrite && waits {
        out.failure(
            "Nothing was written: some of the values above were edited by hand since the last sync. Agree to write over them with --overwrite, or bring both sides into step by hand.",
        );
        return end(Exit::Act);
    }
    if has(Action::Blocked) {
        out.failure("Nothing was written. The reason above says what is in the way.");
        return end(Exit::Act);
    }
    if writes == 0 {
        out.text("Nothing to write.");
        return end(Exit::Done);
    }
    if order.dry_run {
        out.text(&format!("{}. A dry run writes nothing.", show::count(writes)));
        return end(Exit::Done);
    }
    if order.yes {
        return Ok(Decided::Apply(Box::new(plan)));
    }
    match out.ask(&format!("{}. Apply?", show::count(writes))) {
        Answer::Yes => Ok(Decided::Apply(Box::new(plan))),
        Answer::No => {
            out.note("Nothing was written.");
            end(Exit::Act)
        }
        Answer::Nobody => {
            out.failure(&show::nobody(out));
            end(Exit::Act)
        }
    }
}

async fn plan(sides: &Sides, wanted: &Wanted) -> Result<Plan, Failure> {
    Ok(match wanted {
        Wanted::Record(record) => {
            let look = gather::look(sides, *record, false).await?;
            gather::plan_for(sides, &look).await?
        }
        Wanted::Publish(article) => gather::plan_article(sides, *article, None).await?,
        Wanted::Undo(named, items) => {
            let run = run_to_undo(sides, named.as_deref()).await?;
            sides.plan_undo(&run, Some(items.as_slice()).filter(|items| !items.is_empty())).await?
        }
    })
}

/// The run of that id, or the last one that is not itself an undo.
async fn run_to_undo(sides: &Sides, named: Option<&str>) -> Result<Run, Failure> {
    if let Some(id) = named {
        return Ok(journal::load(&sides.host, id).await?.ok_or(SyncError::NoRun)?);
    }
    let (heads, _) = journal::heads(&sides.host, 0, usize::MAX).await?;
    if let Some(head) = last(&heads, sides.host.clock.now())
        && let Some(run) = journal::load(&sides.host, &head.id).await?
    {
        return Ok(run);
    }
    Err(SyncError::NothingToUndo.into())
}

/// The last run that is not itself an undo, of heads with the newest first. One that a clock which was ahead has stamped
/// counts where there is no other.
fn last(heads: &[RunHead], now: i64) -> Option<&RunHead> {
    let mut own = heads.iter().filter(|head| head.undoes.is_none());
    own.clone().find(|head| head.started <= now).or_else(|| own.next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sidelight::sync::view::RunState;

    fn head(started: i64, undoes: Option<&str>) -> RunHead {
        RunHead {
            id: started.to_string(),
            title: String::new(),
            who: String::new(),
            started,
            ended: None,
            state: RunState::Done,
            steps: 1,
            done: 1,
            skipped: 0,
            failed: 0,
            requests: (0, 0),
            undoable: true,
            undoes: undoes.map(str::to_owned),
            trouble: None,
        }
    }

    #[test]
    fn a_clock_that_was_ahead_does_not_make_a_run_the_last() {
        let heads = [head(900, None), head(400, Some("300")), head(300, None), head(200, None)];
        let named = |now| last(&heads, now).map(|head| head.started);
        assert_eq!((named(1000), named(500), named(100)), (Some(900), Some(300), Some(900)));
        assert!(last(&heads[1..2], 1000).is_none());
    }
}
