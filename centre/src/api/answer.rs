//! What a tool answered: as a table or as JSON, and the next page.

use js_sys::JSON;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::{many, t};
use sidelight_ui::browser::member;
use sidelight_ui::clipboard;
use sidelight_ui::icons::{self, Icon};
use wasm_bindgen::JsValue;

use super::{schema, table};
use crate::desk::Desk;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The arguments it was asked with, as JSON text.
    pub arguments: String,
    /// `result` and `next_cursor`, as JSON text.
    pub answer: String,
}

/// The answer, with ways to look at it, take it along and go on.
#[component]
pub fn Answer(
    /// Members that come first in a table.
    columns: Vec<String>,
    /// The answer.
    answered: Answered,
    /// Something is being asked.
    busy: RwSignal<bool>,
    /// Asks for the page behind this cursor.
    next: Callback<String>,
) -> impl IntoView {
    let desk = Desk::of_page();
    let whole = JSON::parse(&answered.answer).unwrap_or(JsValue::NULL);
    let result = member(&whole, "result").unwrap_or(JsValue::NULL);
    let cursor = member(&whole, "next_cursor").and_then(|cursor| cursor.as_string());
    let pretty = schema::text(&whole, true);
    let rows = table::Rows::of(&result, &columns);
    let title = match rows.as_ref().map(|rows| (rows.many, rows.rows.len())) {
        Some((true, 0)) => t!("No rows"),
        Some((true, count)) => many!(count, "{n} row", "{n} rows"),
        _ => t!("Result"),
    };
    desk.say(format!("{title}."));
    let as_json = RwSignal::new(rows.is_none());
    let tabled = rows.is_some();
    let pick = move |json: bool, name: String| {
        view! {
            <button type="button" class="pick" aria-pressed=move || (as_json.get() == json).to_string() on:click=move |_| as_json.set(json)>
                {name}
            </button>
        }
    };
    let copy = {
        let pretty = pretty.clone();
        move |_| {
            let pretty = pretty.clone();
            spawn_local(async move {
                let copied = clipboard::copy(&pretty).await;
                desk.say(if copied { t!("Copied the JSON.") } else { t!("It could not be copied.") });
            });
        }
    };
    let go_on = cursor.map(|cursor| {
        view! {
            <button type="button" class="btn" data-act="next-page" prop:disabled=busy on:click=move |_| next.run(cursor.clone())>
                {t!("Next page")}
                <Icon of=icons::CHEVRON/>
            </button>
        }
    });
    let rows = StoredValue::new_local(rows);
    view! {
        <section class="card result" aria-labelledby="result-title">
            <div class="result-head">
                <h2 id="result-title" class="grow">{title}</h2>
                {tabled.then(|| view! { <span class="chips">{pick(false, t!("Table"))}{pick(true, "JSON".to_owned())}</span> })}
                <button type="button" class="btn quiet" data-act="copy-json" on:click=copy><Icon of=icons::COPY/>{t!("Copy JSON")}</button>
                {go_on}
            </div>
            {move || match as_json.get() {
                true => view! { <pre class="json" tabindex="0" aria-label="JSON">{pretty.clone()}</pre> }.into_any(),
                false => rows.with_value(|rows| rows.as_ref().map(|rows| view! { <table::Table rows=rows.clone()/> }).into_any()),
            }}
        </section>
    }
}
