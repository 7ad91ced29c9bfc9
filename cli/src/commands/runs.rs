//! `sidelight runs`.

use serde::Serialize;
use sidelight::sync::journal;
use sidelight::sync::table::RunHead;

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::show;

#[derive(Serialize)]
struct Answer<'a> {
    runs: &'a [RunHead],
}

/// Lists the runs of this computer for these two instances, newest first.
pub async fn runs(desk: &Desk, out: &Out) -> Result<Exit, Failure> {
    let (runs, _) = journal::heads(&desk.host, 0, usize::MAX).await?;
    show::runs(out, &runs);
    out.json(&Answer { runs: &runs });
    Ok(Exit::Done)
}
