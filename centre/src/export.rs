//! A plan or a run as a file.

use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::sync::table::{ExportForm, TableOf};
use sidelight::t;
use sidelight_ui::bridge;
use sidelight_ui::icons::{self, Icon};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlElement, Url};

use crate::desk::Desk;

/// "Export", with a choice of forms.
#[component]
pub fn Export(
    /// What is exported.
    of: TableOf,
) -> impl IntoView {
    let desk = Desk::of_page();
    let menu = NodeRef::<leptos::html::Details>::new();
    let forms = [(ExportForm::Csv, t!("CSV, one line per field")), (ExportForm::Json, "JSON".to_owned())].map(
        |(form, name)| {
            let of = of.clone();
            let export = move |_| {
                if let Some(menu) = menu.get_untracked() {
                    menu.set_open(false);
                }
                ask(desk, CentreAsk::Export { of: of.clone(), form });
            };
            view! { <button type="button" class="btn quiet" on:click=export>{name}</button> }
        },
    );
    view! {
        <details class="menu" node_ref=menu on:focusout=move |left| close_when_left(menu, &left) on:keydown=move |key| close_on_escape(menu, &key)>
            <summary class="btn"><Icon of=icons::DOWNLOAD/>{t!("Export")}</summary>
            <div class="menu-list">{forms.into_iter().collect_view()}</div>
        </details>
    }
}

/// Closes an open menu when the focus goes elsewhere.
pub fn close_when_left(menu: NodeRef<leptos::html::Details>, left: &web_sys::FocusEvent) {
    let Some(menu) = menu.get_untracked() else { return };
    let to = left.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
    if to.is_some_and(|to| !menu.contains(Some(&to))) {
        menu.set_open(false);
    }
}

/// Closes an open menu on Escape; its button takes the focus.
pub fn close_on_escape(menu: NodeRef<leptos::html::Details>, key: &web_sys::KeyboardEvent) {
    let Some(menu) = menu.get_untracked().filter(|menu| key.key() == "Escape" && menu.open()) else { return };
    key.stop_propagation();
    menu.set_open(false);
    if let Ok(Some(button)) = menu.query_selector("summary")
        && let Ok(button) = button.dyn_into::<HtmlElement>()
    {
        let _ = button.focus();
    }
}

/// Asks for a file and hands it to the user.
pub fn ask(desk: Desk, message: CentreAsk) {
    spawn_local(async move {
        match bridge::ask(message).await {
            Ok(Reply::File { name, media, text }) => {
                let saved = save(&name, &media, &text).is_some();
                desk.say(if saved { t!("Exported {name}.", name) } else { t!("{name} could not be made.", name) });
            }
            answer => desk.fail(answer),
        }
    });
}

/// Hands a text to the user as a download.
fn save(name: &str, media: &str, text: &str) -> Option<()> {
    let parts = Array::of1(&JsValue::from_str(text));
    let kind = BlobPropertyBag::new();
    kind.set_type(media);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Once the browser has begun to read it.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(60),
    );
    Some(())
}
