//! Sort rules: which layout an asset or a user goes to, with what each rule takes.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::mapping::view::SortingView;
use sidelight::protocol::{Message, Reply};
use sidelight::settings::{SortRule, SyncSettings};
use sidelight::trouble::Trouble;
use sidelight_ui::bridge;
use sidelight_ui::components::{Tick, TroubleLine};
use sidelight_ui::icons::{self, Icon};

use super::conditions::Conditions;
use super::draft::{Draft, SettingsPage};
use super::known::{Known, Suggest, follow};
use crate::desk::Desk;

/// The rules of assets and of users.
#[component]
pub fn RulesPage() -> impl IntoView {
    view! {
        <SettingsPage
            title="Sort rules"
            lead="Which asset layout in Hudu a record goes to. The first rule whose conditions all hold takes it."
        >
            <Part/>
        </SettingsPage>
    }
}

#[component]
fn Part() -> impl IntoView {
    let known = Known::follow();
    view! {
        {move || known.trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
        <Rules known kind=RecordKind::Asset title="Assets"/>
        <Rules known kind=RecordKind::User title="Users"/>
    }
}

/// The rules of a kind.
pub fn rules_of(settings: &mut SyncSettings, kind: RecordKind) -> &mut Vec<SortRule> {
    if kind == RecordKind::User { &mut settings.people_rules } else { &mut settings.sort_rules }
}

/// Name of the setting that holds the rules of a kind.
fn setting_of(kind: RecordKind) -> &'static str {
    if kind == RecordKind::User { "people_rules" } else { "sort_rules" }
}

#[component]
fn Rules(known: Known, kind: RecordKind, title: &'static str) -> impl IntoView {
    let (draft, desk) = (Draft::of_page(), Desk::of_page());
    let sorting = RwSignal::new(None::<SortingView>);
    let trouble = RwSignal::new(None::<Trouble>);
    let wanted = move |settings| Message::Sorting { kind, settings };
    follow(wanted, move |answer| match answer {
        Ok(Reply::Sorting { sorting: found }) => {
            trouble.set(None);
            sorting.set(Some(*found));
        }
        Ok(_) => trouble.set(Some(bridge::odd())),
        Err(error) => trouble.set(Some(error)),
    });
    // A rule keeps its number while it lives, so that its inputs and the focus move with it.
    let count = draft.now.with_untracked(|settings| rules_of(&mut settings.sync.clone(), kind).len());
    let rows = RwSignal::new((0..count).collect::<Vec<usize>>());
    let next = StoredValue::new(count);
    let add = move |_| {
        let rule = SortRule::for_types("", "");
        draft.edit(|sync| rules_of(sync, kind).push(rule));
        let number = next.get_value();
        next.set_value(number + 1);
        rows.update(|rows| rows.push(number));
        desk.say("Rule added at the end.");
    };
    let remove = move |number: usize| {
        let Some(at) = place(rows, number) else { return };
        draft.edit(|sync| {
            rules_of(sync, kind).remove(at);
        });
        rows.update(|rows| {
            rows.remove(at);
        });
        desk.say(format!("Rule {} removed.", at + 1));
    };
    let raise = move |(number, up): (usize, bool)| {
        let Some(at) = place(rows, number) else { return };
        let to = if up { at.checked_sub(1) } else { Some(at + 1) };
        let Some(to) = to.filter(|to| *to < rows.with_untracked(Vec::len)) else { return };
        draft.edit(|sync| rules_of(sync, kind).swap(at, to));
        rows.update(|rows| rows.swap(at, to));
        desk.say(format!("Now rule {}.", to + 1));
    };
    let row = move |number| view! { <Rule known kind number rows sorting remove=remove raise=raise/> };
    view! {
        <section class="card" aria-label=title>
            <h2>{title}</h2>
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
            <ol class="rules">
                <For each=move || rows.get() key=|number| *number let:number>{row(number)}</For>
            </ol>
            <div>
                <button type="button" class="btn quiet" data-act="add-rule" on:click=add><Icon of=icons::PLUS/>"Add a rule"</button>
            </div>
            <Rest known kind sorting/>
            {move || sorting.get().map(|sorting| view! { <Fallen sorting/> })}
        </section>
    }
}

/// Where a rule stands now.
fn place(rows: RwSignal<Vec<usize>>, number: usize) -> Option<usize> {
    rows.with(|rows| rows.iter().position(|own| *own == number))
}

/// One rule: its conditions, its layout, how many it takes.
#[component]
fn Rule(
    known: Known,
    kind: RecordKind,
    number: usize,
    rows: RwSignal<Vec<usize>>,
    sorting: RwSignal<Option<SortingView>>,
    #[prop(into)] remove: Callback<usize>,
    #[prop(into)] raise: Callback<(usize, bool)>,
) -> impl IntoView {
    let draft = Draft::of_page();
    let at = move || place(rows, number);
    let own = at().and_then(|at| draft.now.with_untracked(|s| rules_of(&mut s.sync.clone(), kind).get(at).cloned()));
    let layout = own.map(|rule| rule.layout).unwrap_or_default();
    let edit = move |change: Box<dyn FnOnce(&mut SortRule)>| {
        let Some(at) = place(rows, number) else { return };
        draft.edit(|sync| {
            if let Some(rule) = rules_of(sync, kind).get_mut(at) {
                change(rule);
            }
        });
    };
    let name = move || format!("Rule {}", at().unwrap_or_default() + 1);
    let takes = move || {
        let count = sorting.with(|sorting| sorting.as_ref()?.rules.get(at()?).copied());
        count.map(|count| if count == 1 { "takes 1".to_owned() } else { format!("takes {count}") })
    };
    let findings = move || {
        let found = at().map(|at| known.findings(&format!("{}/{at}", setting_of(kind)))).unwrap_or_default();
        found.into_iter().map(|finding| view! { <p class="error">{finding.sentence}</p> }).collect_view()
    };
    let read = Signal::derive(move || {
        let at = place(rows, number)?;
        draft.now.with(|s| {
            let rules = if kind == RecordKind::User { &s.sync.people_rules } else { &s.sync.sort_rules };
            rules.get(at).cloned()
        })
    });
    let last = move || rows.with(Vec::len);
    let button = move |words: &'static str, icon, on_click: Callback<()>, off: Signal<bool>| {
        let label = move || format!("{words} {}", name().to_lowercase());
        view! {
            <button type="button" class="tool" title=label aria-label=label disabled=off on:click=move |_| on_click.run(())>
                <Icon of=icon/>
            </button>
        }
    };
    view! {
        <li class="rule" role="group" aria-label=name>
            <div class="rule-head">
                <span class="number">{move || (at().unwrap_or_default() + 1).to_string()}</span>
                <span class="grow muted">{takes}</span>
                {button("Move up", icons::UP, Callback::new(move |()| raise.run((number, true))), Signal::derive(move || at() == Some(0)))}
                {button("Move down", icons::LOWER, Callback::new(move |()| raise.run((number, false))), Signal::derive(move || at().map(|at| at + 1) == Some(last())))}
                {button("Remove", icons::REMOVE, Callback::new(move |()| remove.run(number)), Signal::derive(|| false))}
            </div>
            <Conditions known kind id=format!("{}-{number}", kind.word()) rule=read
                edit=move |change: super::conditions::Change| edit(Box::new(move |rule| change(&mut rule.when)))/>
            <div class="goes">
                <span aria-hidden="true">"goes to"</span>
                <Suggest
                    id=format!("{}-{number}-layout", kind.word())
                    label="Layout"
                    value=layout
                    placeholder="Layout in Hudu"
                    offer=Signal::derive(move || known.layouts().into_iter().map(|name| (name, String::new())).collect())
                    on_change=move |typed: String| edit(Box::new(move |rule| typed.trim().clone_into(&mut rule.layout)))
                />
            </div>
            {findings}
        </li>
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
    let takes = move || sorting.with(|sorting| sorting.as_ref().map(|sorting| format!("takes {}", sorting.default)));
    let named = move || {
        sorting
            .with(|sorting| sorting.as_ref().map(|sorting| format!(" ({} now)", sorting.by_type_name)))
            .unwrap_or_default()
    };
    let setting = if people { "people_layout" } else { "default_layout" };
    let findings = move || {
        known
            .findings(setting)
            .into_iter()
            .map(|finding| view! { <p class="error">{finding.sentence}</p> })
            .collect_view()
    };
    view! {
        {(!people).then(|| view! {
            <div class="by-name">
                <Tick label="Then: a layout that is named after the asset’s type or group takes it"
                    value=Signal::derive(move || draft.sync(|sync| sync.by_type_name))
                    on_change=move |on| draft.edit(|sync| sync.by_type_name = on)/>
                <span class="muted">{named}</span>
            </div>
        })}
        <div class="goes">
            <span id=format!("{}-rest", kind.word())>"Everything else goes to"</span>
            <Suggest
                id=format!("{}-default", kind.word())
                label="Layout for everything else"
                value=layout
                placeholder=if people { "People" } else { "Nowhere: left out" }
                offer=Signal::derive(move || known.layouts().into_iter().map(|name| (name, String::new())).collect())
                on_change=set
            />
            <span class="muted">{takes}</span>
        </div>
        {findings}
    }
}

/// What no rule takes, by name.
#[component]
fn Fallen(sorting: SortingView) -> impl IntoView {
    let words = match (sorting.records, sorting.fallen.len(), sorting.nowhere) {
        (0, ..) => "No records were read yet.".to_owned(),
        (records, 0, _) => format!("All of the {records} records looked at are taken by a rule."),
        (records, _, 0) => format!("Of {records} records looked at, {} are taken by no rule.", sorting.default),
        (records, _, nowhere) => format!("Of {records} records looked at, {nowhere} go nowhere and are left out."),
    };
    let list = (!sorting.fallen.is_empty()).then(|| {
        let rows = sorting.fallen.iter().map(|(_, name, kind)| {
            view! { <li><span dir="auto">{name.clone()}</span>" "<span class="muted" dir="auto">{kind.clone()}</span></li> }
        });
        view! {
            <details class="fallen">
                <summary>"Show them"</summary>
                <ul class="plain">{rows.collect_view()}</ul>
            </details>
        }
    });
    view! { <div class="falls" role="status"><p>{words}</p>{list}</div> }
}
