//! Searching: what was typed, what was found, which row is chosen.
//!
//! One question is under way at a time; what was typed meanwhile is asked next, so that a slow answer
//! never comes after a newer one.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::search::view::{FoundView, HitView, IndexView};
use sidelight::assist::view::{DocumentKind, ItemView};
use sidelight::protocol::{Message, Reply};
use sidelight::settings::demo;
use sidelight::t;

use crate::pane::Pane;
use crate::{bridge, clipboard, focus, words};

/// How many documents are shown.
const LIMIT: usize = 40;
/// When the same is asked again while there is more to be found soon.
const AGAIN: std::time::Duration = std::time::Duration::from_millis(1000);

/// A page's search.
#[derive(Clone, Copy)]
pub struct Finder {
    pane: Pane,
    /// What was found for what was typed; `None` while nothing is typed.
    pub found: RwSignal<Option<FoundView>>,
    /// How much can be found.
    pub index: RwSignal<IndexView>,
    /// Other clients too.
    pub everywhere: RwSignal<bool>,
    /// The row that the keys act on.
    pub active: RwSignal<usize>,
    asking: StoredValue<bool>,
    /// The index was asked to make itself ready.
    prepared: StoredValue<bool>,
}

impl Finder {
    /// Makes the search of a page; it follows the words in the pane's box.
    pub fn provide(pane: Pane) -> Self {
        let finder = Self {
            pane,
            found: RwSignal::new(None),
            index: RwSignal::new(IndexView::default()),
            everywhere: RwSignal::new(false),
            active: RwSignal::new(0),
            asking: StoredValue::new(false),
            prepared: StoredValue::new(false),
        };
        provide_context(finder);
        Effect::new(move || {
            pane.filter.track();
            finder.everywhere.track();
            pane.record.track();
            finder.ask();
        });
        // A document that was opened from here gives the focus back to the box.
        Effect::new(move |was_open: Option<bool>| {
            let is_open = pane.open.with(Option::is_some);
            if was_open == Some(true) && !is_open && finder.is_open_untracked() {
                focus::soon("filter".to_owned());
            }
            is_open
        });
        finder
    }

    /// The search of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Whether something is typed.
    pub fn is_open(&self) -> bool {
        self.pane.filter.with(|typed| !typed.trim().is_empty())
    }

    /// Makes the index ready, before the first letter is typed.
    pub fn prepare(&self) {
        let (finder, record) = (*self, self.pane.record.get_untracked());
        self.prepared.set_value(true);
        spawn_local(async move {
            let message = Message::Search { query: String::new(), record, everywhere: true, limit: 0 };
            if let Ok(Reply::Found { found }) = bridge::ask(message).await {
                let _ = finder.index.try_set(found.index);
            }
        });
    }

    fn ask(&self) {
        if !self.is_open() {
            self.found.set(None);
            // Setting it anew would ask again, without end.
            if self.everywhere.get_untracked() {
                self.everywhere.set(false);
            }
            return;
        }
        if self.asking.get_value() {
            return;
        }
        self.asking.set_value(true);
        // Words that came with the address were typed into no box.
        if !self.prepared.get_value() {
            self.prepare();
        }
        let finder = *self;
        spawn_local(async move {
            loop {
                let asked = finder.question();
                let (query, everywhere) = (asked.0.trim().to_owned(), asked.1);
                let record = finder.pane.record.get_untracked();
                let answer = bridge::ask(Message::Search { query, record, everywhere, limit: LIMIT }).await;
                let is_last = finder.question() == asked;
                match answer {
                    Ok(Reply::Found { found }) if !asked.0.trim().is_empty() => {
                        finder.take(*found, is_last);
                    }
                    Err(trouble) => finder.pane.say(trouble.sentence),
                    Ok(_) => {}
                }
                if is_last || !finder.is_open_untracked() {
                    break;
                }
            }
            finder.asking.set_value(false);
        });
    }

    /// Shows what was found. While Hudu is still being read, the same is asked again in a moment.
    fn take(&self, found: FoundView, is_last: bool) {
        let finder = *self;
        let more = found.index.reading || found.index.as_of.is_none();
        if is_last && more && found.index.trouble.is_none() {
            set_timeout(
                move || {
                    if finder.asking.try_get_value() == Some(false) {
                        finder.ask();
                    }
                },
                AGAIN,
            );
        }
        self.index.set(found.index.clone());
        if !self.is_open_untracked() {
            return;
        }
        // The chosen row stays chosen while the same is found.
        if self.found.with_untracked(|shown| shown.as_ref().map(|shown| &shown.groups) != Some(&found.groups)) {
            self.active.set(0);
        }
        if self.found.with_untracked(|shown| shown.as_ref() != Some(&found)) {
            self.found.set(Some(found));
        }
    }

    fn is_open_untracked(&self) -> bool {
        self.pane.filter.with_untracked(|typed| !typed.trim().is_empty())
    }

    fn question(&self) -> (String, bool) {
        (self.pane.filter.get_untracked(), self.everywhere.get_untracked())
    }

    /// Moves the chosen row; it stays within what was found.
    pub fn step(&self, by: isize) {
        let count = self.found.with_untracked(|found| found.as_ref().map_or(0, count));
        let last = count.saturating_sub(1);
        self.active.update(|at| *at = at.saturating_add_signed(by).min(last));
    }

    /// The chosen document.
    pub fn chosen(&self) -> Option<HitView> {
        let at = self.active.get_untracked();
        self.found.with_untracked(|found| found.as_ref()?.groups.iter().flat_map(|group| &group.hits).nth(at).cloned())
    }

    /// Opens a document: here where it can be read here, else in Hudu.
    pub fn open(&self, hit: &HitView) {
        use DocumentKind as K;
        match hit.kind {
            Some(kind @ (K::Asset | K::Person | K::Article | K::Password | K::Process)) => self.pane.open(ItemView {
                kind,
                id: hit.id,
                title: hit.title.clone(),
                subtitle: (!hit.company.is_empty()).then(|| hit.company.clone()),
                chips: Vec::new(),
                words: String::new(),
                url: hit.url.clone(),
                has_code: false,
            }),
            _ => self.open_in_hudu(hit),
        }
    }

    /// Opens a document's page in Hudu, in a tab of its own.
    pub fn open_in_hudu(&self, hit: &HitView) {
        if hit.url.starts_with(demo::HUDU) {
            self.pane.say(t!("Demo data has no page in Hudu."));
            return;
        }
        if window().open_with_url_and_target_and_features(&hit.url, "_blank", "noopener,noreferrer").is_err() {
            self.pane.say(t!("The browser did not open the page."));
        }
    }

    /// Copies what the document is mostly wanted for; its name where it has no such value.
    pub fn copy(&self, hit: &HitView) {
        let (pane, hit) = (self.pane, hit.clone());
        spawn_local(async move {
            let (label, text) = hit.main.unwrap_or((t!("Name"), hit.title));
            let worked = clipboard::copy(&text).await;
            pane.say(words::copied(&label, worked));
        });
    }
}

/// How many rows are shown.
pub fn count(found: &FoundView) -> usize {
    found.groups.iter().map(|group| group.hits.len()).sum()
}
