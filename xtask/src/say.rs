//! What a task tells the person who runs it.

use std::io::Write;

/// A step that begins.
pub fn step(text: &str) {
    line(&format!("\n=== {text}"));
}

/// A line of its own.
pub fn line(text: &str) {
    // A closed pipe is no reason to stop a build.
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Why the task failed.
pub fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "\nerror: {text}");
}
