//! How a page looked, kept among the stored documentation. Against the sandbox pair, in virtual time.

#![allow(clippy::unwrap_used)]

use sidelight::assist::snapshot::Page;
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::http::Product;
use sidelight::protocol::policy::Origin;
use sidelight::protocol::{Message, Reply};
use sidelight_tests::desk::{Desk, content};
use sidelight_tests::host::sandbox;

const CLIENT: RecordRef = RecordRef { kind: RecordKind::Client, id: 12 };

async fn kept(desk: &Desk, page: Page) -> Option<String> {
    match desk.ask(Message::Snapshot { page, record: Some(CLIENT), keep: None }).await.unwrap() {
        Reply::Snapshot { record, snapshot } => {
            assert_eq!(record, Some(CLIENT));
            snapshot
        }
        other => panic!("{other:?}"),
    }
}

async fn keep(desk: &Desk, page: Page, snapshot: &str) {
    desk.ask(Message::Snapshot { page, record: Some(CLIENT), keep: Some(snapshot.to_owned()) }).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_lives_as_long_as_the_documentation_on_it() {
    let desk = Desk::new(&sandbox()).await;
    keep(&desk, Page::Panel, "before anything is stored").await;
    assert_eq!(kept(&desk, Page::Panel).await, None);

    desk.sidebar(RecordKind::Client, CLIENT.id).await.unwrap();
    keep(&desk, Page::Panel, "first").await;
    keep(&desk, Page::Panel, "second").await;
    keep(&desk, Page::Panel, &"x".repeat(300_000)).await;
    assert_eq!(kept(&desk, Page::Panel).await.as_deref(), Some("second"));
    assert_eq!(kept(&desk, Page::Popup).await, None, "each page has its own");

    desk.ask(Message::Disconnect { product: Product::Hudu }).await.unwrap();
    assert_eq!(kept(&desk, Page::Panel).await, None);
    // A page that is still open sends its snapshot late.
    keep(&desk, Page::Panel, "late").await;
    assert_eq!(kept(&desk, Page::Panel).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_frame_sees_the_snapshot_of_its_own_tab_only_with_its_token() {
    let desk = Desk::new(&sandbox()).await;
    let seen = Message::PageSeen { url: "http://halo.test/customers?clientid=12".to_owned() };
    let Reply::Page { record: Some(CLIENT), token, .. } = desk.ask_as(content(), None, seen).await.unwrap() else {
        panic!()
    };
    desk.sidebar(RecordKind::Client, CLIENT.id).await.unwrap();
    keep(&desk, Page::Frame, "seen").await;
    let frame = Origin { extension_page: true, frame: Some(7), embeddable: true, ..content() };
    let ask = Message::Snapshot { page: Page::Frame, record: None, keep: None };
    let answer = desk.ask_as(frame.clone(), Some(token), ask.clone()).await.unwrap();
    assert_eq!(answer, Reply::Snapshot { record: Some(CLIENT), snapshot: Some("seen".to_owned()) });
    for (origin, token) in [(frame.clone(), None), (frame, Some("guess".to_owned())), (content(), None)] {
        assert_eq!(desk.ask_as(origin, token, ask.clone()).await.unwrap_err().code, "protocol.not_allowed");
    }
}
