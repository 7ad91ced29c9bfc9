//! What the organisation sets: shown, and not to be changed by the user.

use leptos::prelude::*;
use sidelight::settings::Managed;
use sidelight::t;

/// Controls of settings; where the organisation sets one of these, they can only be read.
#[component]
pub fn Kept(
    /// What the organisation sets.
    managed: Signal<Managed>,
    /// Keys as in the settings file, with spaces between: `sync.keys sync.key_fields`.
    #[prop(into)]
    of: String,
    /// The controls.
    children: Children,
) -> impl IntoView {
    let kept = Memo::new(move |_| managed.with(|managed| of.split(' ').any(|key| managed.sets(key))));
    view! {
        <fieldset class="kept" disabled=kept>
            {children()}
            {move || kept.get().then(|| view! { <p class="hint">{t!("Set by your organisation.")}</p> })}
        </fieldset>
    }
}

/// Says what of the settings the organisation sets, or why its policy counts for nothing.
#[component]
pub fn PolicyNote(
    /// What the organisation sets.
    managed: Signal<Managed>,
) -> impl IntoView {
    move || {
        managed.with(|managed| match &managed.trouble {
            Some(why) => {
                let words =
                    t!("Your organisation’s settings for Sidelight cannot be read, so none of them counts. {why}", why);
                Some(view! { <p class="trouble warn" role="status">{words}</p> })
            }
            None if managed.keys.is_empty() => None,
            None => {
                let words = t!("Your organisation sets some of these choices. They can be read here, not changed.");
                Some(view! { <p class="hint" role="status">{words}</p> })
            }
        })
    }
}
