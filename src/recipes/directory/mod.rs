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

use std::collections::BTreeMap;

use crate::call::typed;
use crate::directory::Kind;
use crate::halo::record::RecordKind;
use crate::json::{Json, Shape};
use crate::mapping::facts;
use crate::platform::Later;
use crate::recipes::item::Planned;
use crate::recipes::{Arguments, Bench, CallError, Recipe};
use crate::schema::{self, Id};
use crate::{mark, t};

use person::{FIELDS, Person};
use policy::{Rule, Rules, Sides, Wins};

/// The recipe.
pub const RECIPE: Recipe = Recipe {
    name: "directory_sync",
    title: mark!("Directory sync"),
    about: mark!(
        "People of HaloITSM and Hudu in step, both ways or one, or from a CSV or JSON file into one of them: who joins, changes, moves or leaves."
    ),
    arguments: schema::of::<Given>,
    plan,
    finish: Some(crate::recipes::after::Finish { work: finish::finish, key: both::hudu_key }),
};

/// What is asked for.
#[derive(Json, Shape)]
#[json(said)]
struct Given {
    /// Where values come from. Without from and to they go both ways between halo and hudu.
    #[json(omit)]
    from: Option<Origin>,
    /// Where they go.
    #[json(omit)]
    to: Option<Destination>,
    /// Values go both ways between halo and hudu.
    #[json(omit)]
    two_way: Option<bool>,
    /// The text of a file, with from: file: CSV with a header, a JSON array, or one JSON object on each line. Columns are
    /// members of the directory's shape.
    #[json(omit)]
    file: Option<String>,
    /// What rows of a file are that do not say; end_user where nothing is said.
    #[json(omit)]
    kind: Option<Kind>,
    /// Only people of this client; of a file, the client of rows that name none.
    #[json(omit)]
    client_id: Option<Id>,
    /// Who wins, by field: name, email, phone, mobile, title, department, login, group, site, or the label of a field in
    /// Hudu.
    #[json(omit)]
    fields: Option<BTreeMap<String, Wins>>,
    #[json(omit)]
    usual: Option<Wins>,
    /// Whoever left one side is made inactive in HaloITSM or archived in Hudu. Else they are only listed.
    #[json(omit)]
    leavers: Option<bool>,
    /// Hudu's layout of people, where it is not the one of the settings.
    #[json(omit)]
    layout: Option<String>,
    /// Rows of the file that cannot be read are passed over, and named.
    #[json(omit)]
    skip_bad_rows: Option<bool>,
}

/// Where values come from.
#[derive(Clone, Copy, PartialEq, Json, Shape)]
enum Origin {
    Halo,
    Hudu,
    File,
}

/// Where values go.
#[derive(Clone, Copy, PartialEq, Json, Shape)]
enum Destination {
    Halo,
    Hudu,
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

impl Given {
    fn task(&self) -> Result<(Task, Rules), CallError> {
        let rules = |sides: Sides, first: Rule| Rules::read(sides, first, self.usual.as_ref(), self.fields.as_ref());
        let two_way = self.two_way == Some(true);
        if self.from == Some(Origin::File) {
            let (to, task) = match self.to {
                Some(Destination::Hudu) => ("hudu", Task::FileToHudu),
                Some(Destination::Halo) => ("halo", Task::FileToHalo),
                None => return Err(CallError::argument("to", t!("is missing: a file goes to halo or hudu"))),
            };
            if two_way {
                return Err(CallError::argument("two_way", t!("means halo and hudu: a file goes one way")));
            }
            let rules = rules(Sides { from: "file", to, there: true, back: false }, Rule::Source)?;
            known(&rules, to == "halo")?;
            return Ok((task, rules));
        }
        if self.file.is_some() {
            return Err(CallError::argument("file", t!("is given, and from does not say file")));
        }
        let (there, back) = match (self.from, self.to) {
            _ if two_way => (true, true),
            (None, None) => (true, true),
            (Some(Origin::Halo), None | Some(Destination::Hudu)) | (None, Some(Destination::Hudu)) => (true, false),
            (Some(Origin::Hudu), None | Some(Destination::Halo)) | (None, Some(Destination::Halo)) => (false, true),
            _ => return Err(CallError::argument("to", t!("is the same as from"))),
        };
        let first = if there && back { Rule::Ask } else { Rule::Source };
        let rules = rules(Sides { from: "halo", to: "hudu", there, back }, first)?;
        let order = both::Order {
            to_halo: back,
            to_hudu: there,
            rules: rules.clone(),
            client: self.client(),
            layout: self.layout.clone(),
            leavers: self.leavers(),
        };
        Ok((Task::Products(order), rules))
    }

    fn client(&self) -> Option<i64> {
        self.client_id.map(|id| id.0)
    }

    fn leavers(&self) -> bool {
        self.leavers == Some(true)
    }

    /// What a file is asked for.
    fn order<'a>(&self, rules: &'a Rules) -> from_file::Order<'a> {
        from_file::Order { client: self.client(), rules, leavers: self.leavers() }
    }

    fn read(&self) -> Result<file::File, CallError> {
        let missing = || CallError::argument("file", t!("is missing: the text of the file"));
        let text = self.file.as_deref().ok_or_else(missing)?;
        file::read(text, self.kind.unwrap_or(Kind::EndUser).word(), self.skip_bad_rows == Some(true))
    }
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

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Planned, CallError>> {
    Box::pin(async move {
        let given: Given = typed(given)?;
        let (task, rules) = given.task()?;
        match task {
            Task::FileToHalo => from_file::plan(bench, given.read()?, &given.order(&rules)).await,
            Task::FileToHudu => {
                Ok(to_hudu::draw(bench, given.read()?, &given.order(&rules), given.layout.as_deref()).await?.0)
            }
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
