//! What stands in the way of a run: told, kept with it, and tried again.

use serde_json::{Map, Value};
use sidelight::platform::StoreError;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::sync::table::{Outcome, RowQuery, RowView, TableOf, Work};
use sidelight::sync::view::RunState;
use sidelight::trouble::Retry;
use sidelight::words;
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::desk::Desk;

use super::{begin, hudu, last_plan, plan, rows, runs, small, work};

/// German as it ships.
fn speak_german() {
    let file = include_str!("../../../extension/static/_locales/de/messages.json");
    let entries: Map<String, Value> = serde_json::from_str(file).unwrap();
    let line =
        |(key, entry): (&String, &Value)| Some(format!("{}\t{}", key.strip_prefix("w_")?, entry["message"].as_str()?));
    words::install("de", &entries.iter().filter_map(line).collect::<Vec<_>>().join("\n"));
}

/// What failed in a run is tried again by going on with it, and is then in no plan any more.
#[tokio::test(start_paused = true)]
async fn what_failed_is_in_the_rest_until_it_is_done() {
    let desk = Desk::new(&small()).await;
    let summary = plan(&desk).await;
    // The first fault that fits strikes, and all requests are slow here.
    desk.sandbox.faults.clear();
    desk.sandbox.faults.add(Fault {
        server: "hudu".to_owned(),
        method: "POST".to_owned(),
        path: "/assets".to_owned(),
        after: 0,
        times: 1,
        effect: Effect::Status { status: 422, body: String::new(), headers: Vec::new() },
    });
    let run = begin(&desk, &summary.id).await;
    desk.settle().await;
    let head = runs(&desk).await.remove(0);
    assert_eq!((head.state, head.failed > 0), (RunState::Part, true), "{head:#?}");
    let rest = last_plan(&desk).await;
    assert!(rest.id != summary.id && rest.writes == head.failed + head.skipped, "{rest:#?}");
    speak_german();
    let german = rows(&desk, TableOf::Run(run.clone()), RowQuery::default()).await.rows;
    words::install("en", "");
    let why = |row: &RowView| row.trouble.as_ref().map(|trouble| trouble.sentence.clone());
    let told = german.iter().find_map(why).expect("the reason is in the row");
    assert!(told.starts_with("Hudu hat") && german.iter().any(|row| row.summary == told), "{told}");
    let rows = rows(&desk, TableOf::Run(run.clone()), RowQuery::default()).await.rows;
    assert!(rows.iter().any(|row| row.undoable));
    assert!(rows.iter().all(|row| row.undoable == (row.outcome == Some(Outcome::Done) && row.kind.is_some())));

    desk.ask(CentreAsk::GoOn { run }).await.unwrap();
    desk.settle().await;
    let head = runs(&desk).await.remove(0);
    assert_eq!((head.state, head.failed), (RunState::Done, 0), "{head:#?}");
    assert_eq!(desk.ask(CentreAsk::LastPlan).await, Ok(Reply::Summary { summary: None }));
}

#[tokio::test(start_paused = true)]
async fn a_full_disk_and_a_refused_key_are_told() {
    let desk = Desk::new(&small()).await;
    let summary = plan(&desk).await;
    // Nothing is begun that could not be written down.
    let full = |full: bool| *desk.host.store.failing.borrow_mut() = full.then_some(StoreError::Full);
    full(true);
    let order = CentreAsk::ApplyAll { plan: summary.id.clone(), except: vec![], overwrite: vec![], confirmed: false };
    assert_eq!(desk.ask(order).await.unwrap_err().code, "store.full");
    full(false);
    let before = hudu(&desk.sandbox);
    begin(&desk, &summary.id).await;
    full(true);
    desk.settle().await;
    let Work::Failed(trouble) = work(&desk).await else { panic!("{:?}", work(&desk).await) };
    assert_eq!(trouble.code, "store.full");
    assert!(hudu(&desk.sandbox) <= before + 4, "what cannot be written down is not sent");

    // With room again it goes on where it was; a key that is refused then stops it and stays with it.
    full(false);
    // The first fault that fits strikes, and all requests are slow here.
    desk.sandbox.faults.clear();
    desk.sandbox.faults.refuse_hudu_key();
    let run = runs(&desk).await.remove(0).id;
    desk.ask(CentreAsk::GoOn { run: run.clone() }).await.unwrap();
    desk.settle().await;
    let head = runs(&desk).await.remove(0);
    assert_eq!(head.state, RunState::Stopped, "{head:#?}");
    let trouble = head.trouble.expect("the reason is in the history");
    assert_eq!(trouble.retry, Retry::UserMustAct, "{trouble:?}");
    assert!(trouble.sentence.starts_with("The Hudu API key "), "{trouble:?}");
    // Whoever reads it later reads it in their own language.
    speak_german();
    let told = runs(&desk).await.remove(0).trouble.unwrap();
    words::install("en", "");
    assert!(told.sentence.contains("Schlüssel") && told.code == trouble.code, "{told:?}");
}
