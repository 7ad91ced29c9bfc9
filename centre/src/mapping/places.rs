//! Which HaloITSM field goes to which place in Hudu, and who wins there.

use crate::said::Linked;
use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::hudu::field::FieldType;
use sidelight::mapping::record::HALO_ID;
use sidelight::mapping::view::MappingRow;
use sidelight::settings::{ConnectedField, Policy};
use sidelight::words::say;
use sidelight::{many, mark, t};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::words;

use super::draft::Draft;
use super::known::Known;
use crate::nav;

/// The kinds that go to Hudu.
pub const KINDS: [RecordKind; 5] =
    [RecordKind::Client, RecordKind::Site, RecordKind::User, RecordKind::Asset, RecordKind::Contract];

/// Every policy with its words.
const POLICIES: [(Policy, &str); 4] = [
    (Policy::HaloWins, mark!("HaloITSM wins")),
    (Policy::OnlyIfEmpty, mark!("Only if empty in Hudu")),
    (Policy::AskIfBothChanged, mark!("Ask if both changed")),
    (Policy::Never, mark!("Never written")),
];

/// Whether something can ever be written to a place of this type; empty for a member.
pub fn can_hold(holds: &str) -> bool {
    use FieldType as T;
    holds.is_empty() || !matches!(FieldType::of(holds), T::Heading | T::Password | T::Embed | T::Unknown)
}

/// A row with an example from HaloITSM; `None` where no record has a field for this place.
#[derive(Clone, PartialEq)]
struct Line {
    row: MappingRow,
    example: Option<String>,
}

/// Buttons of which one is pressed: a kind of record.
#[component]
pub fn KindPicks(
    /// The kind that is shown.
    kind: RwSignal<RecordKind>,
) -> impl IntoView {
    let pick = move |own: RecordKind| {
        view! {
            <button type="button" class="pick" aria-pressed=move || (kind.get() == own).to_string() on:click=move |_| kind.set(own)>
                {words::records(own)}
            </button>
        }
    };
    view! { <div class="picks" role="group" aria-label=t!("Kind of record")>{KINDS.map(pick).collect_view()}</div> }
}

/// The fields of one kind at a time.
#[component]
pub fn Places(
    /// What is known of both products.
    known: Known,
) -> impl IntoView {
    let kind = RwSignal::new(RecordKind::Client);
    let chosen = RwSignal::new(String::new());
    let layouts = Memo::new(move |_| {
        let mut names: Vec<String> = Vec::new();
        for row in known.rows(kind.get(), "") {
            if !names.contains(&row.layout) {
                names.push(row.layout);
            }
        }
        names
    });
    let layout = Memo::new(move |_| {
        let chosen = chosen.get();
        layouts.with(|layouts| layouts.iter().find(|name| **name == chosen).or(layouts.first()).cloned())
    });
    let lines = Memo::new(move |_| lines(known, kind.get(), &layout.get().unwrap_or_default()));
    view! {
        <section class="card" aria-labelledby="places-title">
            <h2 id="places-title">{t!("Which field goes where")}</h2>
            <p class="muted">
                <Linked text=t!("Fields of the same name find each other. Others are put together under [Connected fields]. An empty field in HaloITSM never empties one in Hudu.") href="#fields"/>
            </p>
            <div class="places-head">
                <KindPicks kind/>
                {move || layouts.with(|names| names.len() > 1).then(|| view! {
                    <select aria-label=t!("Layout") on:change=move |event| chosen.set(event_target_value(&event))>
                        {layouts.get().into_iter().map(|name| {
                            let here = layout.get_untracked().as_ref() == Some(&name);
                            view! { <option value=name.clone() selected=here>{name.clone()}</option> }
                        }).collect_view()}
                    </select>
                })}
            </div>
            {move || layout.get().filter(|name| !name.is_empty()).map(|name| view! { <InLayout known name/> })}
            {move || match lines.with(Vec::is_empty) {
                true => ().into_any(),
                false => view! { <Table lines=lines.get()/> }.into_any(),
            }}
        </section>
    }
}

/// Says of which layout the fields are, and whether it is there.
#[component]
fn InLayout(known: Known, name: String) -> impl IntoView {
    let there = known.layouts().iter().any(|layout| layout.eq_ignore_ascii_case(&name));
    view! {
        <p class="sub" dir="auto">
            {match there {
                true => t!("Layout “{name}”", name),
                false => t!("Layout “{name}”: not in Hudu yet. These are the fields it would get.", name),
            }}
        </p>
    }
}

fn lines(known: Known, kind: RecordKind, layout: &str) -> Vec<Line> {
    let facts = known.facts(kind);
    let with_example = |mut row: MappingRow| {
        let fact = facts.iter().find(|fact| fact.key == row.fact);
        if let Some(fact) = fact {
            row.label.clone_from(&fact.label);
        }
        Line { example: fact.map(|fact| fact.example.clone()), row }
    };
    known.rows(kind, layout).into_iter().map(with_example).collect()
}

#[component]
fn Table(lines: Vec<Line>) -> impl IntoView {
    let (used, mut free): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| line.example.is_some() || line.row.by_hand);
    free.retain(|line| can_hold(&line.row.holds));
    let row = |line| view! { <Row line/> };
    let unused = many!(
        free.len(),
        "{n} field of this layout has no HaloITSM field of the same name:",
        "{n} fields of this layout have no HaloITSM field of the same name:"
    );
    view! {
        <table class="places">
            <thead>
                <tr><th scope="col">"Hudu"</th><th scope="col">"HaloITSM"</th><th scope="col">{t!("Example")}</th><th scope="col">{t!("Who wins")}</th></tr>
            </thead>
            <tbody>{used.into_iter().map(row).collect_view()}</tbody>
        </table>
        {(!free.is_empty()).then(|| view! {
            <div class="free">
                <p class="muted">{unused}</p>
                <div class="chips">{free.into_iter().map(|line| view! { <Free row=line.row/> }).collect_view()}</div>
            </div>
        })}
    }
}

#[component]
fn Row(line: Line) -> impl IntoView {
    let Line { row, example } = line;
    let mismatch = row.mismatch.clone();
    let fact = if row.label.is_empty() { row.fact.clone() } else { row.label.clone() };
    let example = example.filter(|example| !example.is_empty());
    view! {
        <tr>
            <th scope="row" dir="auto">
                {match row.holds.is_empty() {
                    // A member of every record; other places are called as the tenant calls them.
                    true => say(&row.place),
                    false => row.place.clone(),
                }}
                {(!row.holds.is_empty()).then(|| view! { " "<span class="type">{row.holds.clone()}</span> })}
            </th>
            <td dir="auto" data-head="HaloITSM">
                <span>
                    {fact}
                    {row.by_hand.then(|| view! { " "<span class="chip accent">{t!("connected")}</span> })}
                    {mismatch.map(|why| view! { <span class="misfit"><Icon of=icons::WARN/>{why}</span> })}
                </span>
            </td>
            <td class="example muted" dir="auto" data-head=t!("Example") title=example.clone()>{example.clone()}</td>
            <td><Wins row/></td>
        </tr>
    }
}

/// The policy of a place; what is chosen counts for the places of this name in every layout.
#[component]
fn Wins(row: MappingRow) -> impl IntoView {
    let draft = Draft::of_page();
    if row.place.trim().eq_ignore_ascii_case(HALO_ID) {
        return view! { <span class="muted">{t!("The link")}</span> }.into_any();
    }
    let (kind, usual) = (row.kind, row.policy);
    let slot = StoredValue::new(row.slot);
    let policy = Memo::new(move |_| {
        draft.sync(|sync| {
            let set = sync.policies.iter().find(|(of, place, _)| *of == kind && slot.with_value(|slot| slot == place));
            set.map_or(usual, |(.., policy)| *policy)
        })
    });
    let choose = move |event| {
        let index: usize = event_target_value(&event).parse().unwrap_or_default();
        let Some((policy, _)) = POLICIES.get(index) else { return };
        draft.edit(|sync| {
            sync.policies.retain(|(of, place, _)| *of != kind || slot.with_value(|slot| slot != place));
            if *policy != usual {
                sync.policies.push((kind, slot.get_value(), *policy));
            }
        });
    };
    let options = POLICIES.iter().enumerate().map(|(index, (own, words))| {
        view! { <option value=index.to_string() selected=move || policy.get() == *own>{say(words)}</option> }
    });
    view! {
        <select aria-label=t!("Who wins: {place}", place = row.place) class:changed=move || policy.get() != usual on:change=choose>
            {options.collect_view()}
        </select>
    }
    .into_any()
}

/// A field that nothing goes to: a click begins a connection.
#[component]
fn Free(row: MappingRow) -> impl IntoView {
    let draft = Draft::of_page();
    let name = row.place.clone();
    let title = t!("Connect {name}", name);
    let connect = move |_| {
        let (kind, layout, field) = (row.kind, row.layout.clone(), row.place.clone());
        draft.edit(|sync| sync.connected.push(ConnectedField { kind, layout, fact: String::new(), field }));
        nav::go("fields");
    };
    view! {
        <button type="button" class="pick small" title=title on:click=connect>
            <Icon of=icons::PLUS/>
            <span dir="auto">{name}</span>
        </button>
    }
}
