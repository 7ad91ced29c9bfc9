//! What is asked for the sync centre.

use crate::halo::record::RecordKind;
use crate::json::Json;
use crate::protocol::Message;
use crate::settings::SyncSettings;
use crate::sync::table::{ExportForm, RowQuery, Scope, TableOf};

/// What a page asks of the sync of everything: plans, tables, runs in the background, mapping, schedule, settings as a file.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(tag = "ask")]
pub enum CentreAsk {
    /// Plans everything in scope. Answers at once with `Reply::Work`; the plan comes with `Event::PlanReady`.
    PlanAll {
        /// What is covered.
        scope: Scope,
    },
    /// The plan that makes the layouts that the settings name, or gives them what they lack. Answer: `Reply::Summary`.
    PlanLayouts,
    /// The clients of HaloITSM to choose from. Answer: `Reply::Clients`.
    Clients,
    /// What the background is doing for the sync centre. Answer: `Reply::Work`.
    Work,
    /// Stops planning. Answer: `Reply::Work`.
    StopPlanning,
    /// The newest plan for everything that is kept, if any. Answer: `Reply::Summary`.
    LastPlan,
    /// A window of a plan's or a run's rows. Answer: `Reply::Rows`.
    Rows {
        /// Which table.
        of: TableOf,
        /// Which rows.
        query: RowQuery,
        /// Index of the first row.
        offset: usize,
        /// How many rows, at most 500.
        count: usize,
    },
    /// One item with its differences. Answer: `Reply::Item`.
    Item {
        /// Which table.
        of: TableOf,
        /// Id of the item.
        item: String,
    },
    /// Applies a large plan in the background. Answers at once with `Reply::Work`.
    ApplyAll {
        /// `SummaryView::id`.
        plan: String,
        /// Items that are left out.
        except: Vec<String>,
        /// Items in conflict whose target the user agreed to overwrite.
        overwrite: Vec<String>,
        /// The user confirmed what the plan's guard says.
        confirmed: bool,
    },
    /// Pauses a run after the steps that are under way. Answer: `Reply::Work`.
    Pause {
        /// Id of the run.
        run: String,
    },
    /// Goes on with a paused or stopped run. Answer: `Reply::Work`.
    GoOn {
        /// Id of the run.
        run: String,
    },
    /// The history, newest first. Answer: `Reply::Runs`.
    Runs {
        /// Index of the first.
        offset: usize,
        /// How many, at most 100.
        count: usize,
    },
    /// The plan that takes back these steps of a run; none named takes back all. Answer: `Reply::Summary`.
    PlanUndoItems {
        /// Id of the run.
        run: String,
        /// Ids of items.
        items: Vec<String>,
    },
    /// A plan or a run as a file, without secrets. Answer: `Reply::File`.
    Export {
        /// Which table.
        of: TableOf,
        /// Form.
        form: ExportForm,
    },
    /// What the mapping pages need to know of both products. Answer: `Reply::Mapping`.
    Mapping {
        /// Settings as they are being edited.
        settings: Box<SyncSettings>,
    },
    /// How many assets (or users) each sort rule takes. Answer: `Reply::Sorting`.
    Sorting {
        /// Assets or users.
        kind: RecordKind,
        /// Settings as they are being edited.
        settings: Box<SyncSettings>,
    },
    /// What a record would be in Hudu. Answer: `Reply::Sample`.
    Sample {
        /// Kind.
        kind: RecordKind,
        /// The record; `None` takes one that fills many fields.
        id: Option<i64>,
        /// The one after that record instead, among those that are at hand.
        next: bool,
        /// Settings as they are being edited.
        settings: Box<SyncSettings>,
    },
    /// How the unattended sync stands. Answer: `Reply::Schedule`.
    Schedule,
    /// All settings as one file without secrets. Answer: `Reply::File`.
    ExportSettings,
    /// Reads such a file; nothing is saved. Answer: `Reply::Settings`.
    ReadSettings {
        /// The file's text.
        text: String,
    },
}

impl From<CentreAsk> for Message {
    fn from(ask: CentreAsk) -> Self {
        Message::Centre { ask }
    }
}
