//! The address bar behind an extension's keyword, where the browser lets a test at it: Firefox.

use serde_json::{Value, json};

use super::Browser;
use super::error::Result;

/// What the address bar itself calls.
const BAR: &str =
    "ChromeUtils.importESModule('resource://gre/modules/ExtensionSearchHandler.sys.mjs').ExtensionSearchHandler";

impl Browser {
    /// What is suggested for words behind a keyword: what would be put into the bar, and what is shown.
    pub async fn suggestions(&self, keyword: &str, words: &str) -> Result<Vec<(String, String)>> {
        let typed = json!({ "keyword": keyword, "text": format!("{keyword} {words}"), "inPrivateWindow": false });
        let script =
            format!("new Promise((done) => {BAR}.handleSearch({typed}, (found) => done(JSON.stringify(found))))");
        let found = self.chrome_window().await?.evaluate(&script).await?;
        let found: Value = serde_json::from_str(found.as_str().unwrap_or("[]")).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let pair = |one: &Value| (text(&one["content"]), text(&one["description"]));
        Ok(found.as_array().into_iter().flatten().map(pair).collect())
    }

    /// Chooses one of them, to be opened in a new tab.
    pub async fn choose_suggestion(&self, keyword: &str, content: &str) -> Result<()> {
        let (text, keyword) = (json!(format!("{keyword} {content}")), json!(keyword));
        let script = format!("({BAR}.handleInputEntered({keyword}, {text}, 'tab'), true)");
        self.chrome_window().await?.evaluate(&script).await?;
        Ok(())
    }
}
