//! Tools by name, for the page on which an administrator calls them.

use serde_json::Value;

use crate::protocol::{Event, Reply};
use crate::service::{Service, ServiceError, centre};
use crate::sync::error::SyncError;
use crate::sync::journal;
use crate::sync::table::{RunHead, Work};
use crate::tools::{self, Bench, CallError, Large, PLAN_SYNC, Reach, Tool};

impl Service {
    /// Calls a tool over the connections. Whatever writes needs the user's word, and takes its turn among
    /// runs; no tool answers a secret here. A run of many goes on in the background.
    pub(super) async fn call_tool(&self, name: &str, arguments: &str, confirmed: bool) -> Result<Reply, ServiceError> {
        let may = |tool: &&Tool| !tool.marks.secret && (tool.marks.read_only || confirmed);
        let tool = Tool::named(name).filter(may);
        let tool = tool.ok_or(ServiceError::NotAllowed)?;
        let arguments: Value = serde_json::from_str(arguments)
            .map_err(|error| CallError::argument("", format!("is no JSON ({error})")))?;
        let large = arguments.as_object().and_then(|given| Large::of(name, given));
        if let Some(large) = large {
            tools::check(&tool.arguments, &arguments).map_err(CallError::from)?;
            if let Some(head) = self.set_off_large(large).await? {
                return Ok(Reply::Called { answer: tools::under_way(head).to_string() });
            }
        }
        let bench = Bench::new(self.sides().await?, Reach::default());
        let answer = if name == PLAN_SYNC {
            let _claim = self.claim()?;
            let answer = tool.call(&bench, arguments).await?;
            self.forget_plans();
            self.browser()
                .broadcast(Event::PlanReady { plan: answer["result"]["id"].as_str().unwrap_or_default().to_owned() });
            answer
        } else if tool.marks.read_only {
            tool.call(&bench, arguments).await?
        } else {
            let _way = self.click();
            let _turn = self.0.writing.lock().await;
            self.resume_small().await;
            tool.call(&bench, arguments).await?
        };
        Ok(Reply::Called { answer: answer.to_string() })
    }

    /// Sets a run of many off; `None` where it is a small one, which is done at once.
    async fn set_off_large(&self, large: Large) -> Result<Option<RunHead>, ServiceError> {
        let work = match large {
            Large::Apply(asked) => {
                let (except, overwrite) = (asked.except.unwrap_or_default(), asked.overwrite.unwrap_or_default());
                self.apply_all(&asked.plan_id, except, overwrite, asked.confirm.unwrap_or_default()).await?
            }
            Large::Resume(run) => self.go_on_with(&run).await?,
            Large::Undo(asked) => {
                let run = journal::load(self.host(), &asked.run_id).await?.ok_or(SyncError::NoRun)?;
                if !centre::is_large(&run.plan) {
                    return Ok(None);
                }
                let plan = self.unhurried().await?.plan_undo(&run, None).await?;
                let plan = self.keep_plan(plan).await?;
                self.apply_all(&plan.id, Vec::new(), asked.agreed(&plan), false).await?
            }
        };
        let run = match work {
            Reply::Work { work: Work::Running(progress) } => progress.run,
            _ => return Err(SyncError::NoRun.into()),
        };
        Ok(Some(journal::head(self.host(), &run).await?.ok_or(SyncError::NoRun)?))
    }
}
