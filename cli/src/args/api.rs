//! What a person may type to work with the resources of both products.

use std::path::PathBuf;

use clap::{Args as Arguments, Subcommand, ValueEnum};

use super::Form;

/// In which form records come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Sheet {
    /// Columns, for people.
    #[default]
    Table,
    /// One JSON value: `result` and `next_cursor`.
    Json,
    /// One record on each line.
    Ndjson,
    /// For spreadsheets.
    Csv,
}

impl Sheet {
    /// How the rest of the program is to speak beside it.
    pub fn form(self) -> Form {
        match self {
            Sheet::Table => Form::Table,
            Sheet::Json => Form::Json,
            Sheet::Ndjson | Sheet::Csv => Form::Csv,
        }
    }
}

/// What to do with records of HaloITSM.
#[derive(Debug, Subcommand)]
pub enum HaloWork {
    /// List records.
    List(ListOrder),
    /// Read single records with their details.
    Get(GetOrder),
    /// Create records (without id) or change them (with id), from a file or standard input: one object, an array, or one on each line.
    Upsert(UpsertOrder),
    /// Delete records. Says what will go, and asks.
    Delete(DeleteOrder),
}

/// What to do with records of Hudu.
#[derive(Debug, Subcommand)]
pub enum HuduWork {
    /// List records.
    List(ListOrder),
    /// Read single records.
    Get(GetOrder),
}

/// What to do with users or groups.
#[derive(Debug, Subcommand)]
pub enum DirectoryWork {
    /// List them.
    List(ListOrder),
    /// Read one.
    Get {
        /// user/77, agent/3 or team/5.
        id: String,
    },
    /// Make one from JSON: {"name": …, "email": …, "site_id": …}.
    Create {
        /// Its members.
        record: String,
    },
    /// Change one with JSON; only the members that are given.
    Update {
        /// user/77, agent/3 or team/5.
        id: String,
        /// The members that change.
        record: String,
    },
    /// Make one inactive. Its history stays.
    Deactivate {
        /// user/77, agent/3 or team/5.
        id: String,
    },
    /// Bring them into step: HaloITSM and Hudu both ways or one, or a file into one of them, or into a file.
    Sync(Box<InStep>),
}

/// How people are brought into step.
#[derive(Debug, Arguments)]
pub struct InStep {
    /// halo, hudu, or a CSV or JSON file. Without --from and --to values go both ways.
    #[arg(long, value_name = "SIDE")]
    pub from: Option<String>,
    /// halo, hudu, or a file that is written.
    #[arg(long, value_name = "SIDE")]
    pub to: Option<String>,
    /// Both ways between halo and hudu.
    #[arg(long)]
    pub two_way: bool,
    /// Only people of this client; of a file, the client of rows that name none.
    #[arg(long, value_name = "ID", value_parser = super::value::id)]
    pub client: Option<i64>,
    /// Whoever left one side is put away on the other. Nobody is deleted.
    #[arg(long)]
    pub leavers: bool,
    /// Who wins, by field: '{"phone": "halo", "title": "only_if_empty"}'.
    #[arg(long, value_name = "JSON")]
    pub fields: Option<String>,
    /// Who wins where nothing is said of a field.
    #[arg(long, value_name = "RULE")]
    pub usual: Option<String>,
    /// Hudu's layout of people.
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
    /// agents instead of end users, in files.
    #[arg(long)]
    pub agents: bool,
    /// Pass over rows of the file that cannot be read.
    #[arg(long)]
    pub skip_bad_rows: bool,
    /// Show the plan and write nothing.
    #[arg(long, short = 'n', visible_alias = "dry-run", conflicts_with = "yes")]
    pub plan: bool,
    /// Carry it out without asking.
    #[arg(long, short = 'y')]
    pub yes: bool,
    /// Agree to a plan that changes far more than usual, which --yes alone does not.
    #[arg(long)]
    pub confirm: bool,
    /// In which form the answer comes: table or json. With json nothing is asked.
    #[arg(long, default_value = "table", value_parser = super::table_or_json)]
    pub format: super::Form,
}

/// Which records of a list, and how they come.
#[derive(Clone, Debug, Arguments)]
pub struct ListOrder {
    /// The documented filters that were given as options, by their names in the API.
    #[arg(skip)]
    pub given: Vec<(String, String)>,
    /// Any other filter of the API, passed on as it is. May be given again.
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub filter: Vec<(String, String)>,
    /// How many records at once; the server may give fewer or more.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Go on where an earlier list ended.
    #[arg(long, value_name = "CURSOR")]
    pub cursor: Option<String>,
    /// All records, page by page as they come.
    #[arg(long)]
    pub all: bool,
    /// Members to show, with commas between them.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// In which form records come.
    #[arg(long, value_enum, default_value_t)]
    pub format: Sheet,
}

/// Which single records.
#[derive(Clone, Debug, Arguments)]
pub struct GetOrder {
    /// Ids of the records.
    #[arg(required = true, value_name = "ID", value_parser = super::value::id)]
    pub ids: Vec<i64>,
    /// The ticket, for actions: their ids start again in each.
    #[arg(skip)]
    pub ticket: Option<i64>,
    /// Where the file of an attachment is written.
    #[arg(skip)]
    pub out: Option<PathBuf>,
    /// In which form records come.
    #[arg(long, value_enum, default_value_t = Sheet::Json)]
    pub format: Sheet,
}

/// Which records are written.
#[derive(Clone, Debug, Arguments)]
pub struct UpsertOrder {
    /// A file; without one, or with -, standard input.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Changes sent at once. New records go one by one, so that none is made twice.
    #[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub batch: u32,
    /// Write down here what is done; given again after a stop, the same input goes on where it was.
    #[arg(long, value_name = "FILE")]
    pub progress: Option<PathBuf>,
    /// In which form the result of each record comes.
    #[arg(long, value_enum, default_value_t = Sheet::Ndjson)]
    pub format: Sheet,
}

/// Which records are deleted.
#[derive(Clone, Debug, Arguments)]
pub struct DeleteOrder {
    /// Ids of the records.
    #[arg(required = true, value_name = "ID", value_parser = super::value::id)]
    pub ids: Vec<i64>,
    /// The ticket, for actions: their ids start again in each.
    #[arg(skip)]
    pub ticket: Option<i64>,
    /// Why, for HaloITSM's own record of it, where it keeps one.
    #[arg(skip)]
    pub reason: Option<String>,
    /// Delete without asking.
    #[arg(long, short)]
    pub yes: bool,
}

/// Which tools.
#[derive(Clone, Debug, Arguments)]
pub struct ToolsOrder {
    /// Only tools with this in their name; one exact name tells all of it.
    pub name: Option<String>,
    /// With their JSON schemas, as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Which tool is called, and how far it may reach.
#[derive(Clone, Debug, Arguments)]
pub struct CallOrder {
    /// Name of the tool.
    pub tool: String,
    /// Its arguments as JSON; - reads them from standard input.
    #[arg(long, value_name = "JSON", default_value = "{}")]
    pub args: String,
    /// Call a tool that may take away what is there without asking.
    #[arg(long, short)]
    pub yes: bool,
    /// Only records of this HaloITSM client and of its company in Hudu.
    #[arg(long, value_name = "ID", value_parser = super::value::id)]
    pub client: Option<i64>,
    /// Let the tool that answers a secret do so.
    #[arg(long)]
    pub allow_secrets: bool,
}

/// What agents are offered.
#[derive(Clone, Debug, Arguments)]
pub struct McpOrder {
    /// Serve over HTTP on this port of the loopback (0 for any) instead of standard input and output. Asks for a token:
    /// that of SIDELIGHT_MCP_TOKEN, else one that is drawn and printed at the start.
    #[arg(long, value_name = "PORT")]
    pub http: Option<u16>,
    /// Only tools that change nothing.
    #[arg(long)]
    pub read_only: bool,
    /// Only this tool. May be given again.
    #[arg(long, value_name = "TOOL")]
    pub allow: Vec<String>,
    /// Only records of this HaloITSM client and of its company in Hudu.
    #[arg(long, value_name = "ID", value_parser = super::value::id)]
    pub client: Option<i64>,
    /// Offer the tool that answers a secret.
    #[arg(long)]
    pub allow_secrets: bool,
}

/// `name=value`.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("a filter is written NAME=VALUE, for example open_only=true".to_owned()),
    }
}
