//! Hudu's endpoints: where they are, how rows are wrapped, whether lists come in pages.

use crate::mark;

/// One endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Path below `/api/v1/`, also the member that holds the rows of a list.
    pub many: &'static str,
    /// The member that holds one record, in answers and in what is sent.
    pub one: &'static str,
    /// In sentences: "no access to …".
    pub area: &'static str,
    /// One of them in sentences.
    pub noun: &'static str,
    /// Rows asked for at once; `None` where page parameters are refused or unknown.
    pub page_size: Option<u32>,
}

macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident = $many:literal, $one:literal, $area:expr, $noun:expr, $size:expr;)*) => {
        $($(#[$doc])* pub const $name: Endpoint =
            Endpoint { many: $many, one: $one, area: $area, noun: $noun, page_size: $size };)*
    };
}

endpoints! {
    /// Companies.
    COMPANIES = "companies", "company", mark!("companies"), mark!("company"), Some(1000);
    /// Assets.
    ASSETS = "assets", "asset", mark!("assets"), mark!("asset"), Some(1000);
    /// Asset layouts; `page_size` is not documented for them.
    LAYOUTS = "asset_layouts", "asset_layout", mark!("asset layouts"), mark!("asset layout"), Some(1000);
    /// Articles, with their whole text.
    ARTICLES = "articles", "article", mark!("articles"), mark!("article"), Some(100);
    /// Passwords.
    PASSWORDS = "asset_passwords", "asset_password", mark!("passwords"), mark!("password"), Some(1000);
    /// Processes.
    PROCEDURES = "procedures", "procedure", mark!("processes"), mark!("process"), Some(1000);
    /// Tasks of processes.
    TASKS = "procedure_tasks", "procedure_task", mark!("processes"), mark!("task"), None;
    /// Websites.
    WEBSITES = "websites", "website", mark!("websites"), mark!("website"), Some(1000);
    /// Expirations.
    EXPIRATIONS = "expirations", "expiration", mark!("expirations"), mark!("expiration"), Some(1000);
    /// Folders.
    FOLDERS = "folders", "folder", mark!("folders"), mark!("folder"), Some(1000);
    /// Lists of choices.
    LISTS = "lists", "list", mark!("lists"), mark!("list"), None;
    /// Files of every record; no filter is documented.
    UPLOADS = "uploads", "upload", mark!("files"), mark!("file"), Some(1000);
    /// Photos.
    PHOTOS = "photos", "photo", mark!("photos"), mark!("photo"), Some(1000);
    /// Pictures in texts.
    PUBLIC_PHOTOS = "public_photos", "public_photo", mark!("pictures"), mark!("picture"), Some(1000);
    /// What was done, newest first.
    LOGS = "activity_logs", "activity_log", mark!("the activity log"), mark!("entry"), Some(200);
    /// Relations; no filter is documented.
    RELATIONS = "relations", "relation", mark!("relations"), mark!("relation"), Some(1000);
}
