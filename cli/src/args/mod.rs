//! What a person may type.

mod api;
mod examples;
mod filters;
mod help;
mod kind;
mod recipe;
mod resources;
mod value;

use std::path::PathBuf;

use clap::{Args as Arguments, FromArgMatches, Parser, Subcommand};

pub use api::{
    CallOrder, DeleteOrder, DirectoryWork, GetOrder, HaloWork, HuduWork, InStep, ListOrder, McpOrder, Sheet,
    ToolsOrder, UpsertOrder,
};
pub use help::command;
pub use kind::{Area, Kind};
pub use recipe::{How, RecipeOrder, RecipeWork, dashed, typed};
pub use resources::{DirectoryOrder, HaloOrder, HuduOrder};

/// Hudu documentation and HaloITSM records in step, from the command line.
#[derive(Debug, Parser)]
#[command(name = "sidelight", version)]
pub struct Args {
    /// Configuration file, else ./sidelight.toml, else $XDG_CONFIG_HOME/sidelight/sidelight.toml.
    #[arg(long, global = true, help_heading = "Places", value_name = "FILE", env = "SIDELIGHT_CONFIG")]
    pub config: Option<PathBuf>,
    /// Folder for Sidelight's own data, else $XDG_DATA_HOME/sidelight.
    #[arg(long, global = true, help_heading = "Places", value_name = "DIR", env = "SIDELIGHT_STATE_DIR")]
    pub state_dir: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check both connections: what works, what is missing and what to do about it.
    Check(Output),
    /// Read both sides and tell what a sync of everything would write. Writes nothing.
    Plan(PlanOrder),
    /// Sync everything: apply a plan file, or plan now, show, ask and apply.
    Apply(ApplyOrder),
    /// Bring one Halo record into step with Hudu (an article that came from Hudu: the other way).
    Sync {
        /// Kind of the Halo record.
        kind: Kind,
        /// Id of the Halo record.
        #[arg(value_parser = value::id)]
        id: i64,
        /// How to go about it.
        #[command(flatten)]
        order: Order,
    },
    /// Publish a Hudu article in Halo's knowledge base, or refresh it there.
    Publish {
        /// Id of the Hudu article.
        #[arg(value_parser = value::id)]
        article: i64,
        /// How to go about it.
        #[command(flatten)]
        order: Order,
    },
    /// Take a run back, from the values as they were before it. Nothing is deleted.
    Undo {
        /// The run, as `sidelight runs` names it; the last one where none is named.
        run: Option<String>,
        /// Take back this item only, as `sidelight report` names it. May be given again.
        #[arg(long, value_name = "ID")]
        item: Vec<String>,
        /// How to go about it.
        #[command(flatten)]
        order: Order,
    },
    /// Tell which documents fit a ticket, best first, and why. Reads the client's documentation and the Central
    /// knowledge base; no text of the ticket leaves this computer.
    Suggest {
        /// Id of the ticket.
        #[arg(value_parser = value::id)]
        ticket: i64,
        /// How many at most.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=20))]
        limit: u8,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Find documentation of all clients by any of its words, serials, addresses or e-mail addresses; typing
    /// errors are forgiven. The first search reads Hudu, later ones what changed since.
    Search {
        /// What to look for.
        #[arg(required = true)]
        query: Vec<String>,
        /// How many at most.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u8).range(1..=200))]
        limit: u8,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// List what was done from this computer, newest first.
    Runs(Output),
    /// Tell what a run did, step by step.
    Report {
        /// The run, as `sidelight runs` names it; the last one where none is named.
        run: Option<String>,
        /// In which form the answer comes.
        #[arg(long, value_enum, default_value_t)]
        format: Form,
        /// Print every row, and the steps that had nothing to do.
        #[arg(long)]
        all: bool,
    },
    /// Go on with a run that was paused, stopped or left open.
    Resume {
        /// The run, as `sidelight runs` names it; every one that is paused or was left open where none is named.
        run: Option<String>,
        /// In which form the answer comes.
        #[command(flatten)]
        output: Output,
    },
    /// Forget what was read of both products, so that the next plan reads all of it again. Links and the history
    /// of runs stay.
    Forget(Output),
    /// Write a configuration file with comments. An existing file is left alone.
    Init {
        /// Make the layouts that the settings name in Hudu, or give them the field that they lack.
        #[arg(long)]
        create_layouts: bool,
        /// Make the layouts without asking.
        #[arg(long, short)]
        yes: bool,
    },
    /// List, read, write and delete records of HaloITSM: clients, tickets, assets and 18 other resources.
    Halo(HaloOrder),
    /// List and read records of Hudu: companies, assets, articles and everything else.
    Hudu(HuduOrder),
    /// Users (end users and agents) and groups (teams) of HaloITSM in one shape.
    Directory(DirectoryOrder),
    /// Recipes: alerts to tickets, onboarding and others. Plans, shows, asks and carries out; takes runs back.
    Recipe(RecipeOrder),
    /// List the tools that `call` and agents can use.
    Tools(ToolsOrder),
    /// Call one tool with JSON.
    Call(CallOrder),
    /// Serve the tools to agents over the Model Context Protocol: on standard input and output, or over HTTP.
    Mcp(McpOrder),
    /// Print what a shell needs to complete the words of this program.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each command into a folder.
    Man {
        /// The folder.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Print the settings in force as a file, without secrets: the extension reads it, and this program.
    Settings,
}

impl Command {
    /// In which form the answer comes.
    pub fn form(&self) -> Form {
        match self {
            Command::Check(output)
            | Command::Runs(output)
            | Command::Forget(output)
            | Command::Resume { output, .. } => output.format,
            Command::Sync { order, .. } | Command::Publish { order, .. } | Command::Undo { order, .. } => {
                order.output.format
            }
            Command::Suggest { json, .. } | Command::Search { json, .. } => {
                if *json {
                    Form::Json
                } else {
                    Form::Table
                }
            }
            Command::Plan(order) => order.format,
            Command::Apply(order) => order.output.format,
            Command::Report { format, .. } => *format,
            // Standard output belongs to the protocol.
            Command::Mcp(_) => Form::Csv,
            Command::Init { .. } | Command::Settings | Command::Completions { .. } | Command::Man { .. } => Form::Table,
            Command::Halo(HaloOrder { work: HaloWork::List(order), .. })
            | Command::Hudu(HuduOrder { work: HuduWork::List(order), .. }) => order.format.form(),
            Command::Halo(HaloOrder { work: HaloWork::Get(order), .. })
            | Command::Hudu(HuduOrder { work: HuduWork::Get(order), .. }) => order.format.form(),
            Command::Halo(HaloOrder { work: HaloWork::Upsert(order), .. }) => order.format.form(),
            Command::Halo(HaloOrder { work: HaloWork::Delete(_), .. }) => Form::Table,
            Command::Directory(DirectoryOrder { work: DirectoryWork::List(order), .. }) => order.format.form(),
            Command::Directory(DirectoryOrder { work: DirectoryWork::Sync(order), .. }) => order.format,
            Command::Directory(_) => Form::Json,
            Command::Recipe(order) => order.work.form(),
            Command::Tools(order) => {
                if order.json {
                    Form::Json
                } else {
                    Form::Table
                }
            }
            Command::Call(order) => {
                if order.yes {
                    Form::Json
                } else {
                    Form::Table
                }
            }
        }
    }
}

/// In which form an answer comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// For people.
    #[default]
    Table,
    /// One JSON value; nothing is asked.
    Json,
    /// One line for each field that changes, with a head line.
    Csv,
}

/// In which form the answer comes.
#[derive(Clone, Debug, Arguments)]
pub struct Output {
    /// In which form the answer comes. With json nothing is asked.
    #[arg(long, default_value = "table", value_parser = table_or_json)]
    pub format: Form,
}

/// For answers that are no table of fields.
fn table_or_json(text: &str) -> Result<Form, String> {
    match text {
        "table" => Ok(Form::Table),
        "json" => Ok(Form::Json),
        _ => Err("table and json are known here".to_owned()),
    }
}

/// What is covered.
#[derive(Clone, Debug, Default, Arguments)]
pub struct Narrow {
    /// Kinds of record, with commas between them; else those of the configuration.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KINDS")]
    pub only: Vec<Area>,
    /// Halo id of a client. May be given again; else all clients.
    #[arg(long, value_name = "ID", value_parser = value::id)]
    pub client: Vec<i64>,
}

/// How to plan.
#[derive(Clone, Debug, Arguments)]
pub struct PlanOrder {
    /// What is covered.
    #[command(flatten)]
    pub narrow: Narrow,
    /// Keep the plan in this file, for `sidelight apply FILE`.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// End with exit code 3 where something is to be written.
    #[arg(long)]
    pub check: bool,
    /// Print every row, and those that are in step.
    #[arg(long)]
    pub all: bool,
    /// Print old and new value of each field.
    #[arg(long)]
    pub details: bool,
    /// In which form the answer comes.
    #[arg(long, value_enum, default_value_t)]
    pub format: Form,
}

/// How to sync everything.
#[derive(Clone, Debug, Arguments)]
pub struct ApplyOrder {
    /// A file written by `sidelight plan --out`; without one both sides are read now.
    #[arg(value_name = "PLAN", conflicts_with_all = ["only", "client"])]
    pub plan: Option<PathBuf>,
    /// What is covered.
    #[command(flatten)]
    pub narrow: Narrow,
    /// Apply without asking, also a plan file that is older than a day.
    #[arg(long, short)]
    pub yes: bool,
    /// Agree to a plan that changes far more than usual, which --yes alone does not.
    #[arg(long)]
    pub confirm: bool,
    /// Leave this item out, as `sidelight plan --format json` names it. May be given again.
    #[arg(long, value_name = "ITEM")]
    pub except: Vec<String>,
    /// Write over values that were edited by hand on the other side since the last sync.
    #[arg(long)]
    pub overwrite: bool,
    /// In which form the answer comes.
    #[command(flatten)]
    pub output: Output,
}

/// How to go about a change of one record.
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

impl Args {
    /// Reads the arguments of this process.
    pub fn read() -> Result<Self, clap::Error> {
        Self::from_arg_matches(&help::command().try_get_matches()?)
    }
}
