//! Starting a process and ticking its steps.

use serde_json::{Map, Value};

use crate::http::ApiError;
use crate::hudu::client::Hudu;
use crate::hudu::companies::nothing;
use crate::hudu::endpoint::{PROCEDURES, TASKS};
use crate::hudu::model::{Procedure, ProcedureTask};
use crate::platform::Method;

impl Hudu {
    /// Starts a process for the company that it belongs to: Hudu makes a copy with steps of its own.
    /// Answers the copy, which gets the name that is given, else that of the process. Where the answer was lost or tells no more than that it worked, the copy is
    /// looked up, so that it is never started twice.
    pub async fn start_process(&self, process: &Procedure, name: Option<&str>) -> Result<Procedure, ApiError> {
        let company = process.company_id.unwrap_or_default();
        let is_run = |row: &Procedure| row.run && row.parent == Some(process.id);
        let before: Vec<i64> = self.procedures(company).await?.iter().filter(|row| is_run(row)).map(|r| r.id).collect();
        let path = format!("procedures/{}/kickoff", process.id);
        let query: Vec<(&str, &str)> = name.map(|name| ("name", name)).into_iter().collect();
        let answer = self.write_with::<Procedure>(Method::POST, &PROCEDURES, &path, &query, None).await;
        match answer {
            Ok(Some(made)) if made.run => return self.procedure(made.id).await,
            Err(error) if !error.maybe_done() => return Err(error),
            Ok(_) | Err(_) => {}
        }
        let after = self.procedures(company).await?;
        let made = after.iter().find(|row| is_run(row) && !before.contains(&row.id)).map(|row| row.id);
        match (made, answer) {
            (Some(made), _) => self.procedure(made).await,
            (None, Err(error)) => Err(error),
            (None, Ok(_)) => Err(nothing("process")),
        }
    }

    /// Archives a process or a run of one, and checks that Hudu kept it.
    pub async fn archive_process(&self, process: i64) -> Result<(), ApiError> {
        let members = Map::from_iter([("archived".to_owned(), Value::from(true))]);
        let path = format!("procedures/{process}");
        let answer = self.write::<Procedure>(Method::PUT, &PROCEDURES, &path, Some(Value::Object(members))).await?;
        match answer {
            Some(row) if row.archived => Ok(()),
            _ if self.procedure(process).await?.archived => Ok(()),
            _ => Err(nothing("process")),
        }
    }

    /// Copies a global template of processes to a company, under the template's name. Look first whether the
    /// company has one.
    pub async fn copy_process(&self, template: &Procedure, company: i64) -> Result<Procedure, ApiError> {
        let path = format!("procedures/{}/create_from_template", template.id);
        let company = company.to_string();
        let query = [("company_id", company.as_str())];
        let made = self.write_with::<Procedure>(Method::POST, &PROCEDURES, &path, &query, None).await?;
        made.ok_or_else(|| nothing("process"))
    }

    /// Ticks a step of a started process, or takes the tick back; answers the step as Hudu keeps it. The
    /// published interface lists no such member, and versions that know none pass it over in silence: the
    /// answer tells.
    pub async fn tick(&self, task: i64, done: bool) -> Result<ProcedureTask, ApiError> {
        let members = Map::from_iter([("completed".to_owned(), Value::from(done))]);
        let path = format!("procedure_tasks/{task}");
        match self.write(Method::PUT, &TASKS, &path, Some(Value::Object(members))).await? {
            Some(task) => Ok(task),
            None => self.one(&TASKS, &path, task).await,
        }
    }
}
