//! How a record is recognised: keys per kind, and the Hudu fields that hold them.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::settings::{KeyField, MatchKey};
use sidelight::words::say;
use sidelight::{mark, t};
use sidelight_ui::components::{Kept, Tick};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::words::inside;
use web_sys::MouseEvent;

use super::draft::{Draft, SettingsPage};
use super::findings::{Findings, Unknown};
use super::known::Known;
use super::moves;
use super::places::can_hold;
use super::suggest::Suggest;
use crate::desk::Desk;

/// The kinds that have keys, with the keys that make sense for each.
const KINDS: [(RecordKind, &str, &[MatchKey]); 5] = [
    (RecordKind::Client, mark!("Clients"), &[MatchKey::Name]),
    (RecordKind::Site, mark!("Sites"), &[MatchKey::Name]),
    (RecordKind::User, mark!("Users"), &[MatchKey::Email, MatchKey::Name]),
    (RecordKind::Asset, mark!("Assets"), &[MatchKey::Serial, MatchKey::Tag, MatchKey::Name]),
    (RecordKind::Contract, mark!("Contracts"), &[MatchKey::Reference, MatchKey::Name]),
];

fn words(key: MatchKey) -> String {
    match key {
        MatchKey::Email => t!("E-mail address"),
        MatchKey::Serial => t!("Serial number"),
        MatchKey::Tag => t!("Asset tag"),
        MatchKey::Reference => t!("Reference"),
        MatchKey::Name => t!("Name"),
    }
}

/// Matching.
#[component]
pub fn MatchingPage() -> impl IntoView {
    view! {
        <SettingsPage
            title=t!("Matching")
            lead=t!("How Sidelight recognises the Hudu record that a HaloITSM record stands for. It never guesses: what is not sure waits for your choice.")
        >
            <Part/>
        </SettingsPage>
    }
}

#[component]
fn Part() -> impl IntoView {
    let known = Known::follow();
    let kinds = move |(kind, title, keys)| view! { <Kind known kind title keys/> };
    view! {
        <section class="card" aria-labelledby="ladder-title">
            <h2 id="ladder-title">{t!("In this order")}</h2>
            <ol class="ladder">
                <li><b>{t!("The link.")}</b>" "{t!("The Halo ID that is kept in Hudu, or the company’s ID number.")}</li>
                <li><b>{t!("Hudu’s own HaloITSM integration.")}</b>" "{t!("Its cards and matches count as a link.")}</li>
                <li>
                    <b>{t!("One exact key inside the company,")}</b>" "
                    {t!("first to last as chosen below. Placeholders never match: “To be filled by O.E.M.”, “Default string”, “None”, “N/A”, zeros.")}
                </li>
                <li><b>{t!("Your choice.")}</b>" "{t!("Anything else is shown with its candidates, archived ones among them, and what you choose is kept as a link.")}</li>
            </ol>
        </section>
        <Unknown known/>
        <Kept managed=Draft::of_page().managed() of="sync.keys sync.key_fields">
            <div class="key-cards">{KINDS.map(kinds).collect_view()}</div>
        </Kept>
    }
}

/// The keys of one kind in their order.
#[component]
fn Kind(known: Known, kind: RecordKind, title: &'static str, keys: &'static [MatchKey]) -> impl IntoView {
    let draft = Draft::of_page();
    let used = Memo::new(move |_| {
        draft.sync(|sync| {
            sync.keys.iter().find(|(own, _)| *own == kind).map(|(_, keys)| keys.clone()).unwrap_or_default()
        })
    });
    // Every key once: those in use in their order, then the others.
    let listed = Memo::new(move |_| {
        let mut listed = used.get();
        for key in keys {
            if !listed.contains(key) {
                listed.push(*key);
            }
        }
        listed
    });
    view! {
        <section class="card" aria-label=say(title)>
            <h2>{say(title)}</h2>
            <ol class="match-keys">
                <For each=move || listed.get() key=|key| *key let:key><Key kind key used/></For>
            </ol>
            {move || used.with(Vec::is_empty).then(|| view! {
                <p class="misfit"><Icon of=icons::WARN/>{t!("Without a key nothing is recognised but by its link: each record that has none is made anew.")}</p>
            })}
            {keys.iter().filter(|key| has_fields(**key)).map(|key| view! { <Fields known kind key=*key/> }).collect_view()}
        </section>
    }
}

/// One key: in use or not, and where it stands.
#[component]
fn Key(kind: RecordKind, key: MatchKey, used: Memo<Vec<MatchKey>>) -> impl IntoView {
    let (draft, desk) = (Draft::of_page(), Desk::of_page());
    let change = move |change: &dyn Fn(&mut Vec<MatchKey>)| {
        draft.edit(|sync| {
            if !sync.keys.iter().any(|(own, _)| *own == kind) {
                sync.keys.push((kind, Vec::new()));
            }
            if let Some((_, keys)) = sync.keys.iter_mut().find(|(own, _)| *own == kind) {
                change(keys);
            }
        });
    };
    let toggle = move |on| {
        change(&|keys| {
            keys.retain(|own| *own != key);
            if on {
                keys.push(key);
            }
        });
    };
    let at = move || used.with(|used| used.iter().position(|own| *own == key));
    let raise = move |up: bool, click: MouseEvent| {
        change(&|keys| {
            let Some(at) = keys.iter().position(|own| *own == key) else { return };
            let to = if up { at.checked_sub(1) } else { Some(at + 1) };
            if let Some(to) = to.filter(|to| *to < keys.len()) {
                keys.swap(at, to);
            }
        });
        desk.say(t!("{key}: now key {n}.", key = words(key), n = untrack(at).unwrap_or_default() + 1));
        moves::stay(&click);
    };
    let button = move |up: bool| {
        let name = inside(&words(key));
        let (label, icon) = match up {
            true => (t!("Move {name} up", name), icons::UP),
            false => (t!("Move {name} down", name), icons::LOWER),
        };
        let off = move || match at() {
            Some(at) if up => at == 0,
            Some(at) => at + 1 == used.with(Vec::len),
            None => true,
        };
        view! {
            <button type="button" class="tool" title=label.clone() aria-label=label disabled=off on:click=move |click| raise(up, click)>
                <Icon of=icon/>
            </button>
        }
    };
    view! {
        <li>
            <div class="key-row">
                <Tick label=words(key) value=Signal::derive(move || at().is_some()) on_change=toggle/>
                <span class="tools" hidden=move || at().is_none() || used.with(Vec::len) < 2>{button(true)}{button(false)}</span>
            </div>
        </li>
    }
}

/// Whether a key can stand in a field of the layout's own.
fn has_fields(key: MatchKey) -> bool {
    key != MatchKey::Name
}

/// The Hudu fields that hold a key, where the usual names do not tell.
#[component]
fn Fields(known: Known, kind: RecordKind, key: MatchKey) -> impl IntoView {
    let draft = Draft::of_page();
    let of_this = move |field: &KeyField| field.kind == kind && field.key == key;
    let typed = draft.now.with_untracked(|settings| {
        let fields = settings.sync.key_fields.iter().filter(|field| of_this(field));
        fields.map(|field| field.field.clone()).collect::<Vec<_>>().join(", ")
    });
    let set = move |text: String| {
        draft.edit(|sync| {
            sync.key_fields.retain(|field| !of_this(field));
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
            sync.key_fields.extend(names.map(|name| KeyField { kind, key, field: name.to_owned() }));
        });
    };
    let offer = Signal::derive(move || {
        let mut offer: Vec<(String, String)> = Vec::new();
        // Members of every asset are found without being named.
        for row in known.rows(kind, "").into_iter().filter(|row| !row.holds.is_empty() && can_hold(&row.holds)) {
            if !offer.iter().any(|(name, _)| *name == row.place) {
                offer.push((row.place, row.holds));
            }
        }
        offer
    });
    // Which of all key fields these are.
    let settings = Memo::new(move |_| {
        draft.sync(|sync| {
            let own = sync.key_fields.iter().enumerate().filter(|(_, field)| of_this(field));
            own.map(|(at, _)| format!("key_fields/{at}")).collect::<Vec<_>>()
        })
    });
    let label = t!("{key} stands in the Hudu field", key = words(key));
    let id = format!("key-field-{}-{key:?}", kind.word());
    view! {
        <div class="text-field">
            <label for=id.clone()>{label.clone()}</label>
            <Suggest id label value=typed offer placeholder=t!("Found by its name") on_change=set/>
            {move || settings.get().into_iter().map(|setting| view! { <Findings known setting/> }).collect_view()}
        </div>
    }
}
