//! What people do with a document: fields by type, uses of a password, processes, what is at hand.
//! Against the sandbox pair, in virtual time.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use sidelight::assist::view::{BodyView, Deed, DocumentKind, DocumentView, FieldKind, Strength};
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::http::Product;
use sidelight::library;
use sidelight::platform::Table;
use sidelight::protocol::{Back, Freshness, Message, Reply, SecretPart, SecretUse};
use sidelight::sync::view::RunState;
use sidelight_sandbox::hudu::Switches;
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::desk::{Desk, plan_of};
use sidelight_tests::host::sandbox;

/// A ticket of Harbour & Finch Ltd.
const TICKET: i64 = 4127;

async fn opened(desk: &Desk, kind: DocumentKind, id: i64) -> DocumentView {
    match desk.ask(Message::Document { kind, id, beside: None, freshness: Freshness::Fresh }).await.unwrap() {
        Reply::Document { view: Some(view) } => *view,
        other => panic!("{other:?}"),
    }
}

/// A desk whose technician looks at the ticket.
async fn at_ticket() -> Desk {
    let desk = Desk::new(&sandbox()).await;
    desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    desk
}

fn company(desk: &Desk) -> i64 {
    let rows = desk.sandbox.hudu.all("companies");
    let row = rows.iter().find(|row| row["name"].as_str().unwrap().starts_with("Harbour")).unwrap();
    row["id"].as_i64().unwrap()
}

fn of_company(desk: &Desk, table: &str) -> Vec<Value> {
    let company = company(desk);
    desk.sandbox.hudu.all(table).into_iter().filter(|row| row["company_id"] == company).collect()
}

#[tokio::test(start_paused = true)]
async fn fields_stand_in_the_form_of_their_type() {
    let desk = at_ticket().await;
    let assets: Vec<i64> = of_company(&desk, "assets").iter().map(|row| row["id"].as_i64().unwrap()).collect();
    let mut kinds = Vec::new();
    for id in &assets {
        let BodyView::Fields { fields, .. } = opened(&desk, DocumentKind::Asset, *id).await.body else { panic!() };
        for field in fields {
            match field.kind {
                FieldKind::Lines => assert!(field.value.contains('\n'), "{field:?}"),
                FieldKind::Assets => {
                    assert!(!field.links.is_empty());
                    for link in &field.links {
                        assert_eq!(link.known, assets.contains(&link.id), "{link:?}");
                    }
                }
                FieldKind::Secret => assert_eq!(field.value, ""),
                _ => assert!(!field.value.is_empty(), "{field:?}"),
            }
            kinds.push(field.kind);
        }
    }
    for kind in [FieldKind::Assets, FieldKind::Date, FieldKind::Lines, FieldKind::Code, FieldKind::Html] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_asset_of_a_layout_without_fields_is_listed_and_opens() {
    let desk = Desk::new(&sandbox()).await;
    let hudu = &desk.sandbox.hudu;
    let bare = json!({ "name": "Keys", "icon": "fas fa-key", "color": "#336699", "icon_color": "#fff", "fields": [] });
    let layout = hudu.upsert("asset_layouts", bare);
    let key = json!({ "name": "Key to the boiler room", "company_id": company(&desk), "asset_layout_id": layout });
    let key = hudu.upsert("assets", key);
    let view = desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    assert!(format!("{view:?}").contains("Key to the boiler room"));
    let document = opened(&desk, DocumentKind::Asset, key).await;
    let BodyView::Fields { fields, .. } = &document.body else { panic!("{document:?}") };
    assert!(fields.is_empty(), "{fields:?}");
}

#[tokio::test(start_paused = true)]
async fn opening_a_document_sets_nothing_back_that_was_read_meanwhile() {
    let desk = at_ticket().await;
    let (asset, article) = (&of_company(&desk, "assets")[0], &of_company(&desk, "articles")[0]);
    let path = format!("/assets/{}", asset["id"]);
    let effect = Effect::Delay { ms: 20_000 };
    let slow = Fault { server: "hudu".into(), method: "GET".into(), path, after: 0, times: 1, effect };
    desk.sandbox.faults.add(slow);
    let renamed = async {
        tokio::time::sleep(std::time::Duration::from_secs(5)).await;
        desk.sandbox.hudu.upsert("articles", json!({ "id": article["id"], "name": "A new name" }));
        desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    };
    futures::join!(opened(&desk, DocumentKind::Asset, asset["id"].as_i64().unwrap()), renamed);
    assert_eq!(desk.sandbox.faults.left(), 0, "the asset was not waited for");
    let library = library::load(&desk.host.host, company(&desk)).await.unwrap().unwrap();
    let row = library.articles.rows.iter().find(|row| row.id == article["id"]).unwrap();
    assert_eq!(row.name.as_deref(), Some("A new name"));
}

#[tokio::test(start_paused = true)]
async fn a_field_that_was_made_confidential_since_is_hidden() {
    let desk = Desk::new(&sandbox()).await;
    let hudu = &desk.sandbox.hudu;
    let field = json!({ "label": "Door", "field_type": "Text", "position": 1 });
    let doors =
        json!({ "name": "Doors", "icon": "fas fa-key", "color": "#336699", "icon_color": "#fff", "fields": [field] });
    let id = hudu.upsert("asset_layouts", doors);
    let door = json!({ "name": "Front door", "company_id": company(&desk), "asset_layout_id": id,
        "custom_fields": [{ "door": "4711 hash" }] });
    let door = hudu.upsert("assets", door);
    desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    let kept = || desk.host.store.dump(Table::Documents).iter().any(|(_, text)| text.contains("4711 hash"));
    assert!(kept());
    let mut doors = hudu.all("asset_layouts").into_iter().find(|row| row["id"] == id).unwrap();
    doors["fields"][0]["field_type"] = json!("Password");
    hudu.upsert("asset_layouts", doors);
    let document = opened(&desk, DocumentKind::Asset, door).await;
    assert!(!format!("{document:?}").contains("4711 hash") && !kept(), "{document:?}");
}

#[tokio::test(start_paused = true)]
async fn a_date_that_hudu_warns_of_says_how_much_is_left() {
    let desk = at_ticket().await;
    let mut remarks = Vec::new();
    for row in of_company(&desk, "assets") {
        let view = opened(&desk, DocumentKind::Asset, row["id"].as_i64().unwrap()).await;
        let BodyView::Fields { fields, .. } = view.body else { panic!() };
        remarks.extend(fields.into_iter().filter_map(|field| Some((field.value, field.chip?.text))));
    }
    assert!(!remarks.is_empty(), "no date of the seed ends soon");
    assert!(remarks.iter().all(|(day, _)| day.len() == 10), "{remarks:?}");
}

#[tokio::test(start_paused = true)]
async fn each_use_of_a_password_is_noted_without_its_value() {
    let desk = at_ticket().await;
    let row = of_company(&desk, "asset_passwords").into_iter().find(|row| row["otp_secret"].is_string()).unwrap();
    let (password, secret) = (row["id"].as_i64().unwrap(), row["password"].as_str().unwrap().to_owned());
    let record = Some(RecordRef::new(RecordKind::Ticket, TICKET));
    for (part, how) in [(SecretPart::Password, SecretUse::Shown), (SecretPart::OneTimeCode, SecretUse::Copied)] {
        desk.ask(Message::Reveal { password, part, how, record }).await.unwrap();
    }
    let BodyView::Password { uses, strength, .. } = opened(&desk, DocumentKind::Password, password).await.body else {
        panic!()
    };
    let told: Vec<_> = uses.iter().map(|one| (one.part, one.how, one.record)).collect();
    assert_eq!(
        told,
        [(SecretPart::OneTimeCode, SecretUse::Copied, record), (SecretPart::Password, SecretUse::Shown, record)]
    );
    assert!(uses.iter().all(|one| !one.who.is_empty() && one.time > 0), "{uses:?}");
    assert_eq!(strength, Some(Strength::of(&secret)));
    let stored = desk.host.host.store.scan(Table::Documents, "").await.unwrap();
    assert!(stored.iter().any(|(key, _)| key.starts_with("uses/")));
    assert!(stored.iter().all(|(_, text)| !text.contains(&secret)), "a secret is stored");

    desk.ask(Message::Disconnect { product: Product::Hudu }).await.unwrap();
    assert_eq!(desk.host.host.store.scan(Table::Documents, "").await.unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn an_unanswered_reveal_is_no_use() {
    let desk = at_ticket().await;
    let part = SecretPart::Password;
    let asked = Message::Reveal { password: 999_999, part, how: SecretUse::Shown, record: None };
    desk.ask(asked).await.unwrap_err();
    assert_eq!(desk.host.host.store.scan(Table::Documents, "uses/").await.unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn a_process_is_started_and_its_steps_are_ticked() {
    for taken in [true, false] {
        let pair = sandbox();
        let switches = Switches { task_completion: taken, task_description_base64: taken, ..pair.hudu.switches() };
        pair.hudu.set_switches(switches);
        let desk = Desk::new(&pair).await;
        desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
        let processes = of_company(&desk, "procedures");
        let process = processes.iter().find(|row| row["run"] == false && row["archived"] != true).unwrap();
        let process = process["id"].as_i64().unwrap();
        let steps = pair.hudu.all("procedure_tasks");
        for step in steps.iter().filter(|step| step["procedure_id"] == process) {
            pair.hudu.upsert("procedure_tasks", json!({"id": step["id"], "description": "<p>Ring the client</p>"}));
        }
        let before = of_company(&desk, "procedures").len();
        let Reply::Started { process: made } = desk.ask(Message::StartProcess { process }).await.unwrap() else {
            panic!()
        };
        assert_eq!(of_company(&desk, "procedures").len(), before + 1);
        let BodyView::Process { tasks, run, .. } = opened(&desk, DocumentKind::Process, made).await.body else {
            panic!()
        };
        assert!(run && !tasks.is_empty() && tasks.iter().all(|task| !task.done), "{tasks:?}");
        assert!(tasks.iter().all(|task| task.notes.as_deref() == Some("Ring the client")), "{tasks:?}");
        let task = tasks[0].id.unwrap();
        let take_back = async |process| desk.ask(Message::TakeBackProcess { process }).await;
        for done in [true, false] {
            let answer = desk.ask(Message::TickTask { process: made, task, done }).await.unwrap();
            let Reply::Document { view: Some(view) } = answer else { panic!() };
            let BodyView::Process { tasks, .. } = view.body else { panic!() };
            assert_eq!((tasks[0].done, tasks[0].here), (done, done && !taken));
            let stored = desk.sandbox.hudu.all("procedure_tasks");
            let stored = stored.iter().find(|row| row["id"] == task).unwrap();
            assert_eq!(stored["completed"], json!(done && taken));
            if done {
                assert!(take_back(made).await.unwrap_err().sentence.contains("Untick them first"), "{taken}");
            }
        }
        let BodyView::Process { tasks, deeds, .. } = opened(&desk, DocumentKind::Process, made).await.body else {
            panic!()
        };
        let noted: Vec<_> = deeds.iter().map(|deed| (deed.what, deed.step.as_str())).collect();
        let step = tasks[0].name.as_str();
        assert_eq!(noted, [(Deed::Unticked, step), (Deed::Ticked, step), (Deed::Started, "")]);
        assert!(deeds.iter().all(|deed| !deed.who.is_empty()), "{deeds:?}");
        assert!(take_back(process).await.unwrap_err().sentence.contains("was not started"));
        take_back(made).await.unwrap();
        let row = desk.sandbox.hudu.all("procedures").into_iter().find(|row| row["id"] == made).unwrap();
        assert_eq!(row["archived"], true);
    }
}

#[tokio::test(start_paused = true)]
async fn a_process_is_started_once_though_the_answer_is_lost() {
    let desk = at_ticket().await;
    let processes = of_company(&desk, "procedures");
    let process = processes.iter().find(|row| row["run"] == false && row["archived"] != true).unwrap();
    let process = process["id"].as_i64().unwrap();
    desk.sandbox.faults.add(Fault {
        server: "hudu".to_owned(),
        method: "POST".to_owned(),
        path: "/kickoff".to_owned(),
        after: 0,
        times: 1,
        effect: Effect::DropAfter,
    });
    desk.ask(Message::StartProcess { process }).await.unwrap();
    assert_eq!(of_company(&desk, "procedures").len(), processes.len() + 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_opened_and_pinned_is_at_hand() {
    let desk = at_ticket().await;
    let company = company(&desk);
    let articles: Vec<i64> = of_company(&desk, "articles")
        .iter()
        .filter(|row| row["archived"] != true)
        .map(|row| row["id"].as_i64().unwrap())
        .collect();
    for id in &articles[..2] {
        opened(&desk, DocumentKind::Article, *id).await;
    }
    let ids = |reply: Reply| match reply {
        Reply::Shelf { pinned, recent } => {
            let ids = |rows: Vec<sidelight::assist::view::ItemView>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
            (ids(pinned), ids(recent))
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(ids(desk.ask(Message::Shelf { company }).await.unwrap()), (vec![], vec![articles[1], articles[0]]));
    let pin = |pinned| Message::Pin { company, kind: DocumentKind::Article, id: articles[0], pinned };
    assert_eq!(ids(desk.ask(pin(true)).await.unwrap()), (vec![articles[0]], vec![articles[1]]));
    assert_eq!(ids(desk.ask(pin(false)).await.unwrap()), (vec![], vec![articles[1], articles[0]]));
    // What Hudu has no more is not at hand.
    desk.sandbox.hudu.upsert("articles", json!({ "id": articles[1], "archived": true }));
    desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    assert_eq!(ids(desk.ask(Message::Shelf { company }).await.unwrap()), (vec![], vec![articles[0]]));
}

#[tokio::test(start_paused = true)]
async fn files_photos_and_activity_are_links_into_hudu() {
    let desk = at_ticket().await;
    let asset = of_company(&desk, "assets")[0]["id"].as_i64().unwrap();
    let hudu = &desk.sandbox.hudu;
    hudu.upsert(
        "uploads",
        json!({ "name": "rack.pdf", "ext": "pdf", "size": "2 MB", "uploadable_type": "Asset", "uploadable_id": asset }),
    );
    hudu.upsert("uploads", json!({ "name": "other.pdf", "uploadable_type": "Article", "uploadable_id": asset }));
    hudu.upsert("photos", json!({ "caption": "Rack", "photoable_type": "Asset", "photoable_id": asset }));
    let ask = || desk.ask(Message::Extras { kind: DocumentKind::Asset, id: asset });
    let Reply::Extras { extras } = ask().await.unwrap() else { panic!() };
    let files: Vec<_> = extras.files.iter().map(|file| (file.name.as_str(), file.note.as_str())).collect();
    assert_eq!(files, [("rack.pdf", "PDF · 2 MB"), ("Rack", "Photo")]);
    assert!(extras.files.iter().all(|file| file.url.starts_with("http://hudu.test/")), "{extras:?}");
    assert_eq!(extras.troubles, []);
}

#[tokio::test(start_paused = true)]
async fn the_text_of_an_article_is_inserted_into_the_ticket_without_what_could_run() {
    let desk = at_ticket().await;
    let article = of_company(&desk, "articles").iter().find(|row| row["archived"] != true).unwrap()["id"].as_i64();
    let article = article.unwrap();
    let content = "<p>Ask <b>Priya</b> first.<script>alert(1)</script><img src=x onerror=alert(1)></p>";
    desk.sandbox.hudu.upsert("articles", json!({ "id": article, "content": content }));
    let back = Back::Insert { ticket: TICKET, article };
    let shown = plan_of(desk.ask(Message::PlanBack { back, typed: Vec::new() }).await).unwrap();
    let run = desk.apply(&shown).await.unwrap();
    assert!(run.state == RunState::Done && run.title.starts_with("Inserted "), "{run:#?}");
    let notes = desk.sandbox.halo.all("Actions").into_iter().filter(|row| row["ticket_id"] == TICKET);
    let written = notes.max_by_key(|row| row["id"].as_i64()).unwrap();
    let html = written["note_html"].as_str().unwrap();
    assert!(html.contains("Ask <b>Priya</b> first."), "{html}");
    assert!(!html.contains("script") && !html.contains("onerror"), "{html}");
    assert_eq!(written["hiddenfromuser"], true);
}
