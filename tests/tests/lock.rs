//! The lock of the secrets: what is closed, what opens it, what is left to read. Against the sandbox
//! pair, in virtual time.

#![allow(clippy::unwrap_used)]

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use sidelight::assist::view::DocumentKind;
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::http::Product;
use sidelight::platform::{Host, Later, Store, StoreError, Table, Write};
use sidelight::protocol::{Event, Freshness, Message, Reply, SecretPart, SecretUse};
use sidelight::service::Service;
use sidelight::service::lock::Presence;
use sidelight::trouble::Trouble;
use sidelight::vault::{LockView, Vault};
use sidelight_sandbox::Server;
use sidelight_tests::desk::Desk;
use sidelight_tests::host::sandbox;

const TICKET: i64 = 4127;
const PASSPHRASE: &str = "ferry cinder oboe nineteen";

async fn desk() -> Desk {
    let desk = Desk::new(&sandbox()).await;
    desk.sidebar(RecordKind::Ticket, TICKET).await.unwrap();
    desk
}

async fn lock_of(desk: &Desk, message: Message) -> Result<LockView, Trouble> {
    match desk.ask(message).await? {
        Reply::Lock { lock } => Ok(lock),
        other => panic!("{other:?}"),
    }
}

fn set(present: &str, new: Option<&str>) -> Message {
    Message::SetPassphrase { present: present.to_owned(), new: new.map(str::to_owned) }
}

fn unlock(passphrase: &str) -> Message {
    Message::Unlock { passphrase: passphrase.to_owned() }
}

fn ticket(freshness: Freshness) -> Message {
    Message::Record { record: RecordRef::new(RecordKind::Ticket, TICKET), freshness }
}

async fn locked() -> Desk {
    let desk = desk().await;
    lock_of(&desk, set("", Some(PASSPHRASE))).await.unwrap();
    lock_of(&desk, Message::Lock).await.unwrap();
    desk
}

/// Requests that reached either server.
fn sent(desk: &Desk) -> usize {
    [Server::Halo, Server::Hudu].map(|server| desk.sandbox.requests(server).len()).iter().sum()
}

/// Everything of every table in one text.
async fn stored(desk: &Desk) -> String {
    let mut text = String::new();
    for table in Table::ALL {
        for (key, value) in desk.host.host.store.scan(table, "").await.unwrap() {
            text.extend([key, value]);
        }
    }
    text
}

#[tokio::test(start_paused = true)]
async fn while_locked_only_what_was_read_before_is_there() {
    let desk = locked().await;
    assert_eq!(desk.browser.events.borrow().last(), Some(&Event::LockChanged { locked: true }));
    let requests = sent(&desk);
    let Reply::Sidebar { view: Some(view) } = desk.ask(ticket(Freshness::Stored)).await.unwrap() else { panic!() };
    assert!(!view.sections.is_empty());
    let article = view.sections.iter().find(|section| section.kind == DocumentKind::Article).unwrap();
    let id = article.groups[0].items[0].id;
    let read = Message::Document { kind: DocumentKind::Article, id, beside: None, freshness: Freshness::Stored };
    assert!(matches!(desk.ask(read).await.unwrap(), Reply::Document { view: Some(_) }));
    let record = RecordRef::new(RecordKind::Client, 12);
    for message in [
        ticket(Freshness::Fresh),
        Message::Plan { record },
        Message::Reveal { password: 1, part: SecretPart::Password, how: SecretUse::Shown, record: None },
        Message::StartProcess { process: 1 },
        Message::Extras { kind: DocumentKind::Article, id },
        Message::SaveHudu { url: "https://hudu.test".to_owned(), api_key: Some("another".to_owned()) },
    ] {
        assert_eq!(desk.ask(message.clone()).await.unwrap_err().code, "vault.locked", "{message:?}");
    }
    assert_eq!(sent(&desk), requests, "something was sent");
    // Both connections count as set up.
    let Reply::Connections { halo_secret, hudu_key, .. } = desk.ask(Message::Connections).await.unwrap() else {
        panic!()
    };
    assert!(halo_secret && hudu_key);
    let opened = lock_of(&desk, unlock(PASSPHRASE)).await.unwrap();
    assert_eq!(opened, LockView { passphrase: true, locked: false });
    desk.ask(ticket(Freshness::Fresh)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn nobody_who_holds_a_key_sends_on() {
    let desk = desk().await;
    lock_of(&desk, set("", Some(PASSPHRASE))).await.unwrap();
    let sides = desk.service.sides().await.unwrap();
    sides.hudu.api_info().await.unwrap();
    lock_of(&desk, Message::Lock).await.unwrap();
    let requests = sent(&desk);
    sides.hudu.api_info().await.unwrap_err();
    sides.halo.me().await.unwrap_err();
    assert_eq!(sent(&desk), requests);
}

#[tokio::test(start_paused = true)]
async fn a_passphrase_survives_the_worker_and_locks_with_the_browser() {
    let desk = desk().await;
    lock_of(&desk, set("", Some(PASSPHRASE))).await.unwrap();
    // The worker ended and was woken again: still open.
    let woken = Service::new(desk.host.host.clone(), desk.browser.clone());
    woken.sides().await.unwrap();
    // The browser was closed: its session table is forgotten.
    let session = desk.host.host.store.scan(Table::Session, "").await.unwrap();
    let gone =
        session.into_iter().map(|(key, _)| sidelight::platform::Write { table: Table::Session, key, value: None });
    desk.host.host.store.write(gone.collect()).await.unwrap();
    let desk = Desk { service: Service::new(desk.host.host.clone(), desk.browser.clone()), ..desk };
    assert_eq!(lock_of(&desk, Message::LockState).await.unwrap(), LockView { passphrase: true, locked: true });
    assert_eq!(desk.service.sides().await.err().map(|error| error.to_string()).as_deref(), Some("secrets are locked"));
    lock_of(&desk, unlock(PASSPHRASE)).await.unwrap();
    desk.ask(ticket(Freshness::Fresh)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn secrets_and_passphrases_stand_nowhere_in_clear() {
    let desk = desk().await;
    let key = desk.sandbox.hudu.api_key();
    let secret = desk.sandbox.halo.credentials().client_secret;
    lock_of(&desk, set("", Some(PASSPHRASE))).await.unwrap();
    for _ in 0..2 {
        let text = stored(&desk).await;
        for word in [PASSPHRASE, "cinder", &key, &secret] {
            assert!(!text.contains(word), "{word}");
        }
        lock_of(&desk, Message::Lock).await.unwrap();
    }
    // Without the passphrase the host's own key opens no secret.
    let vault = sidelight::vault::Vault::new(desk.host.host.clone());
    vault.get(sidelight::vault::HUDU_KEY).await.unwrap_err();
}

#[tokio::test(start_paused = true)]
async fn wrong_passphrases_wait_longer_and_longer() {
    let mut desk = locked().await;
    let clock = desk.host.host.clock.clone();
    let now = || clock.now();
    for _ in 0..3 {
        let trouble = lock_of(&desk, unlock("wrong")).await.unwrap_err();
        assert_eq!((trouble.code.as_str(), trouble.until), ("vault.passphrase", None));
    }
    let mut waits = Vec::new();
    for _ in 0..3 {
        let until = lock_of(&desk, unlock("wrong")).await.unwrap_err().until.unwrap();
        waits.push(until - now());
        // The right one has to wait as well, also in a worker that was started anew.
        desk.service = Service::new(desk.host.host.clone(), desk.browser.clone());
        assert_eq!(lock_of(&desk, unlock(PASSPHRASE)).await.unwrap_err().code, "vault.wait");
        tokio::time::sleep(Duration::from_millis(u64::try_from(until - now()).unwrap() + 1)).await;
    }
    assert!(waits.windows(2).all(|pair| pair[1] > pair[0]), "{waits:?}");
    lock_of(&desk, unlock(PASSPHRASE)).await.unwrap();
    lock_of(&desk, Message::Lock).await.unwrap();
    // Forgiven after the right one.
    assert_eq!(lock_of(&desk, unlock("wrong")).await.unwrap_err().until, None);
}

#[tokio::test(start_paused = true)]
async fn a_passphrase_is_changed_and_taken_away_only_by_who_knows_it() {
    let desk = desk().await;
    for weak in ["", "short", "password1", "Summer2025!"] {
        assert_eq!(lock_of(&desk, set("", Some(weak))).await.unwrap_err().code, "vault.weak", "{weak}");
    }
    lock_of(&desk, set("", Some(PASSPHRASE))).await.unwrap();
    assert_eq!(lock_of(&desk, set("guess", None)).await.unwrap_err().code, "vault.passphrase");
    let other = "seven grey herons at dusk";
    lock_of(&desk, set(PASSPHRASE, Some(other))).await.unwrap();
    lock_of(&desk, Message::Lock).await.unwrap();
    lock_of(&desk, unlock(PASSPHRASE)).await.unwrap_err();
    lock_of(&desk, unlock(other)).await.unwrap();
    assert_eq!(lock_of(&desk, set(other, None)).await.unwrap(), LockView::default());
    desk.ask(ticket(Freshness::Fresh)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn without_a_passphrase_a_click_opens_what_was_locked() {
    let desk = desk().await;
    lock_of(&desk, Message::Lock).await.unwrap();
    assert_eq!(desk.ask(ticket(Freshness::Fresh)).await.unwrap_err().code, "vault.locked");
    assert_eq!(lock_of(&desk, set("", Some(PASSPHRASE))).await.unwrap_err().code, "vault.locked");
    lock_of(&desk, unlock("")).await.unwrap();
    desk.ask(ticket(Freshness::Fresh)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn who_is_away_finds_it_locked_where_a_passphrase_is_set() {
    let desk = desk().await;
    desk.service.presence(Presence::Idle).await;
    desk.service.presence(Presence::ScreenLocked).await;
    assert!(!lock_of(&desk, Message::LockState).await.unwrap().locked, "nothing to lock with");
    assert_eq!(*desk.browser.idle.borrow(), None);
    lock_of(&desk, set("", Some(PASSPHRASE))).await.unwrap();
    assert_eq!(*desk.browser.idle.borrow(), Some(15));
    for presence in [Presence::Idle, Presence::ScreenLocked] {
        desk.service.presence(presence).await;
        assert!(lock_of(&desk, Message::LockState).await.unwrap().locked, "{presence:?}");
        lock_of(&desk, unlock(PASSPHRASE)).await.unwrap();
    }
    // Switched off.
    let Reply::Settings { mut settings } = desk.ask(Message::Settings).await.unwrap() else { panic!() };
    settings.lock.idle_minutes = 0;
    settings.lock.on_screen_lock = false;
    desk.ask(Message::SaveSettings { settings }).await.unwrap();
    for presence in [Presence::Idle, Presence::ScreenLocked] {
        desk.service.presence(presence).await;
        assert!(!lock_of(&desk, Message::LockState).await.unwrap().locked, "{presence:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_forgotten_passphrase_costs_the_connections_and_nothing_else() {
    let desk = locked().await;
    let Reply::Connections { connections, halo_secret, hudu_key, .. } = desk.ask(Message::ForgetAll).await.unwrap()
    else {
        panic!()
    };
    assert!(connections.halo.is_none() && connections.hudu.is_none() && !halo_secret && !hudu_key);
    assert_eq!(lock_of(&desk, Message::LockState).await.unwrap(), LockView::default());
    for table in [Table::Secrets, Table::Documents, Table::Links, Table::Journal] {
        assert_eq!(desk.host.host.store.scan(table, "").await.unwrap(), [], "{table:?}");
    }
    let url = "https://hudu.test".to_owned();
    let api_key = Some(desk.sandbox.hudu.api_key());
    desk.ask(Message::SaveHudu { url, api_key }).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn one_connection_can_be_forgotten_while_locked() {
    let desk = locked().await;
    desk.ask(Message::Disconnect { product: Product::Hudu }).await.unwrap();
    lock_of(&desk, unlock(PASSPHRASE)).await.unwrap();
    let Reply::Connections { halo_secret, hudu_key, .. } = desk.ask(Message::Connections).await.unwrap() else {
        panic!()
    };
    assert!(halo_secret && !hudu_key);
}

/// Tables whose secrets cannot be read once that is so.
struct Unreadable(Rc<dyn Store>, Rc<Cell<bool>>);

impl Unreadable {
    fn broken(&self, table: Table) -> Result<(), StoreError> {
        match table == Table::Secrets && self.1.get() {
            true => Err(StoreError::Broken("unreadable".to_owned())),
            false => Ok(()),
        }
    }
}

impl Store for Unreadable {
    fn get<'a>(&'a self, table: Table, key: &str) -> Later<'a, Result<Option<String>, StoreError>> {
        let found = self.0.get(table, key);
        Box::pin(async move { self.broken(table).and(found.await) })
    }
    fn scan<'a>(&'a self, table: Table, prefix: &str) -> Later<'a, Result<Vec<(String, String)>, StoreError>> {
        let found = self.0.scan(table, prefix);
        Box::pin(async move { self.broken(table).and(found.await) })
    }
    fn write(&self, changes: Vec<Write>) -> Later<'_, Result<(), StoreError>> {
        self.0.write(changes)
    }
}

#[tokio::test(start_paused = true)]
async fn a_vault_whose_store_cannot_be_read_counts_as_locked() {
    let desk = desk().await;
    lock_of(&desk, set("", Some(PASSPHRASE))).await.unwrap();
    let broken = Rc::new(Cell::new(false));
    let store = Rc::new(Unreadable(desk.host.host.store.clone(), broken.clone()));
    let host = Host { store, ..desk.host.host.clone() };
    assert!(!Vault::new(host.clone()).is_locked().await);
    let service = Service::new(host.clone(), desk.browser.clone());
    let sides = service.sides().await.unwrap();
    sides.hudu.api_info().await.unwrap();
    broken.set(true);
    assert!(Vault::new(host).is_locked().await);
    // At the screen lock it is closed, though nobody can tell whether there is a passphrase.
    service.presence(Presence::ScreenLocked).await;
    sides.hudu.api_info().await.unwrap_err();
}

const OPEN: &str = "vault/open";

/// Puts the row of the open vault back: the worker ended after the other tables were written.
async fn cut_before_the_session(desk: &Desk, message: Message) -> Service {
    let store = desk.host.host.store.clone();
    let value = store.get(Table::Session, OPEN).await.unwrap();
    assert!(value.is_some());
    desk.ask(message).await.unwrap();
    store.write(vec![Write { table: Table::Session, key: OPEN.to_owned(), value }]).await.unwrap();
    Service::new(desk.host.host.clone(), desk.browser.clone())
}

#[tokio::test(start_paused = true)]
async fn a_passphrase_that_is_changed_or_taken_away_halfway_loses_no_secret() {
    let mut desk = desk().await;
    let other = "seven grey herons at dusk";
    lock_of(&desk, set("", Some(PASSPHRASE))).await.unwrap();
    desk.service = cut_before_the_session(&desk, set(PASSPHRASE, Some(other))).await;
    assert_eq!(lock_of(&desk, Message::LockState).await.unwrap(), LockView { passphrase: true, locked: true });
    assert_eq!(desk.ask(ticket(Freshness::Fresh)).await.unwrap_err().code, "vault.locked");
    lock_of(&desk, unlock(other)).await.unwrap();
    desk.ask(ticket(Freshness::Fresh)).await.unwrap();
    desk.service = cut_before_the_session(&desk, set(other, None)).await;
    assert_eq!(lock_of(&desk, Message::LockState).await.unwrap(), LockView::default());
    desk.ask(ticket(Freshness::Fresh)).await.unwrap();
    // What is typed now is not sealed under a key that goes with the browser.
    let vault = Vault::new(desk.host.host.clone());
    vault.put("a name", "a secret").await.unwrap();
    let gone = Write { table: Table::Session, key: OPEN.to_owned(), value: None };
    desk.host.host.store.write(vec![gone]).await.unwrap();
    assert_eq!(vault.get("a name").await.unwrap().as_deref(), Some("a secret"));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_wrong_once_keeps_nobody_out() {
    let desk = locked().await;
    let until = desk.host.host.clock.now() + 365 * 86_400_000;
    let value = Some(format!("{{\"wrong\":4,\"until\":{until}}}"));
    let key = "vault/tries".to_owned();
    desk.host.host.store.write(vec![Write { table: Table::Settings, key, value }]).await.unwrap();
    lock_of(&desk, unlock(PASSPHRASE)).await.unwrap();
}
