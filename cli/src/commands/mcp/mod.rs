//! `sidelight mcp`: the tools for agents, over the Model Context Protocol.
//!
//! The core runs on the thread of the command; the server hands it one job after another and tells its
//! clients how far they are. A write that was begun goes to its end, whatever becomes of its client.

mod audit;
mod follow;
mod http;
mod lines;
mod offer;
mod prompts;
mod resources;
mod server;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use rmcp::ServiceExt;
use serde_json::Value;
use sidelight::halo::model::Client;
use sidelight::halo::resource;
use sidelight::http::ApiError;
use sidelight::sync::error::SyncError;
use sidelight::tools::{Bench, Reach};
use sidelight::trouble::{Explain, Trouble};
use tokio::sync::{Mutex, mpsc, oneshot};

use self::audit::Audit;
use self::follow::{Follower, Step};
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

/// So long the last answer has to reach a client that is still there.
const LAST: Duration = Duration::from_millis(250);

/// One call of a tool, on its way to the core.
pub(super) struct Job {
    tool: String,
    arguments: Value,
    /// How far the call is, for whoever wants to know.
    progress: Option<mpsc::UnboundedSender<Step>>,
    reply: oneshot::Sender<Result<Value, Trouble>>,
}

/// Serves until the client goes, or until Ctrl-C and what means the same.
pub async fn mcp(desk: &Desk, out: &Out, order: &McpOrder) -> Result<Exit, Failure> {
    let offer = Offer::new(order)?;
    let reach = Reach { client: order.client, secrets: order.allow_secrets };
    let bench = Rc::new(desk.bench(reach).await?);
    known(&bench, order.client).await?;
    let audit = Audit::open(&desk.file("mcp-audit.ndjson"))?;
    let (jobs, mut waiting) = mpsc::unbounded_channel();
    let server = Server::new(offer, jobs);
    let serving: tokio::task::JoinHandle<Result<(), Failure>> = match order.http {
        Some(port) => http::serve(server, port, out).await?,
        None => tokio::spawn(async move {
            // A client that goes before it said hello is no failure.
            if let Ok(running) = server.serve(lines::Lines::open()).await {
                let _ = running.waiting().await;
            }
            Ok(())
        }),
    };
    tokio::pin!(serving);
    let turns = Mutex::new(());
    let mut running = FuturesUnordered::new();
    let ended = loop {
        tokio::select! {
            job = waiting.recv() => match job {
                Some(job) => running.push(work(desk, out, bench.clone(), &audit, &turns, job)),
                None => break serving.await,
            },
            Some(()) = running.next() => if desk.interrupt.asked() { break Ok(Ok(())) },
            ended = &mut serving => break ended,
        }
    };
    // What was begun goes to its end, and its answer to the client.
    while running.next().await.is_some() {}
    if desk.interrupt.asked() {
        tokio::time::sleep(LAST).await;
    }
    match ended {
        Ok(end) => end.map(|()| Exit::Done),
        Err(_) => Ok(Exit::Done),
    }
}

/// Fails where HaloITSM has no such client. Where it cannot tell now, the first call will.
async fn known(bench: &Bench, client: Option<i64>) -> Result<(), Failure> {
    let Some(id) = client else { return Ok(()) };
    match bench.sides.halo.get::<Client>(resource::CLIENT, id, &[]).await {
        Err(error @ ApiError::NotFound { .. }) => Err(SyncError::Api(error).into()),
        _ => Ok(()),
    }
}

/// Does one job and writes it down.
async fn work(desk: &Desk, out: &Out, bench: Rc<Bench>, audit: &Audit, turns: &Mutex<()>, job: Job) {
    let Job { tool: name, arguments, progress, mut reply } = job;
    let called = desk.host.clock.now();
    let (begun, given_up) = (Cell::new(false), Rc::new(Cell::new(false)));
    let follower = Follower::new(progress.clone(), given_up.clone(), desk.interrupt.clone());
    let followed = bench.watched(Rc::new(follower));
    let noted = |written: Result<(), Failure>| {
        if let Err(failure) = written {
            out.failure(&failure.sentence());
        }
    };
    let call = async {
        let tool = tools::named(&name).map_err(|failure| failure.trouble())?;
        // One run at a time, here and among the programs on this computer.
        let _turn = match tool.marks.runs {
            true => Some((turns.lock().await, desk.turn_soon(out).await.map_err(|failure| failure.trouble())?)),
            false => None,
        };
        let _busy = (tool.marks.long || !tool.marks.read_only).then(|| desk.interrupt.busy());
        begun.set(true);
        if !tool.marks.read_only {
            // What is killed in the middle has a line as well.
            noted(audit.note(called, 0, &name, &arguments, "begun"));
        }
        if tool.marks.runs {
            followed.settle().await.map_err(|error| error.trouble())?;
        }
        tool.call(&followed, arguments.clone()).await.map_err(|error| error.trouble())
    };
    tokio::pin!(call);
    let reads = tools::named(&name).is_ok_and(|tool| tool.marks.read_only);
    let before = bench.sides.requests();
    let result = loop {
        tokio::select! {
            result = &mut call => break Some(result),
            // Nobody waits for what is only read. A write goes on; a run of many is paused after what is under way.
            () = reply.closed(), if !given_up.get() => {
                if reads || !begun.get() {
                    break None;
                }
                given_up.set(true);
            }
            () = tokio::time::sleep(TOLD), if progress.is_some() => {
                if let Some(progress) = &progress {
                    let _ = progress.send(Step::Requests(bench.sides.requests() - before));
                }
            }
        }
    };
    let outcome = match &result {
        Some(Ok(_)) => "ok",
        Some(Err(trouble)) => trouble.code.as_str(),
        None => "cancelled",
    };
    noted(audit.note(called, desk.host.clock.now() - called, &name, &arguments, outcome));
    if let Some(result) = result {
        let _ = reply.send(result);
    }
}
