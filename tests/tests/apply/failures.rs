//! Failures of one record, of the connection, of the moment.

use sidelight::sync::apply::Order;
use sidelight::sync::journal::{self, StepState};
use sidelight::sync::view::RunState;

use crate::support::{
    begin, desk, doubles, fault, go, is_new_company, plan, refusal, small, sync, sync_if_needed, writes,
};

#[tokio::test(start_paused = true)]
async fn a_record_that_fails_fails_alone_and_takes_along_what_needs_it() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    // The last company that is made is refused.
    let made = plan.items.iter().filter(|item| is_new_company(item)).count();
    let after = u32::try_from(made).unwrap() - 1;
    pair.faults.add(fault("hudu", "POST", "/api/v1/companies", after, 1, refusal(422)));
    let mut run = begin(&desk, plan, &Order::default()).await;
    go(&desk, &mut run).await;
    assert_eq!(run.state, RunState::Part);
    let counts = run.counts();
    assert!(counts.failed == 1 && counts.skipped > 10 && counts.done > 20, "{counts:?}");
    let skipped = run.steps.iter().find(|step| step.state == StepState::Skipped).unwrap();
    assert!(skipped.note.as_ref().unwrap().contains("first, and that was not done"), "{skipped:?}");
    // The next plan does the rest.
    let rest = sync(&desk).await;
    assert_eq!(rest.state, RunState::Done);
    assert_eq!(writes(&crate::support::plan(&desk).await), 0);
}

#[tokio::test(start_paused = true)]
async fn a_bad_key_stops_everything_and_the_run_goes_on_later() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    let mut run = begin(&desk, plan, &Order::default()).await;
    pair.faults.add(fault("hudu", "", "", 12, 1_000, refusal(401)));
    go(&desk, &mut run).await;
    assert_eq!(run.state, RunState::Stopped);
    assert!(["hudu.bad_key", "http.forbidden"].contains(&run.waits.as_ref().unwrap().code.as_str()), "{:?}", run.waits);
    assert!(journal::open(&desk.host.host).await.unwrap().is_empty());
    pair.faults.clear();
    let mut run = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
    go(&desk, &mut run).await;
    assert!(matches!(run.state, RunState::Done | RunState::Part), "{:?}", run.state);
    sync_if_needed(&desk).await;
    assert_eq!(doubles(&pair), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_waits_and_one_record_that_never_passes_fails_alone() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    let mut run = begin(&desk, plan, &Order::default()).await;
    // Hudu is away for a while.
    pair.faults.add(fault("hudu", "", "", 30, 60, refusal(503)));
    let mut goes = 0;
    loop {
        go(&desk, &mut run).await;
        goes += 1;
        if run.state != RunState::Running || goes > 30 {
            break;
        }
        assert!(run.waits.is_some());
        assert_eq!(journal::open(&desk.host.host).await.unwrap(), vec![run.id.clone()]);
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    }
    assert!(goes > 1 && run.state != RunState::Running, "{goes} {:?}", run.state);
    pair.faults.clear();
    sync_if_needed(&desk).await;
    assert_eq!(doubles(&pair), Vec::<String>::new());
}
