//! Addresses as people paste them.

use crate::http::Product;
use crate::t;
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
                t!("Type the address of your {product} instance.", product = product.name())
            }
            AddressError::Unreadable(product, typed) => t!(
                "“{typed}” is not an address. Paste the address of your {product} instance from the browser's address bar.",
                typed,
                product = product.name()
            ),
            AddressError::Scheme(_, scheme) => t!(
                "“{scheme}” cannot be used here: the address has to start with https:// so that nothing travels in clear.",
                scheme
            ),
            AddressError::Marketing(product, host) => t!(
                "{host} is the maker's website. Type the address at which you yourself open {product}.",
                host,
                product = product.name()
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
    let place = Place::read(typed).ok_or_else(unreadable)?;
    let local = is_local(&place.host);
    match place.scheme.as_str() {
        "https" => {}
        "http" if local => {}
        other => return Err(AddressError::Scheme(product, format!("{other}://"))),
    }
    if !place.host.contains('.') && !local && !place.host.starts_with('[') {
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
    if MARKETING.contains(&place.host.trim_start_matches("www.")) {
        return Err(AddressError::Marketing(product, place.host));
    }
    Ok(place.origin())
}

/// The pattern by which a browser is asked for the permission to this origin. Browsers know no
/// ports in these patterns.
pub fn permission_pattern(origin: &str) -> Option<String> {
    let place = Place::read(origin)?;
    Some(format!("{}://{}/*", place.scheme, place.host))
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

fn is_local(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// The part of an address that names an instance. Read by hand and in ASCII only (browsers copy
/// other letters as `xn--`): a page that asks for a permission must not carry Unicode's tables.
struct Place {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl Place {
    fn read(typed: &str) -> Option<Self> {
        let (scheme, rest) = match typed.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
            None => (None, typed),
        };
        let authority = rest.trim_start_matches('/').split(['/', '?', '#', '\\']).next()?;
        let authority = authority.rsplit('@').next()?;
        let (host, port) = match authority.rfind(':') {
            Some(colon) if !authority.ends_with(']') => (&authority[..colon], Some(&authority[colon + 1..])),
            _ => (authority, None),
        };
        let port = match port {
            None | Some("") => None,
            Some(digits) => Some(digits.parse::<u16>().ok()?),
        };
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        if !is_host(&host) {
            return None;
        }
        let scheme = scheme.unwrap_or_else(|| if is_local(&host) { "http" } else { "https" }.to_owned());
        Some(Self { scheme, host, port })
    }

    fn origin(&self) -> String {
        let usual = match self.scheme.as_str() {
            "https" => 443,
            _ => 80,
        };
        match self.port.filter(|port| *port != usual) {
            Some(port) => format!("{}://{}:{port}", self.scheme, self.host),
            None => format!("{}://{}", self.scheme, self.host),
        }
    }
}

fn is_host(host: &str) -> bool {
    let six = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match six {
        Some(six) => six.contains(':') && six.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '.')),
        None => {
            let label = |label: &str| {
                !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            };
            host.split('.').all(label)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_paste_it() {
        let cases = [
            ("acme.haloitsm.com", "https://acme.haloitsm.com"),
            (" https://Acme.HaloITSM.com/ ", "https://acme.haloitsm.com"),
            ("https://acme.haloitsm.com/api", "https://acme.haloitsm.com"),
            ("https://acme.haloitsm.com:443/auth/", "https://acme.haloitsm.com"),
            ("https://docs.acme.example:8443/c/acme?x=1#y", "https://docs.acme.example:8443"),
            ("//acme.haloitsm.com/tickets?id=1", "https://acme.haloitsm.com"),
            ("https://me:secret@acme.haloitsm.com", "https://acme.haloitsm.com"),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
            ("localhost:4000", "http://localhost:4000"),
            ("127.0.0.1:4000/api", "http://127.0.0.1:4000"),
            ("http://[::1]:4000", "http://[::1]:4000"),
        ];
        for (typed, read) in cases {
            assert_eq!(origin(Product::Halo, typed).as_deref(), Ok(read), "{typed}");
        }
    }

    #[test]
    fn what_is_no_instance_is_told_apart() {
        let code = |typed| origin(Product::Hudu, typed).err().map(|error| error.code());
        assert_eq!(code("  "), Some("address.empty"));
        for typed in ["acme", "acme docs.example", "https://", "javascript:alert(1)", "https://a..b", "a.example:99999"]
        {
            assert_eq!(code(typed), Some("address.unreadable"), "{typed}");
        }
        assert_eq!(code("http://docs.acme.example"), Some("address.scheme"));
        assert_eq!(code("ftp://docs.acme.example"), Some("address.scheme"));
        assert_eq!(code("https://www.hudu.com/pricing"), Some("address.marketing"));
    }

    #[test]
    fn a_permission_knows_no_port() {
        assert_eq!(permission_pattern("http://127.0.0.1:4000").as_deref(), Some("http://127.0.0.1/*"));
        assert_eq!(permission_pattern("https://docs.acme.example").as_deref(), Some("https://docs.acme.example/*"));
        let same = halo_patterns("acme.haloitsm.com", Some("https://acme.haloitsm.com/auth"));
        assert_eq!(same.as_deref().map(<[String]>::len), Ok(1));
    }
}
