//! Which kinds are synced, and which layout each of them goes to.

use crate::said::Linked;
use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::settings::SyncSettings;
use sidelight::words::say;
use sidelight::{many, mark, t};
use sidelight_ui::components::{Kept, Tick};
use sidelight_ui::words;

use super::draft::Draft;
use super::findings::Findings;
use super::known::Known;
use super::suggest::Suggest;

/// The setting that holds a layout: its name, and where it stands.
type LayoutSetting = (&'static str, fn(&mut SyncSettings) -> &mut String);

/// Every kind in the order in which it is synced: what becomes of it, and its layout where it has one.
const KINDS: [(RecordKind, &str, Option<LayoutSetting>); 6] = [
    (RecordKind::Client, mark!("become companies"), None),
    (RecordKind::Site, mark!("become assets in"), Some(("sites_layout", |sync| &mut sync.sites_layout))),
    (RecordKind::User, mark!("become assets in"), Some(("people_layout", |sync| &mut sync.people_layout))),
    (RecordKind::Asset, mark!("become assets where the [sort rules] put them"), None),
    (RecordKind::Contract, mark!("become assets in"), Some(("contracts_layout", |sync| &mut sync.contracts_layout))),
    (RecordKind::Article, mark!("from Hudu become HaloITSM articles"), None),
];

/// The kinds.
#[component]
pub fn Kinds(
    /// What is known of both products.
    known: Known,
) -> impl IntoView {
    let row = |(kind, becomes, layout)| view! { <Row known kind becomes layout/> };
    view! {
        <section class="card" aria-labelledby="kinds-title">
            <h2 id="kinds-title">{t!("What is synced")}</h2>
            <ul class="kinds">{KINDS.map(row).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Row(known: Known, kind: RecordKind, becomes: &'static str, layout: Option<LayoutSetting>) -> impl IntoView {
    let draft = Draft::of_page();
    let (name, title) = (words::records(kind), words::records(kind));
    let on = Memo::new(move |_| draft.sync(|sync| sync.kinds.contains(&kind)));
    let toggle = move |on: bool| {
        draft.edit(|sync| {
            let wanted = |one: &RecordKind| if *one == kind { on } else { sync.kinds.contains(one) };
            sync.kinds = KINDS.iter().map(|(kind, ..)| *kind).filter(wanted).collect();
        });
    };
    let place = layout.map(|(setting, of)| {
        let value = draft.now.with_untracked(|settings| of(&mut settings.sync.clone()).clone());
        view! {
            <Kept managed=draft.managed() of=format!("sync.{setting}")><Suggest
                id=format!("layout-{}", kind.word())
                label=t!("Layout for {kinds}", kinds = words::inside(&name))
                value
                placeholder=t!("Nowhere: left out")
                offer=Signal::derive(move || known.layouts().into_iter().map(|name| (name, String::new())).collect())
                on_change=move |typed: String| draft.edit(|sync| typed.trim().clone_into(of(sync)))
            /></Kept>
            <Findings known setting=setting.to_owned()/>
        }
    });
    let rules = Memo::new(move |_| {
        draft.sync(|sync| if kind == RecordKind::User { sync.people_rules.len() } else { sync.sort_rules.len() })
    });
    let by_rules = match kind {
        RecordKind::User => Some(
            view! { {move || (rules.get() > 0).then(|| view! {
                <span class="muted"><Linked text=many!(rules.get(), "unless [{n} sort rule] takes them", "unless one of the [{n} sort rules] takes them") href="#rules"/></span>
            })} }
            .into_any(),
        ),
        _ => None,
    };
    view! {
        <li class="kind-row" class:off=move || !on.get()>
            <Kept managed=draft.managed() of="sync.kinds"><Tick label=title value=on on_change=toggle/></Kept>
            <div class="kind-goes">
                <span class="muted"><Linked text=say(becomes) href="#rules"/></span>
                {place}
                {by_rules}
            </div>
        </li>
    }
}
