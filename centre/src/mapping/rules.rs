//! Sort rules: which layout an asset or a user goes to, with what each rule takes.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::mapping::view::SortingView;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::settings::{Condition, SortRule, SyncSettings, Test};
use sidelight::{many, t};
use sidelight_ui::components::{Kept, Tick};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::words;
use web_sys::MouseEvent;

use super::conditions::usual;
use super::draft::{Draft, SettingsPage};
use super::findings::{Findings, Unknown};
use super::known::{Known, follow};
use super::moves;
use super::rule::Rule;
use super::suggest::Suggest;
use crate::desk::Desk;

/// The rules of assets and of users.
#[component]
pub fn RulesPage() -> impl IntoView {
    view! {
        <SettingsPage
            title=t!("Sort rules")
            lead=t!("Which layout in Hudu an asset or a user goes to. The first rule whose conditions all hold takes it.")
        >
            <Part/>
        </SettingsPage>
    }
}

#[component]
fn Part() -> impl IntoView {
    let (known, managed) = (Known::follow(), Draft::of_page().managed());
    view! {
        <Unknown known/>
        <Kept managed of="sync.sort_rules sync.by_type_name sync.default_layout"><Rules known kind=RecordKind::Asset title=t!("Assets")/></Kept>
        <Kept managed of="sync.people_rules"><Rules known kind=RecordKind::User title=t!("Users")/></Kept>
    }
}

/// The rules of a kind.
pub fn rules_of(settings: &SyncSettings, kind: RecordKind) -> &Vec<SortRule> {
    if kind == RecordKind::User { &settings.people_rules } else { &settings.sort_rules }
}

/// The rules of a kind, to be changed.
pub fn rules_mut(settings: &mut SyncSettings, kind: RecordKind) -> &mut Vec<SortRule> {
    if kind == RecordKind::User { &mut settings.people_rules } else { &mut settings.sort_rules }
}

/// Name of the setting that holds the rules of a kind.
pub fn setting_of(kind: RecordKind) -> &'static str {
    if kind == RecordKind::User { "people_rules" } else { "sort_rules" }
}

/// Where a rule stands now: rules keep their number while they live, so that their inputs and the focus
/// move with them.
pub fn place(rows: RwSignal<Vec<usize>>, number: usize) -> Option<usize> {
    rows.with(|rows| rows.iter().position(|own| *own == number))
}

#[component]
fn Rules(known: Known, kind: RecordKind, title: String) -> impl IntoView {
    let heading = title.clone();
    let (draft, desk) = (Draft::of_page(), Desk::of_page());
    let sorting = RwSignal::new(None::<SortingView>);
    let wanted = move |settings| {
        // Once more when the user tries again after a trouble.
        known.again();
        CentreAsk::Sorting { kind, settings }
    };
    // What stands in the way is told once, above.
    follow(wanted, move |answer| {
        if let Ok(Reply::Sorting { sorting: found }) = answer {
            sorting.set(Some(*found));
        }
    });
    let count = draft.now.with_untracked(|settings| rules_of(&settings.sync, kind).len());
    let rows = RwSignal::new((0..count).collect::<Vec<usize>>());
    let next = StoredValue::new(count);
    let add = move |_| {
        let condition = Condition { fact: usual(kind).to_owned(), is: Test::Contains, value: String::new() };
        draft.edit(|sync| rules_mut(sync, kind).push(SortRule { when: vec![condition], layout: String::new() }));
        let number = next.get_value();
        next.set_value(number + 1);
        rows.update(|rows| rows.push(number));
        desk.say(t!("Rule {n} added at the end.", n = rows.with_untracked(Vec::len)));
    };
    let remove = move |(number, click): (usize, MouseEvent)| {
        let Some(at) = place(rows, number) else { return };
        draft.edit(|sync| drop(rules_mut(sync, kind).remove(at)));
        rows.update(|rows| {
            rows.remove(at);
        });
        desk.say(t!("Rule {n} removed.", n = at + 1));
        moves::leave(&click, "add-rule");
    };
    let raise = move |(number, up, click): (usize, bool, MouseEvent)| {
        let Some(at) = place(rows, number) else { return };
        let to = if up { at.checked_sub(1) } else { Some(at + 1) };
        let Some(to) = to.filter(|to| *to < rows.with_untracked(Vec::len)) else { return };
        draft.edit(|sync| rules_mut(sync, kind).swap(at, to));
        rows.update(|rows| rows.swap(at, to));
        desk.say(t!("Now rule {n}.", n = to + 1));
        moves::stay(&click);
    };
    let row = move |number| view! { <Rule known kind number rows sorting remove=remove raise=raise/> };
    view! {
        <section class="card has-rows" aria-label=title>
            <h2>{heading}</h2>
            <ol class="sort-rules">
                <For each=move || rows.get() key=|number| *number let:number>{row(number)}</For>
            </ol>
            <div>
                <button type="button" class="btn quiet" data-act="add-rule" on:click=add><Icon of=icons::PLUS/>{t!("Add a rule")}</button>
            </div>
            <Rest known kind sorting/>
            <Fallen sorting/>
        </section>
    }
}

/// Where records go that no rule takes.
#[component]
fn Rest(known: Known, kind: RecordKind, sorting: RwSignal<Option<SortingView>>) -> impl IntoView {
    let draft = Draft::of_page();
    let people = kind == RecordKind::User;
    let layout =
        draft.now.with_untracked(|s| if people { s.sync.people_layout.clone() } else { s.sync.default_layout.clone() });
    let set = move |typed: String| {
        draft.edit(|sync| {
            let place = if people { &mut sync.people_layout } else { &mut sync.default_layout };
            typed.trim().clone_into(place);
        });
    };
    let count = move |read: fn(&SortingView) -> usize| {
        sorting.with(|sorting| sorting.as_ref().map(|sorting| takes(read(sorting))))
    };
    let setting = if people { "people_layout" } else { "default_layout" };
    view! {
        {(!people).then(|| view! {
            <div class="rest">
                <Tick label=t!("Then a layout that is named after the asset’s type or group")
                    value=Signal::derive(move || draft.sync(|sync| sync.by_type_name))
                    on_change=move |on| draft.edit(|sync| sync.by_type_name = on)/>
                <span class="takes">{move || count(|sorting| sorting.by_type_name)}</span>
            </div>
        })}
        <div class="rest">
            <span aria-hidden="true">{t!("Everything else goes to")}</span>
            <Suggest
                id=format!("{}-default", kind.word())
                label=t!("Layout for everything else")
                value=layout
                placeholder=t!("Nowhere: left out")
                offer=Signal::derive(move || known.layouts().into_iter().map(|name| (name, String::new())).collect())
                on_change=set
            />
            <span class="takes">{move || count(|sorting| sorting.default + sorting.nowhere)}</span>
        </div>
        <Findings known setting=setting.to_owned()/>
    }
}

/// "takes 1,204".
pub fn takes(count: usize) -> String {
    t!("takes {n}", n = words::number(count))
}

/// What no rule takes, by name. The list stays open while the rules are edited.
#[component]
fn Fallen(sorting: RwSignal<Option<SortingView>>) -> impl IntoView {
    let known = move || sorting.with(Option::is_some);
    let text = move || sorting.with(|sorting| sorting.as_ref().map(sentence));
    let fallen =
        Memo::new(move |_| sorting.with(|sorting| sorting.as_ref().map(|s| s.fallen.clone()).unwrap_or_default()));
    let rows = move || {
        let rows = fallen.get().into_iter();
        rows.map(|(_, name, kind)| {
            view! { <li><span dir="auto">{name}</span>" "<span class="muted" dir="auto">{kind}</span></li> }
        })
        .collect_view()
    };
    let words = move || {
        let all = sorting.with(|sorting| sorting.as_ref().map_or(0, |sorting| sorting.default + sorting.nowhere));
        let shown = fallen.with(Vec::len);
        if shown < all { t!("Show {n} of them", n = shown) } else { t!("Show them") }
    };
    view! {
        <div class="falls" hidden=move || !known()>
            <p role="status">{text}</p>
            <details class="fallen" hidden=move || fallen.with(Vec::is_empty)>
                <summary>{words}</summary>
                <ul class="plain">{rows}</ul>
            </details>
        </div>
    }
}

/// "164 records tried: 12 are taken by no rule."
fn sentence(sorting: &SortingView) -> String {
    let tried = many!(sorting.records, "{n} record tried", "{n} records tried");
    match (sorting.records, sorting.default, sorting.nowhere) {
        (0, ..) => t!("There are no records to try the rules on."),
        (_, 0, 0) => t!("{tried}: each is taken by a rule or by a layout’s name.", tried),
        (_, default, 0) => {
            let fall = many!(default, "{n} is taken by no rule", "{n} are taken by no rule");
            format!("{tried}: {fall}.")
        }
        (.., nowhere) => {
            let fall = many!(nowhere, "{n} goes nowhere and is left out", "{n} go nowhere and are left out");
            format!("{tried}: {fall}.")
        }
    }
}
