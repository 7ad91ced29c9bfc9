//! Pictures of a document: asked of the background by name as they come near the view, on a click where the user
//! does not want them by themselves. A page loads none from anywhere.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::html::PictureName;
use sidelight::protocol::{Message, Reply};
use sidelight::t;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::{bridge, near};

/// Where the name of a picture stands that is not there yet.
const WAITS: &str = "data-waits";

/// Gives each picture below this element what it shows.
pub fn fill(element: &Element) {
    let Ok(found) = element.query_selector_all("img") else { return };
    let watch = near::watch(|picture| {
        if let Some(name) = name(&picture) {
            ask(picture, name, false);
        }
    });
    for index in 0..found.length() {
        let Some(picture) = found.get(index).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        if !picture.has_attribute("alt") {
            let _ = picture.set_attribute("alt", &t!("Picture"));
        }
        match (name(&picture), &watch) {
            (Some(_), Some(watch)) => {
                let _ = picture.set_attribute(WAITS, "");
                watch.observe(&picture);
            }
            (Some(name), None) => ask(picture, name, false),
            (None, _) => drop(refuse(&picture)),
        }
    }
}

/// The picture that stands there.
fn name(picture: &Element) -> Option<PictureName> {
    picture.get_attribute("src").as_deref().and_then(PictureName::read)
}

fn ask(picture: Element, name: PictureName, asked: bool) {
    let PictureName { of, id } = name;
    spawn_local(async move {
        let answer = bridge::ask(Message::Picture { of, id, asked }).await;
        let _ = picture.remove_attribute(WAITS);
        match answer {
            Ok(Reply::Picture { url: Some(url) }) => {
                let _ = picture.set_attribute("src", &url);
            }
            Ok(_) => drop(offer(&picture, name, None)),
            Err(trouble) => drop(offer(&picture, name, Some(trouble.sentence))),
        }
    });
}

/// A button in place of a picture that is not shown by itself, with why where that is known.
fn offer(picture: &Element, name: PictureName, why: Option<String>) -> Option<()> {
    let button: HtmlElement = document().create_element("button").ok()?.dyn_into().ok()?;
    button.set_class_name("btn picture");
    button.set_attribute("type", "button").ok()?;
    button.set_text_content(Some(&t!("Show picture: {name}", name = alt(picture))));
    let beside = why.map(|why| words(&why)).transpose().ok()?;
    if let Some(beside) = &beside {
        picture.before_with_node_1(beside).ok()?;
    }
    let (shown, own) = (picture.clone(), button.clone());
    let click = Closure::<dyn Fn()>::new(move || {
        let _ = own.replace_with_with_node_1(&shown);
        if let Some(beside) = &beside {
            beside.remove();
        }
        let _ = shown.set_attribute(WAITS, "");
        ask(shown.clone(), name, true);
    });
    button.set_onclick(Some(click.as_ref().unchecked_ref()));
    // It lives as long as the button; the page that holds it is short-lived.
    click.forget();
    picture.replace_with_with_node_1(&button).ok()
}

/// Words in place of a picture that comes from elsewhere, or that Hudu has no number for.
fn refuse(picture: &Element) -> Option<()> {
    let said = words(&t!("Not shown here: {name}", name = alt(picture))).ok()?;
    picture.replace_with_with_node_1(&said).ok()
}

fn words(text: &str) -> Result<Element, JsValue> {
    let said = document().create_element("span")?;
    said.set_class_name("no-picture");
    said.set_text_content(Some(text));
    Ok(said)
}

fn alt(picture: &Element) -> String {
    picture.get_attribute("alt").filter(|alt| !alt.trim().is_empty()).unwrap_or_else(|| t!("Picture"))
}
