//! `sidelight mcp`: the tools for agents, over the Model Context Protocol.
//!
//! The core runs on the thread of the command; the server hands it one job after another and tells its
//! clients how far they are. A write that was begun goes to its end, whatever becomes of its client.

mod audit;
mod http;
mod offer;
mod prompts;
mod resources;
mod server;

use std::rc::Rc;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use rmcp::ServiceExt;
use serde_json::Value;
use sidelight::tools::{Bench, Reach};
use sidelight::trouble::{Explain, Trouble};
use tokio::sync::{mpsc, oneshot};

use self::audit::Audit;
use self::offer::Offer;
use self::server::Server;
use super::tools;
use crate::args::McpOrder;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;

/// How often a client is told how far a call is.
const TOLD: Duration = Duration::from_millis(500);

/// One call of a tool, on its way to the core.
pub(super) struct Job {
    tool: String,
    arguments: Value,
    /// How many requests were sent so far, for whoever wants to know.
    progress: Option<mpsc::UnboundedSender<u64>>,
    reply: oneshot::Sender<Result<Value, Trouble>>,
}

/// Serves until the client goes, or until Ctrl-C.
pub async fn mcp(desk: &Desk, out: &Out, order: &McpOrder) -> Result<Exit, Failure> {
    let offer = Offer::new(order)?;
    let reach = Reach { client: order.client, secrets: order.allow_secrets };
    let bench = Rc::new(desk.bench(reach).await?);
    let audit = Audit::open(&desk.file("mcp-audit.ndjson"))?;
    let (jobs, mut waiting) = mpsc::unbounded_channel();
    let server = Server::new(offer, jobs);
    let serving: tokio::task::JoinHandle<Result<(), Failure>> = match order.http {
        Some(port) => http::serve(server, port, out).await?,
        None => tokio::spawn(async move {
            // A client that goes before it said hello is no failure.
            if let Ok(running) = server.serve(rmcp::transport::stdio()).await {
                let _ = running.waiting().await;
            }
            Ok(())
        }),
    };
    tokio::pin!(serving);
    let mut running = FuturesUnordered::new();
    let ended = loop {
        tokio::select! {
            job = waiting.recv() => match job {
                Some(job) => running.push(work(desk, out, bench.clone(), &audit, job)),
                None => break serving.await,
            },
            Some(()) = running.next() => {}
            ended = &mut serving => break ended,
        }
    };
    // What was begun goes to its end.
    while running.next().await.is_some() {}
    match ended {
        Ok(end) => end.map(|()| Exit::Done),
        Err(_) => Ok(Exit::Done),
    }
}

/// Does one job and writes it down.
async fn work(desk: &Desk, out: &Out, bench: Rc<Bench>, audit: &Audit, job: Job) {
    let Job { tool: name, arguments, progress, mut reply } = job;
    let begun = desk.host.clock.now();
    let call = async {
        let tool = tools::named(&name).map_err(|failure| failure.trouble())?;
        let runs = name.starts_with("run_")
            || matches!(name.as_str(), "apply_hudu_sync" | "undo_sync_run" | "undo_recipe_run");
        let _turn = if runs { Some(desk.turn(out).map_err(|failure| failure.trouble())?) } else { None };
        tool.call(&bench, arguments.clone()).await.map_err(|error| error.trouble())
    };
    tokio::pin!(call);
    let reads = tools::named(&name).is_ok_and(|tool| tool.marks.read_only);
    let before = bench.sides.requests();
    let result = loop {
        tokio::select! {
            result = &mut call => break Some(result),
            // Nobody waits for what is only read; a write goes on.
            () = reply.closed(), if reads => break None,
            () = tokio::time::sleep(TOLD), if progress.is_some() => {
                if let Some(progress) = &progress {
                    let _ = progress.send(bench.sides.requests() - before);
                }
            }
        }
    };
    let outcome = match &result {
        Some(Ok(_)) => "ok",
        Some(Err(trouble)) => trouble.code.as_str(),
        None => "cancelled",
    };
    if let Err(failure) = audit.note(begun, desk.host.clock.now() - begun, &name, &arguments, outcome) {
        out.failure(&failure.sentence());
    }
    if let Some(result) = result {
        let _ = reply.send(result);
    }
}
