//! `sidelight runs`.

use serde::Serialize;
use sidelight::sync::journal;
use sidelight::sync::view::RunView;

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::show;

#[derive(Serialize)]
struct Answer<'a> {
    runs: &'a [RunView],
}

/// Lists the runs of this computer for these two instances, newest first.
pub async fn runs(desk: &Desk, out: &Out) -> Result<Exit, Failure> {
    let mut runs = Vec::new();
    for (id, _) in journal::list(&desk.host).await?.into_iter().rev() {
        runs.extend(journal::load(&desk.host, &id).await?.map(|run| run.view()));
    }
    show::runs(out, &runs);
    out.json(&Answer { runs: &runs });
    Ok(Exit::Done)
}
