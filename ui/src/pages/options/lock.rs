//! The lock: a passphrase, when it locks by itself, and the way out for who forgot it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Event, Message, Reply};
use sidelight::t;
use sidelight::trouble::Trouble;
use sidelight::vault::LockView;

use super::Desk;
use crate::bridge;
use crate::components::{TextField, TroubleLine, Unlock};

/// The section of the options.
#[component]
pub fn Lock() -> impl IntoView {
    let desk = Desk::of_page();
    let lock = RwSignal::new(None::<LockView>);
    let trouble = RwSignal::new(None::<Trouble>);
    let send = move |message: Message, words: String| {
        spawn_local(async move {
            match bridge::ask(message).await {
                Ok(Reply::Lock { lock: now }) => {
                    // The page went on to the first steps meanwhile.
                    let Some(known) = lock.try_get_untracked() else { return };
                    // What is being typed stays while nothing changed.
                    if known != Some(now) {
                        lock.set(Some(now));
                    }
                    if !words.is_empty() {
                        trouble.set(None);
                        desk.say(words);
                    }
                }
                Ok(_) => trouble.set(Some(bridge::odd())),
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    send(Message::LockState, String::new());
    bridge::hear(move |event| {
        if matches!(event, Event::LockChanged { .. }) {
            send(Message::LockState, String::new());
            desk.load();
        }
    });
    let content = move || {
        lock.get().map(|lock| {
            if lock.locked {
                view! { <p class="lead">{t!("Sidelight is locked.")}</p><Unlock/><Forget/> }.into_any()
            } else {
                view! {
                    <Passphrase set=lock.passphrase send=Callback::new(move |(message, words)| send(message, words))/>
                    <p><button type="button" class="btn" data-act="lock" on:click=move |_| send(Message::Lock, t!("Locked."))>{t!("Lock now")}</button></p>
                }.into_any()
            }
        })
    };
    view! {
        <section id="lock" aria-labelledby="lock-title">
            <h2 id="lock-title">{t!("Lock")}</h2>
            <p class="lead">{t!("While Sidelight is locked, no secret is read and nothing is sent or synced. What was read before can still be read. With a passphrase the stored secrets cannot be opened without it, not even by somebody who copies this browser’s profile.")}</p>
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
            {content}
        </section>
    }
}

/// Sets, changes or takes away the passphrase.
#[component]
fn Passphrase(set: bool, send: Callback<(Message, String)>) -> impl IntoView {
    let [present, new, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let error = RwSignal::new(None::<String>);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if new.get_untracked() != again.get_untracked() {
            return error.set(Some(t!("The two are not the same.")));
        }
        let message = Message::SetPassphrase { present: present.get_untracked(), new: Some(new.get_untracked()) };
        send.run((message, t!("The passphrase is set.")));
    };
    let remove = move |_| {
        let message = Message::SetPassphrase { present: present.get_untracked(), new: None };
        send.run((message, t!("The passphrase is taken away.")));
    };
    view! {
        <form class="passphrase" aria-label=t!("Passphrase") on:submit=save>
            {set.then(|| view! { <TextField id="passphrase-present" label=t!("Present passphrase") value=present secret=true/> })}
            <TextField id="passphrase-new" label=t!("New passphrase") value=new secret=true hint=t!("Four or more words that do not belong together. It is stored nowhere: write it down in a safe place.")/>
            <TextField id="passphrase-again" label=t!("New passphrase again") value=again secret=true error/>
            <p class="buttons">
                <button type="submit" class="btn primary" data-act="set-passphrase">
                    {if set { t!("Change the passphrase") } else { t!("Set the passphrase") }}
                </button>
                {set.then(|| view! {
                    <button type="button" class="btn quiet" data-act="remove-passphrase" on:click=remove>{t!("Take it away")}</button>
                })}
            </p>
        </form>
    }
}

/// Both connections are forgotten, after a question.
#[component]
fn Forget() -> impl IntoView {
    let desk = Desk::of_page();
    let asking = RwSignal::new(false);
    let forget = move |_| {
        spawn_local(async move {
            let answer = bridge::ask(Message::ForgetAll).await;
            desk.say(match desk.take(answer) {
                Ok(()) => t!("Everything is forgotten. Set up both connections again."),
                Err(trouble) => trouble.sentence,
            });
        });
    };
    move || {
        if asking.get() {
            view! {
                <div class="confirm" role="group" aria-label=t!("Forget everything?")>
                    <p>{t!("Forget both connections, their secrets, the stored documentation, the history and the passphrase? Nothing changes in HaloITSM and Hudu.")}</p>
                    <button type="button" class="btn danger" data-act="forget-yes" on:click=forget>{t!("Forget everything")}</button>
                    <button type="button" class="btn" on:click=move |_| asking.set(false)>{t!("Keep it")}</button>
                </div>
            }
            .into_any()
        } else {
            view! {
                <p><button type="button" class="btn quiet" data-act="forget" on:click=move |_| asking.set(true)>{t!("I forgot the passphrase")}</button></p>
            }
            .into_any()
        }
    }
}
