//! Choosing a tool: what it works with, then what it does.

use leptos::prelude::*;
use sidelight::t;
use sidelight::tools::ToolView;

use crate::nav;

/// The two choices, and what the chosen tool does. The choice stands in the page's address.
#[component]
pub fn Pick(
    /// All tools.
    tools: RwSignal<Vec<ToolView>>,
    /// The chosen one.
    tool: ToolView,
) -> impl IntoView {
    let same = |one: &ToolView, other: &ToolView| one.area == other.area && one.subject == other.subject;
    let subjects = tools.with_untracked(|all| {
        let mut areas: Vec<(String, Vec<AnyView>)> = Vec::new();
        let mut last = None::<&ToolView>;
        for first in all {
            let seen = last.replace(first).is_some_and(|last| same(last, first));
            if seen || all.iter().find(|other| same(other, first)).is_some_and(|other| other.name != first.name) {
                continue;
            }
            let option = view! {
                <option value=first.name.clone() selected=same(first, &tool)>{capital(&first.subject)}</option>
            };
            match areas.iter_mut().find(|(area, _)| *area == first.area) {
                Some((_, options)) => options.push(option.into_any()),
                None => areas.push((first.area.clone(), vec![option.into_any()])),
            }
        }
        areas
    });
    let groups = subjects.into_iter().map(|(area, options)| view! { <optgroup label=area>{options}</optgroup> });
    let operations = tools.with_untracked(|all| {
        let of_it = all.iter().filter(|other| same(other, &tool));
        of_it.map(|other| (other.name.clone(), other.operation.clone())).collect::<Vec<_>>()
    });
    let name = tool.name.clone();
    let options = operations.into_iter().map(|(value, words)| {
        let selected = value == name;
        view! { <option value=value selected=selected>{words}</option> }
    });
    let go = |event| nav::go(&format!("api/{}", event_target_value(&event)));
    let (tone, effect) = match (tool.destructive, tool.writes) {
        (true, _) => ("warn", t!("changes or takes away")),
        (_, true) => ("accent", t!("writes")),
        _ => ("good", t!("reads only")),
    };
    view! {
        <section class="card" aria-label=t!("Operation")>
            <div class="picks">
                <div class="text-field">
                    <label for="subject">{t!("Resource")}</label>
                    <select id="subject" on:change=go>{groups.collect_view()}</select>
                </div>
                <div class="text-field">
                    <label for="operation">{t!("Operation")}</label>
                    <select id="operation" on:change=go>{options.collect_view()}</select>
                </div>
            </div>
            <p class="about">{tool.about}</p>
            <p class="chips"><code>{tool.name}</code><span class=format!("chip {tone}")>{effect}</span></p>
        </section>
    }
}

/// With a capital letter at its beginning.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
