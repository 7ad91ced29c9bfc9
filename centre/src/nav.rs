//! The pages of the sync centre, told apart by the fragment of its address.

use icondata_core::IconData;
use leptos::prelude::*;
use sidelight::words::say;
use sidelight::{mark, t};
use sidelight_ui::icons::{self, Icon};

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// What will be written, and applying it.
    Plan,
    /// What was written.
    History,
    /// What is done again and again.
    Recipes,
    /// Which field goes where.
    Mapping,
    /// How a record is recognised.
    Matching,
    /// Which layout a record goes to.
    Rules,
    /// Fields connected by hand.
    Fields,
    /// When everything is synced unattended.
    Schedule,
    /// All settings as one file.
    SettingsFile,
    /// Every operation by name.
    Api,
}

/// Every page with its fragment, its name and its icon.
const TABS: [(Tab, &str, &str, &IconData); 10] = [
    (Tab::Plan, "plan", mark!("Plan"), icons::SYNC),
    (Tab::History, "history", mark!("History"), icons::HISTORY),
    (Tab::Recipes, "recipes", mark!("Recipes"), icons::RECIPES),
    (Tab::Mapping, "mapping", mark!("Mapping"), icons::MAPPING),
    (Tab::Matching, "matching", mark!("Matching"), icons::MATCHING),
    (Tab::Rules, "rules", mark!("Sort rules"), icons::RULES),
    (Tab::Fields, "fields", mark!("Connected fields"), icons::CONNECT),
    (Tab::Schedule, "schedule", mark!("Schedule"), icons::SCHEDULE),
    (Tab::SettingsFile, "settings", mark!("Settings file"), icons::FILE),
    (Tab::Api, "api", "API", icons::TERMINAL),
];

/// Where the address says that the user is: a page, and what follows its name (`#history/RUN`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// The page.
    pub tab: Tab,
    /// What is open in it; empty for nothing.
    pub rest: String,
}

impl Here {
    fn read() -> Self {
        let hash = window().location().hash().unwrap_or_default();
        let words = hash.trim_start_matches('#');
        let (word, rest) = words.split_once('/').unwrap_or((words, ""));
        let tab = TABS.iter().find(|(_, name, ..)| *name == word).map_or(Tab::Plan, |(tab, ..)| *tab);
        Self { tab, rest: rest.to_owned() }
    }
}

/// Goes to a page, or to what is open in one ("history/RUN").
pub fn go(place: &str) {
    // The fragment of the own address can always be set.
    let _ = window().location().set_hash(place);
}

/// Whether the address names no page.
pub fn is_bare() -> bool {
    window().location().hash().is_ok_and(|hash| hash.len() < 2)
}

/// Follows the address as long as the page lives.
pub fn follow() -> RwSignal<Here> {
    let here = RwSignal::new(Here::read());
    let handle = window_event_listener(leptos::ev::hashchange, move |_| here.set(Here::read()));
    on_cleanup(move || handle.remove());
    here
}

/// The list of pages, beside what is shown.
#[component]
pub fn Nav(
    /// Where the user is.
    here: RwSignal<Here>,
) -> impl IntoView {
    let bar = NodeRef::<leptos::html::Nav>::new();
    // On a narrow page the list scrolls sideways: the page in view is kept in view there too.
    Effect::new(move || {
        here.track();
        if let Some(bar) = bar.get()
            && let Ok(Some(current)) = bar.query_selector("[aria-current]")
        {
            current.scroll_into_view_with_bool(false);
        }
    });
    let link = |&(tab, word, name, icon): &(Tab, &'static str, &'static str, &'static IconData)| {
        let current = move || here.with(|here| here.tab == tab).then_some("page");
        view! {
            <li>
                <a href=format!("#{word}") aria-current=current>
                    <Icon of=icon/>
                    <span>{say(name)}</span>
                </a>
            </li>
        }
    };
    let (admin, all): (Vec<_>, Vec<_>) = TABS.iter().partition(|(tab, ..)| *tab == Tab::Api);
    view! {
        <nav aria-label=t!("Sync centre") node_ref=bar>
            <ul>{all.into_iter().map(link).collect_view()}</ul>
            <h2 class="eyebrow">{t!("For administrators")}</h2>
            <ul>{admin.into_iter().map(link).collect_view()}</ul>
        </nav>
    }
}
