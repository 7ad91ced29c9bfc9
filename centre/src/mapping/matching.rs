//! How a record is recognised: keys per kind, and the Hudu fields that hold them.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::settings::{KeyField, MatchKey};
use sidelight_ui::icons::{self, Icon};

use super::draft::{Draft, SettingsPage};
use crate::desk::Desk;

/// The kinds that have keys, with the keys that make sense for each.
const KINDS: [(RecordKind, &str, &[MatchKey]); 5] = [
    (RecordKind::Client, "Clients", &[MatchKey::Name]),
    (RecordKind::Site, "Sites", &[MatchKey::Name]),
    (RecordKind::User, "Users", &[MatchKey::Email, MatchKey::Name]),
    (RecordKind::Asset, "Assets", &[MatchKey::Serial, MatchKey::Tag, MatchKey::Name]),
    (RecordKind::Contract, "Contracts", &[MatchKey::Reference, MatchKey::Name]),
];

fn words(key: MatchKey) -> &'static str {
    match key {
        MatchKey::Email => "E-mail address",
        MatchKey::Serial => "Serial number",
        MatchKey::Tag => "Asset tag",
        MatchKey::Reference => "Reference",
        MatchKey::Name => "Name",
    }
}

/// Matching.
#[component]
pub fn MatchingPage() -> impl IntoView {
    let kinds = |(kind, title, keys)| view! { <Keys kind title keys/> };
    view! {
        <SettingsPage
            title="Matching"
            lead="How Sidelight recognises the Hudu record that a HaloITSM record stands for. It never guesses: what is not sure waits for your choice."
        >
            <div class="card">
                <h2>"In this order"</h2>
                <ol class="plain numbered">
                    <li>"The link: the Halo ID that is kept in Hudu, or the company’s ID number."</li>
                    <li>"The cards and matches of Hudu’s own HaloITSM integration."</li>
                    <li>"One exact key inside the company, first to last as below. Placeholders such as “To be filled by O.E.M.”, “None” or zeros never match."</li>
                    <li>"Anything else is shown with its candidates, archived ones among them. Your choice is kept as a link."</li>
                </ol>
            </div>
            {KINDS.map(kinds).collect_view()}
        </SettingsPage>
    }
}

/// The keys of one kind in their order.
#[component]
fn Keys(kind: RecordKind, title: &'static str, keys: &'static [MatchKey]) -> impl IntoView {
    let (draft, desk) = (Draft::of_page(), Desk::of_page());
    let used = move || {
        draft.sync(|sync| {
            sync.keys.iter().find(|(own, _)| *own == kind).map(|(_, keys)| keys.clone()).unwrap_or_default()
        })
    };
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
    // Every key once: those in use in their order, then the others.
    let listed = Memo::new(move |_| {
        let used = used();
        let others = keys.iter().copied().filter(|key| !used.contains(key)).collect::<Vec<_>>();
        used.into_iter().map(|key| (key, true)).chain(others.into_iter().map(|key| (key, false))).collect::<Vec<_>>()
    });
    let raise = move |key: MatchKey| {
        change(&|keys| {
            if let Some(at) = keys.iter().position(|own| *own == key).filter(|at| *at > 0) {
                keys.swap(at, at - 1);
            }
        });
        desk.say(format!("{} moved up.", words(key)));
    };
    let row = move |(key, on): (MatchKey, bool)| {
        let first = move || used().first() == Some(&key);
        let toggle = move |event| {
            let on = event_target_checked(&event);
            change(&|keys| {
                keys.retain(|own| *own != key);
                if on {
                    keys.push(key);
                }
            });
        };
        let label = format!("Move {} up", words(key).to_lowercase());
        view! {
            <li class="key-row">
                <label class="tick grow">
                    <input type="checkbox" prop:checked=on on:change=toggle/>
                    <span>{words(key)}</span>
                </label>
                {on.then(|| view! {
                    <button type="button" class="tool" title=label.clone() aria-label=label.clone() disabled=first on:click=move |_| raise(key)>
                        <Icon of=icons::UP/>
                    </button>
                })}
            </li>
        }
    };
    view! {
        <div class="card">
            <h2>{title}</h2>
            <ol class="keys">
                <For each=move || listed.get() key=|row| *row let:key>{row(key)}</For>
            </ol>
            {keys.iter().filter(|key| has_fields(**key)).map(|key| view! { <Fields kind key=*key/> }).collect_view()}
        </div>
    }
}

/// Whether a key can stand in a field of the layout's own.
fn has_fields(key: MatchKey) -> bool {
    matches!(key, MatchKey::Email | MatchKey::Serial | MatchKey::Tag)
}

/// The Hudu fields that hold a key, beside those that the usual names tell.
#[component]
fn Fields(kind: RecordKind, key: MatchKey) -> impl IntoView {
    let draft = Draft::of_page();
    let of_this = move |field: &KeyField| field.kind == kind && field.key == key;
    let typed = draft.now.with_untracked(|settings| {
        let fields = settings.sync.key_fields.iter().filter(|field| of_this(field));
        fields.map(|field| field.field.clone()).collect::<Vec<_>>().join(", ")
    });
    let set = move |event| {
        let text: String = event_target_value(&event);
        draft.edit(|sync| {
            sync.key_fields.retain(|field| !of_this(field));
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
            sync.key_fields.extend(names.map(|name| KeyField { kind, key, field: name.to_owned() }));
        });
    };
    let id = format!("key-field-{}-{}", kind.word(), words(key).to_lowercase().replace(' ', "-"));
    let hint = format!("{id}-hint");
    view! {
        <div class="text-field">
            <label for=id.clone()>{format!("{} is in the Hudu field", words(key))}</label>
            <input id=id.clone() type="text" placeholder="as its name tells" aria-describedby=hint.clone() prop:value=typed on:input=set/>
            <p class="hint" id=hint>"Only where its name does not tell: the field’s label, several with commas between them."</p>
        </div>
    }
}
