//! The documented filters of a list as options: one for each, in the type that the tool's schema asks for.

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgMatches};
use serde_json::Value;

use super::recipe::dashed;
use super::value;

/// What stands before a filter's name in the ids of options.
const FILTER: &str = "filter: ";

/// Filters that a shorter option names as well.
const SHORT: [(&str, &[&str]); 3] =
    [("client_id", &["client"]), ("company_id", &["company", "client"]), ("ticket_id", &["ticket"])];

/// A filter as an option; one that the list cannot do without may stand in `--filter` as well.
pub(super) fn filter(name: &str, schema: &Value, needed: bool) -> Arg {
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let words = name.replace('_', " ");
    let arg = Arg::new(format!("{FILTER}{name}")).long(dashed(name)).allow_negative_numbers(true);
    let arg = match (kinds.as_slice(), schema["enum"].as_array()) {
        (_, Some(choices)) => {
            let choices: Vec<String> = choices.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            arg.value_name("WORD").value_parser(PossibleValuesParser::new(choices))
        }
        (["boolean", ..], _) => {
            let arg = arg.num_args(0..=1).default_missing_value("true").value_name("true|false");
            arg.value_parser(PossibleValuesParser::new(["true", "false"])).hide_possible_values(true)
        }
        (["integer", ..], _) => arg.value_name("NUMBER").value_parser(ValueParser::new(value::whole)),
        (["array", ..], _) => arg.value_name("NUMBER,…").value_parser(ValueParser::new(value::wholes)),
        _ if schema["format"] == "date-time" || name.ends_with("_date") => {
            arg.value_name("DATE").value_parser(ValueParser::new(|text: &str| value::date(text, false)))
        }
        _ if name.ends_with("_at") => {
            arg.value_name("DATE,DATE").value_parser(ValueParser::new(|text: &str| value::date(text, true)))
        }
        _ => arg.value_name("TEXT"),
    };
    let meaning = schema["description"].as_str().map_or_else(
        || match (name, kinds.first()) {
            ("search", _) => "Words to look for".to_owned(),
            (_, Some(&"boolean")) => format!("Whether {words}"),
            _ => format!("With this {words}"),
        },
        |meaning| meaning.trim_end_matches('.').to_owned(),
    );
    let short = SHORT.iter().find(|(filter, _)| *filter == name).map_or(&[][..], |(_, short)| *short);
    let arg = arg.visible_aliases(short.iter().copied()).help(meaning);
    if needed { arg.required_unless_present("filter") } else { arg }
}

/// The filters that were given, by their names in the API.
pub(super) fn filters(given: &ArgMatches) -> Vec<(String, String)> {
    let named = given.ids().filter_map(|id| Some((id.as_str(), id.as_str().strip_prefix(FILTER)?)));
    named.filter_map(|(id, name)| Some((name.to_owned(), given.get_one::<String>(id)?.clone()))).collect()
}
