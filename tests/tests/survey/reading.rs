//! How many requests a reading takes, and what is put together from it.

use std::collections::BTreeMap;

use serde_json::json;
use sidelight::assist::gather;
use sidelight::halo::record::RecordKind;
use sidelight::settings::Policy;
use sidelight::sync::plan::{Change, Item, Plan};
use sidelight::sync::survey;
use sidelight::sync::table::Scope;
use sidelight::sync::view::Action;
use sidelight::sync::watch::Nobody;
use sidelight_sandbox::halo::{AssetFields, RecordCount, RowFields};
use sidelight_sandbox::hudu::AssetsUpdatedAt;
use sidelight_sandbox::world::Size;
use sidelight_sandbox::{Sandbox, Seen, Server};
use sidelight_tests::host::sandbox;

use crate::support::{asked, count, pair, sides, small, survey};

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
            let pages = match name {
                "Asset" => asset_pages(&sandbox, size),
                _ => (sandbox.halo.all(name).len() - hidden).div_ceil(size),
            };
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

/// The fewest pages that tell of every asset and its fields: the first of the whole list, and those of each type.
fn asset_pages(sandbox: &Sandbox, size: usize) -> usize {
    let mut types: BTreeMap<i64, usize> = BTreeMap::new();
    for asset in sandbox.halo.all("Asset") {
        *types.entry(asset["assettype_id"].as_i64().unwrap()).or_default() += 1;
    }
    1 + types.values().map(|rows| rows.div_ceil(size)).sum::<usize>()
}

/// Fields of assets come, whenever lists hold them, and once; where no list does, the key fields stand for
/// them, and what has no serial then waits.
#[tokio::test(start_paused = true)]
async fn assets_come_with_the_fields_of_their_types() {
    let sandbox = small();
    let mut sides = sides(&sandbox).await;
    sides.settings.details.clear();
    let assets = |plan: &Plan| {
        let of = |item: &&Item| item.record.is_some_and(|record| record.kind == RecordKind::Asset);
        plan.items.iter().filter(of).cloned().collect::<Vec<_>>()
    };
    let says = |item: &Item, label: &str| item.changes.iter().any(|change| change.label.as_str() == label);
    let laptop = sandbox.halo.all("Asset").into_iter().find(|asset| asset["assettype_id"] == 121).unwrap();
    let system = json!([{ "name": "Operating System", "value": "Plan 9" }]);
    sandbox.halo.upsert("Asset", json!({ "id": laptop["id"], "fields": system }));
    let pages = sandbox.halo.all("Asset").len().div_ceil(100);
    let mut plans = Vec::new();
    for (fields, pages) in [
        (AssetFields::Always, pages),
        (AssetFields::WhenAsked, pages),
        // There are more types than pages: which of them occur is looked up first.
        (AssetFields::OfOneType, pages - 1 + asset_pages(&sandbox, 100)),
    ] {
        sandbox.halo.switch(|switches| switches.asset_fields = fields);
        sandbox.clear_requests();
        plans.push(assets(&survey(&sides).await));
        assert_eq!(asked(&sandbox, Server::Halo, "/api/Asset"), pages, "{fields:?}");
    }
    assert!(plans[0] == plans[1] && plans[0] == plans[2]);
    assert!(plans[2].iter().any(|item| says(item, "Operating System")));
    assert!(plans[2].iter().any(|item| item.safe && says(item, "Primary serial")));
    // Also where the count is not to be trusted, and with more pages than types.
    for (count, size) in
        [(RecordCount::PageOnly, 0), (RecordCount::TooHigh, 0), (RecordCount::TooHigh, 5), (RecordCount::True, 5)]
    {
        sandbox.halo.switch(|switches| (switches.record_count, switches.asset_page) = (count, size));
        let mut fresh = crate::support::sides(&sandbox).await;
        fresh.settings.details.clear();
        assert!(assets(&survey(&fresh).await) == plans[0], "{count:?} {size}");
    }
    sandbox.halo.switch(|switches| switches.asset_page = 0);
    // No list tells them: serial, maker and model are known as key fields.
    sandbox.halo.switch(|switches| switches.asset_fields = AssetFields::Never);
    let plan = assets(&survey(&sides).await);
    assert!(plan.iter().any(|item| item.safe && says(item, "Primary serial")));
    assert!(!plan.iter().any(|item| says(item, "Operating System")));
    // And where the type's key fields are others, nothing tells whether Hudu has the asset already.
    for kind in sandbox.halo.all("AssetType") {
        sandbox.halo.upsert("AssetType", json!({ "id": kind["id"], "keyfield_id": kind["keyfield3_id"] }));
    }
    for asset in sandbox.halo.all("Asset") {
        sandbox.halo.upsert("Asset", json!({ "id": asset["id"] }));
    }
    let whole = survey(&sides).await;
    let plan = assets(&whole);
    assert!(plan.iter().any(|item| item.action == Action::Create) && !plan.iter().any(|item| item.safe));
    assert!(whole.notes.iter().any(|note| note.contains("Read one by one")), "{:?}", whole.notes);
    // Unless each is read.
    sides.settings.details = vec![RecordKind::Asset];
    let plan = assets(&survey(&sides).await);
    assert!(plan == plans[0]);
}

/// Rows that name custom fields without their values, or say that there are none, are not believed.
#[tokio::test(start_paused = true)]
async fn custom_fields_that_rows_leave_empty_are_read() {
    let sandbox = sandbox();
    for mut layout in sandbox.hudu.all("asset_layouts") {
        let place = json!({ "label": "Cost Centre", "field_type": "Text", "position": 99 });
        layout["fields"].as_array_mut().unwrap().push(place);
        sandbox.hudu.upsert("asset_layouts", layout);
    }
    let mut plans = Vec::new();
    for rows in [RowFields::Always, RowFields::Empty, RowFields::Unvalued] {
        sandbox.halo.switch(|switches| switches.custom_fields_in_lists = rows);
        let mut sides = sides(&sandbox).await;
        sides.settings.details = vec![RecordKind::Asset];
        // Notes are a reason of their own to read each.
        sides.settings.policies.push((RecordKind::Asset, "field:notes".to_owned(), Policy::Never));
        let of = |item: &Item| (item.id.clone(), item.action, item.changes.clone());
        plans.push(survey(&sides).await.items.iter().map(of).collect::<Vec<_>>());
    }
    let says = |change: &Change| change.label.as_str() == "Cost Centre";
    assert!(plans[0].iter().any(|(_, _, changes)| changes.iter().any(says)));
    assert!(plans[0] == plans[1] && plans[0] == plans[2]);
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
        let settled = |item: &&Item| {
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
    let sandbox = small();
    let sides = sides(&sandbox).await;
    sandbox.halo.switch(|switches| switches.last_update_filter = true);
    let details = || {
        let of = |seen: &&Seen| seen.path.starts_with("/api/Users/") || seen.path.starts_with("/api/Client/");
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
    let says = |change: &Change| format!("{:?}", change.after).contains("Night shift");
    assert!(item.changes.iter().any(says), "{:#?}", item.changes);
    // Where the filter is not proven everything is read again a day later, and before that the clients only.
    sandbox.halo.switch(|switches| switches.last_update_filter = false);
    sides.host.clock.sleep(2 * day).await;
    sandbox.clear_requests();
    let fourth = survey(&sides).await;
    assert_eq!(details(), all);
    assert_eq!(third.id, fourth.id);
    sides.host.clock.sleep(day / 24).await;
    sandbox.clear_requests();
    let fifth = survey(&sides).await;
    assert!(!sandbox.requests(Server::Halo).iter().any(|seen| seen.path.starts_with("/api/Users/")));
    assert!(details() > 0 && fourth.id == fifth.id);
}

#[tokio::test(start_paused = true)]
async fn one_client_takes_few_requests() {
    let sandbox = small();
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
        let of = |item: &&Item| {
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
    let sandbox = small();
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
    let sandbox = small();
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

/// A list that fills its last page takes no request more where the server's count was seen to be true.
#[tokio::test(start_paused = true)]
async fn full_pages_are_not_followed_by_an_empty_one() {
    let sandbox = pair(Size { clients: 20, sites: 1, users: 10, assets: 30, known: 50, articles: 0 });
    let mut sides = sides(&sandbox).await;
    sides.settings.details.clear();
    survey(&sides).await;
    for (name, pages) in [("Client", 1), ("Site", 1), ("Users", 2), ("Asset", asset_pages(&sandbox, 100))] {
        assert_eq!(asked(&sandbox, Server::Halo, &format!("/api/{name}")), pages, "{name}");
    }
}

/// A record is read by itself only where its layout has a place for what the list leaves out.
#[tokio::test(start_paused = true)]
async fn nothing_is_read_for_a_place_that_hudu_does_not_have() {
    let sandbox = small();
    let mut sides = sides(&sandbox).await;
    sides.settings.details = vec![RecordKind::User];
    let read = |sandbox: &Sandbox| {
        let by_itself = |seen: &&Seen| seen.path.starts_with("/api/Users/");
        sandbox.requests(Server::Halo).iter().filter(by_itself).count()
    };
    survey(&sides).await;
    assert!(read(&sandbox) > 50);
    let department = (RecordKind::User, "field:department".to_owned(), Policy::Never);
    sides.settings.policies.push(department);
    sandbox.clear_requests();
    survey(&sides).await;
    assert_eq!(read(&sandbox), 0);
}
