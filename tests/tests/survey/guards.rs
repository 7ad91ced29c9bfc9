//! What was read in part, what vanished, what is closed, and stopping.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::json;
use sidelight::assist::gather;
use sidelight::halo::record::RecordKind;
use sidelight::platform::{Store, Table, Write};
use sidelight::sync::error::SyncError;
use sidelight::sync::plan::{Item, Target};
use sidelight::sync::survey;
use sidelight::sync::table::{Progress, Scope};
use sidelight::sync::view::Action;
use sidelight::sync::watch::{Nobody, Watch};
use sidelight::trouble::Explain;
use sidelight_sandbox::halo::RecordCount;
use sidelight_sandbox::hudu::KeyOptions;
use sidelight_sandbox::{Effect, Fault, Sandbox, Server};
use sidelight_tests::host::MemoryStore;

use crate::support::{asked, count, sides, sides_on, small, survey};

/// Links a Hudu asset with a Halo asset that is no longer there.
async fn lose_one(sandbox: &Sandbox, store: &MemoryStore) {
    let asset = sandbox.hudu.all("assets").into_iter().find(|asset| asset["archived"] == false).unwrap();
    let link = json!({ "target": asset["id"], "chosen": false, "synced": {} }).to_string();
    let write = Write { table: Table::Links, key: "asset/999999".to_owned(), value: Some(link) };
    store.write(vec![write]).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn only_what_was_read_whole_can_be_gone() {
    let sandbox = small();
    let store = Rc::new(MemoryStore::default());
    sides(&sandbox).await;
    let mut sides = sides_on(&sandbox, store.clone(), &sandbox.hudu.api_key()).await;
    sides.settings.details.clear();
    lose_one(&sandbox, &store).await;
    assert_eq!(count(&survey(&sides).await, Action::Gone), 1);
    // Fewer rows than were announced.
    sandbox.halo.switch(|switches| switches.record_count = RecordCount::TooHigh);
    let plan = survey(&sides).await;
    assert_eq!(count(&plan, Action::Gone), 0);
    assert!(plan.notes.iter().any(|note| note.contains("assets")), "{:?}", plan.notes);
    sandbox.halo.switch(|switches| switches.record_count = RecordCount::True);
    // A narrower question.
    for scope in [
        Scope { kinds: vec![RecordKind::Asset], clients: Vec::new() },
        Scope { kinds: Vec::new(), clients: vec![12, 13] },
    ] {
        let plan = survey::everything(&sides, &scope, &Nobody).await.unwrap();
        assert_eq!(count(&plan, Action::Gone), 0, "{scope:?}");
    }
    // A page that never comes ends it all.
    let effect = Effect::Status { status: 503, body: String::new(), headers: Vec::new() };
    let (server, method, path) = ("halo".to_owned(), "GET".to_owned(), "page_no=3".to_owned());
    sandbox.faults.add(Fault { server, method, path, after: 0, times: 100, effect });
    assert!(survey::everything(&sides, &Scope::default(), &Nobody).await.is_err());
    sandbox.faults.clear();
    assert_eq!(count(&survey(&sides).await, Action::Gone), 1);
}

#[tokio::test(start_paused = true)]
async fn a_side_that_had_records_and_answers_none_is_an_error() {
    let sandbox = small();
    let mut sides = sides(&sandbox).await;
    sides.settings.details.clear();
    survey(&sides).await;
    sandbox.halo.set_asset_groups(Some(Vec::new()));
    let error = survey::everything(&sides, &Scope::default(), &Nobody).await.unwrap_err();
    assert_eq!(error.code(), "sync.vanished");
    assert!(error.sentence().contains("asset groups"), "{}", error.sentence());
    // At the first time there is nothing to compare with, but the plan says what is odd.
    survey::forget(&sides.host).await.unwrap();
    let plan = survey(&sides).await;
    assert!(plan.notes.iter().any(|note| note.contains("asset groups")), "{:?}", plan.notes);
    sandbox.halo.set_asset_groups(None);
    // Contracts are closed: never seen before, they are left out; else that is an error.
    survey::forget(&sides.host).await.unwrap();
    sandbox.halo.deny(&["ClientContract"]);
    let plan = survey(&sides).await;
    assert!(plan.notes.iter().any(|note| note.contains("contracts")), "{:?}", plan.notes);
    sandbox.halo.deny(&[]);
    survey(&sides).await;
    sandbox.halo.deny(&["ClientContract"]);
    let error = survey::everything(&sides, &Scope::default(), &Nobody).await.unwrap_err();
    assert_eq!(error.code(), "http.forbidden");
}

#[tokio::test(start_paused = true)]
async fn a_narrow_question_does_not_take_lost_rights_for_nothing_to_do() {
    let sandbox = small();
    let store = Rc::new(MemoryStore::default());
    sides(&sandbox).await;
    let mut sides = sides_on(&sandbox, store.clone(), &sandbox.hudu.api_key()).await;
    sides.settings.details.clear();
    let of = |kind, client| Scope { kinds: vec![kind], clients: vec![client] };
    let wrong = survey::everything(&sides, &of(RecordKind::Asset, 99_999), &Nobody).await.unwrap_err();
    assert!(wrong.sentence().contains("99999"), "{}", wrong.sentence());
    // Never synced: it may be closed, and the plan says so.
    sandbox.halo.deny(&["Asset"]);
    let plan = survey::everything(&sides, &of(RecordKind::Asset, 12), &Nobody).await.unwrap();
    assert!(plan.notes.iter().any(|note| note.contains("assets")), "{:?}", plan.notes);
    // Assets of it were synced before.
    lose_one(&sandbox, &store).await;
    let error = survey::everything(&sides, &of(RecordKind::Asset, 12), &Nobody).await.unwrap_err();
    assert_eq!(error.code(), "http.forbidden");
    sandbox.halo.deny(&[]);
    sandbox.halo.set_asset_groups(Some(Vec::new()));
    let plan = survey::everything(&sides, &of(RecordKind::Asset, 12), &Nobody).await.unwrap();
    assert!(plan.notes.iter().any(|note| note.contains("asset groups")), "{:?}", plan.notes);
}

#[tokio::test(start_paused = true)]
async fn a_key_for_some_companies_reads_company_by_company() {
    let sandbox = small();
    sides(&sandbox).await;
    let companies: Vec<i64> =
        sandbox.hudu.all("companies").iter().take(3).map(|row| row["id"].as_i64().unwrap()).collect();
    let options = KeyOptions { companies: Some(companies.clone()), ..KeyOptions::default() };
    let key = sandbox.hudu.add_key(options);
    let store = Rc::new(MemoryStore::default());
    for crashes in [1, 0] {
        let mut sides = sides_on(&sandbox, store.clone(), &key).await;
        sides.settings.details.clear();
        sandbox.clear_requests();
        survey(&sides).await;
        for id in &companies {
            assert!(asked(&sandbox, Server::Hudu, &format!("/api/v1/companies/{id}/assets")) > 0);
        }
        // What was found out is not asked again the same day.
        assert_eq!(usize::from(asked(&sandbox, Server::Hudu, "/api/v1/assets") > 0), crashes);
        assert_eq!(sides.hudu_changes(0).await.unwrap(), None);
    }
}

/// Counts pages, and stops after so many.
struct After {
    left: Cell<usize>,
    told: RefCell<Vec<Progress>>,
}

impl Watch for After {
    fn progress(&self, progress: &Progress) {
        self.told.borrow_mut().push(progress.clone());
        self.left.set(self.left.get().saturating_sub(1));
    }
    fn stop(&self) -> bool {
        self.left.get() == 0
    }
}

#[tokio::test(start_paused = true)]
async fn it_tells_how_far_it_is_and_stops_when_asked() {
    let sandbox = small();
    let mut sides = sides(&sandbox).await;
    let watch = After { left: Cell::new(6), told: RefCell::default() };
    let stopped = survey::everything(&sides, &Scope::default(), &watch).await.unwrap_err();
    assert_eq!(stopped, SyncError::Stopped);
    assert!(sandbox.request_count(Server::Halo) + sandbox.request_count(Server::Hudu) < 20);
    sides.settings.details.clear();
    let watch = After { left: Cell::new(usize::MAX), told: RefCell::default() };
    survey::everything(&sides, &Scope::default(), &watch).await.unwrap();
    let told = watch.told.borrow();
    assert!(told.iter().any(|progress| progress.doing == "Reading assets in HaloITSM"));
    assert!(told.windows(2).all(|two| two[0].done <= two[1].done && two[0].requests <= two[1].requests));
    let last = told.last().unwrap();
    assert!(last.requests.0 > 8 && last.requests.1 > 3 && last.total == Some(last.done), "{last:?}");
}

/// A record that was given to another client is found where it stands, also where only its client is asked
/// for or only the record.
#[tokio::test(start_paused = true)]
async fn a_record_that_changed_hands_is_not_made_again() {
    let sandbox = small();
    let store = Rc::new(MemoryStore::default());
    sides(&sandbox).await;
    let sides = sides_on(&sandbox, store.clone(), &sandbox.hudu.api_key()).await;
    let plan = survey(&sides).await;
    let kept = plan.items.iter().find(|item| {
        let asset = item.record.is_some_and(|record| record.kind == RecordKind::Asset);
        asset && matches!(item.target, Target::Asset { id: Some(_), .. }) && item.client.is_some()
    });
    let (record, from) = kept.map(|item| (item.record.unwrap(), item.client.unwrap())).unwrap();
    let Target::Asset { id: Some(target), .. } = kept.unwrap().target else { panic!() };
    let matched = |item: &&Item| item.record.is_some_and(|r| r.kind == RecordKind::Client && r.id != from);
    let company = |item: &&Item| matches!(item.target, Target::Company(Some(_)));
    let to = plan.items.iter().filter(matched).find(company).unwrap().record.unwrap().id;
    let link = json!({ "target": target, "chosen": false, "synced": {} }).to_string();
    store.write(vec![Write { table: Table::Links, key: record.key(), value: Some(link) }]).await.unwrap();
    let site = sandbox.halo.all("Site").into_iter().find(|site| site["client_id"].as_f64() == Some(to as f64)).unwrap();
    sandbox.halo.upsert("Asset", json!({ "id": record.id, "client_id": to, "site_id": site["id"], "users": [] }));
    let scope = Scope { kinds: Vec::new(), clients: vec![to] };
    let one = gather::look(&sides, record, false).await.unwrap();
    for plan in [
        survey(&sides).await,
        survey::everything(&sides, &scope, &Nobody).await.unwrap(),
        gather::plan_for(&sides, &one).await.unwrap(),
    ] {
        let item = plan.items.iter().find(|item| item.record == Some(record)).unwrap();
        assert_eq!(item.action, Action::Blocked, "{item:?}");
    }
}
