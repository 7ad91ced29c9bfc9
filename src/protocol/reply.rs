//! What the background answers.

use crate::assist::ending::EndingView;
use crate::assist::relevance::view::SuggestedView;
use crate::assist::search::view::FoundView;
use crate::assist::view::{DocumentView, ExtrasView, ItemView, SidebarView};
use crate::halo::record::RecordRef;
use crate::json::Json;
use crate::mapping::view::{MappingView, SampleView, SortingView};
use crate::recipes::journal::Head;
use crate::recipes::view::{self as recipes, RecipeView};
use crate::settings::check::CheckLine;
use crate::settings::{Connections, FrameSettings, Settings};
use crate::sync::back::{FormView, Outcome};
use crate::sync::table::{RowsView, RunHead, SummaryView, Work};
use crate::sync::view::{PlanItemView, PlanView, RunView};
use crate::tools::ToolView;
use crate::trouble::Trouble;
use crate::vault::LockView;

/// What the background answers.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(tag = "is")]
pub enum Reply {
    /// Nothing more to say.
    Done,
    /// What the content script needs.
    Page {
        /// The record that the address names, if any: without one no sidebar is shown.
        record: Option<RecordRef>,
        /// How the sidebar stands.
        frame: FrameSettings,
        /// Token that this tab's frame has to show with each message.
        token: String,
        /// The browser's id of the tab, which the content script cannot learn by itself.
        tab: i64,
    },
    /// What the frame needs to begin.
    Tab {
        /// The record in view in that tab.
        record: Option<RecordRef>,
        /// Whether both connections are set up.
        connected: bool,
    },
    /// How a page looked.
    Snapshot {
        /// The record in view.
        record: Option<RecordRef>,
        /// `None` where none was kept.
        snapshot: Option<String>,
    },
    /// A record's sidebar.
    Sidebar {
        /// `None` when nothing is stored yet.
        view: Option<Box<SidebarView>>,
    },
    /// What fits the record.
    Suggested {
        /// `None` when nothing is stored yet, or for a record that has neither.
        view: Option<Box<SuggestedView>>,
    },
    /// A document.
    Document {
        /// `None` when nothing is stored yet.
        view: Option<Box<DocumentView>>,
    },
    /// A form for what is written back.
    Form {
        /// The form.
        form: FormView,
    },
    /// Ways to act on a ticket.
    Outcomes {
        /// In the tenant's order.
        outcomes: Vec<Outcome>,
    },
    /// What a search found.
    Found {
        /// Documents by kind, and how much is in the index.
        found: Box<FoundView>,
    },
    /// Files, photos and activity of a document.
    Extras {
        /// The whole.
        extras: ExtrasView,
    },
    /// A picture.
    Picture {
        /// The whole picture as a `data:` address; `None` where the user wants none unasked.
        url: Option<String>,
    },
    /// A process was started for its company.
    Started {
        /// Hudu id of what was made.
        process: i64,
    },
    /// What ends soon, of all clients.
    Ending {
        /// What ends first stands first; what ended lately comes after.
        ending: EndingView,
    },
    /// What the user keeps at hand of a company.
    Shelf {
        /// Pinned documents, in the order in which they were pinned.
        pinned: Vec<ItemView>,
        /// Opened last, newest first.
        recent: Vec<ItemView>,
    },
    /// A plan.
    Plan {
        /// The plan.
        plan: PlanView,
    },
    /// A run.
    Run {
        /// The run.
        run: RunView,
    },
    /// The one value asked for.
    Secret {
        /// Clear text: to be shown for 30 seconds or copied, never kept.
        value: String,
        /// For a one-time code: milliseconds since 1970 at which it ends.
        until: Option<i64>,
    },
    /// The connections.
    Connections {
        /// Without secrets.
        connections: Connections,
        /// Whether a client secret or a person's sign-in is stored for HaloITSM.
        halo_secret: bool,
        /// Whether an API key is stored for Hudu.
        hudu_key: bool,
        /// "Login Redirect URL" to be entered in Halo for signing in as a person.
        redirect_url: Option<String>,
    },
    /// How the secrets are locked.
    Lock {
        /// The lock.
        lock: LockView,
    },
    /// The check.
    Check {
        /// Lines in order, HaloITSM first.
        lines: Vec<CheckLine>,
    },
    /// Everything the user chose.
    Settings {
        /// The whole.
        settings: Box<Settings>,
    },
    /// Clients to choose from.
    Clients {
        /// Those in use, by name.
        clients: Vec<ClientView>,
    },
    /// What the background is doing.
    Work {
        /// For the sync centre.
        work: Work,
    },
    /// A large plan at a glance.
    Summary {
        /// `None` when none is kept.
        summary: Option<Box<SummaryView>>,
    },
    /// Rows.
    Rows {
        /// The window.
        rows: RowsView,
    },
    /// One item.
    Item {
        /// The item.
        item: Box<PlanItemView>,
    },
    /// The history.
    Runs {
        /// Newest first.
        runs: Vec<RunHead>,
        /// How many there are in all.
        total: usize,
    },
    /// The unattended sync.
    Schedule {
        /// How it stands.
        schedule: ScheduleView,
    },
    /// The recipes.
    Recipes {
        /// In the order of the table.
        recipes: Vec<RecipeView>,
    },
    /// What a recipe would do.
    RecipePlan {
        /// The plan.
        plan: Box<recipes::PlanView>,
    },
    /// What a recipe did, or what taking it back came to.
    RecipeRun {
        /// The run.
        run: Box<recipes::RunView>,
    },
    /// Recipes that were run.
    RecipeRuns {
        /// Newest first.
        runs: Vec<Head>,
    },
    /// A file for the user to keep.
    File {
        /// Name to suggest.
        name: String,
        /// Media type.
        media: String,
        /// Content.
        text: String,
    },
    /// What the mapping pages need to know.
    Mapping {
        /// Layouts, Halo's fields, what does not fit.
        mapping: Box<MappingView>,
    },
    /// What the sort rules do.
    Sorting {
        /// Counts and what falls through.
        sorting: Box<SortingView>,
    },
    /// What can be called by name.
    Tools {
        /// All, those of HaloITSM first.
        tools: Vec<ToolView>,
    },
    /// What a tool answered.
    Called {
        /// JSON: `result`, and `next_cursor` where a list goes on. As text, because it is the server's own.
        answer: String,
    },
    /// A record as it would be in Hudu.
    Sample {
        /// The sample; `None` where there is no such record.
        sample: Option<Box<SampleView>>,
    },
}

/// A client to choose.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct ClientView {
    /// Halo id.
    pub id: i64,
    /// Name.
    pub name: String,
}

/// How the unattended sync stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct ScheduleView {
    /// When the last one began, milliseconds since 1970; `None` before the first.
    pub last: Option<i64>,
    /// When the next one is due; `None` while it is switched off.
    pub next: Option<i64>,
    /// How many changes of the last one wait for a person.
    pub waiting: usize,
    /// What stood in the way of the last one.
    pub trouble: Option<Trouble>,
}
