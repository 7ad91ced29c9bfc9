//! What is offered to an agent: all tools, or fewer.

use serde_json::Value;
use sidelight::tools::{Tool, all};

use crate::args::McpOrder;
use crate::commands::tools::{described, named};
use crate::failure::Failure;

/// Tools on one page of the list.
const PAGE: usize = 100;

/// What is offered to an agent.
#[derive(Clone)]
pub struct Offer {
    tools: Vec<&'static Tool>,
}

impl Offer {
    /// What the order leaves.
    pub fn new(order: &McpOrder) -> Result<Self, Failure> {
        for name in &order.allow {
            named(name)?;
        }
        let offered = |tool: &&Tool| {
            (tool.marks.read_only || !order.read_only)
                && (order.allow.is_empty() || order.allow.contains(&tool.name))
                && (!tool.marks.secret || order.allow_secrets)
        };
        Ok(Self { tools: all().iter().filter(offered).collect() })
    }

    /// The tool of this name, if it is offered.
    pub fn tool(&self, name: &str) -> Option<&'static Tool> {
        self.tools.iter().find(|tool| tool.name == name).copied()
    }

    /// One page of the list, in the protocol's words, and the cursor of the next.
    pub fn page(&self, cursor: Option<&str>) -> Option<(Vec<Value>, Option<String>)> {
        let from = match cursor {
            Some(cursor) => cursor.parse().ok().filter(|from| *from < self.tools.len())?,
            None => 0,
        };
        let page = self.tools.iter().skip(from).take(PAGE).map(|tool| described(tool)).collect();
        let next = from + PAGE;
        Some((page, (next < self.tools.len()).then(|| next.to_string())))
    }
}
