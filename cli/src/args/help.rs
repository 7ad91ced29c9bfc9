//! What `--help` tells beside the arguments: examples, exit codes, environment and file.

use clap::CommandFactory;

use super::{Args, examples};
use crate::config::NAMES;

const EXITS: &str = "Exit codes:
  0  done, or nothing to do
  1  a defect: please report it
  2  the user must act first: arguments, configuration, credentials, a server that cannot be reached, a
     choice between records (--choose), values edited by hand (--overwrite), a plan not confirmed (--yes)
  3  changes are pending (plan --check)
  4  done in part: some records failed or are left, and are listed";

/// The whole command line with its help.
pub fn command() -> clap::Command {
    let command = Args::command().after_long_help(ending()).after_help(EXITS);
    command.mut_subcommands(|command| {
        let teaching = format!("{}\n{EXITS}", examples::of(command.get_name()));
        command.after_help(teaching)
    })
}

/// Exit codes, environment and file.
fn ending() -> String {
    let mut text = format!("{EXITS}\n\nEnvironment (on top of the file; secrets stand here only):\n");
    let width = NAMES.iter().map(|name| name.variable.len()).max().unwrap_or_default();
    for name in NAMES {
        let place = if name.secret { String::new() } else { format!("; [{}] {}", name.section, name.key) };
        text.push_str(&format!("  {:width$}  {}{place}\n", name.variable, name.about));
    }
    text.push_str(
        "\nFile (TOML): ./sidelight.toml where there is one, else sidelight/sidelight.toml in the user's own\n\
         configuration. `sidelight init` writes one that explains each choice; the file that the extension\n\
         exports serves as well, and `sidelight settings` prints one for the extension.\n\n\
         A run ends cleanly after the first Ctrl-C (or SIGTERM, or the end of its terminal) and is gone on with by\n\
         `sidelight resume`; the second one ends the program at once. NO_COLOR switches colours off.",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        command().debug_assert();
        assert!(ending().contains("SIDELIGHT_HUDU_API_KEY"));
    }
}
