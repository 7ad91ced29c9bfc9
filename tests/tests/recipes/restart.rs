//! A worker that is stopped in the middle of any recipe, at each of its writes, before it arrives and after: the next one
//! brings to its end what was begun, says what is left, and makes nothing twice.

use std::rc::Rc;

use sidelight::halo::record::RecordKind;
use sidelight::protocol::{Message, RecipeAsk, Reply};
use sidelight::recipes::journal::Head;
use sidelight::recipes::view::{PlanView, RunView};
use sidelight::sync::view::RunState;
use sidelight_sandbox::Sandbox;
use sidelight_tests::desk::Desk;
use sidelight_tests::host::MemoryStore;
use sidelight_tests::recipes::{CASES, Case, Ready, counts, small};

/// More writes than any of these recipes sends.
const MANY: usize = 60;

/// A recipe, and the pair that is ready for it.
type Work<'a> = (&'a Case, Ready);

async fn plan(desk: &Desk, (case, ready): Work<'_>) -> PlanView {
    let (recipe, arguments) = (case.recipe.to_owned(), case.arguments(ready).to_string());
    match desk.ask(Message::Recipe { ask: RecipeAsk::Plan { recipe, arguments } }).await {
        Ok(Reply::RecipePlan { plan }) => *plan,
        other => panic!("{}: {other:?}", case.recipe),
    }
}

async fn run(desk: &Desk, (case, ready): Work<'_>, plan: &PlanView) -> RunView {
    let (recipe, arguments) = (case.recipe.to_owned(), case.arguments(ready).to_string());
    let ask = RecipeAsk::Run { recipe, arguments, plan: plan.id.clone(), confirmed: true };
    match desk.ask(Message::Recipe { ask }).await {
        Ok(Reply::RecipeRun { run }) => *run,
        other => panic!("{}: {other:?}", case.recipe),
    }
}

async fn runs(desk: &Desk) -> Vec<Head> {
    match desk.ask(Message::Recipe { ask: RecipeAsk::Runs }).await {
        Ok(Reply::RecipeRuns { runs }) => runs,
        other => panic!("{other:?}"),
    }
}

/// A pair with work for this recipe, and a worker on this store.
async fn stage(case: &Case, store: &Rc<MemoryStore>) -> (Sandbox, Desk, Ready) {
    let sandbox = small();
    let ready = (case.prepare)(&sandbox).unwrap();
    tokio::time::advance(std::time::Duration::from_secs(60)).await;
    let desk = Desk::on(&sandbox, store.clone(), 1).await;
    if let Some(asset) = ready.sync {
        desk.sync(RecordKind::Asset, asset).await.unwrap();
    }
    (sandbox, desk, ready)
}

async fn cut_everywhere(case: &Case) {
    let (sandbox, desk, ready) = stage(case, &Rc::default()).await;
    let work = (case, ready);
    let shown = plan(&desk, work).await;
    assert!(shown.due > 0, "{}: nothing to do: {shown:#?}", case.recipe);
    let whole = run(&desk, work, &shown).await;
    assert_eq!(whole.head.state, RunState::Done, "{}: {whole:#?}", case.recipe);
    let wanted = counts(&sandbox);
    assert_eq!(plan(&desk, work).await.due, 0, "{}: a second run", case.recipe);
    let undo = RecipeAsk::Undo { run: whole.head.id.clone(), preview: false };
    match desk.ask(Message::Recipe { ask: undo }).await {
        Ok(Reply::RecipeRun { run }) => assert_eq!(run.head.state, RunState::Undone, "{}: {run:#?}", case.recipe),
        other => panic!("{}: {other:?}", case.recipe),
    }
    let mut cuts = 0;
    for at in 0..MANY * 2 {
        let (write, arrives) = (at / 2, at % 2 == 1);
        let store = Rc::new(MemoryStore::default());
        let (sandbox, desk, ready) = stage(case, &store).await;
        let work = (case, ready);
        let shown = plan(&desk, work).await;
        desk.host.net.cut.set(Some((write, arrives)));
        let ended = tokio::select! {
            _ = run(&desk, work, &shown) => true,
            () = desk.host.moments.stopped() => false,
        };
        drop(desk);
        if ended {
            break;
        }
        cuts += 1;
        let label = format!("{}, stopped at write {write}, {arrives}", case.recipe);
        let woken = Desk::on(&sandbox, store, 2).await;
        woken.service.started().await;
        woken.settle().await;
        let known = runs(&woken).await;
        assert_eq!(known.len(), 1, "{label}");
        assert_ne!(known[0].state, RunState::Running, "{label}: it was left open");
        assert!(known[0].done > 0 || known[0].state != RunState::Done, "{label}: {:#?}", known[0]);
        let rest = plan(&woken, work).await;
        assert_eq!(
            rest.due,
            known[0].items - known[0].done,
            "{label}: it does not say what is left: {:#?} {rest:#?}",
            known[0]
        );
        if rest.due > 0 {
            let end = run(&woken, work, &rest).await;
            assert_eq!(end.head.state, RunState::Done, "{label}: {end:#?}");
        }
        assert_eq!(plan(&woken, work).await.due, 0, "{label}");
        assert_eq!(counts(&sandbox), wanted, "{label}");
    }
    assert!(cuts > 1 && cuts < MANY * 2, "{}: {cuts} cuts", case.recipe);
}

macro_rules! stories {
    ($($name:ident = $place:literal;)*) => {
        $(#[tokio::test(start_paused = true)]
        async fn $name() {
            cut_everywhere(&CASES[$place]).await;
        })*
    };
}

stories! {
    alerts_go_on_after_a_restart = 0;
    directory_sync_goes_on_after_a_restart = 1;
    enrichment_goes_on_after_a_restart = 2;
    onboarding_goes_on_after_a_restart = 3;
    quotes_go_on_after_a_restart = 4;
    the_audit_trail_goes_on_after_a_restart = 5;
}
