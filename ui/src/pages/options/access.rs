//! The browser's permission to reach an instance.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::http::Product;
use sidelight::t;
use sidelight::trouble::Trouble;
use wasm_bindgen_futures::JsFuture;

use super::Desk;
use crate::{bridge, browser};

/// Asks for the origins while the click is being handled, then goes on with the rest once they are
/// granted. Origins that are granted already are answered by the browser without a question.
pub fn with_access(patterns: &[String], refused: impl Fn(Trouble) + 'static, granted: impl AsyncFnOnce() + 'static) {
    let asked = browser::request_origins(patterns);
    spawn_local(async move {
        let answer = match asked {
            Ok(promise) => JsFuture::from(promise).await,
            Err(error) => Err(error),
        };
        if answer.is_ok_and(|answer| answer.is_truthy()) {
            granted().await;
        } else {
            refused(bridge::page_trouble("page.permission"));
        }
    });
}

/// "Grant access to halo.example.com", where the permission of a stored connection is missing.
#[component]
pub fn MissingAccess(
    /// Which connection.
    product: Product,
) -> impl IntoView {
    let desk = Desk::of_page();
    let missing = RwSignal::new(false);
    Effect::new(move || {
        desk.news.track();
        let Some(held) = desk.held.get() else { return };
        let patterns = held.patterns(product);
        spawn_local(async move {
            missing.set(!patterns.is_empty() && !browser::has_origins(&patterns).await);
        });
    });
    move || {
        missing.get().then(|| {
            view! {
                <div class="trouble warn" role="alert">
                    <div class="grow">
                        <p>{t!("The browser does not let Sidelight reach {product} yet.", product = product.name())}</p>
                        <Grant product after=move |()| missing.set(false)/>
                    </div>
                </div>
            }
        })
    }
}

/// The button that asks for the permission of a stored connection.
#[component]
pub fn Grant(
    /// Which connection.
    product: Product,
    /// Goes on once granted.
    #[prop(into)]
    after: Callback<()>,
) -> impl IntoView {
    let desk = Desk::of_page();
    let held = move || desk.held.get().unwrap_or_default();
    let grant = move |_| {
        let patterns = held().patterns(product);
        with_access(
            &patterns,
            move |_| desk.say(t!("Access was not granted.")),
            async move || {
                desk.say(t!("Access granted."));
                after.run(());
            },
        );
    };
    view! {
        <button type="button" class="btn primary" data-act="grant" on:click=grant>
            {move || t!("Grant access to {host}", host = held().host(product))}
        </button>
    }
}
