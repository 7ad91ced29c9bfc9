//! Who may send which message. A message without a row does not compile.

use super::Message;

/// Where a message comes from, as the browser itself tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sender {
    /// An extension page that no web page can draw over: popup, options, side panel, a tab, a window.
    TrustedPage,
    /// The sidebar's frame inside a Halo page, with the token of its tab.
    Frame,
    /// The content script of a Halo page.
    ContentScript,
    /// Anything else.
    Unknown,
}

/// What the browser tells of a message's sender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The sender belongs to this extension.
    pub own_id: bool,
    /// The sender's page is a page of this extension (by its origin).
    pub extension_page: bool,
    /// The tab, where there is one. An options page in a tab has one too.
    pub tab: Option<i64>,
    /// Frame id; 0 is the tab's own page. Firefox's exceed 32 bits.
    pub frame: Option<i64>,
    /// The extension page's file is the one that web pages may embed (`sidebar.html`); windows and
    /// the side panel use its twin, `panel.html`.
    pub embeddable: bool,
}

/// Classifies a sender; `token_fits` tells whether the message's token is the tab's.
pub fn classify(origin: &Origin, token_fits: bool) -> Sender {
    if !origin.own_id {
        return Sender::Unknown;
    }
    // In a tab only its own page is known to be no frame: a frame id that is missing proves nothing.
    let inside_tab = origin.tab.is_some() && origin.frame != Some(0);
    match (origin.extension_page, inside_tab) {
        // A web page may open what it may embed as a page of its own, and place that under a click.
        (true, false) if origin.embeddable => Sender::Unknown,
        (true, false) => Sender::TrustedPage,
        (true, true) if origin.embeddable && token_fits => Sender::Frame,
        (true, true) => Sender::Unknown,
        (false, false) if origin.tab.is_some() => Sender::ContentScript,
        (false, _) => Sender::Unknown,
    }
}

/// The table: whether this sender may send this message.
///
/// The frame may reveal and apply: its own code only sends these after a trusted click while the
/// browser vouches that the frame is visible; else it asks for a window.
pub fn allows(sender: Sender, message: &Message) -> bool {
    use Message as M;
    const PAGES: &[Sender] = &[Sender::TrustedPage, Sender::Frame];
    const TRUSTED: &[Sender] = &[Sender::TrustedPage];
    const CONTENT: &[Sender] = &[Sender::ContentScript];
    let who: &[Sender] = match message {
        M::PageSeen { .. } | M::FrameChanged { .. } => CONTENT,
        M::Tab
        | M::Snapshot { .. }
        | M::Record { .. }
        | M::Document { .. }
        | M::Suggested { .. }
        | M::Opened { .. }
        | M::Search { .. }
        | M::Plan { .. }
        | M::PlanPublish { .. }
        | M::Form { .. }
        | M::PlanBack { .. }
        | M::KeptPlan { .. }
        | M::Apply { .. }
        | M::PlanUndo { .. }
        | M::Run { .. }
        | M::Choose { .. }
        | M::Reveal { .. }
        | M::StartProcess { .. }
        | M::TickTask { .. }
        | M::TakeBackProcess { .. }
        | M::Extras { .. }
        | M::Picture { .. }
        | M::Shelf { .. }
        | M::Pin { .. }
        | M::Copied { .. }
        | M::LockState
        | M::Lock
        | M::OpenWindow { .. } => PAGES,
        M::Outcomes
        | M::Ending
        | M::Connections
        | M::SaveHalo { .. }
        | M::SignInHalo { .. }
        | M::SaveHudu { .. }
        | M::Disconnect { .. }
        | M::Unlock { .. }
        | M::SetPassphrase { .. }
        | M::ForgetAll
        | M::Check
        | M::Settings
        | M::SaveSettings { .. }
        | M::Centre { .. }
        | M::Tools
        | M::CallTool { .. }
        | M::Recipe { .. } => TRUSTED,
    };
    who.contains(&sender)
}
