//! Prompts for permissions, and notifications: what a browser shows outside of its pages.

use serde_json::{Value, json};

use super::error::Result;
use super::{Browser, Frame, Kind};

impl Browser {
    /// Says yes to the next prompts for permissions that this page opens. No driver can press Chromium's own
    /// button: there the prompt is noted, with whether a click led to it, and nothing is granted.
    pub async fn agree_to_prompts(&self, page: &Frame) -> Result<()> {
        match self.kind {
            Kind::Firefox => {
                let script = "Services.prefs.setBoolPref('extensions.webextOptionalPermissionPrompts', false)";
                self.chrome_window().await?.evaluate(script).await?;
            }
            Kind::Chromium => {
                let script = "(() => {
                    chrome.permissions.request = async (wanted) => {
                        globalThis.prompted = { wanted, clicked: navigator.userActivation.isActive };
                        return true;
                    };
                    return true;
                })()";
                page.evaluate(script).await?;
            }
        }
        Ok(())
    }

    /// Takes the place of the system that shows notifications, where the browser lets a test do so: Firefox.
    pub async fn watch_notifications(&self) -> Result<()> {
        let script = "(() => {
            const shown = (globalThis.sidelightShown = []);
            const keep = (title, text, cookie, listener) => {
                shown.push({ title, text, cookie, listener });
                listener?.observe(null, 'alertshow', cookie);
            };
            const service = {
                QueryInterface: ChromeUtils.generateQI(['nsIAlertsService']),
                showAlert: (alert, listener) => keep(alert.title, alert.text, alert.cookie, listener),
                showAlertNotification: (_, title, text, __, cookie, listener) => keep(title, text, cookie, listener),
                closeAlert() {},
            };
            Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(
                Services.uuid.generateUUID(), 'notifications of a test', '@mozilla.org/alerts-service;1',
                { createInstance: (kind) => service.QueryInterface(kind) },
            );
            return true;
        })()";
        self.chrome_window().await?.evaluate(script).await?;
        Ok(())
    }

    /// Notifications shown since they are watched: title and text.
    pub async fn notifications(&self) -> Result<Vec<(String, String)>> {
        let script = "sidelightShown.map(({ title, text }) => [title, text])";
        let shown = self.chrome_window().await?.evaluate(script).await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(shown.as_array().into_iter().flatten().map(|one| (text(&one[0]), text(&one[1]))).collect())
    }

    /// Clicks on one of them.
    pub async fn click_notification(&self, index: usize) -> Result<()> {
        let index = json!(index);
        let script = format!(
            "(() => {{
                const {{ cookie, listener }} = sidelightShown[{index}];
                listener.observe(null, 'alertclickcallback', cookie);
                return true;
            }})()"
        );
        self.chrome_window().await?.evaluate(&script).await?;
        Ok(())
    }
}
