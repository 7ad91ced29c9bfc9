//! Every operation as a named tool: for scripts, for agents over MCP, and for the command line.
//!
//! A tool has JSON schemas for its arguments and its result, made from the same tables that carry it out.
//! The answer has one shape everywhere: `result`, and `next_cursor` where a list goes on.

mod audience;
mod bench;
mod directory;
mod documents;
mod halo;
mod hudu;
mod reach;
mod recipes;
mod schema;
mod sync;
mod view;

use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use crate::platform::Later;

pub use crate::call::CallError;
use crate::call::typed;
pub use crate::schema::{Miss, check};
pub use bench::{Bench, Reach};
pub use sync::{Large, PLAN as PLAN_SYNC, under_way};
pub use view::{ToolView, views};

/// Members of an object.
pub(crate) type Arguments = Map<String, Value>;

/// What a tool does to what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// It changes nothing.
    pub read_only: bool,
    /// Doing it twice leaves the same as doing it once.
    pub idempotent: bool,
    /// It may take away what is there.
    pub destructive: bool,
    /// Its result holds a secret in clear.
    pub secret: bool,
    /// It carries out a run that is written down step by step: one at a time on a computer.
    pub runs: bool,
    /// It may take long, tells how far it is ([`Bench::watched`]), and comes to a clean end where it is asked to.
    pub long: bool,
}

impl Marks {
    const WRITES: Marks =
        Marks { read_only: false, idempotent: false, destructive: false, secret: false, runs: false, long: false };
    const READS: Marks = Marks { read_only: true, idempotent: true, ..Marks::WRITES };
    const CHANGES: Marks = Marks { idempotent: true, destructive: true, ..Marks::WRITES };
}

/// One operation.
#[derive(Clone)]
pub struct Tool {
    /// Name, stable.
    pub name: String,
    /// What it does and when to use it.
    pub about: String,
    /// What it does to what is there.
    pub marks: Marks,
    /// JSON schema of its arguments.
    pub arguments: Value,
    /// JSON schema of its result.
    pub result: Value,
    work: Work,
}

/// How a tool is carried out.
#[derive(Clone, Copy)]
enum Work {
    Halo(&'static crate::halo::catalogue::Entry, halo::Verb),
    Hudu(&'static crate::hudu::catalogue::Shelf, hudu::Verb),
    Recipe(&'static crate::recipes::Recipe, recipes::Verb),
    Other(Other),
}

/// A tool of its own.
type Other = for<'a> fn(&'a Bench, &'a Arguments) -> Later<'a, Result<Value, CallError>>;

/// All tools: the 84 operations of HaloITSM first.
pub fn all() -> &'static [Tool] {
    static ALL: OnceLock<Vec<Tool>> = OnceLock::new();
    ALL.get_or_init(|| {
        [halo::tools(), hudu::tools(), directory::tools(), recipes::tools(), documents::tools(), sync::tools()].concat()
    })
}

impl Tool {
    /// The tool of this name.
    pub fn named(name: &str) -> Option<&'static Tool> {
        all().iter().find(|tool| tool.name == name)
    }

    /// Carries it out, after a look whether the arguments fit.
    pub async fn call(&self, bench: &Bench, arguments: Value) -> Result<Value, CallError> {
        let arguments = if arguments.is_null() { json!({}) } else { arguments };
        check(&self.arguments, &arguments)?;
        if self.marks.secret && !bench.reach.secrets {
            return Err(CallError::Secret);
        }
        let Value::Object(arguments) = arguments else { return Err(CallError::argument("", "has to be an object")) };
        match self.work {
            Work::Halo(entry, verb) => halo::call(bench, entry, verb, &arguments).await,
            Work::Hudu(shelf, verb) => hudu::call(bench, shelf, verb, &arguments).await,
            Work::Recipe(recipe, verb) => Box::pin(recipes::call(bench, recipe, verb, &arguments)).await,
            Work::Other(work) => work(bench, &arguments).await,
        }
    }
}

/// A tool of its own, by what differs.
fn own(name: &str, about: &str, marks: Marks, arguments: Value, result: Value, work: Other) -> Tool {
    let (name, about, result) = (name.to_owned(), about.to_owned(), schema::answer(result));
    Tool { name, about, marks, arguments, result, work: Work::Other(work) }
}

/// The shape of every answer.
fn answer(result: Value, next: Option<String>) -> Value {
    json!({ "result": result, "next_cursor": next })
}

/// A whole number among the arguments; the schema saw to it that it is one.
fn whole(arguments: &Arguments, name: &str) -> Option<i64> {
    arguments.get(name).and_then(crate::http::raw::read::integer_of)
}

/// A text among the arguments.
fn text<'a>(arguments: &'a Arguments, name: &str) -> Option<&'a str> {
    arguments.get(name).and_then(Value::as_str)
}

/// Arguments as query parameters, without these.
fn filters(arguments: &Arguments, without: &[&str]) -> Vec<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(several) => {
            let words: Vec<String> =
                several.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect();
            words.join(",")
        }
        other => other.to_string(),
    };
    let given = arguments.iter().filter(|(name, value)| !without.contains(&name.as_str()) && !value.is_null());
    given.map(|(name, value)| (name.clone(), text(value))).collect()
}
