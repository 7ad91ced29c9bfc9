//! Labelled inputs.

use leptos::prelude::*;
use sidelight::words::say;

/// A text input with its label, a hint and an error beside it.
#[component]
pub fn TextField(
    /// Id of the input.
    #[prop(into)]
    id: String,
    /// Label.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What belongs here.
    #[prop(optional, into)]
    hint: String,
    /// A grey example, or what is stored.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Dots instead of letters.
    #[prop(optional)]
    secret: bool,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let wrong = move || error.and_then(|error| error.get());
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described = format!("{hint_id} {error_id}");
    let input = move |event| {
        value.set(event_target_value(&event));
        if let Some(error) = error {
            error.set(None);
        }
    };
    view! {
        <div class="text-field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type=if secret { "password" } else { "text" }
                autocomplete=if secret { "new-password" } else { "off" }
                spellcheck="false"
                autocapitalize="off"
                placeholder=move || placeholder.get()
                aria-describedby=described
                aria-invalid=move || wrong().is_some().to_string()
                prop:value=value
                on:input=input
            />
            <p class="hint" id=hint_id>{hint}</p>
            <p class="error" id=error_id aria-live="polite">{wrong}</p>
        </div>
    }
}

/// A checkbox with its label.
#[component]
pub fn Tick(
    /// Label.
    #[prop(into)]
    label: String,
    /// What it means.
    #[prop(optional, into)]
    hint: String,
    /// Whether it is ticked.
    #[prop(into)]
    value: Signal<bool>,
    /// Takes a change.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="tick">
            <input
                type="checkbox"
                prop:checked=value
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>{label}{(!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> })}</span>
        </label>
    }
}

/// One of several, as radio buttons.
#[component]
pub fn Radios(
    /// Name of the group.
    name: &'static str,
    /// What is chosen between.
    #[prop(into)]
    legend: String,
    /// Value and label of each; labels are marked, not said.
    choices: &'static [(&'static str, &'static str)],
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<&'static str>,
    /// Takes a change.
    #[prop(into)]
    on_change: Callback<&'static str>,
) -> impl IntoView {
    let radios = choices.iter().map(|(choice, label)| {
        view! {
            <label class="tick">
                <input
                    type="radio"
                    name=name
                    value=*choice
                    prop:checked=move || value.get() == *choice
                    on:change=move |_| on_change.run(choice)
                />
                <span>{say(label)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="radios">
            <legend>{legend}</legend>
            {radios.collect_view()}
        </fieldset>
    }
}
