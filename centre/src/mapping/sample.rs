//! A real record as it would be in Hudu, with the settings as they are edited.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::mapping::view::SampleView;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::t;
use sidelight::trouble::Trouble;
use sidelight_ui::bridge;
use sidelight_ui::components::TroubleLine;
use sidelight_ui::icons::{self, Icon};

use super::known::{Known, follow};
use super::places::KindPicks;
use crate::desk::Desk;

/// A record of the kind that is chosen.
#[component]
pub fn Samples(
    /// What is known of both products.
    known: Known,
    /// The kind that is shown.
    kind: RwSignal<RecordKind>,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="sample-title">
            <h2 id="sample-title">{t!("As a record would be in Hudu")}</h2>
            <KindPicks kind/>
            {move || {
                let kind = kind.get();
                view! { <Sample known kind/> }
            }}
        </section>
    }
}

#[component]
fn Sample(known: Known, kind: RecordKind) -> impl IntoView {
    // A record, and whether the one after it is meant.
    let wish = RwSignal::new((None::<i64>, false));
    let found = RwSignal::new(None::<Option<SampleView>>);
    let trouble = RwSignal::new(None::<Trouble>);
    let wanted = move |settings| {
        known.again();
        let (id, next) = wish.get();
        CentreAsk::Sample { kind, id, next, settings }
    };
    follow(wanted, move |answer| match answer {
        Ok(Reply::Sample { sample }) => {
            trouble.set(None);
            found.set(Some(sample.map(|sample| *sample)));
        }
        Ok(_) => trouble.set(Some(bridge::odd())),
        Err(error) => trouble.set(Some(error)),
    });
    let typed = RwSignal::new(String::new());
    let look = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Ok(id) = typed.with_untracked(|typed| typed.trim().parse()) {
            wish.set((Some(id), false));
        }
    };
    let another = move |_| {
        let id = found.with_untracked(|found| found.as_ref()?.as_ref().map(|sample| sample.record.id));
        wish.set((id, id.is_some()));
    };
    // The reason why nothing is known of either product stands above already.
    let own = move || trouble.get().filter(|_| known.trouble.with(Option::is_none));
    view! {
        <form class="sample-head" on:submit=look>
            <button type="button" class="btn" data-act="another" on:click=another><Icon of=icons::SYNC/>{t!("Another record")}</button>
            <input type="text" inputmode="numeric" aria-label=t!("HaloITSM id") placeholder=t!("HaloITSM id")
                on:input=move |event| typed.set(event_target_value(&event))/>
            <button type="submit" class="btn">{t!("Show")}</button>
        </form>
        {move || own().map(|trouble| view! { <TroubleLine trouble/> })}
        {move || found.get().map(|sample| match sample {
            Some(sample) => view! { <Shown sample/> }.into_any(),
            None => view! { <p class="muted">{t!("HaloITSM has no such record.")}</p> }.into_any(),
        })}
    }
}

#[component]
fn Shown(sample: SampleView) -> impl IntoView {
    let url = Desk::of_page().halo_url(sample.record);
    let left_out = sample.layout.is_empty() && sample.record.kind != RecordKind::Client;
    let place = match (left_out, sample.layout.as_str()) {
        (true, _) => t!("left out"),
        (false, "") => t!("company"),
        (false, layout) => layout.to_owned(),
    };
    let link = url.map(|url| {
        view! {
            <a class="tool" href=url target="_blank" rel="noopener noreferrer" title=t!("Open in HaloITSM") aria-label=t!("Open in HaloITSM")>
                <Icon of=icons::OPEN/>
            </a>
        }
    });
    let value = |(name, before, after): (String, String, Option<String>)| {
        let after = match after {
            Some(after) if after == before => view! { <span>{after}</span> }.into_any(),
            Some(after) => view! { <span class="muted">{before}</span>" → "<span>{after}</span> }.into_any(),
            None => view! { <span class="muted">{before}</span>" "<span class="chip bad">{t!("does not fit")}</span> }
                .into_any(),
        };
        view! { <dt dir="auto">{name}</dt><dd dir="auto">{after}</dd> }
    };
    view! {
        <div class="sample">
            <p class="sample-name"><b dir="auto">{sample.name}</b>" "<span class="chip" dir="auto">{place}</span>{link}</p>
            <dl class="pairs">{sample.values.into_iter().map(value).collect_view()}</dl>
        </div>
    }
}
