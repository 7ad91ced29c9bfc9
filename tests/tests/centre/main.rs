//! The sync centre's messages, in virtual time: plan, look, apply, pause, go on, history, undo.

#![allow(clippy::unwrap_used)]

mod troubles;

use std::time::Duration;

use sidelight::halo::record::RecordKind;
use sidelight::http::Product;
use sidelight::platform::Table;
use sidelight::protocol::{CentreAsk, Event, Message, Reply};
use sidelight::settings::SyncSettings;
use sidelight::sync::table::{ExportForm, Outcome, RowQuery, RowsView, RunHead, Scope, SummaryView, TableOf, Work};
use sidelight::sync::view::{Action, RunState};
use sidelight_sandbox::world::{Size, large};
use sidelight_sandbox::{Effect, Fault, Options, Sandbox, Server};
use sidelight_tests::desk::Desk;
use sidelight_tests::host::{sandbox, sandbox_with};

async fn work(desk: &Desk) -> Work {
    match desk.ask(CentreAsk::Work).await {
        Ok(Reply::Work { work }) => work,
        other => panic!("no work: {other:?}"),
    }
}

async fn last_plan(desk: &Desk) -> SummaryView {
    match desk.ask(CentreAsk::LastPlan).await {
        Ok(Reply::Summary { summary: Some(summary) }) => *summary,
        other => panic!("no plan: {other:?}"),
    }
}

/// Plans everything, to the end.
async fn plan(desk: &Desk) -> SummaryView {
    let begun = desk.ask(CentreAsk::PlanAll { scope: Scope::default() }).await.unwrap();
    assert!(matches!(begun, Reply::Work { work: Work::Planning(_) }), "{begun:?}");
    desk.settle().await;
    assert_eq!(work(desk).await, Work::Idle);
    let summary = last_plan(desk).await;
    let ready = desk.browser.events.borrow().iter().rev().find_map(|event| match event {
        Event::PlanReady { plan } => Some(plan.clone()),
        _ => None,
    });
    assert_eq!(ready, Some(summary.id.clone()));
    summary
}

async fn rows(desk: &Desk, of: TableOf, query: RowQuery) -> RowsView {
    match desk.ask(CentreAsk::Rows { of, query, offset: 0, count: 500 }).await {
        Ok(Reply::Rows { rows }) => rows,
        other => panic!("no rows: {other:?}"),
    }
}

async fn runs(desk: &Desk) -> Vec<RunHead> {
    match desk.ask(CentreAsk::Runs { offset: 0, count: 50 }).await {
        Ok(Reply::Runs { runs, total }) => {
            assert_eq!(runs.len(), total);
            runs
        }
        other => panic!("no history: {other:?}"),
    }
}

/// Begins to apply a plan; answers the run.
async fn begin(desk: &Desk, plan: &str) -> String {
    let order =
        CentreAsk::ApplyAll { plan: plan.to_owned(), except: Vec::new(), overwrite: Vec::new(), confirmed: false };
    match desk.ask(order).await {
        Ok(Reply::Work { work: Work::Running(progress) }) => progress.run,
        other => panic!("no run: {other:?}"),
    }
}

/// A provider with a few clients of plain records, whose servers take a tenth of a second each time.
fn small() -> Sandbox {
    let size = Size { clients: 8, sites: 2, users: 4, assets: 6, known: 50, articles: 3 };
    let sandbox = sandbox_with(Options { world: large(size), ..Options::default() });
    for server in ["halo", "hudu"] {
        sandbox.faults.add(Fault {
            server: server.to_owned(),
            method: String::new(),
            path: String::new(),
            after: 0,
            times: u32::MAX,
            effect: Effect::Delay { ms: 100 },
        });
    }
    sandbox
}

fn hudu(sandbox: &Sandbox) -> usize {
    sandbox.hudu.all("assets").len() + sandbox.hudu.all("companies").len()
}

#[tokio::test(start_paused = true)]
async fn everything_is_planned_applied_listed_and_undone() {
    let desk = Desk::new(&sandbox()).await;
    let before = hudu(&desk.sandbox);
    let summary = plan(&desk).await;
    assert!(summary.writes > 20 && summary.guard.is_none(), "{summary:#?}");
    assert!(summary.requests.0 > 3 && summary.requests.1 > 2);
    // The table has every item, and its filters agree with the counts.
    let of = TableOf::Plan(summary.id.clone());
    let all = rows(&desk, of.clone(), RowQuery::default()).await;
    assert_eq!(all.total, summary.counts.iter().map(|count| count.count).sum::<usize>());
    let creates = RowQuery { actions: vec![Action::Create], ..RowQuery::default() };
    let creates = rows(&desk, of.clone(), creates).await;
    let wanted = summary.counts.iter().filter(|count| count.action == Action::Create).map(|count| count.count);
    assert_eq!(creates.total, wanted.sum::<usize>());
    let id = creates.rows[0].id.clone();
    let Reply::Item { item } = desk.ask(CentreAsk::Item { of: of.clone(), item: id.clone() }).await.unwrap() else {
        panic!("no item")
    };
    assert!(item.id == id && !item.fields.is_empty());
    // Exports hold the same rows.
    for (form, media) in [(ExportForm::Json, "application/json"), (ExportForm::Csv, "text/csv")] {
        let file = desk.ask(CentreAsk::Export { of: of.clone(), form }).await.unwrap();
        let Reply::File { name, media: found, text } = file else { panic!("no file") };
        assert!(name.starts_with("sidelight-plan-2026-11-21."), "{name}");
        assert!(found == media && text.contains(&creates.rows[0].title), "{name}");
    }
    let run = begin(&desk, &summary.id).await;
    assert!(matches!(work(&desk).await, Work::Running(progress) if progress.run == run && !progress.paused));
    desk.settle().await;
    assert_eq!(work(&desk).await, Work::Idle);
    assert!(hudu(&desk.sandbox) > before + 10);
    let head = runs(&desk).await.remove(0);
    assert_eq!((head.id.as_str(), head.state), (run.as_str(), RunState::Done), "{head:#?}");
    assert!(!head.who.is_empty() && head.done == head.steps && head.undoable);
    let done = RowQuery { outcomes: vec![Outcome::Done], ..RowQuery::default() };
    assert_eq!(rows(&desk, TableOf::Run(run.clone()), done).await.total, head.done);
    let file = desk.ask(CentreAsk::Export { of: TableOf::Run(run.clone()), form: ExportForm::Csv }).await.unwrap();
    assert!(matches!(file, Reply::File { name, .. } if name.starts_with("sidelight-run-")));
    // A second plan has nothing to write.
    assert_eq!(plan(&desk).await.writes, 0);
    // Undoing one record, then the rest.
    let made = RowQuery { actions: vec![Action::Create], kinds: vec![RecordKind::Asset], ..RowQuery::default() };
    let one = rows(&desk, TableOf::Run(run.clone()), made).await.rows.remove(0);
    let undo = CentreAsk::PlanUndoItems { run: run.clone(), items: vec![one.id.clone()] };
    let Reply::Summary { summary: Some(back) } = desk.ask(undo).await.unwrap() else { panic!("no plan") };
    assert_eq!(back.writes, 1);
    begin(&desk, &back.id).await;
    desk.settle().await;
    assert_eq!(runs(&desk).await[0].undoes.as_deref(), Some(run.as_str()));
    let undo = CentreAsk::PlanUndoItems { run: run.clone(), items: Vec::new() };
    let Reply::Summary { summary: Some(back) } = desk.ask(undo).await.unwrap() else { panic!("no plan") };
    begin(&desk, &back.id).await;
    desk.settle().await;
    assert!(matches!(runs(&desk).await[0].state, RunState::Done | RunState::Undone));
    let active = desk.sandbox.hudu.all("assets").iter().filter(|asset| asset["archived"] != true).count();
    assert!(active < before, "what was made is put away");
}

#[tokio::test(start_paused = true)]
async fn a_run_is_paused_and_goes_on() {
    let desk = Desk::new(&small()).await;
    let summary = plan(&desk).await;
    let run = begin(&desk, &summary.id).await;
    desk.meanwhile(tokio::time::sleep(Duration::from_secs(2))).await;
    let paused = desk.ask(CentreAsk::Pause { run: run.clone() }).await.unwrap();
    assert!(matches!(paused, Reply::Work { work: Work::Running(progress) } if progress.paused));
    desk.settle().await;
    let head = runs(&desk).await.remove(0);
    assert_eq!(head.state, RunState::Paused);
    assert!(head.done > 0 && head.done < head.steps, "{head:#?}");
    let held = hudu(&desk.sandbox);
    // It stays paused over a restart, and the page is told of it.
    let desk = Desk::on(&desk.sandbox, desk.host.store.clone(), 2).await;
    desk.service.started().await;
    desk.settle().await;
    assert_eq!(hudu(&desk.sandbox), held);
    assert!(matches!(work(&desk).await, Work::Running(progress) if progress.run == run && progress.paused));
    desk.ask(CentreAsk::GoOn { run: run.clone() }).await.unwrap();
    desk.settle().await;
    let head = runs(&desk).await.remove(0);
    assert_eq!((head.id.as_str(), head.state, head.done), (run.as_str(), RunState::Done, head.steps));
    assert_eq!(plan(&desk).await.writes, 0);
}

#[tokio::test(start_paused = true)]
async fn a_click_on_one_record_does_not_wait_for_a_large_run() {
    let desk = Desk::new(&small()).await;
    let one = desk.plan(RecordKind::Client, 12).await.unwrap();
    let summary = plan(&desk).await;
    let run = begin(&desk, &summary.id).await;
    desk.meanwhile(tokio::time::sleep(Duration::from_secs(1))).await;
    let clicked = desk.meanwhile(desk.apply(&one)).await;
    let head = runs(&desk).await.into_iter().find(|head| head.id == run).unwrap();
    assert!(head.ended.is_none() && matches!(work(&desk).await, Work::Running(_)), "{head:#?}");
    // The large run may have written the same values before: then there is nothing left to click for.
    if let Ok(clicked) = clicked {
        assert!(matches!(clicked.state, RunState::Done | RunState::Part | RunState::Stopped), "{clicked:#?}");
    }
    desk.settle().await;
    let head = runs(&desk).await.into_iter().find(|head| head.id == run).unwrap();
    assert_eq!(head.state, RunState::Done, "{head:#?}");
    assert_eq!(plan(&desk).await.writes, 0);
}

#[tokio::test(start_paused = true)]
async fn what_a_stopped_worker_left_is_taken_up_and_told() {
    let desk = Desk::new(&small()).await;
    // Planning that was cut is begun again.
    desk.ask(CentreAsk::PlanAll { scope: Scope::default() }).await.unwrap();
    desk.meanwhile(tokio::time::sleep(Duration::from_millis(300))).await;
    let desk = Desk::on(&desk.sandbox, desk.host.store.clone(), 2).await;
    desk.service.started().await;
    assert!(matches!(work(&desk).await, Work::Planning(_)));
    desk.settle().await;
    let summary = last_plan(&desk).await;
    // A run that was cut goes on, and the pages hear of it.
    let run = begin(&desk, &summary.id).await;
    desk.meanwhile(tokio::time::sleep(Duration::from_secs(2))).await;
    let desk = Desk::on(&desk.sandbox, desk.host.store.clone(), 3).await;
    desk.service.started().await;
    assert!(matches!(work(&desk).await, Work::Running(progress) if progress.run == run));
    desk.settle().await;
    let heard = |wanted: fn(&Event) -> bool| desk.browser.events.borrow().iter().any(wanted);
    assert!(heard(|event| matches!(event, Event::Working { work: Work::Running(_) })));
    assert!(heard(|event| matches!(event, Event::RunChanged { run, .. } if run.state == RunState::Running)));
    assert!(heard(|event| matches!(event, Event::RunChanged { run, .. } if run.state == RunState::Done)));
    assert_eq!(runs(&desk).await[0].state, RunState::Done);
    assert_eq!(plan(&desk).await.writes, 0);
}

#[tokio::test(start_paused = true)]
async fn planning_can_be_stopped_and_one_thing_goes_on_at_a_time() {
    let desk = Desk::new(&small()).await;
    desk.ask(CentreAsk::PlanAll { scope: Scope::default() }).await.unwrap();
    desk.meanwhile(tokio::time::sleep(Duration::from_millis(300))).await;
    let before = desk.sandbox.request_count(sidelight_sandbox::Server::Halo);
    let stopped = desk.ask(CentreAsk::StopPlanning).await.unwrap();
    assert!(matches!(stopped, Reply::Work { work: Work::Idle }));
    desk.settle().await;
    assert_eq!(desk.sandbox.request_count(sidelight_sandbox::Server::Halo), before);
    assert!(matches!(desk.ask(CentreAsk::LastPlan).await, Ok(Reply::Summary { summary: None })));
    // Nothing is begun again at the next start.
    desk.service.started().await;
    assert_eq!(work(&desk).await, Work::Idle);
    let summary = plan(&desk).await;
    begin(&desk, &summary.id).await;
    for message in [
        CentreAsk::PlanAll { scope: Scope::default() },
        CentreAsk::ApplyAll { plan: summary.id.clone(), except: vec![], overwrite: vec![], confirmed: true },
    ] {
        assert_eq!(desk.ask(message).await.unwrap_err().code, "service.busy");
    }
    desk.settle().await;
    // Events about progress are few.
    let told = desk.browser.events.borrow().iter().filter(|event| matches!(event, Event::Working { .. })).count();
    assert!(told > 3, "{told}");
}

#[tokio::test(start_paused = true)]
async fn disconnecting_ends_what_is_under_way() {
    for running in [false, true] {
        let desk = Desk::new(&small()).await;
        if running {
            let summary = plan(&desk).await;
            begin(&desk, &summary.id).await;
        } else {
            desk.ask(CentreAsk::PlanAll { scope: Scope::default() }).await.unwrap();
        }
        desk.meanwhile(tokio::time::sleep(Duration::from_millis(900))).await;
        desk.meanwhile(desk.ask(Message::Disconnect { product: Product::Hudu })).await.unwrap();
        let held = hudu(&desk.sandbox);
        desk.settle().await;
        assert_eq!(hudu(&desk.sandbox), held);
        assert_eq!(work(&desk).await, Work::Idle);
        for table in [Table::Journal, Table::Plans, Table::Links] {
            assert_eq!(desk.host.store.dump(table), vec![], "{table:?} ({running})");
        }
        let trouble = desk.ask(CentreAsk::PlanAll { scope: Scope::default() }).await.unwrap_err();
        assert_eq!(trouble.code, "http.not_connected");
    }
}

#[tokio::test(start_paused = true)]
async fn the_mapping_pages_get_real_records() {
    let desk = Desk::new(&sandbox()).await;
    let settings = || Box::new(SyncSettings::default());
    let Reply::Mapping { mapping } = desk.ask(CentreAsk::Mapping { settings: settings() }).await.unwrap() else {
        panic!("no mapping")
    };
    assert!(mapping.layouts.len() > 3 && !mapping.rows.is_empty());
    assert!(mapping.facts.iter().any(|fact| fact.key == "serial" && !fact.example.is_empty()));
    let ask = CentreAsk::Sorting { kind: RecordKind::Asset, settings: settings() };
    let Reply::Sorting { sorting } = desk.ask(ask.clone()).await.unwrap() else { panic!("no sorting") };
    assert!(sorting.records > 10 && sorting.rules.iter().sum::<usize>() > 5, "{sorting:#?}");
    // Asking again with every edit costs nothing.
    let before = desk.sandbox.request_count(sidelight_sandbox::Server::Halo);
    desk.ask(ask).await.unwrap();
    for id in [None, Some(2001)] {
        let sample = CentreAsk::Sample { kind: RecordKind::Asset, id, next: false, settings: settings() };
        let Reply::Sample { sample: Some(sample) } = desk.ask(sample).await.unwrap() else { panic!("no sample") };
        assert!(!sample.name.is_empty() && !sample.values.is_empty());
    }
    assert_eq!(desk.sandbox.request_count(sidelight_sandbox::Server::Halo), before + 1);
    let nobody = CentreAsk::Sample { kind: RecordKind::Asset, id: Some(999_999), next: false, settings: settings() };
    assert!(matches!(desk.ask(nobody).await, Ok(Reply::Sample { sample: None })));
}

#[tokio::test(start_paused = true)]
async fn settings_go_into_a_file_and_back() {
    let desk = Desk::new(&small()).await;
    desk.set(|settings| {
        settings.sync.people_layout = "Contacts".to_owned();
        settings.schedule.hours = 3;
    })
    .await;
    let Reply::File { text, .. } = desk.ask(CentreAsk::ExportSettings).await.unwrap() else { panic!("no file") };
    assert!(!text.contains(&desk.sandbox.hudu.api_key()));
    assert!(!text.contains(&desk.sandbox.halo.credentials().client_secret));
    desk.set(|settings| settings.sync = SyncSettings::default()).await;
    // The servers of this test speak without encryption, which nobody may type.
    let text = text.replace("http://", "https://");
    let Reply::Settings { settings } = desk.ask(CentreAsk::ReadSettings { text }).await.unwrap() else { panic!() };
    assert_eq!(settings.sync.people_layout, "Contacts");
    assert_eq!(settings.schedule.hours, 3);
    assert!(settings.connections.halo.is_some());
    // Reading saves nothing.
    let Reply::Settings { settings } = desk.ask(Message::Settings).await.unwrap() else { panic!() };
    assert_eq!(settings.sync.people_layout, "People");
    let trouble = desk.ask(CentreAsk::ReadSettings { text: "= nonsense".to_owned() }).await.unwrap_err();
    assert!(trouble.sentence.len() > 20, "{}", trouble.sentence);
}

#[tokio::test(start_paused = true)]
async fn layouts_are_prepared_by_a_plan() {
    let desk = Desk::new(&small()).await;
    desk.set(|settings| settings.sync.sites_layout = "Branches".to_owned()).await;
    assert!(!desk.layouts_shown().await.contains(&"Branches".to_owned()));
    let Reply::Summary { summary: Some(summary) } = desk.ask(CentreAsk::PlanLayouts).await.unwrap() else {
        panic!("no plan")
    };
    assert!(summary.writes > 0);
    begin(&desk, &summary.id).await;
    desk.settle().await;
    let layouts = desk.sandbox.hudu.all("asset_layouts");
    assert!(layouts.iter().any(|layout| layout["name"] == "Branches"));
    // The mapping pages know it at once, though they read seldom.
    assert!(desk.layouts_shown().await.contains(&"Branches".to_owned()));
    // The sidebar's frame can neither apply nor undo what only the sync centre shows.
    let large = Message::Apply { plan: summary.id, overwrite: vec![] };
    assert!(desk.ask(large).await.is_err());
    let run = runs(&desk).await[0].id.clone();
    assert_eq!(desk.ask(Message::PlanUndo { run }).await.unwrap_err().code, "protocol.not_allowed");
}

#[tokio::test(start_paused = true)]
async fn clients_can_be_chosen_before_anything_was_planned() {
    let desk = Desk::new(&small()).await;
    let mut all = desk.sandbox.halo.all("Client");
    all.retain(|client| client["name"].as_str().is_some_and(|name| name.starts_with("Client 00003")));
    let mut gone = all.remove(0);
    gone["inactive"] = true.into();
    desk.sandbox.halo.upsert("Client", gone);
    let listed = async || match desk.ask(CentreAsk::Clients).await {
        Ok(Reply::Clients { clients }) => clients,
        other => panic!("no clients: {other:?}"),
    };
    let clients = listed().await;
    let names: Vec<String> = clients.iter().map(|client| client.name.to_lowercase()).collect();
    // HaloITSM's own “Unknown” is one of them; a client that is not in use is not offered.
    assert!(names.len() == 8 && names.is_sorted() && !names.contains(&"client 00003 ltd".to_owned()), "{names:?}");
    // Light: a list of a page, and the second question costs nothing while it is fresh.
    let sent = desk.sandbox.request_count(Server::Halo);
    assert!(sent <= 3 && desk.sandbox.request_count(Server::Hudu) == 0, "{sent}");
    assert_eq!(listed().await, clients);
    assert_eq!(desk.sandbox.request_count(Server::Halo), sent);
    tokio::time::sleep(Duration::from_secs(11 * 60)).await;
    listed().await;
    assert!(desk.sandbox.request_count(Server::Halo) > sent);
}

#[tokio::test(start_paused = true)]
async fn a_run_is_at_its_end_when_what_it_left_is_kept() {
    let desk = Desk::new(&small()).await;
    let summary = plan(&desk).await;
    let creates = RowQuery { actions: vec![Action::Create], ..RowQuery::default() };
    let left = rows(&desk, TableOf::Plan(summary.id.clone()), creates).await.rows.pop().unwrap();
    let (plan, overwrite, confirmed) = (summary.id, Vec::new(), false);
    desk.ask(CentreAsk::ApplyAll { plan, except: vec![left.id], overwrite, confirmed }).await.unwrap();
    desk.browser.events.borrow_mut().clear();
    desk.settle().await;
    let events = desk.browser.events.borrow();
    let end = events.iter().position(|event| matches!(event, Event::Working { work: Work::Idle })).unwrap();
    let kept = events.iter().position(|event| matches!(event, Event::PlanReady { .. })).unwrap();
    assert!(kept < end, "{events:#?}");
}
