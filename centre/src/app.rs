//! The page around all pages: brand, navigation, the page in view, the status line.

use leptos::context::Provider;
use leptos::prelude::*;
use sidelight::sync::table::Work;
use sidelight_ui::components::{AwayFromOptions, DemoBanner, TroubleLine};

use crate::api::ApiPage;
use crate::desk::Desk;
use crate::history::HistoryPage;
use crate::nav::{self, Here, Nav, Tab};
use crate::plan::{Choice, PlanPage};
use crate::progress::WorkBar;
use crate::recipes::RecipesPage;
use crate::{mapping, progress};

/// The whole sync centre.
#[component]
pub fn App() -> impl IntoView {
    let here = nav::follow();
    let desk = Desk::provide();
    provide_context(AwayFromOptions(RwSignal::new(Vec::new())));
    progress::announce(desk);
    Choice::provide();
    mapping::Draft::provide();
    let tab = Memo::new(move |_| here.with(|here| here.tab));
    let page = move || match tab.get() {
        Tab::Plan => view! { <PlanPage/> }.into_any(),
        Tab::History => view! { <HistoryPage here/> }.into_any(),
        Tab::Recipes => view! { <RecipesPage here/> }.into_any(),
        Tab::Mapping => view! { <mapping::MappingPage/> }.into_any(),
        Tab::Matching => view! { <mapping::MatchingPage/> }.into_any(),
        Tab::Rules => view! { <mapping::RulesPage/> }.into_any(),
        Tab::Fields => view! { <mapping::FieldsPage/> }.into_any(),
        Tab::Schedule => view! { <mapping::SchedulePage/> }.into_any(),
        Tab::Api => view! { <ApiPage here/> }.into_any(),
        Tab::SettingsFile => view! { <mapping::SettingsFilePage/> }.into_any(),
    };
    view! {
        <div class="centre">
            <header class="brand">
                <img src="icons/48.png" width="24" height="24" alt=""/>
                <span>"Sidelight"</span>
            </header>
            <Nav here/>
            <main>{page}</main>
            <Dock here/>
            <p class="status" role="status" aria-live="polite">{move || desk.status.get()}</p>
        </div>
    }
}

/// What comes and goes by itself, below the page: nothing above it moves under the pointer.
#[component]
fn Dock(here: RwSignal<Here>) -> impl IntoView {
    let desk = Desk::of_page();
    // What the page in view tells itself is not told here as well.
    let AwayFromOptions(told) = expect_context();
    let failed = Memo::new(move |_| {
        desk.work.with(|work| match work {
            Work::Failed(trouble) => {
                Some(trouble.clone()).filter(|trouble| told.with(|told| !told.contains(&trouble.code)))
            }
            _ => None,
        })
    });
    view! {
        <div class="dock"><Provider value=AwayFromOptions(RwSignal::new(Vec::new()))>
            {move || desk.trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| desk.again()/> })}
            {move || failed.get().map(|trouble| view! { <TroubleLine trouble/> })}
            <WorkBar here/>
            <DemoBanner/>
        </Provider></div>
    }
}
