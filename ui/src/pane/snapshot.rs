//! The page's snapshot: when the view may take its place, and when one may be taken (`snapshot.js`).

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::{Pane, Stage};
use crate::browser;
use crate::wire::Wire;

impl Pane {
    /// Tells the page's script when the view stands, and each time it shows a record with nothing open in it.
    pub(super) fn follow_snapshot(&self) {
        let pane = *self;
        let stands = Memo::new(move |_| pane.stands());
        Effect::new(move || {
            if stands.get() {
                browser::page_script("stands", &[]);
            }
        });
        Effect::new(move || {
            if pane.rests() {
                // What is to be seen of it is on the screen then.
                request_animation_frame(move || set_timeout(move || pane.tell_rest(), std::time::Duration::ZERO));
            }
        });
    }

    fn stands(&self) -> bool {
        let known = match self.connected.get() {
            None => false,
            Some(connected) => !connected || self.first.get() || self.record.with(Option::is_none),
        };
        known || self.trouble.with(Option::is_some)
    }

    fn rests(&self) -> bool {
        self.suggested.track();
        self.shelf.track();
        let shown = self.view.with(Option::is_some) && self.connected.get() == Some(true);
        let closed = self.open.with(Option::is_none)
            && self.stage.with(|stage| *stage == Stage::Closed)
            && self.expanded.with(|open| open.is_empty())
            && self.filter.with(String::is_empty);
        shown && closed && self.first.get() && self.trouble.with(Option::is_none)
    }

    fn tell_rest(&self) {
        let Some(record) = self.record.try_get_untracked().flatten() else { return };
        if untrack(|| self.rests()) {
            browser::page_script("rests", &[record.kind.write(), JsValue::from_f64(record.id as f64)]);
        }
    }
}
