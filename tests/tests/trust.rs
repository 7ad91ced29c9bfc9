//! Who may send the sync centre's messages: pages that no web page can draw over, and nobody else.

#![allow(clippy::unwrap_used)]

use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::protocol::policy::Origin;
use sidelight::protocol::{Freshness, Message, RecipeAsk, Reply};
use sidelight::settings::{Settings, SyncSettings};
use sidelight::sync::table::{ExportForm, RowQuery, Scope, TableOf};
use sidelight_tests::desk::{Desk, content};
use sidelight_tests::host::sandbox;

#[tokio::test(start_paused = true)]
async fn only_trusted_pages_reach_the_sync_centre() {
    let desk = Desk::new(&sandbox()).await;
    let url = "http://halo.test/ticket?id=4127".to_owned();
    let seen = desk.ask_as(content(), None, Message::PageSeen { url }).await.unwrap();
    let Reply::Page { token, .. } = seen else { panic!("{seen:?}") };
    let frame = Origin {
        own_id: true,
        extension_page: true,
        tab: Some(1),
        frame: Some(7),
        embeddable: true,
        ..Origin::default()
    };
    let text = String::new;
    let of = TableOf::Plan(text());
    let settings = || Box::new(SyncSettings::default());
    let messages = [
        Message::PlanAll { scope: Scope::default() },
        Message::PlanLayouts,
        Message::Tools,
        Message::CallTool { name: text(), arguments: text(), confirmed: true },
        Message::Clients,
        Message::Work,
        Message::StopPlanning,
        Message::LastPlan,
        Message::Rows { of: of.clone(), query: RowQuery::default(), offset: 0, count: 1 },
        Message::Item { of: of.clone(), item: text() },
        Message::ApplyAll { plan: text(), except: vec![], overwrite: vec![], confirmed: true },
        Message::Pause { run: text() },
        Message::GoOn { run: text() },
        Message::Runs { offset: 0, count: 1 },
        Message::PlanUndoItems { run: text(), items: vec![] },
        Message::Export { of, form: ExportForm::Json },
        Message::Mapping { settings: settings() },
        Message::Sorting { kind: RecordKind::Asset, settings: settings() },
        Message::Sample { kind: RecordKind::Asset, id: None, next: false, settings: settings() },
        Message::Schedule,
        Message::Recipe { ask: RecipeAsk::Undo { run: text(), preview: false } },
        Message::ExportSettings,
        Message::ReadSettings { text: text() },
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
