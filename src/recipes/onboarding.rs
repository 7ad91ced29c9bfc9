//! Onboarding: a new person becomes tickets from the user's own templates, and the client's onboarding
//! process is started in Hudu.
//!
//! A person is told by e-mail address, else by name and client, so that the same person from Hudu, a file or
//! HaloITSM is the same. The reference in the summary holds a hash of that and the template's name.

mod person;
mod template;

use sha2::{Digest, Sha256};

use crate::call::typed;
use crate::http::Product;
use crate::hudu::model::Procedure;
use crate::json::{Json, Shape, Value};
use crate::mapping::normal;
use crate::platform::Later;
use crate::recipes::item::{Item, Look, Planned, State, Verb, Write, made, members};
use crate::recipes::{Arguments, Bench, CallError, Recipe, companies, place};
use crate::schema::{self, Id};
use crate::settings::{self, TicketTemplate};
use crate::{mark, t};

use person::{Person, Row};

/// The recipe.
pub const RECIPE: Recipe = Recipe {
    name: "onboarding_tickets",
    title: mark!("Onboarding"),
    about: mark!(
        "A new person becomes tickets from templates of the settings, with type, team, site and client, and the client's onboarding process is started in Hudu, once for each person."
    ),
    arguments: schema::of::<Given>,
    plan,
    finish: None,
};

/// What is asked for.
#[derive(Json, Shape)]
#[json(said)]
struct Given {
    /// Hudu's id of the person's asset.
    #[json(omit)]
    person_id: Option<Id>,
    /// HaloITSM's id of the user.
    #[json(omit)]
    user_id: Option<Id>,
    /// New people as objects: name, email, client (name or id), site, title, department, and whatever else the templates
    /// name.
    #[json(omit, least = 1, most = 500)]
    people: Option<Vec<Row>>,
    /// New people as the text of a file: CSV with a header, a JSON array, or one JSON object on each line; columns as in
    /// people.
    #[json(omit)]
    file: Option<String>,
    /// HaloITSM's id of the client, where the person does not tell.
    #[json(omit)]
    client_id: Option<Id>,
    /// A part of the name of the process to start; empty starts none. Else as in the settings.
    #[json(omit)]
    process: Option<String>,
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Planned, CallError>> {
    Box::pin(async move {
        let given: Given = typed(given)?;
        let settings = settings::load(&bench.sides.host).await?.recipes;
        let people = person::people(bench, &given).await?;
        if settings.onboarding.is_empty() {
            return Err(CallError::argument("onboarding", "under [recipes] of the settings names no ticket"));
        }
        let pairs = companies::pairs(bench).await?;
        let word = given.process.as_deref().unwrap_or(&settings.process);
        let names = template::Names::read(bench, &settings.onboarding).await?;
        let mut planned = Planned::default();
        for person in &people {
            for template in &settings.onboarding {
                planned.items.push(ticket(bench, person, template, &names, &mut planned.notes).await?);
            }
            if word.trim().is_empty() {
                continue;
            }
            let company = pairs.iter().find(|pair| pair.client.is_some() && pair.client == person.client);
            let company = person.company.or(company.map(|pair| pair.company));
            planned.items.push(process(bench, person, word.trim(), company).await?);
        }
        Ok(planned)
    })
}

/// `[Onboarding 3f2a91c7 new starter]`.
fn mark(person: &Person, what: &str) -> String {
    let own = match person.fact("email") {
        Some(email) => email.trim().to_lowercase(),
        None => format!("{} at {}", normal::name(&person.name), person.client.unwrap_or_default()),
    };
    let hash: String = Sha256::digest(own.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("[Onboarding {hash} {what}]")
}

async fn ticket(
    bench: &Bench,
    person: &Person,
    template: &TicketTemplate,
    names: &template::Names,
    notes: &mut Vec<String>,
) -> Result<Item, CallError> {
    let key = mark(person, template.name.trim());
    let filled = names.fill(bench, person, template).await?;
    let mut item = Item {
        subject: format!("{} {key}", filled.summary),
        resource: Some("tickets".to_owned()),
        key: key.clone(),
        ..Item::default()
    };
    for lack in filled.lacks {
        let note = t!(
            "The template “{template}” asks for {lack}, which {person} has not.",
            template = template.name,
            lack = format!("{{{lack}}}"),
            person = person.name
        );
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    let client = match filled.client {
        Ok(client) => client,
        Err(why) => return Ok(Item { state: State::Skipped, why: Some(why), ..item }),
    };
    let mut record = members([
        ("summary", item.subject.as_str().into()),
        ("details", filled.details.into()),
        ("client_id", client.into()),
    ]);
    let ids = [("site_id", filled.site), ("user_id", filled.user), ("tickettype_id", filled.tickettype)];
    record.extend(ids.into_iter().filter_map(|(name, id)| Some((name.to_owned(), id?.into()))));
    if !template.team.trim().is_empty() {
        record.insert("team".to_owned(), template.team.trim().into());
    }
    let word = key.trim_matches(['[', ']']);
    let look = Look::within([("client_id", client.into()), ("search_summary", word.into())], "summary", &key);
    item.writes = vec![Write::create(mark!("ticket"), Product::Halo, "tickets", record, look)];
    Ok(item)
}

/// Starts the company's process; where only a global template has the name, that is copied to the company first.
async fn process(bench: &Bench, person: &Person, word: &str, company: Option<i64>) -> Result<Item, CallError> {
    let key = mark(person, "process");
    let mut item = Item {
        subject: t!("Start “{word}” for {person} in Hudu", word, person = person.name),
        resource: Some("processes".to_owned()),
        key: key.clone(),
        ..Item::default()
    };
    let skipped = |item: Item, why: String| Ok(Item { state: State::Skipped, why: Some(why), ..item });
    let Some(company) = company else {
        return skipped(item, t!("No company of Hudu is known for this client."));
    };
    let named = |one: &Procedure| {
        !one.run
            && !one.archived
            && one.name.as_deref().is_some_and(|own| own.to_lowercase().contains(&word.to_lowercase()))
    };
    let own = bench.sides.hudu.procedures(company).await?.into_iter().filter(&named).min_by_key(|one| one.id);
    let (name, start) = match own {
        Some(own) => (own.name.unwrap_or_default(), own.id.into()),
        None => {
            let all = bench.sides.hudu.procedure_pages().rest().await?;
            let global = all.into_iter().filter(|one| one.company_id.is_none() && named(one)).min_by_key(|one| one.id);
            let Some(global) = global else {
                return skipped(
                    item,
                    t!("Neither the company nor Hudu has a process with “{word}” in its name.", word),
                );
            };
            let name = global.name.unwrap_or_default();
            let look = Look::exact([("company_id", company.into())], "name", name.as_str().into());
            let look = look.and("company_id", company.into()).and("run", false.into());
            let record = members([("company_id", company.into()), ("name", name.as_str().into())]);
            let copy = Write::create(mark!("process"), Product::Hudu, "processes", record, look);
            item.writes.push(Write { verb: Verb::Copy, id: global.id.into(), ..copy });
            (name, made(&key, "process"))
        }
    };
    let title = format!("{name}: {} {key}", person.name);
    item.subject = t!("Start “{name}” for {person} in Hudu", name, person = person.name);
    let look = Look::within([("company_id", company.into())], "name", &key).and("company_id", company.into());
    let record = members([("company_id", company.into()), ("name", title.into())]);
    let run = Write::create(mark!("run"), Product::Hudu, "processes", record, look);
    item.writes.push(Write { verb: Verb::Start, id: start, ..run });
    Ok(item)
}

/// HaloITSM's record of a user.
async fn user(bench: &Bench, id: i64) -> Result<Value, CallError> {
    place::read(bench, Product::Halo, "users", id, None).await
}
