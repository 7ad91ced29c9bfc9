//! Plans and runs as pages, the command line and tools show them.

use crate::halo::page;
use crate::halo::record::{RecordKind, RecordRef};
use crate::http::Product;
use crate::http::raw::read::text_of;
use crate::json::{Json, Shape, Value};
use crate::recipes::item::{Item, State, Write, fits, reference};
use crate::recipes::journal::{Head, Kept, Run};
use crate::recipes::{Plan, Recipe};
use crate::t;
use crate::words::say;

/// A recipe, to choose.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct RecipeView {
    /// Name.
    pub name: String,
    /// Name on pages.
    pub title: String,
    /// What it does.
    pub about: String,
    /// JSON schema of its arguments, as text.
    pub arguments: String,
}

impl RecipeView {
    /// The recipe for pages.
    pub fn of(recipe: &Recipe) -> Self {
        let text = str::to_owned;
        Self {
            name: text(recipe.name),
            title: say(recipe.title),
            about: say(recipe.about),
            arguments: (recipe.arguments)().to_string(),
        }
    }
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct PlanView {
    /// The same work has the same id.
    pub id: String,
    /// Name of the recipe.
    pub recipe: String,
    /// Items that write.
    pub due: usize,
    /// Why it has to be confirmed first.
    pub guard: Option<String>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// One row for each item.
    pub rows: Vec<RowView>,
}

/// A run with its rows.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct RunView {
    /// One row for each item.
    pub rows: Vec<RowView>,
    /// The head.
    #[json(flat)]
    pub head: Head,
}

/// An item of a plan or a run.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct RowView {
    /// Stable: the same on every computer and in every run.
    pub key: String,
    /// What it is about.
    pub subject: String,
    /// Where it is.
    pub state: State,
    /// Why.
    pub why: Option<String>,
    /// The record that it is mostly about, where it is known.
    pub id: Option<i64>,
    /// Which resource that record is of.
    pub resource: Option<String>,
    /// Its address in HaloITSM, where it has one.
    pub url: Option<String>,
    /// What is written, field by field.
    pub fields: Vec<FieldView>,
}

/// A value that is written.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct FieldView {
    /// What is written, as the recipe calls it.
    pub write: String,
    /// The member.
    pub member: String,
    /// The value that stands there, of a change.
    pub before: Option<String>,
    /// The new value.
    pub after: Option<String>,
}

/// Longest value that is shown.
const LONGEST: usize = 400;

impl Plan {
    /// For pages, the command line and tools. `origin` is HaloITSM's, for addresses.
    pub fn view(&self, origin: &str) -> PlanView {
        let planned = &self.planned;
        let row = |item: &Item| RowView::of(origin, item, (item.state, item.why.clone()), None);
        PlanView {
            id: self.id.clone(),
            recipe: self.recipe.clone(),
            due: planned.due(),
            guard: planned.guard.clone(),
            notes: planned.notes.clone(),
            rows: planned.items.iter().map(row).collect(),
        }
    }
}

impl Run {
    /// For pages, the command line and tools.
    pub fn view(&self, origin: &str) -> RunView {
        RunView { rows: self.items.iter().map(|kept| kept.row(origin)).collect(), head: self.head.clone() }
    }
}

impl Kept {
    fn row(&self, origin: &str) -> RowView {
        let id = self.steps.iter().find_map(|step| step.id);
        RowView::of(origin, &self.item, (self.state, self.why.clone()), id)
    }
}

impl RowView {
    fn of(origin: &str, item: &Item, (state, why): (State, Option<String>), id: Option<i64>) -> Self {
        let first = item.writes.first();
        let known = || first.and_then(|write| crate::http::raw::read::integer_of(&write.id));
        let id = id.or(item.target).or_else(known);
        let resource = item.resource.clone().or(first.map(|write| write.resource.clone()));
        let halo = first.is_none_or(|write| write.product == Product::Halo);
        let kind = resource.as_deref().filter(|_| halo).and_then(kind);
        let url = kind.zip(id).map(|(kind, id)| page::url(origin, RecordRef::new(kind, id)));
        let written = item.writes.iter().filter(|write| write.found.is_none()).flat_map(fields);
        let fields = written.chain(item.shown.iter().cloned()).collect();
        Self {
            key: item.key.clone(),
            subject: item.subject.clone(),
            state,
            why: why.map(|why| say(&why)),
            id,
            resource,
            url,
            fields,
        }
    }
}

/// The kind of record that a resource of HaloITSM holds, where pages and links know it.
pub(super) fn kind(resource: &str) -> Option<RecordKind> {
    Some(match resource {
        "tickets" | "projects" | "opportunites" => RecordKind::Ticket,
        "clients" => RecordKind::Client,
        "sites" => RecordKind::Site,
        "users" => RecordKind::User,
        "assets" => RecordKind::Asset,
        "contracts" => RecordKind::Contract,
        _ => return None,
    })
}

fn fields(write: &Write) -> Vec<FieldView> {
    let changed = |name: &String, value: &Value| write.before.get(name).is_none_or(|before| !fits(value, before));
    let shown = write.record.iter().filter(|(name, value)| changed(name, value));
    shown
        .map(|(name, value)| FieldView {
            write: say(&write.name),
            member: name.clone(),
            before: write.before.get(name).and_then(short),
            after: short(value),
        })
        .collect()
}

/// A value in words, cut where it is long.
fn short(value: &Value) -> Option<String> {
    if let Some((_, write)) = reference(value) {
        return Some(t!("(the new {what})", what = say(write)));
    }
    let text = match value {
        Value::Array(_) | Value::Object(_) => value.to_string(),
        other => text_of(other)?,
    };
    Some(match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    })
}
