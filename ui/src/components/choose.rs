//! Candidates to choose from.

use leptos::prelude::*;
use sidelight::halo::record::RecordRef;
use sidelight::sync::view::CandidateView;

use super::HuduLink;
use crate::pane::Pane;

/// Records that could be meant, each with what speaks for it.
#[component]
pub fn Choose(
    /// The Halo record whose counterpart is chosen.
    record: RecordRef,
    /// To choose from.
    candidates: Vec<CandidateView>,
) -> impl IntoView {
    let pane = Pane::of_page();
    let rows = candidates.into_iter().map(|candidate| {
        let CandidateView { id, name, why, url } = candidate;
        let label = format!("Choose {name}");
        view! {
            <li class="candidate">
                <span class="texts">
                    <span class="name" dir="auto" title=name.clone()>{name.clone()}</span>
                    <span class="sub" dir="auto">{why}</span>
                </span>
                <HuduLink url label="Open in Hudu"/>
                <button
                    type="button"
                    class="btn"
                    data-act="choose"
                    aria-label=label
                    on:click=move |click| if click.is_trusted() { pane.choose(record, id) }
                >
                    "Choose"
                </button>
            </li>
        }
    });
    view! { <ul class="candidates">{rows.collect_view()}</ul> }
}
