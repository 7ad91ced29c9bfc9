//! A password, open: what is known of it without its value, and the controls for that.

use leptos::prelude::*;
use sidelight::assist::view::{BodyView, Strength, Tone, UseView};
use sidelight::protocol::{SecretPart, SecretUse};
use sidelight::t;

use crate::components::fields::is_web;
use crate::components::{ChipView, CopyButton, Secret, SecretPartLine};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::{clock, words};

/// The content of a password.
#[component]
pub fn PasswordBody(
    /// Hudu id.
    id: i64,
    /// What is known of it.
    body: BodyView,
) -> impl IntoView {
    let BodyView::Password { username, one_time_code, notes, login_url, strength, age, asset, uses } = body else {
        return None;
    };
    let pane = Pane::of_page();
    let password = Secret::new(id, SecretPart::Password);
    let code = one_time_code.then(|| Secret::new(id, SecretPart::OneTimeCode));
    let strength = strength.map(|strength| match strength {
        Strength::Weak => (t!("weak: easy to guess"), Tone::Bad),
        Strength::Fair => (t!("fair"), Tone::Warn),
        Strength::Strong => (t!("strong"), Tone::Good),
    });
    Some(view! {
        <dl class="fields">
            {username.map(|user| view! {
                <div class="field">
                    <dt>{t!("User name")}</dt>
                    <dd>
                        <span class="value mono" dir="auto">{user.clone()}</span>
                        <CopyButton value=user name=words::inside(&t!("User name"))/>
                    </dd>
                </div>
            })}
            <div class="field"><dt>{t!("Password")}</dt><dd><SecretPartLine secret=password/></dd></div>
            {code.map(|secret| view! {
                <div class="field"><dt>{t!("One-time code")}</dt><dd><SecretPartLine secret/></dd></div>
            })}
            {(strength.is_some() || age.is_some()).then(|| view! {
                <div class="field">
                    <dt>{t!("Strength")}</dt>
                    <dd class="chips">
                        {strength.map(|(text, tone)| view! { <ChipView text tone/> })}
                        {age.map(|age| view! { <ChipView text=age.text tone=age.tone/> })}
                    </dd>
                </div>
            })}
            {login_url.filter(|url| is_web(url)).map(|url| view! {
                <div class="field">
                    <dt>{t!("Login page")}</dt>
                    <dd>
                        <a class="value" href=url.clone() target="_blank" rel="noopener noreferrer">{url.clone()}</a>
                        <CopyButton value=url name=words::inside(&t!("Login page"))/>
                    </dd>
                </div>
            })}
            {asset.map(|asset| view! {
                <div class="field">
                    <dt>{t!("Belongs to")}</dt>
                    <dd>
                        <button type="button" class="link value" dir="auto" on:click={
                            let asset = asset.clone();
                            move |_| pane.go_on_to(asset.clone())
                        }>{asset.title.clone()}</button>
                    </dd>
                </div>
            })}
            {notes.map(|notes| view! {
                <div class="field wide"><dt>{t!("Notes")}</dt><dd><p class="value plain-text" dir="auto">{notes}</p></dd></div>
            })}
        </dl>
        <Uses uses/>
    })
}

/// What the password was used for from this browser.
#[component]
fn Uses(uses: Vec<UseView>) -> impl IntoView {
    let line = |used: UseView| {
        let UseView { time, who, record, part, how } = used;
        let what = match (part, how) {
            (SecretPart::Password, SecretUse::Shown) => t!("Password shown"),
            (SecretPart::Password, SecretUse::Copied) => t!("Password copied"),
            (SecretPart::OneTimeCode, SecretUse::Shown) => t!("Code shown"),
            (SecretPart::OneTimeCode, SecretUse::Copied) => t!("Code copied"),
        };
        let at = record.map(|record| {
            format!(" {}", t!("at {kind} {id}", kind = words::inside(&words::record(record.kind)), id = record.id))
        });
        let by = (!who.is_empty()).then(|| format!(" {}", t!("by {who}", who)));
        view! {
            <li>
                {what}{at}
                <span class="muted" dir="auto">{by}{format!(", {}", clock::exact(time))}</span>
            </li>
        }
    };
    view! {
        <details class="fold">
            <summary><span class="chevron"><Icon of=icons::CHEVRON/></span>{t!("Used from this browser")}</summary>
            {uses.is_empty().then(|| view! {
                <p class="muted">{t!("Not yet. Each use is noted here, without the value, until you disconnect.")}</p>
            })}
            <ul class="plain">{uses.into_iter().map(line).collect_view()}</ul>
        </details>
    }
}
