//! Opening and closing documents: from the list, from one another, and back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::view::{BodyView, DocumentKind, DocumentView, ItemView};
use sidelight::halo::record::RecordKind;
use sidelight::protocol::{Freshness, Message, Reply};
use sidelight::t;

use super::Pane;
use crate::{bridge, words};

/// Documents that stay open beside the one that is read.
const OPEN: usize = 6;

impl Pane {
    /// Opens a document from the list: what is stored at once, then what is fresh.
    pub fn open(&self, item: ItemView) {
        self.trail.set(Vec::new());
        self.turn_to(item);
    }

    /// Opens a document that the open one names; "back" leads to that one again.
    pub fn go_on_to(&self, item: ItemView) {
        let from = self.open.get_untracked();
        self.trail.update(|trail| trail.extend(from.filter(|from| !same(from, &item))));
        self.turn_to(item);
    }

    /// Goes back to the document from which this one was opened; `None` where the list comes next.
    pub fn back(&self) -> Option<()> {
        let before = self.trail.try_update(Vec::pop).flatten()?;
        self.turn_to(before);
        Some(())
    }

    /// Goes back along the trail to the one at this place.
    pub fn back_to(&self, place: usize) {
        let item = self.trail.try_update(|trail| {
            let item = trail.get(place).cloned();
            trail.truncate(place);
            item
        });
        if let Some(item) = item.flatten() {
            self.turn_to(item);
        }
    }

    fn turn_to(&self, item: ItemView) {
        self.opened.update(|opened| match opened.iter_mut().find(|known| same(known, &item)) {
            Some(known) if known.url.is_empty() => *known = item.clone(),
            Some(_) => {}
            None => {
                opened.push(item.clone());
                let over = opened.len().saturating_sub(OPEN);
                opened.drain(..over);
            }
        });
        self.document.set(None);
        self.document_trouble.set(None);
        if let Some(record) = self.record.get_untracked().filter(|record| record.kind == RecordKind::Ticket) {
            bridge::tell(Message::Opened { record, kind: item.kind, id: item.id });
        }
        self.open.set(Some(item));
        self.reload_document();
    }

    /// Asks for the open document again; what is shown stays until the answer is there.
    pub fn reload_document(&self) {
        let pane = *self;
        let Some(item) = self.open.get_untracked() else { return };
        let (kind, id) = (item.kind, item.id);
        if matches!(kind, DocumentKind::Website | DocumentKind::Expiration) {
            // Its row is all that there is.
            self.show_document(row_alone(item));
            return;
        }
        spawn_local(async move {
            for freshness in [Freshness::Stored, Freshness::Fresh] {
                let answer = bridge::ask(Message::Document { kind, id, beside: pane.company(), freshness }).await;
                if !pane.is_open(kind, id) {
                    return;
                }
                match answer {
                    Ok(Reply::Document { view: Some(view) }) => pane.show_document(*view),
                    Ok(Reply::Document { view: None }) => {}
                    Ok(_) => pane.document_trouble.set(Some(bridge::odd())),
                    Err(_) if freshness == Freshness::Stored => {}
                    Err(trouble) => {
                        // Gone from Hudu meanwhile: from the list as well.
                        if trouble.code == "http.not_found" {
                            pane.refresh();
                        }
                        pane.document_trouble.set(Some(trouble));
                    }
                }
            }
            pane.load_shelf();
        });
    }

    /// Shows the content of the open document.
    pub fn show_document(&self, view: DocumentView) {
        if self.is_open(view.kind, view.id) {
            self.document_trouble.set(None);
            // One that was opened by its id alone has its name from now on.
            let unnamed = |item: &ItemView| (item.kind, item.id) == (view.kind, view.id) && item.title != view.title;
            if self.opened.with_untracked(|opened| opened.iter().any(unnamed)) {
                self.opened.update(|opened| {
                    for item in opened.iter_mut().filter(|item| unnamed(item)) {
                        item.title = view.title.clone();
                    }
                });
            }
            self.document.set(Some(view));
        }
    }

    /// Opens a document of which only the id and perhaps the name are known.
    pub fn named(kind: DocumentKind, id: i64, name: Option<String>) -> ItemView {
        ItemView {
            kind,
            id,
            title: name.unwrap_or_else(|| words::document(kind).to_owned()),
            subtitle: None,
            chips: Vec::new(),
            words: String::new(),
            url: String::new(),
            has_code: false,
        }
    }

    /// Closes the document; tells which row had opened it, so that the focus can go back there.
    pub fn close_document(&self) -> Option<ItemView> {
        self.document.set(None);
        self.document_trouble.set(None);
        let open = self.open.try_update(Option::take).flatten();
        let first = self.trail.try_update(|trail| std::mem::take(trail).into_iter().next()).flatten();
        first.or(open)
    }

    /// Takes a document from those that stay open.
    pub fn put_away(&self, kind: DocumentKind, id: i64) {
        self.opened.update(|opened| opened.retain(|item| (item.kind, item.id) != (kind, id)));
        if self.is_open(kind, id) {
            match self.opened.with_untracked(|opened| opened.last().cloned()) {
                Some(next) => self.open(next),
                None => drop(self.close_document()),
            }
        }
    }

    /// Asks what is pinned and what was opened last at the company in view.
    pub fn load_shelf(&self) {
        if let Some(company) = self.company() {
            self.take_shelf(Message::Shelf { company });
        }
    }

    /// What is pinned and what was opened last at a company; `None` where it cannot be told.
    pub(super) async fn shelf_of(company: i64) -> Option<(Vec<ItemView>, Vec<ItemView>)> {
        match bridge::ask(Message::Shelf { company }).await {
            Ok(Reply::Shelf { pinned, recent }) => Some((pinned, recent)),
            _ => None,
        }
    }

    /// Pins a document or takes the pin away.
    pub fn pin(&self, kind: DocumentKind, id: i64, pinned: bool) {
        if let Some(company) = self.company() {
            self.take_shelf(Message::Pin { company, kind, id, pinned });
            self.say(if pinned { t!("Pinned for this client.") } else { t!("No longer pinned.") });
        }
    }

    fn take_shelf(&self, message: Message) {
        let pane = *self;
        spawn_local(async move {
            match bridge::ask(message).await {
                Ok(Reply::Shelf { pinned, recent }) => pane.shelf.set((pinned, recent)),
                Ok(_) => {}
                Err(trouble) => pane.say(trouble.sentence),
            }
        });
    }

    fn is_open(&self, kind: DocumentKind, id: i64) -> bool {
        self.open.with_untracked(|open| open.as_ref().is_some_and(|item| (item.kind, item.id) == (kind, id)))
    }
}

fn row_alone(item: ItemView) -> DocumentView {
    DocumentView {
        kind: item.kind,
        id: item.id,
        title: item.title,
        group: None,
        url: item.url,
        created: None,
        updated: None,
        archived: false,
        as_of: js_sys::Date::now() as i64,
        body: BodyView::Row,
    }
}

fn same(a: &ItemView, b: &ItemView) -> bool {
    (a.kind, a.id) == (b.kind, b.id)
}
