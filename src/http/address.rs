//! Addresses as people paste them.

use url::Url;

use crate::http::Product;
use crate::trouble::{Explain, Retry};

/// What was pasted is not the address of an instance.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was typed.
    #[error("empty address")]
    Empty(Product),
    /// Not an address at all.
    #[error("not an address: {1}")]
    Unreadable(Product, String),
    /// Neither https nor (on this computer) http.
    #[error("scheme not usable: {1}")]
    Scheme(Product, String),
    /// The maker's own website, not a customer's instance.
    #[error("not an instance: {1}")]
    Marketing(Product, String),
}

impl Explain for AddressError {
    fn code(&self) -> &'static str {
        match self {
            AddressError::Empty(_) => "address.empty",
            AddressError::Unreadable(..) => "address.unreadable",
            AddressError::Scheme(..) => "address.scheme",
            AddressError::Marketing(..) => "address.marketing",
        }
    }
    fn retry(&self) -> Retry {
        Retry::UserMustAct
    }
    fn sentence(&self) -> String {
        match self {
            AddressError::Empty(product) => {
                format!("Type the address of your {} instance.", product.name())
            }
            AddressError::Unreadable(product, typed) => format!(
                "“{typed}” is not an address. Paste the address of your {} instance from the browser's address bar.",
                product.name()
            ),
            AddressError::Scheme(_, scheme) => format!(
                "“{scheme}” cannot be used here: the address has to start with https:// so that nothing travels in clear."
            ),
            AddressError::Marketing(product, host) => format!(
                "{host} is the maker's website. Type the address at which you yourself open {}.",
                product.name()
            ),
        }
    }
}

/// The origin (`https://host[:port]`) of an instance from what was pasted: with or without scheme,
/// path (`/api`, `/auth`, a deep link) or slash. http is taken for this computer only.
pub fn origin(product: Product, typed: &str) -> Result<String, AddressError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(AddressError::Empty(product));
    }
    let unreadable = || AddressError::Unreadable(product, typed.chars().take(80).collect());
    let url = parse(typed).ok_or_else(unreadable)?;
    let host = url.host_str().ok_or_else(unreadable)?;
    let local = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    match url.scheme() {
        "https" => {}
        "http" if local => {}
        other => return Err(AddressError::Scheme(product, format!("{other}://"))),
    }
    if !host.contains('.') && !local && !host.starts_with('[') {
        return Err(unreadable());
    }
    const MARKETING: [&str; 8] = [
        "haloitsm.com",
        "halopsa.com",
        "haloservicedesk.com",
        "halocrm.io",
        "hudu.com",
        "huducloud.com",
        "usehalo.com",
        "hudu.app",
    ];
    if MARKETING.contains(&host.trim_start_matches("www.")) {
        return Err(AddressError::Marketing(product, host.to_owned()));
    }
    Ok(url.origin().ascii_serialization())
}

fn parse(typed: &str) -> Option<Url> {
    if typed.contains("://") {
        return Url::parse(typed).ok();
    }
    let bare = typed.trim_start_matches('/');
    if bare.contains(char::is_whitespace) {
        return None;
    }
    let scheme = match bare.split(['/', ':']).next()? {
        "localhost" | "127.0.0.1" => "http",
        _ => "https",
    };
    Url::parse(&format!("{scheme}://{bare}")).ok()
}

/// The pattern by which a browser is asked for the permission to this origin. Browsers know no
/// ports in these patterns.
pub fn permission_pattern(origin: &str) -> Option<String> {
    let url = Url::parse(origin).ok()?;
    Some(format!("{}://{}/*", url.scheme(), url.host_str()?))
}

/// The origins (as permission patterns) that a HaloITSM connection needs: the instance, and the
/// authorisation server where that stands elsewhere.
pub fn halo_patterns(resource_server: &str, auth_server: Option<&str>) -> Result<Vec<String>, AddressError> {
    let mut patterns = Vec::new();
    patterns.extend(permission_pattern(&origin(Product::Halo, resource_server)?));
    if let Some(auth) = auth_server.filter(|a| !a.trim().is_empty()) {
        patterns.extend(permission_pattern(&origin(Product::Halo, auth)?));
    }
    patterns.dedup();
    Ok(patterns)
}
