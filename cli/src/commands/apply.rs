//! `sidelight apply`: everything into step.

use sidelight::sync::plan::Plan;
use sidelight::sync::rows;
use sidelight::sync::view::Action;
use sidelight::trouble::Explain;
use sidelight::words::tell;

use super::go::{self, Agreed};
use super::plan::{given, is_pending};
use super::resume;
use crate::args::ApplyOrder;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Answer, Out};
use crate::show::{self, Report};

/// Plans or takes the plan of the file, shows it, asks and applies it.
pub async fn apply(desk: &Desk, out: &Out, order: &ApplyOrder) -> Result<Exit, Failure> {
    let mut report = Report::default();
    let end = steps(desk, out, order, &mut report).await;
    if let Err(failure) = &end {
        report.trouble = Some(failure.trouble());
    }
    out.json(&report);
    end
}

async fn steps(desk: &Desk, out: &Out, order: &ApplyOrder, report: &mut Report) -> Result<Exit, Failure> {
    let sides = desk.patient().await?;
    report.resumed = resume::all(desk, out, &sides).await?;
    let plan = given(desk, &sides, order.plan.as_ref(), &order.narrow, order.yes).await?;
    report.summary = Some(rows::summary(&plan));
    show::everything(out, &plan, false, false);
    if let Some(stranger) = order.except.iter().find(|id| !plan.items.iter().any(|item| item.id == **id)) {
        out.failure(&format!("The plan has no item “{stranger}”, so nothing was written."));
        return Ok(Exit::Act);
    }
    let conflicts = plan.items.iter().filter(|item| order.overwrite && item.action == Action::Conflict);
    let overwrite: Vec<String> = conflicts.map(|item| item.id.clone()).collect();
    let written = |id: &String| !order.except.contains(id);
    let writes = plan.items.iter().filter(|item| is_pending(item) && written(&item.id)).count()
        + overwrite.iter().filter(|id| written(id)).count();
    if writes == 0 {
        out.text("Nothing to write.");
        return Ok(Exit::Done);
    }
    if let Some(exit) = refused(out, &plan, order, writes) {
        return Ok(exit);
    }
    let agreed = Agreed { except: order.except.clone(), overwrite, confirmed: true };
    go::apply(desk, out, &sides, plan, agreed, report).await
}

/// Asks what has to be asked. What the guard says is agreed to by itself: a yes for all days is no yes to
/// a day on which far more would change than usual.
fn refused(out: &Out, plan: &Plan, order: &ApplyOrder, writes: usize) -> Option<Exit> {
    let guarded = plan.guard.is_some() && !order.confirm;
    if order.yes && !guarded {
        return None;
    }
    match out.ask(&format!("{}. Apply?", show::count(writes))) {
        Answer::Yes => None,
        Answer::No => {
            out.note("Nothing was written.");
            Some(Exit::Act)
        }
        Answer::Nobody if guarded && order.yes => {
            let why = plan.guard.as_deref().map(tell).unwrap_or_default();
            out.failure(&format!("Nothing was written. {why} Look at the plan, then apply it with --yes --confirm."));
            Some(Exit::Act)
        }
        Answer::Nobody => {
            out.failure(&show::nobody(out));
            Some(Exit::Act)
        }
    }
}
