//! What the command line can do.

mod check;
mod choose;
mod order;
mod resume;
mod runs;

use crate::args::{Args, Command};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;

use order::Wanted;

/// Does what the arguments say.
pub async fn run(args: &Args, out: &Out) -> Result<Exit, Failure> {
    let environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let desk = Desk::open(args, &environment).await?;
    match &args.command {
        Command::Check(_) => check::check(&desk, out).await,
        Command::Sync { kind, id, order } => {
            order::carry_out(&desk, out, &Wanted::Record(kind.record(*id)), order).await
        }
        Command::Publish { article, order } => order::carry_out(&desk, out, &Wanted::Publish(*article), order).await,
        Command::Undo { run, order } => order::carry_out(&desk, out, &Wanted::Undo(run.clone()), order).await,
        Command::Runs(_) => runs::runs(&desk, out).await,
        Command::Resume(_) => resume::resume(&desk, out).await,
    }
}
