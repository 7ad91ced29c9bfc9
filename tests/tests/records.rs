//! Every HaloITSM resource by one mechanism: paging under every quirk, writes record by record, files.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sidelight::halo::Halo;
use sidelight::halo::catalogue::{ALL, Entry};
use sidelight::halo::records::{Ask, RecordsError, Saved};
use sidelight::trouble::Explain;
use sidelight_sandbox::halo::{MultiPost, RecordCount, RepeatedRows, Switches};
use sidelight_sandbox::{Effect, Fault, Sandbox};
use sidelight_tests::clients::sides;
use sidelight_tests::host::sandbox;

async fn halo(sandbox: &Sandbox) -> Halo {
    sides(sandbox).await.unwrap().halo
}

fn entry(name: &str) -> &'static Entry {
    Entry::named(name).unwrap()
}

fn filters(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn ids(rows: &[Value]) -> Vec<i64> {
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

/// Reads a list to its end, each page with a client of its own: what a cursor has to survive.
async fn walk(sandbox: &Sandbox, name: &str, given: &[(&str, &str)], limit: u32) -> Vec<i64> {
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    for _ in 0..2000 {
        let halo = halo(sandbox).await;
        let cursor_now = cursor.clone();
        let ask =
            Ask { entry: entry(name), filters: filters(given), limit: Some(limit), cursor: cursor_now.as_deref() };
        let page = halo.page(&ask).await.unwrap();
        all.extend(ids(&page.rows));
        cursor = page.next;
        if cursor.is_none() {
            return all;
        }
    }
    panic!("{name} never ends");
}

fn stored(sandbox: &Sandbox, path: &str) -> Vec<i64> {
    let mut ids = ids(&sandbox.halo.all(path));
    ids.sort_unstable();
    ids
}

#[tokio::test(start_paused = true)]
async fn a_cursor_neither_skips_nor_repeats_under_any_quirk() {
    let quirks: [fn(&mut Switches); 12] = [
        |_| (),
        |s| s.page_cap = 0,
        |s| s.asset_page = 50,
        |s| (s.asset_page, s.offset_by_asked_size) = (50, true),
        |s| (s.order_refused, s.repeated_rows) = (vec!["Asset".to_owned()], RepeatedRows::Never),
        |s| s.record_count = RecordCount::TooHigh,
        |s| s.record_count = RecordCount::TooLow,
        |s| s.record_count = RecordCount::PageOnly,
        |s| s.echo_paging = false,
        |s| s.order = false,
        |s| s.flipped_lists = vec!["Asset".to_owned(), "Agent".to_owned()],
        |s| s.repeated_agents = true,
    ];
    let sandbox = sandbox();
    let all = stored(&sandbox, "Asset");
    assert!(all.len() > 200);
    let inactive = [("includeinactive", "true")];
    for (nth, quirk) in quirks.iter().enumerate() {
        let mut switches = Switches { rate_limit: 0, ..Switches::default() };
        quirk(&mut switches);
        sandbox.halo.set_switches(switches);
        for limit in [7, 50, 100, 1000] {
            assert_eq!(walk(&sandbox, "assets", &inactive, limit).await, all, "quirk {nth}, {limit} rows a page");
        }
        let agents = walk(&sandbox, "agents", &[("includedisabled", "true")], 2).await;
        assert_eq!(agents, stored(&sandbox, "Agent"), "quirk {nth}");
    }
}

#[tokio::test(start_paused = true)]
async fn another_order_is_kept_and_nothing_comes_twice() {
    let sandbox = sandbox();
    let given = [("order", "inventory_number"), ("orderdesc", "true"), ("includeinactive", "true")];
    let read = walk(&sandbox, "assets", &given, 30).await;
    assert_eq!(read.len(), sandbox.halo.all("Asset").len());
    assert_eq!(read.iter().collect::<BTreeSet<_>>().len(), read.len());
    assert!(!read.is_sorted());
}

#[tokio::test(start_paused = true)]
async fn a_list_that_changes_while_it_is_paged_is_read_whole() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    fn ask(cursor: Option<&str>) -> Ask<'_> {
        Ask { entry: entry("tickets"), filters: Vec::new(), limit: Some(10), cursor }
    }
    let first = halo.page(&ask(None)).await.unwrap();
    let second = halo.page(&ask(first.next.as_deref())).await.unwrap();
    let before: BTreeSet<i64> = stored(&sandbox, "Tickets").into_iter().collect();
    // Rows that were answered already go, and the rest moves up by more than a page.
    let gone: Vec<i64> = ids(&first.rows).into_iter().chain(ids(&second.rows).into_iter().take(5)).collect();
    gone.iter().for_each(|id| assert!(sandbox.halo.delete("Tickets", *id)));
    let (mut rest, mut next) = (Vec::new(), second.next);
    while let Some(cursor) = next {
        let page = halo.page(&ask(Some(&cursor))).await.unwrap();
        rest.extend(ids(&page.rows));
        next = page.next;
    }
    let read: Vec<i64> = ids(&first.rows).into_iter().chain(ids(&second.rows)).chain(rest).collect();
    let is_ticket = |id: &i64| halo_lists(&sandbox, *id) || gone.contains(id);
    let expected: Vec<i64> = before.into_iter().filter(is_ticket).collect();
    assert_eq!(read, expected);
}

/// Whether `/Tickets` lists it: opportunities and projects share its table.
fn halo_lists(sandbox: &Sandbox, id: i64) -> bool {
    let Some(ticket) = sandbox.halo.get("Tickets", id) else { return false };
    let kind = sandbox.halo.get("TicketType", ticket["tickettype_id"].as_i64().unwrap_or_default());
    kind.is_none_or(|kind| kind["use"].as_str().unwrap_or("ticket") == "ticket")
}

#[tokio::test(start_paused = true)]
async fn a_cursor_of_another_list_is_refused() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    let ask = |name: &'static str, given: &[(&str, &str)], cursor| Ask {
        entry: entry(name),
        filters: filters(given),
        limit: Some(5),
        cursor,
    };
    let next = halo.page(&ask("assets", &[], None)).await.unwrap().next.unwrap();
    for (name, given) in [("users", &[][..]), ("assets", &[("client_id", "12")][..])] {
        let refused = halo.page(&ask(name, given, Some(&next))).await.unwrap_err();
        assert_eq!(refused, RecordsError::Cursor);
    }
    let refused = halo.page(&ask("attachments", &[], None)).await.unwrap_err();
    assert_eq!(refused.sentence(), "ticket_id or unique_id is missing: attachments are not listed without it.");
    let refused = halo.page(&ask("appointments", &[], None)).await.unwrap_err();
    assert_eq!(refused.sentence(), "start_date or ticket_id is missing: appointments are not listed without it.");
    let calendar = halo.page(&ask("appointments", &[("start_date", "2020-01-01")], None)).await.unwrap();
    assert_eq!(calendar.rows.len(), sandbox.halo.all("Appointment").len());
    let early = [("start_date", "2020-01-01"), ("end_date", "2020-02-01")];
    assert_eq!(halo.page(&ask("appointments", &early, None)).await.unwrap().rows.len(), 0);
    let refused = halo.page(&ask("assets", &[("page_size", "5")], None)).await.unwrap_err();
    assert_eq!(refused.code(), "records.argument");
}

#[tokio::test(start_paused = true)]
async fn every_resource_is_listed_and_read() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    assert_eq!(ALL.len(), 21);
    for entry in ALL {
        let ticket = sandbox.halo.all("Attachment").first().map(|a| a["ticket_id"].to_string());
        let given = match entry.list_needs {
            [] => Vec::new(),
            _ => filters(&[("ticket_id", &ticket.unwrap_or_else(|| "1".to_owned()))]),
        };
        let page = halo.page(&Ask { entry, filters: given, limit: None, cursor: None }).await.unwrap();
        let Some(row) = page.rows.first() else { continue };
        let id = row["id"].as_i64().unwrap();
        let above = entry.within.map(|within| (within, row[within].to_string()));
        let params: Vec<(&str, &str)> = above.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let record = halo.record(entry, id, &params).await.unwrap();
        assert_eq!(record["id"], id, "{}", entry.many);
    }
    for page in [false, true] {
        sandbox.halo.switch(|switches| switches.missing_as_page = page);
        let missing = halo.record(entry("sites"), 99_999, &[]).await.unwrap_err();
        assert_eq!(missing.code(), "http.not_found");
        let missing = halo.remove(entry("sites"), 99_999, &[]).await.unwrap_err();
        assert_eq!(missing.code(), "http.not_found");
    }
    let bare = halo.record(entry("actions"), 1, &[]).await.unwrap_err();
    assert!(bare.sentence().starts_with("ticket_id is missing"), "{}", bare.sentence());
}

#[tokio::test(start_paused = true)]
async fn each_record_of_a_batch_has_a_result_of_its_own() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    let given = vec![
        json!({"name": "Northern Light", "emaildomain": "kept.example"}),
        json!({"name": ["no text"]}),
        json!({"website": "https://nameless.example"}),
        json!({"id": 99_999, "name": "Nobody"}),
        json!({"id": 12, "notes": "Seen"}),
    ];
    let outcomes = halo.save(entry("clients"), given, 50).await;
    let states: Vec<Saved> = outcomes.iter().map(|o| o.state).collect();
    use Saved::{Created, Refused, Updated};
    assert_eq!(states, [Created, Refused, Refused, Refused, Updated]);
    assert_eq!(outcomes[1].trouble.as_ref().unwrap().sentence, "name has to be text.");
    assert_eq!(outcomes[2].trouble.as_ref().unwrap().sentence, "name is missing: a new client needs it.");
    let made = sandbox.halo.get("Client", outcomes[0].id.unwrap()).unwrap();
    assert_eq!(made["emaildomain"], "kept.example", "an unknown member is sent as it is");
    assert_eq!(sandbox.halo.get("Client", 12).unwrap()["notes"], "Seen");
    assert_eq!(sandbox.halo.all("Client").iter().filter(|c| c["name"] == "Northern Light").count(), 1);
    // 0 and -1 stand for no record: what has them is new, by itself, and needs what a new one needs.
    let given = vec![json!({"id": 0, "name": "Nought"}), json!({"id": -1, "name": "Minus"}), json!({"id": 0})];
    let states: Vec<Saved> = halo.save(entry("clients"), given, 50).await.iter().map(|o| o.state).collect();
    assert_eq!(states, [Created, Created, Refused]);
    let user = sandbox.halo.all("Users")[0].clone();
    let with = |more: Value| {
        let mut ticket = json!({"summary": "VPN", "user_id": user["id"]});
        ticket.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ticket
    };
    let given = vec![with(json!({})), with(json!({"site_id": user["site_id"].as_f64().unwrap() as i64}))];
    let outcomes = halo.save(entry("tickets"), given.clone(), 50).await;
    assert_eq!((outcomes[0].state, outcomes[1].state), (Refused, Created));
    let why = &outcomes[0].trouble.as_ref().unwrap().sentence;
    assert_eq!(why, "site_id is missing: a new ticket with user_id needs it.");
    let outcomes = halo.save(entry("projects"), given, 50).await;
    let why = &outcomes[1].trouble.as_ref().unwrap().sentence;
    assert_eq!(why, "tickettype_id is missing: a new project needs it.");
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_written_is_said_and_not_sent_again() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    sandbox.halo.switch(|s| s.multi_post = MultiPost::FirstOnly);
    let two = vec![json!({"name": "One"}), json!({"name": "Two"})];
    let outcomes = halo.save(entry("suppliers"), two, 50).await;
    assert!(outcomes.iter().all(|o| o.state == Saved::Created && o.id.is_some()));
    let changes = outcomes.iter().map(|o| json!({"id": o.id, "notes": "x"})).collect();
    let changed = halo.save(entry("suppliers"), changes, 50).await;
    assert!(changed.iter().all(|o| o.state == Saved::Updated));
    assert_eq!((changed[0].record.is_some(), &changed[1].record), (true, &None), "the answer tells of the first only");
    sandbox.faults.add(Fault {
        server: "halo".to_owned(),
        method: "POST".to_owned(),
        path: "/Supplier".to_owned(),
        after: 0,
        times: 1,
        effect: Effect::DropAfter,
    });
    let three = vec![json!({"name": "Three"}), json!({"id": outcomes[0].id, "notes": "x"})];
    let states: Vec<Saved> = halo.save(entry("suppliers"), three, 50).await.iter().map(|o| o.state).collect();
    assert_eq!(states, [Saved::Unknown, Saved::Updated]);
    assert_eq!(sandbox.halo.all("Supplier").iter().filter(|s| s["name"] == "Three").count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_was_written_in_half_is_not_doubled() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    sandbox.halo.switch(|s| s.multi_post = MultiPost::UpToTheFirstRefused);
    let site = sandbox.halo.all("Site")[0]["id"].as_i64().unwrap();
    let of = |name: &str| json!({"name": name, "site_id": site});
    let given = vec![of("Ann Oar"), of("Ben Oar"), json!({"name": "Cas Oar", "site_id": 99_999}), of("Dee Oar")];
    let states: Vec<Saved> = halo.save(entry("users"), given, 50).await.iter().map(|o| o.state).collect();
    use Saved::{Created, Refused, Updated};
    assert_eq!(states, [Created, Created, Refused, Created]);
    let made = |name: &str| sandbox.halo.all("Users").iter().filter(|user| user["name"] == name).count();
    assert_eq!(["Ann Oar", "Ben Oar", "Cas Oar", "Dee Oar"].map(made), [1, 1, 0, 1]);
    // Changes still go at once, and one by one where one of them is refused.
    let users: Vec<_> = sandbox.halo.all("Users").iter().take(3).map(|user| user["id"].clone()).collect();
    let change = |site: i64| move |id| json!({"id": id, "notes": "Seen", "site_id": site});
    sandbox.clear_requests();
    let mut given: Vec<_> = users.into_iter().map(change(site)).collect();
    let states: Vec<Saved> = halo.save(entry("users"), given.clone(), 50).await.iter().map(|o| o.state).collect();
    assert_eq!(states, [Updated; 3]);
    assert_eq!(
        sandbox
            .requests(sidelight_sandbox::Server::Halo)
            .iter()
            .filter(|seen| seen.method == "POST" && seen.path.ends_with("Users"))
            .count(),
        1
    );
    given[1]["site_id"] = json!(99_999);
    let states: Vec<Saved> = halo.save(entry("users"), given, 50).await.iter().map(|o| o.state).collect();
    assert_eq!(states, [Updated, Refused, Updated]);
}

#[tokio::test(start_paused = true)]
async fn a_file_goes_up_and_comes_down_as_it_was() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    let ticket = sandbox.halo.all("Tickets")[0]["id"].as_i64().unwrap();
    let file = json!({"filename": "a \"b\".txt", "data_base64": "SGFsbG8=", "ticket_id": ticket});
    let made = halo.save(entry("attachments"), vec![file], 1).await.remove(0);
    let id = made.id.unwrap();
    let record = halo.record(entry("attachments"), id, &[]).await.unwrap();
    assert_eq!((&record["data_base64"], &record["filesize"]), (&json!("SGFsbG8="), &json!(5)));
    for json in [false, true] {
        sandbox.halo.switch(|switches| switches.attachment_json = json);
        let file = halo.download(id).await.unwrap();
        assert_eq!((file.bytes.as_slice(), file.kind.as_deref()), (b"Hallo".as_slice(), Some("text/plain")), "{json}");
        let record = halo.record(entry("attachments"), id, &[]).await.unwrap();
        assert_eq!(record["data_base64"], "SGFsbG8=", "{json}");
    }
    let gone = halo.remove(entry("attachments"), id, &[]).await.unwrap();
    assert_eq!(gone["id"], id);
    assert_eq!(halo.remove(entry("attachments"), id, &[]).await.unwrap_err().code(), "http.not_found");
}
