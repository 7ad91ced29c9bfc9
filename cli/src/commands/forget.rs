//! `sidelight forget`.

use serde::Serialize;
use sidelight::sync::survey;

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;

#[derive(Serialize)]
struct Answer {
    forgotten: bool,
}

/// Forgets what was read of both products; nothing is asked of either.
pub async fn forget(desk: &Desk, out: &Out) -> Result<Exit, Failure> {
    let _turn = desk.turn(out)?;
    survey::forget(&desk.host).await?;
    out.text("Forgotten. The next plan reads everything again; links and the history of runs stay.");
    out.json(&Answer { forgotten: true });
    Ok(Exit::Done)
}
