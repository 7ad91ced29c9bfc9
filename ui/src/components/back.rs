//! What a person writes back by hand: the buttons, and the one form for all of it.

use leptos::prelude::*;
use sidelight::assist::view::DocumentKind;
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::protocol::Back;
use sidelight::sync::back::{FormField, InputKind, Typed};
use sidelight::trouble::Trouble;
use sidelight::words::say;
use sidelight::{mark, t};

use super::{Tick, TroubleLine};
use crate::icons::{self, Icon};
use crate::pane::{Draft, Pane, Source};

/// What can be done with an open document beside reading it.
#[component]
pub fn AboutDocument(
    /// Kind.
    kind: DocumentKind,
    /// Hudu id.
    id: i64,
) -> impl IntoView {
    let pane = Pane::of_page();
    let ticket = move || pane.record.get().filter(|record| record.kind == RecordKind::Ticket).map(|record| record.id);
    let asset = matches!(kind, DocumentKind::Asset | DocumentKind::Person);
    let company = move || pane.view.with(|view| view.as_ref().and_then(|view| company(&view.company)));
    view! {
        <p class="deeds">
            {move || ticket().map(|ticket| view! {
                <Deed act="attach" label=t!("Attach to ticket") back=Back::Attach { ticket, kind, id }/>
            })}
            {move || ticket().filter(|_| kind == DocumentKind::Article).map(|ticket| view! {
                <Deed act="insert" label=t!("Insert into ticket") back=Back::Insert { ticket, article: id }/>
            })}
            {asset.then(|| view! { <Deed act="edit" label=t!("Edit") back=Back::Edit { asset: id }/> })}
            {move || company().filter(|_| asset).map(|company| view! {
                <Deed act="add-password" label=t!("Add a password") back=Back::Password { company, asset: Some(id), about: None }/>
            })}
            {move || (kind != DocumentKind::Expiration).then(|| view! {
                <Deed act="relate" label=t!("Relate") back=Back::Relate { kind, id, company: company() }/>
            })}
        </p>
    }
}

/// What can be added to a company, and what a ticket names that may not be in Hudu yet.
#[component]
pub fn AboutCompany(
    /// Hudu id of the company.
    company: i64,
    /// Records that the ticket names.
    names: Vec<(RecordRef, String)>,
) -> impl IntoView {
    let pane = Pane::of_page();
    let about = pane.record.get_untracked();
    let untold =
        Memo::new(move |_| pane.view.with(|view| Some((view.as_ref()?.record.record.id, view.as_ref()?.untold?))));
    view! {
        <p class="deeds" role="group" aria-label=t!("Add to Hudu")>
            <Deed act="add-note" label=t!("Add a note") back=Back::Note { company }/>
            <Deed act="add-record" label=t!("Add a record") back=Back::Add { company, layout: None, about }/>
            <Deed act="add-company-password" label=t!("Add a password") back=Back::Password { company, asset: None, about }/>
            {move || untold.get().filter(|(_, count)| *count > 0).map(|(ticket, _)| view! {
                <Deed act="trail" label=t!("Note what was used") back=Back::Trail { ticket }/>
            })}
            {names.into_iter().map(|(record, name)| view! {
                <button type="button" class="btn quiet" data-act="add-named" on:click=move |_| pane.plan(Source::Record(record))>
                    <Icon of=icons::SYNC/>
                    <span dir="auto">{t!("{name} to Hudu", name)}</span>
                </button>
            }).collect_view()}
        </p>
    }
}

fn company(state: &sidelight::assist::view::CompanyState) -> Option<i64> {
    match state {
        sidelight::assist::view::CompanyState::Matched { company } => Some(company.id),
        _ => None,
    }
}

#[component]
fn Deed(act: &'static str, label: String, back: Back) -> impl IntoView {
    let pane = Pane::of_page();
    view! {
        <button type="button" class="btn quiet" id=act data-act=act on:click=move |_| {
            pane.opener.set_value(act);
            pane.write_back(back.clone());
        }>
            {label}
        </button>
    }
}

/// The form of what is written back; the plan comes before anything is written.
#[component]
pub fn BackForm(draft: Draft, trouble: Option<Trouble>) -> impl IntoView {
    let pane = Pane::of_page();
    let form = draft.form.clone().unwrap_or_default();
    let typed = |field: &FormField| {
        let own = draft.typed.iter().find(|typed| typed.label == field.label);
        RwSignal::new(own.map_or_else(|| field.value.clone(), |typed| typed.value.clone()))
    };
    let values: Vec<RwSignal<String>> = form.fields.iter().map(typed).collect();
    let (fields, sent) = (form.fields.clone(), values.clone());
    let company = match draft.back {
        Back::Add { company, about, .. } => Some((company, about)),
        _ => None,
    };
    let chosen = form.layout.map(|layout| layout.to_string()).unwrap_or_default();
    let submit = {
        let (draft, layout) = (draft.clone(), form.layout);
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let row = |(field, value): (&FormField, &RwSignal<String>)| Typed {
                label: field.label.clone(),
                before: field.value.clone(),
                value: value.get_untracked(),
            };
            let typed = fields.iter().zip(&sent).map(row).collect();
            let back = match draft.back.clone() {
                Back::Add { company, about, .. } => Back::Add { company, layout, about },
                back => back,
            };
            pane.plan(Source::Back(Draft { back, typed, ..draft.clone() }));
        }
    };
    let layouts = company.filter(|_| !form.layouts.is_empty()).map(|(company, about)| {
        let change = move |event| {
            let layout = event_target_value(&event).parse().ok();
            pane.write_back(Back::Add { company, layout, about });
        };
        view! {
            <div class="text-field">
                <label for="back-layout">{t!("Layout")}</label>
                <select id="back-layout" on:change=change>
                    {form.layouts.into_iter().map(|(id, name)| {
                        let id = id.to_string();
                        view! { <option value=id.clone() selected=id == chosen>{name}</option> }
                    }).collect_view()}
                </select>
            </div>
        }
    });
    view! {
        <form class="back-form" on:submit=submit>
            <p class="hint">{form.lead}</p>
            {trouble.map(|trouble| view! { <TroubleLine trouble/> })}
            {layouts}
            {form.fields.into_iter().zip(values).enumerate().map(|(place, (field, value))| view! { <Input place field value/> }).collect_view()}
            <footer class="panel-foot">
                <span class="hint grow">{t!("Nothing is written before you have looked it through.")}</span>
                <button type="button" class="btn quiet" data-act="cancel" on:click=move |_| pane.close_stage()>{t!("Cancel")}</button>
                <button type="submit" class="btn primary" data-act="look">{t!("Look it through")}</button>
            </footer>
        </form>
    }
}

#[component]
fn Input(place: usize, field: FormField, value: RwSignal<String>) -> impl IntoView {
    let FormField { label, kind, options, required, hint, .. } = field;
    let (id, list_id) = (format!("back-{place}"), format!("back-{place}-options"));
    let hint_id = format!("{id}-hint");
    let input = move |event| value.set(event_target_value(&event));
    let control = match kind {
        InputKind::Check => {
            let checked = Signal::derive(move || value.get() == "true");
            return view! { <Tick label value=checked on_change=move |on: bool| value.set(on.to_string())/> }.into_any();
        }
        InputKind::Choices => {
            let tick = move |option: String| {
                let own = option.clone();
                let ticked = Signal::derive(move || value.with(|text| text.lines().any(|line| line == own)));
                let change = move |on: bool| {
                    value.update(|text| {
                        let mut lines: Vec<&str> = text.lines().filter(|line| *line != option).collect();
                        if on {
                            lines.push(&option);
                        }
                        *text = lines.join("\n");
                    });
                };
                (ticked, change)
            };
            return view! {
                <fieldset class="radios">
                    <legend>{label}</legend>
                    {options.into_iter().map(|option| {
                        let (ticked, change) = tick(option.clone());
                        view! { <Tick label=option value=ticked on_change=change/> }
                    }).collect_view()}
                </fieldset>
            }
            .into_any();
        }
        InputKind::Address => {
            const PARTS: [&str; 6] = [mark!("Street"), mark!("Second line"), mark!("Town"), mark!("State or county"), mark!("Postal code"), mark!("Country")];
            let part = move |place: usize| value.with(|text| text.split('\n').nth(place).unwrap_or_default().to_owned());
            let change = move |place: usize, new: String| {
                let lines: Vec<String> =
                    (0..PARTS.len()).map(|own| if own == place { new.clone() } else { part(own) }).collect();
                let empty = lines.iter().all(String::is_empty);
                value.set(if empty { String::new() } else { lines.join("\n") });
            };
            return view! {
                <fieldset class="radios">
                    <legend>{label}</legend>
                    {PARTS.into_iter().enumerate().map(|(place, name)| view! {
                        <input type="text" aria-label=say(name) placeholder=say(name) autocomplete="off"
                            prop:value=move || part(place) on:input=move |event| change(place, event_target_value(&event))/>
                    }).collect_view()}
                </fieldset>
            }
            .into_any();
        }
        InputKind::Lines => view! {
            <textarea id=id.clone() rows="5" required=required aria-describedby=hint_id.clone() prop:value=value on:input=input></textarea>
        }
        .into_any(),
        InputKind::Choice => {
            let now = value.get_untracked();
            let odd = !now.is_empty() && !options.contains(&now);
            let all = std::iter::once(String::new()).chain(odd.then(|| now.clone())).chain(options);
            view! {
                <select id=id.clone() required=required aria-describedby=hint_id.clone() on:change=input>
                    {all.map(|option| view! { <option value=option.clone() selected=option == now>{option.clone()}</option> }).collect_view()}
                </select>
            }
            .into_any()
        }
        _ => {
            let pick = kind == InputKind::Pick;
            let (form, mode) = match kind {
                InputKind::Secret => ("password", "text"),
                InputKind::Date => ("date", "text"),
                InputKind::Number => ("text", "numeric"),
                InputKind::Phone => ("text", "tel"),
                InputKind::Website => ("text", "url"),
                _ => ("text", "text"),
            };
            view! {
                <input id=id.clone() type=form inputmode=mode required=required aria-describedby=hint_id.clone()
                    autocomplete=if form == "password" { "new-password" } else { "off" } spellcheck="false"
                    list=pick.then(|| list_id.clone()) prop:value=value on:input=input/>
                {pick.then(|| view! {
                    <datalist id=list_id>{options.into_iter().map(|option| view! { <option value=option></option> }).collect_view()}</datalist>
                })}
            }
            .into_any()
        }
    };
    view! {
        <div class="text-field">
            <label for=id>{label}{required.then(|| format!(" {}", t!("(required)")))}</label>
            {control}
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
    .into_any()
}
