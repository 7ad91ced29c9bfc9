//! All recipes with something to do on a small pair: what the pair has to hold, and what a person fills in.

use serde_json::{Map, Value, json};
use sidelight_sandbox::world::World;
use sidelight_sandbox::{Options, Sandbox};

use crate::host::sandbox_with;

/// Clients that the pair keeps: Harbour & Finch, and two whose companies in Hudu have nearly the same name.
const CLIENTS: [i64; 3] = [12, 20, 21];

/// One recipe with work to do.
pub struct Case {
    /// Its name.
    pub recipe: &'static str,
    /// Its name on pages.
    pub title: &'static str,
    /// What is filled in: members of the arguments, `people.name` for one of a list of one.
    pub typed: &'static [(&'static str, &'static str)],
    /// Gives it something to do.
    pub prepare: fn(&Sandbox) -> Option<Ready>,
}

/// What has to be known of a pair that was made ready.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ready {
    /// This asset has to be synced before the recipe is planned.
    pub sync: Option<i64>,
    /// The ticket that it is about: `{ticket}` in what is filled in.
    pub ticket: i64,
}

/// All of them, in the order of the page.
pub const CASES: [Case; 6] = [
    Case { recipe: "alert_tickets", title: "Alert to incident", typed: &[("days", "0")], prepare: alert },
    Case { recipe: "directory_sync", title: "Directory sync", typed: &[("client_id", "12")], prepare: joiner },
    Case { recipe: "asset_enrichment", title: "Asset enrichment", typed: &[("client_id", "12")], prepare: emptied },
    Case {
        recipe: "onboarding_tickets",
        title: "Onboarding",
        typed: &[
            ("people.name", "Ines Quill"),
            ("people.email", "ines@harbourfinch.example"),
            ("people.client", "Harbour and Finch"),
        ],
        prepare: nothing,
    },
    Case { recipe: "quote_to_project", title: "Quote to project", typed: &[], prepare: nothing },
    Case { recipe: "audit_trail", title: "Audit trail", typed: &[("ticket_ids", "[{ticket}]")], prepare: worked_on },
];

impl Case {
    /// What is filled in where.
    pub fn filled(&self, ready: Ready) -> Vec<(&'static str, String)> {
        self.typed.iter().map(|(path, text)| (*path, text.replace("{ticket}", &ready.ticket.to_string()))).collect()
    }

    /// The arguments that this makes.
    pub fn arguments(&self, ready: Ready) -> Value {
        let mut arguments = Map::new();
        for (path, text) in self.filled(ready) {
            let value: Value = serde_json::from_str(&text).unwrap_or_else(|_| json!(text));
            match path.split_once('.') {
                Some((list, member)) => {
                    let list = arguments.entry(list).or_insert_with(|| json!([{}]));
                    list[0][member] = value;
                }
                None => drop(arguments.insert(path.to_owned(), value)),
            }
        }
        Value::Object(arguments)
    }
}

/// The world of such a pair.
pub fn shrink(world: &mut World) {
    world.clients.retain(|client| CLIENTS.contains(&client.id));
    world.tickets.clear();
    world.articles.clear();
}

/// A pair in virtual time with that world.
pub fn small() -> Sandbox {
    let mut options = Options::default();
    shrink(&mut options.world);
    sandbox_with(options)
}

/// How many records of each kind there are, by which a record that was made twice is found.
pub fn counts(sandbox: &Sandbox) -> Vec<(&'static str, usize)> {
    const HALO: [&str; 9] =
        ["Tickets", "Projects", "Opportunities", "Actions", "Client", "Users", "Asset", "ClientContract", "Quotation"];
    const HUDU: [&str; 5] = ["companies", "assets", "asset_layouts", "procedures", "relations"];
    let halo = HALO.map(|path| (path, sandbox.halo.all(path).len()));
    let hudu = HUDU.map(|path| (path, sandbox.hudu.all(path).len()));
    [halo.as_slice(), hudu.as_slice()].concat()
}

fn nothing(_: &Sandbox) -> Option<Ready> {
    Some(Ready::default())
}

/// Numbers may have a fraction of nothing.
fn is_of_client(record: &Value) -> bool {
    record["client_id"].as_f64() == Some(12.0)
}

/// A website of the client is down.
fn alert(sandbox: &Sandbox) -> Option<Ready> {
    let company = sandbox.hudu.find_company("Harbour and Finch")?["id"].clone();
    let site = sandbox.hudu.upsert("websites", json!({"name": "https://down.example", "company_id": company}));
    sandbox.hudu.monitor(site, "down");
    Some(Ready::default())
}

/// Somebody of the client is not in Hudu yet.
fn joiner(sandbox: &Sandbox) -> Option<Ready> {
    let site = sandbox.halo.all("Site").into_iter().find(is_of_client)?["id"].clone();
    let person =
        json!({"name": "Ines Quill", "site_id": site, "client_id": 12, "emailaddress": "ines@harbourfinch.example"});
    sandbox.halo.upsert("Users", person);
    Some(Ready::default())
}

/// An asset of the client lost its serial number, which Hudu knows.
fn emptied(sandbox: &Sandbox) -> Option<Ready> {
    let held = |asset: &Value| {
        is_of_client(asset)
            && asset["inactive"] != true
            && asset["fields"].as_array().is_some_and(|fields| {
                fields.iter().any(|field| field["name"] == "Serial Number" && field["value"].is_string())
            })
            && sandbox.hudu.find("assets", asset["inventory_number"].as_str().unwrap_or_default()).is_some()
    };
    let asset = sandbox.halo.all("Asset").into_iter().find(held)?;
    let fields = json!([{"name": "Serial Number", "value": null}]);
    sandbox.halo.upsert("Asset", json!({"id": asset["id"], "fields": fields}));
    Some(Ready::default())
}

/// A ticket about an asset, which has to be synced for there to be something to tell.
fn worked_on(sandbox: &Sandbox) -> Option<Ready> {
    let asset = sandbox.halo.all("Asset").into_iter().find(is_of_client)?["id"].clone();
    let ticket = json!({"summary": "Slow laptop", "client_id": 12, "assets": [{"id": asset}], "status_id": 2});
    let ticket = sandbox.halo.upsert("Tickets", ticket);
    Some(Ready { sync: asset.as_i64(), ticket })
}
