//! What the sidebar shows of one document. No secret has a place in these types.

use crate::assist::view::{Chip, DocumentKind, ItemView};
use crate::halo::record::RecordRef;
use crate::hudu::Strength;
use crate::json::{Json, Shape};
use crate::trouble::Trouble;
use crate::vault::{SecretPart, SecretUse};

/// One document, open.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct DocumentView {
    /// Kind.
    pub kind: DocumentKind,
    /// Hudu id.
    pub id: i64,
    /// Name or title.
    pub title: String,
    /// Layout or folder path.
    pub group: Option<String>,
    /// Absolute address in Hudu.
    pub url: String,
    /// Milliseconds since 1970 at which it was made in Hudu.
    #[json(default)]
    pub created: Option<i64>,
    /// Milliseconds since 1970 of the last edit in Hudu.
    pub updated: Option<i64>,
    /// Put away in Hudu: shown all the same, and said so.
    #[json(default)]
    pub archived: bool,
    /// Milliseconds since 1970 at which this was read.
    pub as_of: i64,
    /// What is in it.
    pub body: BodyView,
}

/// What is in a document.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
#[json(tag = "is")]
// There is one for the document that is open: its size does not matter.
#[allow(clippy::large_enum_variant)]
pub enum BodyView {
    /// Fields in the layout's order; empty ones left out.
    Fields {
        /// The fields.
        fields: Vec<FieldView>,
        /// Passwords that belong to this asset.
        passwords: Vec<ItemView>,
    },
    /// An article.
    Article {
        /// Sanitised HTML: no script, no event handlers, no `javascript:`, links made absolute.
        html: String,
        /// Halo id of the article it was published as, where that is known.
        published: Option<i64>,
    },
    /// A password without its secret.
    Password {
        /// Account.
        username: Option<String>,
        /// Whether a one-time code can be shown.
        one_time_code: bool,
        /// Plain text.
        notes: Option<String>,
        /// Login page.
        login_url: Option<String>,
        /// How well it resists guessing, where that was worked out.
        strength: Option<Strength>,
        /// How old it is, where that is worth a remark.
        age: Option<Chip>,
        /// The asset that it belongs to.
        asset: Option<ItemView>,
        /// What it was used for from this browser, newest first. No value.
        uses: Vec<UseView>,
    },
    /// A process with its steps.
    Process {
        /// Plain text.
        description: Option<String>,
        /// Steps in order.
        tasks: Vec<TaskView>,
        /// A run of a process for this company; else the process itself, which can be started.
        run: bool,
        /// What was done with it from this browser, newest first.
        deeds: Vec<DeedView>,
    },
    /// Nothing more than the list row.
    Row,
}

/// One field of an asset.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct FieldView {
    /// Label.
    pub label: String,
    /// Value as text; for rich text sanitised HTML.
    pub value: String,
    /// How to show it.
    pub kind: FieldKind,
    /// Assets that it links to.
    #[json(default)]
    pub links: Vec<AssetLink>,
    /// A remark ("ended 12 days ago").
    #[json(default)]
    pub chip: Option<Chip>,
}

impl FieldView {
    /// A field without links and remark.
    pub fn new(label: impl Into<String>, value: impl Into<String>, kind: FieldKind) -> Self {
        Self { label: label.into(), value: value.into(), kind, links: Vec::new(), chip: None }
    }
}

/// An asset that a field links to.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct AssetLink {
    /// Hudu id.
    pub id: i64,
    /// An asset or a person.
    pub kind: DocumentKind,
    /// Name.
    pub name: String,
    /// Whether it can be opened here: it is among the company's assets that were read.
    pub known: bool,
}

/// How a field's value is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum FieldKind {
    /// Text.
    Text,
    /// Text in several lines (an address).
    Lines,
    /// Text in fixed width (serial, IP or MAC address).
    Code,
    /// Address of a page, with scheme http or https.
    Link,
    /// E-mail address.
    Email,
    /// Phone number.
    Phone,
    /// `YYYY-MM-DD`.
    Date,
    /// `true` or `false`.
    Check,
    /// Sanitised HTML.
    Html,
    /// Linked assets.
    Assets,
    /// A secret kept in the asset itself: the value is empty here and is not shown.
    Secret,
}

/// One step of a process.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct TaskView {
    /// Hudu id; `None` where the version tells none: it cannot be ticked then.
    pub id: Option<i64>,
    /// Name.
    pub name: String,
    /// Plain text.
    pub notes: Option<String>,
    /// Done, in Hudu or on this device.
    pub done: bool,
    /// Ticked on this device only: Hudu's interface did not take it.
    pub here: bool,
    /// When it is due, where that matters.
    pub due: Option<Chip>,
}

/// One thing that was done with a process from this browser.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct DeedView {
    /// Milliseconds since 1970.
    pub time: i64,
    /// Who was signed in to HaloITSM; empty where that is not known.
    pub who: String,
    /// What.
    pub what: Deed,
    /// Name of the step; empty where the whole process is meant.
    pub step: String,
}

/// What is done with a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum Deed {
    /// It was started.
    Started,
    /// A step was ticked.
    Ticked,
    /// A tick was taken back.
    Unticked,
}

/// One use of a password from this browser.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct UseView {
    /// Milliseconds since 1970.
    pub time: i64,
    /// Who was signed in to HaloITSM; empty where that is not known.
    pub who: String,
    /// The record in view.
    pub record: Option<RecordRef>,
    /// Password or one-time code.
    pub part: SecretPart,
    /// Shown or copied.
    pub how: SecretUse,
}

/// What belongs to a document and is asked for only when somebody wants to see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json, Shape)]
pub struct ExtrasView {
    /// Files and photos.
    pub files: Vec<FileView>,
    /// What was done to it in Hudu, newest first.
    pub activity: Vec<ActivityView>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
}

/// A file or a photo: it opens in Hudu.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct FileView {
    /// Name or caption.
    pub name: String,
    /// "PDF · 2.1 MB"; "Photo".
    pub note: String,
    /// Absolute address in Hudu.
    pub url: String,
}

/// One thing that was done to a document in Hudu.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct ActivityView {
    /// Milliseconds since 1970, where it was told.
    pub time: Option<i64>,
    /// Who; empty where it was not told.
    pub who: String,
    /// "updated", "viewed".
    pub what: String,
}
