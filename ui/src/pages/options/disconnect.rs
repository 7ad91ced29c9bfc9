//! Forgetting a connection, after a question.

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
    let forget = move |_| {
        asking.set(false);
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
            <div class="confirm" role="group" aria-label=t!("Disconnect {name}?", name)>
                <p>{t!("Forget the address, the secret and everything stored from {name}? Nothing changes in {name} itself.", name)}</p>
                <button type="button" class="btn danger" data-act="disconnect-yes" on:click=forget>{t!("Disconnect {name}", name)}</button>
                <button type="button" class="btn" data-act="disconnect-no" on:click=move |_| asking.set(false)>{t!("Keep it")}</button>
            </div>
        }.into_any(),
    }
    }
}
