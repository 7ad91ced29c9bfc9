//! A secret on a page: dots, then its value for half a minute with a countdown.

use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Intent, Message, Reply, SecretPart, SecretUse};
use sidelight::t;
use sidelight::trouble::Trouble;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::Guarded;
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::{bridge, clipboard};

/// How long a revealed password stays, and the length of a one-time code's life, in milliseconds.
const SHOWN_MS: f64 = 30_000.0;
const TICK: Duration = Duration::from_millis(500);

/// A revealed value and the time at which it goes.
#[derive(Clone, PartialEq)]
struct Revealed {
    value: String,
    until: f64,
}

/// One part of one password, hidden until a click.
#[derive(Clone, Copy)]
pub struct Secret {
    pane: Pane,
    password: i64,
    part: SecretPart,
    revealed: RwSignal<Option<Revealed>>,
    left_ms: RwSignal<f64>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
}

impl Secret {
    /// A hidden secret.
    pub fn new(password: i64, part: SecretPart) -> Self {
        let secret = Self {
            pane: Pane::of_page(),
            password,
            part,
            revealed: RwSignal::new(None),
            left_ms: RwSignal::new(0.0),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
        };
        secret.hide_when_page_is_left();
        Effect::new(move |before: Option<u32>| {
            let locks = secret.pane.locks.get();
            if before.is_some_and(|before| before != locks) {
                secret.hide();
            }
            locks
        });
        secret
    }

    /// What a window of its own is told.
    pub fn intent(&self) -> Intent {
        Intent::Reveal { password: self.password }
    }

    /// Whether the value is on the page.
    pub fn is_shown(&self) -> bool {
        self.revealed.with(Option::is_some)
    }

    /// The value, or dots.
    pub fn text(&self) -> String {
        let grouped = self.part == SecretPart::OneTimeCode;
        self.revealed.with(|revealed| match revealed {
            Some(revealed) if grouped => in_halves(&revealed.value),
            Some(revealed) => revealed.value.clone(),
            None => "••••••••••".to_owned(),
        })
    }

    /// Shows the value, or hides it again.
    pub fn toggle(self) {
        if self.revealed.with_untracked(Option::is_some) {
            return self.hide();
        }
        spawn_local(async move {
            let Some((value, until)) = self.fetch(SecretUse::Shown).await else { return };
            let now = Date::now();
            let until = until.map_or(now + SHOWN_MS, |until| until as f64);
            let _ = self.left_ms.try_set(until - now);
            if self.revealed.try_set(Some(Revealed { value, until })).is_none() {
                self.pane.say(match self.part {
                    SecretPart::Password => t!("Shown for 30 seconds."),
                    SecretPart::OneTimeCode => t!("Shown until the code changes."),
                });
                self.tick();
            }
        });
    }

    /// Copies the value; it is not shown. One that is shown is asked for again: each use is noted.
    pub fn copy(self) {
        spawn_local(async move {
            let Some((value, _)) = self.fetch(SecretUse::Copied).await else { return };
            self.pane.say(match (self.part, clipboard::copy_secret(&value).await) {
                (SecretPart::Password, true) => t!("Copied the password. The clipboard is cleared after a while."),
                (SecretPart::Password, false) => t!("The password could not be copied."),
                (SecretPart::OneTimeCode, true) => {
                    t!("Copied the one-time code. The clipboard is cleared after a while.")
                }
                (SecretPart::OneTimeCode, false) => t!("The one-time code could not be copied."),
            });
        });
    }

    async fn fetch(&self, how: SecretUse) -> Option<(String, Option<i64>)> {
        let _ = self.busy.try_set(true);
        let record = self.pane.record.get_untracked();
        let message = Message::Reveal { password: self.password, part: self.part, how, record };
        let answer = bridge::ask(message).await;
        let _ = self.busy.try_set(false);
        let trouble = match answer {
            Ok(Reply::Secret { value, until }) => {
                let _ = self.trouble.try_set(None);
                return Some((value, until));
            }
            Ok(_) => bridge::odd(),
            Err(trouble) => trouble,
        };
        self.pane.say(trouble.sentence.clone());
        let _ = self.trouble.try_set(Some(trouble));
        None
    }

    fn hide(self) {
        let _ = self.revealed.try_set(None);
    }

    fn tick(self) {
        set_timeout(
            move || {
                let Some(Some(until)) = self.revealed.try_with_untracked(|r| r.as_ref().map(|r| r.until)) else {
                    return;
                };
                let left = until - Date::now();
                if left <= 0.0 {
                    return self.hide();
                }
                let _ = self.left_ms.try_set(left);
                self.tick();
            },
            TICK,
        );
    }

    /// A page that is left alone or behind shows no secret.
    fn hide_when_page_is_left(self) {
        let listener = Closure::<dyn Fn()>::new(move || {
            if document().hidden() {
                self.hide();
            }
        });
        let target = document();
        let function: js_sys::Function = listener.into_js_value().unchecked_into();
        let _ = target.add_event_listener_with_callback("visibilitychange", &function);
        let function = StoredValue::new_local(function);
        on_cleanup(move || {
            function.with_value(|f| {
                let _ = document().remove_event_listener_with_callback("visibilitychange", f);
            });
        });
    }
}

/// A part of a password as a line with its controls.
#[component]
pub fn SecretPartLine(
    /// The secret.
    secret: Secret,
) -> impl IntoView {
    let code = secret.part == SecretPart::OneTimeCode;
    let (reveal, copy) = match code {
        true => (t!("Show one-time code"), t!("Copy one-time code")),
        false => (t!("Reveal password"), t!("Copy password")),
    };
    let (reveal_act, copy_act) = if code { ("code", "copy-code") } else { ("reveal", "copy-password") };
    view! {
        <span class="value mono secret-value" class:shown=move || secret.is_shown() data-secret=reveal_act>
            {move || secret.text()}
        </span>
        <Ring secret/>
        <Guarded
            act=reveal_act
            class="tool"
            label=reveal
            intent=secret.intent()
            disabled=secret.busy
            deed=move |()| secret.toggle()
        >
            {move || if secret.is_shown() {
                view! { <Icon of=icons::HIDE/> }.into_any()
            } else if code {
                view! { <Icon of=icons::CODE/> }.into_any()
            } else {
                view! { <Icon of=icons::REVEAL/> }.into_any()
            }}
        </Guarded>
        <Guarded
            act=copy_act
            class="tool"
            label=copy
            intent=secret.intent()
            disabled=secret.busy
            deed=move |()| secret.copy()
        >
            <Icon of=icons::COPY/>
        </Guarded>
    }
}

/// The time that is left, as a ring with the seconds in words.
#[component]
pub fn Ring(
    /// The secret.
    secret: Secret,
) -> impl IntoView {
    let dashes = move || {
        let part = (secret.left_ms.get() / SHOWN_MS * 100.0).clamp(0.0, 100.0) as u32;
        format!("{part} 100")
    };
    let words = move || t!("{seconds} s left", seconds = (secret.left_ms.get() / 1000.0).ceil() as u32);
    move || {
        secret.is_shown().then(|| {
            view! {
                <span class="ring" role="timer" title=words aria-label=words>
                    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
                        <circle class="rest" cx="10" cy="10" r="7.5" pathLength="100"></circle>
                        <circle class="left" cx="10" cy="10" r="7.5" pathLength="100" stroke-dasharray=dashes></circle>
                    </svg>
                </span>
            }
        })
    }
}

/// "492106" as "492 106".
fn in_halves(digits: &str) -> String {
    match digits.len() {
        6 | 8 if digits.is_ascii() => {
            let (front, back) = digits.split_at(digits.len() / 2);
            format!("{front} {back}")
        }
        _ => digits.to_owned(),
    }
}
