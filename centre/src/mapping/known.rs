//! What is known of both products while the mapping is edited, asked again after each pause in typing.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::halo::record::RecordKind;
use sidelight::mapping::view::{FactView, FindingView, MappingView};
use sidelight::protocol::{Message, Reply};
use sidelight::settings::SyncSettings;
use sidelight::trouble::Trouble;
use sidelight_ui::{bridge, clock};

use super::draft::Draft;

/// How long a pause in typing is.
const PAUSE_MS: i32 = 500;

/// What is known of both products.
#[derive(Clone, Copy)]
pub struct Known {
    /// Layouts, facts, rows and findings; `None` until they were read.
    pub view: RwSignal<Option<MappingView>>,
    /// Why they could not be read.
    pub trouble: RwSignal<Option<Trouble>>,
}

impl Known {
    /// Asks now, and again whenever the draft has changed.
    pub fn follow() -> Self {
        let known = Self { view: RwSignal::new(None), trouble: RwSignal::new(None) };
        let wanted = |settings| Message::Mapping { settings };
        follow(wanted, move |answer| match answer {
            Ok(Reply::Mapping { mapping }) => {
                known.trouble.set(None);
                known.view.set(Some(*mapping));
            }
            Ok(_) => known.trouble.set(Some(bridge::odd())),
            Err(trouble) => known.trouble.set(Some(trouble)),
        });
        known
    }

    /// Names of the layouts in use.
    pub fn layouts(&self) -> Vec<String> {
        self.view.with(|view| {
            let layouts = view.as_ref().map(|view| view.layouts.as_slice()).unwrap_or_default();
            layouts.iter().filter(|layout| layout.active).map(|layout| layout.name.clone()).collect()
        })
    }

    /// Facts of a kind.
    pub fn facts(&self, kind: RecordKind) -> Vec<FactView> {
        self.view.with(|view| {
            let facts = view.as_ref().map(|view| view.facts.as_slice()).unwrap_or_default();
            facts.iter().filter(|fact| fact.kind == kind).cloned().collect()
        })
    }

    /// Label and type of a layout's fields.
    pub fn fields(&self, layout: &str) -> Vec<(String, String)> {
        self.view.with(|view| {
            let layouts = view.as_ref().map(|view| view.layouts.as_slice()).unwrap_or_default();
            let found = layouts.iter().find(|own| own.name.trim().eq_ignore_ascii_case(layout.trim()));
            found.map(|layout| layout.fields.clone()).unwrap_or_default()
        })
    }

    /// What does not fit in a setting ("sort_rules/2").
    pub fn findings(&self, setting: &str) -> Vec<FindingView> {
        self.view.with(|view| {
            let findings = view.as_ref().map(|view| view.findings.as_slice()).unwrap_or_default();
            findings.iter().filter(|finding| finding.setting == setting).cloned().collect()
        })
    }
}

/// Sends a message made of the draft now, and again after each pause in typing; an answer that was
/// overtaken by another change is passed over.
pub fn follow(
    message: impl Fn(Box<SyncSettings>) -> Message + Copy + 'static,
    take: impl Fn(Result<Reply, Trouble>) + Copy + 'static,
) {
    let draft = Draft::of_page();
    let turn = StoredValue::new(0_u32);
    Effect::new(move |before: Option<()>| {
        let settings = Box::new(draft.now.with(|settings| settings.sync.clone()));
        let own = turn.get_value() + 1;
        turn.set_value(own);
        let first = before.is_none();
        spawn_local(async move {
            if !first {
                clock::pause(PAUSE_MS).await;
            }
            if turn.try_get_value() != Some(own) {
                return;
            }
            let answer = bridge::ask(message(settings)).await;
            if turn.try_get_value() == Some(own) {
                take(answer);
            }
        });
    });
}

/// A text input that offers what is known, and takes anything else too.
#[component]
pub fn Suggest(
    /// Id of the input; its list has the same with `-list`.
    #[prop(into)]
    id: String,
    /// Label for screen readers.
    #[prop(into)]
    label: String,
    /// What stands in it at first.
    value: String,
    /// What is offered: value and what stands beside it.
    #[prop(into)]
    offer: Signal<Vec<(String, String)>>,
    /// A grey example.
    #[prop(optional)]
    placeholder: &'static str,
    /// Takes what is typed or chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let list = format!("{id}-list");
    let options = move || {
        let offer = offer.get().into_iter();
        offer.map(|(value, beside)| view! { <option value=value>{beside}</option> }).collect_view()
    };
    view! {
        <input
            id=id
            type="text"
            aria-label=label
            list=list.clone()
            placeholder=placeholder
            autocomplete="off"
            spellcheck="false"
            prop:value=value
            on:input=move |event| on_change.run(event_target_value(&event))
        />
        <datalist id=list>{options}</datalist>
    }
}
