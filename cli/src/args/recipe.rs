//! What a person may type to work with recipes. The options of each recipe are made from its schema.

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args as Arguments, Command, FromArgMatches, Subcommand};
use serde_json::Value;
use sidelight::recipes::{ALL, Recipe};

use super::Form;

/// Recipes: what is done again and again between both products.
#[derive(Debug, Arguments)]
pub struct RecipeOrder {
    /// What to do.
    #[command(subcommand)]
    pub work: RecipeWork,
}

/// What to do with recipes.
#[derive(Debug)]
pub enum RecipeWork {
    /// Tell which there are.
    List(Form),
    /// List what was run from this computer, newest first.
    Runs(Form),
    /// Take a run back; the last one where none is named.
    Undo {
        /// The run.
        run: Option<String>,
        /// How to go about it.
        how: How,
    },
    /// Plan, show, ask and carry out.
    Run {
        /// Name of the recipe.
        recipe: &'static str,
        /// Arguments that were given as options: name and text.
        given: Vec<(String, String)>,
        /// All arguments as JSON, or a file with them.
        args: Option<String>,
        /// How to go about it.
        how: How,
    },
}

/// How to go about a change.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// Show the plan and write nothing.
    pub plan: bool,
    /// Carry it out without asking.
    pub yes: bool,
    /// Agree to a plan that changes far more than usual.
    pub confirm: bool,
    /// In which form the answer comes.
    pub form: Form,
}

impl RecipeWork {
    /// In which form the answer comes.
    pub fn form(&self) -> Form {
        match self {
            RecipeWork::List(form) | RecipeWork::Runs(form) => *form,
            RecipeWork::Undo { how, .. } | RecipeWork::Run { how, .. } => how.form,
        }
    }
}

/// The name of an argument as an option is spelled.
pub fn dashed(name: &str) -> String {
    name.replace('_', "-")
}

fn format() -> Arg {
    let parser = ValueParser::new(|text: &str| match text {
        "table" => Ok(Form::Table),
        "json" => Ok(Form::Json),
        _ => Err("table and json are known here"),
    });
    Arg::new("format")
        .long("format")
        .value_parser(parser)
        .default_value("table")
        .help("In which form the answer comes. With json nothing is asked")
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

fn how(command: Command) -> Command {
    command
        .arg(flag("plan", "Show the plan and write nothing").short('n').visible_alias("dry-run").conflicts_with("yes"))
        .arg(flag("yes", "Carry it out without asking").short('y'))
        .arg(flag("confirm", "Agree to a plan that changes far more than usual, which --yes alone does not"))
        .arg(format())
}

fn of_recipe(recipe: &'static Recipe) -> Command {
    let schema = (recipe.arguments)();
    let mut command = Command::new(dashed(recipe.name)).about(recipe.about).long_about(recipe.about);
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        let kind = schema["type"].as_str().unwrap_or("text");
        let mut arg = Arg::new(name.clone()).long(dashed(name)).value_name(match kind {
            "integer" | "number" => "NUMBER",
            "boolean" => "true|false",
            "array" | "object" => "JSON|@FILE",
            _ => "TEXT",
        });
        if kind == "boolean" {
            arg = arg.num_args(0..=1).default_missing_value("true");
        }
        if let Some(meaning) = schema["description"].as_str() {
            arg = arg.help(meaning.to_owned());
        }
        command = command.arg(arg);
    }
    let args = Arg::new("args").long("args").value_name("JSON|FILE");
    how(command.arg(args.help("All arguments as JSON, or a file with them; options come on top")))
}

fn how_of(matches: &ArgMatches) -> How {
    let form = matches.get_one::<Form>("format").copied().unwrap_or_default();
    let flag = |name: &str| matches.get_flag(name);
    How { plan: flag("plan"), yes: flag("yes"), confirm: flag("confirm"), form }
}

impl FromArgMatches for RecipeWork {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, matches) = matches.subcommand().ok_or_else(missing)?;
        let form = matches.get_one::<Form>("format").copied().unwrap_or_default();
        Ok(match name {
            "list" => RecipeWork::List(form),
            "runs" => RecipeWork::Runs(form),
            "undo" => RecipeWork::Undo { run: matches.get_one::<String>("run").cloned(), how: how_of(matches) },
            name => {
                let recipe = Recipe::named(name).map_err(|_| missing())?;
                let schema = (recipe.arguments)();
                let names = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone());
                let given =
                    names.filter_map(|name| Some((name.clone(), matches.get_one::<String>(&name)?.clone()))).collect();
                let args = matches.get_one::<String>("args").cloned();
                RecipeWork::Run { recipe: recipe.name, given, args, how: how_of(matches) }
            }
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for RecipeWork {
    fn augment_subcommands(command: Command) -> Command {
        let run =
            Arg::new("run").help("The run, as `sidelight recipe runs` names it; the last one where none is named");
        let undo = Command::new("undo")
            .about("Take a run back. Nothing is deleted: what it made is closed, set inactive or archived")
            .arg(run);
        command
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand(Command::new("list").about("Tell which recipes there are").arg(format()))
            .subcommands(ALL.iter().map(of_recipe))
            .subcommand(Command::new("runs").about("List what was run from this computer, newest first").arg(format()))
            .subcommand(how(undo))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        ["list", "runs", "undo"].contains(&name) || Recipe::named(name).is_ok()
    }
}

/// A text as the schema asks for it; what does not fit stays text, and the schema says why.
pub fn typed(schema: &Value, text: &str) -> Value {
    let or_text = |value: Option<Value>| value.unwrap_or_else(|| text.into());
    match schema["type"].as_str() {
        Some("integer") => or_text(text.parse::<i64>().ok().map(Value::from)),
        Some("number") => or_text(text.parse::<f64>().ok().map(Value::from)),
        Some("boolean") => or_text(text.parse::<bool>().ok().map(Value::from)),
        Some("array" | "object") => or_text(serde_json::from_str(text).ok()),
        _ => text.into(),
    }
}
