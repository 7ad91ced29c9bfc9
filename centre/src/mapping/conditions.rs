//! The conditions of one sort rule.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::settings::{Condition, SortRule, Test};
use sidelight_ui::icons::{self, Icon};

use super::known::{Known, Suggest};

/// A change of a rule's conditions.
pub type Change = Box<dyn FnOnce(&mut Vec<Condition>)>;

/// Every test with its words.
const TESTS: [(Test, &str); 6] = [
    (Test::Contains, "contains"),
    (Test::Is, "is"),
    (Test::IsNot, "is not"),
    (Test::StartsWith, "starts with"),
    (Test::Matches, "matches"),
    (Test::IsEmpty, "is empty"),
];

/// Facts that sort rules may ask of though they go nowhere in Hudu.
const ALWAYS: [(&str, &str); 4] = [("type", "Type"), ("group", "Group"), ("status", "Status"), ("name", "Name")];

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
        let condition = Condition { fact: "type".to_owned(), is: Test::Contains, value: String::new() };
        edit.run(Box::new(move |when| when.push(condition)));
    };
    // Drawn anew when one comes or goes, not at each letter, so that the focus stays.
    let rows = move || {
        let id = id.clone();
        (0..count.get()).map(|at| view! { <Row known kind id=format!("{id}-{at}") at rule edit/> }).collect_view()
    };
    view! {
        <div class="conditions">
            {rows}
            {move || (count.get() == 0).then(|| view! { <p class="muted">"No condition: takes every record."</p> })}
            <button type="button" class="btn quiet small" data-act="add-condition" on:click=add>
                <Icon of=icons::PLUS/>
                "And"
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
    let offer = Signal::derive(move || {
        let mut offer: Vec<(String, String)> =
            ALWAYS.iter().map(|(key, label)| ((*key).to_owned(), (*label).to_owned())).collect();
        for fact in known.facts(kind) {
            if !offer.iter().any(|(key, _)| *key == fact.key) {
                let beside =
                    if fact.example.is_empty() { fact.label } else { format!("{}: {}", fact.label, fact.example) };
                offer.push((fact.key, beside));
            }
        }
        offer
    });
    let is = Memo::new(move |_| own().map(|condition| condition.is));
    let options = TESTS.iter().enumerate().map(|(index, (test, words))| {
        view! { <option value=index.to_string() selected=move || is.get() == Some(*test)>{*words}</option> }
    });
    let choose = move |event| {
        let index: usize = event_target_value(&event).parse().unwrap_or_default();
        if let Some((test, _)) = TESTS.get(index) {
            set(Box::new(move |condition| condition.is = *test));
        }
    };
    let hint = move || match is.get() {
        Some(Test::Matches) => "a regular expression",
        Some(Test::IsEmpty) | None => "",
        _ => "one or several texts with commas between them",
    };
    let value_hint = format!("{id}-hint");
    view! {
        <div class="condition">
            <Suggest id=format!("{id}-fact") label="Halo field" value=first.fact offer placeholder="type"
                on_change=move |typed: String| set(Box::new(move |condition| condition.fact = typed.trim().to_owned()))/>
            <select aria-label="Test" on:change=choose>{options.collect_view()}</select>
            <input
                type="text"
                aria-label="Text"
                aria-describedby=value_hint.clone()
                disabled=move || is.get() == Some(Test::IsEmpty)
                prop:value=first.value
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    set(Box::new(move |condition| condition.value = typed));
                }
            />
            <button type="button" class="tool" title="Remove this condition" aria-label="Remove this condition"
                on:click=move |_| edit.run(Box::new(move |when| { when.remove(at); }))>
                <Icon of=icons::REMOVE/>
            </button>
            <span class="hint" id=value_hint>{hint}</span>
        </div>
    }
    .into_any()
}
