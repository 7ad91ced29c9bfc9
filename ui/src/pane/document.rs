//! Opening and closing a document.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::view::{DocumentKind, ItemView};
use sidelight::protocol::{Freshness, Message, Reply};

use super::Pane;
use crate::{bridge, words};

impl Pane {
    /// Opens a document: what is stored at once, then what is fresh.
    pub fn open(&self, item: ItemView) {
        self.document.set(None);
        self.document_trouble.set(None);
        self.open.set(Some(item));
        self.reload_document();
    }

    /// Asks for the open document again; what is shown stays until the answer is there.
    pub fn reload_document(&self) {
        let pane = *self;
        let Some((kind, id)) = self.open.with_untracked(|open| open.as_ref().map(|item| (item.kind, item.id))) else {
            return;
        };
        spawn_local(async move {
            for freshness in [Freshness::Stored, Freshness::Fresh] {
                let answer = bridge::ask(Message::Document { kind, id, freshness }).await;
                if !pane.is_open(kind, id) {
                    return;
                }
                match answer {
                    Ok(Reply::Document { view: Some(view) }) => {
                        pane.document_trouble.set(None);
                        pane.document.set(Some(*view));
                    }
                    Ok(Reply::Document { view: None }) => {}
                    Ok(_) => pane.document_trouble.set(Some(bridge::odd())),
                    Err(_) if freshness == Freshness::Stored => {}
                    Err(trouble) => pane.document_trouble.set(Some(trouble)),
                }
            }
        });
    }

    /// Opens a document of which only the id is known.
    pub fn open_by_id(&self, kind: DocumentKind, id: i64) {
        self.open(ItemView {
            kind,
            id,
            title: words::document(kind).to_owned(),
            subtitle: None,
            chips: Vec::new(),
            words: String::new(),
            url: String::new(),
        });
    }

    /// Closes the document; tells which row had opened it, so that the focus can go back there.
    pub fn close_document(&self) -> Option<ItemView> {
        self.document.set(None);
        self.document_trouble.set(None);
        self.open.try_update(Option::take).flatten()
    }

    fn is_open(&self, kind: DocumentKind, id: i64) -> bool {
        self.open.with_untracked(|open| open.as_ref().is_some_and(|item| (item.kind, item.id) == (kind, id)))
    }
}
