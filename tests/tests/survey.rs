//! Reading both sides whole: how many requests, what is kept, what is taken for gone and what is not.

#![allow(clippy::unwrap_used)]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::json;
use sidelight::assist::gather;
use sidelight::halo::Halo;
use sidelight::halo::auth::CLIENT_SECRET;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::halo::record::RecordKind;
use sidelight::http::{Patience, Rate};
use sidelight::hudu::Hudu;
use sidelight::hudu::connection::HuduConnection;
use sidelight::platform::{Store, Table, Write};
use sidelight::settings::SyncSettings;
use sidelight::sync::error::SyncError;
use sidelight::sync::plan::Plan;
use sidelight::sync::sides::Sides;
use sidelight::sync::survey;
use sidelight::sync::table::{Progress, Scope};
use sidelight::sync::view::Action;
use sidelight::sync::watch::{Nobody, Watch};
use sidelight::trouble::Explain;
use sidelight::vault::Vault;
use sidelight_sandbox::halo::RecordCount;
use sidelight_sandbox::hudu::{AssetsUpdatedAt, KeyOptions};
use sidelight_sandbox::{Effect, Fault, Sandbox, Server};
use sidelight_tests::host::{MemoryStore, TestHost, sandbox};

/// Both sides on a store that outlives them.
async fn sides_on(sandbox: &Sandbox, store: Rc<MemoryStore>, key: &str) -> Sides {
    let test = TestHost::on(sandbox, store, 1);
    let known = sandbox.halo.credentials();
    let vault = Vault::new(test.host.clone());
    vault.put(CLIENT_SECRET, &known.client_secret).await.unwrap();
    let connection = HaloConnection {
        origin: "http://halo.test".to_owned(),
        auth_server: None,
        tenant: Some(known.tenant),
        client_id: known.client_id,
        sign_in: HaloSignIn::ClientSecret,
    };
    let rate = Rate { requests: 100_000, seconds: 60 };
    let halo = Halo::new(test.host.clone(), connection, Rc::new(vault), rate, Patience::INTERACTIVE);
    let hudu = HuduConnection { origin: "http://hudu.test".to_owned() };
    let hudu = Hudu::new(test.host.clone(), hudu, key.to_owned(), rate, Patience::INTERACTIVE);
    Sides { host: test.host, halo, hudu, settings: SyncSettings::default() }
}

async fn sides(sandbox: &Sandbox) -> Sides {
    sandbox.halo.switch(|switches| switches.rate_limit = 0);
    let mut switches = sandbox.hudu.switches();
    switches.rate_limit = 0;
    sandbox.hudu.set_switches(switches);
    sides_on(sandbox, Rc::default(), &sandbox.hudu.api_key()).await
}

async fn survey(sides: &Sides) -> Plan {
    survey::everything(sides, &Scope::default(), &Nobody).await.unwrap()
}

/// Requests for a path, on one server.
fn asked(sandbox: &Sandbox, server: Server, path: &str) -> usize {
    let of = |seen: &&sidelight_sandbox::Seen| {
        let own = seen.path.split('?').next().unwrap_or_default();
        own.eq_ignore_ascii_case(path)
    };
    sandbox.requests(server).iter().filter(of).count()
}

fn count(plan: &Plan, action: Action) -> usize {
    plan.items.iter().filter(|item| item.action == action).count()
}

/// Every page once, nothing else, where nothing is read one by one.
#[tokio::test(start_paused = true)]
async fn each_page_is_asked_for_once() {
    let sandbox = sandbox();
    for (asset_page, hudu_page) in [(0, 1000), (50, 50)] {
        sandbox.reset();
        sandbox.halo.switch(|switches| switches.asset_page = asset_page);
        let mut switches = sandbox.hudu.switches();
        switches.max_page_size = hudu_page;
        sandbox.hudu.set_switches(switches);
        let mut sides = sides(&sandbox).await;
        sides.settings.details.clear();
        let plan = survey(&sides).await;
        let general = |row: &&serde_json::Value| row["name"] == "General User";
        let generals = sandbox.halo.all("Users").iter().filter(general).count();
        for (name, hidden, size) in [
            ("Client", 0, 100),
            ("Site", 0, 100),
            ("Users", generals, 100),
            ("Asset", 0, if asset_page == 0 { 100 } else { asset_page }),
            ("ClientContract", 0, 100),
            ("KBArticle", 0, 100),
        ] {
            let pages = (sandbox.halo.all(name).len() - hidden).div_ceil(size);
            assert_eq!(asked(&sandbox, Server::Halo, &format!("/api/{name}")), pages, "{name}");
        }
        for (name, size) in [("companies", 1000), ("assets", 1000), ("articles", 100)] {
            let rows = sandbox.hudu.all(name).len();
            let size = size.min(hudu_page);
            let pages = rows.div_ceil(size);
            let sent = asked(&sandbox, Server::Hudu, &format!("/api/v1/{name}"));
            assert!((pages..=pages + 1).contains(&sent), "{name}: {sent} for {pages}");
        }
        let all = sandbox.request_count(Server::Halo) + sandbox.request_count(Server::Hudu);
        let signing_in = asked(&sandbox, Server::Halo, "/auth/token") + asked(&sandbox, Server::Halo, "/api/authinfo");
        assert_eq!(plan.requests.0 as usize + plan.requests.1 as usize, all, "{signing_in} for signing in");
        assert!(plan.notes.is_empty(), "{:?}", plan.notes);
        assert!(count(&plan, Action::Gone) == 0 && count(&plan, Action::Create) > 100);
    }
}

/// What the rows lack is put together from other lists: the plan of everything says of a record what
/// its own plan says.
#[tokio::test(start_paused = true)]
async fn everything_plans_a_record_as_its_own_plan_does() {
    let sandbox = sandbox();
    let mut sides = sides(&sandbox).await;
    let every = [RecordKind::Client, RecordKind::Site, RecordKind::User, RecordKind::Asset, RecordKind::Contract];
    sides.settings.details = every.to_vec();
    let plan = survey(&sides).await;
    let mut looked = 0;
    for kind in every {
        let settled = |item: &&sidelight::sync::plan::Item| {
            item.record.is_some_and(|record| record.kind == kind)
                && matches!(item.action, Action::Update | Action::Link | Action::Unchanged)
                && item.changes.iter().all(|change| change.by.is_none())
        };
        for item in plan.items.iter().filter(settled).step_by(9).take(8) {
            let look = gather::look(&sides, item.record.unwrap(), false).await.unwrap();
            let own = gather::plan_for(&sides, &look).await.unwrap();
            let own = own.items.iter().find(|other| other.id == item.id).unwrap();
            // Links to records that the same plan makes are known here only.
            assert_eq!(own.action, item.action, "{}: {:#?} {:#?}", item.id, own.changes, item.changes);
            assert_eq!(own.changes, item.changes, "{}", item.id);
            looked += 1;
        }
    }
    assert!(looked > 25, "{looked}");
}

#[tokio::test(start_paused = true)]
async fn details_are_read_again_only_where_something_changed() {
    let sandbox = sandbox();
    let sides = sides(&sandbox).await;
    sandbox.halo.switch(|switches| switches.last_update_filter = true);
    let details = || {
        let of = |seen: &&sidelight_sandbox::Seen| {
            seen.path.starts_with("/api/Users/") || seen.path.starts_with("/api/Client/")
        };
        sandbox.requests(Server::Halo).iter().filter(of).count()
    };
    let first = survey(&sides).await;
    let all = details();
    assert!(all >= sandbox.halo.all("Client").len(), "{all}");
    let day = 86_400_000;
    sides.host.clock.sleep(day).await;
    sandbox.clear_requests();
    let second = survey(&sides).await;
    assert_eq!(details(), 0);
    assert_eq!(first.id, second.id);
    // Somebody moves to another department, which no list tells.
    let user = first.items.iter().find(|item| {
        item.record.is_some_and(|record| record.kind == RecordKind::User) && item.action == Action::Update
    });
    let user = user.unwrap().record.unwrap();
    sides.host.clock.sleep(day).await;
    sandbox.halo.upsert("Users", json!({ "id": user.id, "department": "Night shift" }));
    sandbox.clear_requests();
    let third = survey(&sides).await;
    assert_eq!(details(), 1);
    let item = third.items.iter().find(|item| item.record == Some(user)).unwrap();
    let says = |change: &sidelight::sync::plan::Change| format!("{:?}", change.after).contains("Night shift");
    assert!(item.changes.iter().any(says), "{:#?}", item.changes);
    // Where the filter is not proven nothing is used again.
    sandbox.halo.switch(|switches| switches.last_update_filter = false);
    sides.host.clock.sleep(2 * day).await;
    sandbox.clear_requests();
    let fourth = survey(&sides).await;
    assert_eq!(details(), all);
    assert_eq!(third.id, fourth.id);
}

/// Links a Hudu asset with a Halo asset that is no longer there.
async fn lose_one(sandbox: &Sandbox, store: &MemoryStore) {
    let asset = sandbox.hudu.all("assets").into_iter().find(|asset| asset["archived"] == false).unwrap();
    let link = json!({ "target": asset["id"], "chosen": false, "synced": {} }).to_string();
    let write = Write { table: Table::Links, key: "asset/999999".to_owned(), value: Some(link) };
    store.write(vec![write]).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn only_what_was_read_whole_can_be_gone() {
    let sandbox = sandbox();
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
    let sandbox = sandbox();
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
async fn a_key_for_some_companies_reads_company_by_company() {
    let sandbox = sandbox();
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
    let sandbox = sandbox();
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
    assert!(last.requests.0 > 10 && last.requests.1 > 3 && last.total == Some(last.done), "{last:?}");
}

#[tokio::test(start_paused = true)]
async fn one_client_takes_few_requests() {
    let sandbox = sandbox();
    let mut sides = sides(&sandbox).await;
    sides.settings.details.clear();
    let everything = survey(&sides).await;
    sandbox.clear_requests();
    let scope = Scope { kinds: Vec::new(), clients: vec![12] };
    let plan = survey::everything(&sides, &scope, &Nobody).await.unwrap();
    assert!(!plan.items.is_empty());
    assert!(plan.items.iter().all(|item| item.client.is_none_or(|client| client == 12)));
    assert!(asked(&sandbox, Server::Hudu, "/api/v1/assets") <= 1);
    let own = |plan: &Plan| {
        let of = |item: &&sidelight::sync::plan::Item| {
            item.client == Some(12) && item.record.is_some_and(|record| record.kind == RecordKind::Asset)
        };
        plan.items.iter().filter(of).map(|item| (item.id.clone(), item.action)).collect::<Vec<_>>()
    };
    assert!(own(&plan).len() > 5);
    assert_eq!(own(&plan), own(&everything));
    for seen in sandbox.requests(Server::Halo).iter().filter(|seen| seen.path.starts_with("/api/Asset?")) {
        assert!(seen.path.contains("client_id=12"), "{}", seen.path);
    }
}

#[tokio::test(start_paused = true)]
async fn hudu_tells_what_changed_where_it_can() {
    let sandbox = sandbox();
    let sides = sides(&sandbox).await;
    for (works, switch) in
        [(true, AssetsUpdatedAt::BothEnds), (true, AssetsUpdatedAt::Works), (false, AssetsUpdatedAt::Broken)]
    {
        sandbox.reset();
        survey::forget(&sides.host).await.unwrap();
        let mut switches = sandbox.hudu.switches();
        (switches.assets_updated_at, switches.rate_limit) = (switch, 0);
        sandbox.hudu.set_switches(switches);
        sides.host.clock.sleep(3_600_000).await;
        let since = sides.host.clock.now();
        sides.host.clock.sleep(600_000).await;
        let asset = sandbox.hudu.all("assets").into_iter().find(|asset| asset["archived"] == false).unwrap();
        sandbox.hudu.upsert("assets", json!({ "id": asset["id"], "name": "Renamed" }));
        let changes = sides.hudu_changes(since).await.unwrap();
        assert_eq!(changes.is_some(), works, "{switch:?}");
        if let Some(changes) = changes {
            assert_eq!(changes.assets.iter().map(|asset| asset.name.as_str()).collect::<Vec<_>>(), ["Renamed"]);
            assert!(changes.companies.is_empty());
            sandbox.clear_requests();
            sides.hudu_changes(since).await.unwrap();
            assert!(sandbox.request_count(Server::Hudu) <= 3);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_published_article_is_read_only_when_its_row_changed() {
    let sandbox = sandbox();
    let mut sides = sides(&sandbox).await;
    sides.settings.details.clear();
    let article = sandbox.hudu.all("articles").into_iter().find(|article| article["company_id"].is_null()).unwrap();
    let title = article["name"].as_str().unwrap();
    let tags = format!("hudu-{}", article["id"]);
    let id = sandbox.halo.upsert("KBArticle", json!({ "name": title, "tag_string": tags, "resolution": "Old" }));
    let item_id = format!("hudu-article/{}", article["id"]);
    let read = |sandbox: &Sandbox| asked(sandbox, Server::Halo, &format!("/api/KBArticle/{id}"));
    for expected in [1, 0] {
        sandbox.clear_requests();
        let plan = survey(&sides).await;
        assert_eq!(read(&sandbox), expected);
        let item = plan.items.iter().find(|item| item.id == item_id).unwrap();
        assert!(matches!(item.action, Action::Update | Action::Conflict), "{item:?}");
    }
    sides.host.clock.sleep(60_000).await;
    sandbox.halo.upsert("KBArticle", json!({ "id": id, "resolution": "Newer" }));
    sandbox.clear_requests();
    survey(&sides).await;
    assert_eq!(read(&sandbox), 1);
}

#[tokio::test(start_paused = true)]
async fn layouts_that_the_settings_name_are_planned() {
    let sandbox = sandbox();
    let mut sides = sides(&sandbox).await;
    sides.settings.contracts_layout = "Agreements".to_owned();
    let plan = survey::layouts(&sides).await.unwrap();
    let of = |name: &str| plan.items.iter().find(|item| item.title == name).map(|item| item.action);
    assert_eq!(of("Agreements"), Some(Action::Create));
    let layouts = sandbox.hudu.all("asset_layouts");
    for item in &plan.items {
        let there = layouts.iter().any(|layout| layout["name"] == item.title.as_str());
        assert_eq!(item.action, if there { Action::Update } else { Action::Create }, "{}", item.title);
    }
    assert!(plan.requests.1 <= 3 && plan.requests.0 == 0);
}
