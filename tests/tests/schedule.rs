//! The unattended sync, in virtual time: what is safe is written, the rest waits and is told once.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;
use std::time::Duration;

use sidelight::platform::{Table, Write};
use sidelight::protocol::{CentreAsk, Event, Message, Reply, ScheduleView};
use sidelight::service::browser::Tone;
use sidelight::settings::{Managed, Settings};
use sidelight::sync::table::{RowQuery, RunHead, Scope, TableOf, Work};
use sidelight::sync::view::Action;
use sidelight_sandbox::world::{Size, large};
use sidelight_sandbox::{Effect, Fault, Options, Sandbox, Server};
use sidelight_tests::desk::Desk;
use sidelight_tests::host::{MemoryStore, sandbox, sandbox_with};

const HOUR_MS: i64 = 3_600_000;

/// A provider with a few clients of plain records.
fn small() -> Sandbox {
    let size = Size { clients: 8, sites: 2, users: 4, assets: 6, known: 50, articles: 3 };
    sandbox_with(Options { world: large(size), ..Options::default() })
}

async fn scheduled(sandbox: &Sandbox, store: Rc<MemoryStore>, seed: u64) -> Desk {
    let desk = Desk::on(sandbox, store, seed).await;
    desk.set(|settings| settings.schedule.hours = 3).await;
    desk
}

/// Milliseconds after which the alarm rings that was set last.
fn alarm(desk: &Desk) -> Option<i64> {
    let alarms = desk.browser.alarms.borrow();
    alarms.iter().rev().find(|(name, _)| name == "schedule").map(|(_, ms)| *ms)
}

/// Waits for the alarm, as a browser does, and for what it begins.
async fn ring(desk: &Desk) {
    let wait = alarm(desk).unwrap().max(30_000);
    tokio::time::sleep(Duration::from_millis(wait as u64)).await;
    desk.service.alarm("schedule").await;
    desk.settle().await;
}

async fn stands(desk: &Desk) -> ScheduleView {
    match desk.ask(CentreAsk::Schedule).await {
        Ok(Reply::Schedule { schedule }) => schedule,
        other => panic!("no schedule: {other:?}"),
    }
}

async fn runs(desk: &Desk) -> Vec<RunHead> {
    match desk.ask(CentreAsk::Runs { offset: 0, count: 50 }).await {
        Ok(Reply::Runs { runs, .. }) => runs,
        other => panic!("no history: {other:?}"),
    }
}

fn requests(desk: &Desk) -> usize {
    desk.sandbox.request_count(Server::Halo) + desk.sandbox.request_count(Server::Hudu)
}

fn unavailable(times: u32) -> Fault {
    Fault {
        server: "halo".to_owned(),
        method: String::new(),
        path: "/api/".to_owned(),
        after: 0,
        times,
        effect: Effect::Status { status: 503, body: String::new(), headers: Vec::new() },
    }
}

#[tokio::test(start_paused = true)]
async fn it_writes_what_is_safe_and_tells_once_of_the_rest() {
    let desk = scheduled(&sandbox(), Rc::default(), 1).await;
    assert_eq!(alarm(&desk), Some(3 * HOUR_MS));
    assert_eq!(stands(&desk).await.last, None);
    ring(&desk).await;
    let run = runs(&desk).await.remove(0);
    assert_eq!(run.who, "schedule");
    assert!(run.done > 10, "{run:#?}");
    // What needs a person was not touched and stands in the plan that is kept.
    let Reply::Summary { summary: Some(rest) } = desk.ask(CentreAsk::LastPlan).await.unwrap() else {
        panic!("no plan")
    };
    let query = RowQuery { actions: vec![Action::Ambiguous, Action::Conflict], ..RowQuery::default() };
    let of = TableOf::Plan(rest.id.clone());
    let rows = desk.ask(CentreAsk::Rows { of, query, offset: 0, count: 50 }).await.unwrap();
    let Reply::Rows { rows } = rows else { panic!("no rows") };
    let view = stands(&desk).await;
    assert!(rows.total > 0 && view.waiting >= rows.total, "{view:?}");
    assert!(view.last.is_some() && view.trouble.is_none());
    assert_eq!(view.next, view.last.map(|last| last + 3 * HOUR_MS));
    let badge = desk.browser.badges.borrow().iter().rev().find(|(tab, _)| tab.is_none()).unwrap().1.clone();
    assert_eq!((badge.text, badge.tone), (view.waiting.to_string(), Tone::Attention));
    assert_eq!(desk.browser.notified.borrow().len(), 1);
    assert!(desk.browser.notified.borrow()[0].0.starts_with("Sidelight: "));
    // The next one has nothing more to write and does not tell the same again.
    let before = runs(&desk).await.len();
    ring(&desk).await;
    assert_eq!(runs(&desk).await.len(), before);
    assert_eq!(stands(&desk).await.waiting, view.waiting);
    assert_eq!(desk.browser.notified.borrow().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_alarm_that_was_slept_through_rings_once() {
    let desk = scheduled(&small(), Rc::default(), 1).await;
    // The lid was closed for a day; the browser starts anew.
    tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    let desk = Desk::on(&desk.sandbox, desk.host.store.clone(), 2).await;
    desk.service.started().await;
    assert_eq!(alarm(&desk), Some(0));
    desk.service.alarm("schedule").await;
    desk.settle().await;
    let before = requests(&desk);
    for _ in 0..3 {
        desk.service.alarm("schedule").await;
        desk.settle().await;
    }
    assert_eq!(requests(&desk), before, "the missed times are not made up for");
    assert!(alarm(&desk).unwrap() > 2 * HOUR_MS);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_ahead_once_does_not_put_it_off() {
    let desk = scheduled(&small(), Rc::default(), 1).await;
    let ahead = desk.host.host.clock.now() + 365 * 24 * HOUR_MS;
    let value = Some(format!("{{\"since\":{ahead},\"began\":{ahead},\"ended\":{ahead}}}"));
    let write = Write { table: Table::Settings, key: "schedule".to_owned(), value };
    desk.host.host.store.write(vec![write]).await.unwrap();
    desk.service.started().await;
    assert_eq!(alarm(&desk), Some(3 * HOUR_MS));
    ring(&desk).await;
    assert_eq!(runs(&desk).await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_stands_in_the_way_is_told_and_passes() {
    let desk = scheduled(&small(), Rc::default(), 1).await;
    desk.sandbox.faults.add(unavailable(10_000));
    ring(&desk).await;
    let view = stands(&desk).await;
    let trouble = view.trouble.clone().unwrap();
    assert!(trouble.sentence.len() > 20);
    assert!(matches!(desk.ask(CentreAsk::Work).await, Ok(Reply::Work { work: Work::Failed(told) }) if told == trouble));
    let badge = desk.browser.badges.borrow().last().cloned().unwrap();
    assert_eq!((badge.0, badge.1.text.as_str(), badge.1.tone), (None, "!", Tone::Trouble));
    assert_eq!(desk.browser.notified.borrow().len(), 0);
    // It is tried again before its time, and ever later.
    let first = alarm(&desk).unwrap();
    assert!(first <= HOUR_MS / 4, "{first}");
    ring(&desk).await;
    assert!(alarm(&desk).unwrap() > first);
    desk.sandbox.faults.clear();
    ring(&desk).await;
    assert_eq!(stands(&desk).await.trouble, None);
    assert!(!runs(&desk).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_guarded_plan_waits_as_a_whole() {
    let desk = scheduled(&small(), Rc::default(), 1).await;
    // A person synced everything once.
    desk.ask(CentreAsk::PlanAll { scope: Scope::default() }).await.unwrap();
    desk.settle().await;
    let Reply::Summary { summary: Some(plan) } = desk.ask(CentreAsk::LastPlan).await.unwrap() else {
        panic!("no plan")
    };
    let order = CentreAsk::ApplyAll { plan: plan.id, except: vec![], overwrite: vec![], confirmed: false };
    desk.ask(order).await.unwrap();
    desk.settle().await;
    let before = runs(&desk).await.len();
    for (resource, member) in [("Asset", "inventory_number"), ("Users", "phonenumber"), ("Site", "phonenumber")] {
        for mut record in desk.sandbox.halo.all(resource) {
            record[member] = format!("moved {}", record["id"]).into();
            desk.sandbox.halo.upsert(resource, record);
        }
    }
    ring(&desk).await;
    let Reply::Summary { summary: Some(summary) } = desk.ask(CentreAsk::LastPlan).await.unwrap() else { panic!() };
    assert!(summary.guard.is_some(), "{summary:#?}");
    assert_eq!(runs(&desk).await.len(), before, "nothing was written");
    assert!(stands(&desk).await.waiting >= summary.writes);
    assert_eq!(desk.browser.notified.borrow().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn switched_off_it_does_nothing() {
    let desk = scheduled(&small(), Rc::default(), 1).await;
    desk.set(|settings| settings.schedule.hours = 0).await;
    ring(&desk).await;
    assert!(runs(&desk).await.is_empty());
    assert_eq!(stands(&desk).await, ScheduleView::default());
}

#[tokio::test(start_paused = true)]
async fn two_browsers_with_the_same_schedule_make_nothing_twice() {
    let pair = small();
    let (one, two) = (scheduled(&pair, Rc::default(), 1).await, scheduled(&pair, Rc::default(), 2).await);
    let Reply::Summary { summary: Some(layouts) } = one.ask(CentreAsk::PlanLayouts).await.unwrap() else { panic!() };
    let order = CentreAsk::ApplyAll { plan: layouts.id, except: vec![], overwrite: vec![], confirmed: false };
    one.ask(order).await.unwrap();
    one.settle().await;
    let before = pair.hudu.all("assets").len();
    futures::join!(ring(&one), ring(&two));
    assert!(pair.hudu.all("assets").len() > before + 20);
    let mut names: Vec<String> = pair
        .hudu
        .all("assets")
        .iter()
        .filter(|asset| asset["archived"] != true)
        .map(|asset| format!("{}/{}/{}", asset["company_id"], asset["asset_layout_id"], asset["name"]))
        .collect();
    names.sort();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "made twice");
}

#[tokio::test(start_paused = true)]
async fn what_ends_soon_is_told_once_a_day_where_it_is_wanted() {
    let pair = sandbox();
    let desk = Desk::new(&pair).await;
    pair.clear_requests();
    desk.service.alarm("ending").await;
    assert_eq!((pair.request_count(Server::Hudu), desk.browser.notified.borrow().len()), (0, 0), "off by default");

    desk.set(|settings| settings.schedule.ending = true).await;
    assert!(desk.browser.alarms.borrow().iter().any(|(name, _)| name == "ending"));
    desk.service.alarm("ending").await;
    let told = desk.browser.notified.borrow().clone();
    assert_eq!(told.len(), 1, "one that sums up");
    assert!(told[0].0.contains("due in Hudu"), "{told:?}");
    // Again on the same day, also in a woken worker: nothing is asked and nothing is told.
    pair.clear_requests();
    let woken = Desk::on(&pair, desk.host.store.clone(), 2).await;
    woken.service.alarm("ending").await;
    assert_eq!((pair.request_count(Server::Hudu), woken.browser.notified.borrow().len()), (0, 0));

    // The list that the click opens, with clients and things by name, and without another reading.
    let Reply::Ending { ending } = woken.ask(Message::Ending).await.unwrap() else { panic!() };
    assert!(!ending.items.is_empty() && ending.items.iter().all(|row| !row.company.is_empty()), "{ending:#?}");
    let named = ending.items.iter().filter(|row| row.item.url.contains("/a/") || row.item.url.contains("/websites/"));
    assert!(named.count() > 0, "{ending:#?}");
    assert_eq!(pair.request_count(Server::Hudu), 0);

    // Hudu does not answer: tried again within hours, told once.
    tokio::time::sleep(std::time::Duration::from_secs(25 * 3600)).await;
    let effect = Effect::Status { status: 403, body: String::new(), headers: Vec::new() };
    let (server, path) = ("hudu".to_owned(), "expirations".to_owned());
    pair.faults.add(Fault { server, method: String::new(), path, after: 0, times: 9, effect });
    woken.service.alarm("ending").await;
    let (name, ms) = woken.browser.alarms.borrow().last().cloned().unwrap();
    assert!(name == "ending" && ms <= 3_600_000, "{name} {ms}");
}

async fn settings(desk: &Desk) -> Settings {
    match desk.ask(Message::Settings).await {
        Ok(Reply::Settings { settings }) => *settings,
        other => panic!("no settings: {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_organisation_sets_counts_until_its_policy_goes() {
    let desk = Desk::on(&small(), Rc::new(MemoryStore::default()), 1).await;
    desk.set(|settings| settings.sync.sites_layout = "Mine".to_owned()).await;
    assert_eq!(alarm(&desk), None);
    desk.service.policy_read(Some("[schedule]\nhours = 6\n[sync]\nsites_layout = \"Places\"\n")).await.unwrap();
    assert!(desk.browser.events.borrow().contains(&Event::SettingsChanged));
    assert!(alarm(&desk).is_some_and(|ms| ms <= 6 * HOUR_MS), "the schedule begins at once");
    let seen = settings(&desk).await;
    assert_eq!((seen.sync.sites_layout.as_str(), seen.schedule.hours), ("Places", 6));
    assert_eq!(seen.managed.keys, ["schedule.hours", "sync.sites_layout"]);

    // A page that sends other values back keeps what is the user's and nothing else.
    desk.set(|settings| {
        (settings.schedule.hours, settings.sync.sites_layout) = (1, "Other".to_owned());
        (settings.schedule.notify, settings.managed) = (false, Managed::default());
    })
    .await;
    let kept = settings(&desk).await;
    assert_eq!((kept.sync.sites_layout.as_str(), kept.schedule.hours, kept.schedule.notify), ("Places", 6, false));
    // What it says twice is no news; what cannot be read counts for nothing, and is told.
    let told = desk.browser.events.borrow().len();
    desk.service.policy_read(Some("[schedule]\nhours = 6\n[sync]\nsites_layout = \"Places\"\n")).await.unwrap();
    assert_eq!(desk.browser.events.borrow().len(), told);
    desk.service.policy_read(Some("[schedule]\nhuors = 6\n")).await.unwrap();
    assert!(settings(&desk).await.managed.trouble.unwrap().contains("huors"));

    // Without a policy the user's own is back.
    desk.service.policy_read(None).await.unwrap();
    let own = settings(&desk).await;
    assert_eq!((own.sync.sites_layout.as_str(), own.schedule.hours, own.schedule.notify), ("Mine", 0, false));
    assert_eq!(own.managed, Managed::default());
}
