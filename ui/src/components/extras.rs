//! What belongs to a document and is read only when somebody wants to see it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::view::{ActivityView, DocumentKind, ExtrasView, FileView};
use sidelight::protocol::{Message, Reply};
use sidelight::t;
use sidelight::trouble::Trouble;

use super::TroubleLine;
use crate::icons::{self, Icon};
use crate::{bridge, clock};

/// Files, photos and activity, folded away until they are asked for.
#[component]
pub fn Extras(
    /// Kind of the document.
    kind: DocumentKind,
    /// Its Hudu id.
    id: i64,
) -> impl IntoView {
    let answer = RwSignal::new(None::<Result<ExtrasView, Trouble>>);
    let asked = StoredValue::new(false);
    let ask = move || {
        answer.set(None);
        spawn_local(async move {
            let found = match bridge::ask(Message::Extras { kind, id }).await {
                Ok(Reply::Extras { extras }) => Ok(extras),
                Ok(_) => Err(bridge::odd()),
                Err(trouble) => Err(trouble),
            };
            let _ = answer.try_set(Some(found));
        });
    };
    let opened = move |_| {
        if !asked.get_value() {
            asked.set_value(true);
            ask();
        }
    };
    let content = move || match answer.get() {
        None => view! { <p class="muted">{t!("Reading from Hudu…")}</p> }.into_any(),
        Some(Err(trouble)) => view! { <TroubleLine trouble again=move |()| ask()/> }.into_any(),
        Some(Ok(extras)) => view! { <Found extras/> }.into_any(),
    };
    view! {
        <details class="fold" on:toggle=opened>
            <summary><span class="chevron"><Icon of=icons::CHEVRON/></span>{t!("Files and activity")}</summary>
            {content}
        </details>
    }
}

#[component]
fn Found(extras: ExtrasView) -> impl IntoView {
    let ExtrasView { files, activity, troubles } = extras;
    let none = files.is_empty() && activity.is_empty() && troubles.is_empty();
    view! {
        {none.then(|| view! { <p class="muted">{t!("Hudu has no files of this document and tells no activity.")}</p> })}
        {troubles.into_iter().map(|trouble| view! { <TroubleLine trouble/> }).collect_view()}
        <ul class="plain">
            {files.into_iter().map(|FileView { name, note, url }| view! {
                <li>
                    <a href=url target="_blank" rel="noopener noreferrer" dir="auto">{name}</a>
                    " "<span class="muted">{note}</span>
                </li>
            }).collect_view()}
        </ul>
        <ul class="plain">
            {activity.into_iter().map(|ActivityView { time, who, what }| view! {
                <li>
                    <span dir="auto">{what}</span>
                    <span class="muted" dir="auto">
                        {(!who.is_empty()).then(|| format!(" {}", t!("by {who}", who)))}
                        {time.map(|time| format!(", {}", clock::exact(time)))}
                    </span>
                </li>
            }).collect_view()}
        </ul>
    }
}
