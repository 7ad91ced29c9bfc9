//! Accessibility checks with axe-core.

use std::fmt;

use super::error::Result;
use super::frame::Frame;

/// One rule of axe-core that a page breaks.
#[derive(Clone, Debug)]
pub struct Violation {
    /// axe-core's name of the rule, "color-contrast" for one.
    pub rule: String,
    /// "minor", "moderate", "serious" or "critical".
    pub impact: String,
    /// What to do about it, in axe-core's words.
    pub help: String,
    /// The elements that break it, as HTML.
    pub elements: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.rule, self.impact, self.help)?;
        self.elements.iter().try_for_each(|element| write!(f, "\n    {element}"))
    }
}

impl Frame {
    /// Runs axe-core in this page or frame, frames inside it left out.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        let file = super::workspace().join("node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(file)?;
        self.evaluate(&format!("(() => {{ {source}\n; return true; }})()")).await?;
        let found = self
            .evaluate(
                "axe.run(document, { iframes: false, resultTypes: ['violations'] })
                    .then(({ violations }) => violations)",
            )
            .await?;
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        Ok(found
            .as_array()
            .into_iter()
            .flatten()
            .map(|violation| Violation {
                rule: text(&violation["id"]),
                impact: text(&violation["impact"]),
                help: text(&violation["help"]),
                elements: violation["nodes"].as_array().into_iter().flatten().map(|node| text(&node["html"])).collect(),
            })
            .collect())
    }
}
