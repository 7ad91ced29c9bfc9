//! What a sidebar or popup knows and does: the record in view, its documents, its plan.
//!
//! The stored view is painted first and replaced by the fresh one; an answer that belongs to an
//! earlier record is dropped.

mod back;
mod document;
mod plan;
mod snapshot;
mod suggested;

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::relevance::view::SuggestedView;
use sidelight::assist::view::{CompanyState, DocumentKind, DocumentView, ItemView, SidebarView};
use sidelight::halo::record::RecordRef;
use sidelight::protocol::{Event, Freshness, Intent, Message, Reply};
use sidelight::t;
use sidelight::trouble::Trouble;

pub use back::Draft;
pub use plan::{Source, Stage};

use crate::place::Place;
use crate::{bridge, browser, place};

/// Everything a page knows of the record in view.
#[derive(Clone, Copy)]
pub struct Pane {
    /// Where the page stands.
    pub place: StoredValue<Place>,
    /// Whether both connections are set up; `None` until the background said so.
    pub connected: RwSignal<Option<bool>>,
    /// The record in view.
    pub record: RwSignal<Option<RecordRef>>,
    /// What is shown of it.
    pub view: RwSignal<Option<SidebarView>>,
    /// What fits it.
    pub suggested: RwSignal<Option<SuggestedView>>,
    /// A fresh answer is awaited.
    pub looking: RwSignal<bool>,
    /// Why the last answer did not come.
    pub trouble: RwSignal<Option<Trouble>>,
    /// Words in the filter box.
    pub filter: RwSignal<String>,
    /// Sections that the user opened.
    pub expanded: RwSignal<BTreeSet<DocumentKind>>,
    /// The document that is open, as its row in the list.
    pub open: RwSignal<Option<ItemView>>,
    /// The documents through which the open one was reached.
    pub trail: RwSignal<Vec<ItemView>>,
    /// How often the secrets were locked: what is revealed then has to go.
    pub locks: RwSignal<u32>,
    /// Documents of this record that stay open.
    pub opened: RwSignal<Vec<ItemView>>,
    /// Documents of the company that are pinned, and those opened last.
    pub shelf: RwSignal<(Vec<ItemView>, Vec<ItemView>)>,
    /// The open document's content.
    pub document: RwSignal<Option<DocumentView>>,
    /// Why the open document's content did not come.
    pub document_trouble: RwSignal<Option<Trouble>>,
    /// The plan or run that is shown.
    pub stage: RwSignal<Stage>,
    /// The last thing that happened, for the status line and for screen readers.
    pub status: RwSignal<String>,
    /// Id of the button that asked for the plan: the focus goes back to it.
    pub opener: StoredValue<&'static str>,
    turn: StoredValue<u32>,
    /// What is stored of the record is shown, as far as there is any.
    first: RwSignal<bool>,
}

impl Pane {
    /// Makes the pane of this page and starts it.
    pub fn provide() -> Self {
        let pane = Self {
            place: StoredValue::new(place::here()),
            connected: RwSignal::new(None),
            record: RwSignal::new(None),
            view: RwSignal::new(None),
            suggested: RwSignal::new(None),
            looking: RwSignal::new(false),
            trouble: RwSignal::new(None),
            filter: RwSignal::new(String::new()),
            expanded: RwSignal::new(BTreeSet::new()),
            open: RwSignal::new(None),
            trail: RwSignal::new(Vec::new()),
            locks: RwSignal::new(0),
            opened: RwSignal::new(Vec::new()),
            shelf: RwSignal::default(),
            document: RwSignal::new(None),
            document_trouble: RwSignal::new(None),
            stage: RwSignal::new(Stage::Closed),
            status: RwSignal::new(String::new()),
            opener: StoredValue::new("sync"),
            turn: StoredValue::new(0),
            first: RwSignal::new(false),
        };
        provide_context(pane);
        if let Place::Window { record, intent } = pane.place.get_value() {
            pane.show(record);
            pane.take_up(record, intent);
        }
        pane.ask_tab();
        pane.follow_snapshot();
        bridge::hear(move |event| pane.heard(event));
        if pane.place.get_value() == Place::Beside {
            browser::hear("tabs", "onActivated", move |_| pane.ask_tab());
        }
        pane
    }

    /// The pane of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Says something in the status line.
    pub fn say(&self, words: impl Into<String>) {
        self.status.set(words.into());
    }

    /// Goes on in a window of its own, where no page can draw over.
    pub fn elsewhere(&self, intent: Intent) {
        let Some(record) = self.record.get_untracked() else { return };
        bridge::tell(Message::OpenWindow { record, intent });
        self.say(t!("Opened in its own window, where the page cannot draw over it."));
    }

    /// Asks for the record in view again, from the network.
    pub fn refresh(&self) {
        let (pane, turn) = (*self, self.turn.get_value());
        let Some(record) = self.record.get_untracked() else { return };
        self.looking.set(true);
        spawn_local(async move {
            pane.fetch(record, turn, Freshness::Fresh).await;
            if pane.turn.try_get_value() == Some(turn) {
                pane.looking.set(false);
                pane.suggest(record, turn).await;
            }
        });
    }

    /// The user chose the counterpart of a record among candidates.
    pub fn choose(&self, record: RecordRef, target: i64) {
        let pane = *self;
        spawn_local(async move {
            match bridge::ask(Message::Choose { record, target }).await {
                Ok(_) => {
                    pane.say(t!("Chosen."));
                    pane.refresh();
                    pane.plan_again();
                }
                Err(trouble) => pane.say(trouble.sentence),
            }
        });
    }

    /// Hudu id of the company in view.
    pub fn company(&self) -> Option<i64> {
        self.view.with_untracked(|view| match &view.as_ref()?.company {
            CompanyState::Matched { company } => Some(company.id),
            _ => None,
        })
    }

    /// Asks the background which record is in view.
    pub fn ask_tab(&self) {
        let pane = *self;
        spawn_local(async move {
            match bridge::ask(Message::Tab).await {
                Ok(Reply::Tab { record, connected }) => {
                    pane.connected.set(Some(connected));
                    if !connected {
                        // What was read before belongs to a connection that is gone.
                        pane.view.set(None);
                        pane.filter.set(String::new());
                    }
                    if !matches!(pane.place.get_value(), Place::Window { .. }) {
                        pane.show(record);
                    }
                }
                Ok(_) => pane.trouble.set(Some(bridge::odd())),
                Err(trouble) => pane.trouble.set(Some(trouble)),
            }
        });
    }

    fn heard(&self, event: Event) {
        match event {
            Event::RecordInView { tab, record } => match self.place.get_value() {
                Place::Frame { tab: own } if own == tab => self.show(record),
                Place::Frame { .. } | Place::Window { .. } => {}
                Place::Beside => self.ask_tab(),
            },
            Event::RunChanged { run, record } => self.run_changed(run, record),
            // The sync centre's own.
            Event::Working { .. } | Event::PlanReady { .. } => {}
            Event::LockChanged { locked } => {
                if locked {
                    self.locks.update(|locks| *locks += 1);
                    self.say(t!("Locked."));
                }
                self.ask_tab();
                self.refresh();
                self.reload_document();
            }
            Event::SettingsChanged => {
                self.ask_tab();
                self.refresh();
            }
        }
    }

    /// Shows another record; the same one again changes nothing.
    fn show(&self, record: Option<RecordRef>) {
        if self.record.get_untracked() == record {
            return;
        }
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        self.close_document();
        self.opened.set(Vec::new());
        self.shelf.set(Default::default());
        self.stage.set(Stage::Closed);
        self.filter.set(String::new());
        self.trouble.set(None);
        self.view.set(None);
        self.suggested.set(None);
        self.record.set(record);
        self.looking.set(record.is_some());
        let (pane, Some(record)) = (*self, record) else { return };
        spawn_local(async move {
            pane.fetch(record, turn, Freshness::Stored).await;
            pane.suggest_stored(record, turn).await;
            let _ = pane.first.try_set(true);
            pane.fetch(record, turn, Freshness::Fresh).await;
            if pane.turn.get_value() == turn {
                pane.looking.set(false);
                pane.suggest(record, turn).await;
            }
        });
    }

    async fn fetch(&self, record: RecordRef, turn: u32, freshness: Freshness) {
        let answer = bridge::ask(Message::Record { record, freshness }).await;
        if self.turn.get_value() != turn {
            return;
        }
        match answer {
            Ok(Reply::Sidebar { view: Some(view) }) => {
                // What is pinned stands above the sections: it comes with them, not after.
                let shelf = match &view.company {
                    CompanyState::Matched { company } => Self::shelf_of(company.id).await,
                    _ => None,
                };
                if self.turn.get_value() != turn {
                    return;
                }
                if let Some(shelf) = shelf {
                    self.shelf.set(shelf);
                }
                self.view.set(Some(*view));
                self.trouble.set(None);
            }
            Ok(Reply::Sidebar { view: None }) => {}
            Ok(_) => self.trouble.set(Some(bridge::odd())),
            // The network is asked next; only its answer is worth telling.
            Err(_) if freshness == Freshness::Stored => {}
            Err(trouble) => self.trouble.set(Some(trouble)),
        }
    }

    /// Does at once what the user was about to do in the frame, up to the click that counts.
    fn take_up(&self, record: Option<RecordRef>, intent: Intent) {
        match intent {
            // The list of what ends takes the place of the record's.
            Intent::View | Intent::Ending => {}
            Intent::Sync => {
                if let Some(record) = record {
                    self.plan(Source::Record(record));
                }
            }
            Intent::Reveal { password } => self.open(Self::named(DocumentKind::Password, password, None)),
            Intent::Open { kind, id } => self.open(Self::named(kind, id, None)),
            Intent::Publish { article } => self.plan(Source::Publish(article)),
            Intent::Search { text } => self.filter.set(text),
            Intent::Plan { plan } => self.plan(Source::Kept(plan)),
            Intent::Undo { run } => self.plan(Source::Undo(run)),
        }
    }
}
