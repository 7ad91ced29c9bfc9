//! What the command line can do.

mod apply;
mod call;
mod check;
mod choose;
mod directory;
mod forget;
mod go;
mod halo;
mod hudu;
mod init;
mod input;
mod mcp;
mod order;
mod plan;
mod recipe;
mod report;
mod resume;
mod runs;
mod search;
mod shell;
mod suggest;
mod tools;
mod upsert;

use crate::args::{Args, Command, RecipeOrder, RecipeWork};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;

use order::Wanted;
pub use tools::named as tool;

/// Does what the arguments say.
pub async fn run(args: &Args, out: &Out) -> Result<Exit, Failure> {
    let environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let Command::Init { create_layouts: false, .. } = &args.command {
        return init::write(args.config.as_deref(), out);
    }
    match &args.command {
        Command::Completions { shell } => return shell::completions(out, *shell),
        Command::Man { dir } => return shell::man(out, dir.as_deref()),
        Command::Tools(order) => return tools::tools(out, order),
        Command::Recipe(RecipeOrder { work: RecipeWork::List(_) }) => return recipe::list(out),
        _ => {}
    }
    let desk = || Desk::open(args, &environment);
    match &args.command {
        Command::Check(_) => check::check(&desk().await?, out).await,
        Command::Plan(order) => plan::plan(&desk().await?, out, order).await,
        Command::Apply(order) => apply::apply(&desk().await?, out, order).await,
        Command::Sync { kind, id, order } => {
            order::carry_out(&desk().await?, out, &Wanted::Record(kind.record(*id)), order).await
        }
        Command::Publish { article, order } => {
            order::carry_out(&desk().await?, out, &Wanted::Publish(*article), order).await
        }
        Command::Undo { run, item, order } => {
            order::carry_out(&desk().await?, out, &Wanted::Undo(run.clone(), item.clone()), order).await
        }
        Command::Search { query, limit, .. } => {
            search::search(&desk().await?, out, &query.join(" "), usize::from(*limit)).await
        }
        Command::Suggest { ticket, limit, .. } => {
            suggest::suggest(&desk().await?, out, *ticket, usize::from(*limit)).await
        }
        Command::Forget(_) => forget::forget(&desk().await?, out).await,
        Command::Runs(_) => runs::runs(&desk().await?, out).await,
        Command::Report { run, all, .. } => report::report(&desk().await?, out, run.as_deref(), *all).await,
        Command::Resume { run, .. } => resume::resume(&desk().await?, out, run.as_deref()).await,
        Command::Init { yes, .. } => init::layouts(args, &environment, out, *yes).await,
        Command::Settings => init::settings(&desk().await?, out),
        Command::Halo(order) => halo::halo(&desk().await?, out, order).await,
        Command::Hudu(order) => hudu::hudu(&desk().await?, out, order).await,
        Command::Directory(order) => directory::directory(&desk().await?, out, order).await,
        Command::Recipe(order) => recipe::recipe(&desk().await?, out, &order.work).await,
        Command::Mcp(order) => mcp::mcp(&desk().await?, out, order).await,
        Command::Call(order) => call::call(&desk().await?, out, order).await,
        Command::Completions { .. } | Command::Man { .. } | Command::Tools(_) => Ok(Exit::Done),
    }
}
