//! The question before a tool writes.

use js_sys::JSON;
use leptos::prelude::*;
use sidelight::t;
use sidelight::tools::ToolView;
use sidelight_ui::browser::member;
use sidelight_ui::icons::{self, Icon};
use wasm_bindgen::JsValue;

use super::schema;

/// What is about to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The arguments, as JSON text.
    pub arguments: String,
    /// The record that will go: the answer that read it, as JSON text.
    pub of: Option<String>,
}

/// A dialog that says what will happen, and asks.
#[component]
pub fn Ask(
    /// The tool.
    tool: ToolView,
    /// What is asked about; the dialog is open while there is something.
    question: RwSignal<Option<Question>>,
    /// Takes the arguments when the user agrees.
    agreed: Callback<String>,
) -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move || {
        let open = question.with(Option::is_some);
        let Some(dialog) = dialog.get() else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open {
            dialog.close();
        }
    });
    let agree = move |click: web_sys::MouseEvent| {
        if let Some(asked) = question.get_untracked().filter(|_| click.is_trusted()) {
            question.set(None);
            agreed.run(asked.arguments);
        }
    };
    let what = move || question.with(|asked| asked.as_ref()?.of.as_deref().and_then(named));
    let sent = move || {
        let text = question.with(|asked| asked.as_ref().map(|asked| asked.arguments.clone())).unwrap_or_default();
        JSON::parse(&text).map(|value| schema::text(&value, true)).unwrap_or_default()
    };
    let class = if tool.destructive { "btn danger" } else { "btn primary" };
    view! {
        <dialog class="ask" node_ref=dialog aria-labelledby="ask-title" on:close=move |_| question.set(None)>
            <h2 id="ask-title"><Icon of=icons::WARN/>{format!("{}?", tool.operation)}</h2>
            <p>{tool.about.clone()}</p>
            {move || what().map(|what| view! { <p>{t!("It will be:")}" "<b dir="auto">{what}</b></p> })}
            <pre class="command" tabindex="0" aria-label=t!("Arguments")>{sent}</pre>
            <div class="buttons">
                <button type="button" class="btn" on:click=move |_| question.set(None)>{t!("Cancel")}</button>
                <button type="button" class=class data-act="confirm" on:click=agree>{tool.operation.clone()}</button>
            </div>
        </dialog>
    }
}

/// How a record calls itself, with its id.
fn named(answer: &str) -> Option<String> {
    const NAMES: [&str; 6] = ["name", "summary", "title", "subject", "inventory_number", "filename"];
    let record = member(&JSON::parse(answer).ok()?, "result")?;
    let text = |value: JsValue| value.as_string().or_else(|| value.as_f64().map(|number| number.to_string()));
    let name = NAMES.iter().find_map(|name| member(&record, name)?.as_string().filter(|name| !name.trim().is_empty()));
    let id = member(&record, "id").and_then(text)?;
    Some(match name {
        Some(name) => format!("{name} ({id})"),
        None => id,
    })
}
