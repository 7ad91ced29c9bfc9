//! The fields of a record, each with its copy button.

use leptos::prelude::*;
use sidelight::assist::view::{AssetLink, FieldKind, FieldView};
use sidelight::t;

use super::{ChipView, CopyButton};
use crate::pane::Pane;
use crate::prose::Prose;
use crate::{clock, words};

/// Fields in order. Long lists begin with the first few.
#[component]
pub fn Fields(
    /// The fields.
    fields: Vec<FieldView>,
    /// How many are shown at first; all when left out.
    #[prop(default = usize::MAX)]
    first: usize,
) -> impl IntoView {
    let total = fields.len();
    let all = RwSignal::new(total <= first.saturating_add(1));
    let rows = move || {
        let shown = if all.get() { total } else { first };
        fields.iter().take(shown).cloned().map(|field| view! { <FieldRow field/> }).collect_view()
    };
    view! {
        <dl class="fields">{rows}</dl>
        {move || (!all.get()).then(|| view! {
            <button type="button" class="btn quiet" on:click=move |_| all.set(true)>
                {t!("Show all {total} fields", total)}
            </button>
        })}
    }
}

/// One field.
#[component]
pub fn FieldRow(
    /// The field.
    field: FieldView,
) -> impl IntoView {
    let FieldView { label, value, kind, links, chip } = field;
    let copy = !matches!(kind, FieldKind::Secret | FieldKind::Html | FieldKind::Check);
    let name = words::inside(&label);
    let wide = kind == FieldKind::Html;
    view! {
        <div class="field" class:wide=wide>
            <dt dir="auto">{label}</dt>
            <dd>
                {if links.is_empty() {
                    view! { <FieldValue value=value.clone() kind/> }.into_any()
                } else {
                    view! { <Linked links/> }.into_any()
                }}
                {chip.map(|chip| view! { <ChipView text=chip.text tone=chip.tone/> })}
                {copy.then(|| view! { <CopyButton value name/> })}
            </dd>
        </div>
    }
}

#[component]
fn FieldValue(value: String, kind: FieldKind) -> impl IntoView {
    let link = |href: String, text: String, apart: bool| {
        view! {
            <a
                class="value"
                dir="auto"
                href=href
                target=apart.then_some("_blank")
                rel=apart.then_some("noopener noreferrer")
            >
                {text}
            </a>
        }
        .into_any()
    };
    match kind {
        FieldKind::Text => view! { <span class="value" dir="auto">{value}</span> }.into_any(),
        FieldKind::Assets => ().into_any(),
        FieldKind::Lines => view! { <span class="value plain-text" dir="auto">{value}</span> }.into_any(),
        FieldKind::Code => view! { <span class="value mono">{value}</span> }.into_any(),
        FieldKind::Link if is_web(&value) => link(value.clone(), value, true),
        FieldKind::Link => view! { <span class="value" dir="auto">{value}</span> }.into_any(),
        FieldKind::Email => link(format!("mailto:{value}"), value, false),
        FieldKind::Phone => {
            let dialled: String = value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            link(format!("tel:{dialled}"), value, false)
        }
        FieldKind::Date => view! { <time class="value" title=value.clone()>{clock::day(&value)}</time> }.into_any(),
        FieldKind::Check => {
            view! { <span class="value">{if value == "true" { t!("Yes") } else { t!("No") }}</span> }.into_any()
        }
        FieldKind::Html => view! { <Prose html=value/> }.into_any(),
        FieldKind::Secret => {
            view! { <span class="value muted">{t!("Kept in Hudu. Open it there to see it.")}</span> }.into_any()
        }
    }
}

/// Linked assets: those of this company open in the sidebar.
#[component]
fn Linked(links: Vec<AssetLink>) -> impl IntoView {
    let link = |AssetLink { id, kind, name, known }: AssetLink| {
        let Some(pane) = use_context::<Pane>().filter(|_| known) else {
            return view! { <span dir="auto">{name}</span> }.into_any();
        };
        let item = Pane::named(kind, id, Some(name.clone()));
        view! {
            <button type="button" class="link" dir="auto" on:click=move |_| pane.go_on_to(item.clone())>{name}</button>
        }
        .into_any()
    };
    view! { <ul class="value links">{links.into_iter().map(|one| view! { <li>{link(one)}</li> }).collect_view()}</ul> }
}

/// Only web addresses become links.
pub(super) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
