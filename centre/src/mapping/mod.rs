//! How records go from one product to the other, and when.

mod draft;
mod file;
mod matching;
mod schedule;

pub use draft::Draft;
pub use file::SettingsFilePage;
use leptos::prelude::*;
pub use matching::MatchingPage;
pub use schedule::SchedulePage;

/// Which field goes where.
#[component]
pub fn MappingPage() -> impl IntoView {
    view! { <h1>"Mapping"</h1> }
}

/// Which layout a record goes to.
#[component]
pub fn RulesPage() -> impl IntoView {
    view! { <h1>"Sort rules"</h1> }
}

/// Fields connected by hand.
#[component]
pub fn FieldsPage() -> impl IntoView {
    view! { <h1>"Connected fields"</h1> }
}
