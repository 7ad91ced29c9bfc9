//! What can go wrong between Sidelight and the two APIs.

use crate::http::Product;
use crate::platform::StoreError;
use crate::t;
use crate::trouble::{Explain, Retry};
use crate::words::say;

/// A request to HaloITSM or Hudu failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// No connection is set up, or its secret is missing.
    #[error("{0:?}: not connected")]
    NotConnected(Product),
    /// The browser may not speak to this origin.
    #[error("{product:?}: no permission for {origin}")]
    NotPermitted {
        /// Side.
        product: Product,
        /// `https://acme.haloitsm.com`.
        origin: String,
    },
    /// No connection, after several tries.
    #[error("{product:?}: {origin} unreachable: {why}")]
    Unreachable {
        /// Side.
        product: Product,
        /// Which server.
        origin: String,
        /// The host's words.
        why: String,
    },
    /// The connection was cut after a write was sent: whether it was done has to be looked up.
    #[error("{product:?}: write interrupted: {why}")]
    Interrupted {
        /// Side.
        product: Product,
        /// The host's words.
        why: String,
    },
    /// A page (a login form, a "not found") where JSON belongs: a wrong address, most of the time.
    #[error("{product:?}: no API at {address}")]
    NotAnApi {
        /// Side.
        product: Product,
        /// Address without query.
        address: String,
    },
    /// Halo's authorisation server answers 500 to a tenant that it does not know.
    #[error("Halo: the authorisation server failed, as it does for a wrong tenant")]
    WrongTenant,
    /// Client ID or client secret is wrong.
    #[error("Halo: client id or secret refused")]
    WrongSecret,
    /// The application does not have the scope asked for.
    #[error("Halo: scope refused")]
    UnknownScope,
    /// A fresh token is refused by every call, as Halo does for a token without permissions.
    #[error("Halo: the token has no permissions")]
    NoScope,
    /// The person has to sign in (again).
    #[error("Halo: sign-in needed")]
    SignInNeeded,
    /// This host has no window in which a person could sign in.
    #[error("Halo: no sign-in window here")]
    NoWindow,
    /// Hudu refuses the API key.
    #[error("Hudu: key refused")]
    BadKey,
    /// The application, its agent or the key may not read or write this area.
    #[error("{product:?}: no access to {area}")]
    Forbidden {
        /// Side.
        product: Product,
        /// "assets", "articles".
        area: String,
    },
    /// The key has no access to passwords.
    #[error("Hudu: the key has no access to passwords")]
    NoPasswordAccess,
    /// There is no such record.
    #[error("{product:?}: {what} not found")]
    NotFound {
        /// Side.
        product: Product,
        /// "client 12".
        what: String,
    },
    /// The server refuses the values (400 or 422). Nothing was done.
    #[error("{product:?}: refused ({status}): {message}")]
    Rejected {
        /// Side.
        product: Product,
        /// HTTP status.
        status: u16,
        /// The server's words.
        message: String,
    },
    /// Over the allowance; nothing was done.
    #[error("{product:?}: rate limit until {until}")]
    RateLimited {
        /// Side.
        product: Product,
        /// Milliseconds since 1970 at which trying again makes sense.
        until: i64,
    },
    /// The server failed (5xx), after several tries where trying again was safe.
    #[error("{product:?}: server fault {status}: {message}")]
    ServerFault {
        /// Side.
        product: Product,
        /// HTTP status.
        status: u16,
        /// The server's words, if any.
        message: String,
    },
    /// The answer is not what this API is known to answer.
    #[error("{product:?}: unreadable answer: {why}")]
    Unreadable {
        /// Side.
        product: Product,
        /// What was missing.
        why: String,
    },
    /// The host's store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ApiError {
    /// Whether the same record exists all the same: the write may have been done, so it has to be
    /// looked up before it is sent again.
    pub fn maybe_done(&self) -> bool {
        matches!(self, ApiError::Interrupted { .. } | ApiError::ServerFault { .. } | ApiError::Unreadable { .. })
    }

    /// Whether the server answered, and refuses or fails over this very question.
    pub fn is_of_this(&self) -> bool {
        use ApiError::{Forbidden, NotAnApi, NotFound, Rejected, ServerFault, Unreadable};
        matches!(
            self,
            Forbidden { .. }
                | NotAnApi { .. }
                | NotFound { .. }
                | Rejected { .. }
                | ServerFault { .. }
                | Unreadable { .. }
        )
    }

    /// Whether so many rows at once may have been too much for the server.
    pub(crate) fn is_too_much(&self) -> bool {
        matches!(self, ApiError::ServerFault { .. } | ApiError::Unreachable { .. } | ApiError::Unreadable { .. })
    }

    /// Whether the server may not know the order that a list was asked in: it is unknown whether each list takes any.
    pub(crate) fn is_of_order(&self) -> bool {
        matches!(self, ApiError::Rejected { .. } | ApiError::ServerFault { .. })
    }

    /// Whether there is no such record.
    pub fn is_not_found(&self) -> bool {
        matches!(self, ApiError::NotFound { .. })
    }
}

impl Explain for ApiError {
    fn code(&self) -> &'static str {
        match self {
            ApiError::NotConnected(_) => "http.not_connected",
            ApiError::NotPermitted { .. } => "http.not_permitted",
            ApiError::Unreachable { .. } => "http.unreachable",
            ApiError::Interrupted { .. } => "http.interrupted",
            ApiError::NotAnApi { .. } => "http.not_an_api",
            ApiError::WrongTenant => "halo.wrong_tenant",
            ApiError::WrongSecret => "halo.wrong_secret",
            ApiError::UnknownScope => "halo.unknown_scope",
            ApiError::NoScope => "halo.no_scope",
            ApiError::SignInNeeded => "halo.sign_in_needed",
            ApiError::NoWindow => "halo.no_window",
            ApiError::BadKey => "hudu.bad_key",
            ApiError::Forbidden { .. } => "http.forbidden",
            ApiError::NoPasswordAccess => "hudu.no_password_access",
            ApiError::NotFound { .. } => "http.not_found",
            ApiError::Rejected { .. } => "http.rejected",
            ApiError::RateLimited { .. } => "http.rate_limited",
            ApiError::ServerFault { .. } => "http.server_fault",
            ApiError::Unreadable { .. } => "http.unreadable",
            ApiError::Store(error) => error.code(),
        }
    }

    fn retry(&self) -> Retry {
        match self {
            ApiError::Unreachable { .. }
            | ApiError::Interrupted { .. }
            | ApiError::RateLimited { .. }
            | ApiError::ServerFault { .. } => Retry::Later,
            ApiError::Unreadable { .. } => Retry::Defect,
            ApiError::Store(error) => error.retry(),
            _ => Retry::UserMustAct,
        }
    }

    fn sentence(&self) -> String {
        match self {
            ApiError::NotConnected(product) => {
                t!(
                    "{product} is not connected yet. Open Sidelight's settings and connect it.",
                    product = product.name()
                )
            }
            ApiError::NotPermitted { product, origin } => t!(
                "The browser does not let Sidelight speak to {origin}. Press “Grant access” for {product} in Sidelight's settings.",
                origin,
                product = product.name()
            ),
            ApiError::Unreachable { product, origin, why } => t!(
                "{product} did not answer at {origin} ({why}). Check the network and the address, then try again.",
                product = product.name(),
                origin,
                why
            ),
            ApiError::Interrupted { product, why } => t!(
                "The connection to {product} was cut while something was being written ({why}). Try again: Sidelight looks first whether it was done.",
                product = product.name(),
                why
            ),
            ApiError::NotAnApi { product, address } => t!(
                "{address} answers with a web page instead of {product}'s API. Check the address in Sidelight's settings; behind a sign-in portal, let the API through.",
                address,
                product = product.name()
            ),
            ApiError::WrongTenant => t!(
                "HaloITSM's authorisation server failed, which it does when the tenant is wrong. Copy the tenant from Configuration › Integrations › Halo API in HaloITSM."
            ),
            ApiError::WrongSecret => t!(
                "HaloITSM refuses the client ID or the client secret. Copy both again from Configuration › Integrations › Halo API › View Applications."
            ),
            ApiError::UnknownScope => {
                t!(
                    "HaloITSM does not grant the application the permission “all”. Open the application's Permissions tab in HaloITSM and tick “all”."
                )
            }
            ApiError::NoScope => t!(
                "HaloITSM gives a token but refuses every call with it. Tick the permissions of the application in HaloITSM (“all”), and make sure that its agent is active."
            ),
            ApiError::SignInNeeded => {
                t!("Your sign-in to HaloITSM has ended. Sign in again in Sidelight's settings.")
            }
            ApiError::NoWindow => {
                t!("A person cannot sign in to HaloITSM from here. Use an application with client ID and secret.")
            }
            ApiError::BadKey => {
                t!(
                    "Hudu refuses the API key. Make a new one in Hudu under Admin › API Keys, and check that it is not limited to other IP addresses."
                )
            }
            ApiError::Forbidden { product: Product::Halo, area } => t!(
                "HaloITSM gives no access to {area}. Allow it in the application's permissions and in the role of its agent.",
                area = say(area)
            ),
            ApiError::Forbidden { product: Product::Hudu, area } => t!(
                "The Hudu API key gives no access to {area}. Its rights are set when it is made: make another one under Admin › API Keys.",
                area = say(area)
            ),
            ApiError::NoPasswordAccess => {
                t!(
                    "The Hudu API key has no access to passwords. Make one with password access under Admin › API Keys; everything else works without it."
                )
            }
            ApiError::NotFound { product, what } => t!(
                "{product} has no {what} (any more), or the connection may not see it. Look there whether it still exists, then try again.",
                product = product.name(),
                what = thing(what)
            ),
            ApiError::Rejected { product, message, .. } => {
                t!(
                    "{product} refused this: “{message}”. Correct the value, then try again.",
                    product = product.name(),
                    message
                )
            }
            ApiError::RateLimited { product, .. } => t!(
                "{product} takes no more requests for the moment. Sidelight goes on as soon as it may.",
                product = product.name()
            ),
            ApiError::ServerFault { product, status, message } => {
                let words = if message.is_empty() { String::new() } else { format!(": “{message}”") };
                t!(
                    "{product} failed with status {status}{words}. Try again in a few minutes.",
                    product = product.name(),
                    status,
                    words
                )
            }
            ApiError::Unreadable { product, why } => t!(
                "{product} answered in a form that Sidelight does not know ({why}). Report this, with the version of {product}.",
                product = product.name(),
                why
            ),
            ApiError::Store(error) => error.sentence(),
        }
    }

    fn until(&self) -> Option<i64> {
        match self {
            ApiError::RateLimited { until, .. } => Some(*until),
            _ => None,
        }
    }
}

/// "client 12" as people say it.
fn thing(what: &str) -> String {
    match what.rsplit_once(' ') {
        Some((noun, id)) => format!("{} {id}", say(noun)),
        None => say(what),
    }
}
