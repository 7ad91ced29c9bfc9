//! What the sidebar and the popup show of one record. No secret has a place in these types.

mod document;

pub use document::{
    ActivityView, AssetLink, BodyView, Deed, DeedView, DocumentView, ExtrasView, FieldKind, FieldView, FileView,
    TaskView, UseView,
};

use crate::halo::record::RecordRef;
pub use crate::hudu::Strength;
use crate::json::{Json, Shape};
use crate::sync::view::CandidateView;
use crate::trouble::Trouble;

/// A record in view with its documentation.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct SidebarView {
    /// The Halo record.
    pub record: RecordView,
    /// The Hudu company.
    pub company: CompanyState,
    /// The record's own counterpart in Hudu (for a ticket: none is looked for).
    pub counterpart: CounterpartState,
    /// Whether Halo and Hudu agree on the record.
    pub standing: Standing,
    /// The company's documentation, one entry per kind, in the order in which they are shown.
    pub sections: Vec<SectionView>,
    /// Whether this came from the store only (a fresh answer is worth asking for).
    pub stored: bool,
    /// The run that can still be undone for this record, if the last one can.
    pub last_run: Option<String>,
    /// Of a ticket with the audit trail on: how many documents were used for it that no note names yet.
    #[json(default)]
    pub untold: Option<usize>,
    /// What the user should know though everything is shown (this device has no room left).
    #[json(default)]
    pub notice: Option<Trouble>,
}

/// The Halo record in view.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct RecordView {
    /// Kind and id.
    pub record: RecordRef,
    /// "VPN drops every few minutes", "HF-LT-042".
    pub title: String,
    /// "Harbour & Finch Ltd · Leith office · Dana Whitfield".
    pub subtitle: String,
    /// The client's name.
    pub client: Option<String>,
    /// Halo id of the client.
    pub client_id: Option<i64>,
    /// Of a ticket: its user and its assets, by name.
    #[json(default)]
    pub about: Vec<(RecordRef, String)>,
}

/// The Hudu company of the record in view.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
#[json(tag = "state")]
pub enum CompanyState {
    /// Known.
    Matched {
        /// The company.
        company: CompanyView,
    },
    /// Several could be meant, or only likely ones: the user chooses.
    Ambiguous {
        /// To choose from.
        candidates: Vec<CandidateView>,
    },
    /// Hudu has none for this client.
    Missing {
        /// Why, in one sentence.
        reason: String,
    },
    /// The record has no client (a Central article).
    NotNeeded,
    /// It could not be found out.
    Unknown {
        /// What went wrong.
        trouble: Trouble,
    },
}

/// A Hudu company.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct CompanyView {
    /// Hudu id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// One line; empty parts left out.
    pub address: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// Website, with scheme.
    pub website: Option<String>,
    /// Sanitised HTML.
    pub notes_html: Option<String>,
    /// Customer, prospect, …
    pub kind: Option<String>,
    /// Put away in Hudu.
    pub archived: bool,
    /// Absolute address.
    pub url: String,
    /// How it was matched ("linked by Hudu's own Halo integration").
    pub why: String,
    /// Milliseconds since 1970 at which this was read.
    pub as_of: i64,
}

/// The record's own counterpart in Hudu.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
#[json(tag = "state")]
// There is one for the record in view: its size does not matter.
#[allow(clippy::large_enum_variant)]
pub enum CounterpartState {
    /// A ticket has none; for a client the company itself is the counterpart.
    NotNeeded,
    /// Known.
    Matched {
        /// The document.
        document: DocumentView,
        /// How it was matched ("same serial").
        why: String,
    },
    /// Several could be meant.
    Ambiguous {
        /// To choose from.
        candidates: Vec<CandidateView>,
    },
    /// None, and why.
    Missing {
        /// One sentence.
        reason: String,
    },
    /// It could not be found out.
    Unknown {
        /// What went wrong.
        trouble: Trouble,
    },
}

/// Whether both sides agree.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
#[json(tag = "state")]
pub enum Standing {
    /// Both sides agree.
    InStep,
    /// These fields differ.
    Differs {
        /// Labels.
        fields: Vec<String>,
    },
    /// Hudu has never seen it.
    NotInHudu,
    /// The user has to choose or decide first.
    NeedsChoice,
    /// Not something to be synced (a ticket), or not known yet.
    NotApplicable,
    /// It could not be found out.
    Unknown {
        /// What went wrong.
        trouble: Trouble,
    },
}

/// A kind of documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Json, Shape)]
pub enum DocumentKind {
    /// An asset of any layout.
    Asset,
    /// An asset of the layout that holds people.
    Person,
    /// A knowledge-base article.
    Article,
    /// A password: name and user name only.
    Password,
    /// A process (procedure).
    Process,
    /// A website.
    Website,
    /// A date on which something ends.
    Expiration,
}

impl DocumentKind {
    /// Every kind, in the order of the sections.
    pub const ALL: [Self; 7] =
        [Self::Asset, Self::Person, Self::Article, Self::Password, Self::Process, Self::Website, Self::Expiration];
}

/// All documents of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct SectionView {
    /// Kind.
    pub kind: DocumentKind,
    /// How many there are.
    pub count: usize,
    /// Groups with a label (a layout, a folder); one group without a label where there are none.
    pub groups: Vec<GroupView>,
    /// Milliseconds since 1970 at which this was read; `None` when it never was.
    pub as_of: Option<i64>,
    /// Why it is missing or old.
    pub trouble: Option<Trouble>,
}

/// Documents under one label.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct GroupView {
    /// Layout or folder.
    pub label: Option<String>,
    /// Documents.
    pub items: Vec<ItemView>,
}

/// One document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct ItemView {
    /// Kind.
    pub kind: DocumentKind,
    /// Hudu id.
    pub id: i64,
    /// Name or title.
    pub title: String,
    /// User name, serial, job title, date …
    pub subtitle: Option<String>,
    /// Short remarks.
    pub chips: Vec<Chip>,
    /// More words that the filter box finds it by (serial, e-mail, address), lower case.
    pub words: String,
    /// Absolute address in Hudu.
    pub url: String,
    /// Whether it is a password with a one-time code.
    #[json(default)]
    pub has_code: bool,
}

/// A short remark with a tone.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct Chip {
    /// Two or three words.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// How a remark is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum Tone {
    /// By the way.
    Plain,
    /// What it is about.
    Accent,
    /// Fine.
    Good,
    /// Needs a look.
    Warn,
    /// Overdue, blocked.
    Bad,
}
