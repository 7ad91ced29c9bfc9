//! There is no browser around the command line.

use sidelight::platform::Later;
use sidelight::protocol::Event;
use sidelight::service::{Badge, Browser, Notice};

/// Takes what a browser would be told and does nothing: there are no tabs, badges or pages here.
pub struct NoBrowser;

impl Browser for NoBrowser {
    fn show_badge(&self, _tab: Option<i64>, _badge: Badge) {}

    fn broadcast(&self, _event: Event) {}

    fn watch_pages(&self, _origin: Option<String>) -> Later<'_, ()> {
        Box::pin(async {})
    }

    fn may_reach(&self, _origin: &str) -> Later<'_, bool> {
        // The operating system asks nobody.
        Box::pin(async { true })
    }

    fn active_tab(&self) -> Later<'_, Option<i64>> {
        Box::pin(async { None })
    }

    fn open_window(&self, _path_and_query: String) -> Later<'_, ()> {
        Box::pin(async {})
    }

    fn wake_in(&self, _name: String, _ms: i64) {}

    fn spawn(&self, _work: Later<'static, ()>) {
        // No command asks for what goes on in the background.
    }

    fn notify(&self, _about: Notice, _title: String, _text: String) {}

    fn watch_idle(&self, _minutes: u32) {}

    fn clear_clipboard(&self, _digest: String) -> Later<'_, ()> {
        Box::pin(async {})
    }
}
