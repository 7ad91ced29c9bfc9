//! The project's own tasks: `cargo xtask help` lists them, one module each.

mod bench;
mod build;
mod check;
mod demo;
mod files;
mod pack;
mod paths;
mod peers;
mod run;
mod say;
mod setup;
mod test;
mod words;

use std::process::ExitCode;

use run::{Failure, Result};

/// A task as the command line names it.
struct Task {
    name: &'static str,
    /// The flags it takes; a task that takes words says `WORDS`.
    flags: &'static [&'static str],
    about: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const TASKS: &[Task] = &[
    Task {
        name: "build",
        flags: &["--dev"],
        about: "builds the extension into target/extension and a copy for tests into target/extension-test",
        run: build::task,
    },
    Task {
        name: "pack",
        flags: &[],
        about: "builds and writes the packages for both stores into target/package",
        run: pack::task,
    },
    Task {
        name: "check",
        flags: &["--tidy"],
        about: "format, clippy, house rules and the stores' linter; --tidy only the house rules",
        run: check::task,
    },
    Task {
        name: "test",
        flags: &["--native", "--browser", WORDS],
        about: "all tests; --native without browsers, --browser only those; a word picks tests by name",
        run: test::task,
    },
    Task {
        name: "bench",
        flags: &[WORDS],
        about: "measures a sync of everything (`sync`): requests, allowance, planning here and in Chromium, simulator; what fits a ticket (`relevance`); a streamed list (`api`); how soon pages show something (`pages`); search beside other libraries (`search`)",
        run: bench::task,
    },
    Task {
        name: "words",
        flags: &[],
        about: "puts the sentences of the code into every translation, and takes out what nobody says any more",
        run: words::task,
    },
    Task {
        name: "demo",
        flags: &["--headless", "--firefox"],
        about: "a local HaloITSM and Hudu, and a browser with Sidelight connected to them",
        run: demo::task,
    },
];

/// Stands for any word that is not a flag.
const WORDS: &str = "[NAME]";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = words.collect();
    match start(&name, &rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(reason)) => {
            say::error(&reason);
            ExitCode::FAILURE
        }
    }
}

fn start(name: &str, words: &[String]) -> Result<()> {
    if matches!(name, "help" | "--help" | "-h") {
        help();
        return Ok(());
    }
    let task = TASKS
        .iter()
        .find(|task| task.name == name)
        .ok_or_else(|| Failure(format!("no task is called {name}; see `cargo xtask help`")))?;
    for word in words {
        let known = task.flags.contains(&word.as_str()) || (!word.starts_with('-') && task.flags.contains(&WORDS));
        if !known {
            return Err(Failure(format!("{name} does not know {word}; see `cargo xtask help`")));
        }
    }
    (task.run)(words)
}

fn help() {
    say::line("Usage: cargo xtask TASK");
    for task in TASKS {
        let flags: String = task.flags.iter().map(|flag| format!(" {flag}")).collect();
        say::line(&format!("\n  {}{flags}\n      {}", task.name, task.about));
    }
}
