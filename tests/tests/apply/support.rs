//! What the tests of this program share.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};
use sidelight::sync::apply::{self, Order};
use sidelight::sync::journal::Run;
use sidelight::sync::plan::{Item, Plan};
use sidelight::sync::sides::Sides;
use sidelight::sync::survey;
use sidelight::sync::table::{Progress, Scope};
use sidelight::sync::view::Action;
use sidelight::sync::watch::{Nobody, Watch};
use sidelight_sandbox::world::{Size, large};
use sidelight_sandbox::{Effect, Fault, Options, Sandbox};
use sidelight_tests::desk::Desk;
use sidelight_tests::host::{MemoryStore, sandbox_with};

/// A small provider: every kind, half of it in Hudu already.
pub fn small() -> Sandbox {
    provider(Size { clients: 4, sites: 2, users: 5, assets: 8, known: 50, articles: 3 })
}

pub fn provider(size: Size) -> Sandbox {
    sandbox_with(Options { world: large(size), ..Options::default() })
}

/// A desk whose settings send everything somewhere.
pub async fn desk(pair: &Sandbox, seed: u64) -> Desk {
    Desk::on(pair, Rc::new(MemoryStore::default()), seed).await
}

pub async fn sides(desk: &Desk) -> Sides {
    desk.service.sides().await.unwrap()
}

pub async fn plan(desk: &Desk) -> Plan {
    survey::everything(&sides(desk).await, &Scope::default(), &Nobody).await.unwrap()
}

pub async fn begin(desk: &Desk, plan: Plan, order: &Order) -> Run {
    apply::begin(&desk.host.host, plan, order).await.unwrap()
}

pub async fn go(desk: &Desk, run: &mut Run) {
    apply::go_on(&sides(desk).await, run, &Nobody).await.unwrap();
}

pub async fn sync(desk: &Desk) -> Run {
    let plan = plan(desk).await;
    let mut run = begin(desk, plan, &Order::default()).await;
    go(desk, &mut run).await;
    run
}

pub fn writes(plan: &Plan) -> usize {
    plan.items.iter().filter(|item| item.writes()).count()
}

pub fn is_new_company(item: &Item) -> bool {
    item.action == Action::Create && item.id.starts_with("client/")
}

pub fn fault(server: &str, method: &str, path: &str, after: u32, times: u32, effect: Effect) -> Fault {
    Fault { server: server.to_owned(), method: method.to_owned(), path: path.to_owned(), after, times, effect }
}

pub fn refusal(status: u16) -> Effect {
    Effect::Status { status, body: json!({"error": "Validation failed"}).to_string(), headers: Vec::new() }
}

/// Active records of Hudu by what they stand for: assets by layout, company and Halo ID, companies by number.
pub fn doubles(pair: &Sandbox) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for asset in pair.hudu.all("assets").iter().filter(|asset| asset["archived"] != true) {
        let fields = asset["fields"].as_array().cloned().unwrap_or_default();
        let id = fields.iter().find(|field| field["label"] == "Halo ID").map(|field| field["value"].clone());
        if let Some(id) = id.filter(|id| !id.is_null()) {
            *seen.entry(format!("{} {} {id}", asset["asset_layout_id"], asset["company_id"])).or_default() += 1;
        }
    }
    for company in pair.hudu.all("companies").iter().filter(|company| company["archived"] != true) {
        if let Some(number) = company["id_number"].as_str() {
            *seen.entry(format!("company {number}")).or_default() += 1;
        }
    }
    for layout in pair.hudu.all("asset_layouts").iter().filter(|layout| layout["active"] != false) {
        *seen.entry(format!("layout {}", layout["name"])).or_default() += 1;
        let labels = layout["fields"].as_array().cloned().unwrap_or_default();
        for field in labels {
            *seen.entry(format!("field {} {}", layout["id"], field["label"])).or_default() += 1;
        }
    }
    seen.into_iter().filter(|(_, count)| *count > 1).map(|(what, _)| what).collect()
}

/// What stands in Hudu and in Halo's articles, without moments and addresses.
pub fn state(pair: &Sandbox) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for resource in ["companies", "assets"] {
        for mut row in pair.hudu.all(resource) {
            if row["archived"] == true {
                continue;
            }
            let members = row.as_object_mut().unwrap();
            for name in ["updated_at", "slug", "url"] {
                members.remove(name);
            }
            if let Some(Value::Array(fields)) = members.get_mut("fields") {
                // A field that the layout was given is new, and empty again.
                fields.retain(|field| !field["value"].is_null());
                for field in fields {
                    field.as_object_mut().unwrap().retain(|name, _| name == "label" || name == "value");
                }
            }
            all.insert(format!("{resource}/{}", row["id"]), row);
        }
    }
    all
}

/// Stops after so many reports, and keeps them.
#[derive(Default)]
pub struct Witness {
    pub stop_after: Cell<Option<usize>>,
    pub told: RefCell<Vec<Progress>>,
}

impl Watch for Witness {
    fn progress(&self, progress: &Progress) {
        self.told.borrow_mut().push(progress.clone());
    }
    fn stop(&self) -> bool {
        self.stop_after.get().is_some_and(|after| self.told.borrow().len() >= after)
    }
}

pub async fn sync_if_needed(desk: &Desk) {
    let next = plan(desk).await;
    if writes(&next) > 0 {
        let mut run = begin(desk, next, &Order::default()).await;
        go(desk, &mut run).await;
    }
    let left = plan(desk).await;
    let left: Vec<&Item> = left.items.iter().filter(|item| item.writes()).collect();
    assert!(left.is_empty(), "{left:#?}");
}
