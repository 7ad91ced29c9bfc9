//! The background worker: the core in the browser.
//!
//! `background.js` hands each event of the browser to one function here; everything that decides stands
//! in [`sidelight::service`]. The other modules give the core what only a browser has.

mod awake;
mod browser;
mod clipboard;
mod clock;
mod commands;
mod database;
mod demo;
mod global;
mod http;
mod keeper;
mod menu;
mod omnibox;
mod panel;
mod policy;
mod random;
mod sender;
mod sign_in;
mod store;
mod tab;
mod watch;
mod webext;

use std::cell::OnceCell;
use std::rc::Rc;

use futures::FutureExt;
use js_sys::Promise;
use serde_json::json;
use sidelight::json;
use sidelight::platform::{Clock, Host};
use sidelight::protocol::{Answer, Envelope, Intent, Message, Reply};
use sidelight::service::lock::Presence;
use sidelight::service::{Notice, Service};
use sidelight::trouble::{Retry, Trouble};
use sidelight::{t, words};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{future_to_promise, spawn_local};

use crate::browser::WebBrowser;
use crate::database::Database;
use crate::sender::Sender;

thread_local! {
    static SERVICE: OnceCell<Service> = const { OnceCell::new() };
}

/// Milliseconds after which what an earlier worker left is taken up.
const SETTLED_MS: i64 = 100;

/// The one service, which lives as long as the worker does; the first call also lets the core take up what an earlier worker left open.
fn service() -> Service {
    SERVICE.with(|cell| {
        cell.get_or_init(|| {
            let service = Service::new(host(), Rc::new(WebBrowser::default()));
            let starting = service.clone();
            // The event that woke the worker goes first: somebody may wait for its answer.
            spawn_local(async move {
                clock::BrowserClock.sleep(SETTLED_MS).await;
                let governed = starting.clone();
                // What a policy said last is kept, so that nothing waits for it.
                spawn_local(async move { policy::read(&governed).await });
                awake::until(starting.started()).await;
            });
            service
        })
        .clone()
    })
}

fn host() -> Host {
    let database = Database::default();
    Host {
        http: Rc::new(demo::WithDemo(http::Fetch)),
        clock: Rc::new(clock::BrowserClock),
        store: Rc::new(store::BrowserStore { database: database.clone() }),
        random: Rc::new(random::BrowserRandom),
        keeper: Rc::new(keeper::BrowserKeeper::new(database)),
        sign_in: Rc::new(sign_in::AuthWindow),
    }
}

/// The module is there: a defect from here on is written to the console in words.
#[wasm_bindgen(start)]
pub fn begin() {
    console_error_panic_hook::set_once();
    service();
}

/// A message of a page or of the content script (JSON), with the browser's word on who sent it.
/// Answers the JSON of [`Answer`].
#[wasm_bindgen]
pub fn message(envelope: String, sender: JsValue) -> Promise {
    promised(async move {
        let answer = answer(&envelope, &sender).await;
        if let Answer::Ok(Reply::Page { record: Some(_), frame, tab, .. }) = &answer
            && !frame.open
        {
            let tab = *tab;
            spawn_local(async move { awake::until(service().look_ahead(tab)).await });
        }
        json::write(&answer).into()
    })
}

/// Work that the browser waits for, kept awake to its end. An `async fn` for each event would be a promise's code for
/// each.
fn promised(work: impl Future<Output = JsValue> + 'static) -> Promise {
    let work = awake::until(work.boxed_local()).map(Ok).boxed_local();
    future_to_promise(work)
}

fn done(work: impl Future<Output = ()> + 'static) -> Promise {
    promised(work.map(|()| JsValue::UNDEFINED))
}

async fn answer(envelope: &str, sender: &JsValue) -> Answer {
    let service = service();
    let sender = Sender::read(webext::from_js(sender).unwrap_or_default());
    let origin = sender.origin(webext::id().as_deref(), &webext::file(""));
    if !origin.own_id {
        return refused("message.sender", t!("Sidelight does not answer this page."));
    }
    match json::read::<Envelope>(envelope) {
        Ok(envelope) => {
            let forgets = envelope.message == Message::ForgetAll;
            let answer = service.handle(envelope, origin).await;
            if forgets && matches!(answer, Answer::Ok(_)) {
                demo::forget();
            }
            answer
        }
        Err(error) => refused(
            "message.unreadable",
            t!("This page belongs to another version of Sidelight ({error}). Close and open it again.", error),
        ),
    }
}

fn refused(code: &str, sentence: String) -> Answer {
    Answer::Trouble(Trouble { code: code.to_owned(), retry: Retry::Defect, sentence, until: None })
}

/// The organisation set something else for this browser.
#[wasm_bindgen]
pub fn policy_changed() {
    spawn_local(async { policy::read(&service()).await });
}

/// The extension was installed or updated. After the first installation the first steps are shown.
#[wasm_bindgen]
pub fn installed(reason: &str) {
    spawn_local(menu::make());
    if reason == "install" {
        webext::tell("tabs", "create", json!([{ "url": webext::file("options.html#start") }]));
    }
}

/// The browser started: the worker is awake now, which is all that was wanted.
#[wasm_bindgen]
pub fn started() {
    service();
}

/// The language that is spoken from the start (`words.js`).
#[wasm_bindgen]
pub fn speak(language: &str, sentences: &str) {
    words::install(language, sentences);
}

/// Another language was chosen.
#[wasm_bindgen]
pub fn language_chosen(language: &str, sentences: &str) -> Promise {
    speak(language, sentences);
    done(menu::make())
}

/// An alarm rang.
#[wasm_bindgen]
pub fn alarm(name: String) -> Promise {
    done(async move { service().alarm(&name).await })
}

/// The context menu's entry was chosen for this selection.
#[wasm_bindgen]
pub fn menu_chosen(entry: String, selected: String) -> Promise {
    done(async move { menu::search(&service(), &entry, &selected).await })
}

/// The keyword was typed in the address bar.
#[wasm_bindgen]
pub fn omnibox_started() -> Promise {
    done(async { omnibox::started(&service()).await })
}

/// Words behind the keyword: answers the JSON of what is suggested for them.
#[wasm_bindgen]
pub fn omnibox_suggestions(typed: String) -> Promise {
    promised(async move { omnibox::suggestions(&service(), &typed).await.to_string().into() })
}

/// The words or a suggestion were chosen in the address bar.
#[wasm_bindgen]
pub fn omnibox_entered(chosen: String, place: String) -> Promise {
    done(async move { omnibox::entered(&service(), &chosen, &place).await })
}

/// A keyboard shortcut of the manifest was pressed.
#[wasm_bindgen]
pub fn command(name: String, tab: Option<f64>) -> Promise {
    done(async move { commands::run(&service(), &name, tab.map(|tab| tab as i64)).await })
}

/// A notification was clicked: what it is about opens.
#[wasm_bindgen]
pub fn notification_clicked(name: String) -> Promise {
    webext::tell("notifications", "clear", json!([name]));
    let page = if name == browser::notification(Notice::Ending) {
        panel::with(&Intent::Ending)
    } else {
        webext::file("centre.html")
    };
    done(async move { tab::show(&page).await })
}

/// The user gave or took away a permission.
#[wasm_bindgen]
pub fn permissions_changed() -> Promise {
    done(async { service().permissions_changed().await })
}

/// The user touched nothing for a while, or locked the screen.
#[wasm_bindgen]
pub fn idle(state: &str) -> Option<Promise> {
    let presence = match state {
        "idle" => Presence::Idle,
        "locked" => Presence::ScreenLocked,
        _ => return None,
    };
    Some(done(async move { service().presence(presence).await }))
}

/// A tab was closed.
#[wasm_bindgen]
pub fn tab_removed(tab: f64) -> Promise {
    done(async move { service().tab_removed(tab as i64).await })
}

/// Another tab came into view.
#[wasm_bindgen]
pub fn tab_activated(tab: f64) -> Promise {
    done(async move { service().tab_activated(tab as i64).await })
}
