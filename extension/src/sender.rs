//! Who sent a message, as the browser tells it; what follows from that, the core's policy decides.

use serde_json::Value;
use sidelight::json::Json;
use sidelight::protocol::policy::Origin;
use url::Url;

/// The one page that web pages may embed (`web_accessible_resources`).
const EMBEDDABLE: &str = "/sidebar.html";

/// `runtime.MessageSender`, as far as it matters.
#[derive(Debug, Default, Json)]
pub struct Sender {
    id: Option<String>,
    url: Option<String>,
    /// Missing in Firefox where the address says it already.
    origin: Option<String>,
    #[json(name = "frameId")]
    frame_id: Option<i64>,
    tab: Option<Tab>,
}

#[derive(Debug, Default, Json)]
struct Tab {
    id: Option<i64>,
}

impl Sender {
    /// Reads what the browser handed over; what cannot be read is nobody.
    pub fn read(value: Value) -> Self {
        Self::from_json(value).unwrap_or_default()
    }

    /// The policy's view of the sender. `own_id` is the extension's id, `own_page` the address of one
    /// of its pages.
    pub fn origin(&self, own_id: Option<&str>, own_page: &str) -> Origin {
        let url = self.url.as_deref().and_then(|url| Url::parse(url).ok());
        let own = Url::parse(own_page).ok();
        let extension_page = matches!((&url, &own), (Some(url), Some(own)) if same_place(url, own))
            && self.origin.as_deref().is_none_or(|origin| own_page.starts_with(origin));
        Origin {
            own_id: own_id.is_some() && self.id.as_deref() == own_id,
            extension_page,
            tab: self.tab.as_ref().and_then(|tab| tab.id).filter(|id| *id >= 0),
            frame: self.frame_id,
            embeddable: url.is_some_and(|url| url.path() == EMBEDDABLE),
        }
    }
}

/// Same scheme and host: [`Url::origin`] knows no origin for the extensions' schemes.
fn same_place(a: &Url, b: &Url) -> bool {
    a.scheme() == b.scheme() && a.host_str() == b.host_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PAGE: &str = "chrome-extension://abc/";

    fn origin(sender: Value) -> Origin {
        Sender::read(sender).origin(Some("abc"), PAGE)
    }

    #[test]
    fn a_content_script_carries_its_page() {
        let tab = json!({ "id": 7, "url": "https://acme.haloitsm.com/ticket?id=1" });
        let found = origin(json!({
            "id": "abc", "url": "https://acme.haloitsm.com/ticket?id=1",
            "origin": "https://acme.haloitsm.com", "frameId": 0, "tab": tab,
        }));
        let wanted = Origin { own_id: true, tab: Some(7), frame: Some(0), ..Origin::default() };
        assert_eq!(found, wanted);
    }

    #[test]
    fn the_frame_in_a_page_is_an_extension_page_with_a_large_frame_id() {
        let tab = json!({ "id": 7, "url": "https://acme.haloitsm.com/ticket?id=1" });
        let found = origin(json!({
            "id": "abc", "url": "chrome-extension://abc/sidebar.html?tab=7#x",
            "frameId": 8_589_934_594_i64, "tab": tab,
        }));
        assert!(found.extension_page && found.embeddable);
        assert_eq!(found.frame, Some(8_589_934_594));
    }

    #[test]
    fn another_extension_and_a_page_with_our_name_in_its_address_are_strangers() {
        assert!(!origin(json!({ "id": "other", "url": "chrome-extension://other/" })).own_id);
        let page = json!({ "id": "abc", "url": "https://evil.example/chrome-extension://abc/sidebar.html", "tab": { "id": 1 } });
        assert!(!origin(page).extension_page);
        let lied = json!({ "id": "abc", "url": "chrome-extension://abc/popup.html", "origin": "https://evil.example" });
        assert!(!origin(lied).extension_page);
        assert_eq!(origin(json!("nonsense")), Origin::default());
    }
}
