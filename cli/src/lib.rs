//! Sidelight on the command line: the same core as in the browser, over reqwest and SQLite.
//!
//! [`host`] provides what the core asks of an operating system, [`config`] says which instances,
//! [`desk`] puts both together, and [`commands`] are what a person types. Everything that is printed
//! goes through [`out::Out`]; [`progress`] follows long work and [`interrupt`] ends it cleanly.

pub mod args;
pub mod commands;
pub mod config;
pub mod desk;
pub mod exit;
pub mod failure;
pub mod host;
pub mod interrupt;
pub mod out;
pub mod planfile;
pub mod progress;
pub mod show;

use std::process::ExitCode;

use sidelight::trouble::Explain;

use args::Args;
use exit::Exit;
use out::Out;

/// Reads the arguments, does what they say and answers the exit code.
pub fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(error) => {
            // Help and version come this way too. Where nobody listens there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Exit::Act.code() } else { Exit::Done.code() });
        }
    };
    let out = Out::system(args.command.form());
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            out.failure(&format!("Sidelight could not start: {error}."));
            return ExitCode::from(Exit::Act.code());
        }
    };
    let exit = runtime.block_on(async {
        match commands::run(&args, &out).await {
            Ok(exit) => exit,
            Err(failure) => {
                out.failure(&failure.sentence());
                out.json_once(&show::Report { trouble: Some(failure.trouble()), ..show::Report::default() });
                failure.exit()
            }
        }
    });
    // A read of standard input that nobody waits for any more must not hold up the end.
    runtime.shutdown_background();
    ExitCode::from(exit.code())
}
