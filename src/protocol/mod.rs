//! The messages between the extension's contexts, and who may send which.
//!
//! A message is one JSON value `{"say": …}`; the answer is `{"ok": …}` or `{"trouble": …}`.
//! No message carries an address to fetch, a header or a body for one: the address in
//! [`Message::PageSeen`] and [`Message::Record`] is only read, to learn which record it names.

mod back;
mod centre;
mod message;
pub mod policy;
mod recipe;
mod reply;

use crate::assist::view::DocumentKind;
use crate::halo::record::RecordRef;
use crate::json::Json;
use crate::sync::table::Work;
use crate::sync::view::RunView;
use crate::trouble::Trouble;

pub use crate::vault::{SecretPart, SecretUse};
pub use back::Back;
pub use centre::CentreAsk;
pub use message::Message;
pub use recipe::RecipeAsk;
pub use reply::{ClientView, Reply, ScheduleView};

/// From the store, or from the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Freshness {
    /// What was stored last; answers at once and uses no network.
    Stored,
    /// From the network, then stored.
    Fresh,
}

/// What the user was about to do when it had to move to a window of its own.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(tag = "intent")]
pub enum Intent {
    /// Look at the record.
    View,
    /// Review and apply its plan.
    Sync,
    /// See this password.
    Reveal {
        /// Hudu id.
        password: i64,
    },
    /// Read this document, and do there what has to be seen.
    Open {
        /// Kind.
        kind: DocumentKind,
        /// Hudu id.
        id: i64,
    },
    /// Publish this Hudu article.
    Publish {
        /// Hudu id.
        article: i64,
    },
    /// Look for these words in the documentation.
    Search {
        /// What to look for.
        text: String,
    },
    /// Look through what ends soon, of all clients.
    Ending,
    /// Look through this plan, and apply it.
    Plan {
        /// `PlanView::id`.
        plan: String,
    },
    /// Undo this run.
    Undo {
        /// `RunView::id`.
        run: String,
    },
}

/// The answer on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub enum Answer {
    /// It worked.
    Ok(Reply),
    /// It did not.
    Trouble(Trouble),
}

/// What a page sends: the message, with the token where the page is an in-page frame.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct Envelope {
    /// Token of the frame's tab, from the fragment of the frame's address.
    #[json(omit)]
    pub token: Option<String>,
    /// The message.
    #[json(flat)]
    pub message: Message,
}

/// What the background tells every page without being asked.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(tag = "event")]
pub enum Event {
    /// A tab shows another record.
    RecordInView {
        /// The browser's id of the tab.
        tab: i64,
        /// The record, if any.
        record: Option<RecordRef>,
    },
    /// A run went on or ended.
    RunChanged {
        /// The run.
        run: RunView,
        /// The one record that it was about, for the pages that show it.
        record: Option<RecordRef>,
    },
    /// The secrets were locked or unlocked.
    LockChanged {
        /// Locked now.
        locked: bool,
    },
    /// Connections, settings or permissions changed.
    SettingsChanged,
    /// The work for the sync centre went on. Told at most four times a second.
    Working {
        /// What is being done.
        work: Work,
    },
    /// Planning everything came to its end.
    PlanReady {
        /// Id of the plan.
        plan: String,
    },
}
