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
                for worker in self.workers().await? {
                    self.devtools("Target.closeTarget", json!({ "targetId": worker })).await?;
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

    /// From now on the disk is full for what the background stores, or has room again. Chromium only: Firefox lets no test
    /// at the background's own functions.
    pub async fn fill_disk(&self, full: bool) -> Result<()> {
        let put = if full {
            "IDBObjectStore.prototype.room ??= IDBObjectStore.prototype.put;
             IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); }"
        } else {
            "IDBObjectStore.prototype.put = IDBObjectStore.prototype.room"
        };
        for target in self.workers().await? {
            let attached = json!({ "targetId": target, "flatten": true });
            let session = self.devtools("Target.attachToTarget", attached).await?["sessionId"].clone();
            let params = json!({ "expression": put });
            let command = json!({ "method": "Runtime.evaluate", "params": params, "session": session });
            self.bidi.command("goog:cdp.sendCommand", command).await?;
        }
        Ok(())
    }

    /// Chromium's targets that are the background.
    async fn workers(&self) -> Result<Vec<Value>> {
        let extension = self.extension.as_ref().ok_or_else(|| Error::Extension("none loaded".to_owned()))?;
        let base = extension.base(self.kind);
        let targets = self.devtools("Target.getTargets", json!({})).await?;
        let all = targets["targetInfos"].as_array().into_iter().flatten();
        let own = |target: &&Value| {
            target["type"] == "service_worker" && target["url"].as_str().is_some_and(|url| url.starts_with(&base))
        };
        Ok(all.filter(own).map(|target| target["targetId"].clone()).collect())
    }

    /// A command of Chromium's own protocol to the browser itself.
    async fn devtools(&self, method: &str, params: Value) -> Result<Value> {
        let params = json!({ "method": method, "params": params });
        Ok(self.bidi.command("goog:cdp.sendCommand", params).await?["result"].clone())
    }
}
