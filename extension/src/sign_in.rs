//! The browser's own sign-in window.

use serde_json::json;
use sidelight::platform::{Later, SignIn};
use url::Url;

use crate::webext;

/// `identity.launchWebAuthFlow`.
pub struct AuthWindow;

impl SignIn for AuthWindow {
    fn redirect_url(&self) -> Option<Url> {
        Url::parse(&webext::text("identity", "getRedirectURL", "")).ok()
    }

    fn run(&self, url: Url) -> Later<'_, Option<Url>> {
        Box::pin(async move {
            let options = json!([{ "url": url.as_str(), "interactive": true }]);
            // Refused when the person closed the window.
            let landed = webext::call("identity", "launchWebAuthFlow", options).await.ok()?;
            Url::parse(landed.as_str()?).ok()
        })
    }
}
