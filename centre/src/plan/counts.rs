//! How many records each action takes; a click shows those.

use leptos::prelude::*;
use sidelight::assist::view::Tone;
use sidelight::halo::record::RecordKind;
use sidelight::sync::table::{CountView, RowQuery, SummaryView};
use sidelight::sync::view::Action;
use sidelight::t;
use sidelight_ui::words;

/// The sum of the counts that fit.
pub fn sum(counts: &[CountView], fits: impl Fn(&CountView) -> bool) -> usize {
    counts.iter().filter(|count| fits(count)).map(|count| count.count).sum()
}

/// Kinds of record among these actions, with their number.
pub fn kinds(counts: &[CountView], actions: &[Action]) -> Vec<(RecordKind, usize)> {
    use RecordKind as K;
    let shown = |count: &CountView| actions.is_empty() || actions.contains(&count.action);
    [K::Client, K::Site, K::User, K::Asset, K::Contract, K::Article]
        .into_iter()
        .map(|kind| (kind, sum(counts, |count| count.kind == Some(kind) && shown(count))))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// The cards.
#[component]
pub fn Counts(
    /// The plan.
    plan: SummaryView,
    /// The table's query.
    query: RwSignal<RowQuery>,
) -> impl IntoView {
    let of = |actions: &[Action]| sum(&plan.counts, |count| actions.contains(&count.action));
    let all = sum(&plan.counts, |_| true);
    let mut cards = vec![(t!("To do"), Tone::Plain, of(&Action::DUE), Action::DUE.to_vec())];
    // What needs no look stands last.
    for action in Action::DUE.into_iter().chain([Action::Unchanged]) {
        let (name, tone) = match action {
            Action::Unchanged => (t!("Unchanged"), Tone::Plain),
            action => words::action(action),
        };
        let number = of(&[action]);
        if number > 0 {
            cards.push((name, tone, number, vec![action]));
        }
    }
    cards.push((t!("All"), Tone::Plain, all, Vec::new()));
    let cards = cards.into_iter().map(|(name, tone, number, actions)| view! { <Card name tone number actions query/> });
    view! { <div class="counts" role="group" aria-label=t!("What happens")>{cards.collect_view()}</div> }
}

#[component]
fn Card(name: String, tone: Tone, number: usize, actions: Vec<Action>, query: RwSignal<RowQuery>) -> impl IntoView {
    let wanted = actions.clone();
    let on = move || query.with(|query| query.actions == wanted);
    // Only what needs a look has a colour.
    let tone = if number > 0 && matches!(tone, Tone::Warn | Tone::Bad) { words::tone(tone) } else { "plain" };
    view! {
        <button
            type="button"
            class=format!("count {tone}")
            aria-pressed=move || on().to_string()
            on:click=move |_| query.update(|query| query.actions = actions.clone())
        >
            <span class="muted">{name}</span>
            <b>{words::number(number)}</b>
        </button>
    }
}
