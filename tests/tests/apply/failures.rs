//! Failures of one record, of the connection, of the moment.

use sidelight::sync::apply::Order;
use sidelight::sync::journal::{self, StepState};
use sidelight::sync::view::RunState;
use sidelight_sandbox::Effect;

use crate::support::{begin, desk, doubles, fault, go, is_new_company, plan, refusal, small, sync_if_needed, writes};

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
    // Gone on with, the same run does the rest: what failed, and what was passed over for it.
    let mut run = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
    go(&desk, &mut run).await;
    let counts = run.counts();
    assert!(run.state == RunState::Done && counts.done == counts.steps, "{counts:?}");
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

#[tokio::test(start_paused = true)]
async fn a_run_asks_a_server_that_is_away_less_and_less_often_and_says_when() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    let mut run = begin(&desk, plan, &Order::default()).await;
    pair.faults.add(fault("hudu", "", "", 0, 100_000, Effect::DropBefore));
    let mut waits = Vec::new();
    for _ in 0..9 {
        // Each go is a worker's that was woken: what it knows stands in the journal.
        run = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
        go(&desk, &mut run).await;
        assert_eq!(run.state, RunState::Running);
        let until = run.waits.as_ref().unwrap().until.unwrap();
        waits.push((until - desk.host.host.clock.now()) / 60_000);
    }
    assert!(waits.windows(2).all(|pair| pair[1] >= pair[0]), "{waits:?}");
    assert!(waits[0] <= 2 && *waits.last().unwrap() == 64, "{waits:?}");
}

#[tokio::test(start_paused = true)]
async fn a_layout_keeps_its_fields_when_an_answer_is_lost() {
    let fields = |pair: &sidelight_sandbox::Sandbox| {
        let layouts = pair.hudu.all("asset_layouts").into_iter();
        let each = layouts.map(|layout| (layout["id"].as_i64(), layout["fields"].as_array().cloned().unwrap()));
        each.collect::<std::collections::BTreeMap<_, _>>()
    };
    for effect in [Effect::DropAfter, Effect::DropBefore, refusal(422)] {
        let pair = small();
        let desk = desk(&pair, 1).await;
        let before = fields(&pair);
        pair.faults.add(fault("hudu", "PUT", "/asset_layouts", 0, 2, effect));
        let plan = plan(&desk).await;
        let mut run = begin(&desk, plan, &Order::default()).await;
        for _ in 0..3 {
            go(&desk, &mut run).await;
        }
        assert_eq!(run.state, RunState::Done);
        let after = fields(&pair);
        for (layout, fields) in before {
            assert!(fields.iter().all(|field| after[&layout].contains(field)), "{layout:?}");
        }
        assert_eq!(doubles(&pair), Vec::<String>::new());
        // Layouts stay: nothing of them is offered to be taken back.
        let layouts = run.plan.items.iter().zip(&run.steps).filter(|(item, _)| item.id.starts_with("layout/"));
        assert!(layouts.clone().count() > 1 && layouts.clone().all(|(item, step)| !step.undoable(item)));
    }
}
