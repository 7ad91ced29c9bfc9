//! Connecting, checking, and what goes wrong with it: each with a sentence that says what to do.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::http::Product;
use sidelight::library::{self, CENTRAL};
use sidelight::platform::Table;
use sidelight::protocol::policy::Origin;
use sidelight::protocol::{Freshness, Message, Reply};
use sidelight::settings::{
    self, FrameMode, FrameSettings,
    check::{CheckLine, Grade},
};
use sidelight::trouble::Trouble;
use sidelight_sandbox::hudu::KeyOptions;
use sidelight_sandbox::{Effect, Fault, Server};
use sidelight_tests::desk::{Desk, content};
use sidelight_tests::host::sandbox;

async fn check(desk: &Desk) -> Vec<CheckLine> {
    match desk.ask(Message::Check).await {
        Ok(Reply::Check { lines }) => lines,
        other => panic!("no check: {other:?}"),
    }
}

fn line<'a>(lines: &'a [CheckLine], product: Product, point: &str) -> &'a CheckLine {
    lines.iter().find(|line| line.product == product && line.point == point).unwrap_or_else(|| panic!("no {point}"))
}

async fn save_halo(desk: &Desk, server: &str, secret: Option<&str>) -> Result<Reply, Trouble> {
    let halo = desk.sandbox.halo.credentials();
    desk.ask(Message::SaveHalo {
        resource_server: server.to_owned(),
        auth_server: None,
        tenant: Some(halo.tenant),
        client_id: halo.client_id,
        client_secret: secret.map(str::to_owned),
    })
    .await
}

#[tokio::test(start_paused = true)]
async fn a_good_connection_is_good_in_every_line() {
    let desk = Desk::new(&sandbox()).await;
    let lines = check(&desk).await;
    assert!(lines.iter().all(|line| line.grade == Grade::Good), "{lines:#?}");
    for point in [
        "reachable",
        "signed_in",
        "version",
        "clients",
        "sites",
        "users",
        "assets",
        "asset_groups",
        "contracts",
        "tickets",
        "articles",
    ] {
        line(&lines, Product::Halo, point);
    }
    for point in ["reachable", "signed_in", "version", "companies", "layouts", "assets", "articles", "passwords"] {
        line(&lines, Product::Hudu, point);
    }
}

#[tokio::test(start_paused = true)]
async fn missing_asset_groups_are_named() {
    let desk = Desk::new(&sandbox()).await;
    let groups = desk.sandbox.halo.all("AssetGroup");
    let printers = groups.iter().find(|group| group["name"] == "Peripherals").unwrap();
    let all: Vec<i64> = groups.iter().filter_map(|group| group["id"].as_i64()).collect();
    let rest = all.iter().copied().filter(|id| Some(*id) != printers["id"].as_i64()).collect();
    desk.sandbox.halo.set_asset_groups(Some(rest));
    let lines = check(&desk).await;
    let found = line(&lines, Product::Halo, "asset_groups");
    assert_eq!((found.grade, found.code.as_deref()), (Grade::Warn, Some("halo.asset_group_access")));
    assert!(found.sentence.contains("Peripherals") && !found.sentence.contains("Servers"), "{}", found.sentence);
    assert!(found.remedy.as_ref().unwrap().contains("Access Control"));
    desk.sandbox.halo.set_asset_groups(Some(Vec::new()));
    let lines = check(&desk).await;
    assert_eq!(line(&lines, Product::Halo, "asset_groups").grade, Grade::Bad);
    assert_eq!(line(&lines, Product::Halo, "assets").grade, Grade::Warn);
}

#[tokio::test(start_paused = true)]
async fn each_way_to_fail_has_its_code_and_a_sentence() {
    let desk = Desk::new(&sandbox()).await;
    let fault = |server: &str, path: &str, effect: Effect| {
        let fault =
            Fault { server: server.into(), method: String::new(), path: path.into(), after: 0, times: 9, effect };
        desk.sandbox.faults.add(fault);
    };
    let status = |status, body: &str| Effect::Status { status, body: body.to_owned(), headers: Vec::new() };
    let cases = [
        ("halo", "/token", status(500, ""), "signed_in", "halo.wrong_tenant"),
        ("halo", "/token", status(401, r#"{"error":"invalid_client"}"#), "signed_in", "halo.wrong_secret"),
        ("halo", "/api/", status(401, ""), "signed_in", "halo.no_scope"),
        ("halo", "/api/", status(200, "<!doctype html><title>Sign in</title>"), "reachable", "http.not_an_api"),
        ("halo", "/api/KBArticle", status(403, ""), "articles", "http.forbidden"),
        ("halo", "/api/Tickets", status(403, ""), "tickets", "http.forbidden"),
        ("hudu", "/api/v1/", status(401, r#"{"error":"Unauthorized"}"#), "signed_in", "hudu.bad_key"),
        (
            "hudu",
            "/asset_passwords",
            status(401, r#"{"error":"Unauthorized"}"#),
            "passwords",
            "hudu.no_password_access",
        ),
        ("hudu", "/api/v1/", status(200, "<html>Sign in</html>"), "reachable", "http.not_an_api"),
        ("hudu", "/api/v1/", Effect::DropBefore, "reachable", "http.unreachable"),
    ];
    for (server, path, effect, point, code) in cases {
        // A fresh worker: no token is left from the last case.
        let desk = Desk::on(&desk.sandbox, desk.host.store.clone(), 3).await;
        fault(server, path, effect);
        let lines = check(&desk).await;
        desk.sandbox.faults.clear();
        let product = if server == "halo" { Product::Halo } else { Product::Hudu };
        let found = line(&lines, product, point);
        assert_eq!(found.code.as_deref(), Some(code), "{server} {path}: {found:#?}");
        assert_ne!(found.grade, Grade::Good);
        assert!(found.sentence.len() > 40, "{}", found.sentence);
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_without_password_access_still_shows_the_rest() {
    let desk = Desk::new(&sandbox()).await;
    let key = desk.sandbox.hudu.add_key(KeyOptions { passwords: false, ..KeyOptions::default() });
    sidelight::vault::Vault::new(desk.host.host.clone()).put(sidelight::vault::HUDU_KEY, &key).await.unwrap();
    let view = desk.sidebar(RecordKind::Ticket, 4127).await.unwrap();
    let passwords = view.sections.iter().find(|s| s.kind == sidelight::assist::view::DocumentKind::Password).unwrap();
    assert_eq!(passwords.trouble.as_ref().unwrap().code, "hudu.no_password_access");
    assert!(view.sections.iter().filter(|section| section.trouble.is_none()).count() >= 5);
}

#[tokio::test(start_paused = true)]
async fn what_is_typed_wrongly_is_said_and_saves_nothing() {
    let desk = Desk::new(&sandbox()).await;
    for (typed, code) in [
        ("", "address.empty"),
        ("not an address", "address.unreadable"),
        ("ftp://acme.haloitsm.com", "address.scheme"),
        ("http://acme.haloitsm.com", "address.scheme"),
        ("https://www.haloitsm.com", "address.marketing"),
    ] {
        let trouble = save_halo(&desk, typed, Some("x")).await.unwrap_err();
        assert_eq!(trouble.code, code, "{typed}");
    }
    let lines = check(&desk).await;
    assert!(lines.iter().all(|line| line.grade == Grade::Good), "the old connection still stands");
}

#[tokio::test(start_paused = true)]
async fn a_secret_is_never_sent_to_a_server_it_was_not_typed_for() {
    let desk = Desk::new(&sandbox()).await;
    let trouble = save_halo(&desk, "https://elsewhere.example", None).await.unwrap_err();
    assert_eq!(trouble.code, "settings.missing");
    let trouble =
        desk.ask(Message::SaveHudu { url: "https://elsewhere.example".into(), api_key: None }).await.unwrap_err();
    assert_eq!(trouble.code, "settings.missing");
}

#[tokio::test(start_paused = true)]
async fn disconnecting_forgets_everything_of_the_side() {
    let desk = Desk::new(&sandbox()).await;
    desk.sidebar(RecordKind::Ticket, 4127).await.unwrap();
    desk.ask(Message::Disconnect { product: Product::Hudu }).await.unwrap();
    assert!(desk.stored(RecordKind::Ticket, 4127).await.is_none());
    assert_eq!(desk.sidebar(RecordKind::Ticket, 4127).await.unwrap_err().code, "http.not_connected");
}

#[tokio::test(start_paused = true)]
async fn an_unknown_record_says_so() {
    let desk = Desk::new(&sandbox()).await;
    let trouble = desk.sidebar(RecordKind::Site, 999_999).await.unwrap_err();
    assert_eq!(trouble.code, "http.not_found");
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_without_a_time_is_waited_for_or_told() {
    let desk = Desk::new(&sandbox()).await;
    let fault = Fault {
        server: "hudu".into(),
        method: String::new(),
        path: "/companies".into(),
        after: 0,
        times: 50,
        effect: Effect::RateLimit,
    };
    desk.sandbox.faults.add(fault);
    let view = desk.sidebar(RecordKind::Ticket, 4127).await.unwrap();
    let notice = view.notice.unwrap();
    assert_eq!(notice.code, "http.rate_limited");
    assert!(notice.until.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_revoked_permission_switches_everything_off_and_says_so() {
    let desk = Desk::new(&sandbox()).await;
    desk.service.started().await;
    assert_eq!(desk.browser.watched.borrow().as_deref(), Some("http://halo.test"));
    *desk.browser.closed.borrow_mut() = true;
    desk.host.net.closed.borrow_mut().insert("http://halo.test".to_owned());
    desk.service.permissions_changed().await;
    assert_eq!(*desk.browser.watched.borrow(), None);
    assert_eq!(desk.sidebar(RecordKind::Ticket, 4127).await.unwrap_err().code, "http.not_permitted");
    let lines = check(&desk).await;
    assert_eq!(line(&lines, Product::Halo, "reachable").code.as_deref(), Some("http.not_permitted"));
}

#[tokio::test(start_paused = true)]
async fn only_the_right_sender_gets_an_answer() {
    let desk = Desk::new(&sandbox()).await;
    let page = "http://halo.test/ticket?id=4127".to_owned();
    let seen = desk.ask_as(content(), None, Message::PageSeen { url: page.clone() }).await.unwrap();
    let Reply::Page { record: Some(_), token, .. } = seen else { panic!("{seen:?}") };
    let frame = Origin { own_id: true, extension_page: true, tab: Some(1), frame: Some(7), embeddable: true };
    // The frame with its token, and not without, nor with another's.
    assert!(desk.ask_as(frame.clone(), Some(token.clone()), Message::Tab).await.is_ok());
    for token in [None, Some("guess".to_owned()), Some(String::new())] {
        let trouble = desk.ask_as(frame.clone(), token, Message::Tab).await.unwrap_err();
        assert_eq!(trouble.code, "protocol.not_allowed");
    }
    // The frame changes no connection, the content script reads no documentation, strangers get nothing.
    let refused = |answer: Result<Reply, Trouble>| assert_eq!(answer.unwrap_err().code, "protocol.not_allowed");
    refused(desk.ask_as(frame, Some(token), Message::Connections).await);
    refused(desk.ask_as(content(), None, Message::Tab).await);
    refused(desk.ask_as(Origin { own_id: false, ..content() }, None, Message::PageSeen { url: page.clone() }).await);
    // Configuration and portal show nothing.
    for path in ["/config/tickets/tickettype?id=1", "/portal/ticket?id=4127", "/tickets"] {
        let url = format!("http://halo.test{path}");
        let seen = desk.ask_as(content(), None, Message::PageSeen { url }).await.unwrap();
        assert!(matches!(seen, Reply::Page { record: None, .. }), "{path}");
    }
    // A page elsewhere names no record, whatever its address looks like.
    let url = "http://halo.test.evil.example/ticket?id=1".to_owned();
    let seen = desk.ask_as(content(), None, Message::PageSeen { url }).await.unwrap();
    assert!(matches!(seen, Reply::Page { record: None, .. }));
}

#[tokio::test(start_paused = true)]
async fn the_clipboard_is_cleared_by_alarm() {
    let desk = Desk::new(&sandbox()).await;
    let digest = "a".repeat(64);
    desk.ask(Message::Copied { digest: digest.clone() }).await.unwrap();
    let alarms = desk.browser.alarms.borrow().clone();
    assert_eq!(alarms.len(), 1);
    desk.service.alarm(&alarms[0].0).await;
    assert_eq!(*desk.browser.cleared.borrow(), vec![digest]);
    desk.ask(Message::Copied { digest: "no digest".into() }).await.unwrap();
    assert_eq!(desk.browser.alarms.borrow().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_closed_sidebar_still_gets_its_badge() {
    let desk = Desk::new(&sandbox()).await;
    let url = "http://halo.test/assets?id=2002".to_owned();
    desk.ask_as(content(), None, Message::PageSeen { url: url.clone() }).await.unwrap();
    desk.service.look_ahead(1).await;
    let badge = desk.browser.badges.borrow().last().cloned().unwrap();
    assert_eq!((badge.0, badge.1.text.as_str()), (Some(1), "new"));
    // Looking again at once costs nothing.
    let before = desk.sandbox.request_count(Server::Hudu);
    desk.ask_as(content(), None, Message::PageSeen { url }).await.unwrap();
    desk.service.look_ahead(1).await;
    assert_eq!(desk.sandbox.request_count(Server::Hudu), before);
    // A client that differs says by how much.
    let url = "http://halo.test/customers?clientid=12".to_owned();
    desk.ask_as(content(), None, Message::PageSeen { url }).await.unwrap();
    desk.service.look_ahead(1).await;
    assert_eq!(desk.browser.badges.borrow().last().unwrap().1.text, "3");
}

fn slow(server: &str, method: &str, path: &str) -> Fault {
    let effect = Effect::Delay { ms: 20_000 };
    Fault { server: server.into(), method: method.into(), path: path.into(), after: 0, times: 1, effect }
}

#[tokio::test(start_paused = true)]
async fn what_is_read_from_an_instance_that_was_left_is_not_stored() {
    let record = RecordRef::new(RecordKind::Ticket, 4127);
    let elsewhere =
        || Message::SaveHudu { url: "https://other.test".to_owned(), api_key: Some("the new key".to_owned()) };
    let suggested = Message::Suggested { record, freshness: Freshness::Fresh, central: true };
    let readings = [
        ("/articles", suggested),
        ("/asset_passwords", Message::Record { record, freshness: Freshness::Fresh }),
        ("/expirations", Message::Ending),
    ];
    for (path, message) in readings {
        for leave in [elsewhere(), Message::Disconnect { product: Product::Hudu }] {
            let desk = Desk::new(&sandbox()).await;
            desk.sandbox.faults.add(slow("hudu", "GET", path));
            let left = async {
                tokio::time::sleep(Duration::from_secs(5)).await;
                desk.ask(leave.clone()).await.unwrap();
            };
            let (answer, ()) = futures::join!(desk.ask(message.clone()), left);
            assert_eq!(desk.sandbox.faults.left(), 0, "{path}: nothing was under way");
            let kept = desk.host.store.dump(Table::Documents);
            assert_eq!(kept, [], "{path} after {leave:?}: {answer:?}");
        }
    }
    // The instance that stays is read and stored as ever.
    let desk = Desk::new(&sandbox()).await;
    desk.ask(Message::Suggested { record, freshness: Freshness::Fresh, central: true }).await.unwrap();
    assert!(library::load(&desk.host.host, CENTRAL).await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn settings_that_are_saved_while_a_new_connection_waits_for_a_run_stay() {
    let desk = Desk::new(&sandbox()).await;
    let plan = desk.plan(RecordKind::Client, 12).await.unwrap();
    desk.sandbox.faults.add(slow("hudu", "PUT", "/companies"));
    let after = async |seconds: u64| tokio::time::sleep(Duration::from_secs(seconds)).await;
    let moved = async {
        after(5).await;
        let (url, api_key) = ("https://other.test".to_owned(), Some("the new key".to_owned()));
        desk.ask(Message::SaveHudu { url, api_key }).await.unwrap();
    };
    let saved = async {
        after(10).await;
        desk.set(|settings| settings.lock.idle_minutes = 77).await;
    };
    let (run, (), ()) = futures::join!(desk.apply(&plan), moved, saved);
    assert_eq!(desk.sandbox.faults.left(), 0, "nothing was waited for: {run:?}");
    let settings = settings::load(&desk.host.host).await.unwrap();
    assert_eq!(settings.connections.hudu.unwrap().origin, "https://other.test");
    assert_eq!(settings.lock.idle_minutes, 77);
}

#[tokio::test(start_paused = true)]
async fn the_sidebar_is_as_wide_and_as_open_as_it_was_last_chosen() {
    let desk = Desk::new(&sandbox()).await;
    desk.ask_as(content(), None, Message::FrameChanged { open: false, width: 512 }).await.unwrap();
    let frame = async || settings::load(&desk.host.host).await.unwrap().frame;
    assert_eq!((frame().await.open, frame().await.width), (false, 512));
    desk.set(|settings| (settings.frame.open, settings.frame.width) = (true, 600)).await;
    assert_eq!((frame().await.open, frame().await.width), (true, 600));

    // A page that was open while the sidebar was dragged changes what was changed on it, and nothing else.
    let opened = frame().await;
    desk.ask_as(content(), None, Message::FrameChanged { open: true, width: 700 }).await.unwrap();
    let stored = frame().await;
    let wanted = FrameSettings { mode: FrameMode::Over, pictures: false, ..opened.clone() };
    desk.set(|settings| settings.frame = wanted.rebased(&opened, &stored)).await;
    assert_eq!(frame().await, FrameSettings { mode: FrameMode::Over, width: 700, open: true, pictures: false });
    // What the page itself changed counts more.
    let narrow = FrameSettings { width: 320, open: false, ..opened.clone() };
    let rebased = narrow.rebased(&opened, &stored);
    assert_eq!((rebased.open, rebased.width, rebased.mode), (false, 320, FrameMode::Push));
}
