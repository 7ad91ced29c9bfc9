//! `sidelight plan`: what a sync of everything would write.

use std::path::PathBuf;

use sidelight::sync::plan::{Item, Plan};
use sidelight::sync::sides::Sides;
use sidelight::sync::table::{ExportForm, Scope};
use sidelight::sync::view::Action;
use sidelight::sync::{export, survey};

use super::resume;
use crate::args::{Form, Narrow, PlanOrder};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::planfile;
use crate::progress::Meter;
use crate::show;

/// Reads both sides, tells what would be written, and keeps the plan where a file is named.
pub async fn plan(desk: &Desk, out: &Out, order: &PlanOrder) -> Result<Exit, Failure> {
    let sides = desk.patient().await?;
    if !resume::open(desk).await?.is_empty() {
        out.note("A run was left open. `sidelight resume` or the next change goes on with it.");
    }
    let plan = everything(desk, &sides, &order.narrow).await?;
    match out.form() {
        Form::Table => show::everything(out, &plan, order.all, order.details),
        Form::Json => out.whole(&export::plan(&plan, ExportForm::Json)),
        Form::Csv => out.whole(&export::plan(&plan, ExportForm::Csv)),
    }
    if let Some(path) = &order.out {
        planfile::write(path, desk.config.pair(), &plan)?;
        out.note(&format!("The plan is kept. `sidelight apply {}` applies it.", path.display()));
    }
    let pending = plan.items.iter().any(is_pending);
    Ok(if order.check && pending { Exit::Pending } else { Exit::Done })
}

/// The plan for everything, read now.
pub async fn everything(desk: &Desk, sides: &Sides, narrow: &Narrow) -> Result<Plan, Failure> {
    let kinds = narrow.only.iter().map(|area| area.kind()).collect();
    let scope = Scope { kinds, clients: narrow.client.clone() };
    let meter = Meter::new(&desk.interrupt);
    Ok(survey::everything(sides, &scope, &meter).await?)
}

/// The plan of a file, or the one that is made now.
pub async fn given(
    desk: &Desk,
    sides: &Sides,
    file: Option<&PathBuf>,
    narrow: &Narrow,
    old: bool,
) -> Result<Plan, Failure> {
    match file {
        Some(path) => Ok(planfile::read(path, desk.config.pair(), desk.host.clock.now(), old)?),
        None => everything(desk, sides, narrow).await,
    }
}

/// Whether applying the plan writes this item without anything more being agreed to.
pub fn is_pending(item: &Item) -> bool {
    item.writes() && item.action != Action::Conflict
}
