//! What goes into a run, in which order it is done, and what that costs.

use serde_json::{Value, json};
use sidelight::halo::record::RecordKind;
use sidelight::settings::Policy;
use sidelight::sync::apply::{self, Order};
use sidelight::sync::error::SyncError;
use sidelight::sync::journal::{self, Step};
use sidelight::sync::plan::Item;
use sidelight::sync::view::{Action, RunState};
use sidelight_sandbox::Server;
use sidelight_sandbox::world::Size;

use crate::support::{Witness, begin, desk, doubles, go, is_new_company, plan, provider, sides, small, sync, writes};

#[tokio::test(start_paused = true)]
async fn everything_is_done_in_order_and_a_second_plan_is_empty() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let run = sync(&desk).await;
    assert_eq!(
        run.state,
        RunState::Done,
        "{:#?}",
        run.steps.iter().filter(|s| s.trouble.is_some()).collect::<Vec<_>>()
    );
    let counts = run.counts();
    assert!(counts.steps > 40 && counts.done == counts.steps, "{counts:?}");
    assert_eq!(doubles(&pair), Vec::<String>::new());
    let again = plan(&desk).await;
    let left: Vec<&Item> = again.items.iter().filter(|item| item.writes()).collect();
    assert!(left.is_empty(), "{left:#?}");
    // The head tells the same as the whole run.
    let (heads, total) = journal::heads(&desk.host.host, 0, 10).await.unwrap();
    assert_eq!((heads.len(), total), (1, 1));
    assert_eq!((heads[0].done, heads[0].steps, heads[0].undoable), (counts.done, counts.steps, true));
    assert!(heads[0].ended.is_some() && heads[0].requests.1 > 0);
    let loaded = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
    assert_eq!(loaded.counts(), counts);
    assert_eq!(loaded.plan.items, run.plan.items);
}

#[tokio::test(start_paused = true)]
async fn links_to_records_made_in_the_same_run_hold_their_ids() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let run = sync(&desk).await;
    let linked = run.plan.items.iter().flat_map(|item| &item.changes).filter(|change| change.by.is_some()).count();
    assert!(linked > 0, "the plan has no such links");
    let assets = pair.hudu.all("assets");
    let ids: Vec<i64> = assets.iter().filter_map(|asset| asset["id"].as_i64()).collect();
    let mut links = 0;
    for asset in &assets {
        for field in asset["fields"].as_array().unwrap() {
            let text = field["value"].as_str().unwrap_or_default();
            if let Ok(Value::Array(rows)) = serde_json::from_str::<Value>(text) {
                for row in rows {
                    links += 1;
                    assert!(ids.contains(&row["id"].as_i64().unwrap()), "{row}");
                }
            }
        }
    }
    assert!(links >= linked, "{links} of {linked}");
}

#[tokio::test(start_paused = true)]
async fn a_guard_has_to_be_agreed_to_and_only_the_safe_run_unattended() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let mut guarded = plan(&desk).await;
    guarded.guard = Some("12 of 20 known records would change.".to_owned());
    let refused = apply::begin(&desk.host.host, guarded.clone(), &Order::default()).await.unwrap_err();
    assert!(matches!(refused, SyncError::NotConfirmed(_)), "{refused:?}");
    assert!(journal::heads(&desk.host.host, 0, 9).await.unwrap().0.is_empty());
    let order = Order { confirmed: true, safe_only: true, who: "schedule".to_owned(), ..Order::default() };
    let safe: Vec<String> = guarded.items.iter().filter(|item| item.safe).map(|item| item.id.clone()).collect();
    match apply::begin(&desk.host.host, guarded, &order).await {
        Ok(run) => {
            assert_eq!(run.who, "schedule");
            let steps = run.plan.items.iter().enumerate().filter(|(index, _)| run.is_due(*index));
            for (_, item) in steps {
                assert!(safe.contains(&item.id), "{}", item.id);
            }
        }
        Err(error) => assert!(matches!(error, SyncError::NotReady), "{error:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_left_out_takes_along_what_needs_it() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    let company = plan.items.iter().rfind(|item| is_new_company(item)).unwrap();
    let title = company.title.clone();
    let order = Order { except: vec![company.id.clone()], ..Order::default() };
    let all = writes(&plan);
    let mut run = begin(&desk, plan, &order).await;
    assert!(run.counts().steps < all - 10, "{:?} of {all}", run.counts());
    go(&desk, &mut run).await;
    assert_eq!(run.state, RunState::Done);
    assert!(pair.hudu.find_company(&title).is_none());
}

#[tokio::test(start_paused = true)]
async fn a_large_run_takes_hardly_more_requests_than_steps() {
    let pair = provider(Size { clients: 30, sites: 2, users: 12, assets: 22, known: 40, articles: 20 });
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    let steps = writes(&plan);
    assert!(steps >= 1_000, "{steps}");
    let mut run = begin(&desk, plan, &Order::default()).await;
    // Whether Hudu can tell what changed is asked once a day.
    sides(&desk).await.hudu_changes(0).await.unwrap().unwrap();
    pair.clear_requests();
    let started = tokio::time::Instant::now();
    let witness = Witness::default();
    apply::go_on(&sides(&desk).await, &mut run, &witness).await.unwrap();
    assert_eq!(run.state, RunState::Done);
    let (halo, hudu) = (pair.request_count(Server::Halo), pair.request_count(Server::Hudu));
    // What others change is asked for again and again; layouts, lists and the articles are read once or twice.
    let looks = pair.requests(Server::Hudu).iter().filter(|seen| seen.path.contains("updated_at=")).count();
    assert!(looks * 50 <= steps, "{looks} looks for {steps} steps");
    let sent = halo + hudu - looks;
    assert!(sent <= steps + 16, "{sent} other requests for {steps} steps: {halo} + {hudu}");
    assert_eq!(run.requests, (halo as u32, hudu as u32));
    // Hudu's allowance is 1,500 in five minutes.
    let seconds = started.elapsed().as_secs_f64();
    let asked = witness.told.borrow().iter().filter(|told| told.until.is_some()).count();
    assert_eq!(pair.requests(Server::Hudu).iter().filter(|seen| seen.status == 429).count(), 0, "{asked}");
    assert!(seconds < 300.0 * (hudu as f64 / 1_500.0) / 0.95 + 5.0, "{seconds} s for {hudu} requests");
    assert_eq!(writes(&crate::support::plan(&desk).await), 0);
}

#[tokio::test(start_paused = true)]
async fn what_both_sides_agree_in_counts_as_synced_last() {
    let pair = small();
    let run = sync(&desk(&pair, 1).await).await;
    let synced = |(item, _): &(&Item, &Step)| item.id.starts_with("asset/") && item.action == Action::Update;
    let (item, step) = run.plan.items.iter().zip(&run.steps).find(synced).unwrap();
    // A browser that never wrote anything has nothing to write: what it found is what it remembers.
    let other = desk(&pair, 2).await;
    other.set(|settings| settings.sync.policies.push(ask_for_serials())).await;
    assert_eq!(writes(&plan(&other).await), 0);
    pair.hudu.upsert("assets", json!({ "id": step.target, "primary_serial": "IN-HUDU" }));
    let fields = json!([{ "name": "Serial Number", "value": "IN-HALO" }]);
    pair.halo.upsert("Asset", json!({ "id": item.record.unwrap().id, "fields": fields }));
    let plan = plan(&other).await;
    let item = plan.items.iter().find(|own| own.id == item.id).unwrap();
    assert_eq!(item.action, Action::Conflict, "{item:#?}");
}

fn ask_for_serials() -> (RecordKind, String, Policy) {
    (RecordKind::Asset, "primary_serial".to_owned(), Policy::AskIfBothChanged)
}
