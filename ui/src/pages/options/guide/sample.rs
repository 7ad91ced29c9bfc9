//! A record of the user's own, side by side: as it is in HaloITSM, and as it would be in Hudu.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::halo::record::RecordKind;
use sidelight::mapping::view::SampleView;
use sidelight::protocol::{CentreAsk, Message, Reply};
use sidelight::t;
use sidelight::trouble::Trouble;

use crate::components::{State, TroubleLine};
use crate::icons::{self, Icon};
use crate::{bridge, words};

/// Kinds that a sample is shown of.
const KINDS: [RecordKind; 5] =
    [RecordKind::Client, RecordKind::User, RecordKind::Asset, RecordKind::Site, RecordKind::Contract];

/// What is shown.
#[derive(Clone, Copy)]
struct Look {
    kind: RwSignal<RecordKind>,
    /// `None` while it is read; then the record, where there is one.
    found: RwSignal<Option<Option<SampleView>>>,
    trouble: RwSignal<Option<Trouble>>,
}

impl Look {
    /// Reads a record of the kind that is chosen, or the one after this.
    fn at(self, after: Option<i64>) {
        let kind = self.kind.get_untracked();
        self.trouble.set(None);
        self.found.set(None);
        spawn_local(async move {
            let read = async {
                let Reply::Settings { settings } = bridge::ask(Message::Settings).await? else {
                    return Err(bridge::odd());
                };
                let settings = Box::new(settings.sync);
                match bridge::ask(CentreAsk::Sample { kind, id: after, next: after.is_some(), settings }).await? {
                    Reply::Sample { sample } => Ok(sample.map(|sample| *sample)),
                    _ => Err(bridge::odd()),
                }
            };
            let answer = read.await;
            // Another kind was chosen meanwhile, or the step was left.
            if self.kind.try_get_untracked() != Some(kind) {
                return;
            }
            match answer {
                Ok(sample) => self.found.set(Some(sample)),
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }
}

/// The step.
#[component]
pub fn Samples() -> impl IntoView {
    let look =
        Look { kind: RwSignal::new(RecordKind::Client), found: RwSignal::new(None), trouble: RwSignal::new(None) };
    look.at(None);
    let pick = move |own: RecordKind| {
        let choose = move |_| {
            look.kind.set(own);
            look.at(None);
        };
        view! {
            <button type="button" class="btn" aria-pressed=move || (look.kind.get() == own).to_string() on:click=choose>
                {words::records(own)}
            </button>
        }
    };
    view! {
        <p class="lead">{t!("One of your own records, as it is in HaloITSM and as a sync would have it in Hudu. Nothing is written here.")}</p>
        <div class="buttons guide-kinds" role="group" aria-label=t!("Kind of record")>{KINDS.map(pick).collect_view()}</div>
        <div aria-live="polite">
            {move || match (look.trouble.get(), look.found.get()) {
                (Some(trouble), _) => view! { <TroubleLine trouble again=move |()| look.at(None)/> }.into_any(),
                (None, None) => view! { <State icon=icons::SYNC title=t!("Looking") text=t!("Reading a record from HaloITSM.")/> }.into_any(),
                (None, Some(None)) => view! {
                    <div class="card"><p>{t!("HaloITSM has none of these, or its application may not read them. Choose another kind.")}</p></div>
                }.into_any(),
                (None, Some(Some(sample))) => view! { <Shown look sample/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Shown(look: Look, sample: SampleView) -> impl IntoView {
    let SampleView { record, name, layout, values } = sample;
    let place = match (layout.as_str(), record.kind) {
        ("", RecordKind::Client) => t!("A company in Hudu"),
        ("", _) => t!("Left out: no layout takes it"),
        (layout, _) => t!("An asset in “{layout}”", layout),
    };
    let beside = format!("panel.html?record={}", record.key());
    let row = |(place, before, after): (String, String, Option<String>)| {
        let after = match after {
            Some(after) => view! { <td dir="auto">{after}</td> }.into_any(),
            None => view! { <td><span class="chip warn">{t!("does not fit")}</span></td> }.into_any(),
        };
        view! { <tr><th scope="row" dir="auto">{place}</th><td dir="auto">{before}</td>{after}</tr> }
    };
    view! {
        <div class="card">
            <div class="card-head">
                <h3 class="grow" dir="auto">{name}</h3>
                <span class="muted" dir="auto">{place}</span>
            </div>
            <table class="guide-sample">
                <thead><tr><th scope="col">{t!("Field")}</th><th scope="col">{t!("In HaloITSM")}</th><th scope="col">{t!("In Hudu")}</th></tr></thead>
                <tbody>{values.into_iter().map(row).collect_view()}</tbody>
            </table>
            <div class="buttons">
                <button type="button" class="btn" data-act="another" on:click=move |_| look.at(Some(record.id))><Icon of=icons::SYNC/>{t!("Another record")}</button>
                <a class="btn" href=beside target="_blank">{t!("See it with its documentation")}</a>
            </div>
        </div>
    }
}
