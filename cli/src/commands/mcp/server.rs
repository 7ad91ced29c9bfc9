//! The protocol's questions, answered with the tools.

use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, GetPromptRequestParams, GetPromptResponse,
    Implementation, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ProgressNotificationParam, ReadResourceRequestParams, ReadResourceResponse,
    ReadResourceResult, ResourceContents, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};
use serde_json::Value;
use sidelight::trouble::Trouble;
use tokio::sync::{mpsc, oneshot};

use super::follow::Step;
use super::offer::Offer;
use super::{Job, prompts, resources};

/// What an agent should know before it begins.
const INSTRUCTIONS: &str = "HaloITSM holds tickets, clients, users and assets; Hudu holds the documentation of the same \
    clients as companies. For a ticket start with get_documentation_for_haloitsm_record. Lists answer result and \
    next_cursor: give the cursor back with the same filters to go on. Rows of lists leave out details. Before writing, \
    look whether the record exists: a record that is sent without an id is made anew each time.";

/// Answers one client.
#[derive(Clone)]
pub struct Server {
    offer: Offer,
    jobs: mpsc::UnboundedSender<Job>,
}

impl Server {
    /// With these tools; jobs go to the core.
    pub fn new(offer: Offer, jobs: mpsc::UnboundedSender<Job>) -> Self {
        Self { offer, jobs }
    }

    /// Has the core call a tool. The outer error is one of this program, or of the client having gone.
    async fn ask(
        &self,
        tool: &str,
        arguments: Value,
        context: &RequestContext<RoleServer>,
    ) -> Result<Result<Value, Trouble>, ErrorData> {
        let (reply, mut answer) = oneshot::channel();
        let token = context.meta.get_progress_token();
        let (progress, mut steps) = mpsc::unbounded_channel();
        let progress = token.is_some().then_some(progress);
        let job = Job { tool: tool.to_owned(), arguments, progress, reply };
        let gone = || ErrorData::internal_error("Sidelight is ending.", None);
        self.jobs.send(job).map_err(|_| gone())?;
        let (mut far, mut counts) = (-1.0, true);
        loop {
            tokio::select! {
                answer = &mut answer => return answer.map_err(|_| gone()),
                () = context.ct.cancelled() => return Err(ErrorData::internal_error("The call was cancelled.", None)),
                Some(step) = steps.recv() => {
                    let Some(token) = token.clone() else { continue };
                    let (done, total, words) = match step {
                        // Where work tells how far it is, requests are not counted.
                        Step::Requests(_) if !counts => continue,
                        Step::Requests(requests) => (requests as f64, None, format!("{requests} requests so far")),
                        Step::Done(done, total, doing) => {
                            counts = false;
                            (done as f64, total.map(|total| total as f64), doing)
                        }
                    };
                    // The protocol wants numbers that grow.
                    if done <= far {
                        continue;
                    }
                    far = done;
                    let mut note = ProgressNotificationParam::new(token, done).with_message(words);
                    note.total = total;
                    let _ = context.peer.notify_progress(note).await;
                }
            }
        }
    }

    /// The result of a tool that resources are made of, if it is offered.
    async fn read(
        &self,
        tool: &str,
        arguments: Value,
        context: &RequestContext<RoleServer>,
    ) -> Result<Value, ErrorData> {
        if self.offer.tool(tool).is_none() {
            return Err(ErrorData::invalid_params("This is not offered here.", None));
        }
        let wrong = |trouble: Trouble| match trouble.code.as_str() {
            "http.not_found" => ErrorData::resource_not_found(trouble.sentence, None),
            _ => ErrorData::internal_error(trouble.sentence, None),
        };
        self.ask(tool, arguments, context).await?.map_err(wrong)
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().enable_prompts().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("sidelight", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        let unknown = || ErrorData::invalid_params("No list ended with this cursor.", None);
        let (page, next) = self.offer.page(cursor.as_deref()).ok_or_else(unknown)?;
        let tools = page.into_iter().map(serde_json::from_value).collect::<Result<_, _>>();
        let tools = tools.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
        Ok(ListToolsResult { next_cursor: next, ..ListToolsResult::with_all_items(tools) })
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = self.offer.tool(&request.name) else {
            let words = format!("No tool {} is offered here.", request.name);
            return Err(ErrorData::invalid_params(words, None));
        };
        let arguments = Value::Object(request.arguments.unwrap_or_default());
        let result = match self.ask(&tool.name, arguments, &context).await? {
            Ok(result) => CallToolResult::structured(result),
            Err(trouble) => {
                CallToolResult::error(vec![ContentBlock::text(format!("{} ({})", trouble.sentence, trouble.code))])
            }
        };
        Ok(result.into())
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        let unknown = || ErrorData::invalid_params("No list ended with this cursor.", None);
        let place = resources::Place::read(cursor.as_deref()).ok_or_else(unknown)?;
        let answer = self.read(&place.tool(), place.arguments(), &context).await?;
        let (rows, next) = place.page(&answer);
        Ok(ListResourcesResult { next_cursor: next, ..ListResourcesResult::with_all_items(rows) })
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(resources::templates()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let words = "A resource is hudu://companies/12, hudu://assets/7 or hudu://articles/3.";
        let unknown = || ErrorData::resource_not_found(words, None);
        let (tool, arguments) = resources::named(&request.uri).ok_or_else(unknown)?;
        let record = self.read(&tool, arguments, &context).await?;
        let text = record["result"].to_string();
        let contents = ResourceContents::text(text, request.uri).with_mime_type("application/json");
        Ok(ReadResourceResult::new(vec![contents]).into())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(prompts::all()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let wrong = |why| ErrorData::invalid_params(why, None);
        Ok(prompts::written(&request.name, &arguments).map_err(wrong)?.into())
    }
}
