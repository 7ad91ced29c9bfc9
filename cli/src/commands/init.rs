//! `sidelight init` and `sidelight settings`: the configuration file, and the layouts that it names.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use sidelight::settings::{self, Settings};
use sidelight::sync::{describe, survey};
use sidelight::trouble::Explain;

use super::go::{self, Agreed};
use crate::args::Args;
use crate::config::{self, ConfigError, Environment};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Answer, Out};
use crate::show::{self, Report};

/// Writes the commented file. One that is there is left alone, which is a failure.
pub fn write(named: Option<&Path>, out: &Out) -> Result<Exit, Failure> {
    let path = place(named);
    if !written(&path)? {
        return Err(ConfigError::Exists(path).into());
    }
    told(out, &path);
    Ok(Exit::Done)
}

/// Writes the file where there is none, then makes the layouts that it names, after a yes.
pub async fn layouts(args: &Args, environment: Environment<'_>, out: &Out, yes: bool) -> Result<Exit, Failure> {
    let path = place(args.config.as_deref());
    if written(&path)? {
        told(out, &path);
    }
    let desk = Desk::open(args, environment).await?;
    let sides = desk.patient().await?;
    let plan = survey::layouts(&sides).await?;
    show::plan(out, &plan);
    let writes = plan.items.iter().filter(|item| item.writes()).count();
    if writes == 0 {
        out.text("Every layout is there, with its Halo ID field.");
        return Ok(Exit::Done);
    }
    if !yes {
        match out.ask(&format!("{}. Apply?", show::count(writes))) {
            Answer::Yes => {}
            Answer::No => {
                out.note("Nothing was written to Hudu.");
                return Ok(Exit::Act);
            }
            Answer::Nobody => {
                out.failure(&show::nobody_said_yes(out, "made"));
                return Ok(Exit::Act);
            }
        }
    }
    let agreed = Agreed { confirmed: true, ..Agreed::default() };
    go::apply(&desk, out, &sides, plan, agreed, &mut Report::default()).await
}

/// Prints the settings in force in the form of the file.
pub fn settings(desk: &Desk, out: &Out) -> Result<Exit, Failure> {
    out.whole(&settings::file::write(&desk.config.settings));
    Ok(Exit::Done)
}

/// Names of the layouts that the settings name and Hudu lacks, as sentences.
pub async fn missing(desk: &Desk) -> Vec<String> {
    let Ok(sides) = desk.sides().await else { return Vec::new() };
    match survey::layouts(&sides).await {
        Ok(plan) => {
            let lacking = plan.items.iter().filter(|item| item.writes());
            lacking.map(|item| describe::sentence(item, plan.direction)).collect()
        }
        Err(error) => vec![error.sentence()],
    }
}

fn place(named: Option<&Path>) -> PathBuf {
    named.unwrap_or(Path::new(config::FILE)).to_owned()
}

/// Whether the file was written now; `false` where there was one.
fn written(path: &Path) -> Result<bool, ConfigError> {
    let broken = |error: std::io::Error| ConfigError::Unwritten(path.to_owned(), error.to_string());
    match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            let text = settings::file::write(&Settings::default());
            file.write_all(text.as_bytes()).map(|()| true).map_err(broken)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(broken(error)),
    }
}

fn told(out: &Out, path: &Path) {
    out.note(&format!(
        "Wrote {}. Fill in the addresses, set the secrets in the environment, then try `sidelight check`.",
        path.display()
    ));
}
