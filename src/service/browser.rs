//! What only a browser can do: badge, tabs, windows, alarms, clipboard.
//!
//! The worker brings the real one; a test brings a double that writes down what it was asked.

use crate::platform::Later;
use crate::protocol::Event;

/// The browser around the core.
pub trait Browser {
    /// Shows a badge on the toolbar button, for one tab or (`None`) for all that have none of their own.
    fn show_badge(&self, tab: Option<i64>, badge: Badge);
    /// Tells every open page of the extension. That none is open is no error.
    fn broadcast(&self, event: Event);
    /// Runs the content script on the pages of this origin (`https://host[:port]`) and nowhere else,
    /// in tabs that are open already too; `None` takes it away everywhere. Asking again changes nothing.
    fn watch_pages(&self, origin: Option<String>) -> Later<'_, ()>;
    /// Whether the user has allowed Sidelight to speak to this origin.
    fn may_reach(&self, origin: &str) -> Later<'_, bool>;
    /// The tab in view in the browser window that was used last. Windows of the extension do not
    /// count, nor does a tab on a page that Sidelight may not reach.
    fn active_tab(&self) -> Later<'_, Option<i64>>;
    /// Opens a window of the extension (480 × 760) on one of its own pages: file, query and fragment.
    fn open_window(&self, path_and_query: String) -> Later<'_, ()>;
    /// Asks for `Service::alarm` with that name in so many milliseconds, also when the
    /// worker has ended by then. Browsers take nothing below 30 s. The same name again replaces the first.
    fn wake_in(&self, name: String, ms: i64);
    /// Carries out work that nobody waits for, to its end: the background stays awake for it.
    fn spawn(&self, work: Later<'static, ()>);
    /// Shows one notification, in place of the last about the same; a click on it opens what it is about.
    /// Without the browser's optional permission `notifications`, which a page asks for, nothing is shown.
    fn notify(&self, about: Notice, title: String, text: String);
    /// Tells `Service::idle` when the user touched nothing for so many minutes, and when the screen is
    /// locked, where the browser can.
    fn watch_idle(&self, minutes: u32);
    /// Empties the clipboard if the SHA-256 (hexadecimal) of its text is still this one.
    fn clear_clipboard(&self, digest: String) -> Later<'_, ()>;
}

/// What the toolbar button tells at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Badge {
    /// At most four characters; empty shows none.
    pub text: String,
    /// Colour.
    pub tone: Tone,
    /// The button's tooltip, which is also what a screen reader says; empty restores the product's name.
    pub title: String,
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Changes wait for a person: the sync centre.
    Waiting,
    /// Something ends soon: the list of it.
    Ending,
}

/// How urgent a badge is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// For information.
    #[default]
    Quiet,
    /// In step.
    Good,
    /// Worth a look.
    Attention,
    /// Something is in the way.
    Trouble,
}
