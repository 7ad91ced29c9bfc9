//! Absolute addresses: Hudu answers relative ones for companies, processes and photos, absolute ones
//! for assets.

use url::Url;

/// The absolute address of what the API calls `url`; of the fallback path (`/c/<slug>`) where there is
/// none, or where it leads to another host or is no web address: a link must not lead elsewhere than
/// it says.
pub fn absolute(origin: &str, url: Option<&str>, fallback: &str) -> String {
    let own = |path: &str| {
        let base = Url::parse(origin).ok()?;
        let found = base.join(path.trim()).ok()?;
        let same = found.host_str() == base.host_str() && found.port() == base.port();
        (matches!(found.scheme(), "http" | "https") && same).then(|| String::from(found))
    };
    url.and_then(own).or_else(|| own(fallback)).unwrap_or_else(|| origin.to_owned())
}

/// `/c/` and a slug as a path; the area alone where there is no slug.
pub fn slug_path(area: &str, slug: &Option<String>) -> String {
    format!("{area}{}", slug.as_deref().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://acme.huducloud.com";

    #[test]
    fn relative_and_absolute_addresses_become_absolute() {
        assert_eq!(absolute(BASE, Some("/c/2035"), "/c/1"), "https://acme.huducloud.com/c/2035");
        assert_eq!(absolute(BASE, Some("https://acme.huducloud.com/a/19"), "/"), "https://acme.huducloud.com/a/19");
        assert_eq!(absolute(BASE, None, "/processes/8e5"), "https://acme.huducloud.com/processes/8e5");
    }

    #[test]
    fn a_link_never_leads_elsewhere() {
        for url in ["javascript:alert(1)", "https://evil.example/c/1", "//evil.example/c/1", "data:text/html,x"] {
            assert_eq!(absolute(BASE, Some(url), "/c/1"), "https://acme.huducloud.com/c/1", "{url}");
        }
    }
}
