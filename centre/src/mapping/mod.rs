//! How records go from one product to the other, and when.

mod conditions;
mod draft;
mod file;
mod known;
mod matching;
mod rules;
mod schedule;

pub use draft::Draft;
pub use file::SettingsFilePage;
use leptos::prelude::*;
pub use matching::MatchingPage;
pub use rules::RulesPage;
pub use schedule::SchedulePage;

/// Which field goes where.
#[component]
pub fn MappingPage() -> impl IntoView {
    view! { <h1>"Mapping"</h1> }
}

/// Fields connected by hand.
#[component]
pub fn FieldsPage() -> impl IntoView {
    view! { <h1>"Connected fields"</h1> }
}
