//! `sidelight report`.

use sidelight::sync::error::SyncError;
use sidelight::sync::export;
use sidelight::sync::journal::{self, Run};
use sidelight::sync::table::ExportForm;

use crate::args::Form;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::show;

/// Tells what a run did.
pub async fn report(desk: &Desk, out: &Out, named: Option<&str>, all: bool) -> Result<Exit, Failure> {
    let run = run(desk, named).await?;
    match out.form() {
        Form::Table => show::report(out, &run, all),
        Form::Json => out.whole(&export::run(&run, ExportForm::Json)),
        Form::Csv => out.whole(&export::run(&run, ExportForm::Csv)),
    }
    Ok(Exit::Done)
}

/// The run of that id, or the last one.
async fn run(desk: &Desk, named: Option<&str>) -> Result<Run, Failure> {
    let id = match named {
        Some(id) => id.to_owned(),
        None => {
            let (mut heads, _) = journal::heads(&desk.host, 0, 1).await?;
            let nothing = || Failure::File("Nothing was done from this computer yet.".to_owned());
            heads.pop().ok_or_else(nothing)?.id
        }
    };
    Ok(journal::load(&desk.host, &id).await?.ok_or(SyncError::NoRun)?)
}
