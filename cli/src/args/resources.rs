//! A command for each resource of both products, with the documented filters of its list as options. Names,
//! explanations and filters are those of the core's tables.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args as Arguments, Command, FromArgMatches, Subcommand, value_parser};
use serde_json::Value;
use sidelight::halo::catalogue::Entry;
use sidelight::hudu::catalogue::{Shelf, Single};
use sidelight::tools::Tool;
use sidelight::{halo, hudu};

use super::filters::{filter, filters};
use super::recipe::dashed;
use super::value;
use super::{DirectoryWork, HaloWork, HuduWork};

/// What the example of a list is narrowed by: the first filter that it has.
const SAMPLES: [(&str, &str); 4] = [
    ("client-id", " --client 12"),
    ("company-id", " --company 7"),
    ("ticket-id", " --ticket 1234"),
    ("search", " --search VPN"),
];

/// Which resource, and what to do with it.
#[derive(Debug)]
pub struct Of<W> {
    /// Its name in the tables.
    pub resource: &'static str,
    /// What to do with it.
    pub work: W,
}

/// Work with records of HaloITSM.
pub type HaloOrder = Of<HaloWork>;
/// Read records of Hudu. Secrets are left out.
pub type HuduOrder = Of<HuduWork>;
/// Work with the directory.
pub type DirectoryOrder = Of<DirectoryWork>;

/// A resource as it is typed.
pub struct Row {
    name: &'static str,
    /// Other spellings.
    other: Vec<String>,
    about: String,
    /// What is listed, in a sentence.
    many: String,
    /// The tool that lists it.
    list: String,
}

impl Row {
    fn new(name: &'static str, plain: &str, about: &str, many: &str, list: String) -> Self {
        let mut other = vec![dashed(name), plain.replace(' ', "-"), plain.replace([' ', '-'], "_")];
        other.sort();
        other.dedup();
        other.retain(|other| other != name);
        Self { name, other, about: about.to_owned(), many: many.to_owned(), list }
    }
}

/// What can be done with the resources of one table.
pub trait Work: Subcommand {
    /// The command above its resources.
    const ABOVE: &str;

    /// The table.
    fn rows() -> Vec<Row>;

    /// Adds what only this resource takes.
    fn fit(command: Command, _resource: &str) -> Command {
        command
    }

    /// Reads what was added: options of the resource, and filters of its list.
    fn fill(&mut self, given: &ArgMatches);
}

impl Work for HaloWork {
    const ABOVE: &str = "halo";

    fn rows() -> Vec<Row> {
        let row = |entry: &Entry| {
            let many = entry.resource.many;
            Row::new(entry.many, many, entry.about, many, format!("list_all_haloitsm_{}", entry.many))
        };
        halo::catalogue::ALL.iter().map(row).collect()
    }

    fn fit(mut command: Command, resource: &str) -> Command {
        let Some(entry) = Entry::named(resource) else { return command };
        if entry.within.is_some() {
            let help = format!("The ticket: ids of {} start again in each", entry.resource.many);
            let ticket = Arg::new("ticket").long("ticket").value_name("ID").required(true).help(help);
            let ticket = ticket.value_parser(value::id);
            for verb in ["get", "delete"] {
                command = command.mut_subcommand(verb, |command| command.arg(ticket.clone()));
            }
        }
        if resource == "attachments" {
            let out = Arg::new("out").long("out").value_name("FILE").value_parser(value_parser!(PathBuf));
            command = command.mut_subcommand("get", |get| get.arg(out.help("Write the file here; for one attachment")));
        }
        if entry.filters().any(|name| name == "deleted") {
            let reason = Arg::new("reason").long("reason").help("Why, for HaloITSM's own record of it");
            command = command.mut_subcommand("delete", |delete| delete.arg(reason));
        }
        command
    }

    fn fill(&mut self, given: &ArgMatches) {
        let ticket = || given.try_get_one::<i64>("ticket").ok().flatten().copied();
        match self {
            HaloWork::List(order) => order.given = filters(given),
            HaloWork::Get(order) => {
                order.ticket = ticket();
                order.out = given.try_get_one::<PathBuf>("out").ok().flatten().cloned();
            }
            HaloWork::Delete(order) => {
                order.ticket = ticket();
                order.reason = given.try_get_one::<String>("reason").ok().flatten().cloned();
            }
            HaloWork::Upsert(_) => {}
        }
    }
}

impl Work for HuduWork {
    const ABOVE: &str = "hudu";

    fn rows() -> Vec<Row> {
        let about = |shelf: &Shelf| {
            let mut letters = shelf.about.chars();
            let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
            format!("{first}{}.", letters.as_str())
        };
        let row = |shelf: &Shelf| {
            let tool = format!("list_all_hudu_{}", shelf.many);
            Row::new(shelf.many, shelf.endpoint.many, &about(shelf), shelf.about, tool)
        };
        hudu::catalogue::ALL.iter().map(row).collect()
    }

    fn fit(command: Command, resource: &str) -> Command {
        let single = Shelf::named(resource).is_none_or(|shelf| shelf.single != Single::None);
        if single { command } else { command.mut_subcommand("get", |get| get.hide(true)) }
    }

    fn fill(&mut self, given: &ArgMatches) {
        if let HuduWork::List(order) = self {
            order.given = filters(given);
        }
    }
}

impl Work for DirectoryWork {
    const ABOVE: &str = "directory";

    fn rows() -> Vec<Row> {
        let row = |name, about| Row::new(name, name, about, name, format!("list_directory_{name}"));
        vec![row("users", "End users and agents."), row("groups", "Teams of agents.")]
    }

    fn fill(&mut self, given: &ArgMatches) {
        if let DirectoryWork::List(order) = self {
            order.given = filters(given);
        }
    }
}

impl<W: Work> Arguments for Of<W> {
    fn augment_args(command: Command) -> Command {
        let resource = |row: Row| Command::new(row.name).aliases(row.other).about(row.about).defer(work::<W>);
        command
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand_value_name("RESOURCE")
            .subcommand_help_heading("Resources")
            .subcommands(W::rows().into_iter().map(resource))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<W: Work> FromArgMatches for Of<W> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, matches) = matches.subcommand().ok_or_else(missing)?;
        let row = W::rows().into_iter().find(|row| row.name == name).ok_or_else(missing)?;
        let mut work = W::from_arg_matches(matches)?;
        if let Some((_, given)) = matches.subcommand() {
            work.fill(given);
        }
        Ok(Of { resource: row.name, work })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// What can be done with the resource that the command is named after; made when it is asked for.
fn work<W: Work>(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let Some(row) = W::rows().into_iter().find(|row| row.name == name) else { return command };
    let command = W::augment_subcommands(command).about(row.about).long_about(None);
    let command = command.subcommand_required(true).arg_required_else_help(true).disable_help_subcommand(true);
    W::fit(command, &name).mut_subcommand("list", |list| {
        let Some(tool) = Tool::named(&row.list) else { return list };
        // Dozens of filters are read more easily with a line for each, so both kinds of help are the short one.
        let help = Arg::new("help").short('h').long("help").action(ArgAction::HelpShort).help("Print help");
        let list = list.disable_help_flag(true).arg(help);
        let heading = format!("Filters of {}", row.name);
        let own: Vec<String> = list.get_arguments().filter_map(|arg| arg.get_long().map(str::to_owned)).collect();
        let needed: Vec<&str> =
            tool.arguments["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let list = list.mut_arg("filter", |other| other.hide(tool.arguments["additionalProperties"] == false));
        let filters = tool.arguments["properties"].as_object().into_iter().flatten();
        let filters = filters.filter(|(name, _)| !own.contains(&dashed(name)));
        let filters: Vec<Arg> = filters
            .map(|(name, schema)| filter(name, schema, needed.contains(&name.as_str())).help_heading(heading.clone()))
            .collect();
        let has = |name: &&(&str, &str)| filters.iter().any(|arg| arg.get_long() == Some(name.0));
        let narrowed = match needed.as_slice() {
            [] => SAMPLES.iter().find(has).map(|(_, sample)| (*sample).to_owned()).unwrap_or_default(),
            needed => needed.iter().map(|name| format!(" --{} 7", dashed(name))).collect(),
        };
        let line = format!("Example:\n  sidelight {} {} list{narrowed} --all --format csv", W::ABOVE, row.name);
        list.about(format!("List {}", row.many)).args(filters).after_help(line)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::{Args, ListOrder, command};
    use super::*;
    use clap::FromArgMatches;

    /// The list that a line asks for.
    fn list(words: &[&str]) -> Result<ListOrder, clap::Error> {
        let matches = command().try_get_matches_from([&["sidelight"], words].concat())?;
        Ok(match Args::from_arg_matches(&matches)?.command {
            super::super::Command::Halo(Of { work: HaloWork::List(order), .. })
            | super::super::Command::Hudu(Of { work: HuduWork::List(order), .. })
            | super::super::Command::Directory(Of { work: DirectoryWork::List(order), .. }) => order,
            other => panic!("{other:?}"),
        })
    }

    /// Every filter of every list is taken as an option and comes out under its name in the API.
    fn every_filter<W: Work>() {
        let mut commands = command();
        commands.build();
        for row in W::rows() {
            let schema = &Tool::named(&row.list).unwrap().arguments;
            let needed: Vec<String> =
                schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
            let of = |resource: &str, words: &[String]| {
                let words = words.iter().map(String::as_str);
                list(&[W::ABOVE, resource, "list"].into_iter().chain(words).collect::<Vec<_>>())
            };
            let option = |name: &str, value: &str| [format!("--{}", dashed(name)), value.to_owned()];
            for (name, schema) in schema["properties"].as_object().unwrap() {
                let general = ["limit", "cursor"].contains(&name.as_str());
                let value = match (&schema["enum"][0], &schema["type"]) {
                    (Value::String(word), _) => word.as_str(),
                    (_, kind) if kind == "boolean" || kind[0] == "boolean" => "false",
                    _ if name.contains("date") || name.ends_with("_at") => "2026-11-30",
                    _ => "7",
                };
                let mut words = option(name, value).to_vec();
                words.extend(needed.iter().filter(|other| *other != name).flat_map(|other| option(other, "7")));
                let given = of(row.name, &words).unwrap().given;
                assert_eq!(given.contains(&(name.clone(), value.to_owned())), !general, "{} {name}", row.name);
            }
            let words: Vec<String> = needed.iter().flat_map(|name| option(name, "7")).collect();
            for other in &row.other {
                of(other, &words).unwrap();
            }
            if let Some(first) = needed.first() {
                let told = of(row.name, &[]).unwrap_err().to_string();
                assert!(told.contains(&dashed(first)), "{told}");
                assert_eq!(of(row.name, &["--filter".to_owned(), format!("{first}=7")]).unwrap().filter.len(), 1);
            }
            let named = commands.find_subcommand(W::ABOVE).unwrap().find_subcommand(row.name).unwrap();
            let help = named.find_subcommand("list").unwrap().clone().render_help().to_string();
            let example = help.lines().skip_while(|line| *line != "Example:").nth(1).unwrap();
            list(&example.split_whitespace().skip(1).collect::<Vec<_>>()).unwrap();
        }
    }

    #[test]
    fn every_documented_filter_is_an_option() {
        every_filter::<HaloWork>();
        every_filter::<HuduWork>();
        every_filter::<DirectoryWork>();
    }

    #[test]
    fn filters_have_types_and_short_names_and_an_unknown_one_is_told_a_known_one() {
        let given = |words: &str| {
            let words: Vec<&str> = words.split_whitespace().collect();
            list(&words).map(|order| order.given).map_err(|error| error.to_string())
        };
        let named = |name: &str, value: &str| Ok(vec![(name.to_owned(), value.to_owned())]);
        assert_eq!(given("halo tickets list --open-only --all"), named("open_only", "true"));
        assert_eq!(given("halo tickets list --client 12"), named("client_id", "12"));
        assert_eq!(given("hudu assets list --client 12"), named("company_id", "12"));
        assert_eq!(given("halo actions list --ticket 12"), named("ticket_id", "12"));
        let wrong = [
            ("halo tickets list --client x", "a whole number is wanted"),
            ("halo tickets list --status open", "whole numbers are wanted"),
            ("halo tickets list --startdate yesterday", "a date is written 2026-11-30"),
            ("halo tickets get abc", "an id is a whole number from 1 on"),
            ("halo tickets list --open-only maybe", "[possible values: true, false]"),
            ("halo tickets list --clients 12", "'--client"),
            ("halo suppliers list --client 12", "unexpected argument '--client'"),
            ("halo tickets list --client 12 --client-id 13", "cannot be used multiple times"),
            ("halo ticktes list", "'tickets'"),
            ("directory users list --kind robot", "[possible values: end_user, agent]"),
        ];
        for (line, why) in wrong {
            let told = given(line).unwrap_err();
            assert!(told.contains(why), "{line}: {told}");
        }
    }
}
