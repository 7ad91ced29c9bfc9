//! Forgetting a connection, after a question.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::http::Product;
use sidelight::protocol::Message;

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
    let forget = move |_| {
        asking.set(false);
        spawn_local(async move {
            let answer = bridge::ask(Message::Disconnect { product }).await;
            desk.say(match desk.take(answer) {
                Ok(()) => format!("{name} is disconnected and forgotten."),
                Err(trouble) => trouble.sentence,
            });
        });
    };
    move || {
        match (desk.is_stored(product), asking.get()) {
        (false, _) => ().into_any(),
        (true, false) => view! {
            <button type="button" class="btn quiet" data-act="disconnect" on:click=move |_| asking.set(true)>"Disconnect"</button>
        }.into_any(),
        (true, true) => view! {
            <div class="confirm" role="group" aria-label=format!("Disconnect {name}?")>
                <p>{format!("Forget the address, the secret and everything stored from {name}? Nothing changes in {name} itself.")}</p>
                <button type="button" class="btn danger" data-act="disconnect-yes" on:click=forget>{format!("Disconnect {name}")}</button>
                <button type="button" class="btn" data-act="disconnect-no" on:click=move |_| asking.set(false)>"Keep it"</button>
            </div>
        }.into_any(),
    }
    }
}
