//! What a context may ask of the background.

use crate::assist::snapshot::Page;
use crate::assist::view::DocumentKind;
use crate::halo::record::RecordRef;
use crate::html::PictureOf;
use crate::http::Product;
use crate::json::Json;
use crate::protocol::{Back, CentreAsk, Freshness, Intent, RecipeAsk, SecretPart, SecretUse};
use crate::settings::Settings;
use crate::sync::back::Typed;

/// What a context asks of the background.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(tag = "say")]
pub enum Message {
    /// Content script: this is the page's address now. Answer: `Reply::Page`.
    PageSeen {
        /// `location.href`.
        url: String,
    },
    /// Content script: the user opened, closed or resized the sidebar. Answer: `Reply::Done`.
    FrameChanged {
        /// Open or closed.
        open: bool,
        /// CSS pixels.
        width: u32,
    },
    /// Frame: which record does my tab show? Answer: `Reply::Tab`.
    Tab,
    /// How this page looked when it last showed the record, to be seen until it stands. Answer: `Reply::Snapshot`.
    Snapshot {
        /// Which page.
        page: Page,
        /// The record; of a page that stands beside a tab, the tab's.
        record: Option<RecordRef>,
        /// How it looks now, before anybody touched it: kept, and none is answered.
        keep: Option<String>,
    },
    /// The sidebar of a record. Answer: `Reply::Sidebar`.
    Record {
        /// The record.
        record: RecordRef,
        /// From the store (at once) or from the network.
        freshness: Freshness,
    },
    /// One document, of the company in view or of any other. Answer: `Reply::Document`.
    Document {
        /// Kind.
        kind: DocumentKind,
        /// Hudu id.
        id: i64,
        /// Hudu id of the company in view: it is looked for there first.
        beside: Option<i64>,
        /// From the store (at once) or from the network.
        freshness: Freshness,
    },
    /// What of the documentation fits the ticket in view, or is related to another record. Answer: `Reply::Suggested`.
    Suggested {
        /// The record.
        record: RecordRef,
        /// From the store, or ranked anew.
        freshness: Freshness,
        /// Read the Central knowledge base, or Hudu's relations, first where that is due.
        central: bool,
    },
    /// A document was opened for a record: similar tickets are helped by it. Answer: `Reply::Done`.
    Opened {
        /// The record.
        record: RecordRef,
        /// Kind of the document.
        kind: DocumentKind,
        /// Its Hudu id.
        id: i64,
    },
    /// Documents that hold these words; none makes the index ready and tells how it stands. Answer: `Reply::Found`.
    Search {
        /// What was typed.
        query: String,
        /// The record whose client's documentation comes first.
        record: Option<RecordRef>,
        /// All clients; else only the client of the record, where one is known.
        everywhere: bool,
        /// How many documents are answered, at most 200.
        limit: usize,
    },
    /// The plan for the record in view: to Hudu, or for an article from Hudu. Answer: `Reply::Plan`.
    Plan {
        /// The record.
        record: RecordRef,
    },
    /// The plan that publishes a Hudu article in Halo. Answer: `Reply::Plan`.
    PlanPublish {
        /// Hudu id of the article.
        article: i64,
    },
    /// The form for what is written back by hand. Answer: `Reply::Form`.
    Form {
        /// What.
        back: Back,
    },
    /// The plan that writes it. Answer: `Reply::Plan`.
    PlanBack {
        /// What.
        back: Back,
        /// What was typed into its form.
        typed: Vec<Typed>,
    },
    /// A plan that was shown before and is not applied yet. Answer: `Reply::Plan`.
    KeptPlan {
        /// `PlanView::id`.
        plan: String,
    },
    /// Ways to act on a ticket, for the settings. Answer: `Reply::Outcomes`.
    Outcomes,
    /// Applies a plan that was shown. Answer: `Reply::Run`.
    Apply {
        /// `PlanView::id`.
        plan: String,
        /// Items in conflict whose target the user agreed to overwrite.
        overwrite: Vec<String>,
    },
    /// The plan that undoes a run, from its before images. Answer: `Reply::Plan`.
    PlanUndo {
        /// `RunView::id`.
        run: String,
    },
    /// A run's state. Answer: `Reply::Run`.
    Run {
        /// `RunView::id`.
        run: String,
    },
    /// The user chose the counterpart among candidates. Answer: `Reply::Done`.
    Choose {
        /// The Halo record.
        record: RecordRef,
        /// Hudu id of the counterpart; for a ticket, of the company.
        target: i64,
    },
    /// One secret, on a trusted click. Answer: `Reply::Secret`.
    Reveal {
        /// Hudu id of the password.
        password: i64,
        /// Which part.
        part: SecretPart,
        /// What for: noted on this device, without the value.
        how: SecretUse,
        /// The record in view, for that note.
        record: Option<RecordRef>,
    },
    /// Starts a process for the company that it belongs to. Answer: `Reply::Started`.
    StartProcess {
        /// Hudu id of the process.
        process: i64,
    },
    /// Ticks a step of a started process, or takes the tick back. Answer: `Reply::Document`.
    TickTask {
        /// Hudu id of the started process.
        process: i64,
        /// Hudu id of the step.
        task: i64,
        /// Done or not.
        done: bool,
    },
    /// Takes back the start of a process: what was made is archived in Hudu. Answer: `Reply::Done`.
    TakeBackProcess {
        /// Hudu id of the started process.
        process: i64,
    },
    /// Files and photos of a document and what was done to it lately. Answer: `Reply::Extras`.
    Extras {
        /// Kind.
        kind: DocumentKind,
        /// Hudu id.
        id: i64,
    },
    /// A picture of a document, by its name. Answer: `Reply::Picture`.
    Picture {
        /// Where Hudu keeps it.
        of: PictureOf,
        /// Its number there.
        id: i64,
        /// The user asked for this one; else the settings say whether it is shown.
        asked: bool,
    },
    /// Documents of a company that the user pinned, and those opened last. Answer: `Reply::Shelf`.
    Shelf {
        /// Hudu id of the company.
        company: i64,
    },
    /// Pins a document, or takes the pin away. Answer: `Reply::Shelf`.
    Pin {
        /// Hudu id of the company.
        company: i64,
        /// Kind.
        kind: DocumentKind,
        /// Hudu id.
        id: i64,
        /// Pinned or not.
        pinned: bool,
    },
    /// What ends soon, of all clients. Answer: `Reply::Ending`.
    Ending,
    /// The clipboard may hold a secret: clear it after a while if it still does. Answer: `Reply::Done`.
    Copied {
        /// SHA-256 of what was copied, hexadecimal, so that the value itself is not sent again.
        digest: String,
    },
    /// Continue where the page cannot draw: opens a window of the extension. Answer: `Reply::Done`.
    OpenWindow {
        /// The record.
        record: RecordRef,
        /// What the user was about to do.
        intent: Intent,
    },
    /// The connections as they stand. Answer: `Reply::Connections`.
    Connections,
    /// Saves HaloITSM; a secret that is `None` stays as it was. Answer: `Reply::Connections`.
    SaveHalo {
        /// Resource server as typed.
        resource_server: String,
        /// Authorisation server as typed, if any.
        auth_server: Option<String>,
        /// Tenant as typed, if any.
        tenant: Option<String>,
        /// Client ID.
        client_id: String,
        /// Client secret; `None` keeps the stored one.
        client_secret: Option<String>,
    },
    /// Saves HaloITSM and signs in as a person in Halo's own window. Answer: `Reply::Connections`.
    SignInHalo {
        /// Resource server as typed.
        resource_server: String,
        /// Authorisation server as typed, if any.
        auth_server: Option<String>,
        /// Tenant as typed, if any.
        tenant: Option<String>,
        /// Client ID of an application with "Authorisation Code (Native Application)".
        client_id: String,
    },
    /// Saves Hudu; a key that is `None` stays as it was. Answer: `Reply::Connections`.
    SaveHudu {
        /// Hudu URL as typed.
        url: String,
        /// API key; `None` keeps the stored one.
        api_key: Option<String>,
    },
    /// Forgets a connection with its secrets and everything stored from it. Answer: `Reply::Connections`.
    Disconnect {
        /// Which.
        product: Product,
    },
    /// How the secrets are locked. Answer: `Reply::Lock`.
    LockState,
    /// Locks the secrets now. Answer: `Reply::Lock`.
    Lock,
    /// Unlocks them. Answer: `Reply::Lock`.
    Unlock {
        /// The passphrase; empty where none is set.
        passphrase: String,
    },
    /// Sets, changes or takes away the passphrase. Answer: `Reply::Lock`.
    SetPassphrase {
        /// The present one; empty where none is set.
        present: String,
        /// The new one; `None` takes it away.
        new: Option<String>,
    },
    /// Forgets both connections, secrets, everything stored from them and the passphrase. Answer: `Reply::Connections`.
    ForgetAll,
    /// Checks both connections. Answer: `Reply::Check`.
    Check,
    /// Everything the user chose. Answer: `Reply::Settings`.
    Settings,
    /// Saves everything the user chose, connections excepted. Answer: `Reply::Settings`.
    SaveSettings {
        /// The whole.
        settings: Box<Settings>,
    },
    /// What is asked for the sync centre.
    Centre {
        /// What.
        ask: CentreAsk,
    },
    /// What can be called by name. Answer: `Reply::Tools`.
    Tools,
    /// Calls one of them. Answer: `Reply::Called`.
    CallTool {
        /// Its name.
        name: String,
        /// Its arguments: a JSON object, as text.
        arguments: String,
        /// The user agreed to what it writes.
        confirmed: bool,
    },
    /// What is asked of recipes.
    Recipe {
        /// What.
        ask: RecipeAsk,
    },
}
