//! One click, in virtual time: match, plan, apply, undo, resume, against the sandbox pair.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use serde_json::{Value, json};
use sidelight::assist::view::{CompanyState, CounterpartState, DocumentKind, Standing};
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::platform::StoreError;
use sidelight::protocol::Message;
use sidelight::sync::view::{Action, RunState};
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::desk::{Desk, plan_of};
use sidelight_tests::host::{MemoryStore, sandbox};

/// Harbour & Finch Ltd: typed into Hudu by hand, with an older phone number.
const CLIENT: i64 = 12;
/// HF-LT-057: a laptop that Hudu has never seen.
const NEW_ASSET: i64 = 2002;
/// HF-LT-042: in Hudu without a link.
const KNOWN_ASSET: i64 = 2001;

fn company(desk: &Desk) -> Value {
    let named = |row: &&Value| row["name"].as_str().is_some_and(|name| name.to_lowercase().contains("harbour"));
    desk.sandbox.hudu.all("companies").iter().find(named).unwrap().clone()
}

fn fault(server: &str, method: &str, path: &str, effect: Effect) -> Fault {
    Fault { server: server.to_owned(), method: method.to_owned(), path: path.to_owned(), after: 0, times: 1, effect }
}

fn named(desk: &Desk, name: &str) -> Vec<Value> {
    desk.sandbox.hudu.all("assets").into_iter().filter(|a| a["name"] == name).collect()
}

#[tokio::test(start_paused = true)]
async fn a_ticket_shows_its_clients_documentation() {
    let desk = Desk::new(&sandbox()).await;
    let view = desk.sidebar(RecordKind::Ticket, 4127).await.unwrap();
    let CompanyState::Matched { company } = &view.company else { panic!("{:?}", view.company) };
    assert!(company.name.contains("Harbour"));
    assert!(view.record.title.contains("VPN"));
    assert_eq!(view.standing, Standing::NotApplicable);
    for kind in [
        DocumentKind::Asset,
        DocumentKind::Person,
        DocumentKind::Article,
        DocumentKind::Password,
        DocumentKind::Process,
    ] {
        let section = view.sections.iter().find(|section| section.kind == kind).unwrap();
        assert!(section.count > 0 && section.as_of.is_some() && section.trouble.is_none(), "{section:?}");
    }
    // What was read paints at once the next time.
    let stored = desk.stored(RecordKind::Ticket, 4127).await.unwrap();
    assert!(stored.stored);
    assert_eq!(stored.sections, view.sections);
}

#[tokio::test(start_paused = true)]
async fn no_secret_is_stored_or_shown() {
    let desk = Desk::new(&sandbox()).await;
    let view = desk.sidebar(RecordKind::Ticket, 4127).await.unwrap();
    let shown = serde_json::to_string(&view).unwrap();
    let mut kept = String::new();
    for table in sidelight::platform::Table::ALL {
        if table != sidelight::platform::Table::Secrets {
            kept.extend(desk.host.store.dump(table).into_iter().map(|(_, text)| text));
        }
    }
    let mut looked = 0;
    for password in desk.sandbox.hudu.all("asset_passwords") {
        for member in ["password", "otp_secret"] {
            if let Some(secret) = password[member].as_str().filter(|secret| secret.len() > 5) {
                looked += 1;
                assert!(!shown.contains(secret), "{member} shown");
                assert!(!kept.contains(secret), "{member} stored");
            }
        }
    }
    assert!(looked > 10);
    let halo = desk.sandbox.halo.credentials();
    assert!(!kept.contains(&halo.client_secret) && !kept.contains(&desk.sandbox.hudu.api_key()));
}

#[tokio::test(start_paused = true)]
async fn a_client_is_synced_and_undone() {
    let desk = Desk::new(&sandbox()).await;
    let before = company(&desk);
    let plan = desk.plan(RecordKind::Client, CLIENT).await.unwrap();
    assert!(plan.ready, "{plan:#?}");
    assert_eq!(plan.items.len(), 1);
    assert_eq!(plan.items[0].action, Action::Update);
    let phone = plan.items[0].fields.iter().find(|field| field.label == "Phone").unwrap();
    assert_eq!(phone.before.as_deref(), Some("0131 496 0300"));
    assert_eq!(phone.after.as_deref(), Some("0131 496 0321"));
    let run = desk.apply(&plan).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert!(run.undoable && run.url.is_some());
    let after = company(&desk);
    assert_eq!(after["phone_number"], "0131 496 0321");
    assert_eq!(after["id_number"], CLIENT.to_string());
    // In step now, and a second plan writes nothing.
    let view = desk.sidebar(RecordKind::Client, CLIENT).await.unwrap();
    assert_eq!(view.standing, Standing::InStep);
    assert_eq!(view.last_run.as_deref(), Some(run.id.as_str()));
    assert_eq!(desk.plan(RecordKind::Client, CLIENT).await.unwrap().writes, 0);
    let undone = desk.undo(&run.id).await.unwrap();
    assert_eq!(undone.state, RunState::Done, "{undone:#?}");
    let back = company(&desk);
    for member in ["name", "phone_number", "website", "id_number", "address_line_1", "city", "zip"] {
        let empty = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        assert_eq!(empty(&back[member]), empty(&before[member]), "{member}");
    }
    assert_eq!(desk.ask(Message::PlanUndo { run: run.id }).await.unwrap_err().code, "sync.nothing_to_undo");
}

#[tokio::test(start_paused = true)]
async fn undo_leaves_what_somebody_changed_since() {
    let desk = Desk::new(&sandbox()).await;
    let run = desk.sync(RecordKind::Client, CLIENT).await.unwrap();
    let id = company(&desk)["id"].as_i64().unwrap();
    desk.sandbox.hudu.upsert("companies", json!({ "id": id, "phone_number": "0131 496 0999" }));
    let plan = plan_of(desk.ask(Message::PlanUndo { run: run.id }).await).unwrap();
    assert!(plan.items[0].fields.iter().all(|field| field.label != "Phone"));
    assert!(plan.items[0].reason.contains("Phone"), "{}", plan.items[0].reason);
    desk.apply(&plan).await.unwrap();
    assert_eq!(company(&desk)["phone_number"], "0131 496 0999");
}

#[tokio::test(start_paused = true)]
async fn an_asset_that_hudu_never_saw_is_made_once_in_the_right_layout() {
    let desk = Desk::new(&sandbox()).await;
    let view = desk.sidebar(RecordKind::Asset, NEW_ASSET).await.unwrap();
    assert_eq!(view.standing, Standing::NotInHudu);
    assert!(matches!(view.counterpart, CounterpartState::Missing { .. }));
    let plan = desk.plan(RecordKind::Asset, NEW_ASSET).await.unwrap();
    assert!(plan.ready, "{plan:#?}");
    let run = desk.apply(&plan).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let made = named(&desk, "HF-LT-057");
    assert_eq!(made.len(), 1);
    assert_eq!(made[0]["asset_type"], "Computer Assets");
    let fields = made[0]["fields"].as_array().unwrap();
    let value = |label: &str| fields.iter().find(|f| f["label"] == label).map(|f| f["value"].clone());
    assert_eq!(value("Halo ID"), Some(json!(NEW_ASSET.to_string())));
    assert!(value("Serial Number").is_some_and(|v| !v.is_null()));
    // Again: nothing to write, still one.
    assert_eq!(desk.plan(RecordKind::Asset, NEW_ASSET).await.unwrap().writes, 0);
    // Undone: put away, not deleted; and not made a second time.
    desk.undo(&run.id).await.unwrap();
    assert_eq!(named(&desk, "HF-LT-057")[0]["archived"], true);
    let again = desk.plan(RecordKind::Asset, NEW_ASSET).await.unwrap();
    assert_eq!(again.items.last().unwrap().action, Action::Ambiguous);
    // The archived one, chosen, is brought back.
    let target = again.items.last().unwrap().candidates[0].id;
    desk.ask(Message::Choose { record: RecordRef::new(RecordKind::Asset, NEW_ASSET), target }).await.unwrap();
    desk.sync(RecordKind::Asset, NEW_ASSET).await.unwrap();
    let made = named(&desk, "HF-LT-057");
    assert_eq!((made.len(), &made[0]["archived"]), (1, &json!(false)));
}

#[tokio::test(start_paused = true)]
async fn adding_the_halo_id_keeps_every_field_of_the_layout() {
    let desk = Desk::new(&sandbox()).await;
    let layout = |desk: &Desk| desk.sandbox.hudu.find("asset_layouts", "Computer Assets").unwrap();
    let before = layout(&desk);
    desk.sync(RecordKind::Asset, NEW_ASSET).await.unwrap();
    let after = layout(&desk);
    let (old, new) = (before["fields"].as_array().unwrap(), after["fields"].as_array().unwrap());
    assert_eq!(new.len(), old.len() + 1);
    for field in old {
        let same = new.iter().find(|f| f["id"] == field["id"]).unwrap();
        for member in [
            "label",
            "field_type",
            "list_id",
            "linkable_id",
            "options",
            "expiration",
            "show_in_list",
            "position",
            "hint",
        ] {
            assert_eq!(same[member], field[member], "{member} of {}", field["label"]);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_known_asset_is_found_by_its_serial_and_linked() {
    let desk = Desk::new(&sandbox()).await;
    let view = desk.sidebar(RecordKind::Asset, KNOWN_ASSET).await.unwrap();
    let CounterpartState::Matched { document, why } = &view.counterpart else { panic!("{:?}", view.counterpart) };
    assert_eq!(document.title, "HF-LT-042");
    assert!(why.contains("serial"), "{why}");
    let run = desk.sync(RecordKind::Asset, KNOWN_ASSET).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(named(&desk, "HF-LT-042").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn every_kind_syncs_once_and_is_in_step_afterwards() {
    let desk = Desk::new(&sandbox()).await;
    let mut kinds = Vec::new();
    for (resource, kind) in [
        ("Site", RecordKind::Site),
        ("Users", RecordKind::User),
        ("Asset", RecordKind::Asset),
        ("ClientContract", RecordKind::Contract),
    ] {
        let rows = desk.sandbox.halo.all(resource);
        let of_client = |row: &&Value| row["client_id"].as_f64() == Some(CLIENT as f64) && row["inactive"] != true;
        let rows: Vec<i64> = rows
            .iter()
            .filter(of_client)
            .filter(|row| row["name"] != "General User")
            .filter_map(|row| row["id"].as_i64())
            .collect();
        assert!(!rows.is_empty(), "{resource}");
        kinds.extend(rows.into_iter().take(3).map(|id| (kind, id)));
    }
    for (kind, id) in kinds {
        let plan = desk.plan(kind, id).await.unwrap();
        if plan.items.last().unwrap().action == Action::Blocked {
            continue;
        }
        let run = desk.apply(&plan).await.unwrap_or_else(|trouble| panic!("{kind:?} {id}: {trouble:?}\n{plan:#?}"));
        assert_eq!(run.state, RunState::Done, "{kind:?} {id} {run:#?}");
        let again = desk.plan(kind, id).await.unwrap();
        assert_eq!(again.writes, 0, "{kind:?} {id} {again:#?}");
    }
}

#[tokio::test(start_paused = true)]
async fn two_companies_that_could_match_wait_for_a_click() {
    let desk = Desk::new(&sandbox()).await;
    let view = desk.sidebar(RecordKind::Client, 20).await.unwrap();
    let CompanyState::Ambiguous { candidates } = &view.company else { panic!("{:?}", view.company) };
    assert!(candidates.len() >= 2, "{candidates:?}");
    assert_eq!(view.standing, Standing::NeedsChoice);
    let plan = desk.plan(RecordKind::Client, 20).await.unwrap();
    assert!(!plan.ready && plan.writes == 0);
    assert_eq!(desk.apply(&plan).await.unwrap_err().code, "sync.not_ready");
    let target = candidates[0].id;
    desk.ask(Message::Choose { record: RecordRef::new(RecordKind::Client, 20), target }).await.unwrap();
    let run = desk.sync(RecordKind::Client, 20).await.unwrap();
    assert_eq!(run.state, RunState::Done);
    // Another browser, which knows nothing of the click, finds it by what stands in Hudu.
    let other = Desk::on(&desk.sandbox, Rc::new(MemoryStore::default()), 9).await;
    let view = other.sidebar(RecordKind::Client, 20).await.unwrap();
    assert!(matches!(view.company, CompanyState::Matched { company } if company.id == target));
}

#[tokio::test(start_paused = true)]
async fn a_cut_before_or_after_a_write_makes_no_duplicate() {
    for effect in [Effect::DropBefore, Effect::DropAfter, Effect::HalfBody] {
        for (kind, id, path) in [
            (RecordKind::Asset, NEW_ASSET, "/assets"),
            (RecordKind::Client, CLIENT, "/companies/"),
            (RecordKind::Client, 30, "/companies"),
        ] {
            let desk = Desk::new(&sandbox()).await;
            let companies = desk.sandbox.hudu.all("companies").len();
            let plan = desk.plan(kind, id).await.unwrap();
            let method = if path == "/companies/" { "PUT" } else { "POST" };
            let creates =
                plan.items.iter().filter(|item| item.action == Action::Create && item.record.is_some()).count();
            desk.sandbox.faults.add(fault("hudu", method, path, effect.clone()));
            let run = desk.apply(&plan).await.unwrap();
            let left = desk.sandbox.faults.left();
            assert_eq!(run.state, RunState::Done, "{effect:?} {kind:?} {id} {run:#?}");
            if creates > 0 || method == "PUT" {
                assert_eq!(left, 0, "{effect:?} {kind:?} {id}: the fault never struck");
            }
            if kind == RecordKind::Asset {
                assert_eq!(named(&desk, "HF-LT-057").len(), 1, "{effect:?}");
            } else {
                let more = usize::from(method == "POST" && creates > 0);
                assert_eq!(desk.sandbox.hudu.all("companies").len(), companies + more, "{effect:?}");
            }
            assert_eq!(desk.plan(kind, id).await.unwrap().writes, 0, "{effect:?} {kind:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_worker_stopped_at_any_moment_resumes_to_the_same_end() {
    // Where the end is without a fault.
    let smooth = Desk::new(&sandbox()).await;
    smooth.sync(RecordKind::Asset, NEW_ASSET).await.unwrap();
    let end = named(&smooth, "HF-LT-057").remove(0);
    for writes in 0..12 {
        let pair = sandbox();
        let store = Rc::new(MemoryStore::default());
        let desk = Desk::on(&pair, store.clone(), 1).await;
        let plan = desk.plan(RecordKind::Asset, NEW_ASSET).await.unwrap();
        // From here on so many writes of the journal go well, then the worker is gone.
        store.writes_left.set(writes);
        *store.failing.borrow_mut() = Some(StoreError::Broken("worker stopped".to_owned()));
        let _ = desk.apply(&plan).await;
        *store.failing.borrow_mut() = None;
        let woken = Desk::on(&pair, store, 2).await;
        woken.service.started().await;
        let mut made = named(&woken, "HF-LT-057");
        if made.is_empty() {
            // Stopped before the run was written down (after who is signed in was): the user clicks again.
            assert!(writes < 2, "lost after {writes} writes");
            woken.sync(RecordKind::Asset, NEW_ASSET).await.unwrap();
            made = named(&woken, "HF-LT-057");
        }
        assert_eq!(made.len(), 1, "after {writes} writes");
        for member in ["name", "asset_layout_id", "primary_serial", "archived"] {
            assert_eq!(made[0][member], end[member], "{member} after {writes} writes");
        }
        assert_eq!(woken.plan(RecordKind::Asset, NEW_ASSET).await.unwrap().writes, 0, "after {writes} writes");
    }
}

#[tokio::test(start_paused = true)]
async fn two_browsers_at_once_make_one_record() {
    let pair = sandbox();
    let one = Desk::new(&pair).await;
    let two = Desk::on(&pair, Rc::new(MemoryStore::default()), 7).await;
    let first = one.plan(RecordKind::Asset, NEW_ASSET).await.unwrap();
    let second = two.plan(RecordKind::Asset, NEW_ASSET).await.unwrap();
    one.apply(&first).await.unwrap();
    let run = two.apply(&second).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(named(&one, "HF-LT-057").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_record_that_moved_since_the_plan_is_not_overwritten() {
    let desk = Desk::new(&sandbox()).await;
    let plan = desk.plan(RecordKind::Client, CLIENT).await.unwrap();
    let id = company(&desk)["id"].as_i64().unwrap();
    desk.sandbox.hudu.upsert("companies", json!({ "id": id, "phone_number": "0131 496 0777" }));
    let run = desk.apply(&plan).await.unwrap();
    assert_eq!(run.state, RunState::Stopped);
    assert_eq!(run.steps[0].trouble.as_ref().unwrap().code, "sync.stale");
    assert_eq!(company(&desk)["phone_number"], "0131 496 0777");
}

#[tokio::test(start_paused = true)]
async fn a_full_disk_changes_nothing_and_says_so() {
    let desk = Desk::new(&sandbox()).await;
    let plan = desk.plan(RecordKind::Client, CLIENT).await.unwrap();
    let before = company(&desk);
    *desk.host.store.failing.borrow_mut() = Some(StoreError::Full);
    let trouble = desk.apply(&plan).await.unwrap_err();
    assert_eq!(trouble.code, "store.full");
    assert_eq!(company(&desk)["updated_at"], before["updated_at"]);
    // Documentation is shown all the same, with a word about it.
    let view = desk.sidebar(RecordKind::Client, CLIENT).await.unwrap();
    assert!(!view.sections.is_empty());
    assert_eq!(view.notice.unwrap().code, "store.full");
}

#[tokio::test(start_paused = true)]
async fn hudu_out_of_reach_shows_documentation_of_a_stated_age() {
    let desk = Desk::new(&sandbox()).await;
    let good = desk.sidebar(RecordKind::Ticket, 4127).await.unwrap();
    desk.host.net.closed.borrow_mut().insert("http://hudu.test".to_owned());
    let view = desk.sidebar(RecordKind::Ticket, 4127).await.unwrap();
    assert!(matches!(view.company, CompanyState::Matched { .. }));
    assert_eq!(view.notice.unwrap().code, "http.not_permitted");
    assert_eq!(view.sections.len(), good.sections.len());
    assert_eq!(view.sections[0].as_of, good.sections[0].as_of);
    assert_eq!(view.sections[0].trouble.as_ref().unwrap().code, "http.not_permitted");
}
