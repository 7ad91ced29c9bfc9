//! The record in view, its counterpart in Hudu and the company's own details.

use leptos::prelude::*;
use sidelight::assist::view::{
    BodyView, CompanyState, CompanyView, CounterpartState, DocumentView, FieldKind, FieldView, ItemView, RecordView,
    SidebarView, Tone,
};
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::t;

use crate::components::{AboutCompany, AsOf, ChipView, Choose, FieldRow, Fields, HuduLink, State, TroubleLine};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::prose::Prose;
use crate::words;

/// How many fields of the counterpart stand in the list at first.
const FIRST_FIELDS: usize = 6;

/// The record, its counterpart and its company.
#[component]
pub fn Record() -> impl IntoView {
    let pane = Pane::of_page();
    let record = Memo::new(move |_| pane.view.with(|view| view.as_ref().map(|v| v.record.clone())));
    let counterpart =
        Memo::new(move |_| pane.view.with(|view| view.as_ref().map(|v| ageless_counterpart(v.counterpart.clone()))));
    let company = Memo::new(move |_| pane.view.with(|view| view.as_ref().map(|v| ageless_company(v.company.clone()))));
    view! {
        {move || record.get().map(|record| view! { <Heading record/> })}
        {move || {
            let record = record.get()?;
            counterpart.get().map(|state| view! { <Counterpart state record=record.record/> })
        }}
        {move || {
            let record = record.get()?;
            company.get().map(|state| view! { <Company state record/> })
        }}
    }
}

// Ages are shown apart, so that a fresh answer that says the same leaves the page, and what the
// user opened in it, as it is.

fn ageless_counterpart(mut state: CounterpartState) -> CounterpartState {
    if let CounterpartState::Matched { document, .. } = &mut state {
        document.as_of = 0;
    }
    state
}

fn ageless_company(mut state: CompanyState) -> CompanyState {
    if let CompanyState::Matched { company } = &mut state {
        company.as_of = 0;
    }
    state
}

/// How old the counterpart or the company is.
#[component]
fn Age(of: fn(&SidebarView) -> Option<i64>) -> impl IntoView {
    let pane = Pane::of_page();
    move || pane.view.with(|view| view.as_ref().and_then(of)).map(|time| view! { <AsOf time/> })
}

fn counterpart_age(view: &SidebarView) -> Option<i64> {
    match &view.counterpart {
        CounterpartState::Matched { document, .. } => Some(document.as_of),
        _ => None,
    }
}

fn company_age(view: &SidebarView) -> Option<i64> {
    match &view.company {
        CompanyState::Matched { company } => Some(company.as_of),
        _ => None,
    }
}

#[component]
fn Heading(record: RecordView) -> impl IntoView {
    let RecordView { record, title, subtitle, .. } = record;
    let pane = Pane::of_page();
    view! {
        <section class="record" aria-label=t!("Record in view") data-record=record.key()>
            <span class="glyph"><Icon of=icons::record(record.kind)/></span>
            <span class="texts">
                <span class="eyebrow">
                    {words::record(record.kind)}
                    {move || pane.looking.get().then(|| view! { <span class="looking">{t!("Refreshing…")}</span> })}
                </span>
                <strong class="name" dir="auto" title=title.clone()>{title.clone()}</strong>
                {(!subtitle.is_empty()).then(|| view! { <span class="sub" dir="auto" title=subtitle.clone()>{subtitle.clone()}</span> })}
            </span>
        </section>
    }
}

#[component]
fn Counterpart(state: CounterpartState, record: RecordRef) -> impl IntoView {
    let body = match state {
        CounterpartState::NotNeeded => return ().into_any(),
        CounterpartState::Matched { document, why } => view! { <Matched document why/> }.into_any(),
        CounterpartState::Ambiguous { candidates } => view! {
            <p class="lead">{t!("Several records in Hudu could be this one. Choose the right one.")}</p>
            <Choose record candidates/>
        }
        .into_any(),
        CounterpartState::Missing { reason } => view! { <p class="lead" dir="auto">{reason}</p> }.into_any(),
        CounterpartState::Unknown { trouble } => {
            let pane = Pane::of_page();
            view! { <TroubleLine trouble again=move |()| pane.refresh()/> }.into_any()
        }
    };
    view! { <section class="counterpart" aria-label=t!("In Hudu")><h2>{t!("In Hudu")}</h2>{body}</section> }.into_any()
}

#[component]
fn Matched(document: DocumentView, why: String) -> impl IntoView {
    let pane = Pane::of_page();
    let row = ItemView {
        kind: document.kind,
        id: document.id,
        title: document.title.clone(),
        subtitle: document.group.clone(),
        chips: Vec::new(),
        words: String::new(),
        url: document.url.clone(),
        has_code: false,
    };
    let DocumentView { kind, title, group, url, body, .. } = document;
    let fields = match body {
        BodyView::Fields { fields, .. } => fields,
        _ => Vec::new(),
    };
    view! {
        <div class="card">
            <div class="card-head">
                <span class="glyph"><Icon of=icons::document(kind)/></span>
                <button type="button" class="link grow clip" dir="auto" title=title.clone() data-act="open-counterpart" on:click=move |_| pane.open(row.clone())>
                    {title.clone()}
                </button>
                <HuduLink url label=t!("Open in Hudu")/>
            </div>
            <p class="chips">
                {group.map(|text| view! { <ChipView text tone=Tone::Plain/> })}
                {(!why.is_empty()).then(|| view! { <ChipView text=why tone=Tone::Accent/> })}
                <Age of=counterpart_age/>
            </p>
            <Fields fields first=FIRST_FIELDS/>
        </div>
    }
}

/// The record for which a company is chosen: a ticket itself; of everything else its client.
pub fn company_record(record: &RecordView) -> RecordRef {
    match (record.record.kind, record.client_id) {
        (RecordKind::Ticket, _) | (_, None) => record.record,
        (_, Some(client)) => RecordRef::new(RecordKind::Client, client),
    }
}

#[component]
fn Company(state: CompanyState, record: RecordView) -> impl IntoView {
    let pane = Pane::of_page();
    match state {
        CompanyState::NotNeeded => ().into_any(),
        CompanyState::Matched { company } => {
            view! { <AboutCompany company=company.id names=record.about/><Details company/> }.into_any()
        }
        CompanyState::Ambiguous { candidates } => {
            let chosen = company_record(&record);
            view! {
                <section class="counterpart" aria-label=t!("Company")>
                    <h2>{t!("Which company is this?")}</h2>
                    <p class="lead">{t!("Several companies in Hudu could be this client. Nothing is written before you choose.")}</p>
                    <Choose record=chosen candidates/>
                </section>
            }.into_any()
        }
        CompanyState::Missing { reason } => view! {
            <State icon=icons::record(RecordKind::Client) title=t!("No company in Hudu") text=reason/>
        }
        .into_any(),
        CompanyState::Unknown { trouble } => view! { <TroubleLine trouble again=move |()| pane.refresh()/> }.into_any(),
    }
}

/// The company's own details, folded away.
#[component]
fn Details(company: CompanyView) -> impl IntoView {
    let CompanyView { address, phone, website, notes_html, kind, archived, why, .. } = company;
    let field =
        |label: &str, value: Option<String>, kind: FieldKind| value.map(|value| FieldView::new(label, value, kind));
    let fields: Vec<FieldView> = [
        field(&t!("Website"), website, FieldKind::Link),
        field(&t!("Phone"), phone, FieldKind::Phone),
        field(&t!("Address"), address, FieldKind::Text),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <details class="company">
            <summary>
                <span class="chevron"><Icon of=icons::CHEVRON/></span>
                <span class="grow">{t!("Company")}</span>
                {archived.then(|| view! { <ChipView text=t!("archived in Hudu") tone=Tone::Warn/> })}
                {kind.map(|text| view! { <ChipView text tone=Tone::Plain/> })}
            </summary>
            <dl class="fields">
                {fields.into_iter().map(|field| view! { <FieldRow field/> }).collect_view()}
            </dl>
            {notes_html.map(|html| view! { <Prose html/> })}
            <p class="chips">
                {(!why.is_empty()).then(|| view! { <ChipView text=why tone=Tone::Accent/> })}
                <Age of=company_age/>
            </p>
        </details>
    }
}
