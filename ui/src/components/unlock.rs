//! Unlocking the secrets, wherever a page says that they are locked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Intent, Message, Reply};
use sidelight::t;
use sidelight::trouble::Trouble;

use crate::pane::Pane;
use crate::{bridge, clock, place};

/// A form for the passphrase; a button alone where none is set. In a frame of a web page a window is
/// opened for it: a passphrase is typed only where no page can draw a false form.
#[component]
pub fn Unlock() -> impl IntoView {
    if place::in_frame() {
        let pane = use_context::<Pane>();
        let go = move |_| {
            if let Some(pane) = pane {
                pane.elsewhere(Intent::View);
            }
        };
        return view! { <button type="button" class="btn" data-act="unlock" on:click=go>{t!("Unlock in its own window")}</button> }
            .into_any();
    }
    let asks = RwSignal::new(true);
    let (words, trouble) = (RwSignal::new(String::new()), RwSignal::new(None::<Trouble>));
    let busy = RwSignal::new(false);
    spawn_local(async move {
        if let Ok(Reply::Lock { lock }) = bridge::ask(Message::LockState).await {
            let _ = asks.try_set(lock.passphrase);
        }
    });
    let unlock = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        let passphrase = words.get_untracked();
        spawn_local(async move {
            let answer = bridge::ask(Message::Unlock { passphrase }).await;
            // What was typed never stays on the page.
            let _ = words.try_set(String::new());
            let _ = busy.try_set(false);
            let _ = trouble.try_set(answer.err());
        });
    };
    view! {
        <form class="unlock" on:submit=unlock>
            {move || asks.get().then(|| view! {
                <label>
                    {t!("Passphrase")}" "
                    <input
                        type="password"
                        autocomplete="off"
                        prop:value=words
                        on:input=move |event| words.set(event_target_value(&event))
                    />
                </label>
            })}
            <button type="submit" class="btn primary" data-act="unlock" prop:disabled=busy>{t!("Unlock")}</button>
            <p class="error" role="status">{move || trouble.get().map(|trouble| {
                let until = trouble.until.map(|until| format!(" {}", t!("Next try from {time}.", time = clock::time_of_day(until))));
                format!("{}{}", trouble.sentence, until.unwrap_or_default())
            })}</p>
            {move || asks.get().then(|| view! {
                <p class="hint">{t!("Forgotten? Nobody can recover it.")}" "<a href="options.html#lock" target="_blank">{t!("Forget the connections")}</a>" "{t!("and set them up again.")}</p>
            })}
        </form>
    }
    .into_any()
}
