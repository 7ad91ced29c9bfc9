//! Tools by name, for the page on which an administrator calls them.

use serde_json::Value;

use crate::protocol::Reply;
use crate::service::{Service, ServiceError};
use crate::tools::{Bench, Reach, Tool, ToolError};

impl Service {
    /// Calls a tool over the connections. Whatever writes needs the user's word, and takes its turn among
    /// runs; no tool answers a secret here.
    pub(super) async fn call_tool(&self, name: &str, arguments: &str, confirmed: bool) -> Result<Reply, ServiceError> {
        let may = |tool: &&Tool| !tool.marks.secret && (tool.marks.read_only || confirmed);
        let tool = Tool::named(name).filter(may);
        let tool = tool.ok_or(ServiceError::NotAllowed)?;
        let arguments: Value = serde_json::from_str(arguments)
            .map_err(|error| ToolError::argument("", format!("is no JSON ({error})")))?;
        let bench = Bench::new(self.sides().await?, Reach::default());
        let answer = if tool.marks.read_only {
            tool.call(&bench, arguments).await?
        } else {
            let _way = self.click();
            let _turn = self.0.writing.lock().await;
            self.resume_small().await;
            tool.call(&bench, arguments).await?
        };
        Ok(Reply::Called { answer: answer.to_string() })
    }
}
