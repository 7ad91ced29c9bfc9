//! Measures, and prints what it found as JSON: `cargo xtask bench` starts it and puts it into a table.

mod api;
mod browser;
mod pages;
mod planning;
mod relevance;
mod requests;
mod search;
mod seeds;
mod serve;
mod table;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = match words.as_slice() {
        ["api", size] => size.parse().map_err(|_| format!("no number: {size}")).and_then(api::measure),
        ["planning", size] => size.parse().map(planning::measure).map_err(|_| format!("no number: {size}")),
        ["relevance"] => relevance::measure(false),
        ["relevance", "missed"] => relevance::measure(true),
        ["requests"] => requests::measure(),
        ["pages"] => pages::measure(),
        ["table", size] => size.parse().map_err(|_| format!("no number: {size}")).and_then(table::measure),
        ["seeds", from, to] => match (from.parse(), to.parse()) {
            (Ok(from), Ok(to)) => Ok(seeds::run(from, to)),
            _ => Err(format!("no numbers: {from} {to}")),
        },
        ["browser", folder, sizes @ ..] => {
            let sizes: Vec<usize> = sizes.iter().filter_map(|size| size.parse().ok()).collect();
            browser::measure(Path::new(folder), &sizes)
        }
        ["search", folder, sizes @ ..] => {
            let sizes: Vec<usize> = sizes.iter().filter_map(|size| size.parse().ok()).collect();
            search::measure(Path::new(folder), &sizes)
        }
        _ => Err("usage: sidelight-bench api N | planning N | relevance [missed] | requests | pages | table N | seeds FROM TO | browser FOLDER N… | search FOLDER N…".to_owned()),
    };
    let (code, answer) = match found {
        Ok(found) => (ExitCode::SUCCESS, found),
        Err(error) => (ExitCode::FAILURE, json!({ "error": error })),
    };
    let _ = writeln!(std::io::stdout().lock(), "{answer}");
    code
}
