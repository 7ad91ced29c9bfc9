//! What is in a document, by its form.

use leptos::prelude::*;
use sidelight::assist::view::{BodyView, DocumentKind, ItemView};
use sidelight::protocol::SecretPart;

use super::fields::is_web;
use super::{ChipView, CopyButton, Fields, PasswordRow, Secret, SecretPartLine};
use crate::icons::{self, Icon};
use crate::prose::Prose;

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
                {none.then(|| view! { <p class="muted">"No field of this record is filled in."</p> })}
                <Fields fields/>
                {(!passwords.is_empty()).then(|| view! {
                    <h3>"Passwords"</h3>
                    <ul class="items">
                        {passwords.into_iter().map(|item| view! { <PasswordRow item/> }).collect_view()}
                    </ul>
                })}
            }
            .into_any()
        }
        BodyView::Article { html, .. } if html.trim().is_empty() => {
            view! { <p class="muted">"This article is empty."</p> }.into_any()
        }
        BodyView::Article { html, .. } => view! { <Prose html/> }.into_any(),
        BodyView::Password { username, one_time_code, notes, login_url } => {
            view! { <PasswordBody id=item.id username one_time_code notes login_url/> }.into_any()
        }
        BodyView::Process { description, tasks } => view! { <ProcessBody description tasks/> }.into_any(),
        BodyView::Row => view! { <RowBody item/> }.into_any(),
    }
}

#[component]
fn PasswordBody(
    id: i64,
    username: Option<String>,
    one_time_code: bool,
    notes: Option<String>,
    login_url: Option<String>,
) -> impl IntoView {
    let password = Secret::new(id, SecretPart::Password);
    let code = one_time_code.then(|| Secret::new(id, SecretPart::OneTimeCode));
    view! {
        <dl class="fields">
            {username.map(|user| view! {
                <div class="field">
                    <dt>"User name"</dt>
                    <dd>
                        <span class="value mono" dir="auto">{user.clone()}</span>
                        <CopyButton value=user name="user name"/>
                    </dd>
                </div>
            })}
            <div class="field"><dt>"Password"</dt><dd><SecretPartLine secret=password/></dd></div>
            {code.map(|secret| view! {
                <div class="field"><dt>"One-time code"</dt><dd><SecretPartLine secret/></dd></div>
            })}
            {login_url.filter(|url| is_web(url)).map(|url| view! {
                <div class="field">
                    <dt>"Login page"</dt>
                    <dd>
                        <a class="value" href=url.clone() target="_blank" rel="noopener noreferrer">{url.clone()}</a>
                        <CopyButton value=url name="login page"/>
                    </dd>
                </div>
            })}
            {notes.map(|notes| view! {
                <div class="field wide"><dt>"Notes"</dt><dd><p class="value plain-text" dir="auto">{notes}</p></dd></div>
            })}
        </dl>
    }
}

#[component]
fn ProcessBody(description: Option<String>, tasks: Vec<(String, bool)>) -> impl IntoView {
    let done = tasks.iter().filter(|(_, done)| *done).count();
    let total = tasks.len();
    view! {
        {description.map(|text| view! { <p class="plain-text" dir="auto">{text}</p> })}
        <p class="muted">{format!("{done} of {total} steps done")}</p>
        <ol class="steps">
            {tasks.into_iter().map(|(name, done)| {
                let (icon, words) = if done { (icons::GOOD, "Done: ") } else { (icons::SKIPPED, "To do: ") };
                view! {
                    <li class:done=done>
                        <Icon of=icon/>
                        <span class="offscreen">{words}</span>
                        <span dir="auto">{name}</span>
                    </li>
                }
            }).collect_view()}
        </ol>
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
