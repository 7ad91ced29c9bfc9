//! Layouts that a run makes for several kinds, and links between records that are written as soon as both are there.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sidelight::halo::record::RecordKind;
use sidelight::sync::apply::Order;
use sidelight::sync::journal::StepState;
use sidelight::sync::plan::Item;
use sidelight::sync::view::{Action, RunState};
use sidelight_sandbox::Sandbox;
use sidelight_sandbox::world::Size;
use sidelight_tests::desk::Desk;

use crate::support::{begin, desk, go, plan, provider, sides, sync};

const SIZE: Size = Size { clients: 3, sites: 2, users: 3, assets: 4, known: 40, articles: 0 };

/// The layout of that name, of which there is one.
fn layout(pair: &Sandbox, name: &str) -> Value {
    let mut named: Vec<Value> = pair.hudu.all("asset_layouts").into_iter().filter(|one| one["name"] == name).collect();
    assert_eq!(named.len(), 1, "{name}");
    named.remove(0)
}

fn field<'a>(layout: &'a Value, label: &str) -> &'a Value {
    let fields = layout["fields"].as_array().unwrap();
    fields.iter().find(|field| field["label"] == label).unwrap_or_else(|| panic!("{label}: {layout}"))
}

/// Ids of the records that a field of an asset links to.
fn linked(asset: &Value, label: &str) -> Vec<i64> {
    let fields = asset["fields"].as_array().unwrap();
    let text = fields.iter().find(|field| field["label"] == label).and_then(|field| field["value"].as_str());
    let rows: Vec<Value> = serde_json::from_str(text.unwrap_or("[]")).unwrap();
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

fn in_layout(pair: &Sandbox, layout: &Value) -> Vec<Value> {
    pair.hudu.all("assets").into_iter().filter(|asset| asset["asset_layout_id"] == layout["id"]).collect()
}

fn ids(assets: &[Value]) -> BTreeSet<i64> {
    assets.iter().map(|asset| asset["id"].as_i64().unwrap()).collect()
}

async fn in_step(desk: &Desk) {
    let plan = plan(desk).await;
    let left: Vec<&Item> = plan.items.iter().filter(|item| item.writes()).collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[tokio::test(start_paused = true)]
async fn a_layout_for_two_kinds_is_made_once_and_others_link_to_it() {
    let pair = provider(SIZE);
    let desk = desk(&pair, 1).await;
    desk.set(|settings| {
        let sync = &mut settings.sync;
        (sync.sites_layout, sync.contracts_layout) = ("Places and papers".to_owned(), "places and papers ".to_owned());
        (sync.people_layout, sync.default_layout) = ("Staff".to_owned(), "Machines".to_owned());
        (sync.sort_rules, sync.by_type_name) = (Vec::new(), false);
    })
    .await;
    let first = plan(&desk).await;
    let made = first.items.iter().filter(|item| item.id.starts_with("layout/") && item.action == Action::Create);
    assert_eq!(made.count(), 3);
    let mut run = begin(&desk, first, &Order::default()).await;
    go(&desk, &mut run).await;
    assert_eq!(run.state, RunState::Done);

    // One layout with the fields of both kinds; the others link to it and to each other.
    let [shared, staff, machines] = ["Places and papers", "Staff", "Machines"].map(|name| layout(&pair, name));
    for label in ["Time zone", "Reference", "Halo ID"] {
        let fields = shared["fields"].as_array().unwrap();
        assert_eq!(fields.iter().filter(|field| field["label"] == label).count(), 1, "{label}");
    }
    assert_eq!(field(&shared, "End date")["expiration"], true);
    for (from, label, to) in [(&staff, "Site", &shared), (&machines, "Site", &shared), (&machines, "User", &staff)] {
        let field = field(from, label);
        assert_eq!((&field["field_type"], &field["linkable_id"]), (&json!("AssetTag"), &to["id"]), "{label}");
    }

    // What is linked stands in the layout that the field links to.
    let (places, people, devices) = (in_layout(&pair, &shared), in_layout(&pair, &staff), in_layout(&pair, &machines));
    let there = SIZE.clients * (SIZE.sites + 1);
    assert_eq!((places.len(), people.len()), (there, SIZE.clients * SIZE.users));
    assert!(devices.len() >= SIZE.clients, "{}", devices.len());
    for (records, label, to) in [(&people, "Site", &places), (&devices, "Site", &places), (&devices, "User", &people)] {
        let links: Vec<i64> = records.iter().flat_map(|record| linked(record, label)).collect();
        assert!(!links.is_empty() && links.iter().all(|id| ids(to).contains(id)), "{label}: {links:?}");
    }
    assert!(people.iter().all(|person| linked(person, "Site").len() == 1));
    in_step(&desk).await;
}

/// Makes the main contact of sites a link to people, and names one in HaloITSM for each site. Answers how many.
fn with_contacts(pair: &Sandbox) -> usize {
    let (mut sites, people) = (layout(pair, "Sites"), layout(pair, "People"));
    for field in sites["fields"].as_array_mut().unwrap() {
        if field["label"] == "Main contact" {
            (field["field_type"], field["linkable_id"]) = (json!("AssetTag"), people["id"].clone());
        }
    }
    pair.hudu.upsert("asset_layouts", sites);
    // What was typed as text before the field became a link is no link.
    for asset in pair.hudu.all("assets") {
        if asset["asset_layout_id"] == layout(pair, "Sites")["id"] {
            pair.hudu.upsert("assets", json!({ "id": asset["id"], "custom_fields": [{ "main_contact": null }] }));
        }
    }
    let mut named = 0;
    let users = pair.halo.all("Users");
    for site in pair.halo.all("Site") {
        // HaloITSM's own client and users stand for nobody.
        let works_there =
            |user: &&Value| user["client_id"].as_f64() == site["client_id"].as_f64() && user["name"] != "General User";
        let Some(user) = users.iter().find(works_there) else { continue };
        pair.halo.upsert("Site", json!({ "id": site["id"], "maincontact_id": user["id"] }));
        named += 1;
    }
    named
}

#[tokio::test(start_paused = true)]
async fn a_site_is_linked_with_a_contact_that_the_same_run_makes_after_it() {
    let pair = provider(SIZE);
    let named = with_contacts(&pair);
    assert_eq!(named, SIZE.clients * SIZE.sites);
    let desk = desk(&pair, 1).await;
    let run = sync(&desk).await;
    let place = |id: &str| run.plan.items.iter().position(|item| item.id == id).unwrap();
    let later: Vec<usize> = (0..run.plan.items.len()).filter(|at| run.plan.items[*at].of.is_some()).collect();
    assert!(!later.is_empty());
    for at in later {
        let item = &run.plan.items[at];
        assert_eq!(run.steps[at].state, StepState::Done, "{:?}", run.steps[at]);
        // It is written into the site that this run made, behind the contact.
        assert_eq!(run.steps[at].target, run.steps[place(item.of.as_ref().unwrap())].target);
        let contact = item.changes.iter().find_map(|change| change.by.as_deref()).unwrap();
        assert!(place(contact) < at && contact.starts_with("user/"), "{contact}");
    }
    let (sites, people) = (layout(&pair, "Sites"), layout(&pair, "People"));
    let people = in_layout(&pair, &people);
    let sites = in_layout(&pair, &sites);
    assert_eq!(sites.len(), named);
    for site in &sites {
        let contact = linked(site, "Main contact");
        assert!(contact.len() == 1 && ids(&people).contains(&contact[0]), "{site:#}");
    }
    in_step(&desk).await;

    // A record that both plan and history know once is taken back once.
    let undo = sides(&desk).await.plan_undo(&run, None).await.unwrap();
    let mut back = begin(&desk, undo, &Order { confirmed: true, ..Order::default() }).await;
    go(&desk, &mut back).await;
    assert_eq!(back.state, RunState::Done);
    let made: Vec<i64> = run
        .plan
        .items
        .iter()
        .zip(&run.steps)
        .filter(|(item, step)| item.id.starts_with("site/") && step.made && item.action == Action::Create)
        .filter_map(|(_, step)| step.target)
        .collect();
    assert!(!made.is_empty() && made.iter().all(|id| pair.hudu.get("assets", *id).unwrap()["archived"] == true));
}

#[tokio::test(start_paused = true)]
async fn the_mapping_pages_know_a_layout_that_a_click_made() {
    let pair = provider(SIZE);
    let desk = desk(&pair, 1).await;
    desk.set(|settings| settings.sync.sites_layout = "Branches".to_owned()).await;
    let branches = "Branches".to_owned();
    assert!(!desk.layouts_shown().await.contains(&branches));
    let client = desk.sync(RecordKind::Client, 12).await.unwrap();
    assert_eq!(client.state, RunState::Done);
    let site = pair.halo.all("Site").into_iter().find(|site| site["client_id"].as_f64() == Some(12.0)).unwrap();
    let run = desk.sync(RecordKind::Site, site["id"].as_i64().unwrap()).await.unwrap();
    assert_eq!(run.state, RunState::Done);
    assert!(desk.layouts_shown().await.contains(&branches));
}
