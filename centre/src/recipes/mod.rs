//! Recipes: choose one, fill in its form, look at the plan, carry it out, take runs back.

mod history;
mod rows;
mod run;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Message, RecipeAsk, Reply};
use sidelight::recipes::journal::Head;
use sidelight::recipes::view::RecipeView;
use sidelight::t;
use sidelight::trouble::Trouble;
use sidelight_ui::bridge;
use sidelight_ui::components::TroubleLine;

use crate::nav::Here;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Kitchen {
    /// All recipes.
    recipes: RwSignal<Vec<RecipeView>>,
    /// What was run, newest first; `None` until it was read.
    runs: RwSignal<Option<Vec<Head>>>,
    /// What stood in the way of reading.
    trouble: RwSignal<Option<Trouble>>,
}

impl Kitchen {
    /// Reads the recipes and their runs.
    fn load(self) {
        self.trouble.set(None);
        spawn_local(async move {
            match bridge::ask(Message::Recipe { ask: RecipeAsk::List }).await {
                Ok(Reply::Recipes { recipes }) => drop(self.recipes.try_set(recipes)),
                answer => drop(self.trouble.try_set(Some(answer.err().unwrap_or_else(bridge::odd)))),
            }
        });
        self.look();
    }

    /// Reads the runs.
    fn look(self) {
        spawn_local(async move {
            match bridge::ask(Message::Recipe { ask: RecipeAsk::Runs }).await {
                Ok(Reply::RecipeRuns { runs }) => drop(self.runs.try_set(Some(runs))),
                answer => drop(self.trouble.try_set(Some(answer.err().unwrap_or_else(bridge::odd)))),
            }
        });
    }

    /// The name of a recipe on pages.
    fn title(self, name: &str) -> String {
        let known = self.recipes.with(|all| all.iter().find(|one| one.name == name).map(|one| one.title.clone()));
        known.unwrap_or_else(|| name.to_owned())
    }
}

/// The page.
#[component]
pub fn RecipesPage(
    /// Where the user is: the name of the recipe follows the page's.
    here: RwSignal<Here>,
) -> impl IntoView {
    let kitchen =
        Kitchen { recipes: RwSignal::new(Vec::new()), runs: RwSignal::new(None), trouble: RwSignal::new(None) };
    kitchen.load();
    let chosen = Memo::new(move |_| {
        here.with(|here| {
            kitchen.recipes.with(|all| all.iter().find(|one| one.name == here.rest).or(all.first()).cloned())
        })
    });
    let links =
        move || {
            let now = chosen.with(|one| one.as_ref().map(|one| one.name.clone()));
            kitchen.recipes.get().into_iter().map(move |one| {
            let current = (Some(&one.name) == now.as_ref()).then_some("true");
            view! {
                <li><a class="btn" href=format!("#recipes/{}", one.name) aria-current=current>{one.title}</a></li>
            }
        }).collect_view()
        };
    view! {
        <div class="page api">
            <header class="page-head"><div class="grow">
                <h1>{t!("Recipes")}</h1>
                <p class="sub">{t!("What is done again and again between HaloITSM and Hudu. Each is planned first, makes nothing twice, and can be taken back.")}</p>
            </div></header>
            {move || kitchen.trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| kitchen.load()/> })}
            <ul class="recipe-list" aria-label=t!("Recipes")>{links}</ul>
            {move || chosen.get().map(|recipe| view! { <run::Run kitchen recipe/> })}
            <history::History kitchen/>
        </div>
    }
}
