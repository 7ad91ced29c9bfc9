//! A ticket template with a person's facts in it.

use serde_json::Value;

use super::person::{Person, named};
use crate::http::Product;
use crate::http::raw::read::{integer_of, text_of};
use crate::json::Map;
use crate::recipes::item::members;
use crate::recipes::{Bench, CallError, place};
use crate::settings::TicketTemplate;
use crate::t;

/// Ticket types by name, where a template names one.
pub(super) struct Names(Vec<(i64, String)>);

/// What a template becomes.
pub(super) struct Filled {
    pub(super) summary: String,
    pub(super) details: String,
    /// The client, or why there is none.
    pub(super) client: Result<i64, String>,
    pub(super) site: Option<i64>,
    pub(super) user: Option<i64>,
    pub(super) tickettype: Option<i64>,
    /// Facts that the person has not.
    pub(super) lacks: Vec<String>,
}

impl Names {
    /// Reads the names that the templates need, and refuses those that HaloITSM has not.
    pub(super) async fn read(bench: &Bench, templates: &[TicketTemplate]) -> Result<Self, CallError> {
        let wanted = |text: &str| !text.trim().is_empty();
        let mut names = Vec::new();
        if templates.iter().any(|template| wanted(&template.tickettype)) {
            names = rows(bench, "ticket_types").await?;
        }
        let teams = match templates.iter().any(|template| wanted(&template.team)) {
            true => rows(bench, "teams").await?,
            false => Vec::new(),
        };
        let names = Self(names);
        for template in templates {
            let lacks = |key: &str, word: &str| {
                let why = t!(
                    "of the template “{template}” is “{word}”, which HaloITSM has not",
                    template = template.name,
                    word
                );
                Err(CallError::argument(key, why))
            };
            if wanted(&template.tickettype) && names.kind(template).is_none() {
                return lacks("tickettype", &template.tickettype);
            }
            let team = template.team.trim();
            if wanted(team) && !teams.iter().any(|(_, name)| name.eq_ignore_ascii_case(team)) {
                return lacks("team", team);
            }
        }
        Ok(names)
    }

    fn kind(&self, template: &TicketTemplate) -> Option<i64> {
        let word = template.tickettype.trim();
        let own = |(id, name): &&(i64, String)| name.eq_ignore_ascii_case(word) || id.to_string() == word;
        self.0.iter().find(own).map(|(id, _)| *id)
    }

    /// The template with the person's facts.
    pub(super) async fn fill(
        &self,
        bench: &Bench,
        person: &Person,
        template: &TicketTemplate,
    ) -> Result<Filled, CallError> {
        let mut lacks = Vec::new();
        let summary = filled(&template.summary, person, &mut lacks);
        let details = filled(&template.details, person, &mut lacks);
        let elsewhere = !template.client.trim().is_empty();
        let client = match template.client.trim() {
            "" => person.client.ok_or_else(|| person.why.clone().unwrap_or_else(|| t!("Its client is not known."))),
            word => match named(bench, "clients", word, None).await? {
                Some((id, _)) => Ok(id),
                None => Err(t!(
                    "HaloITSM has no client “{word}”, which the template “{template}” names.",
                    word,
                    template = template.name
                )),
            },
        };
        let site = match (template.site.trim(), &client) {
            ("", _) => person.site.filter(|_| !elsewhere),
            (word, Ok(client)) => named(bench, "sites", word, Some(*client)).await?.map(|(id, _)| id),
            (_, Err(_)) => None,
        };
        // HaloITSM takes a user only with their site.
        let user = person.user.filter(|_| !elsewhere && site.is_some());
        Ok(Filled { summary, details, client, site, user, tickettype: self.kind(template), lacks })
    }
}

async fn rows(bench: &Bench, resource: &str) -> Result<Vec<(i64, String)>, CallError> {
    let filters: Map<String, Value> =
        if resource == "teams" { Map::new() } else { members([("showall", true.into())]) };
    let rows = place::rows(bench, Product::Halo, resource, &filters).await?;
    let pair = |row: &Value| Some((row.get("id").and_then(integer_of)?, row.get("name").and_then(text_of)?));
    Ok(rows.iter().filter_map(pair).collect())
}

/// The text with facts in the place of braces. A line whose only facts are missing is left out.
fn filled(text: &str, person: &Person, lacks: &mut Vec<String>) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let (mut own, mut rest, mut asked, mut had) = (String::new(), line, 0, 0);
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            own.push_str(before);
            asked += 1;
            match person.fact(name) {
                Some(fact) => {
                    had += 1;
                    own.push_str(fact);
                }
                None if lacks.iter().any(|lack| lack == name) => {}
                None => lacks.push(name.to_owned()),
            }
            rest = after;
        }
        own.push_str(rest);
        if asked == 0 || had > 0 {
            lines.push(own.trim_end().to_owned());
        }
    }
    lines.join("\n")
}
