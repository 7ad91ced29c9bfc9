//! What a plan covers: kinds and clients, and the button that plans.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::halo::record::RecordKind;
use sidelight::protocol::{Message, Reply};
use sidelight::sync::table::{GroupView, RowQuery, RowSort, Scope, SummaryView, TableOf};
use sidelight_ui::components::filter_words;
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::{bridge, words};

use crate::desk::Desk;
use crate::export::{close_on_escape, close_when_left};

const KINDS: [RecordKind; 6] = [
    RecordKind::Client,
    RecordKind::Site,
    RecordKind::User,
    RecordKind::Asset,
    RecordKind::Contract,
    RecordKind::Article,
];

/// Clients listed at once; more are found by typing.
const LISTED: usize = 80;

/// What the user is about to plan.
#[derive(Clone, Copy)]
struct Choice {
    kinds: RwSignal<Vec<RecordKind>>,
    clients: RwSignal<Vec<i64>>,
    /// Clients that the last plans knew.
    known: RwSignal<Vec<GroupView>>,
}

/// One line: kinds, clients, "Plan".
#[component]
pub fn ScopeBar() -> impl IntoView {
    let desk = Desk::of_page();
    let choice = Choice { kinds: RwSignal::default(), clients: RwSignal::default(), known: RwSignal::default() };
    let covered = Memo::new(move |_| desk.plan.with(|plan| plan.as_ref().map(|plan| plan.scope.clone())));
    Effect::new(move || {
        let scope = covered.get().unwrap_or_default();
        let own = desk.settings.with(|settings| settings.as_ref().map(|settings| settings.kinds.clone()));
        choice.kinds.set(if scope.kinds.is_empty() { own.unwrap_or_else(|| KINDS.to_vec()) } else { scope.kinds });
        choice.clients.set(scope.clients);
    });
    let plan = move |_| {
        let kinds = KINDS.into_iter().filter(|kind| choice.kinds.with_untracked(|on| on.contains(kind))).collect();
        desk.plan_all(Scope { kinds, clients: choice.clients.get_untracked() });
    };
    let first = move || desk.plan.with(Option::is_none);
    let cannot = move || desk.busy() || choice.kinds.with(Vec::is_empty);
    view! {
        <section class="scope" aria-label="What is planned">
            <div class="chips" role="group" aria-label="Kinds to plan">
                {KINDS.map(|kind| view! { <KindToggle choice kind/> }).into_iter().collect_view()}
            </div>
            <Clients choice/>
            <button
                type="button"
                class="btn"
                class:primary=first
                data-act="plan"
                prop:disabled=cannot
                on:click=plan
            >
                <Icon of=icons::SYNC/>
                {move || if first() { "Plan" } else { "Plan again" }}
            </button>
        </section>
    }
}

#[component]
fn KindToggle(choice: Choice, kind: RecordKind) -> impl IntoView {
    let on = move || choice.kinds.with(|kinds| kinds.contains(&kind));
    let turn = move |_| {
        choice.kinds.update(|kinds| match kinds.iter().position(|held| *held == kind) {
            Some(index) => drop(kinds.remove(index)),
            None => kinds.push(kind),
        });
    };
    view! {
        <button type="button" class="pick" aria-pressed=move || on().to_string() on:click=turn>
            <Icon of=icons::record(kind)/>
            {words::records(kind)}
        </button>
    }
}

/// All clients, or those that are ticked.
#[component]
fn Clients(choice: Choice) -> impl IntoView {
    let desk = Desk::of_page();
    let menu = NodeRef::<leptos::html::Details>::new();
    let label = move || match choice.clients.with(Vec::len) {
        0 => "All clients".to_owned(),
        1 => choice.clients.with(|clients| name_of(choice, clients[0])).unwrap_or_else(|| "1 client".to_owned()),
        count => format!("{} clients", words::number(count)),
    };
    let opened = move |_| {
        if menu.get_untracked().is_some_and(|menu| menu.open()) {
            learn(desk, choice);
        }
    };
    view! {
        <details
            class="menu"
            node_ref=menu
            on:toggle=opened
            on:focusout=move |left| close_when_left(menu, &left)
            on:keydown=move |key| close_on_escape(menu, &key)
        >
            <summary class="btn"><span class="clip" dir="auto">{label}</span><Icon of=icons::DOWN/></summary>
            <div class="menu-list clients"><ClientList choice/></div>
        </details>
    }
}

#[component]
fn ClientList(choice: Choice) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let words = typed.with(|typed| filter_words(typed));
        choice.known.with(|known| {
            let fits = |group: &&GroupView| {
                let name = group.name.to_lowercase();
                group.client.is_some() && words.iter().all(|word| name.contains(word.as_str()))
            };
            let mut found: Vec<(i64, String)> =
                known.iter().filter(fits).filter_map(|group| Some((group.client?, group.name.clone()))).collect();
            let more = found.len().saturating_sub(LISTED);
            found.truncate(LISTED);
            (found, more)
        })
    });
    let rows = move || {
        found
            .get()
            .0
            .into_iter()
            .map(|(id, name)| {
                let on = move || choice.clients.with(|clients| clients.contains(&id));
                let turn = move |_| {
                    choice.clients.update(|clients| match clients.iter().position(|held| *held == id) {
                        Some(index) => drop(clients.remove(index)),
                        None => clients.push(id),
                    });
                };
                view! {
                    <label class="tick">
                        <input type="checkbox" prop:checked=on on:change=turn/>
                        <span dir="auto">{name}</span>
                    </label>
                }
            })
            .collect_view()
    };
    let unknown = move || choice.known.with(Vec::is_empty);
    view! {
        <p class="hint" hidden=move || !unknown()>"Plan all clients once; then you can choose some of them here."</p>
        <div class="client-list" hidden=unknown>
            <input
                type="search"
                aria-label="Filter the clients"
                placeholder="Filter the clients"
                autocomplete="off"
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <button
                type="button"
                class="btn quiet"
                prop:disabled=move || choice.clients.with(Vec::is_empty)
                on:click=move |_| choice.clients.set(Vec::new())
            >
                "All clients"
            </button>
            <div class="ticks">{rows}</div>
            {move || Some(found.get().1).filter(|more| *more > 0).map(|more| view! {
                <p class="hint">{format!("And {} more. Type to find them.", words::number(more))}</p>
            })}
        </div>
    }
}

fn name_of(choice: Choice, client: i64) -> Option<String> {
    choice.known.with(|known| known.iter().find(|group| group.client == Some(client)).map(|group| group.name.clone()))
}

/// Learns the clients of the plan that is shown; those of earlier plans stay known.
fn learn(desk: Desk, choice: Choice) {
    let Some(SummaryView { id, .. }) = desk.plan.get_untracked() else { return };
    let query = RowQuery { sort: RowSort::Client, ..RowQuery::default() };
    spawn_local(async move {
        let message = Message::Rows { of: TableOf::Plan(id), query, offset: 0, count: 1 };
        let Ok(Reply::Rows { rows }) = bridge::ask(message).await else { return };
        let _ = choice.known.try_update(|known| {
            known.retain(|held| !rows.groups.iter().any(|group| group.client == held.client));
            known.extend(rows.groups);
            known.sort_by_cached_key(|group| group.name.to_lowercase());
        });
    });
}
