//! Documents of every kind and of every client: attached, related, named in the audit trail, at hand.
//! Against the sandbox pair, in virtual time.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use sidelight::assist::view::{CompanyState, DocumentKind, ItemView};
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::platform::{Table, Write};
use sidelight::protocol::{Back, Freshness, Message, Reply, SecretPart, SecretUse};
use sidelight::settings::Trail;
use sidelight::sync::back::{FormView, Typed};
use sidelight::sync::view::PlanView;
use sidelight::trouble::Trouble;
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::desk::{Desk, plan_of};
use sidelight_tests::host::sandbox;

/// "VPN drops", of Harbour & Finch Ltd.
const TICKET: i64 = 4127;

/// A desk whose technician looks at the ticket, the company in view, and its documents.
async fn at_ticket() -> (Desk, i64, Vec<ItemView>) {
    let desk = Desk::new(&sandbox()).await;
    let view = desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    let CompanyState::Matched { company } = view.company else { panic!("no company") };
    let groups = view.sections.into_iter().flat_map(|section| section.groups);
    (desk, company.id, groups.flat_map(|group| group.items).collect())
}

async fn planned(desk: &Desk, back: Back, other: &str) -> Result<PlanView, Trouble> {
    let other = Typed { label: "Related with".to_owned(), before: String::new(), value: other.to_owned() };
    plan_of(desk.ask(Message::PlanBack { back, typed: vec![other] }).await)
}

/// The note of a plan.
fn note(plan: &PlanView) -> String {
    plan.items[0].fields[0].after.clone().unwrap()
}

/// Everything of Hudu is in the index.
async fn index(desk: &Desk) {
    desk.ask(Message::Search { query: String::new(), record: None, everywhere: true, limit: 1 }).await.unwrap();
    desk.settle().await;
}

/// A row of another company.
fn of_another(desk: &Desk, table: &str, company: i64) -> Value {
    let there = |row: &Value| row["archived"] != true && row["company_id"].as_i64().is_some_and(|own| own != company);
    desk.sandbox.hudu.all(table).into_iter().find(there).unwrap()
}

fn central(desk: &Desk) -> (i64, String) {
    let rows = desk.sandbox.hudu.all("articles");
    let row = rows.iter().find(|row| row["company_id"].is_null() && row["archived"] != true).unwrap();
    (row["id"].as_i64().unwrap(), row["name"].as_str().unwrap().to_owned())
}

async fn options(desk: &Desk, back: Back) -> Vec<String> {
    let Reply::Form { form } = desk.ask(Message::Form { back }).await.unwrap() else { panic!() };
    form.fields[0].options.clone()
}

async fn opened(desk: &Desk, kind: DocumentKind, id: i64, beside: Option<i64>) {
    for freshness in [Freshness::Stored, Freshness::Fresh] {
        desk.ask(Message::Document { kind, id, beside, freshness }).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_document_of_each_kind_is_attached_and_related() {
    let (desk, company, items) = at_ticket().await;
    for kind in DocumentKind::ALL {
        let item = items.iter().find(|item| item.kind == kind).unwrap();
        let shown = planned(&desk, Back::Attach { ticket: TICKET, kind, id: item.id }, "").await.unwrap();
        assert!(note(&shown).contains(&item.title), "{kind:?}: {}", note(&shown));
        if kind == DocumentKind::Expiration {
            continue;
        }
        let back = Back::Relate { kind, id: item.id, company: Some(company) };
        let others = options(&desk, back.clone()).await;
        let shown = planned(&desk, back, &others[0]).await.unwrap();
        assert!(shown.ready, "{kind:?}: {shown:#?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_document_of_another_client_is_attached_related_and_edited() {
    let (desk, company, _) = at_ticket().await;
    index(&desk).await;
    for (kind, table) in [
        (DocumentKind::Asset, "assets"),
        (DocumentKind::Article, "articles"),
        (DocumentKind::Password, "asset_passwords"),
        (DocumentKind::Website, "websites"),
    ] {
        let row = of_another(&desk, table, company);
        let (id, name) = (row["id"].as_i64().unwrap(), row["name"].as_str().unwrap());
        let shown = planned(&desk, Back::Attach { ticket: TICKET, kind, id }, "").await.unwrap();
        assert!(note(&shown).contains(name.trim()), "{kind:?}: {}", note(&shown));
        let back = Back::Relate { kind, id, company: Some(company) };
        let others = options(&desk, back.clone()).await;
        assert!(planned(&desk, back, &others[0]).await.unwrap().ready, "{kind:?}");
        if kind == DocumentKind::Article {
            planned(&desk, Back::Insert { ticket: TICKET, article: id }, "").await.unwrap();
        }
        if kind == DocumentKind::Asset {
            desk.ask(Message::Form { back: Back::Edit { asset: id } }).await.unwrap();
        }
    }
    let gone = planned(&desk, Back::Attach { ticket: TICKET, kind: DocumentKind::Password, id: 999_999 }, "").await;
    assert!(gone.unwrap_err().sentence.contains("not known here any more"));
}

#[tokio::test(start_paused = true)]
async fn the_trail_names_what_other_clients_have_and_only_that_counts_as_told() {
    let (desk, company, _) = at_ticket().await;
    desk.set(|settings| settings.tickets.trail = Trail::OnClick).await;
    let record = RecordRef::new(RecordKind::Ticket, TICKET);
    let passwords: Vec<Value> = desk.sandbox.hudu.all("asset_passwords");
    let others: Vec<&Value> = passwords.iter().filter(|row| row["company_id"] != company).take(3).collect();
    for row in &others {
        let password = row["id"].as_i64().unwrap();
        let (part, how) = (SecretPart::Password, SecretUse::Copied);
        desk.ask(Message::Reveal { password, part, how, record: Some(record) }).await.unwrap();
    }
    let name = |at: usize| others[at]["name"].as_str().unwrap().trim();
    // Hudu is not asked for one website, so nobody knows that it is gone.
    desk.ask(Message::Opened { record, kind: DocumentKind::Website, id: 999_999 }).await.unwrap();
    // The second is gone, the third cannot be asked for now.
    for (at, status) in [(1, 404), (2, 403)] {
        desk.sandbox.faults.add(Fault {
            server: "hudu".to_owned(),
            method: "GET".to_owned(),
            path: format!("/api/v1/asset_passwords/{}", others[at]["id"]),
            after: 0,
            times: 1,
            effect: Effect::Status { status, body: "{\"error\":\"no\"}".to_owned(), headers: Vec::new() },
        });
    }
    let shown = planned(&desk, Back::Trail { ticket: TICKET }, "").await.unwrap();
    let first = note(&shown);
    assert!(first.contains(name(0)) && !first.contains(name(2)), "{first}");
    assert_eq!(first.matches("gone from Hudu since").count(), 1, "{first}");
    desk.apply(&shown).await.unwrap();
    assert_eq!(desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap().untold, Some(2));
    let second = note(&planned(&desk, Back::Trail { ticket: TICKET }, "").await.unwrap());
    assert!(second.contains(name(2)) && !second.contains(name(0)), "{second}");
}

#[tokio::test(start_paused = true)]
async fn a_central_article_and_one_of_another_client_are_at_hand_and_related_with_the_client_in_view() {
    let (desk, company, items) = at_ticket().await;
    let record = RecordRef::new(RecordKind::Ticket, TICKET);
    desk.ask(Message::Suggested { record, freshness: Freshness::Fresh, central: true }).await.unwrap();
    let (article, title) = central(&desk);
    let kind = DocumentKind::Article;
    opened(&desk, kind, article, Some(company)).await;
    let shelf = |reply: Reply| match reply {
        Reply::Shelf { pinned, recent } => (pinned, recent),
        other => panic!("{other:?}"),
    };
    let (pinned, recent) = shelf(desk.ask(Message::Shelf { company }).await.unwrap());
    assert_eq!((pinned.len(), recent[0].title.as_str()), (0, title.as_str()));
    let (pinned, recent) = shelf(desk.ask(Message::Pin { company, kind, id: article, pinned: true }).await.unwrap());
    assert_eq!((pinned[0].title.as_str(), recent.len()), (title.as_str(), 0));
    let others = options(&desk, Back::Relate { kind, id: article, company: Some(company) }).await;
    let own = items.iter().find(|item| item.kind == DocumentKind::Password).unwrap();
    assert!(others.contains(&format!("{} (password)", own.title)), "{others:?}");
    // Of another client: its name stands with it.
    index(&desk).await;
    let row = of_another(&desk, "articles", company);
    let id = row["id"].as_i64().unwrap();
    let (pinned, _) = shelf(desk.ask(Message::Pin { company, kind, id, pinned: true }).await.unwrap());
    let companies = desk.sandbox.hudu.all("companies");
    let client = companies.iter().find(|company| company["id"] == row["company_id"]).unwrap();
    assert_eq!(pinned[1].id, id);
    assert_eq!(pinned[1].subtitle.as_deref(), client["name"].as_str());
}

#[tokio::test(start_paused = true)]
async fn opening_a_document_reads_the_documentation_that_holds_it_and_no_other() {
    let (desk, company, items) = at_ticket().await;
    desk.sidebar(RecordKind::Client, 13).await.unwrap();
    let scans = |desk: &Desk| desk.host.store.scans.take().iter().any(|prefix| prefix == "library/");
    scans(&desk);
    let article = items.iter().find(|item| item.kind == DocumentKind::Article).unwrap();
    opened(&desk, DocumentKind::Article, article.id, Some(company)).await;
    // The page that stands beside no client, and one that nobody opened, ask the index.
    index(&desk).await;
    opened(&desk, DocumentKind::Article, article.id, None).await;
    let stored: Vec<String> = desk.host.store.dump(Table::Documents).into_iter().map(|(key, _)| key).collect();
    let strange = desk.sandbox.hudu.all("articles").into_iter().find(|row| {
        let own = row["company_id"].as_i64();
        own.is_some_and(|own| !stored.contains(&format!("library/{own}"))) && row["archived"] != true
    });
    opened(&desk, DocumentKind::Article, strange.unwrap()["id"].as_i64().unwrap(), Some(company)).await;
    assert!(!scans(&desk), "everything that is stored was read");
}

#[tokio::test(start_paused = true)]
async fn documentation_that_nobody_read_for_two_months_is_dropped() {
    let (desk, company, _) = at_ticket().await;
    let stored = |desk: &Desk| {
        let rows = desk.host.store.dump(Table::Documents).into_iter();
        rows.filter(|(key, _)| key.starts_with("library/")).map(|(key, _)| key).collect::<Vec<_>>()
    };
    for (days, kept) in [(59, true), (61, false)] {
        desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
        tokio::time::advance(std::time::Duration::from_secs(days * 86_400)).await;
        desk.sidebar(RecordKind::Client, 13).await.unwrap();
        assert_eq!(stored(&desk).contains(&format!("library/{company}")), kept, "after {days} days");
    }
    assert_eq!(stored(&desk).len(), 1, "the one that was just read stays");
    let rows = desk.host.store.dump(Table::Documents);
    let of_it: Vec<&String> = rows.iter().map(|(key, _)| key).filter(|key| key.contains("4127")).collect();
    assert!(of_it.is_empty(), "{of_it:?}");

    // What a release stored that noted no times goes two months after the first look.
    let times = rows.iter().filter(|(key, _)| key.starts_with("kept/") || key == "swept");
    let gone = |key: &String| Write { table: Table::Documents, key: key.clone(), value: None };
    desk.host.host.store.write(times.map(|(key, _)| gone(key)).collect()).await.unwrap();
    desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    assert_eq!(stored(&desk).len(), 2);
    tokio::time::advance(std::time::Duration::from_secs(61 * 86_400)).await;
    desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    assert_eq!(stored(&desk), [format!("library/{company}")]);

    // Once a day is enough, for a worker that was woken again as well.
    let woken = Desk::on(&desk.sandbox, desk.host.store.clone(), 2).await;
    let looks = || woken.host.store.scans.take().iter().filter(|prefix| *prefix == "kept/").count();
    looks();
    for (hours, expected) in [(1, 0), (22, 0), (2, 1), (2, 0)] {
        tokio::time::advance(std::time::Duration::from_secs(hours * 3_600)).await;
        woken.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
        assert_eq!(looks(), expected, "{hours} hours later");
    }
}

async fn form(desk: &Desk, back: Back) -> FormView {
    match desk.ask(Message::Form { back }).await.unwrap() {
        Reply::Form { form } => form,
        other => panic!("{other:?}"),
    }
}

fn value<'a>(form: &'a FormView, label: &str) -> &'a str {
    &form.fields.iter().find(|field| field.label == label).unwrap().value
}

#[tokio::test(start_paused = true)]
async fn forms_begin_with_what_the_asset_and_the_record_in_view_tell() {
    let (desk, company, items) = at_ticket().await;
    let record = Some(RecordRef::new(RecordKind::Ticket, TICKET));
    let rows = desk.sandbox.hudu.all("assets");
    let field = |row: &Value, part: &str| {
        let fields = row["fields"].as_array().cloned().unwrap_or_default();
        let fits = |field: &&Value| field["label"].as_str().is_some_and(|label| label.to_lowercase().contains(part));
        fields.iter().find(fits).and_then(|field| Some(field["value"].as_str()?.to_owned()))
    };
    let of_kind = |kind| items.iter().filter(move |item| item.kind == kind);
    let row = |id: i64| rows.iter().find(|row| row["id"] == id).unwrap();
    // A password on a device, and on a person.
    let (device, ip) =
        of_kind(DocumentKind::Asset).find_map(|item| Some((item, field(row(item.id), "ip address")?))).unwrap();
    let on = |asset| Back::Password { company, asset: Some(asset), about: None };
    let shown = form(&desk, on(device.id)).await;
    assert_eq!((value(&shown, "Name"), value(&shown, "Web address")), (&*device.title, &*format!("https://{ip}")));
    let (person, mail) =
        of_kind(DocumentKind::Person).find_map(|item| Some((item, field(row(item.id), "mail")?))).unwrap();
    let shown = form(&desk, on(person.id)).await;
    assert_eq!((value(&shown, "Name"), value(&shown, "User name")), (&*person.title, &*mail));
    // The ticket's user.
    let ticket = desk.sandbox.halo.all("Tickets").into_iter().find(|row| row["id"] == TICKET).unwrap();
    let user = desk.sandbox.halo.all("Users").into_iter().find(|row| row["id"] == ticket["user_id"]).unwrap();
    let (name, mail) = (user["name"].as_str().unwrap(), user["emailaddress"].as_str().unwrap());
    let shown = form(&desk, Back::Password { company, asset: None, about: record }).await;
    assert_eq!((value(&shown, "Name"), value(&shown, "User name")), (name, mail));
    // One that Hudu has is not made again; one that it has not is.
    let add = |layout| Back::Add { company, layout, about: record };
    let people = form(&desk, add(None)).await.layouts.iter().find(|(_, name)| name == "People").map(|(id, _)| *id);
    assert_eq!(value(&form(&desk, add(people)).await, "Name"), "");
    let twin = rows.iter().find(|row| row["name"] == name && row["company_id"] == company).unwrap();
    desk.sandbox.hudu.upsert("assets", json!({ "id": twin["id"], "name": "Somebody else" }));
    desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    let shown = form(&desk, add(people)).await;
    assert_eq!(value(&shown, "Name"), name);
    assert!(shown.fields.iter().any(|field| field.value == mail), "{shown:#?}");
}
