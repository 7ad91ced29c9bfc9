//! A new person, wherever they come from.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Given, user};
use crate::http::Product;
use crate::http::raw::read::{integer_of, text_of};
use crate::hudu::field::FieldType;
use crate::json::{Json, Map, Shape, Wrong};
use crate::mapping::normal;
use crate::recipes::directory::file;
use crate::recipes::item::members;
use crate::recipes::{Bench, CallError, companies, place};
use crate::schema::Id;
use crate::t;

/// A new person.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub(super) name: String,
    /// HaloITSM's ids, where they are known.
    pub(super) client: Option<i64>,
    pub(super) site: Option<i64>,
    pub(super) user: Option<i64>,
    /// Hudu's company.
    pub(super) company: Option<i64>,
    /// Why no client is known.
    pub(super) why: Option<String>,
    /// What templates may name.
    facts: BTreeMap<String, String>,
}

impl Person {
    /// A fact by its name; its case and the sign between its words do not matter.
    pub(super) fn fact(&self, name: &str) -> Option<&str> {
        self.facts.get(&plain(name)).map(String::as_str)
    }

    fn put(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value {
            self.facts.entry(plain(name)).or_insert(value);
        }
    }
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// A new person as an argument tells.
#[derive(Json, Shape)]
pub(super) struct Row {
    name: String,
    #[json(omit, null)]
    email: Option<String>,
    #[json(omit, null)]
    client: Option<NameOrId>,
    #[json(omit, null)]
    site: Option<String>,
    #[json(omit, null)]
    title: Option<String>,
    #[json(omit, null)]
    department: Option<String>,
    /// What else the templates name.
    #[json(flat)]
    more: Map<String, Value>,
}

/// A name, or an id.
struct NameOrId(Value);

impl Shape for NameOrId {
    fn shape() -> Value {
        json!({"type": ["string", "integer"]})
    }
}

impl Json for NameOrId {
    fn to_json(&self) -> Value {
        self.0.clone()
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        Ok(Self(value))
    }
}

/// The people that the arguments name.
pub(super) async fn people(bench: &Bench, given: &Given) -> Result<Vec<Person>, CallError> {
    let mut people = Vec::new();
    if let Some(Id(id)) = given.user_id {
        people.push(of_user(&user(bench, id).await?));
    }
    if let Some(Id(id)) = given.person_id {
        people.push(of_asset(bench, id).await?);
    }
    for row in given.people.iter().flatten() {
        people.push(of_row(bench, &Map::from_json(row.to_json()).unwrap_or_default()).await?);
    }
    if let Some(text) = &given.file {
        for (at, row) in file::rows(text)? {
            let wrong = |why: String| CallError::argument("file", t!("cannot be read in {at}: {why}", at, why));
            let row = row.map_err(wrong)?;
            people.push(of_row(bench, &row).await?);
        }
    }
    if people.is_empty() {
        return Err(CallError::argument("person_id, user_id, people or file", t!("is missing")));
    }
    let client = given.client_id.map(|id| id.0);
    for person in &mut people {
        person.client = person.client.or(client);
        if let Some(own) = bench.client.filter(|own| person.client != Some(*own)) {
            return Err(CallError::Outside(own));
        }
        known(bench, person).await?;
    }
    Ok(people)
}

/// A user of HaloITSM.
fn of_user(user: &Value) -> Person {
    let text = |name: &str| user.get(name).and_then(text_of);
    let number = |name: &str| user.get(name).and_then(integer_of).filter(|id| *id > 0);
    let mut person = Person {
        name: text("name").unwrap_or_default(),
        client: number("client_id"),
        site: number("site_id"),
        user: number("id"),
        ..Person::default()
    };
    for (fact, member) in [
        ("name", "name"),
        ("first_name", "firstname"),
        ("last_name", "surname"),
        ("email", "emailaddress"),
        ("phone", "phonenumber"),
        ("mobile", "mobilenumber"),
        ("title", "jobtitle"),
        ("title", "title"),
        ("department", "department"),
        ("client", "client_name"),
        ("site", "site_name"),
    ] {
        person.put(fact, text(member));
    }
    person
}

/// An asset of a layout for people in Hudu.
async fn of_asset(bench: &Bench, id: i64) -> Result<Person, CallError> {
    let asset = bench.sides.hudu.asset_by_id(id).await?;
    let mut asset = asset.ok_or_else(|| CallError::argument("person_id", t!("names no asset of Hudu")))?;
    if let Some(client) = bench.client.filter(|_| asset.company_id != bench.company) {
        return Err(CallError::Outside(client));
    }
    let layouts = bench.sides.hudu.layouts().await?;
    let layout = layouts.into_iter().find(|layout| Some(layout.id) == asset.asset_layout_id);
    asset.hide_confidential(layout.as_ref());
    let pairs = companies::pairs(bench).await?;
    let pair = pairs.into_iter().find(|pair| Some(pair.company) == asset.company_id);
    let name = asset.name.clone().unwrap_or_default();
    let mut person = Person { name: name.clone(), company: asset.company_id, ..Person::default() };
    person.put("name", Some(name));
    person.client = pair.as_ref().and_then(|pair| pair.client);
    person.put("client", pair.map(|pair| pair.name));
    person.why = Some(t!("No HaloITSM client is known for its company."));
    for field in &asset.fields {
        let (Some(label), Some(value)) = (field.label.as_deref(), text_of(&field.value)) else { continue };
        let kind = layout.as_ref().and_then(|layout| {
            layout.fields.iter().find(|known| known.label.as_deref() == Some(label)).map(|known| known.kind())
        });
        if kind == Some(FieldType::Email) || (plain(label).contains("mail") && value.contains('@')) {
            person.put("email", Some(value.clone()));
        }
        if plain(label).contains("title") {
            person.put("title", Some(value.clone()));
        }
        person.put(label, Some(value));
    }
    Ok(person)
}

/// A row of a file.
async fn of_row(bench: &Bench, row: &Map<String, Value>) -> Result<Person, CallError> {
    let mut person = Person::default();
    for (name, value) in row {
        person.put(name, text_of(value));
    }
    for (fact, others) in
        [("email", ["e_mail", "mail"]), ("client", ["company", "client_name"]), ("site", ["site_name", "office"])]
    {
        let other = others.iter().find_map(|other| person.fact(other).map(str::to_owned));
        person.put(fact, other);
    }
    person.name = person.fact("name").unwrap_or_default().trim().to_owned();
    if person.name.is_empty() {
        return Err(CallError::argument("people", t!("has a row without a name")));
    }
    let client = person.fact("client_id").or(person.fact("client")).map(str::to_owned);
    match client {
        Some(word) => match named(bench, "clients", &word, None).await? {
            Some((id, name)) => {
                person.client = Some(id);
                person.facts.insert("client".to_owned(), name);
            }
            None => person.why = Some(t!("HaloITSM has no client “{word}”.", word)),
        },
        None => person.why = Some(t!("The row names no client.")),
    }
    if let (Some(client), Some(word)) = (person.client, person.fact("site").map(str::to_owned)) {
        person.site = named(bench, "sites", &word, Some(client)).await?.map(|(id, _)| id);
    }
    Ok(person)
}

/// What HaloITSM knows of the person already: the user with this address, and the names of client and site.
async fn known(bench: &Bench, person: &mut Person) -> Result<(), CallError> {
    let Some(client) = person.client else { return Ok(()) };
    if let (None, Some(email)) = (person.user, person.fact("email").map(str::to_owned)) {
        let filters = members([("client_id", client.into()), ("search", email.as_str().into())]);
        let users = place::rows(bench, Product::Halo, "users", &filters).await?;
        let own = |user: &&Value| {
            user.get("emailaddress").and_then(text_of).is_some_and(|own| own.trim().eq_ignore_ascii_case(email.trim()))
        };
        if let Some(user) = users.iter().find(own) {
            person.user = user.get("id").and_then(integer_of);
            person.site = person.site.or_else(|| user.get("site_id").and_then(integer_of));
        }
    }
    if person.fact("client").is_none() {
        let found = place::read(bench, Product::Halo, "clients", client, None).await?;
        person.put("client", found.get("name").and_then(text_of));
    }
    Ok(())
}

/// A client, or a site of this client, by its id or its exact name.
pub(super) async fn named(
    bench: &Bench,
    resource: &str,
    word: &str,
    client: Option<i64>,
) -> Result<Option<(i64, String)>, CallError> {
    let word = word.trim();
    let name = |row: &Map<String, Value>| row.get("name").and_then(text_of).unwrap_or_default();
    let mut filters = members([("search", word.into())]);
    if let Some(client) = client {
        filters.insert("client_id".to_owned(), client.into());
    }
    if let Ok(id) = word.parse::<i64>() {
        let own = |row: &Map<String, Value>| client.is_none() || row.get("client_id").and_then(integer_of) == client;
        match place::read(bench, Product::Halo, resource, id, None).await {
            Ok(Value::Object(row)) if own(&row) => return Ok(Some((id, name(&row)))),
            // A name may be a number, and the id of something else.
            Ok(_) => {}
            Err(error) if error.api().is_some_and(crate::http::ApiError::is_not_found) => {}
            Err(error) => return Err(error),
        }
    }
    let fits = |row: &&Map<String, Value>| normal::name(&name(row)) == normal::name(word);
    // The server's search takes words as they are written; “&” and “and” are the same only here.
    for searched in [true, false] {
        if !searched {
            filters.remove("search");
        }
        let rows = place::rows(bench, Product::Halo, resource, &filters).await?;
        let found: Vec<&Map<String, Value>> = rows.iter().filter_map(Value::as_object).filter(fits).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one.get("id").and_then(integer_of).map(|id| (id, name(one)))),
            // Of several with the same name none is meant.
            _ => return Ok(None),
        }
    }
    Ok(None)
}
