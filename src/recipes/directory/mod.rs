//! Directory sync: people and teams of HaloITSM, people of Hudu, and files, in step.
//!
//! Between HaloITSM and Hudu values go one way or both; the sync engine writes to Hudu, with its links and what was
//! synced last, so that nothing goes to and fro. A file goes to either. Who leaves is made inactive or archived,
//! where that is switched on; nobody is deleted.

mod both;
pub(in crate::recipes) mod file;
mod finish;
mod from_file;
mod halo;
mod joining;
mod leaving;
mod pair;
mod person;
pub mod policy;
mod to_hudu;

use serde_json::json;

use crate::halo::record::RecordKind;
use crate::http::raw::read::integer_of;
use crate::json::Value;
use crate::mapping::facts;
use crate::platform::Later;
use crate::recipes::item::Planned;
use crate::recipes::{Arguments, Bench, CallError, Recipe};
use crate::schema;
use crate::{mark, t};

use person::{FIELDS, Person};
use policy::{Rule, Rules, Sides};

/// The recipe.
pub const RECIPE: Recipe = Recipe {
    name: "directory_sync",
    title: mark!("Directory sync"),
    about: mark!(
        "People of HaloITSM and Hudu in step, both ways or one, or from a CSV or JSON file into one of them: who joins, changes, moves or leaves."
    ),
    arguments,
    plan,
    finish: Some(crate::recipes::after::Finish { work: finish::finish, key: both::hudu_key }),
};

fn arguments() -> Value {
    let rule = json!({"type": ["string", "object"], "description": mark!("halo, hudu or source (that side wins), only_if_empty, ask (what changed since the last sync; where both changed, nobody writes) or never; or an object with a word for each direction: to_halo, to_hudu.")});
    let flag = |about: &str| json!({"type": "boolean", "description": about});
    let members = [
        (
            "from",
            json!({"enum": ["halo", "hudu", "file"], "description": mark!("Where values come from. Without from and to they go both ways between halo and hudu.")}),
        ),
        ("to", json!({"enum": ["halo", "hudu"], "description": mark!("Where they go.")})),
        ("two_way", flag(mark!("Values go both ways between halo and hudu."))),
        (
            "file",
            schema::words(mark!(
                "The text of a file, with from: file: CSV with a header, a JSON array, or one JSON object on each line. Columns are members of the directory's shape."
            )),
        ),
        (
            "kind",
            json!({"enum": ["end_user", "agent", "team"], "description": mark!("What rows of a file are that do not say; end_user where nothing is said.")}),
        ),
        ("client_id", schema::id(mark!("Only people of this client; of a file, the client of rows that name none."))),
        (
            "fields",
            json!({"type": "object", "description": mark!("Who wins, by field: name, email, phone, mobile, title, department, login, group, site, or the label of a field in Hudu."), "additionalProperties": rule}),
        ),
        ("usual", rule),
        (
            "leavers",
            flag(mark!(
                "Whoever left one side is made inactive in HaloITSM or archived in Hudu. Else they are only listed."
            )),
        ),
        ("layout", schema::words(mark!("Hudu's layout of people, where it is not the one of the settings."))),
        ("skip_bad_rows", flag(mark!("Rows of the file that cannot be read are passed over, and named."))),
    ];
    schema::object(&members, &[])
}

/// What a run is asked for.
enum Task {
    /// A file to HaloITSM.
    FileToHalo,
    /// A file to Hudu.
    FileToHudu,
    /// Between the two products.
    Products(both::Order),
}

fn task(given: &Arguments) -> Result<(Task, Rules), CallError> {
    let word = |name: &str| given.get(name).and_then(Value::as_str);
    let flag = |name: &str| given.get(name) == Some(&Value::Bool(true));
    let (from, to) = (word("from"), word("to"));
    let rules = |sides: Sides, first: Rule| {
        Rules::read(sides, first, given.get("usual"), given.get("fields").and_then(Value::as_object))
    };
    if from == Some("file") {
        let to = match to {
            Some("hudu") => "hudu",
            Some(_) => "halo",
            None => return Err(CallError::argument("to", t!("is missing: a file goes to halo or hudu"))),
        };
        if flag("two_way") {
            return Err(CallError::argument("two_way", t!("means halo and hudu: a file goes one way")));
        }
        let rules = rules(Sides { from: "file", to, there: true, back: false }, Rule::Source)?;
        known(&rules, to == "halo")?;
        return Ok((if to == "hudu" { Task::FileToHudu } else { Task::FileToHalo }, rules));
    }
    if given.contains_key("file") {
        return Err(CallError::argument("file", t!("is given, and from does not say file")));
    }
    let (there, back) = match (from, to, flag("two_way")) {
        (_, _, true) | (None, None, _) => (true, true),
        (Some("halo"), None | Some("hudu"), _) | (None, Some("hudu"), _) => (true, false),
        (Some("hudu"), None | Some("halo"), _) | (None, Some("halo"), _) => (false, true),
        _ => return Err(CallError::argument("to", t!("is the same as from"))),
    };
    let first = if there && back { Rule::Ask } else { Rule::Source };
    let rules = rules(Sides { from: "halo", to: "hudu", there, back }, first)?;
    let order = both::Order {
        to_halo: back,
        to_hudu: there,
        rules: rules.clone(),
        client: given.get("client_id").and_then(integer_of),
        layout: word("layout").map(str::to_owned),
        leavers: flag("leavers"),
    };
    Ok((Task::Products(order), rules))
}

/// Whether rules name fields that there are. In Hudu any label may be a field.
fn known(rules: &Rules, only: bool) -> Result<(), CallError> {
    let is = |name: &str| {
        ["site", "site_name", "active"].contains(&name)
            || FIELDS.iter().any(|(own, ..)| *own == name)
            || facts::find(RecordKind::User, name).is_some()
    };
    match rules.named().find(|name| only && !is(name)) {
        Some(name) => Err(CallError::argument(format!("fields.{name}"), t!("is no field of the directory"))),
        None => Ok(()),
    }
}

fn read(given: &Arguments) -> Result<file::File, CallError> {
    let word = |name: &str| given.get(name).and_then(Value::as_str);
    let text = word("file").ok_or_else(|| CallError::argument("file", t!("is missing: the text of the file")))?;
    file::read(text, word("kind").unwrap_or("end_user"), given.get("skip_bad_rows") == Some(&Value::Bool(true)))
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Planned, CallError>> {
    Box::pin(async move {
        let (task, rules) = task(given)?;
        let order = from_file::Order {
            client: given.get("client_id").and_then(integer_of),
            rules: &rules,
            leavers: given.get("leavers") == Some(&Value::Bool(true)),
        };
        match task {
            Task::FileToHalo => from_file::plan(bench, read(given)?, &order).await,
            Task::FileToHudu => Ok(to_hudu::draw(bench, read(given)?, &order, given.get("layout")).await?.0),
            Task::Products(order) => Ok(both::draw(bench, &order).await?.planned),
        }
    })
}

/// People of one side as a file: CSV, or JSON. `kind` narrows HaloITSM's to `end_user`, `agent` or `team`.
pub async fn export(
    bench: &Bench,
    from: &str,
    kind: &str,
    client: Option<i64>,
    as_json: bool,
) -> Result<String, CallError> {
    let mut people: Vec<Person> = match from {
        "hudu" => to_hudu::people(bench, client).await?,
        _ => {
            let client = client.or(bench.client);
            if let Some(own) = bench.client.filter(|own| kind != "end_user" || client != Some(*own)) {
                return Err(CallError::Outside(own));
            }
            halo::Halo::read(bench, &[kind.to_owned()], client).await?.people
        }
    };
    if let Some(client) = client {
        people.retain(|person| person.client == Some(client));
    }
    Ok(file::write(&people, as_json))
}
