//! A password in a list, and open.

mod open;

pub use open::PasswordBody;

use leptos::prelude::*;
use sidelight::assist::view::ItemView;
use sidelight::protocol::SecretPart;
use sidelight::t;

use super::item::row_id;
use super::{ChipView, CopyButton, Guarded, Ring, Secret};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::words;

/// A password: name and user name, with its controls in the row.
#[component]
pub fn PasswordRow(
    /// The row.
    item: ItemView,
) -> impl IntoView {
    let pane = Pane::of_page();
    let secret = Secret::new(item.id, SecretPart::Password);
    let code = item.has_code.then(|| Secret::new(item.id, SecretPart::OneTimeCode));
    let ItemView { title, subtitle, chips, .. } = item.clone();
    let name = title.clone();
    let user = subtitle.clone();
    let id = row_id(item.kind, item.id);
    view! {
        <li class="item password">
            <button type="button" class="row" id=id title=name on:click=move |_| pane.open(item.clone())>
                <span class="glyph"><Icon of=icons::document(item.kind)/></span>
                <span class="texts">
                    <span class="name" dir="auto">{title}</span>
                    <span class="sub mono" dir="auto">
                        {subtitle.map(|user| format!("{user} · "))}
                        <span class="secret-value" class:shown=move || secret.is_shown() data-secret="reveal">
                            {move || secret.text()}
                        </span>
                    </span>
                    {chips.into_iter().map(|chip| view! { <ChipView text=chip.text tone=chip.tone/> }).collect_view()}
                </span>
            </button>
            <span class="tools">
                <Ring secret/>
                <Guarded act="reveal" class="tool" label=t!("Reveal password") intent=secret.intent() deed=move |()| secret.toggle()>
                    {move || if secret.is_shown() {
                        view! { <Icon of=icons::HIDE/> }.into_any()
                    } else {
                        view! { <Icon of=icons::REVEAL/> }.into_any()
                    }}
                </Guarded>
                <Guarded act="copy-password" class="tool" label=t!("Copy password") intent=secret.intent() deed=move |()| secret.copy()>
                    <Icon of=icons::COPY/>
                </Guarded>
                {code.map(|code| view! {
                    <Guarded act="copy-code" class="tool" label=t!("Copy one-time code") intent=code.intent() deed=move |()| code.copy()>
                        <Icon of=icons::CODE/>
                    </Guarded>
                })}
                {user.map(|user| view! { <CopyButton value=user name=words::inside(&t!("User name")) icon=icons::ACCOUNT/> })}
            </span>
        </li>
    }
}
