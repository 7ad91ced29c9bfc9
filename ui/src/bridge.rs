//! Messages to the background and events from it.

use leptos::task::spawn_local;
use sidelight::protocol::{Answer, Envelope, Event, Message, Reply};
use sidelight::t;
use sidelight::trouble::{Retry, Trouble};
use wasm_bindgen::JsValue;

use crate::wire::Wire;
use crate::{browser, clock, place, wire};

/// How often a message is sent again while the background is still waking up.
const WAKING_TRIES: u32 = 5;
const WAKING_PAUSE_MS: i32 = 150;

/// Sends a message and waits for its answer.
pub fn ask(message: impl Into<Message>) -> impl Future<Output = Result<Reply, Trouble>> {
    let envelope = Envelope { token: place::token(), message: message.into() };
    send(wire::envelope(&envelope))
}

async fn send(value: JsValue) -> Result<Reply, Trouble> {
    if let Some(answer) = browser::asked_ahead(&value).await {
        return read(&answer);
    }
    let mut tries = 0;
    let answer = loop {
        match browser::call("runtime", "sendMessage", std::slice::from_ref(&value)).await {
            Ok(answer) => break answer,
            Err(error) => {
                let said = said(&error);
                if said.contains("context invalidated") {
                    return Err(page_trouble("page.outdated"));
                }
                tries += 1;
                // The message was not delivered to anybody, so sending it again is safe.
                if !said.contains("Receiving end does not exist") || tries > WAKING_TRIES {
                    return Err(page_trouble("page.unreachable"));
                }
                clock::pause(WAKING_PAUSE_MS).await;
            }
        }
    };
    read(&answer)
}

fn read(answer: &JsValue) -> Result<Reply, Trouble> {
    match wire::answer(answer) {
        Some(Answer::Ok(reply)) => Ok(reply),
        Some(Answer::Trouble(trouble)) => Err(trouble),
        None => Err(page_trouble("page.answer")),
    }
}

/// Sends a message whose answer changes nothing on the page.
pub fn tell(message: Message) {
    spawn_local(async move {
        let _ = ask(message).await;
    });
}

/// Hears what the background tells every page, as long as the page lives. Nothing is answered.
pub fn hear(on_event: impl Fn(Event) + 'static) {
    browser::hear("runtime", "onMessage", move |value| {
        if let Some(event) = Event::read(&value) {
            on_event(event);
        }
    });
}

fn said(error: &JsValue) -> String {
    browser::member(error, "message").and_then(|m| m.as_string()).unwrap_or_default()
}

/// What can go wrong between a page and the background.
pub fn page_trouble(code: &str) -> Trouble {
    let (retry, sentence) = match code {
        "page.outdated" => (Retry::UserMustAct, t!("Sidelight was updated. Reload this page to go on.")),
        "page.unreachable" => (
            Retry::Later,
            t!(
                "Sidelight’s background did not answer. Try again; if it stays so, switch Sidelight off and on among the browser’s extensions."
            ),
        ),
        "page.permission" => {
            (Retry::UserMustAct, t!("The permission was not given, so nothing was saved. Save again and allow it."))
        }
        _ => (Retry::Defect, t!("Sidelight did not understand its own answer. Please report this.")),
    };
    Trouble { code: code.to_owned(), retry, sentence, until: None }
}

/// An answer that does not belong to the message.
pub fn odd() -> Trouble {
    page_trouble("page.answer")
}
