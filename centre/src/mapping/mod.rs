//! How records go from one product to the other, and when.

mod choices;
mod conditions;
mod draft;
mod fields;
mod file;
mod findings;
mod kinds;
mod known;
mod matching;
mod moves;
mod places;
mod rule;
mod rules;
mod sample;
mod schedule;
mod suggest;

pub use draft::Draft;
pub use fields::FieldsPage;
pub use file::SettingsFilePage;
use leptos::prelude::*;
pub use matching::MatchingPage;
pub use rules::RulesPage;
pub use schedule::SchedulePage;
use sidelight::t;
use sidelight_ui::components::Kept;

/// Which field goes where.
#[component]
pub fn MappingPage() -> impl IntoView {
    view! {
        <draft::SettingsPage
            title=t!("Mapping")
            lead=t!("What is synced, where it goes in Hudu, and who wins where both sides say something else.")
        >
            <Part/>
        </draft::SettingsPage>
    }
}

#[component]
fn Part() -> impl IntoView {
    let known = known::Known::follow();
    let managed = Draft::of_page().managed();
    view! {
        <findings::Unknown known/>
        <findings::AllFindings known/>
        <kinds::Kinds known/>
        <Kept managed of="sync.policies"><places::Places known/></Kept>
        <Kept managed of="sync.asset_name"><choices::AssetName known/></Kept>
        <choices::Switches/>
        <Kept managed of="sync.details"><choices::Details/></Kept>
    }
}
