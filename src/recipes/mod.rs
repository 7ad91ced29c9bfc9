//! Recipes: things that are done again and again between the two products, each with a plan before it, found
//! again instead of made twice, and taken back from before images.
//!
//! A recipe is a row of [`ALL`]: it plans items ([`item::Item`]) and writes nothing. One mechanism shows the
//! plan, carries it out ([`apply`]), writes each step down ([`journal`]) and takes runs back ([`undo`]).

pub mod after;
mod alerts;
pub mod apply;
pub mod back;
pub mod companies;
pub mod directory;
pub mod enrichment;
pub mod item;
pub mod journal;
mod onboarding;
pub mod place;
mod project;
mod trail;
pub mod undo;
pub mod view;

use sha2::{Digest, Sha256};

use crate::json::{Json, Map, Value};
use crate::platform::Later;
use crate::schema;
use crate::sync::error::SyncError;
use crate::sync::sides::Sides;

pub use crate::call::CallError;
use item::Planned;

/// What recipes work at.
pub struct Bench {
    /// Both clients.
    pub sides: Sides,
    /// Only records of this HaloITSM client, where a run is limited to one.
    pub client: Option<i64>,
    /// That client's company in Hudu.
    pub company: Option<i64>,
}

/// Members of an object.
pub type Arguments = Map<String, Value>;

/// Something that is done again and again.
pub struct Recipe {
    /// Name on the command line and in the names of tools: `plan_…`, `run_…`.
    pub name: &'static str,
    /// Name on pages.
    pub title: &'static str,
    /// What it does, in one sentence or two.
    pub about: &'static str,
    /// JSON schema of its arguments.
    pub arguments: fn() -> Value,
    /// Reads both sides and tells what is to be done. Writes nothing.
    plan: for<'a> fn(&'a Bench, &'a Arguments) -> Later<'a, Result<Planned, CallError>>,
    /// What the sync engine writes after the items: see [`after`].
    finish: Option<after::Finish>,
}

/// All of them.
pub const ALL: &[Recipe] =
    &[alerts::RECIPE, directory::RECIPE, enrichment::RECIPE, onboarding::RECIPE, project::RECIPE, trail::RECIPE];

/// A plan of a recipe.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Plan {
    /// Made from its content: the same work has the same id.
    pub id: String,
    /// Name of the recipe.
    pub recipe: String,
    /// What it was planned with.
    pub arguments: Map<String, Value>,
    /// What is to be done.
    pub planned: Planned,
}

impl Recipe {
    /// The recipe of this name; dashes are as good as underscores.
    pub fn named(name: &str) -> Result<&'static Recipe, CallError> {
        let plain = name.to_ascii_lowercase().replace('-', "_");
        ALL.iter().find(|recipe| recipe.name == plain).ok_or_else(|| {
            let known: Vec<&str> = ALL.iter().map(|recipe| recipe.name).collect();
            CallError::NoRecipe { name: name.to_owned(), known: known.join(", ") }
        })
    }

    /// What it would do with these arguments. Writes nothing.
    pub async fn plan(&self, bench: &Bench, arguments: &Arguments) -> Result<Plan, CallError> {
        schema::check(&(self.arguments)(), &Value::Object(arguments.clone()))?;
        let mut planned = (self.plan)(bench, arguments).await?;
        place::settle(bench, &mut planned).await?;
        let work = Value::Array(planned.items.iter().filter(|item| item.is_due()).map(Json::to_json).collect());
        let hash = Sha256::digest(format!("{} {work}", self.name).as_bytes());
        let id = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(Plan { id, recipe: self.name.to_owned(), arguments: arguments.clone(), planned })
    }

    /// Plans and carries out at once. `shown` is the id of a plan that somebody agreed to: where the work is
    /// another one by now, nothing is written. What an interrupted run had begun is brought to its end first.
    pub async fn run(
        &self,
        bench: &Bench,
        arguments: &Arguments,
        shown: Option<&str>,
        confirmed: bool,
    ) -> Result<journal::Run, CallError> {
        apply::settle(bench).await?;
        let plan = self.plan(bench, arguments).await?;
        if shown.is_some_and(|shown| shown != plan.id) {
            return Err(SyncError::Stale(self.title.to_owned()).into());
        }
        if let Some(guard) = plan.planned.guard.as_ref().filter(|_| !confirmed) {
            return Err(SyncError::NotConfirmed(guard.clone()).into());
        }
        self.carry_out(bench, plan, &|| true).await
    }

    /// Carries out a plan of this recipe that somebody agreed to, for as long as it is wished.
    pub async fn carry_out(
        &self,
        bench: &Bench,
        plan: Plan,
        wished: &dyn Fn() -> bool,
    ) -> Result<journal::Run, CallError> {
        let arguments = plan.arguments.clone();
        let mut run = apply::begin(bench, plan).await?;
        apply::go_on(bench, &mut run, apply::Scope::All, wished).await?;
        after::finish(bench, self.finish, &arguments, &mut run).await?;
        Ok(run)
    }
}
