//! Every tool is called on the sandbox, and what it takes and answers fits its schemas. A tool that no story here
//! calls with success fails the test.

mod halo;
mod hudu;
mod own;

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;
use sidelight::tools::{Bench, Reach, Tool, all};
use sidelight_sandbox::Sandbox;
use sidelight_tests::host::sandbox;

use crate::tool::{bench, call};

/// Calls tools, and notes which of them answered.
pub struct Caller<'a> {
    bench: &'a Bench,
    sandbox: &'a Sandbox,
    answered: RefCell<BTreeSet<String>>,
}

impl Caller<'_> {
    /// Calls a tool; what it takes and what it answers have to fit its schemas.
    async fn call(&self, name: &str, arguments: Value) -> Result<Value, String> {
        let tool = Tool::named(name).unwrap_or_else(|| panic!("no tool {name}"));
        let schema = jsonschema::validator_for(&tool.arguments).unwrap();
        if let Err(error) = schema.validate(&arguments) {
            panic!("{name}, arguments: {error} at {}", error.instance_path());
        }
        let answer = call(self.bench, name, arguments).await?;
        self.answered.borrow_mut().insert(name.to_owned());
        Ok(answer)
    }

    /// The result of a call that has to succeed.
    async fn result(&self, name: &str, arguments: Value) -> Value {
        let mut answer = self.call(name, arguments).await.unwrap_or_else(|why| panic!("{name}: {why}"));
        answer["result"].take()
    }
}

#[tokio::test(start_paused = true)]
async fn every_tool_is_called_and_answers_by_its_schema() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach { secrets: true, ..Reach::default() }).await;
    let caller = Caller { bench: &bench, sandbox: &sandbox, answered: RefCell::default() };
    halo::story(&caller).await;
    hudu::story(&caller).await;
    own::story(&caller).await;
    let answered = caller.answered.into_inner();
    let silent: Vec<&str> =
        all().iter().map(|tool| tool.name.as_str()).filter(|name| !answered.contains(*name)).collect();
    assert_eq!(silent, Vec::<&str>::new(), "no story calls these");
}
