//! Quote to project: an accepted quotation becomes a client where it has none yet, a contract, and a project
//! with a task for each line. Each carries the quotation's reference, `[Quote 12]`, and is looked up by it.

use std::collections::BTreeSet;

use crate::call::typed;
use crate::halo::records::Ask;
use crate::http::Product;
use crate::http::raw::read::{integer_of, text_of};
use crate::json::{Json, Map, Shape, Value};
use crate::platform::Later;
use crate::recipes::item::{Item, Look, Planned, State, Write, made, members};
use crate::recipes::{Arguments, Bench, CallError, Recipe, place};
use crate::schema::{self, Id};
use crate::{mark, settings, t};

/// Months of a contract where nobody says how many.
const MONTHS: i64 = 12;
/// HaloITSM's built-in client "Unknown", to which prospects belong.
const UNKNOWN: i64 = 1;

/// The recipe.
pub const RECIPE: Recipe = Recipe {
    name: "quote_to_project",
    title: mark!("Quote to project"),
    about: mark!(
        "An accepted quotation becomes a client where it is new, a contract, a project with a task for each line, and links between them. Each step is looked up before it is made."
    ),
    arguments: schema::of::<Given>,
    plan,
    finish: None,
};

/// What is asked for.
#[derive(Json, Shape)]
#[json(said)]
struct Given {
    /// HaloITSM's id of the quotation; else all accepted ones.
    #[json(omit)]
    quote_id: Option<Id>,
    /// The quotation of quote_id is accepted, whatever its status says.
    #[json(omit)]
    accepted: Option<bool>,
    /// Make a contract; true where nothing is said.
    #[json(omit)]
    contract: Option<bool>,
    /// Months of the contract; 12 where nothing is said.
    #[json(omit, least = 1, most = 120)]
    months: Option<i64>,
    /// First day of the contract, YYYY-MM-DD; today where nothing is said.
    #[json(omit)]
    start_date: Option<String>,
    /// Ticket type of the project; that of the latest projects where nothing is said.
    #[json(omit)]
    tickettype_id: Option<Id>,
    /// Ticket type of its tasks; HaloITSM's default where nothing is said.
    #[json(omit)]
    task_type_id: Option<Id>,
    /// Subjects of the tasks; else one for each line.
    #[json(omit, most = 100)]
    tasks: Option<Vec<String>>,
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Planned, CallError>> {
    Box::pin(async move {
        let mut given: Given = typed(given)?;
        let words = settings::load(&bench.sides.host).await?.recipes.accepted;
        let mut quotes = Vec::new();
        let agreed = given.accepted.unwrap_or_default();
        match given.quote_id {
            Some(Id(id)) => quotes.push(place::read(bench, Product::Halo, "quotes", id, None).await?),
            None if agreed => {
                return Err(CallError::argument("quote_id", t!("is missing: accepted is said of one quotation")));
            }
            None => {
                for row in place::rows(bench, Product::Halo, "quotes", &Map::new()).await? {
                    let id = number(&row, "id").unwrap_or_default();
                    let quote = place::read(bench, Product::Halo, "quotes", id, None).await?;
                    if is_accepted(&quote, &words) {
                        quotes.push(quote);
                    }
                }
            }
        }
        let start = given.start_date.clone().unwrap_or_else(|| bench.sides.today());
        let end = ending(&start, given.months.unwrap_or(MONTHS));
        let end = end.ok_or_else(|| CallError::argument("start_date", t!("is no date: write it as 2026-12-01")))?;
        let mut planned = Planned::default();
        for quote in &quotes {
            if let Some(own) = bench.client.filter(|own| number(quote, "client_id") != Some(*own)) {
                return Err(CallError::Outside(own));
            }
            if !agreed && !is_accepted(quote, &words) {
                let status = text(quote, "status_name").unwrap_or_else(|| t!("not told"));
                let why = t!("Its status is “{status}”. Give accepted where it is accepted all the same.", status);
                planned.items.push(Item { state: State::Skipped, why: Some(why), ..item(quote, "", title(quote)) });
                continue;
            }
            given.tickettype_id = Some(match given.tickettype_id.take() {
                Some(kind) => kind,
                None => usual_type(bench).await?,
            });
            planned.items.extend(steps(bench, quote, &given, (&start, &end)).await?);
        }
        Ok(planned)
    })
}

/// The ticket type of the latest projects: HaloITSM makes no project without one.
async fn usual_type(bench: &Bench) -> Result<Id, CallError> {
    let latest = [("order", "id"), ("orderdesc", "true")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let ask = Ask { entry: place::entry("projects")?, filters: latest.to_vec(), limit: None, cursor: None };
    let rows = bench.sides.halo.page(&ask).await?.rows;
    let types: BTreeSet<i64> = rows.iter().filter_map(|row| number(row, "tickettype_id")).collect();
    match types.first() {
        Some(kind) if types.len() == 1 => Ok(Id(*kind)),
        _ => Err(CallError::argument(
            "tickettype_id",
            t!("is missing: a project needs its ticket type, and the latest projects do not tell which is usual"),
        )),
    }
}

fn text(record: &Value, name: &str) -> Option<String> {
    record.get(name).and_then(text_of)
}

fn number(record: &Value, name: &str) -> Option<i64> {
    record.get(name).and_then(integer_of).filter(|id| *id > 0)
}

/// A status that says so by its name, or the moment of an approval.
fn is_accepted(quote: &Value, words: &[String]) -> bool {
    match text(quote, "status_name") {
        Some(status) => words.iter().any(|word| status.to_lowercase().contains(&word.to_lowercase())),
        // Moments that never were are written as the year 1900 or before.
        None => text(quote, "approvaldatetime").is_some_and(|at| at.as_str() > "1901"),
    }
}

fn title(quote: &Value) -> String {
    text(quote, "title").unwrap_or_else(|| "Quotation".to_owned())
}

/// `[Quote 12]`, or of a part of it `[Quote 12/3]`.
fn mark(quote: &Value, part: &str) -> String {
    let slash = if part.is_empty() { "" } else { "/" };
    format!("[Quote {}{slash}{part}]", number(quote, "id").unwrap_or_default())
}

fn item(quote: &Value, part: &str, subject: String) -> Item {
    Item { key: mark(quote, part), subject, ..Item::default() }
}

async fn steps(
    bench: &Bench,
    quote: &Value,
    given: &Given,
    (start, end): (&str, &str),
) -> Result<Vec<Item>, CallError> {
    let mut items = Vec::new();
    let sale = match number(quote, "ticket_id") {
        Some(id) => Some((id, place::ticket(bench, id).await?)),
        None => None,
    };
    let known = number(quote, "client_id").filter(|id| *id != UNKNOWN);
    let company = || sale.as_ref().and_then(|(_, ticket)| text(ticket, "oppcompanyname"));
    let (client, name) = match (known, company().or(text(quote, "client_name"))) {
        (Some(id), name) => (Value::from(id), name.unwrap_or_default()),
        (None, Some(name)) => {
            let look = Look::exact([("search", name.as_str().into())], "name", name.as_str().into());
            let record = members([("name", name.as_str().into())]);
            let write = Write::create(mark!("client"), Product::Halo, "clients", record, look);
            items.push(Item { writes: vec![write], ..item(quote, "client", format!("Client “{name}”")) });
            (made(&mark(quote, "client"), "client"), name)
        }
        (None, None) => {
            let why = Some(t!("It names neither a client nor a company."));
            return Ok(vec![Item { state: State::Skipped, why, ..item(quote, "", title(quote)) }]);
        }
    };
    let title = title(quote);
    let with_contract = given.contract.unwrap_or(true);
    if with_contract {
        let reference = mark(quote, "").trim_matches(['[', ']']).to_owned();
        let record = members([
            ("client_id", client.clone()),
            ("ref", reference.as_str().into()),
            ("start_date", start.into()),
            ("end_date", end.into()),
            ("note", format!("{title}. Made from quotation {}.", number(quote, "id").unwrap_or_default()).into()),
        ]);
        let look = Look::exact([("client_id", client.clone())], "ref", reference.as_str().into());
        let write =
            Write::create(mark!("contract"), Product::Halo, "contracts", record, look.and("client_id", client.clone()));
        let subject = t!("Contract “{reference}” with {name}, {start} to {end}", reference, name, start, end);
        items.push(Item { writes: vec![write], ..item(quote, "contract", subject) });
    }
    let lines = quote.get("lines").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut project = members([
        ("summary", format!("{title} {}", mark(quote, "")).into()),
        ("details", details(quote, lines).into()),
        ("client_id", client.clone()),
    ]);
    let site = number(quote, "site_id");
    // HaloITSM takes a user only with their site.
    let own = [("site_id", site), ("user_id", site.and(number(quote, "user_id")))];
    let kinds = [("tickettype_id", given.tickettype_id.map(|kind| kind.0))];
    // A prospect's site and user are not the new client's.
    let ids = own.into_iter().filter(|_| known.is_some()).chain(kinds);
    project.extend(ids.filter_map(|(name, id)| Some((name.to_owned(), id?.into()))));
    if with_contract {
        project.insert("contract_id".to_owned(), made(&mark(quote, "contract"), "contract"));
    }
    items.push(ticket(quote, "", ("projects", "project"), project, client.clone()));
    let project = made(&mark(quote, ""), "project");
    for (part, subject, details) in tasks(given.tasks.as_deref(), lines) {
        let mut task = members([
            ("summary", format!("{subject} {}", mark(quote, &part)).into()),
            ("details", details.into()),
            ("client_id", client.clone()),
            ("parent_id", project.clone()),
        ]);
        task.extend(given.task_type_id.map(|kind| ("tickettype_id".to_owned(), kind.0.into())));
        items.push(ticket(quote, &part, ("tickets", "task"), task, client.clone()));
    }
    items.extend(links(bench, quote, sale, (client, known), project).await?);
    Ok(items)
}

/// A project or one of its tasks, found again by the reference in its summary.
fn ticket(
    quote: &Value,
    part: &str,
    (resource, name): (&str, &str),
    record: Map<String, Value>,
    client: Value,
) -> Item {
    let key = mark(quote, part);
    let word = key.trim_matches(['[', ']']);
    let look = Look::within([("client_id", client), ("search_summary", word.into())], "summary", &key);
    let subject = record.get("summary").and_then(text_of).unwrap_or_default();
    let subject = format!("{}{} “{subject}”", name[..1].to_uppercase(), &name[1..]);
    let write = Write::create(name, Product::Halo, resource, record, look);
    Item { writes: vec![write], ..item(quote, part, subject) }
}

/// The quotation names the project, and the new client; an opportunity that it came from is told by a note.
async fn links(
    bench: &Bench,
    quote: &Value,
    sale: Option<(i64, Value)>,
    (client, known): (Value, Option<i64>),
    project: Value,
) -> Result<Vec<Item>, CallError> {
    let mut items = Vec::new();
    let id = number(quote, "id").unwrap_or_default();
    let (mut before, mut after) = (Map::new(), Map::new());
    let mut link = |name: &str, value: Value| {
        before.insert(name.to_owned(), quote.get(name).cloned().unwrap_or_default());
        after.insert(name.to_owned(), value);
    };
    if known.is_none() {
        link("client_id", client);
    }
    if sale.is_none() {
        link("ticket_id", project.clone());
    }
    let subject = t!("Quotation {id} with its client and project", id);
    if !after.is_empty() {
        let write = Write::change(mark!("quotation"), (Product::Halo, "quotes"), id.into(), before, after);
        items.push(Item { state: State::Change, writes: vec![write], ..item(quote, "link", subject) });
    }
    let Some((ticket, sale)) = sale else { return Ok(items) };
    // The project itself, where an earlier run linked it.
    if text(&sale, "summary").is_some_and(|summary| summary.contains(&mark(quote, ""))) {
        return Ok(items);
    }
    let note = format!("The accepted quotation {id} became a project with a contract. {}", mark(quote, "won"));
    let outcome = settings::load(&bench.sides.host).await?.tickets.outcome;
    let record = members([
        ("ticket_id", ticket.into()),
        ("outcome_id", outcome.into()),
        ("hiddenfromuser", true.into()),
        ("note_html", place::html(&note).into()),
    ]);
    let filters = [("ticket_id", ticket.into()), ("includehtmlnote", true.into())];
    let look = Look::within(filters, "note", &mark(quote, "won"));
    let write = Write::create(mark!("note"), Product::Halo, "actions", record, look);
    let subject = t!("Note on opportunity {ticket} that it was won", ticket);
    items.push(Item { writes: vec![write], ..item(quote, "won", subject) });
    Ok(items)
}

/// Part, subject and details of each task.
fn tasks(named: Option<&[String]>, lines: &[Value]) -> Vec<(String, String, String)> {
    if let Some(named) = named {
        let named = named.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
        // Told by its words: another order makes no task twice.
        return named.map(|name| (part_of(name), name.to_owned(), String::new())).collect();
    }
    let line = |(place, line): (usize, &Value)| {
        let subject = described(line)?;
        let part = number(line, "id").map_or_else(|| format!("line {}", place + 1), |id| id.to_string());
        Some((part, subject, quantity(line).map(|count| format!("Quantity: {count}")).unwrap_or_default()))
    };
    lines.iter().enumerate().filter_map(line).collect()
}

fn part_of(name: &str) -> String {
    let letters = name.to_lowercase();
    letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn described(line: &Value) -> Option<String> {
    let names = ["item_shortdescription", "item_description", "description", "item_name", "name", "note"];
    let found = names.iter().find_map(|name| text(line, name))?;
    found.lines().next().map(|first| first.trim().to_owned()).filter(|first| !first.is_empty())
}

fn quantity(line: &Value) -> Option<String> {
    ["quantity", "qty", "qty_order"].iter().find_map(|name| text(line, name))
}

fn details(quote: &Value, lines: &[Value]) -> String {
    let mut rows = vec![format!("From quotation {}: {}.", number(quote, "id").unwrap_or_default(), title(quote))];
    for line in lines {
        if let Some(subject) = described(line) {
            let count = quantity(line).map(|count| format!("{count} × ")).unwrap_or_default();
            rows.push(format!("- {count}{subject}"));
        }
    }
    rows.extend(text(quote, "total").map(|total| format!("Total: {total}")));
    rows.join("\n")
}

/// The last day of so many months from a day on.
fn ending(start: &str, months: i64) -> Option<String> {
    let mut parts = start.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    crate::http::date::day(start)?;
    let all = year * 12 + month - 1 + months;
    let (year, month) = (all.div_euclid(12), all.rem_euclid(12) + 1);
    // The day before, counted in days since 1970; a day that the month has not is its last.
    let first = crate::http::date::day_number(&format!("{year:04}-{month:02}-01"))?;
    let (after_year, after_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let next = crate::http::date::day_number(&format!("{after_year:04}-{after_month:02}-01"))?;
    let last = (first + day - 1).min(next) - 1;
    Some(crate::http::date::day_of(last * 86_400_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_ends_the_day_before_its_anniversary() {
        assert_eq!(ending("2026-12-01", 12).as_deref(), Some("2027-11-30"));
        assert_eq!(ending("2026-01-31", 1).as_deref(), Some("2026-02-28"));
        assert_eq!(ending("2026-03-15", 10).as_deref(), Some("2027-01-14"));
        assert_eq!(ending("soon", 1), None);
        assert_eq!(ending("2026-13-01", 1), None);
    }
}
