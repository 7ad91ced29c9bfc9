//! The program `sidelight`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sidelight_cli::main()
}
