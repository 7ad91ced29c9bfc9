//! A sync of everything: planning, requests, the use of the allowance, and the simulator's seeds.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use super::table::Table;
use crate::build::wasm_flags_for;
use crate::run::{Failure, Result, answer, cargo, locked, run};
use crate::{paths, say};

/// Assets on each side.
const SIZES: [&str; 3] = ["1000", "10000", "100000"];

/// Seeds of the simulator; `SIDELIGHT_SEEDS` says otherwise.
const SEEDS: u64 = 2000;

pub(super) const MIB: f64 = 1024.0 * 1024.0;

/// `cargo xtask bench sync`
pub fn measure() -> Result<()> {
    say::step("Building what measures");
    program_built()?;
    let folder = module_of("sidelight-bench", "sidelight_bench")?;
    say::step("Planning, natively");
    planning(&SIZES.map(|size| measured(&["planning", size])).into_iter().collect::<Result<Vec<_>>>()?, "").print();
    say::step("Planning, as WASM in Chromium");
    let folder = folder.to_string_lossy().into_owned();
    let mut words = vec!["browser", folder.as_str()];
    words.extend(SIZES);
    planning(&list(measured(&words)?), "< 1500 ms, < 300 MiB").print();
    say::step("Requests of a sync, and the use of Hudu's allowance, in virtual time");
    requests(&list(measured(&["requests"])?)).print();
    seeds()
}

/// Builds the measuring program.
pub(super) fn program_built() -> Result<()> {
    run(cargo().args(["build", "--release", "-p", "sidelight-tests", "--bin", "sidelight-bench"]).args(locked()))
}

/// A package as a module for a page.
pub(super) fn module_of(package: &str, file: &str) -> Result<PathBuf> {
    run(wasm_flags_for(cargo().args(["build", "--release"]), &[package])?)?;
    let folder = paths::target().join("bench");
    std::fs::create_dir_all(&folder)?;
    let input = paths::wasm_target().join(format!("wasm32-unknown-unknown/release/{file}.wasm"));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .typescript(false)
        .no_modules(true)
        .and_then(|bindgen| bindgen.generate(&folder))
        .map_err(|e| Failure(format!("wasm-bindgen: {e:#}")))?;
    Ok(folder)
}

fn program() -> Command {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(paths::target, PathBuf::from);
    crate::run::program(&target.join("release/sidelight-bench").to_string_lossy())
}

/// What the measuring program found.
pub(super) fn measured(words: &[&str]) -> Result<Value> {
    let text = answer(program().args(words))?;
    let found: Value =
        serde_json::from_str(&text).map_err(|e| Failure(format!("sidelight-bench {}: {e}: {text}", words[0])))?;
    match found["error"].as_str() {
        Some(error) => Err(Failure(format!("sidelight-bench {}: {error}", words[0]))),
        None => Ok(found),
    }
}

pub(super) fn list(value: Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

pub(super) fn number(row: &Value, member: &str) -> f64 {
    row[member].as_f64().unwrap_or_default()
}

/// Time and memory for each size; the largest has a target, and growth has one for all.
fn planning(rows: &[Value], wanted: &str) -> Table {
    let mut table = Table::default();
    for (at, row) in rows.iter().enumerate() {
        let last = at + 1 == rows.len();
        let found = format!("{:.0} ms, {:.0} MiB", number(row, "ms"), number(row, "peak_bytes") / MIB);
        table.line(&format!("{} assets", row["assets"]), found, if last { wanted } else { "" });
        table.line("  of that making Halo's records", format!("{:.0} ms", number(row, "making_ms")), "");
        // A browser makes the module fast while it runs for the first time; a program is given its memory.
        table.line("  the first time", format!("{:.0} ms", number(row, "first_ms")), "");
        if let Some(before) = at.checked_sub(1).map(|at| &rows[at]) {
            let grown = number(row, "ms") / number(before, "ms").max(0.001);
            table.line("  ten times as many take", format!("{grown:.1} times as long"), "about 10");
        }
    }
    table
}

fn requests(rows: &[Value]) -> Table {
    let mut table = Table::default();
    for row in rows {
        let name = row["sync"].as_str().unwrap_or_default();
        let (used, bound) = (number(row, "requests"), number(row, "lower_bound"));
        let parts = format!("{} pages + {} details + {} writes", row["pages"], row["details"], row["writes"]);
        table.line(&format!("{name} sync"), format!("{used} of {bound} requests"), "");
        table.line("  lower bound", parts, "");
        // A run of a few writes looks at Hudu before and after, which is most of what it costs.
        let wanted = if name == "after edits" { "" } else { "at most 1.02" };
        table.line("  ratio", format!("{:.3}", used / bound.max(1.0)), wanted);
        match name {
            "second" => table.line("  writes", row["writes"].to_string(), "0"),
            "after edits" => table.line("  writes", row["writes"].to_string(), &row["edits"].to_string()),
            _ => {
                table.line("  records a second", format!("{:.2}", number(row, "per_second")), "");
                let share = row["allowance"].as_f64().map_or("too short to say".to_owned(), percent);
                table.line("  of the allowance", share, "at least 95 %");
                table.line("  refused for the rate", row["refused"].to_string(), "0");
                let seconds = number(row, "behind_a_look_ms") / 1000.0;
                let behind = format!("{} updates, {seconds:.1} s", row["behind_a_look"]);
                table.line("  at most behind a look", behind, "at most 75");
            }
        }
        table.line("  ended", row["state"].as_str().unwrap_or_default().to_owned(), "Done");
    }
    table
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// The simulator, on every processor at once.
fn seeds() -> Result<()> {
    let asked = std::env::var("SIDELIGHT_SEEDS").ok().and_then(|text| text.parse().ok());
    let all: u64 = asked.unwrap_or(SEEDS);
    say::step(&format!("Simulating {all} seeds"));
    let parts = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let bounds = |part: u64| (all * part / parts).to_string();
    let running: Vec<_> = (0..parts)
        .map(|part| program().args(["seeds", &bounds(part), &bounds(part + 1)]).stdout(Stdio::piped()).spawn())
        .collect::<std::io::Result<_>>()?;
    let mut table: std::collections::BTreeMap<String, u64> = Default::default();
    let mut failed = Vec::new();
    for child in running {
        let output = child.wait_with_output()?;
        let found: Value = serde_json::from_slice(&output.stdout).map_err(|e| Failure(format!("seeds: {e}")))?;
        for (name, count) in found["counts"].as_object().into_iter().flatten() {
            *table.entry(name.clone()).or_default() += count.as_u64().unwrap_or_default();
        }
        failed.extend(list(found["failed"].clone()));
    }
    let mut shown = Table::default();
    for (name, count) in table {
        shown.line(&name, count.to_string(), "");
    }
    shown.line("seeds that did not hold", failed.len().to_string(), "0");
    shown.print();
    match failed.first() {
        None => Ok(()),
        Some(seed) => Err(Failure(format!("see `sidelight-bench seeds {seed} {seed}+1`; all: {failed:?}"))),
    }
}
