//! Recipes from the extension: the table, plans, runs in the writing turn, undo.

use crate::json;
use crate::protocol::{RecipeAsk, Reply};
use crate::recipes::view::RecipeView;
use crate::recipes::{ALL, Arguments, Bench, CallError, Recipe, apply, journal, undo};
use crate::service::{Service, ServiceError};
use crate::sync::view::RunState;
use crate::t;

impl Service {
    /// Answers what is asked of recipes.
    pub(super) async fn recipes(&self, ask: RecipeAsk) -> Result<Reply, ServiceError> {
        match ask {
            RecipeAsk::List => Ok(Reply::Recipes { recipes: ALL.iter().map(RecipeView::of).collect() }),
            RecipeAsk::Plan { recipe, arguments } => self.plan_recipe(&recipe, &arguments).await,
            RecipeAsk::Run { recipe, arguments, plan, confirmed } => {
                self.run_recipe((&recipe, &arguments), &plan, confirmed).await
            }
            RecipeAsk::Runs => Ok(Reply::RecipeRuns { runs: journal::heads(self.host()).await? }),
            RecipeAsk::Undo { run, preview } => self.undo_recipe(&run, preview).await,
        }
    }

    async fn recipe_bench(&self) -> Result<Bench, ServiceError> {
        Ok(Bench { sides: self.unhurried().await?, client: None, company: None })
    }

    async fn plan_recipe(&self, name: &str, arguments: &str) -> Result<Reply, ServiceError> {
        let bench = self.recipe_bench().await?;
        let plan = Recipe::named(name)?.plan(&bench, &read(arguments)?).await?;
        Ok(Reply::RecipePlan { plan: Box::new(plan.view(&bench.sides.halo.connection().origin)) })
    }

    async fn run_recipe(
        &self,
        (name, arguments): (&str, &str),
        plan: &str,
        confirmed: bool,
    ) -> Result<Reply, ServiceError> {
        let recipe = Recipe::named(name)?;
        let bench = self.recipe_bench().await?;
        let _way = self.click();
        let _turn = self.0.writing.lock().await;
        let run = recipe.run(&bench, &read(arguments)?, Some(plan), confirmed).await?;
        Ok(Reply::RecipeRun { run: Box::new(run.view(&bench.sides.halo.connection().origin)) })
    }

    async fn undo_recipe(&self, run: &str, preview: bool) -> Result<Reply, ServiceError> {
        let bench = self.recipe_bench().await?;
        let _way = self.click();
        let _turn = self.0.writing.lock().await;
        let run = undo::undo(&bench, run, !preview).await?;
        Ok(Reply::RecipeRun { run: Box::new(run.view(&bench.sides.halo.connection().origin)) })
    }

    /// A worker that was stopped in the middle of a recipe: what had begun is brought to its end.
    pub(super) async fn settle_recipes(&self) {
        let open =
            journal::heads(self.host()).await.is_ok_and(|all| all.iter().any(|head| head.state == RunState::Running));
        if let (true, Ok(bench)) = (open, self.recipe_bench().await) {
            let _turn = self.0.writing.lock().await;
            // What fails now is settled before the next recipe.
            let _ = apply::settle(&bench).await;
        }
    }
}

/// Arguments from a page.
fn read(text: &str) -> Result<Arguments, ServiceError> {
    let text = if text.trim().is_empty() { "{}" } else { text };
    Ok(json::read(text).map_err(|_| CallError::argument("", t!("is no JSON object")))?)
}
