//! Recipes on the sandbox: run twice, cut in the middle, taken back, asked in the wrong way.

#![allow(clippy::unwrap_used)]

mod alerts;
mod mechanism;
mod onboarding;
mod project;
mod restart;
mod settings;
#[path = "../shared/tool.rs"]
mod tool;
mod trail;

use serde_json::Value;
use sidelight_sandbox::Sandbox;
use sidelight_tests::recipes::small;
use tool::{bench, call};

/// Rows of a plan or a run in this state.
fn rows<'a>(answer: &'a Value, state: &str) -> Vec<&'a Value> {
    answer["result"]["rows"].as_array().unwrap().iter().filter(|row| row["state"] == state).collect()
}

/// Tickets (and projects) whose subject holds this.
fn tickets(sandbox: &Sandbox, part: &str) -> Vec<Value> {
    let mut all = ["Tickets", "Projects", "Opportunities"].map(|path| sandbox.halo.all(path)).concat();
    all.retain(|ticket| ticket["summary"].as_str().is_some_and(|summary| summary.contains(part)));
    all
}

/// Texts of the private notes of a ticket.
fn notes(sandbox: &Sandbox, ticket: &Value) -> Vec<String> {
    let mut all = sandbox.halo.all("Actions");
    all.retain(|action| action["ticket_id"] == *ticket && action["hiddenfromuser"] == true);
    all.iter().map(|action| action["note"].as_str().unwrap_or_default().to_owned()).collect()
}
