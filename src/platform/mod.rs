//! What the host provides: network, time, storage, chance, sealing and signing in.
//!
//! The browser's worker, the command line and the simulator each bring their own; the core is the
//! same in all three. Futures are local: the core runs on one thread everywhere.

pub mod json;

use std::rc::Rc;

use futures::future::LocalBoxFuture;
pub use http::Method;
use url::Url;

use crate::t;
use crate::trouble::{Explain, Retry};

/// A future of the host, on the one thread that the core runs on.
pub type Later<'a, T> = LocalBoxFuture<'a, T>;

/// Everything that the host provides. Cheap to clone.
#[derive(Clone)]
pub struct Host {
    /// The network.
    pub http: Rc<dyn Http>,
    /// Time.
    pub clock: Rc<dyn Clock>,
    /// Tables that outlive the process.
    pub store: Rc<dyn Store>,
    /// Chance, good enough for keys.
    pub random: Rc<dyn Random>,
    /// Encryption of secrets at rest.
    pub keeper: Rc<dyn Keeper>,
    /// The browser window in which a person signs in.
    pub sign_in: Rc<dyn SignIn>,
}

/// The network, without cookies: what is sent is what the request says.
pub trait Http {
    /// Sends one request and reads the whole answer. Redirects are followed.
    fn send(&self, request: Request) -> Later<'_, Result<Response, Cut>>;
}

/// One HTTP request as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Absolute address.
    pub url: Url,
    /// Header names in lower case, with values.
    pub headers: Vec<(&'static str, String)>,
    /// Body, if any.
    pub body: Option<Vec<u8>>,
}

/// One HTTP answer, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Status, 100 to 599.
    pub status: u16,
    /// Header names in lower case, with values.
    pub headers: Vec<(String, String)>,
    /// Body as it came.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// There was no (whole) answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cut {
    /// The browser may not speak to this origin: the permission was never given, or was taken away.
    #[error("no permission for {0}")]
    NotPermitted(String),
    /// The user locked Sidelight: nothing was sent.
    #[error("locked")]
    Locked,
    /// No connection, or it was cut: whether the server did the work is not known.
    #[error("connection failed: {0}")]
    Broken(String),
}

/// Time.
pub trait Clock {
    /// Milliseconds since 1970, UTC.
    fn now(&self) -> i64;
    /// Waits so many milliseconds.
    fn sleep(&self, ms: i64) -> Later<'_, ()>;
}

/// A table of the [`Store`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// What the user chose; connections without their secrets.
    Settings,
    /// Sealed secrets.
    Secrets,
    /// Links between Halo and Hudu records, with the last synced state.
    Links,
    /// Plans shown and not yet applied.
    Plans,
    /// Runs and their steps, with before images.
    Journal,
    /// Documentation without secrets, to paint at once.
    Documents,
    /// The search index in pieces, without secrets.
    Search,
    /// Requests counted per host, so that a woken worker keeps to the allowance.
    Pacing,
    /// Which tab may host which frame; forgotten when the browser closes, where the host can.
    Session,
}

impl Table {
    /// Every table, for hosts that create them.
    pub const ALL: [Table; 9] = [
        Table::Settings,
        Table::Secrets,
        Table::Links,
        Table::Plans,
        Table::Journal,
        Table::Documents,
        Table::Search,
        Table::Pacing,
        Table::Session,
    ];

    /// Stable name on disk.
    pub fn name(self) -> &'static str {
        match self {
            Table::Settings => "settings",
            Table::Secrets => "secrets",
            Table::Links => "links",
            Table::Plans => "plans",
            Table::Journal => "journal",
            Table::Documents => "documents",
            Table::Search => "search",
            Table::Pacing => "pacing",
            Table::Session => "session",
        }
    }
}

/// One change of the store: a value, or `None` to remove the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Where.
    pub table: Table,
    /// Which.
    pub key: String,
    /// JSON text, or `None` to remove.
    pub value: Option<String>,
}

/// Tables of JSON texts by key.
pub trait Store {
    /// One value.
    fn get(&self, table: Table, key: &str) -> Later<'_, Result<Option<String>, StoreError>>;
    /// Keys and values whose key starts with the prefix, in key order.
    fn scan(&self, table: Table, prefix: &str) -> Later<'_, Result<Vec<(String, String)>, StoreError>>;
    /// All of these changes or none.
    fn write(&self, changes: Vec<Write>) -> Later<'_, Result<(), StoreError>>;
}

/// The store failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The user locked the secrets.
    #[error("secrets are locked")]
    Locked,
    /// No room left.
    #[error("storage is full")]
    Full,
    /// Anything else.
    #[error("storage failed: {0}")]
    Broken(String),
}

impl Explain for StoreError {
    fn code(&self) -> &'static str {
        match self {
            StoreError::Locked => "vault.locked",
            StoreError::Full => "store.full",
            StoreError::Broken(_) => "store.broken",
        }
    }
    fn retry(&self) -> Retry {
        match self {
            StoreError::Locked | StoreError::Full => Retry::UserMustAct,
            StoreError::Broken(_) => Retry::Later,
        }
    }
    fn sentence(&self) -> String {
        match self {
            StoreError::Locked => {
                t!(
                    "Sidelight is locked: it reads and writes nothing until you unlock it. What was read before stays here to be read."
                )
            }
            StoreError::Full => t!(
                "This device has no room left for Sidelight's data, so nothing was changed. Free some disk space, then try again."
            ),
            StoreError::Broken(why) => {
                t!(
                    "Sidelight's data on this device could not be read or written ({why}). Try again; if it stays, restart the browser.",
                    why
                )
            }
        }
    }
}

/// Chance, good enough for keys.
pub trait Random {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// Encrypts secrets with a key that the host guards (in the browser a non-extractable AES-GCM key).
pub trait Keeper {
    /// Clear to sealed. `purpose` is bound to the result: it opens only under the same purpose.
    fn seal<'a>(&'a self, purpose: &'a str, clear: &'a [u8]) -> Later<'a, Result<Vec<u8>, StoreError>>;
    /// [`Keeper::seal`] under a key that is given instead of the host's own.
    fn seal_under<'a>(
        &'a self,
        key: &'a [u8; 32],
        purpose: &'a str,
        clear: &'a [u8],
    ) -> Later<'a, Result<Vec<u8>, StoreError>>;
    /// [`Keeper::open`] under a key that is given.
    fn open_under<'a>(
        &'a self,
        key: &'a [u8; 32],
        purpose: &'a str,
        sealed: &'a [u8],
    ) -> Later<'a, Result<Option<Vec<u8>>, StoreError>>;
    /// Sealed to clear; `None` when it was sealed with another key or for another purpose.
    fn open<'a>(&'a self, purpose: &'a str, sealed: &'a [u8]) -> Later<'a, Result<Option<Vec<u8>>, StoreError>>;
}

/// The window in which a person signs in to HaloITSM.
pub trait SignIn {
    /// Where the authorisation server sends the person back to; registered in Halo as a
    /// "Login Redirect URL". `None` where the host has no such window.
    fn redirect_url(&self) -> Option<Url>;
    /// Opens the address, waits until the window lands on the redirect URL, answers that address
    /// with its query. `None` when the person closed the window.
    fn run(&self, url: Url) -> Later<'_, Option<Url>>;
}
