//! Chips, copy buttons, links, ages and troubles.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::view::Tone;
use sidelight::settings::demo;
use sidelight::t;
use sidelight::trouble::{Retry, Trouble};

use super::Unlock;
use crate::clock::{self, Now};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::{clipboard, words};

/// How long a copy button shows that it worked.
const COPIED_SHOWN: std::time::Duration = std::time::Duration::from_millis(1500);

/// A short remark.
#[component]
pub fn ChipView(
    /// Two or three words.
    #[prop(into)]
    text: String,
    /// How it is meant.
    tone: Tone,
) -> impl IntoView {
    view! { <span class=format!("chip {}", words::tone(tone)) dir="auto">{text}</span> }
}

/// Copies a value that is no secret.
#[component]
pub fn CopyButton(
    /// What is copied.
    value: String,
    /// What it is called ("serial").
    #[prop(into)]
    name: String,
    /// Icon, where two copy buttons stand side by side.
    #[prop(default = icons::COPY)]
    icon: icons::Data,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let pane = use_context::<Pane>();
    let label = t!("Copy {name}", name);
    let on_click = move |_| {
        let (value, name) = (value.clone(), name.clone());
        spawn_local(async move {
            let worked = clipboard::copy(&value).await;
            if let Some(pane) = pane {
                pane.say(words::copied(&name, worked));
            }
            if worked && copied.try_set(true).is_none() {
                set_timeout(
                    move || {
                        let _ = copied.try_set(false);
                    },
                    COPIED_SHOWN,
                );
            }
        });
    };
    view! {
        <button type="button" class="tool" title=label.clone() aria-label=label.clone() on:click=on_click>
            {move || if copied.get() {
                view! { <Icon of=icons::CHECK/> }.into_any()
            } else {
                view! { <Icon of=icon/> }.into_any()
            }}
        </button>
    }
}

/// A link out of Sidelight, as an icon with a label. Demo data has no page to lead to.
#[component]
pub fn HuduLink(
    /// Absolute address.
    url: String,
    /// What opens.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let leads = !url.is_empty() && !url.starts_with(demo::HUDU);
    leads.then(|| view! {
        <a class="tool" href=url target="_blank" rel="noopener noreferrer" title=label.clone() aria-label=label.clone()>
            <Icon of=icons::OPEN/>
        </a>
    })
}

/// "as of 2 min ago", with the exact time on hover.
#[component]
pub fn AsOf(
    /// Milliseconds since 1970.
    time: i64,
) -> impl IntoView {
    let now = use_context::<Now>();
    let age = move || {
        let now = now.map_or(time as f64, |now| now.0.get());
        t!("as of {age}", age = clock::ago(time, now))
    };
    view! { <time class="as-of" title=clock::exact(time)>{age}</time> }
}

/// What went wrong, what to do next, and the code to tell support.
#[component]
pub fn TroubleLine(
    /// The trouble.
    trouble: Trouble,
    /// Tries again, where that is possible.
    #[prop(optional, into)]
    again: Option<Callback<()>>,
) -> impl IntoView {
    let tone = if trouble.retry == Retry::Later { "warn" } else { "bad" };
    let until = words::until(&trouble);
    let around = use_context::<AwayFromOptions>();
    if let Some(AwayFromOptions(told)) = around {
        let code = trouble.code.clone();
        told.update(|told| told.push(code.clone()));
        on_cleanup(move || {
            let _ = told.try_update(|told| told.iter().position(|one| *one == code).map(|at| told.swap_remove(at)));
        });
    }
    // Only pages that are not the options send the user there.
    let next = if trouble.code == "vault.locked" {
        Some(view! { <Unlock/> }.into_any())
    } else if trouble.retry == Retry::UserMustAct && is_about_connections(&trouble.code) {
        (around.is_some() || use_context::<Pane>().is_some()).then(|| {
            view! {
                <a class="btn" href="options.html" target="_blank">{t!("Open connections")}</a>
            }
            .into_any()
        })
    } else {
        again.filter(|_| trouble.retry != Retry::Defect).map(|again| {
            view! {
                <button type="button" class="btn" data-act="again" on:click=move |_| again.run(())>{t!("Try again")}</button>
            }
            .into_any()
        })
    };
    view! {
        <div class=format!("trouble {tone}") role="alert">
            <Icon of=icons::WARN/>
            <div class="grow">
                <p dir="auto">{trouble.sentence}</p>
                {until.map(|until| view! { <p>{until}</p> })}
                <p class="code">{t!("Code")}" "<code>{trouble.code}</code></p>
                {next}
            </div>
        </div>
    }
}

/// Stands around pages that show no record and are not the options either: the codes of the troubles that they tell.
#[derive(Clone, Copy)]
pub struct AwayFromOptions(pub RwSignal<Vec<String>>);

/// Whether the options are the place to mend a trouble.
fn is_about_connections(code: &str) -> bool {
    const CODES: [&str; 4] = ["http.not_permitted", "http.not_connected", "http.not_an_api", "http.forbidden"];
    const AREAS: [&str; 4] = ["halo.", "hudu.", "address.", "settings."];
    CODES.contains(&code) || AREAS.iter().any(|area| code.starts_with(area))
}

/// A state of a whole page: words, and a next step where there is one.
#[component]
pub fn State(
    /// Icon above the words.
    icon: icons::Data,
    /// One short line.
    #[prop(into)]
    title: String,
    /// What it means and what to do.
    #[prop(into)]
    text: String,
    /// The next step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            <span class="glyph"><Icon of=icon/></span>
            <h2 class="title">{title}</h2>
            <p dir="auto">{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
