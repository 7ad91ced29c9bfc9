//! What went wrong while stored documentation is shown: below the list, so that nothing in it moves.

use leptos::prelude::*;
use sidelight::t;
use sidelight::trouble::Trouble;

use crate::components::{AsOf, TroubleLine};
use crate::icons::{self, Icon};
use crate::pane::Pane;

/// Says so when the fresh answer did not come and how old what is shown is, or what the user should know besides.
#[component]
pub fn News() -> impl IntoView {
    let pane = Pane::of_page();
    // While nothing is shown, the list itself says why.
    let failed = Memo::new(move |_| pane.trouble.get().filter(|_| pane.view.with(Option::is_some)));
    let notice = Memo::new(move |_| pane.view.with(|view| view.as_ref().and_then(|view| view.notice.clone())));
    move || match (failed.get(), notice.get()) {
        (Some(trouble), _) => view! { <Stale trouble/> }.into_any(),
        (None, Some(trouble)) => {
            view! { <section class="news" aria-label=t!("Notice")><TroubleLine trouble/></section> }.into_any()
        }
        (None, None) => ().into_any(),
    }
}

#[component]
fn Stale(trouble: Trouble) -> impl IntoView {
    let pane = Pane::of_page();
    let oldest = move || pane.view.with(|view| view.iter().flat_map(|v| &v.sections).filter_map(|s| s.as_of).min());
    view! {
        <section class="news" aria-label=t!("Notice")>
            {move || oldest().map(|time| view! {
                <p class="sub"><Icon of=icons::OFFLINE/>{t!("Stored documentation,")}" "<AsOf time/></p>
            })}
            <TroubleLine trouble again=move |()| pane.refresh()/>
        </section>
    }
}
