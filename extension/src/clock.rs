//! Time by the browser.

use js_sys::{Date, Promise};
use sidelight::platform::{Clock, Later};
use wasm_bindgen_futures::JsFuture;

use crate::global;

/// The browser's clock.
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> i64 {
        Date::now() as i64
    }

    fn sleep(&self, ms: i64) -> Later<'_, ()> {
        let ms = i32::try_from(ms.max(0)).unwrap_or(i32::MAX);
        let over = Promise::new(&mut |resolve, _| {
            global::set_timeout(&resolve, ms);
        });
        Box::pin(async move {
            let _ = JsFuture::from(over).await;
        })
    }
}
