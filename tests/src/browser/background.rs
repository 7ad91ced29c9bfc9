//! The extension's background, as far as a browser lets a test at it.

use serde_json::{Value, json};

use super::error::{Error, Result};
use super::{Browser, Kind};

impl Browser {
    /// Ends the background as the browser does when it has been idle; the next event starts it
    /// anew. What it had under way is cut off.
    pub async fn stop_background(&self) -> Result<()> {
        let extension = self.extension.as_ref().ok_or_else(|| Error::Extension("none loaded".to_owned()))?;
        match self.kind {
            Kind::Chromium => {
                let base = extension.base(self.kind);
                let targets = self.devtools("Target.getTargets", json!({})).await?;
                let workers = targets["targetInfos"].as_array().into_iter().flatten().filter(|target| {
                    target["type"] == "service_worker"
                        && target["url"].as_str().is_some_and(|url| url.starts_with(&base))
                });
                for worker in workers {
                    self.devtools("Target.closeTarget", json!({ "targetId": worker["targetId"] })).await?;
                }
            }
            Kind::Firefox => {
                let id = json!(extension.gecko_id);
                self.chrome_window()
                    .await?
                    .evaluate(&format!("WebExtensionPolicy.getByID({id}).extension.terminateBackground()"))
                    .await?;
            }
        }
        Ok(())
    }

    /// Takes the permission for the hosts that the extension may reach, or gives it back, as a user does
    /// on the browser's page of extensions.
    pub async fn permit(&self, granted: bool) -> Result<()> {
        let extension = self.extension.as_ref().ok_or_else(|| Error::Extension("none loaded".to_owned()))?;
        match self.kind {
            Kind::Chromium => {
                let access = if granted { "ON_ALL_SITES" } else { "ON_CLICK" };
                let change = json!({ "extensionId": extension.chromium_id, "hostAccess": access });
                let page = self.open("chrome://extensions/").await?;
                page.evaluate(&format!("chrome.developerPrivate.updateExtensionConfiguration({change})")).await?;
                page.close().await
            }
            Kind::Firefox => {
                let (id, deed) = (json!(extension.gecko_id), if granted { "add" } else { "remove" });
                let hosts = json!({ "permissions": [], "origins": extension.hosts, "data_collection": [] });
                let script = format!(
                    "ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs')
                        .ExtensionPermissions.{deed}({id}, {hosts}, WebExtensionPolicy.getByID({id}).extension)
                        .then(() => true)"
                );
                self.chrome_window().await?.evaluate(&script).await?;
                Ok(())
            }
        }
    }

    /// A command of Chromium's own protocol to the browser itself.
    async fn devtools(&self, method: &str, params: Value) -> Result<Value> {
        let params = json!({ "method": method, "params": params });
        Ok(self.bidi.command("goog:cdp.sendCommand", params).await?["result"].clone())
    }
}
