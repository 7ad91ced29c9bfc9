//! The menu that narrows a plan to some clients.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{CentreAsk, ClientView, Reply};
use sidelight::sync::table::{RowQuery, RowSort, RowsView, TableOf};
use sidelight::trouble::Trouble;
use sidelight::{many, t};
use sidelight_ui::components::{TroubleLine, filter_words};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::{bridge, words};

use crate::desk::Desk;
use crate::export::{close_on_escape, close_when_left};

/// Clients listed at once; more are found by typing.
const LISTED: usize = 80;

/// What the menu shares.
#[derive(Clone, Copy)]
struct Menu {
    /// Clients that are ticked; none means all.
    chosen: RwSignal<Vec<i64>>,
    /// Clients to choose from, by name; `None` until HaloITSM told them.
    known: RwSignal<Option<Vec<ClientView>>>,
    /// Why it did not.
    trouble: RwSignal<Option<Trouble>>,
    desk: Desk,
}

/// All clients, or those that are ticked.
#[component]
pub fn Clients(
    /// Halo ids of the clients that are ticked; none means all.
    chosen: RwSignal<Vec<i64>>,
) -> impl IntoView {
    let menu = Menu { chosen, known: RwSignal::new(None), trouble: RwSignal::new(None), desk: Desk::of_page() };
    let details = NodeRef::<leptos::html::Details>::new();
    // The name of a single one stands on the button.
    let unnamed = Memo::new(move |_| chosen.with(Vec::len) == 1 && menu.known.with(Option::is_none));
    Effect::new(move || {
        if unnamed.get() {
            menu.learn();
        }
    });
    let label = move || match chosen.with(Vec::len) {
        0 => t!("All clients"),
        1 => chosen.with(|clients| menu.name_of(clients[0])).unwrap_or_else(|| many!(1, "{n} client", "{n} clients")),
        n => many!(n, "{n} client", "{n} clients"),
    };
    let opened = move |_| {
        if details.get_untracked().is_some_and(|details| details.open()) {
            menu.learn();
        }
    };
    view! {
        <details
            class="menu"
            node_ref=details
            on:toggle=opened
            on:focusout=move |left| close_when_left(details, &left)
            on:keydown=move |key| close_on_escape(details, &key)
        >
            <summary class="btn"><span class="clip" dir="auto">{label}</span><Icon of=icons::DOWN/></summary>
            <div class="menu-list clients"><ClientList menu/></div>
        </details>
    }
}

#[component]
fn ClientList(menu: Menu) -> impl IntoView {
    let Menu { chosen, known, trouble, .. } = menu;
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let words = typed.with(|typed| filter_words(typed));
        known.with(|known| {
            let fits = |client: &&ClientView| {
                let name = client.name.to_lowercase();
                words.iter().all(|word| name.contains(word.as_str()))
            };
            let mut found: Vec<ClientView> = known.iter().flatten().filter(fits).cloned().collect();
            let more = found.len().saturating_sub(LISTED);
            found.truncate(LISTED);
            (found, more)
        })
    });
    let rows = move || {
        let rows = found.get().0.into_iter().map(|ClientView { id, name }| {
            let on = move || chosen.with(|clients| clients.contains(&id));
            let turn = move |_| {
                chosen.update(|clients| match clients.iter().position(|held| *held == id) {
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
        });
        rows.collect_view()
    };
    let hint = move || match known.with(|known| known.as_ref().map(Vec::len)) {
        _ if trouble.with(Option::is_some) => None,
        None => Some(t!("Asking HaloITSM for its clients…")),
        Some(0) => Some(t!("HaloITSM shows no clients to this sign-in.")),
        Some(_) => None,
    };
    let none = move || known.with(|known| known.as_ref().is_none_or(Vec::is_empty));
    view! {
        {move || trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| menu.learn()/> })}
        <p class="hint" role="status">{hint}</p>
        <div class="client-list" hidden=none>
            <input
                type="search"
                aria-label=t!("Filter the clients")
                placeholder=t!("Filter the clients")
                autocomplete="off"
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <button
                type="button"
                class="btn quiet"
                prop:disabled=move || chosen.with(Vec::is_empty)
                on:click=move |_| chosen.set(Vec::new())
            >
                {t!("All clients")}
            </button>
            <div class="ticks">{rows}</div>
            {move || Some(found.get().1).filter(|more| *more > 0).map(|more| view! {
                <p class="hint">{t!("And {n} more. Type to find them.", n = words::number(more))}</p>
            })}
        </div>
    }
}

impl Menu {
    fn name_of(&self, client: i64) -> Option<String> {
        let name = |known: &Vec<ClientView>| known.iter().find(|held| held.id == client).map(|held| held.name.clone());
        self.known.with(|known| known.as_ref().and_then(name))
    }

    /// Asks for the clients in use, and for those of the plan that is shown: one of these may be out of use.
    fn learn(self) {
        let of = self.desk.plan.with_untracked(|plan| plan.as_ref().map(|plan| TableOf::Plan(plan.id.clone())));
        spawn_local(async move {
            let mut all = match bridge::ask(CentreAsk::Clients).await {
                Ok(Reply::Clients { clients }) => clients,
                answer => {
                    let trouble = answer.err().unwrap_or_else(bridge::odd);
                    return drop(self.trouble.try_set(Some(trouble)));
                }
            };
            if let Some(of) = of {
                let query = RowQuery { sort: RowSort::Client, ..RowQuery::default() };
                if let Ok(Reply::Rows { rows }) = bridge::ask(CentreAsk::Rows { of, query, offset: 0, count: 1 }).await
                {
                    add(&mut all, rows);
                }
            }
            let _ = self.trouble.try_set(None);
            let _ = self.known.try_set(Some(all));
        });
    }
}

/// Adds the clients of a plan's rows that are not listed.
fn add(all: &mut Vec<ClientView>, rows: RowsView) {
    let before = all.len();
    for group in rows.groups {
        if let Some(id) = group.client
            && !all[..before].iter().any(|client| client.id == id)
        {
            all.push(ClientView { id, name: group.name });
        }
    }
    all.sort_by_cached_key(|client| client.name.to_lowercase());
}
