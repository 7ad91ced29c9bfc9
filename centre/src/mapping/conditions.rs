//! The conditions of one sort rule.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::settings::{Condition, SortRule, Test};
use sidelight::words::say;
use sidelight::{mark, t};
use sidelight_ui::icons::{self, Icon};

use super::known::Known;
use super::moves;
use super::suggest::FactInput;

/// A change of a rule's conditions.
pub type Change = Box<dyn FnOnce(&mut Vec<Condition>)>;

/// Every test with its words.
const TESTS: [(Test, &str); 6] = [
    (Test::Contains, mark!("contains")),
    (Test::Is, mark!("is")),
    (Test::IsNot, mark!("is not")),
    (Test::StartsWith, mark!("starts with")),
    (Test::Matches, mark!("matches")),
    (Test::IsEmpty, mark!("is empty")),
];

/// The fact that a new condition asks of.
pub fn usual(kind: RecordKind) -> &'static str {
    if kind == RecordKind::User { "job_title" } else { "type" }
}

/// The conditions, all of which have to hold.
#[component]
pub fn Conditions(
    /// What is known of both products.
    known: Known,
    /// Assets or users.
    kind: RecordKind,
    /// Begins the ids of the inputs.
    id: String,
    /// The rule as it stands.
    rule: Signal<Option<SortRule>>,
    /// Changes its conditions.
    #[prop(into)]
    edit: Callback<Change>,
) -> impl IntoView {
    let count = Memo::new(move |_| rule.with(|rule| rule.as_ref().map_or(0, |rule| rule.when.len())));
    let add = move |_| {
        let condition = Condition { fact: usual(kind).to_owned(), is: Test::Contains, value: String::new() };
        edit.run(Box::new(move |when| when.push(condition)));
    };
    // Drawn anew when one comes or goes, not at each letter, so that the focus stays.
    let rows = move || {
        let id = id.clone();
        (0..count.get()).map(|at| view! { <Row known kind id=format!("{id}-{at}") at rule edit/> }).collect_view()
    };
    view! {
        <div class="conditions has-rows">
            {rows}
            {move || (count.get() == 0).then(|| view! { <p class="muted">{t!("No condition: takes every record.")}</p> })}
            <button type="button" class="btn quiet small" data-act="add-condition" on:click=add>
                <Icon of=icons::PLUS/>
                {move || if count.get() == 0 { t!("Add a condition") } else { t!("And") }}
            </button>
        </div>
    }
}

#[component]
fn Row(
    known: Known,
    kind: RecordKind,
    id: String,
    at: usize,
    rule: Signal<Option<SortRule>>,
    edit: Callback<Change>,
) -> impl IntoView {
    let own = move || rule.with(|rule| rule.as_ref().and_then(|rule| rule.when.get(at).cloned()));
    let Some(first) = untrack(own) else { return ().into_any() };
    let set = move |change: Box<dyn FnOnce(&mut Condition)>| {
        edit.run(Box::new(move |when| {
            if let Some(condition) = when.get_mut(at) {
                change(condition);
            }
        }));
    };
    let is = Memo::new(move |_| own().map(|condition| condition.is));
    let options = TESTS.iter().enumerate().map(|(index, (test, words))| {
        view! { <option value=index.to_string() selected=move || is.get() == Some(*test)>{say(words)}</option> }
    });
    let choose = move |event| {
        let index: usize = event_target_value(&event).parse().unwrap_or_default();
        if let Some((test, _)) = TESTS.get(index) {
            set(Box::new(move |condition| condition.is = *test));
        }
    };
    let hint = move || match is.get() {
        Some(Test::Matches) => t!("regular expression"),
        Some(Test::IsEmpty) | None => String::new(),
        _ => t!("one, or several with commas"),
    };
    let remove = move |click: web_sys::MouseEvent| {
        edit.run(Box::new(move |when| drop(when.remove(at))));
        moves::leave(&click, "add-condition");
    };
    view! {
        <div class="condition">
            <span class="lead-word" aria-hidden="true">{if at == 0 { t!("if") } else { t!("and") }}</span>
            <FactInput known kind id=format!("{id}-fact") value=first.fact
                on_change=move |key: String| set(Box::new(move |condition| condition.fact = key))/>
            <select aria-label=t!("Test") on:change=choose>{options.collect_view()}</select>
            <input
                type="text"
                aria-label=t!("Text")
                placeholder=hint
                hidden=move || is.get() == Some(Test::IsEmpty)
                prop:value=first.value
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    set(Box::new(move |condition| condition.value = typed));
                }
            />
            <button type="button" class="tool" title=t!("Remove this condition") aria-label=t!("Remove this condition") on:click=remove>
                <Icon of=icons::CLOSE/>
            </button>
        </div>
    }
    .into_any()
}
