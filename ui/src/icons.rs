//! Icons: Lucide's, 16 pixels, always beside a label or inside a control that has one.

use icondata_core::IconData;
use leptos::prelude::*;
use sidelight::assist::view::DocumentKind;
use sidelight::halo::record::RecordKind;

pub use icondata_lu::{
    LuArrowDown as LOWER, LuArrowLeft as BACK, LuArrowUp as UP, LuCheck as CHECK, LuChevronDown as DOWN,
    LuChevronRight as CHEVRON, LuCircleCheck as GOOD, LuCircleDashed as SKIPPED, LuCircleX as BAD, LuClock as SCHEDULE,
    LuCopy as COPY, LuDownload as DOWNLOAD, LuExternalLink as OPEN, LuEye as REVEAL, LuEyeOff as HIDE,
    LuFileCog as FILE, LuGripVertical as GRIP, LuHistory as HISTORY, LuInfo as INFO, LuLink2 as MATCHING,
    LuListChecks as RECIPES, LuListFilter as RULES, LuLock as LOCK, LuMoveHorizontal as WIDTH, LuPanelRight as SIDEBAR,
    LuPause as PAUSE, LuPin as PIN, LuPinOff as UNPIN, LuPlay as PLAY, LuPlug as CONNECT, LuPlus as PLUS,
    LuPrinter as PRINT, LuRefreshCw as SYNC, LuSearch as SEARCH, LuSettings as SETTINGS, LuTable2 as MAPPING,
    LuTerminal as TERMINAL, LuTimer as CODE, LuTrash2 as REMOVE, LuTriangleAlert as WARN, LuUndo2 as UNDO,
    LuUpload as UPLOAD, LuUser as ACCOUNT, LuWifiOff as OFFLINE, LuX as CLOSE,
};
use icondata_lu::{
    LuBookOpen, LuBuilding2, LuCalendarClock, LuFileText, LuGlobe, LuKeyRound, LuLaptop, LuListChecks, LuMapPin,
    LuTicket, LuUserRound,
};

/// An icon of the set.
pub type Data = &'static IconData;

/// The icon of a kind of document.
pub fn document(kind: DocumentKind) -> Data {
    match kind {
        DocumentKind::Asset => LuLaptop,
        DocumentKind::Person => LuUserRound,
        DocumentKind::Article => LuBookOpen,
        DocumentKind::Password => LuKeyRound,
        DocumentKind::Process => LuListChecks,
        DocumentKind::Website => LuGlobe,
        DocumentKind::Expiration => LuCalendarClock,
    }
}

/// The icon of a kind of Halo record.
pub fn record(kind: RecordKind) -> Data {
    match kind {
        RecordKind::Ticket => LuTicket,
        RecordKind::Client => LuBuilding2,
        RecordKind::Site => LuMapPin,
        RecordKind::User => LuUserRound,
        RecordKind::Asset => LuLaptop,
        RecordKind::Contract => LuFileText,
        RecordKind::Article => LuBookOpen,
    }
}

/// An icon; the words stand beside it.
#[component]
pub fn Icon(
    /// Which.
    of: Data,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            viewBox="0 0 24 24"
            width="16"
            height="16"
            aria-hidden="true"
            focusable="false"
            inner_html=of.data
        ></svg>
    }
}
