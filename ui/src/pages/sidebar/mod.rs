//! The sidebar: in the Halo page, beside it, in a window or in a tab.

mod ending;
mod foot;
mod head;
mod keys;
mod list;
mod news;
mod record;
mod section;
mod suggested;

use leptos::prelude::*;
use sidelight::t;

use crate::components::{Found, Planner, Reader};
use crate::finder::Finder;
use crate::pane::{Pane, Stage};
use crate::trust;

pub use list::NotConnected;
pub use record::company_record;

/// The whole sidebar.
#[component]
pub fn Sidebar() -> impl IntoView {
    let pane = Pane::provide();
    let finder = Finder::provide(pane);
    let searching = Memo::new(move |_| finder.is_open());
    let shell = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        if let Some(shell) = shell.get() {
            trust::watch(&shell);
        }
    });
    // On the window: a key counts wherever the focus is.
    let keys = window_event_listener(leptos::ev::keydown, move |key| keys::pressed(pane, &key));
    on_cleanup(move || keys.remove());
    let list = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        pane.record.track();
        if let Some(list) = list.get_untracked() {
            list.set_scroll_top(0);
        }
    });
    let reading = move || pane.open.with(Option::is_some);
    let planning = move || pane.stage.with(|stage| *stage != Stage::Closed);
    let aside = move || reading() || planning();
    view! {
        <div
            class="shell"
            class:aside=aside
            node_ref=shell
        >
            <head::Head/>
            <main class="body">
                <div class="list" tabindex="-1" node_ref=list>
                    <Found/>
                    {move || (!searching.get()).then(|| view! { <list::List/> })}
                </div>
                <div class="side">
                    <div class="side-part" hidden=planning><Reader/></div>
                    <Planner/>
                    {move || (!aside()).then(|| view! {
                        <p class="side-hint">{t!("Choose a document to read it here.")}</p>
                    })}
                </div>
            </main>
            <news::News/>
            <foot::Foot/>
            <p class="status" role="status" aria-live="polite">{move || pane.status.get()}</p>
        </div>
    }
}
