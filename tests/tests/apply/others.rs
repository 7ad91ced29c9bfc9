//! Pauses, deaths, other engines and people.

use std::rc::Rc;

use serde_json::{Value, json};
use sidelight::sync::apply::{self, Order};
use sidelight::sync::journal::{self, Run};
use sidelight::sync::plan::{Item, Target};
use sidelight::sync::view::{Action, RunState};
use sidelight_sandbox::hudu::AssetsUpdatedAt;
use sidelight_sandbox::world::Size;
use sidelight_sandbox::{Effect, Sandbox};
use sidelight_tests::desk::Desk;
use sidelight_tests::host::MemoryStore;

use crate::support::{
    Witness, begin, desk, doubles, fault, go, is_new_company, plan, provider, sides, small, sync, sync_if_needed,
    writes,
};

#[tokio::test(start_paused = true)]
async fn a_paused_run_goes_on_after_the_worker_was_stopped() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    let mut run = begin(&desk, plan, &Order::default()).await;
    let witness = Witness::default();
    witness.stop_after.set(Some(20));
    apply::go_on(&sides(&desk).await, &mut run, &witness).await.unwrap();
    assert_eq!(run.state, RunState::Paused);
    let counts = run.counts();
    assert!(counts.done > 5 && counts.done < counts.steps, "{counts:?}");
    let last = witness.told.borrow().last().cloned().unwrap();
    assert!(last.paused && last.total == Some(counts.steps) && last.left_ms.is_some(), "{last:?}");
    // It does not go on by itself.
    assert!(journal::open(&desk.host.host).await.unwrap().is_empty());
    let woken = Desk::on(&pair, desk.host.store.clone(), 5).await;
    let mut run = journal::load(&woken.host.host, &run.id).await.unwrap().unwrap();
    go(&woken, &mut run).await;
    assert_eq!(run.state, RunState::Done);
    assert_eq!(doubles(&pair), Vec::<String>::new());
    assert_eq!(writes(&crate::support::plan(&woken).await), 0);
}

#[tokio::test(start_paused = true)]
async fn a_worker_killed_at_any_await_comes_to_the_same_end() {
    let tiny = Size { clients: 2, sites: 1, users: 2, assets: 2, known: 50, articles: 1 };
    let mut deaths = 0;
    for awaits in (0..220).step_by(3) {
        let pair = provider(tiny);
        let store = Rc::new(MemoryStore::default());
        let first = Desk::on(&pair, store.clone(), 1).await;
        let plan = plan(&first).await;
        let mut run = begin(&first, plan, &Order::default()).await;
        let moments = first.host.moments.clone();
        moments.stop_after(awaits);
        {
            let work = Box::pin(go(&first, &mut run));
            let death = Box::pin(moments.stopped());
            if let futures::future::Either::Right(_) = futures::future::select(work, death).await {
                deaths += 1;
            }
        }
        let woken = Desk::on(&pair, store, 2).await;
        for id in journal::open(&woken.host.host).await.unwrap() {
            let mut run = journal::load(&woken.host.host, &id).await.unwrap().unwrap();
            go(&woken, &mut run).await;
            assert_eq!(run.state, RunState::Done, "after {awaits} awaits");
        }
        assert_eq!(doubles(&pair), Vec::<String>::new(), "after {awaits} awaits");
        let left = crate::support::plan(&woken).await;
        assert_eq!(writes(&left), 0, "after {awaits} awaits {left:#?}");
    }
    assert!(deaths > 30, "{deaths}");
}

#[tokio::test(start_paused = true)]
async fn three_engines_at_once_make_no_duplicate() {
    for seed in 0..6 {
        let pair = small();
        let desks = [desk(&pair, 10 + seed).await, desk(&pair, 20 + seed).await, desk(&pair, 30 + seed).await];
        for (place, desk) in desks.iter().enumerate() {
            desk.host.moments.mix(sidelight_tests::sim::chance::Chance::new(seed * 7 + place as u64));
        }
        let [a, b, c] = &desks;
        let (a, b, c) = futures::join!(sync(a), sync(b), sync(c));
        for run in [&a, &b, &c] {
            assert!(matches!(run.state, RunState::Done | RunState::Part), "{:?} {:?}", run.state, run.waits);
        }
        assert_eq!(doubles(&pair), Vec::<String>::new(), "seed {seed}");
        for desk in &desks {
            sync_if_needed(desk).await;
        }
        assert_eq!(doubles(&pair), Vec::<String>::new(), "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_has_to_stop_leaves_no_duplicate_of_what_another_makes() {
    let pair = small();
    let (first, second) = (desk(&pair, 1).await, desk(&pair, 2).await);
    sync(&first).await;
    let site = pair.halo.all("Site").into_iter().find(|site| site["inactive"] != true).unwrap();
    for n in 0..8 {
        let name = format!("Joiner {n}");
        pair.halo.upsert("Users", json!({ "name": name, "client_id": site["client_id"], "site_id": site["id"] }));
    }
    let article = pair.hudu.all("articles").into_iter().find(|article| article["draft"] != true).unwrap();
    pair.hudu.upsert("articles", json!({ "id": article["id"], "content": "<p>Once more.</p>" }));
    let (one, other) = (plan(&first).await, plan(&second).await);
    let mut made = begin(&second, other, &Order::default()).await;
    let mut run = begin(&first, one, &Order::default()).await;
    let publishes = run.plan.items.iter().any(|item| item.writes() && matches!(item.target, Target::Article { .. }));
    assert!(publishes && run.counts().steps > 8, "{:?}", run.counts());
    // Both write at the same time.
    pair.faults.add(fault("hudu", "POST", "/assets", 0, 1_000, Effect::Delay { ms: 20 }));
    // HaloITSM takes the secret no longer, as this run comes to the article.
    pair.faults.add(fault("halo", "", "/KBArticle", 0, 1, Effect::ExpireToken));
    let body = json!({ "error": "invalid_client" }).to_string();
    let wrong = Effect::Status { status: 401, body, headers: Vec::new() };
    pair.faults.add(fault("halo", "POST", "/token", 0, 1_000, wrong));
    futures::join!(go(&second, &mut made), go(&first, &mut run));
    assert_eq!((made.state, run.state), (RunState::Done, RunState::Stopped), "{:?}", run.waits);
    assert_eq!(doubles(&pair), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn what_people_edit_meanwhile_is_not_overwritten() {
    for filter in [AssetsUpdatedAt::BothEnds, AssetsUpdatedAt::Broken] {
        let pair = small();
        let mut switches = pair.hudu.switches();
        switches.assets_updated_at = filter;
        pair.hudu.set_switches(switches);
        let desk = desk(&pair, 1).await;
        let plan = plan(&desk).await;
        let updated = |item: &&Item| item.action == Action::Update && item.id.starts_with("asset/");
        let item =
            plan.items.iter().filter(updated).find(|item| {
                item.changes.iter().any(|c| c.label.as_str() == "Name" || !c.before.eq(&Default::default()))
            });
        let company =
            plan.items.iter().find(|item| item.action == Action::Update && item.id.starts_with("client/")).unwrap();
        let sidelight::sync::plan::Target::Company(Some(id)) = company.target else { panic!("{company:?}") };
        let changed = company
            .changes
            .iter()
            .find(|change| !matches!(change.slot, sidelight::mapping::record::Slot::Archived))
            .unwrap();
        let member = changed.slot.key().to_string();
        pair.hudu.upsert("companies", json!({ "id": id, member.as_str(): "typed by hand" }));
        let title = company.title.clone();
        let mut run = begin(&desk, plan.clone(), &Order::default()).await;
        go(&desk, &mut run).await;
        assert_eq!(run.state, RunState::Part, "{filter:?} {:?}", item.map(|item| &item.title));
        let index = run.plan.items.iter().position(|item| item.title == title).unwrap();
        assert_eq!(run.steps[index].trouble.as_ref().unwrap().code, "sync.stale");
        assert_eq!(pair.hudu.get("companies", id).unwrap()[&member], "typed by hand");
        assert_eq!(run.counts().failed, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn two_articles_of_one_tag_become_one() {
    let pair = provider(Size { clients: 1, sites: 1, users: 1, assets: 1, known: 0, articles: 12 });
    let desk = desk(&pair, 1).await;
    let mut plan = plan(&desk).await;
    plan.items.retain(|item| matches!(item.target, Target::Article { .. } | Target::FaqList { .. }));
    let tag = plan.items.last().unwrap().id.replace("hudu-article/", "hudu-");
    let mut run = begin(&desk, plan, &Order::default()).await;
    // Another engine publishes the last one while this run is at its first.
    let other = async {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        let row = json!({ "name": "From elsewhere", "tag_string": tag, "tags": [{ "text": tag }], "inactive": false });
        pair.halo.upsert("KBArticle", row)
    };
    let slow = Effect::Delay { ms: 5 };
    pair.faults.add(fault("halo", "POST", "/KBArticle", 0, 12, slow));
    let ((), older) = futures::join!(go(&desk, &mut run), other);
    assert_eq!(run.state, RunState::Done);
    let step = run.steps.last().unwrap();
    assert_eq!(step.target, Some(older), "{step:?}");
    assert!(step.note.as_ref().unwrap().contains("duplicate"), "{step:?}");
    let tagged = |row: &&Value| row.to_string().contains(&format!("\"{tag}\"")) && row["inactive"] != true;
    assert_eq!(pair.halo.all("KBArticle").iter().filter(tagged).count(), 1);
}

/// A company that is linked while a plan is being read is full of records which that plan never saw.
#[tokio::test(start_paused = true)]
async fn nothing_is_made_in_a_company_that_another_browser_linked_meanwhile() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    let company = plan.items.iter().rfind(|item| is_new_company(item)).unwrap();
    let client = company.record.unwrap().id;
    let inside =
        |item: &&Item| matches!(&item.target, Target::Asset { company: made, .. } if made.by() == Some(&company.id));
    let site = plan.items.iter().filter(inside).find(|item| item.id.starts_with("site/")).unwrap();
    // Whoever works there has called it something else, and keeps the site by hand.
    let there = pair.hudu.upsert("companies", json!({ "name": "Known otherwise", "id_number": client.to_string() }));
    let layout = pair.hudu.all("asset_layouts").into_iter().find(|layout| layout["name"] == "Sites").unwrap();
    let by_hand = json!({ "name": site.title, "company_id": there, "asset_layout_id": layout["id"] });
    let by_hand = pair.hudu.upsert("assets", by_hand);
    let mut run = begin(&desk, plan.clone(), &Order::default()).await;
    go(&desk, &mut run).await;
    assert_eq!(run.state, RunState::Done);
    let step = |id: &str| &run.steps[run.plan.items.iter().position(|item| item.id == id).unwrap()];
    assert_eq!(step(&company.id).target, Some(there));
    assert!(!step(&company.id).made && step(&site.id).note.as_ref().unwrap().contains("in the meantime"));
    let stands_there = || pair.hudu.all("assets").into_iter().filter(|asset| asset["company_id"] == there);
    assert_eq!(stands_there().count(), 1);
    sync_if_needed(&desk).await;
    let named = stands_there().filter(|asset| asset["name"] == site.title.as_str());
    assert_eq!(named.map(|asset| asset["id"].as_i64()).collect::<Vec<_>>(), [Some(by_hand)]);
}

#[tokio::test(start_paused = true)]
async fn a_company_is_not_linked_beside_one_that_another_browser_made() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    let numbered = |item: &&Item| item.changes.iter().any(|change| change.slot.key() == "id_number");
    let known = |item: &&Item| matches!(item.target, Target::Company(Some(_)));
    let company = plan.items.iter().filter(known).find(numbered).unwrap();
    let Target::Company(Some(id)) = company.target else { panic!("{company:?}") };
    let number = company.record.unwrap().id.to_string();
    pair.hudu.upsert("companies", json!({ "name": "Made elsewhere", "id_number": number }));
    let mut run = begin(&desk, plan.clone(), &Order::default()).await;
    let before = pair.hudu.all("assets").len();
    go(&desk, &mut run).await;
    assert_eq!(run.state, RunState::Part);
    let step = &run.steps[run.plan.items.iter().position(|item| item.id == company.id).unwrap()];
    assert_eq!(step.trouble.as_ref().unwrap().code, "sync.stale");
    assert!(pair.hudu.all("assets").len() > before, "the others go on");
    let made_in = |asset: &&Value| asset["company_id"] == id && asset["id"].as_u64() > Some(before as u64);
    assert_eq!(pair.hudu.all("assets").iter().filter(made_in).count(), 0);
}

/// Edits a record of Hudu when so many steps are done.
struct Editor<'a> {
    pair: &'a Sandbox,
    after: usize,
    edit: Value,
    done: std::cell::Cell<bool>,
}

impl sidelight::sync::watch::Watch for Editor<'_> {
    fn progress(&self, progress: &sidelight::sync::table::Progress) {
        if progress.done >= self.after && !self.done.replace(true) {
            self.pair.hudu.upsert("assets", self.edit.clone());
        }
    }
    fn stop(&self) -> bool {
        false
    }
}

#[tokio::test(start_paused = true)]
async fn an_edit_in_the_middle_of_a_large_run_is_not_overwritten() {
    let pair = provider(Size { clients: 6, sites: 1, users: 4, assets: 40, known: 100, articles: 0 });
    let desk = desk(&pair, 1).await;
    sync(&desk).await;
    for asset in pair.halo.all("Asset") {
        pair.halo.upsert("Asset", json!({ "id": asset["id"], "warranty_end": "2031-05-05" }));
    }
    let plan = plan(&desk).await;
    // Fewer than were once done between two looks.
    assert!((240..400).contains(&writes(&plan)), "{}", writes(&plan));
    let last = plan.items.iter().rfind(|item| item.action == Action::Update).unwrap();
    let Target::Asset { id: Some(id), .. } = last.target else { panic!("{last:?}") };
    let key = last.id.clone();
    let edit = json!({ "id": id, "custom_fields": [{ "warranty_end": "2040-01-01" }] });
    let order = Order { confirmed: true, ..Order::default() };
    let mut run = begin(&desk, plan, &order).await;
    let editor = Editor { pair: &pair, after: 10, edit, done: false.into() };
    apply::go_on(&sides(&desk).await, &mut run, &editor).await.unwrap();
    assert!(editor.done.get());
    let index = run.plan.items.iter().position(|item| item.id == key).unwrap();
    assert_eq!(run.steps[index].trouble.as_ref().map(|trouble| trouble.code.as_str()), Some("sync.stale"));
    assert!(pair.hudu.get("assets", id).unwrap()["fields"].to_string().contains("2040-01-01"));
}

/// A warranty that somebody types into this record.
fn typed(id: i64) -> Value {
    json!({ "id": id, "custom_fields": [{ "warranty_end": "2040-01-01" }] })
}

/// The assets that a plan updates, as places in it, the last first.
fn updated(run: &Run) -> Vec<(usize, i64)> {
    let items = run.plan.items.iter().enumerate().rev().filter(|(_, item)| item.action == Action::Update);
    let id = |(place, item): (usize, &Item)| match item.target {
        Target::Asset { id: Some(id), .. } => Some((place, id)),
        _ => None,
    };
    items.filter_map(id).collect()
}

fn is_stale(run: &Run, place: usize) -> bool {
    run.steps[place].trouble.as_ref().is_some_and(|trouble| trouble.code == "sync.stale")
}

/// Few of many writes can overwrite anything: these come closely behind a look.
#[tokio::test(start_paused = true)]
async fn an_edit_shortly_before_one_of_few_updates_is_not_overwritten() {
    let pair = provider(Size { clients: 6, sites: 1, users: 4, assets: 50, known: 100, articles: 0 });
    let desk = desk(&pair, 1).await;
    sync(&desk).await;
    // Twenty records change in HaloITSM, and many are new there.
    for asset in pair.halo.all("Asset").iter().rev().take(20) {
        pair.halo.upsert("Asset", json!({ "id": asset["id"], "warranty_end": "2031-05-05" }));
    }
    let pattern = pair.halo.all("Asset").remove(0);
    for number in 0..180 {
        let mut new = pattern.clone();
        new.as_object_mut().unwrap().remove("id");
        (new["inventory_number"], new["fields"]) = (json!(format!("NEW-{number:04}")), json!([]));
        pair.halo.upsert("Asset", new);
    }
    let plan = plan(&desk).await;
    assert!(writes(&plan) > 180, "{}", writes(&plan));
    let mut run = begin(&desk, plan, &Order { confirmed: true, ..Order::default() }).await;
    let all = updated(&run);
    let (place, id) = all[4];
    // When seven updates behind the first are done; this one is the sixteenth.
    let editor = Editor {
        pair: &pair,
        after: run.plan.items.iter().take(all[12].0).filter(|item| item.writes()).count(),
        edit: typed(id),
        done: false.into(),
    };
    apply::go_on(&sides(&desk).await, &mut run, &editor).await.unwrap();
    assert!(editor.done.get() && is_stale(&run, place), "{:?}", run.steps[place]);
    assert!(pair.hudu.get("assets", id).unwrap()["fields"].to_string().contains("2040-01-01"));
}

/// Edits a record of Hudu as soon as it is said that the run has to wait.
struct Patient<'a> {
    pair: &'a Sandbox,
    edit: Value,
    done: std::cell::Cell<bool>,
}

impl sidelight::sync::watch::Watch for Patient<'_> {
    fn progress(&self, progress: &sidelight::sync::table::Progress) {
        if progress.until.is_some() && !self.done.replace(true) {
            self.pair.hudu.upsert("assets", self.edit.clone());
        }
    }
    fn stop(&self) -> bool {
        false
    }
}

#[tokio::test(start_paused = true)]
async fn an_edit_while_the_server_takes_nothing_is_not_overwritten() {
    let pair = provider(Size { clients: 2, sites: 1, users: 2, assets: 20, known: 100, articles: 0 });
    let desk = desk(&pair, 1).await;
    sync(&desk).await;
    for asset in pair.halo.all("Asset") {
        pair.halo.upsert("Asset", json!({ "id": asset["id"], "warranty_end": "2031-05-05" }));
    }
    let plan = plan(&desk).await;
    assert!((20..60).contains(&writes(&plan)), "{}", writes(&plan));
    let mut run = begin(&desk, plan, &Order { confirmed: true, ..Order::default() }).await;
    let (place, id) = updated(&run)[0];
    let full = Effect::Status { status: 429, body: String::new(), headers: vec![("Retry-After".into(), "90".into())] };
    pair.faults.add(fault("hudu", "PUT", "/assets/", 3, 1, full));
    let patient = Patient { pair: &pair, edit: typed(id), done: false.into() };
    apply::go_on(&sides(&desk).await, &mut run, &patient).await.unwrap();
    assert!(patient.done.get() && is_stale(&run, place), "{:?}", run.steps[place]);
    assert!(pair.hudu.get("assets", id).unwrap()["fields"].to_string().contains("2040-01-01"));
    assert_eq!((run.state, run.counts().failed), (RunState::Part, 1));
}
