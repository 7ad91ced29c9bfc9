//! Forgetting a connection, or what was stored from its old address, after a question.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::http::Product;
use sidelight::protocol::Message;
use sidelight::t;

use super::Desk;
use crate::bridge;

/// "Disconnect", then what that means and a second button. Shown only for a stored connection.
#[component]
pub fn Disconnect(
    /// Which connection.
    product: Product,
) -> impl IntoView {
    let desk = Desk::of_page();
    let asking = RwSignal::new(false);
    let name = product.name();
    let forget = move |()| {
        spawn_local(async move {
            let answer = bridge::ask(Message::Disconnect { product }).await;
            desk.say(match desk.take(answer) {
                Ok(()) => t!("{name} is disconnected and forgotten.", name),
                Err(trouble) => trouble.sentence,
            });
        });
    };
    move || {
        match (desk.is_stored(product), asking.get()) {
        (false, _) => ().into_any(),
        (true, false) => view! {
            <button type="button" class="btn quiet" data-act="disconnect" on:click=move |_| asking.set(true)>{t!("Disconnect")}</button>
        }.into_any(),
        (true, true) => view! {
            <Question
                label=t!("Disconnect {name}?", name)
                text=format!("{} {}", t!("Forget the address, the secret and everything stored from {name}? Nothing changes in {name} itself.", name), lost())
                yes=t!("Disconnect {name}", name)
                no=t!("Keep it")
                on_yes=forget
                asking
            />
        }.into_any(),
    }
    }
}

fn lost() -> String {
    t!("Runs from before can then no longer be undone, and links chosen by hand are forgotten.")
}

/// The question before another address is saved, while it is asked.
#[component]
pub fn Moved(
    /// Which connection.
    product: Product,
    /// Whether it is asked.
    asking: RwSignal<bool>,
    /// Saves it.
    #[prop(into)]
    save: Callback<()>,
) -> impl IntoView {
    let name = product.name();
    move || {
        asking.get().then(|| {
            view! {
                <Question
                    label=t!("Another address of {name}?", name)
                    text=format!("{} {}", t!("Everything stored from the present address of {name} is forgotten.", name), lost())
                    yes=t!("Save the new address")
                    no=t!("Cancel")
                    on_yes=move |()| save.run(())
                    asking
                />
            }
        })
    }
}

/// What is lost, and its two answers.
#[component]
fn Question(
    label: String,
    text: String,
    yes: String,
    no: String,
    #[prop(into)] on_yes: Callback<()>,
    asking: RwSignal<bool>,
) -> impl IntoView {
    let sure = move |_| {
        asking.set(false);
        on_yes.run(());
    };
    view! {
        <div class="confirm" role="group" aria-label=label>
            <p>{text}</p>
            <button type="button" class="btn danger" data-act="disconnect-yes" on:click=sure>{yes}</button>
            <button type="button" class="btn" data-act="disconnect-no" on:click=move |_| asking.set(false)>{no}</button>
        </div>
    }
}
