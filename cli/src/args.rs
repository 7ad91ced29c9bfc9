//! What a person may type.

use std::path::PathBuf;

use clap::{Args as Arguments, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use sidelight::halo::record::{RecordKind, RecordRef};

use crate::config::NAMES;

/// Hudu documentation and HaloITSM records in step, from the command line.
#[derive(Debug, Parser)]
#[command(name = "sidelight", version)]
pub struct Args {
    /// Configuration file, else $XDG_CONFIG_HOME/sidelight/config.toml.
    #[arg(long, global = true, help_heading = "Places", value_name = "FILE", env = "SIDELIGHT_CONFIG")]
    pub config: Option<PathBuf>,
    /// Folder for Sidelight's own data, else $XDG_DATA_HOME/sidelight.
    #[arg(long, global = true, help_heading = "Places", value_name = "DIR", env = "SIDELIGHT_DATA")]
    pub data: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check both connections: what works, what is missing and what to do about it.
    Check(Output),
    /// Bring a Halo record into step with Hudu (an article that came from Hudu: the other way).
    Sync {
        /// Kind of the Halo record.
        kind: Kind,
        /// Id of the Halo record.
        #[arg(value_parser = clap::value_parser!(i64).range(1..))]
        id: i64,
        /// How to go about it.
        #[command(flatten)]
        order: Order,
    },
    /// Publish a Hudu article in Halo's knowledge base, or refresh it there.
    Publish {
        /// Id of the Hudu article.
        #[arg(value_parser = clap::value_parser!(i64).range(1..))]
        article: i64,
        /// How to go about it.
        #[command(flatten)]
        order: Order,
    },
    /// Take a run back, from the values as they were before it. Nothing is deleted.
    Undo {
        /// The run, as `sidelight runs` names it; the last one where none is named.
        run: Option<String>,
        /// How to go about it.
        #[command(flatten)]
        order: Order,
    },
    /// List what was done from this computer, newest first.
    Runs(Output),
    /// Go on with runs that were left open.
    Resume(Output),
}

impl Command {
    /// Whether the answer is to be JSON.
    pub fn json(&self) -> bool {
        match self {
            Command::Check(output) | Command::Runs(output) | Command::Resume(output) => output.json,
            Command::Sync { order, .. } | Command::Publish { order, .. } | Command::Undo { order, .. } => {
                order.output.json
            }
        }
    }
}

/// In which form the answer comes.
#[derive(Clone, Debug, Arguments)]
pub struct Output {
    /// Print one JSON object and ask nothing.
    #[arg(long)]
    pub json: bool,
}

/// How to go about a change.
#[derive(Clone, Debug, Arguments)]
pub struct Order {
    /// Apply the plan without asking.
    #[arg(long, short)]
    pub yes: bool,
    /// Show the plan and write nothing.
    #[arg(long, short = 'n', conflicts_with = "yes")]
    pub dry_run: bool,
    /// The Hudu record that is meant, where several could be. May be given again, for a client and then its record.
    #[arg(long, value_name = "HUDU_ID")]
    pub choose: Vec<i64>,
    /// Write over values that were edited by hand on the other side since the last sync.
    #[arg(long)]
    pub overwrite: bool,
    /// In which form the answer comes.
    #[command(flatten)]
    pub output: Output,
}

/// Kinds of Halo record that can be synced.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    /// A client, with its main site's address and phone.
    Client,
    /// A site.
    Site,
    /// A user.
    User,
    /// An asset.
    Asset,
    /// A contract.
    Contract,
    /// A knowledge-base article that came from Hudu.
    Article,
}

impl Kind {
    /// The record of that kind and id.
    pub fn record(self, id: i64) -> RecordRef {
        let kind = match self {
            Kind::Client => RecordKind::Client,
            Kind::Site => RecordKind::Site,
            Kind::User => RecordKind::User,
            Kind::Asset => RecordKind::Asset,
            Kind::Contract => RecordKind::Contract,
            Kind::Article => RecordKind::Article,
        };
        RecordRef::new(kind, id)
    }
}

impl Args {
    /// Reads the arguments of this process.
    pub fn read() -> Result<Self, clap::Error> {
        let command = Self::command().after_long_help(ending()).after_help(EXITS);
        let matches = command.mut_subcommands(|command| command.after_help(EXITS)).try_get_matches()?;
        Self::from_arg_matches(&matches)
    }
}

const EXITS: &str = "Exit codes:
  0  done, or nothing to do
  1  failed; the sentence says why
  2  the command or the configuration is wrong
  3  a person has to decide: several records could be meant (--choose), values were edited by hand
     on the other side (--overwrite), or the plan was not confirmed (--yes)";

/// Exit codes, file and environment.
fn ending() -> String {
    let mut text = format!("{EXITS}\n\nEnvironment (on top of the file; secrets stand here only):\n");
    let width = NAMES.iter().map(|name| name.variable.len()).max().unwrap_or_default();
    for name in NAMES {
        let place = if name.secret { String::new() } else { format!("; [{}] {}", name.section, name.key) };
        text.push_str(&format!("  {:width$}  {}{place}\n", name.variable, name.about));
    }
    text.push_str(
        "\nFile (TOML): the sections [halo] and [hudu] with the keys above, [sync] with the choices of how records\n\
         go over (sites_layout, people_layout, contracts_layout, default_layout, sort_rules, keys, policies,\n\
         id_number, ended_contracts, show_for_all) and [rates] with the requests allowed.\n\
         NO_COLOR switches colours off.",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        Args::command().debug_assert();
        assert!(ending().contains("SIDELIGHT_HUDU_API_KEY"));
    }
}
