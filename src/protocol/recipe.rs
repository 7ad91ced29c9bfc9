//! What is asked of recipes.

use crate::json::Json;

/// What a page asks of the recipes.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(tag = "ask")]
pub enum RecipeAsk {
    /// Those that there are. Answer: `Reply::Recipes`.
    List,
    /// What one would do. Answer: `Reply::RecipePlan`.
    Plan {
        /// Its name.
        recipe: String,
        /// Its arguments, by its schema: a JSON object, as text.
        arguments: String,
    },
    /// Carries a plan out that was shown. Answer: `Reply::RecipeRun`.
    Run {
        /// The recipe's name.
        recipe: String,
        /// The arguments of the plan, as text.
        arguments: String,
        /// `PlanView::id` of the recipe's plan: where the work is another one by now, nothing is written.
        plan: String,
        /// The user confirmed what the plan's guard says.
        confirmed: bool,
    },
    /// Those that were run, newest first. Answer: `Reply::RecipeRuns`.
    Runs,
    /// Takes a run back. Answer: `Reply::RecipeRun`.
    Undo {
        /// Id of the run.
        run: String,
        /// Only tells what would become of each item.
        preview: bool,
    },
}
