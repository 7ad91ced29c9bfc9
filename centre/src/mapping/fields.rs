//! Fields connected by hand.

use crate::said::Linked;
use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::settings::ConnectedField;
use sidelight::t;
use sidelight_ui::components::Kept;
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::words;
use web_sys::MouseEvent;

use super::draft::{Draft, SettingsPage};
use super::findings::{Findings, Unknown};
use super::known::Known;
use super::moves;
use super::places::{KINDS, can_hold};
use super::rules::place;
use super::sample::Samples;
use super::suggest::{FactInput, Suggest};
use crate::desk::Desk;

/// The page.
#[component]
pub fn FieldsPage() -> impl IntoView {
    view! {
        <SettingsPage
            title=t!("Connected fields")
            lead=t!("Which HaloITSM field goes to which Hudu field where their names differ. A connection goes before what the names tell.")
        >
            <Part/>
        </SettingsPage>
    }
}

#[component]
fn Part() -> impl IntoView {
    let (draft, desk) = (Draft::of_page(), Desk::of_page());
    let known = Known::follow();
    let shown = RwSignal::new(
        draft.now.with_untracked(|settings| settings.sync.connected.last().map_or(RecordKind::Asset, |row| row.kind)),
    );
    let count = draft.now.with_untracked(|settings| settings.sync.connected.len());
    let rows = RwSignal::new((0..count).collect::<Vec<usize>>());
    let next = StoredValue::new(count);
    let add = move |_| {
        let kind = shown.get_untracked();
        let row = ConnectedField { kind, layout: String::new(), fact: String::new(), field: String::new() };
        draft.edit(|sync| sync.connected.push(row));
        let number = next.get_value();
        next.set_value(number + 1);
        rows.update(|rows| rows.push(number));
        desk.say(t!("Connection added at the end."));
    };
    let remove = move |(number, click): (usize, MouseEvent)| {
        let Some(at) = place(rows, number) else { return };
        draft.edit(|sync| drop(sync.connected.remove(at)));
        rows.update(|rows| {
            rows.remove(at);
        });
        desk.say(t!("Connection removed."));
        moves::leave(&click, "add-connection");
    };
    let row = move |number| view! { <Row known number rows shown remove=remove/> };
    view! {
        <Unknown known/>
        <Kept managed=draft.managed() of="sync.connected"><section class="card has-rows" aria-label=t!("Connections")>
            {move || rows.with(Vec::is_empty).then(|| view! {
                <p class="muted"><Linked text=t!("None yet. The [mapping] shows what goes where by itself.") href="#mapping"/></p>
            })}
            <ul class="connections">
                <For each=move || rows.get() key=|number| *number let:number>{row(number)}</For>
            </ul>
            <div>
                <button type="button" class="btn quiet" data-act="add-connection" on:click=add><Icon of=icons::PLUS/>{t!("Connect a field")}</button>
            </div>
        </section></Kept>
        <Samples known kind=shown/>
    }
}

#[component]
fn Row(
    known: Known,
    number: usize,
    rows: RwSignal<Vec<usize>>,
    shown: RwSignal<RecordKind>,
    #[prop(into)] remove: Callback<(usize, MouseEvent)>,
) -> impl IntoView {
    let draft = Draft::of_page();
    let at = move || place(rows, number);
    let own = Memo::new(move |_| {
        let at = at()?;
        draft.sync(|sync| sync.connected.get(at).cloned())
    });
    let first = own.get_untracked();
    let Some(first) = first else { return ().into_any() };
    let edit = move |change: &dyn Fn(&mut ConnectedField)| {
        let Some(at) = place(rows, number) else { return };
        draft.edit(|sync| {
            if let Some(row) = sync.connected.get_mut(at) {
                change(row);
            }
        });
    };
    let kind = Memo::new(move |_| own.with(|own| own.as_ref().map_or(RecordKind::Asset, |row| row.kind)));
    let kinds = KINDS.iter().enumerate().map(|(index, own)| {
        view! { <option value=index.to_string() selected=move || kind.get() == *own>{words::record(*own)}</option> }
    });
    let choose = move |event| {
        let index: usize = event_target_value(&event).parse().unwrap_or_default();
        if let Some(kind) = KINDS.get(index) {
            edit(&|row| {
                row.kind = *kind;
                if *kind == RecordKind::Client {
                    row.layout.clear();
                }
            });
            shown.set(*kind);
        }
    };
    let is_asset = move || kind.get() != RecordKind::Client;
    let layouts = Signal::derive(move || known.layouts().into_iter().map(|name| (name, String::new())).collect());
    let places = Signal::derive(move || {
        let layout = own.with(|own| own.as_ref().map(|row| row.layout.clone()).unwrap_or_default());
        let mut places: Vec<(String, String)> = Vec::new();
        for row in known.rows(kind.get(), &layout) {
            if can_hold(&row.holds) && !places.iter().any(|(name, _)| *name == row.place) {
                places.push((row.place, row.holds));
            }
        }
        places
    });
    // What either side holds, so that a choice can be judged.
    let holds = move || {
        let row = own.get()?;
        let fact = known.facts(row.kind).into_iter().find(|fact| fact.key == row.fact)?;
        let place = places.get().into_iter().find(|(name, _)| name.eq_ignore_ascii_case(row.field.trim()));
        let takes = place.map(|(name, holds)| match holds.as_str() {
            "" => t!("“{name}” belongs to every record.", name),
            holds => t!("“{name}” is of type {holds}.", name, holds),
        });
        let gives = match (fact.label, fact.holds, fact.example) {
            (name, holds, none) if none.is_empty() => t!("“{name}” holds {holds}.", name, holds),
            (name, holds, example) => t!("“{name}” holds {holds}, such as “{example}”.", name, holds, example),
        };
        Some([Some(gives), takes].into_iter().flatten().collect::<Vec<_>>().join(" "))
    };
    let finished = Memo::new(move |_| {
        own.with(|own| own.as_ref().is_some_and(|row| !row.fact.trim().is_empty() && !row.field.trim().is_empty()))
    });
    let setting = move || at().filter(|_| finished.get()).map(|at| format!("connected/{at}")).unwrap_or_default();
    let name = move || t!("Connection {n}", n = at().unwrap_or_default() + 1);
    let label = move || t!("Remove connection {n}", n = at().unwrap_or_default() + 1);
    view! {
        <li>
            <div class="connection" role="group" aria-label=name>
                <select aria-label=t!("Kind") on:change=choose on:focus=move |_| shown.set(kind.get_untracked())>{kinds.collect_view()}</select>
                <FactInput known kind id=format!("fact-{number}") value=first.fact
                    on_change=move |key: String| edit(&|row| row.fact.clone_from(&key))/>
                <span class="arrow" aria-hidden="true">"→"</span>
                <Suggest id=format!("place-{number}") label=t!("Hudu field") value=first.field offer=places placeholder=t!("Field")
                    on_change=move |typed: String| edit(&|row| typed.trim().clone_into(&mut row.field))/>
                <span class="lead-word" hidden=move || !is_asset() aria-hidden="true">{t!("in")}</span>
                <span class="connection-layout" hidden=move || !is_asset()>
                    <Suggest id=format!("in-{number}") label=t!("Layout") value=first.layout offer=layouts placeholder=t!("Every layout")
                        on_change=move |typed: String| edit(&|row| typed.trim().clone_into(&mut row.layout))/>
                </span>
                <button type="button" class="tool" title=label aria-label=label on:click=move |click| remove.run((number, click))>
                    <Icon of=icons::REMOVE/>
                </button>
                <p class="hint holds" dir="auto">{holds}</p>
                <Findings known setting=Signal::derive(setting)/>
            </div>
        </li>
    }
    .into_any()
}
