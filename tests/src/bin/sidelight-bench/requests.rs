//! How many requests a sync of everything needs, against the fewest with which it could be done, and how
//! well it uses its allowance: on the sandbox, in virtual time.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sidelight::settings::SyncSettings;
use sidelight::sync::apply::{self, Order};
use sidelight::sync::error::SyncError;
use sidelight::sync::survey;
use sidelight::sync::table::Scope;
use sidelight::sync::view::RunState;
use sidelight::sync::watch::Nobody;
use sidelight_sandbox::world::{Size, large};
use sidelight_sandbox::{Options, Sandbox, Server};
use sidelight_tests::host::{TestHost, sandbox_with};
use sidelight_tests::sim::engine::sides;

/// A provider of some size, half of whose clients are in Hudu already.
const SIZE: Size = Size { clients: 100, sites: 2, users: 20, assets: 60, known: 50, articles: 40 };

/// Halo's rows on a page, and Hudu's.
const PAGES: (usize, usize) = (100, 1000);

/// Hudu's allowance: requests in so many milliseconds.
const ALLOWANCE: (f64, f64) = (1500.0, 300_000.0);

/// Four syncs: the first, one with nothing to do, one after a few edits, one after an edit of every asset.
pub fn measure() -> Result<Value, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let pair = sandbox_with(Options { world: large(SIZE), ..Options::default() });
        let host = TestHost::new(&pair);
        let mut found = Vec::new();
        for (name, edits) in [("first", 0), ("second", 0), ("after edits", 12), ("updating", usize::MAX)] {
            edit(&pair, edits);
            found.push(sync(name, edits, &pair, &host).await.map_err(|error| error.to_string())?);
        }
        Ok(Value::Array(found))
    })
}

/// So many edits in Halo, each of one member of one asset.
fn edit(pair: &Sandbox, count: usize) {
    let (step, ends) = if count == usize::MAX { (1, "2030-02-02") } else { (97, "2029-01-01") };
    for asset in pair.halo.all("Asset").into_iter().step_by(step).take(count) {
        pair.halo.upsert("Asset", json!({ "id": asset["id"], "warranty_end": ends }));
    }
}

/// The most updates behind one look at what others changed, and the longest time from a look to an update behind
/// it in milliseconds: so much of what people type can be overwritten.
fn unseen(pair: &Sandbox) -> (usize, i64) {
    let (mut looked, mut behind, mut most, mut longest) = (None, 0, 0, 0);
    for seen in pair.requests(Server::Hudu) {
        if seen.method == "GET" && seen.path.contains("updated_at=") {
            (looked, behind) = (Some(seen.at), 0);
        }
        if let (Some(looked), "PUT") = (looked, seen.method.as_str()) {
            behind += 1;
            (most, longest) = (most.max(behind), longest.max(seen.at - looked));
        }
    }
    (most, longest)
}

async fn sync(name: &str, edits: usize, pair: &Sandbox, host: &TestHost) -> Result<Value, SyncError> {
    pair.clear_requests();
    let sides = sides(host, pair, &SyncSettings::default()).await;
    let start = host.host.clock.now();
    let plan = survey::everything(&sides, &Scope::default(), &Nobody).await?;
    let read = pair.request_count(Server::Halo) + pair.request_count(Server::Hudu);
    let planned = host.host.clock.now();
    let writes = plan.items.iter().filter(|item| item.writes()).count();
    let begun = apply::begin(&sides.host, plan, &Order { confirmed: true, ..Order::default() }).await;
    let mut state = RunState::Done;
    if let Ok(mut run) = begun {
        apply::go_on(&sides, &mut run, &Nobody).await?;
        state = run.state;
    }
    let ended = host.host.clock.now();
    let all = pair.request_count(Server::Halo) + pair.request_count(Server::Hudu);
    let refused =
        [Server::Halo, Server::Hudu].map(|server| pair.requests(server).iter().filter(|r| r.status == 429).count());
    let details = details(pair);
    let pages = pages(pair);
    let took = (ended - planned) as f64;
    let unseen = unseen(pair);
    let hudu_writes = (all - read) as f64;
    Ok(json!({
        "sync": name, "edits": edits, "state": format!("{state:?}"), "writes": writes, "pages": pages, "details": details,
        "read": read, "requests": all, "lower_bound": pages + details + writes,
        "read_ms": planned - start, "apply_ms": took, "refused": refused[0] + refused[1],
        "per_second": if took > 0.0 { writes as f64 / took * 1000.0 } else { 0.0 },
        "allowance": share(hudu_writes, took), "behind_a_look": unseen.0, "behind_a_look_ms": unseen.1,
    }))
}

/// The part of Hudu's allowance that was used; a run shorter than a window says nothing.
fn share(requests: f64, ms: f64) -> Option<f64> {
    (ms > ALLOWANCE.1).then(|| requests / (ms / ALLOWANCE.1 * ALLOWANCE.0))
}

/// Requests for one record: what lists leave out and Hudu has a place for, and the text of articles that
/// changed.
fn details(pair: &Sandbox) -> usize {
    let one = |path: &str| {
        let mut parts = path.split(['?', '/']).skip(2);
        let kind = parts.next().unwrap_or_default();
        ["Client", "Users", "KBArticle"].contains(&kind) && parts.next().is_some_and(|id| id.parse::<i64>().is_ok())
    };
    pair.requests(Server::Halo).iter().filter(|seen| seen.method == "GET" && one(&seen.path)).count()
}

/// The pages that have to be read to know both sides.
fn pages(pair: &Sandbox) -> usize {
    let count = |rows: usize, size: usize| rows.div_ceil(size).max(1);
    let halo = ["Client", "Site", "Users", "ClientContract", "KBArticle"];
    let hudu = ["companies", "assets", "articles"];
    // The sign-in, asset types and agreements, article lists; Hudu's layouts, lists and folders.
    let small = 7;
    // Fields of assets are told by type only.
    let mut types: BTreeMap<i64, usize> = BTreeMap::new();
    for asset in pair.halo.all("Asset") {
        *types.entry(asset["assettype_id"].as_i64().unwrap_or_default()).or_default() += 1;
    }
    let assets: usize = types.values().map(|rows| count(*rows, PAGES.0)).sum();
    let halo: usize = halo.iter().map(|resource| count(pair.halo.all(resource).len(), PAGES.0)).sum();
    let hudu: usize = hudu.iter().map(|resource| count(pair.hudu.all(resource).len(), PAGES.1)).sum();
    halo + assets + hudu + small
}
