//! Who may send the sync centre's messages: pages that no web page can draw over, and nobody else. Where secrets may go:
//! to the server that they were given for, whatever is cut off or still under way.

#![allow(clippy::unwrap_used)]

use sidelight::halo::auth::REFRESH_TOKEN;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::platform::StoreError;
use sidelight::protocol::policy::Origin;
use sidelight::protocol::{CentreAsk, Freshness, Message, RecipeAsk, Reply};
use sidelight::settings::{self, Settings, SyncSettings};
use sidelight::sync::table::{ExportForm, RowQuery, Scope, TableOf};
use sidelight::vault::{HUDU_KEY, Vault};
use sidelight_sandbox::Server;
use sidelight_tests::desk::{Desk, content};
use sidelight_tests::host::sandbox;

#[tokio::test(start_paused = true)]
async fn only_trusted_pages_reach_the_sync_centre() {
    let desk = Desk::new(&sandbox()).await;
    let url = "http://halo.test/ticket?id=4127".to_owned();
    let seen = desk.ask_as(content(), None, Message::PageSeen { url }).await.unwrap();
    let Reply::Page { token, .. } = seen else { panic!("{seen:?}") };
    let frame = Origin { own_id: true, extension_page: true, tab: Some(1), frame: Some(7), embeddable: true };
    let text = String::new;
    let of = TableOf::Plan(text());
    let settings = || Box::new(SyncSettings::default());
    let messages = [
        Message::Centre { ask: CentreAsk::PlanAll { scope: Scope::default() } },
        Message::Centre { ask: CentreAsk::PlanLayouts },
        Message::Tools,
        Message::CallTool { name: text(), arguments: text(), confirmed: true },
        Message::Centre { ask: CentreAsk::Clients },
        Message::Centre { ask: CentreAsk::Work },
        Message::Centre { ask: CentreAsk::StopPlanning },
        Message::Centre { ask: CentreAsk::LastPlan },
        Message::Centre { ask: CentreAsk::Rows { of: of.clone(), query: RowQuery::default(), offset: 0, count: 1 } },
        Message::Centre { ask: CentreAsk::Item { of: of.clone(), item: text() } },
        Message::Centre {
            ask: CentreAsk::ApplyAll { plan: text(), except: vec![], overwrite: vec![], confirmed: true },
        },
        Message::Centre { ask: CentreAsk::Pause { run: text() } },
        Message::Centre { ask: CentreAsk::GoOn { run: text() } },
        Message::Centre { ask: CentreAsk::Runs { offset: 0, count: 1 } },
        Message::Centre { ask: CentreAsk::PlanUndoItems { run: text(), items: vec![] } },
        Message::Centre { ask: CentreAsk::Export { of, form: ExportForm::Json } },
        Message::Centre { ask: CentreAsk::Mapping { settings: settings() } },
        Message::Centre { ask: CentreAsk::Sorting { kind: RecordKind::Asset, settings: settings() } },
        Message::Centre {
            ask: CentreAsk::Sample { kind: RecordKind::Asset, id: None, next: false, settings: settings() },
        },
        Message::Centre { ask: CentreAsk::Schedule },
        Message::Recipe { ask: RecipeAsk::Undo { run: text(), preview: false } },
        Message::Centre { ask: CentreAsk::ExportSettings },
        Message::Centre { ask: CentreAsk::ReadSettings { text: text() } },
        Message::SaveSettings { settings: Box::new(Settings::default()) },
    ];
    for message in messages {
        for (origin, token) in [
            (frame.clone(), Some(token.clone())),
            (Origin { frame: Some(0), ..frame.clone() }, Some(token.clone())),
            (content(), None),
            (Origin { own_id: false, ..Origin::default() }, None),
        ] {
            let trouble = desk.ask_as(origin, token, message.clone()).await.unwrap_err();
            assert_eq!(trouble.code, "protocol.not_allowed", "{message:?}");
        }
    }
    assert!(
        desk.ask_as(
            frame,
            Some(token),
            Message::Record { record: RecordRef::new(RecordKind::Ticket, 4127), freshness: Freshness::Stored }
        )
        .await
        .is_ok()
    );
}

#[tokio::test(start_paused = true)]
async fn a_save_that_is_cut_off_leaves_no_key_beside_an_address_it_was_not_typed_for() {
    let pair = sandbox();
    for writes in 0..40 {
        let desk = Desk::new(&pair).await;
        let old = desk.sandbox.hudu.api_key();
        desk.host.store.writes_left.set(writes);
        desk.host.store.failing.replace(Some(StoreError::Full));
        let answer = desk
            .ask(Message::SaveHudu { url: "https://other.test".to_owned(), api_key: Some("the new key".to_owned()) })
            .await;
        desk.host.store.failing.take();
        let settings = settings::load(&desk.host.host).await.unwrap();
        let key = Vault::new(desk.host.host.clone()).get(HUDU_KEY).await.unwrap();
        let moved = settings.connections.hudu.unwrap().origin == "https://other.test";
        match key {
            Some(key) => assert_eq!(key, if moved { "the new key" } else { &old }, "after {writes} writes"),
            None => assert!(answer.is_err(), "after {writes} writes"),
        }
        if answer.is_ok() {
            assert!(moved && writes > 2);
            return;
        }
    }
    panic!("it never succeeded");
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_is_cut_off_leaves_no_token_beside_a_connection_it_was_not_made_for() {
    let pair = sandbox();
    pair.halo.switch(|s| {
        s.approve_at_once = true;
        s.redirect_uris = vec![sidelight_tests::host::REDIRECT.to_owned()];
    });
    let halo = pair.halo.credentials();
    let mut last = None;
    for writes in 0..40 {
        let desk = Desk::new(&pair).await;
        let mut saved = settings::load(&desk.host.host).await.unwrap();
        let before = saved.connections.halo.take().unwrap();
        let person = HaloConnection { client_id: "another".to_owned(), sign_in: HaloSignIn::Person, ..before };
        saved.connections.halo = Some(person);
        settings::save(&desk.host.host, &saved).await.unwrap();
        let vault = Vault::new(desk.host.host.clone());
        vault.put(REFRESH_TOKEN, "the old token").await.unwrap();
        desk.host.store.writes_left.set(writes);
        desk.host.store.failing.replace(Some(StoreError::Full));
        let answer = desk
            .ask(Message::SignInHalo {
                resource_server: "http://localhost".to_owned(),
                auth_server: None,
                tenant: Some(halo.tenant.clone()),
                client_id: halo.native_client_id.clone(),
            })
            .await;
        desk.host.store.failing.take();
        let saved = settings::load(&desk.host.host).await.unwrap().connections.halo.unwrap();
        let moved = saved.client_id == halo.native_client_id;
        match vault.get(REFRESH_TOKEN).await.unwrap() {
            Some(token) => assert_eq!(token == "the old token", !moved, "after {writes} writes"),
            None => assert!(answer.is_err(), "after {writes} writes"),
        }
        if answer.is_ok() {
            assert!(moved && writes > 2);
            desk.service.sides().await.unwrap().halo.me().await.unwrap();
            return;
        }
        last = Some(answer);
    }
    panic!("it never succeeded: {last:?}");
}

#[tokio::test(start_paused = true)]
async fn what_still_uses_the_connection_before_gets_no_secret_of_the_new_one() {
    let desk = Desk::new(&sandbox()).await;
    let before = desk.service.sides().await.unwrap();
    before.halo.me().await.unwrap();
    let typed = Message::SaveHalo {
        resource_server: "https://other.test".to_owned(),
        auth_server: None,
        tenant: None,
        client_id: "another".to_owned(),
        client_secret: Some("the new secret".to_owned()),
    };
    desk.ask(typed).await.unwrap();
    desk.sandbox.halo.expire_tokens();
    desk.sandbox.clear_requests();
    assert!(before.halo.me().await.is_err());
    let seen = desk.sandbox.requests(Server::Halo);
    assert!(seen.iter().all(|request| !request.path.contains("/token")), "{seen:?}");
}
