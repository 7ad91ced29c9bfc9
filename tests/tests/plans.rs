//! What a plan for everything says: guard, gone, archiving, safety, native cards; its table, file and shelf.

#![allow(clippy::unwrap_used)]

use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::hudu::field::FieldValue;
use sidelight::mapping::record::{Fact, FactValue, HALO_ID, HuduRecord, LayoutField, LayoutShape, Slot, Source};
use sidelight::platform::{Table, Write};
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::settings::{Policy, SyncSettings};
use sidelight::sync::lines::Lines;
use sidelight::sync::links::Links;
use sidelight::sync::plan::{Item, Link, Plan};
use sidelight::sync::planner::{Planner, World};
use sidelight::sync::table::{ExportForm, RowQuery, RowSort, Scope, TableOf};
use sidelight::sync::view::Action;
use sidelight::sync::{export, rows, shelf};
use sidelight_tests::desk::Desk;
use sidelight_tests::host;

const PEOPLE: i64 = 7;

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn field(label: &str, kind: &str) -> LayoutField {
    LayoutField {
        label: label.to_owned(),
        kind: kind.to_owned(),
        options: Vec::new(),
        expiration: false,
        linked_layout: None,
        linked_by: None,
    }
}

fn people() -> LayoutShape {
    let fields = vec![field("Phone", "Phone"), field("Pass code", "Password"), field(HALO_ID, "Text")];
    LayoutShape { id: PEOPLE, name: "People".to_owned(), active: true, fields }
}

fn client() -> Source {
    Source::named(RecordRef::new(RecordKind::Client, 1), "Harbour & Finch Ltd")
}

fn user(id: i64, phone: &str) -> Source {
    let fact = |key: &str, label: &str, value: &str| Fact {
        key: key.into(),
        label: label.into(),
        value: FactValue::Plain(text(value)),
    };
    let email = format!("person{id}@finch.example");
    let facts = vec![fact("phone", "Phone", phone), fact("email", "Email", &email)];
    let name = format!("Person {id}");
    let record = RecordRef::new(RecordKind::User, id);
    Source {
        client: Some(1),
        client_name: Some("Harbour & Finch Ltd".to_owned()),
        facts,
        ..Source::named(record, &name)
    }
}

fn company() -> HuduRecord {
    let values = vec![(Slot::attribute("id_number"), text("1"))];
    record(10, 10, None, "Harbour & Finch Ltd", values)
}

fn record(id: i64, company: i64, layout: Option<i64>, name: &str, values: Vec<(Slot, FieldValue)>) -> HuduRecord {
    let (url, name) = (format!("https://hudu.example/{id}"), name.to_owned());
    HuduRecord { id, company, layout, name, archived: false, url, native: Vec::new(), values }
}

/// A person as the last sync left them.
fn person(id: i64, phone: &str) -> (HuduRecord, Link) {
    let email = text(&format!("person{id}@finch.example"));
    let values = vec![
        (Slot::field("Phone"), text(phone)),
        (Slot::attribute("primary_mail"), email),
        (Slot::field(HALO_ID), text(&id.to_string())),
    ];
    let person = record(100 + id, 10, Some(PEOPLE), &format!("Person {id}"), values);
    let mut link = Link { target: person.id, ..Link::default() };
    link.synced.extend(person.values.iter().map(|(slot, value)| (slot.key(), value.clone())));
    link.synced.insert("name", text(&person.name));
    (person, link)
}

/// Plans these users against people who were synced with the phone number 100.
fn plan_with(users: Vec<Source>, settings: &SyncSettings, change: impl Fn(&mut HuduRecord, &mut Link)) -> Plan {
    let mut links = Links::default();
    let mut assets = Vec::new();
    for id in 1..=20 {
        let (mut person, mut link) = person(id, "100");
        change(&mut person, &mut link);
        links.put(&format!("user/{id}"), link);
        assets.push(person);
    }
    let (companies, layouts) = (vec![company()], vec![people()]);
    let world = World { companies: &companies, layouts: &layouts, assets: &assets };
    let mut planner = Planner::new(world, &links, settings);
    planner.add(client());
    users.into_iter().for_each(|user| planner.add(user));
    planner.finish(Scope::default(), &[RecordKind::User])
}

fn plan(users: Vec<Source>, settings: &SyncSettings) -> Plan {
    plan_with(users, settings, |_, _| {})
}

fn item<'a>(plan: &'a Plan, id: &str) -> &'a Item {
    plan.items.iter().find(|item| item.id == id).unwrap()
}

fn users(phone: impl Fn(i64) -> &'static str, ids: impl Iterator<Item = i64>) -> Vec<Source> {
    ids.map(|id| user(id, phone(id))).collect()
}

#[test]
fn many_changes_wait_for_a_word_and_few_do_not() {
    let settings = SyncSettings::default();
    let few = plan(users(|id| if id <= 6 { "200" } else { "100" }, 1..=20), &settings);
    assert_eq!(few.guard, None);
    assert!(item(&few, "user/1").safe, "Halo owns the field, and nobody edited it");
    let many = plan(users(|id| if id <= 7 { "200" } else { "100" }, 1..=20), &settings);
    assert!(many.guard.as_deref().unwrap().starts_with("Of 20 records that were synced before, 7 would change."));
    assert!(many.items.iter().all(|item| !item.safe), "nothing goes unattended");
    let new = plan(users(|_| "100", 1..=60), &settings);
    assert_eq!(new.guard, None, "what is made is no reason");
    assert!(item(&new, "user/60").safe, "it has an e-mail address of its own");
}

#[test]
fn what_is_gone_is_told_and_never_written() {
    let settings = SyncSettings::default();
    let gone = plan(users(|_| "100", 1..=18), &settings);
    assert_eq!(item(&gone, "user/20").action, Action::Gone);
    assert_eq!(item(&gone, "user/20").client, Some(1));
    assert!(gone.items.iter().all(|item| !item.writes() || item.id == "client/1"), "{:?}", gone.items);
    assert_eq!(gone.guard, None);
    assert!(plan(users(|_| "100", 1..=10), &settings).guard.unwrap().contains("10 are gone in HaloITSM"));
}

#[test]
fn what_is_inactive_is_archived_where_the_settings_say_so() {
    let mut leaver = user(1, "100");
    leaver.inactive = true;
    let kept = plan(vec![leaver.clone()], &SyncSettings::default());
    assert_eq!(item(&kept, "user/1").action, Action::Unchanged);
    let settings = SyncSettings { archive_inactive: true, ..SyncSettings::default() };
    let away = plan(vec![leaver.clone()], &settings);
    assert_eq!(item(&away, "user/1").action, Action::Archive);
    assert!(!item(&away, "user/1").safe);
    let done = plan_with(vec![leaver], &settings, |person, _| person.archived = true);
    assert_eq!(item(&done, "user/1").action, Action::Unchanged);
}

#[test]
fn an_edit_in_hudu_is_seen_by_policy() {
    let edit = |person: &mut HuduRecord, _: &mut Link| person.values[0].1 = text("300");
    let settings = SyncSettings::default();
    let wins = plan_with(vec![user(1, "200")], &settings, edit);
    let change = &item(&wins, "user/1").changes[0];
    assert_eq!(change.note.as_deref(), Some("edited in Hudu since the last sync"));
    assert_eq!(item(&wins, "user/1").action, Action::Update);
    assert!(!item(&wins, "user/1").safe);
    for (policy, action) in [
        (Policy::AskIfBothChanged, Action::Conflict),
        (Policy::OnlyIfEmpty, Action::Unchanged),
        (Policy::Never, Action::Unchanged),
    ] {
        let policies = vec![(RecordKind::User, "field:phone".to_owned(), policy)];
        let settings = SyncSettings { policies, ..SyncSettings::default() };
        assert_eq!(item(&plan_with(vec![user(1, "200")], &settings, edit), "user/1").action, action, "{policy:?}");
    }
}

#[test]
fn hudus_own_integration_is_not_fought_over() {
    let put_back = |person: &mut HuduRecord, _: &mut Link| {
        person.native = vec![("contact".to_owned(), person.id - 100)];
        person.values[0].1 = text("300");
    };
    let settings = SyncSettings::default();
    let same = plan_with(vec![user(1, "100")], &settings, put_back);
    assert_eq!(item(&same, "user/1").action, Action::Unchanged, "our value was put back once already");
    let moved = plan_with(vec![user(1, "200")], &settings, put_back);
    assert_eq!(item(&moved, "user/1").action, Action::Update, "a new value of Halo's goes over once");
}

#[test]
fn two_records_in_halo_are_never_one_in_hudu() {
    let mut twin = user(30, "100");
    twin.facts[1].value = FactValue::Plain(text("person1@finch.example"));
    let mut other = user(31, "100");
    other.facts[1].value = twin.facts[1].value.clone();
    let unlinked = |person: &mut HuduRecord, link: &mut Link| {
        person.values.retain(|(slot, _)| *slot != Slot::field(HALO_ID));
        link.target = 0;
    };
    let plan = plan_with(vec![twin, other], &SyncSettings::default(), unlinked);
    for id in ["user/30", "user/31"] {
        assert_eq!(item(&plan, id).action, Action::Ambiguous);
        assert_eq!(item(&plan, id).candidates[0].id, 101);
    }
}

#[test]
fn rows_are_filtered_sorted_grouped_and_cut() {
    let plan = plan(users(|id| if id <= 3 { "200" } else { "100" }, 1..=22), &SyncSettings::default());
    let all = rows::rows(&plan, None, &RowQuery::default(), 0, 5);
    assert_eq!((all.total, all.rows.len()), (plan.items.len(), 5));
    let query = RowQuery { actions: vec![Action::Update], text: "PERSON finch".to_owned(), ..RowQuery::default() };
    let updates = rows::rows(&plan, None, &query, 1, 10);
    assert_eq!((updates.total, updates.rows.len()), (3, 2));
    assert_eq!((updates.rows[0].summary.as_str(), updates.rows[0].client.as_str()), ("phone", "Harbour & Finch Ltd"));
    let query = RowQuery { sort: RowSort::Client, ..RowQuery::default() };
    let grouped = rows::rows(&plan, None, &query, 0, 0);
    assert_eq!(grouped.groups.iter().map(|group| group.count).sum::<usize>(), plan.items.len());
    let summary = rows::summary(&plan);
    assert_eq!(summary.counts.iter().map(|count| count.count).sum::<usize>(), plan.items.len());
    assert_eq!(summary.title, "Sync everything");
}

#[test]
fn files_hold_every_change_and_no_secret() {
    let mut plan = plan(users(|_| "200", 1..=1), &SyncSettings::default());
    let update = plan.items.iter_mut().find(|item| item.id == "user/1").unwrap();
    update.changes[0].after = FieldValue::Secret;
    update.title = "=HYPERLINK(\"x\")".to_owned();
    let json: serde_json::Value = serde_json::from_str(&export::plan(&plan, ExportForm::Json)).unwrap();
    assert_eq!((&json["kind"], &json["plan"]["id"]), (&"plan".into(), &plan.id.clone().into()));
    let entry = json["items"].as_array().unwrap().iter().find(|item| item["id"] == "user/1").unwrap();
    assert_eq!(entry["fields"][0]["before"], "100");
    assert_eq!(entry["fields"][0]["after"], "••••••");
    let csv = export::plan(&plan, ExportForm::Csv);
    assert!(csv.starts_with("client,kind,halo_id,title,action,field,"));
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\",update,Phone,100,••••••,"), "{csv}");
}

/// The counts and any window of rows are the same from the outline and the lines as from the whole plan.
#[tokio::test(start_paused = true)]
async fn a_table_is_shown_from_the_outline() {
    let host = host::host(&host::sandbox());
    let plan = plan(users(|id| if id % 3 == 0 { "200" } else { "100" }, 1..=450), &SyncSettings::default());
    shelf::keep(&host, &plan).await.unwrap();
    let outline = shelf::outline(&host, &plan.id).await.unwrap().unwrap();
    assert_eq!(rows::summary_of(&outline), rows::summary(&plan));
    let lines = shelf::lines(&host, &plan.id, plan.items.len()).await.unwrap().unwrap();
    let same = |query: &RowQuery, given: Option<&Lines>, offset: usize| {
        let picked = rows::arrange(&outline, given, query).unwrap().window(offset, 40);
        assert!(picked.total > 3, "{query:?}");
        assert_eq!(rows::shown_kept(&outline, &lines, picked), rows::rows(&plan, None, query, offset, 40));
    };
    for sort in [RowSort::Plan, RowSort::Client, RowSort::Action, RowSort::Kind] {
        for actions in [vec![], vec![Action::Update]] {
            let query = RowQuery { actions, sort, descending: sort == RowSort::Kind, ..RowQuery::default() };
            same(&query, None, 90);
        }
    }
    let words = RowQuery { text: "person".to_owned(), ..RowQuery::default() };
    assert!(rows::arrange(&outline, None, &words).is_none(), "an outline has no words");
    let titles = RowQuery { sort: RowSort::Title, descending: true, ..RowQuery::default() };
    let reason = RowQuery { text: "GOES 44".to_owned(), ..RowQuery::default() };
    for query in [words, titles, reason] {
        same(&query, Some(&lines), 2);
    }
    let chunk = shelf::chunk(&host, &plan.id, 1).await.unwrap().unwrap();
    assert_eq!(chunk, plan.items[200..400]);
}

/// A worker that did not make the plan tells of it, and shows its rows, without reading all of it.
#[tokio::test(start_paused = true)]
async fn a_later_worker_shows_a_plan_from_its_outline() {
    let desk = Desk::new(&host::sandbox()).await;
    desk.ask(CentreAsk::PlanAll { scope: Scope::default() }).await.unwrap();
    desk.settle().await;
    let last = async |desk: &Desk| match desk.ask(CentreAsk::LastPlan).await {
        Ok(Reply::Summary { summary: Some(summary) }) => *summary,
        other => panic!("no plan: {other:?}"),
    };
    let summary = last(&desk).await;
    let of = || TableOf::Plan(summary.id.clone());
    let later = Desk::on(&desk.sandbox, desk.host.store.clone(), 2).await;
    assert_eq!(last(&later).await, summary);
    for sort in [RowSort::Plan, RowSort::Client, RowSort::Title] {
        let query = RowQuery { sort, ..RowQuery::default() };
        let ask = || CentreAsk::Rows { of: of(), query: query.clone(), offset: 0, count: 500 };
        let Ok(Reply::Rows { rows }) = later.ask(ask()).await else { panic!("no rows") };
        assert_eq!(desk.ask(ask()).await, Ok(Reply::Rows { rows: rows.clone() }));
        let item = || CentreAsk::Item { of: of(), item: rows.rows[0].id.clone() };
        assert_eq!(later.ask(item()).await.unwrap(), desk.ask(item()).await.unwrap());
    }
    // Counts and rows need none of the items; an opened row does.
    let chunk = Write { table: Table::Plans, key: format!("items/{}/000000", summary.id), value: None };
    desk.host.host.store.write(vec![chunk]).await.unwrap();
    let third = Desk::on(&desk.sandbox, desk.host.store.clone(), 3).await;
    assert_eq!(last(&third).await, summary);
    let rows = CentreAsk::Rows { of: of(), query: RowQuery::default(), offset: 0, count: 9 };
    let Ok(Reply::Rows { rows }) = third.ask(rows).await else { panic!("no rows") };
    let item = CentreAsk::Item { of: of(), item: rows.rows[0].id.clone() };
    assert_eq!(third.ask(item).await.unwrap_err().code, "sync.no_plan");
}

#[tokio::test(start_paused = true)]
async fn plans_are_kept_in_chunks_and_make_room() {
    let host = host::host(&host::sandbox());
    let settings = SyncSettings::default();
    let large = |phone: &'static str| plan(users(move |_| phone, 1..=450), &settings);
    let phones = ["100", "200", "300"];
    for phone in phones {
        let plan = large(phone);
        shelf::keep(&host, &plan).await.unwrap();
        host.clock.sleep(1000).await;
        assert_eq!(shelf::load(&host, &plan.id).await.unwrap(), Some(plan));
    }
    assert_eq!(shelf::load(&host, &large("100").id).await.unwrap(), None, "two large ones are kept");
    let last = large("300");
    assert_eq!(shelf::last(&host).await.unwrap(), Some(last.id.clone()));
    host.store.write(shelf::forget(&last)).await.unwrap();
    assert_eq!(shelf::last(&host).await.unwrap(), Some(large("200").id));
    assert_eq!(shelf::outline(&host, &last.id).await.unwrap(), None);
}

/// Halo's placeholder for what has no client is no company, and what stands under it says why it waits.
#[test]
fn the_placeholder_client_becomes_no_company() {
    let unknown = Source::named(RecordRef::new(RecordKind::Client, 1), "Unknown");
    let stray = Source { client_name: Some("Unknown".to_owned()), ..user(1, "100") };
    let settings = SyncSettings::default();
    let plan_of = |companies: &[HuduRecord], sources: Vec<Source>| {
        let (layouts, links) = (vec![people()], Links::default());
        let world = World { companies, layouts: &layouts, assets: &[] };
        let mut planner = Planner::new(world, &links, &settings);
        sources.into_iter().for_each(|source| planner.add(source));
        planner.finish(Scope::default(), &[])
    };
    for sources in [vec![unknown.clone(), stray.clone()], vec![stray.clone()]] {
        let plan = plan_of(&[], sources);
        assert!(plan.items.iter().all(|item| item.action == Action::Blocked), "{:?}", plan.items);
        assert!(item(&plan, "user/1").reason.contains("placeholder"), "{:?}", plan.items);
    }
    // Somebody who keeps a company for it means it.
    let plan = plan_of(&[record(10, 10, None, "Unknown", vec![])], vec![unknown, stray]);
    assert_eq!(item(&plan, "user/1").action, Action::Create);
}

/// Where only some companies were read, a record that was synced before may stand in another one.
#[test]
fn what_may_stand_in_a_company_that_was_not_read_is_not_made_again() {
    let (companies, layouts, settings) = (vec![company()], vec![people()], SyncSettings::default());
    let mut links = Links::default();
    links.put("user/1", Link { target: 999, ..Link::default() });
    let plan = |narrow: bool| {
        let world = World { companies: &companies, layouts: &layouts, assets: &[] };
        let mut planner = Planner::new(world, &links, &settings);
        if narrow {
            planner.narrow();
        }
        planner.add(client());
        planner.add(user(1, "100"));
        planner.finish(Scope::default(), &[])
    };
    assert_eq!(item(&plan(true), "user/1").action, Action::Blocked);
    assert_eq!(item(&plan(false), "user/1").action, Action::Create);
}
