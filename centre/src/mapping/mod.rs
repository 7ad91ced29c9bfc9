//! How records go from one product to the other, and when.

use leptos::prelude::*;

/// Which field goes where.
#[component]
pub fn MappingPage() -> impl IntoView {
    view! { <h1>"Mapping"</h1> }
}

/// How a record is recognised.
#[component]
pub fn MatchingPage() -> impl IntoView {
    view! { <h1>"Matching"</h1> }
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

/// When everything is synced unattended.
#[component]
pub fn SchedulePage() -> impl IntoView {
    view! { <h1>"Schedule"</h1> }
}

/// All settings as one file.
#[component]
pub fn SettingsFilePage() -> impl IntoView {
    view! { <h1>"Settings file"</h1> }
}
