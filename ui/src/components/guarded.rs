//! A button that reveals a secret or writes.

use leptos::prelude::*;
use sidelight::protocol::Intent;

use crate::pane::Pane;
use crate::trust::{self, Verdict};

/// A button whose deed is done only on a click by a person who can see it; otherwise a window of its
/// own is opened for it.
#[component]
pub fn Guarded(
    /// Name of the deed in the page's elements, for tests and styles.
    act: &'static str,
    /// Style class.
    #[prop(default = "btn")]
    class: &'static str,
    /// Label where the button shows an icon only.
    #[prop(optional, into)]
    label: Option<String>,
    /// Whether it can be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// For a check box: whether it is ticked.
    #[prop(optional)]
    checked: Option<bool>,
    /// What the window is told that the user was about to do.
    intent: Intent,
    /// The deed.
    #[prop(into)]
    deed: Callback<()>,
    /// What the button shows.
    children: Children,
) -> impl IntoView {
    let pane = Pane::of_page();
    let node = NodeRef::<leptos::html::Button>::new();
    Effect::new(move || {
        if let Some(button) = node.get() {
            trust::watch(&button);
        }
    });
    let on_click = move |click: web_sys::MouseEvent| match trust::judge(&click) {
        Verdict::Here => deed.run(()),
        Verdict::Elsewhere => pane.elsewhere(intent.clone()),
        Verdict::Nothing => {}
    };
    view! {
        <button
            type="button"
            class=class
            data-act=act
            title=label.clone()
            aria-label=label
            role=checked.map(|_| "checkbox")
            aria-checked=checked.map(|checked| checked.to_string())
            prop:disabled=disabled
            node_ref=node
            on:click=on_click
        >
            {children()}
        </button>
    }
}
