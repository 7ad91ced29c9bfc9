//! Mozilla's linter on the built extension: no errors; warnings are shown.

use serde_json::Value;

use crate::run::{Failure, Result, answer, program};
use crate::{paths, say};

/// Runs `web-ext lint`.
pub fn check() -> Result<()> {
    let mut command = program("node_modules/.bin/web-ext");
    command.args(["lint", "--output=json", "--no-config-discovery", "--source-dir"]).arg(paths::extension());
    let answer = answer(&mut command)?;
    let report: Value =
        serde_json::from_str(&answer).map_err(|e| Failure(format!("web-ext lint answered no JSON ({e}): {answer}")))?;
    for kind in ["errors", "warnings"] {
        for entry in report[kind].as_array().into_iter().flatten() {
            let [code, file, message] = ["code", "file", "message"].map(|key| entry[key].as_str().unwrap_or("-"));
            say::line(&format!("  {kind}: {code} in {file}: {message}"));
        }
    }
    match report["summary"]["errors"].as_u64() {
        Some(0) => Ok(()),
        Some(count) => Err(Failure(format!("web-ext lint found {count} errors"))),
        None => Err(Failure(format!("web-ext lint gave no summary: {answer}"))),
    }
}
