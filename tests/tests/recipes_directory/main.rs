//! Directory sync and asset enrichment on the sandbox: who joins, changes, moves, leaves; twice, cut in the middle,
//! taken back.

#![allow(clippy::unwrap_used)]

mod both;
mod converge;
mod enrichment;
mod file;
#[path = "../shared/tool.rs"]
mod tool;

use serde_json::{Value, json};
use sidelight::tools::{Bench, Reach};
use sidelight_sandbox::Sandbox;

async fn bench(sandbox: &Sandbox) -> Bench {
    tool::bench(sandbox, Reach::default()).await
}

/// Calls a tool and takes what stands under `result`.
async fn call(bench: &Bench, name: &str, arguments: Value) -> Result<Value, String> {
    Ok(tool::call(bench, name, arguments).await?["result"].clone())
}

async fn plan(bench: &Bench, arguments: &Value) -> Value {
    call(bench, "plan_directory_sync", arguments.clone()).await.unwrap()
}

async fn run(bench: &Bench, arguments: &Value) -> Value {
    call(bench, "run_directory_sync", arguments.clone()).await.unwrap()
}

async fn undo(bench: &Bench, run: &Value) -> Value {
    call(bench, "undo_recipe_run", json!({"run_id": run["id"]})).await.unwrap()
}

/// Rows in this state.
fn rows<'a>(answer: &'a Value, state: &str) -> Vec<&'a Value> {
    answer["rows"].as_array().unwrap().iter().filter(|row| row["state"] == state).collect()
}

/// The row of this key.
fn row<'a>(answer: &'a Value, key: &str) -> &'a Value {
    let found = answer["rows"].as_array().unwrap().iter().find(|row| row["key"] == key);
    found.unwrap_or_else(|| panic!("no row {key} in {answer:#}"))
}

/// HaloITSM's user of this name.
fn user(sandbox: &Sandbox, name: &str) -> Value {
    let found = sandbox.halo.all("Users").into_iter().find(|user| user["name"] == name);
    found.unwrap_or_else(|| panic!("nobody is called {name}"))
}

/// Hudu's person of this name.
fn person(sandbox: &Sandbox, name: &str) -> Value {
    sandbox.hudu.find("assets", name).unwrap_or_else(|| panic!("nobody in Hudu is called {name}"))
}

/// A field of an asset.
fn field(asset: &Value, label: &str) -> Value {
    let fields = asset["fields"].as_array().cloned().unwrap_or_default();
    fields.iter().find(|field| field["label"] == label).map_or(Value::Null, |field| field["value"].clone())
}

/// Users of a client, without the general ones.
fn users_of(sandbox: &Sandbox, client: i64) -> Vec<Value> {
    let of = |user: &Value| user["client_id"].as_i64() == Some(client) && user["name"] != "General User";
    sandbox.halo.all("Users").into_iter().filter(of).collect()
}
