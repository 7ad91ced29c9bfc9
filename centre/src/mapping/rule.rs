//! One sort rule.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::mapping::view::SortingView;
use sidelight::settings::SortRule;
use sidelight::t;
use sidelight_ui::icons::{self, Icon};
use web_sys::MouseEvent;

use super::conditions::{self, Conditions};
use super::draft::Draft;
use super::findings::Findings;
use super::known::Known;
use super::rules::{place, rules_mut, rules_of, setting_of, takes};
use super::suggest::Suggest;

/// A rule: its conditions, its layout, how many records it takes.
#[component]
pub fn Rule(
    /// What is known of both products.
    known: Known,
    /// Assets or users.
    kind: RecordKind,
    /// Its number, which stays while it lives.
    number: usize,
    /// The numbers of all rules in their order.
    rows: RwSignal<Vec<usize>>,
    /// What the rules do, once that is known.
    sorting: RwSignal<Option<SortingView>>,
    /// Removes the rule of this number.
    #[prop(into)]
    remove: Callback<(usize, MouseEvent)>,
    /// Moves the rule of this number up, or down.
    #[prop(into)]
    raise: Callback<(usize, bool, MouseEvent)>,
) -> impl IntoView {
    let draft = Draft::of_page();
    let at = move || place(rows, number);
    let rule = Signal::derive(move || {
        let at = at()?;
        draft.sync(|sync| rules_of(sync, kind).get(at).cloned())
    });
    let layout = rule.get_untracked().map(|rule| rule.layout).unwrap_or_default();
    let edit = move |change: Box<dyn FnOnce(&mut SortRule)>| {
        let Some(at) = place(rows, number) else { return };
        draft.edit(|sync| {
            if let Some(rule) = rules_mut(sync, kind).get_mut(at) {
                change(rule);
            }
        });
    };
    let name = move || t!("Rule {n}", n = at().unwrap_or_default() + 1);
    let count = move || sorting.with(|sorting| sorting.as_ref()?.rules.get(at()?).copied());
    let first = Signal::derive(move || at() == Some(0));
    let last = Signal::derive(move || at().map(|at| at + 1) == Some(rows.with(Vec::len)));
    let button = move |label: fn(usize) -> String, icon, act: Callback<MouseEvent>, off: Signal<bool>| {
        let label = move || label(at().unwrap_or_default() + 1);
        view! {
            <button type="button" class="tool" title=label aria-label=label disabled=off on:click=move |click| act.run(click)>
                <Icon of=icon/>
            </button>
        }
    };
    let up = Callback::new(move |click| raise.run((number, true, click)));
    let down = Callback::new(move |click| raise.run((number, false, click)));
    let gone = Callback::new(move |click| remove.run((number, click)));
    view! {
        <li>
            <div class="sort-rule" role="group" aria-label=name>
                <span class="number" aria-hidden="true">{move || (at().unwrap_or_default() + 1).to_string()}</span>
                <div class="rule-body">
                    <Conditions known kind id=format!("{}-{number}", kind.word()) rule
                        edit=move |change: conditions::Change| edit(Box::new(move |rule| change(&mut rule.when)))/>
                    <div class="goes">
                        <span class="lead-word" aria-hidden="true">"→"</span>
                        <Suggest
                            id=format!("{}-{number}-layout", kind.word())
                            label=t!("Layout")
                            value=layout
                            placeholder=t!("Nowhere: left out")
                            offer=Signal::derive(move || known.layouts().into_iter().map(|name| (name, String::new())).collect())
                            on_change=move |typed: String| edit(Box::new(move |rule| typed.trim().clone_into(&mut rule.layout)))
                        />
                        <span class="takes" class:none=move || count() == Some(0)>{move || count().map(takes)}</span>
                    </div>
                </div>
                <Findings known setting=Signal::derive(move || at().map(|at| format!("{}/{at}", setting_of(kind))).unwrap_or_default())/>
                <div class="rule-tools">
                    {button(|n| t!("Move up rule {n}", n), icons::UP, up, first)}
                    {button(|n| t!("Move down rule {n}", n), icons::LOWER, down, last)}
                    {button(|n| t!("Remove rule {n}", n), icons::REMOVE, gone, Signal::derive(|| false))}
                </div>
            </div>
        </li>
    }
}
