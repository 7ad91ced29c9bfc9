//! Running other programs, and failing with one clear sentence.

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitStatus, Stdio};

use crate::{paths, say};

/// Why a task stopped, as a sentence for the person who ran it.
#[derive(Debug)]
pub struct Failure(pub String);

/// Result of a task or a part of one.
pub type Result<T> = std::result::Result<T, Failure>;

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// A program to be run in the project's folder.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(paths::root()).stdin(Stdio::null());
    command
}

/// The same cargo that runs this task.
pub fn cargo() -> Command {
    let mut command = program(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    // Cargo sets these for xtask itself; left in, they would make other packages build anew.
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST") {
            command.env_remove(name);
        }
    }
    command
}

/// `--locked` where nobody is there to commit a changed lock file.
pub fn locked() -> &'static [&'static str] {
    if std::env::var_os("CI").is_some() { &["--locked"] } else { &[] }
}

/// Shows the command, runs it with its output in view and fails if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    say::line(&format!("$ {shown}"));
    let status = command.status().map_err(|e| Failure(format!("`{shown}` did not start: {e}")))?;
    if status.success() { Ok(()) } else { Err(Failure(format!("`{shown}` failed ({status})"))) }
}

/// Shows the command, runs it with its output in view and listens to each line of it; fails only where it does
/// not start.
pub fn listen(command: &mut Command, mut heard: impl FnMut(&str)) -> Result<ExitStatus> {
    let shown = shown(command);
    say::line(&format!("$ {shown}"));
    let not_started = |e| Failure(format!("`{shown}` did not start: {e}"));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(not_started)?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            say::line(&line);
            heard(&line);
        }
    }
    Ok(child.wait()?)
}

/// What a command writes to its standard output, whether it succeeds or not.
pub fn answer(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let output =
        command.stderr(Stdio::inherit()).output().map_err(|e| Failure(format!("`{shown}` did not start: {e}")))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn shown(command: &Command) -> String {
    let name = std::path::Path::new(command.get_program()).file_name();
    let words: Vec<_> =
        name.into_iter().chain(command.get_args()).map(|word| word.to_string_lossy().into_owned()).collect();
    words.join(" ")
}
