//! What stands in the way of a run: told, kept with it, and tried again.

use sidelight::platform::StoreError;
use sidelight::protocol::{Message, Reply};
use sidelight::sync::table::{Outcome, RowQuery, TableOf, Work};
use sidelight::sync::view::RunState;
use sidelight::trouble::Retry;
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::desk::Desk;

use super::{begin, hudu, last_plan, plan, rows, runs, small, work};

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
    let rows = rows(&desk, TableOf::Run(run.clone()), RowQuery::default()).await.rows;
    assert!(rows.iter().any(|row| row.undoable));
    assert!(rows.iter().all(|row| row.undoable == (row.outcome == Some(Outcome::Done) && row.kind.is_some())));

    desk.ask(Message::GoOn { run }).await.unwrap();
    desk.settle().await;
    let head = runs(&desk).await.remove(0);
    assert_eq!((head.state, head.failed), (RunState::Done, 0), "{head:#?}");
    assert_eq!(desk.ask(Message::LastPlan).await, Ok(Reply::Summary { summary: None }));
}

#[tokio::test(start_paused = true)]
async fn a_full_disk_and_a_refused_key_are_told() {
    let desk = Desk::new(&small()).await;
    let summary = plan(&desk).await;
    // Nothing is begun that could not be written down.
    let full = |full: bool| *desk.host.store.failing.borrow_mut() = full.then_some(StoreError::Full);
    full(true);
    let order = Message::ApplyAll { plan: summary.id.clone(), except: vec![], overwrite: vec![], confirmed: false };
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
    desk.sandbox.faults.add(Fault {
        server: "hudu".to_owned(),
        method: String::new(),
        path: String::new(),
        after: 0,
        times: u32::MAX,
        effect: Effect::Status { status: 401, body: String::new(), headers: Vec::new() },
    });
    let run = runs(&desk).await.remove(0).id;
    desk.ask(Message::GoOn { run: run.clone() }).await.unwrap();
    desk.settle().await;
    let head = runs(&desk).await.remove(0);
    assert_eq!(head.state, RunState::Stopped, "{head:#?}");
    let trouble = head.trouble.expect("the reason is in the history");
    assert_eq!(trouble.retry, Retry::UserMustAct, "{trouble:?}");
}
