//! What is in a document, by its form.

use leptos::prelude::*;
use sidelight::assist::view::{BodyView, DocumentKind, ItemView};
use sidelight::t;

use super::fields::is_web;
use super::{Article, ChipView, Fields, PasswordBody, PasswordRow, ProcessBody};

/// The content of a document.
#[component]
pub fn Body(
    /// What is in it.
    body: BodyView,
    /// The row that opened it.
    item: ItemView,
) -> impl IntoView {
    match body {
        BodyView::Fields { fields, passwords } => {
            let none = fields.is_empty() && passwords.is_empty();
            view! {
                {none.then(|| view! { <p class="muted">{t!("No field of this record is filled in. Fill it in in Hudu, or sync it from HaloITSM.")}</p> })}
                <Fields fields/>
                {(!passwords.is_empty()).then(|| view! {
                    <h3>{t!("Passwords")}</h3>
                    <ul class="items">
                        {passwords.into_iter().map(|item| view! { <PasswordRow item/> }).collect_view()}
                    </ul>
                })}
            }
            .into_any()
        }
        BodyView::Article { html, .. } => view! { <Article html/> }.into_any(),
        BodyView::Password { .. } => view! { <PasswordBody id=item.id body/> }.into_any(),
        BodyView::Process { description, tasks, run, deeds } => {
            view! { <ProcessBody id=item.id description tasks run deeds/> }.into_any()
        }
        BodyView::Row => view! { <RowBody item/> }.into_any(),
    }
}

/// A website or an expiration has no more than its row.
#[component]
fn RowBody(item: ItemView) -> impl IntoView {
    let site = item.kind == DocumentKind::Website && is_web(&item.title);
    let ItemView { title, subtitle, chips, .. } = item;
    view! {
        {site.then(|| view! {
            <p><a href=title.clone() target="_blank" rel="noopener noreferrer">{title.clone()}</a></p>
        })}
        {subtitle.map(|text| view! { <p dir="auto">{text}</p> })}
        <p class="chips">
            {chips.into_iter().map(|chip| view! { <ChipView text=chip.text tone=chip.tone/> }).collect_view()}
        </p>
    }
}
