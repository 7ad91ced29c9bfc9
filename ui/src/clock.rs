//! The time of day as the reader sees it: "2 min ago", with the exact time in their own format.

use js_sys::{Date, Promise};
use leptos::prelude::*;
use sidelight::t;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::browser;

const TICK: std::time::Duration = std::time::Duration::from_secs(15);

/// Milliseconds since 1970, renewed every quarter of a minute, so that "2 min ago" stays true.
#[derive(Clone, Copy)]
pub struct Now(pub RwSignal<f64>);

/// Starts the page's clock.
pub fn provide() {
    let now = RwSignal::new(Date::now());
    let _ = set_interval_with_handle(move || now.set(Date::now()), TICK);
    provide_context(Now(now));
}

/// "just now", "2 min ago", "3 h ago", "5 days ago".
pub fn ago(then: i64, now: f64) -> String {
    let seconds = ((now - then as f64) / 1000.0).max(0.0) as i64;
    match seconds {
        0..45 => t!("just now"),
        45..5400 => t!("{n} min ago", n = (seconds + 30) / 60),
        5400..129_600 => t!("{n} h ago", n = (seconds + 1800) / 3600),
        _ => t!("{n} days ago", n = (seconds + 43_200) / 86_400),
    }
}

/// Day and time in the reader's own format.
pub fn exact(time: i64) -> String {
    let style = browser::object(&[("dateStyle", "medium".into()), ("timeStyle", "short".into())]);
    date(time as f64).to_locale_string(&language(), &style).into()
}

/// Time of day with seconds, in the reader's own format.
pub fn time_of_day(time: i64) -> String {
    date(time as f64).to_locale_time_string(&language()).into()
}

/// `YYYY-MM-DD` in the reader's own format; anything else as it is.
pub fn day(text: &str) -> String {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (Some(Some(year)), Some(Some(month)), Some(Some(day))) = (parts.next(), parts.next(), parts.next()) else {
        return text.to_owned();
    };
    let date = Date::new_with_year_month_day(year as u32, month - 1, day);
    let style = browser::object(&[("dateStyle", "medium".into())]);
    date.to_locale_date_string(&language(), &style).into()
}

/// A stretch of time: "8 s", "2 min 14 s", "3 h 5 min".
pub fn stretch(milliseconds: i64) -> String {
    let seconds = (milliseconds.max(0) + 500) / 1000;
    match seconds {
        0..60 => t!("{seconds} s", seconds),
        60..600 => t!("{minutes} min {seconds} s", minutes = seconds / 60, seconds = seconds % 60),
        600..3600 => t!("{minutes} min", minutes = (seconds + 30) / 60),
        _ => t!("{hours} h {minutes} min", hours = seconds / 3600, minutes = seconds % 3600 / 60),
    }
}

/// Waits.
pub async fn pause(milliseconds: i32) {
    let promise = Promise::new(&mut |done, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

fn date(time: f64) -> Date {
    Date::new(&JsValue::from_f64(time))
}

/// The language that is spoken, with the reader's own country where the browser knows one.
pub fn language() -> String {
    let spoken = sidelight::words::language();
    let matches = |tag: &String| tag.split('-').next() == Some(spoken.as_str());
    let preferred = window().navigator().languages();
    preferred.iter().filter_map(|tag| tag.as_string()).find(matches).unwrap_or(spoken)
}
