//! Candidates to choose from.

use leptos::prelude::*;
use sidelight::halo::record::RecordRef;
use sidelight::sync::view::CandidateView;
use sidelight::t;

use super::HuduLink;
use crate::pane::Pane;

/// Records that could be meant, each with what speaks for it.
#[component]
pub fn Choose(
    /// The Halo record whose counterpart is chosen.
    record: RecordRef,
    /// To choose from.
    candidates: Vec<CandidateView>,
    /// Takes the choice; left out, the page's pane does.
    #[prop(optional, into)]
    chosen: Option<Callback<i64>>,
) -> impl IntoView {
    let pane = use_context::<Pane>();
    let choose = move |id| match (chosen, pane) {
        (Some(chosen), _) => chosen.run(id),
        (None, Some(pane)) => pane.choose(record, id),
        (None, None) => {}
    };
    let rows = candidates.into_iter().map(|candidate| {
        let CandidateView { id, name, why, url } = candidate;
        let label = t!("Choose {name}", name);
        view! {
            <li class="candidate">
                <span class="texts">
                    <span class="name" dir="auto" title=name.clone()>{name.clone()}</span>
                    <span class="sub" dir="auto">{why}</span>
                </span>
                <HuduLink url label=t!("Open in Hudu")/>
                <button
                    type="button"
                    class="btn"
                    data-act="choose"
                    aria-label=label
                    on:click=move |click| if click.is_trusted() { choose(id) }
                >
                    {t!("Choose")}
                </button>
            </li>
        }
    });
    view! { <ul class="candidates">{rows.collect_view()}</ul> }
}
