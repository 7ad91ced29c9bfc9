//! Which asset goes to which layout: ordered rules.

use leptos::prelude::*;
use sidelight::settings::{Settings, SortRule};

use crate::icons::{self, Icon};

/// The rules as rows of words and a layout.
#[component]
pub fn Rules(
    /// The settings being edited.
    draft: RwSignal<Settings>,
) -> impl IntoView {
    // Rows are drawn anew when one comes or goes, not at each letter, so that the focus stays.
    let rows = RwSignal::new(draft.with_untracked(|s| s.sync.sort_rules.len()));
    let remove = move |index: usize| {
        draft.update(|s| {
            s.sync.sort_rules.remove(index);
        });
        rows.set(draft.with_untracked(|s| s.sync.sort_rules.len()));
    };
    let add = move |_| {
        draft.update(|s| s.sync.sort_rules.push(SortRule::for_types("", "")));
        rows.set(draft.with_untracked(|s| s.sync.sort_rules.len()));
    };
    view! {
        <h3>"Sort rules for assets"</h3>
        <p class="hint">"The first rule whose words stand in the asset’s type or group wins. Separate words by commas."</p>
        <ol class="rules">
            {move || (0..rows.get()).map(|index| view! { <Rule draft index remove=move |()| remove(index)/> }).collect_view()}
        </ol>
        <button type="button" class="btn quiet" data-act="add-rule" on:click=add>
            <Icon of=icons::PLUS/>
            "Add a rule"
        </button>
    }
}

#[component]
fn Rule(draft: RwSignal<Settings>, index: usize, #[prop(into)] remove: Callback<()>) -> impl IntoView {
    let (types, layout) = draft.with_untracked(|s| {
        s.sync
            .sort_rules
            .get(index)
            .map(|rule| (rule.when.first().map(|c| c.value.clone()).unwrap_or_default(), rule.layout.clone()))
            .unwrap_or_default()
    });
    let set = move |change: &dyn Fn(&mut SortRule)| {
        draft.update(|s| {
            if let Some(rule) = s.sync.sort_rules.get_mut(index) {
                change(rule);
            }
        });
    };
    let number = index + 1;
    view! {
        <li class="rule">
            <input
                type="text"
                aria-label=format!("Rule {number}: words in the asset type")
                placeholder="laptop, desktop"
                prop:value=types
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    let words: Vec<String> = typed.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect();
                    set(&|rule| rule.when = SortRule::for_types(&words.join(", "), "").when);
                }
            />
            <span aria-hidden="true">"→"</span>
            <input
                type="text"
                aria-label=format!("Rule {number}: layout")
                placeholder="Computer Assets"
                prop:value=layout
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    set(&|rule| rule.layout = typed.trim().to_owned());
                }
            />
            <button type="button" class="tool" title=format!("Remove rule {number}") aria-label=format!("Remove rule {number}") on:click=move |_| remove.run(())>
                <Icon of=icons::REMOVE/>
            </button>
        </li>
    }
}
