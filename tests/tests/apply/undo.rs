//! Taking runs back.

use serde_json::json;
use sidelight::hudu::field::FieldValue;
use sidelight::mapping::record::Slot;
use sidelight::sync::apply::Order;
use sidelight::sync::error::SyncError;
use sidelight::sync::journal::{self, Step};
use sidelight::sync::plan::{Change, Item, Target};
use sidelight::sync::view::{Action, RunState};
use sidelight::words::tell;
use sidelight_sandbox::Server;
use sidelight_sandbox::hudu::AssetsUpdatedAt;

use crate::support::{begin, desk, fault, go, plan, refusal, sides, small, state, sync};

#[tokio::test(start_paused = true)]
async fn undoing_restores_every_mapped_field() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let before = state(&pair);
    let run = sync(&desk).await;
    let after = state(&pair);
    assert_ne!(before, after);
    // One record of it first.
    let loaded = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
    let one =
        run.plan.items.iter().find(|item| item.action == Action::Update && item.id.starts_with("client/")).unwrap();
    let plan = sides(&desk).await.plan_undo(&loaded, Some(std::slice::from_ref(&one.id))).await.unwrap();
    assert_eq!(plan.items.len(), 1);
    let mut back = begin(&desk, plan, &Order::default()).await;
    go(&desk, &mut back).await;
    assert_eq!(back.state, RunState::Done);
    let head = journal::head(&desk.host.host, &run.id).await.unwrap().unwrap();
    assert!(head.undoable && head.state == RunState::Done);
    // Then the rest.
    let loaded = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
    pair.clear_requests();
    let plan = sides(&desk).await.plan_undo(&loaded, None).await.unwrap();
    let reading = pair.request_count(Server::Hudu);
    assert!(reading < 20, "{reading} requests to read {} records", plan.items.len());
    let mut back = begin(&desk, plan, &Order::default()).await;
    go(&desk, &mut back).await;
    assert_eq!(
        back.state,
        RunState::Done,
        "{:#?}",
        back.steps.iter().filter(|s| s.trouble.is_some()).collect::<Vec<_>>()
    );
    let restored = state(&pair);
    for (key, row) in &before {
        assert_eq!(restored.get(key), Some(row), "{key}");
    }
    assert_eq!(restored.len(), before.len());
    let head = journal::head(&desk.host.host, &run.id).await.unwrap().unwrap();
    assert_eq!((head.state, head.undoable), (RunState::Undone, false));
    let loaded = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
    assert_eq!(sides(&desk).await.plan_undo(&loaded, None).await.unwrap_err(), SyncError::NothingToUndo);
}

#[tokio::test(start_paused = true)]
async fn a_step_of_two_requests_is_taken_back_as_far_as_it_came() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let mut plan = plan(&desk).await;
    // An update that also fetches its company back from the archive, as after a choice.
    plan.items.retain(|item| item.action == Action::Update && item.id.starts_with("client/"));
    let item = &mut plan.items[0];
    let Target::Company(Some(id)) = item.target else { panic!("{item:?}") };
    pair.hudu.upsert("companies", json!({ "id": id, "archived": true }));
    item.changes.push(Change {
        slot: Slot::Archived,
        label: "Archived".into(),
        before: FieldValue::Check(true),
        after: FieldValue::Check(false),
        note: None,
        by: None,
    });
    let before = pair.hudu.get("companies", id).unwrap();
    for refused in [true, false] {
        if refused {
            pair.faults.add(fault("hudu", "PUT", "/unarchive", 0, 1, refusal(422)));
        }
        let mut run = begin(&desk, plan.clone(), &Order::default()).await;
        go(&desk, &mut run).await;
        assert_eq!(run.state == RunState::Part, refused, "{:#?}", run.steps);
        let after = pair.hudu.get("companies", id).unwrap();
        assert_eq!(after["archived"], refused);
        assert!(before.as_object().unwrap().iter().any(|(name, value)| name != "archived" && after[name] != *value));
        let loaded = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
        let back = sides(&desk).await.plan_undo(&loaded, None).await.unwrap();
        let mut back = begin(&desk, back, &Order::default()).await;
        go(&desk, &mut back).await;
        assert_eq!(back.state, RunState::Done, "{:#?}", back.steps);
        let restored = pair.hudu.get("companies", id).unwrap();
        for (member, value) in before.as_object().unwrap().iter().filter(|(name, _)| *name != "updated_at") {
            assert_eq!(&restored[member], value, "{member}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_somebody_changed_since_is_left_alone_also_where_hudu_cannot_tell() {
    for filter in [AssetsUpdatedAt::BothEnds, AssetsUpdatedAt::Broken] {
        let pair = small();
        let mut switches = pair.hudu.switches();
        switches.assets_updated_at = filter;
        pair.hudu.set_switches(switches);
        let desk = desk(&pair, 1).await;
        let run = sync(&desk).await;
        let updated = |(item, _): &(&Item, &Step)| matches!(item.target, Target::Asset { id: Some(_), .. });
        let (item, step) = run.plan.items.iter().zip(&run.steps).find(updated).unwrap();
        pair.hudu.upsert("assets", json!({ "id": step.target, "name": "Named by hand", "primary_serial": "BY-HAND" }));
        let plan = sides(&desk).await.plan_undo(&run, None).await.unwrap();
        let note = plan.notes.iter().find(|note| note.contains("because others may use"));
        assert_eq!(note.is_some(), run.plan.items.iter().any(|item| item.target.stays()), "{:?}", plan.notes);
        let mut back = begin(&desk, plan, &Order::default()).await;
        go(&desk, &mut back).await;
        let now = pair.hudu.get("assets", step.target.unwrap()).unwrap();
        assert_eq!(
            (&now["name"], &now["primary_serial"]),
            (&json!("Named by hand"), &json!("BY-HAND")),
            "{}",
            item.title
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_stays_as_it_is_has_a_row_that_says_why() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let run = sync(&desk).await;
    let updated = |(item, step): &(&Item, &Step)| {
        matches!(item.target, Target::Company(Some(_))) && item.action == Action::Update && !step.wrote(item).is_empty()
    };
    let mut rows = run.plan.items.iter().zip(&run.steps).filter(updated);
    let ((edited, edited_step), (back, back_step)) = (rows.next().unwrap(), rows.next().unwrap());
    // Somebody wrote another value over each one of the first, and put the second back by hand.
    let write = |step: &Step, value: &dyn Fn(&Change) -> serde_json::Value, item: &Item| {
        let mut row = json!({ "id": step.target });
        for change in step.wrote(item) {
            let Slot::Attribute(name) = &change.slot else { panic!("{change:?}") };
            row[name.to_string()] = value(change);
        }
        pair.hudu.upsert("companies", row);
    };
    write(edited_step, &|_| json!("By hand"), edited);
    write(
        back_step,
        &|change| match &change.before {
            FieldValue::Text(text) => text.to_string().into(),
            _ => json!(null),
        },
        back,
    );
    let undo = async |items: &[&Item]| {
        let ids: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
        sides(&desk).await.plan_undo(&run, Some(&ids)).await
    };
    let row = |plan: &sidelight::sync::plan::Plan, of: &Item| {
        let item = plan.items.iter().find(|item| item.id == of.id).unwrap();
        (item.action, tell(&item.reason))
    };
    // Nothing else is taken back: it is in the way, and says so.
    let plan = undo(&[edited]).await.unwrap();
    let (action, reason) = row(&plan, edited);
    assert_eq!(action, Action::Blocked);
    assert!(reason.starts_with("Changed by somebody since"), "{reason}");
    assert_eq!(undo(&[back]).await.unwrap_err(), SyncError::NothingToUndo);
    // With the rest it is passed over.
    let whole = sides(&desk).await.plan_undo(&run, None).await.unwrap();
    assert_eq!(row(&whole, edited), (Action::Unchanged, reason));
    assert_eq!(row(&whole, back), (Action::Unchanged, "It is as it was before the sync.".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn undoing_a_creation_leaves_what_was_edited_since_and_names_it() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let run = sync(&desk).await;
    let made = |(item, step): &(&Item, &Step)| step.made && item.id.starts_with("asset/");
    let mut made = run.plan.items.iter().zip(&run.steps).filter(made);
    let ((edited, step), (other, other_step)) = (made.next().unwrap(), made.next().unwrap());
    pair.hudu.upsert("assets", json!({ "id": step.target, "name": "Named by hand" }));
    let ids = [edited.id.clone(), other.id.clone()];
    let plan = sides(&desk).await.plan_undo(&run, Some(&ids)).await.unwrap();
    let reason = |id: &str| tell(&plan.items.iter().find(|item| item.id == id).unwrap().reason);
    assert!(reason(&edited.id).contains("edited it since: Name."), "{}", reason(&edited.id));
    assert!(!reason(&other.id).contains("since"), "{}", reason(&other.id));
    // It stays until somebody agrees.
    let archived = |id| pair.hudu.get("assets", id).unwrap()["archived"] == true;
    let (own, both) = (step.target.unwrap(), ids.clone());
    for agreed in [false, true] {
        let run = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
        let plan = sides(&desk).await.plan_undo(&run, Some(&both)).await.unwrap();
        let overwrite = if agreed { vec![edited.id.clone()] } else { Vec::new() };
        let mut back = begin(&desk, plan, &Order { overwrite, ..Order::default() }).await;
        go(&desk, &mut back).await;
        assert_eq!((back.state, archived(own)), (RunState::Done, agreed), "{:#?}", back.steps);
        assert!(archived(other_step.target.unwrap()));
    }
    assert!(step.began.is_some_and(|began| step.at.is_some_and(|at| at >= began)));
    let file = sidelight::sync::export::run(&run, sidelight::sync::table::ExportForm::Csv);
    assert!(file.lines().next().unwrap().contains(",ms,"), "{file:.200}");
}
