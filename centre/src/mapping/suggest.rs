//! Text inputs that offer what is known, and take anything else too.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::t;

use super::known::Known;

/// Before the label of a field that is not built in, in a fact's key.
const OWN: &str = "field:";

/// A text input with a list of what could stand in it.
#[component]
pub fn Suggest(
    /// Id of the input; its list has the same with `-list`.
    #[prop(into)]
    id: String,
    /// Label for screen readers.
    #[prop(into)]
    label: String,
    /// What stands in it, where the user has not typed.
    #[prop(into)]
    value: Signal<String>,
    /// What is offered: value and what stands beside it.
    #[prop(into)]
    offer: Signal<Vec<(String, String)>>,
    /// A grey example.
    #[prop(optional, into)]
    placeholder: String,
    /// Takes what is typed or chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let list = format!("{id}-list");
    let options = move || {
        let offer = offer.get().into_iter();
        offer.map(|(value, beside)| view! { <option value=value>{beside}</option> }).collect_view()
    };
    let typed = RwSignal::new(None::<String>);
    let input = move |event| {
        let text = event_target_value(&event);
        typed.set(Some(text.clone()));
        on_change.run(text);
    };
    view! {
        <input
            id=id
            type="text"
            aria-label=label
            list=list.clone()
            placeholder=placeholder
            autocomplete="off"
            spellcheck="false"
            prop:value=move || typed.get().unwrap_or_else(|| value.get())
            on:input=input
        />
        <datalist id=list>{options}</datalist>
    }
}

/// A HaloITSM field by its name; what is kept is its key.
#[component]
pub fn FactInput(
    /// What is known of both products.
    known: Known,
    /// Kind of record.
    #[prop(into)]
    kind: Signal<RecordKind>,
    /// Id of the input.
    #[prop(into)]
    id: String,
    /// The key that is kept, where the user has not typed.
    value: String,
    /// Takes the key of what is typed or chosen; a name that nothing has is taken as it is.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let names = Memo::new(move |_| names(known, kind.get()));
    let shown = Signal::derive(move || {
        let found = names.with(|names| names.iter().find(|(key, ..)| *key == value).map(|(_, name, _)| name.clone()));
        found.unwrap_or_else(|| value.strip_prefix(OWN).unwrap_or(&value).to_owned())
    });
    let offer = Signal::derive(move || {
        names.with(|names| names.iter().map(|(_, name, example)| (name.clone(), example.clone())).collect())
    });
    let take = move |typed: String| {
        let wanted = typed.trim().to_lowercase();
        let key = names.with_untracked(|names| {
            let named = names.iter().find(|(_, name, _)| name.to_lowercase() == wanted);
            named.or_else(|| names.iter().find(|(key, ..)| *key == wanted)).map(|(key, ..)| key.clone())
        });
        on_change.run(key.unwrap_or(wanted));
    };
    view! { <Suggest id label=t!("HaloITSM field") value=shown offer placeholder=t!("Field") on_change=take/> }
}

/// Key, name and example of each fact of a kind; a field of its own that is called as one that is built in
/// says so.
fn names(known: Known, kind: RecordKind) -> Vec<(String, String, String)> {
    let facts = known.facts(kind);
    let name = |key: &str, label: &str| {
        let twice = key.starts_with(OWN) && facts.iter().any(|fact| fact.key != key && fact.label == label);
        if twice { t!("{label} (own field)", label) } else { label.to_owned() }
    };
    facts.iter().map(|fact| (fact.key.clone(), name(&fact.key, &fact.label), fact.example.clone())).collect()
}
