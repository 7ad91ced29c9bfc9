//! Writing back by hand, in virtual time: shown first, journalled, looked up before it is sent again.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use serde_json::{Value, json};
use sidelight::assist::view::{CompanyState, DocumentKind, ItemView};
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::platform::Table;
use sidelight::protocol::{Back, CentreAsk, Message, Reply};
use sidelight::settings::Trail;
use sidelight::sync::back::{FormView, InputKind, Typed};
use sidelight::sync::view::{Action, PlanView, RunState};
use sidelight::trouble::Trouble;
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::desk::{Desk, plan_of, run_of};
use sidelight_tests::host::{MemoryStore, sandbox};

/// "VPN drops", of Harbour & Finch Ltd.
const TICKET: i64 = 4127;

async fn ticket(desk: &Desk) -> i64 {
    let view = desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    let CompanyState::Matched { company } = view.company else { panic!("no company") };
    company.id
}

async fn first(desk: &Desk, kind: DocumentKind) -> ItemView {
    let view = desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    let section = view.sections.into_iter().find(|section| section.kind == kind).unwrap();
    section.groups.into_iter().flat_map(|group| group.items).next().unwrap()
}

async fn form(desk: &Desk, back: &Back) -> FormView {
    match desk.ask(Message::Form { back: back.clone() }).await.unwrap() {
        Reply::Form { form } => form,
        other => panic!("no form: {other:?}"),
    }
}

async fn plan(desk: &Desk, back: &Back, typed: &[(&str, &str, &str)]) -> Result<PlanView, Trouble> {
    let row = |(label, before, value): &(&str, &str, &str)| Typed {
        label: (*label).to_owned(),
        before: (*before).to_owned(),
        value: (*value).to_owned(),
    };
    let typed = typed.iter().map(row).collect();
    plan_of(desk.ask(Message::PlanBack { back: back.clone(), typed }).await)
}

fn notes(desk: &Desk) -> Vec<Value> {
    let of_ticket = |row: &Value| row["ticket_id"] == TICKET;
    desk.sandbox.halo.all("Actions").into_iter().filter(of_ticket).collect()
}

fn cut(server: &str, path: &str, effect: Effect) -> Fault {
    Fault { server: server.to_owned(), method: "POST".to_owned(), path: path.to_owned(), after: 0, times: 1, effect }
}

#[tokio::test(start_paused = true)]
async fn a_document_is_attached_as_a_private_note_that_was_shown() {
    let desk = Desk::new(&sandbox()).await;
    ticket(&desk).await;
    let before = notes(&desk).len();
    let document = first(&desk, DocumentKind::Password).await;
    let back = Back::Attach { ticket: TICKET, kind: DocumentKind::Password, id: document.id };
    let shown = plan(&desk, &back, &[]).await.unwrap();
    assert!(shown.ready && shown.items.len() == 1, "{shown:#?}");
    assert_eq!(notes(&desk).len(), before, "nothing is written before the click");
    let note = shown.items[0].fields[0].after.clone().unwrap();
    assert!(note.contains(&document.title) && note.contains("password"), "{note}");
    let run = desk.apply(&shown).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert!(!run.undoable && run.title.starts_with("Attached "), "{run:#?}");
    let all = notes(&desk);
    assert_eq!(all.len(), before + 1);
    let written = all.iter().max_by_key(|row| row["id"].as_i64()).unwrap();
    assert_eq!(written["hiddenfromuser"], true);
    assert_eq!(written["outcome_id"], 7);
    let html = written["note_html"].as_str().unwrap();
    assert!(html.contains("href=\"http://hudu.test/"), "{html}");
    for password in desk.sandbox.hudu.all("asset_passwords") {
        if let Some(secret) = password["password"].as_str().filter(|secret| secret.len() > 5) {
            assert!(!html.contains(secret));
        }
    }
    // The same again is another note: somebody asked for it.
    let again = plan(&desk, &back, &[]).await.unwrap();
    desk.apply(&again).await.unwrap();
    assert_eq!(notes(&desk).len(), before + 2);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_makes_no_second_note() {
    let desk = Desk::new(&sandbox()).await;
    ticket(&desk).await;
    let before = notes(&desk).len();
    let document = first(&desk, DocumentKind::Article).await;
    let back = Back::Attach { ticket: TICKET, kind: DocumentKind::Article, id: document.id };
    for (effect, more) in [(Effect::DropAfter, 1), (Effect::DropBefore, 2)] {
        let shown = plan(&desk, &back, &[]).await.unwrap();
        desk.sandbox.faults.add(cut("halo", "/api/Actions", effect));
        let run = desk.apply(&shown).await.unwrap();
        assert_eq!(run.state, RunState::Done, "{run:#?}");
        assert_eq!(notes(&desk).len(), before + more);
    }
}

#[tokio::test(start_paused = true)]
async fn the_outcome_of_the_settings_is_used_and_a_refused_one_says_so() {
    let desk = Desk::new(&sandbox()).await;
    ticket(&desk).await;
    let Reply::Outcomes { outcomes } = desk.ask(Message::Outcomes).await.unwrap() else { panic!() };
    assert!(outcomes.iter().any(|one| one.id == 7 && one.name == "Private Note" && one.private));
    let document = first(&desk, DocumentKind::Article).await;
    let back = Back::Attach { ticket: TICKET, kind: DocumentKind::Article, id: document.id };
    desk.set(|settings| settings.tickets.outcome = 10).await;
    let shown = plan(&desk, &back, &[]).await.unwrap();
    assert!(shown.items[0].reason.contains("Public Note"), "{}", shown.items[0].reason);
    desk.apply(&shown).await.unwrap();
    let written = notes(&desk).into_iter().max_by_key(|row| row["id"].as_i64()).unwrap();
    assert_eq!((written["outcome_id"].as_i64(), written["hiddenfromuser"].as_bool()), (Some(10), Some(true)));
    desk.set(|settings| settings.tickets.outcome = 4711).await;
    let shown = plan(&desk, &back, &[]).await.unwrap();
    let run = desk.apply(&shown).await.unwrap();
    let trouble = run.steps[0].trouble.clone().unwrap();
    assert!(trouble.sentence.contains("Outcome"), "{trouble:?}");
}

#[tokio::test(start_paused = true)]
async fn a_quick_note_is_added_below_and_undone() {
    let desk = Desk::new(&sandbox()).await;
    let company = ticket(&desk).await;
    let back = Back::Note { company };
    let own = |desk: &Desk| desk.sandbox.hudu.all("companies").into_iter().find(|row| row["id"] == company).unwrap();
    let before = own(&desk)["notes"].as_str().unwrap_or_default().to_owned();
    assert_eq!(plan(&desk, &back, &[("Note", "", "  ")]).await.unwrap_err().sentence, "Write the note first.");
    let shown = plan(&desk, &back, &[("Note", "", "Gate code <changed>\nAsk at the desk")]).await.unwrap();
    let run = desk.apply(&shown).await.unwrap();
    let after = own(&desk)["notes"].as_str().unwrap().to_owned();
    assert!(after.starts_with(&before) && after.contains("<p>Gate code &lt;changed&gt;</p><p>Ask at"), "{after}");
    desk.undo(&run.id).await.unwrap();
    assert_eq!(own(&desk)["notes"].as_str().unwrap_or_default(), before);
}

/// An asset with a serial number field, and what stands in the forms of its fields.
async fn edited(desk: &Desk) -> (Back, FormView) {
    let item = first(desk, DocumentKind::Asset).await;
    let back = Back::Edit { asset: item.id };
    let form = form(desk, &back).await;
    (back, form)
}

#[tokio::test(start_paused = true)]
async fn fields_are_edited_and_only_changed_ones_are_sent() {
    let desk = Desk::new(&sandbox()).await;
    ticket(&desk).await;
    let (back, form) = edited(&desk).await;
    let Back::Edit { asset } = back else { panic!() };
    assert_eq!(form.fields[0].label, "Name");
    let line = form.fields.iter().skip(1).find(|field| field.kind == InputKind::Line).unwrap();
    let row = |desk: &Desk| desk.sandbox.hudu.all("assets").into_iter().find(|row| row["id"] == asset).unwrap();
    let whole: Vec<(&str, &str, &str)> = form
        .fields
        .iter()
        .map(|field| {
            let value = if field.label == line.label { "Typed by hand" } else { field.value.as_str() };
            (field.label.as_str(), field.value.as_str(), value)
        })
        .collect();
    let shown = plan(&desk, &back, &whole).await.unwrap();
    assert_eq!(shown.items[0].fields.len(), 1, "{shown:#?}");
    assert_eq!(shown.items[0].fields[0].after.as_deref(), Some("Typed by hand"));
    let before = row(&desk);
    let run = desk.apply(&shown).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert!(row(&desk).to_string().contains("Typed by hand"));
    desk.undo(&run.id).await.unwrap();
    assert_eq!(row(&desk)["fields"], before["fields"]);
    // Nothing changed: nothing to write.
    let same: Vec<(&str, &str, &str)> =
        form.fields.iter().map(|f| (f.label.as_str(), f.value.as_str(), f.value.as_str())).collect();
    let shown = plan(&desk, &back, &same).await.unwrap();
    assert_eq!((shown.writes, shown.items[0].action), (0, Action::Unchanged));
}

#[tokio::test(start_paused = true)]
async fn a_field_that_was_changed_meanwhile_is_a_conflict() {
    let desk = Desk::new(&sandbox()).await;
    ticket(&desk).await;
    let (back, form) = edited(&desk).await;
    let Back::Edit { asset } = back else { panic!() };
    let name = form.fields[0].value.clone();
    desk.sandbox.hudu.upsert("assets", json!({ "id": asset, "name": "Renamed in Hudu" }));
    let shown = plan(&desk, &back, &[("Name", &name, "Renamed here")]).await.unwrap();
    assert_eq!(shown.items[0].action, Action::Conflict);
    assert!(!shown.ready && shown.items[0].fields[0].before.as_deref() == Some("Renamed in Hudu"));
    assert!(desk.apply(&shown).await.is_err());
    let overwrite = vec![shown.items[0].id.clone()];
    let run = run_of(desk.ask(Message::Apply { plan: shown.id.clone(), overwrite }).await).unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    // Between the plan and the click: the write stops.
    let shown = plan(&desk, &back, &[("Name", "Renamed here", "Once more")]).await.unwrap();
    desk.sandbox.hudu.upsert("assets", json!({ "id": asset, "name": "Quicker" }));
    let run = desk.apply(&shown).await.unwrap();
    assert_eq!(run.steps[0].trouble.clone().unwrap().code, "sync.stale");
}

#[tokio::test(start_paused = true)]
async fn what_does_not_fit_a_field_is_said_and_nothing_is_planned() {
    let desk = Desk::new(&sandbox()).await;
    let company = ticket(&desk).await;
    let layouts = desk.sandbox.hudu.all("asset_layouts");
    let with = |kind: &str| {
        layouts.iter().find_map(|layout| {
            let fields = layout["fields"].as_array()?;
            let field = fields.iter().find(|field| field["field_type"] == kind)?;
            Some((layout["id"].as_i64()?, field["label"].as_str()?.to_owned()))
        })
    };
    for (kind, typed, says) in [
        ("Number", "twelve", "a whole number"),
        ("Date", "tomorrow", "a day such as"),
        ("ListSelect", "No such choice", "has no choice"),
    ] {
        let Some((layout, label)) = with(kind) else { panic!("no layout with a {kind}") };
        let back = Back::Add { company, layout: Some(layout), about: None };
        let wrong = plan(&desk, &back, &[("Name", "", "New one"), (&label, "", typed)]).await.unwrap_err();
        assert!(wrong.sentence.contains(says), "{wrong:?}");
    }
    let back = Back::Add { company, layout: layouts[0]["id"].as_i64(), about: None };
    assert!(plan(&desk, &back, &[("Name", "", " ")]).await.unwrap_err().sentence.contains("Fill in “Name”"));
}

#[tokio::test(start_paused = true)]
async fn an_asset_is_made_once_though_the_answer_is_lost() {
    let desk = Desk::new(&sandbox()).await;
    let company = ticket(&desk).await;
    let form = form(&desk, &Back::Add { company, layout: None, about: None }).await;
    assert!(form.layouts.len() > 2 && form.layout.is_some());
    let back = Back::Add { company, layout: form.layout, about: None };
    let shown = plan(&desk, &back, &[("Name", "", "Spare switch")]).await.unwrap();
    desk.sandbox.faults.add(cut("hudu", "/api/v1/companies", Effect::DropAfter));
    let run = desk.apply(&shown).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let named = |desk: &Desk| -> Vec<Value> {
        desk.sandbox.hudu.all("assets").into_iter().filter(|row| row["name"] == "Spare switch").collect()
    };
    assert_eq!(named(&desk).len(), 1);
    let twin = plan(&desk, &back, &[("Name", "", "Spare switch")]).await.unwrap();
    assert_eq!(twin.items[0].action, Action::Blocked);
    desk.undo(&run.id).await.unwrap();
    assert_eq!(named(&desk)[0]["archived"], true);
}

fn everything(desk: &Desk) -> String {
    Table::ALL.into_iter().flat_map(|table| desk.host.store.dump(table)).map(|(_, text)| text).collect()
}

#[tokio::test(start_paused = true)]
async fn a_password_is_made_and_its_value_is_nowhere_on_this_device() {
    let desk = Desk::new(&sandbox()).await;
    let company = ticket(&desk).await;
    let back = Back::Password { company, asset: None, about: None };
    let typed = [("Name", "", "Alarm panel"), ("User name", "", "keeper"), ("Password", "", " correct horse ")];
    let shown = plan(&desk, &back, &typed).await.unwrap();
    assert!(!serde_json::to_string(&shown).unwrap().contains("correct horse"));
    assert!(!everything(&desk).contains("correct horse"));
    desk.sandbox.faults.add(cut("hudu", "/api/v1/asset_passwords", Effect::DropAfter));
    let run = desk.apply(&shown).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let named = |desk: &Desk| -> Vec<Value> {
        desk.sandbox.hudu.all("asset_passwords").into_iter().filter(|row| row["name"] == "Alarm panel").collect()
    };
    let made = named(&desk);
    assert_eq!(made.len(), 1);
    assert_eq!((&made[0]["password"], &made[0]["username"]), (&json!(" correct horse "), &json!("keeper")));
    assert!(!everything(&desk).contains("correct horse"));
    assert!(desk.host.store.dump(Table::Session).iter().all(|(key, _)| !key.starts_with("typed/")));
    desk.undo(&run.id).await.unwrap();
    assert_eq!(named(&desk)[0]["archived"], true);
}

#[tokio::test(start_paused = true)]
async fn a_password_is_generated_belongs_to_its_asset_and_outlives_the_worker() {
    let sandbox = sandbox();
    let store = Rc::new(MemoryStore::default());
    let desk = Desk::on(&sandbox, store.clone(), 1).await;
    let company = ticket(&desk).await;
    let asset = first(&desk, DocumentKind::Asset).await.id;
    let back = Back::Password { company, asset: Some(asset), about: None };
    let shown = plan(&desk, &back, &[("Name", "", "BIOS"), ("Password", "", "")]).await.unwrap();
    // The worker is stopped while the plan is looked at.
    let desk = Desk::on(&sandbox, store, 2).await;
    let run = desk.apply(&shown).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let made = desk.sandbox.hudu.all("asset_passwords").into_iter().find(|row| row["name"] == "BIOS").unwrap();
    let value = made["password"].as_str().unwrap();
    assert_eq!(value.chars().count(), 20);
    assert!(!everything(&desk).contains(value));
    assert_eq!((&made["passwordable_type"], &made["passwordable_id"]), (&json!("Asset"), &json!(asset)));
}

#[tokio::test(start_paused = true)]
async fn two_records_are_related_once() {
    let desk = Desk::new(&sandbox()).await;
    ticket(&desk).await;
    let article = first(&desk, DocumentKind::Article).await;
    let back = Back::Relate { kind: DocumentKind::Article, id: article.id, company: None };
    let form = form(&desk, &back).await;
    let options = &form.fields[0].options;
    assert!(options.len() > 5 && !options.contains(&format!("{} (article)", article.title)), "{options:?}");
    let other = options.iter().find(|name| name.ends_with("(password)")).unwrap().clone();
    let rows = |desk: &Desk| desk.sandbox.hudu.all("relations").len();
    let before = rows(&desk);
    let shown = plan(&desk, &back, &[("Related with", "", &other)]).await.unwrap();
    desk.sandbox.faults.add(cut("hudu", "/api/v1/relations", Effect::DropAfter));
    let run = desk.apply(&shown).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    assert_eq!(rows(&desk), before + 2);
    let again = plan(&desk, &back, &[("Related with", "", &other)]).await.unwrap();
    assert_eq!((again.writes, again.items[0].action), (0, Action::Unchanged));
    assert!(plan(&desk, &back, &[("Related with", "", "nothing like it")]).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn what_is_written_by_hand_stands_in_the_history_and_is_shown_again_in_a_window() {
    let desk = Desk::new(&sandbox()).await;
    let company = ticket(&desk).await;
    let shown = plan(&desk, &Back::Note { company }, &[("Note", "", "Called about the lease")]).await.unwrap();
    let again = plan_of(desk.ask(Message::KeptPlan { plan: shown.id.clone() }).await).unwrap();
    assert_eq!(again, shown);
    desk.apply(&again).await.unwrap();
    let Reply::Runs { runs, .. } = desk.ask(CentreAsk::Runs { offset: 0, count: 5 }).await.unwrap() else { panic!() };
    assert!(runs[0].title.starts_with("Added a note to "), "{:?}", runs[0].title);
    assert!(desk.ask(Message::KeptPlan { plan: shown.id }).await.is_err());
}

async fn opened(desk: &Desk, kind: DocumentKind) -> ItemView {
    let item = first(desk, kind).await;
    let record = RecordRef::new(RecordKind::Ticket, TICKET);
    desk.ask(Message::Opened { record, kind, id: item.id }).await.unwrap();
    item
}

async fn untold(desk: &Desk) -> Option<usize> {
    desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap().untold
}

#[tokio::test(start_paused = true)]
async fn what_was_used_is_noted_on_a_click_and_then_only_what_is_new() {
    let desk = Desk::new(&sandbox()).await;
    ticket(&desk).await;
    // Off: nothing is remembered.
    opened(&desk, DocumentKind::Article).await;
    assert_eq!(untold(&desk).await, None);
    desk.set(|settings| settings.tickets.trail = Trail::OnClick).await;
    assert_eq!(untold(&desk).await, Some(0));
    let back = Back::Trail { ticket: TICKET };
    assert!(plan(&desk, &back, &[]).await.unwrap_err().sentence.contains("Nothing was used"));
    let article = opened(&desk, DocumentKind::Article).await;
    let password = opened(&desk, DocumentKind::Password).await;
    opened(&desk, DocumentKind::Article).await;
    assert_eq!(untold(&desk).await, Some(2));
    let shown = plan(&desk, &back, &[]).await.unwrap();
    let note = shown.items[0].fields[0].after.clone().unwrap();
    assert!(note.contains(&article.title) && note.contains(&password.title), "{note}");
    assert_eq!(untold(&desk).await, Some(2), "shown is not written");
    desk.apply(&shown).await.unwrap();
    assert_eq!(untold(&desk).await, Some(0));
    let asset = opened(&desk, DocumentKind::Asset).await;
    let shown = plan(&desk, &back, &[]).await.unwrap();
    let note = shown.items[0].fields[0].after.clone().unwrap();
    assert!(note.contains(&asset.title) && !note.contains(&password.title), "{note}");
}

#[tokio::test(start_paused = true)]
async fn what_was_used_is_noted_when_the_last_tab_leaves_the_ticket() {
    let desk = Desk::new(&sandbox()).await;
    ticket(&desk).await;
    let before = notes(&desk).len();
    let see = async |url: &str| {
        let url = format!("http://halo.test/{url}");
        desk.ask_as(sidelight_tests::desk::content(), None, Message::PageSeen { url }).await.unwrap();
        desk.settle().await;
    };
    for (trail, more) in [(Trail::OnClick, 0), (Trail::OnLeave, 1), (Trail::OnLeave, 1)] {
        desk.set(|settings| settings.tickets.trail = trail).await;
        see(&format!("ticket?id={TICKET}")).await;
        opened(&desk, DocumentKind::Password).await;
        see("home").await;
        assert_eq!(notes(&desk).len(), before + more, "{trail:?}");
    }
    let written = notes(&desk).into_iter().max_by_key(|row| row["id"].as_i64()).unwrap();
    assert_eq!(written["hiddenfromuser"], true);
    assert!(written["note_html"].as_str().unwrap().contains("(password)"));
}
