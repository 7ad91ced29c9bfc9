//! `sidelight directory`: users and groups in one shape.

use std::path::Path;

use serde_json::{Value, json};
use sidelight::http::Product;
use sidelight::tools::Reach;

use super::{recipe, tools};
use crate::args::{DirectoryOrder, DirectoryWork, How, InStep, RecipeWork};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Answer, Out};
use crate::show;
use crate::show::records::{self, Sheets};

/// Columns of users.
const USERS: [&str; 8] = ["id", "name", "email", "client_name", "site_name", "group", "title", "active"];
/// Columns of groups.
const GROUPS: [&str; 4] = ["id", "name", "department", "active"];

/// Does what the order says.
pub async fn directory(desk: &Desk, out: &Out, order: &DirectoryOrder) -> Result<Exit, Failure> {
    let users = order.resource == "users";
    let one = if users { "user" } else { "group" };
    let parsed = |text: &str| -> Result<Value, Failure> {
        let wrong =
            |error| Failure::File(format!("The record is not JSON ({error}). Write it as '{{\"name\": \"…\"}}'."));
        serde_json::from_str(text).map_err(wrong)
    };
    let (name, arguments) = match &order.work {
        DirectoryWork::List(order) => {
            let columns: &[&str] = if users { &USERS } else { &GROUPS };
            let sheets = Sheets { columns, narrow: columns.len() };
            let bench = desk.bench_of(Product::Halo).await?;
            return records::list(desk, out, &bench, &format!("list_directory_{one}s"), order, &sheets).await;
        }
        DirectoryWork::Get { id } => (format!("get_directory_{one}"), json!({"id": id})),
        DirectoryWork::Create { record } => (format!("create_directory_{one}"), json!({"record": parsed(record)?})),
        DirectoryWork::Update { id, record } => {
            (format!("update_directory_{one}"), json!({"id": id, "record": parsed(record)?}))
        }
        DirectoryWork::Sync(order) => return sync(desk, out, users, order).await,
        DirectoryWork::Deactivate { id } => (format!("deactivate_directory_{one}"), json!({"id": id})),
    };
    let bench = desk.bench_of(Product::Halo).await?;
    let answer = tools::named(&name)?.call(&bench, arguments).await?;
    out.json(&answer["result"]);
    Ok(Exit::Done)
}

/// Brings people into step. A side that is no product is a file.
async fn sync(desk: &Desk, out: &Out, users: bool, order: &InStep) -> Result<Exit, Failure> {
    let file = |side: &Option<String>| side.clone().filter(|side| side != "halo" && side != "hudu");
    let kind = match (users, order.agents) {
        (false, _) => "team",
        (true, true) => "agent",
        (true, false) => "end_user",
    };
    if let Some(path) = file(&order.to) {
        return export(desk, out, kind, &path, order).await;
    }
    let path = file(&order.from);
    if path.is_none() && kind != "end_user" {
        let why = "Hudu keeps end users only: agents and teams go between HaloITSM and files. Give a file with --from or --to.";
        return Err(Failure::File(why.to_owned()));
    }
    let mut given = json!({"leavers": order.leavers, "two_way": order.two_way, "skip_bad_rows": order.skip_bad_rows});
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            given[name] = value;
        }
    };
    let text = |text: &Option<String>| text.clone().map(Value::from);
    put("to", text(&order.to));
    put("layout", text(&order.layout));
    put("client_id", order.client.map(Value::from));
    let rule = |text: &String| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()));
    put("usual", order.usual.as_ref().map(rule));
    if let Some(fields) = &order.fields {
        let wrong = |error| Failure::File(format!("--fields is not JSON ({error})."));
        put("fields", Some(serde_json::from_str(fields).map_err(wrong)?));
    }
    match &path {
        None => put("from", text(&order.from)),
        Some(path) => {
            let read = std::fs::read_to_string(path);
            let read = read.map_err(|error| Failure::File(format!("{path} could not be read ({error}).")))?;
            put("from", Some("file".into()));
            put("file", Some(read.into()));
            put("kind", Some(kind.into()));
        }
    }
    let how = How { plan: order.plan, yes: order.yes, confirm: order.confirm, form: order.format };
    let args = Some(given.to_string());
    recipe::recipe(desk, out, &RecipeWork::Run { recipe: "directory_sync", given: Vec::new(), args, how }).await
}

/// People of one product into a file: JSON where its name says so, else CSV.
async fn export(desk: &Desk, out: &Out, kind: &str, path: &str, order: &InStep) -> Result<Exit, Failure> {
    if order.plan {
        return Err(Failure::File("There is no plan for a file: leave --plan out.".to_owned()));
    }
    if Path::new(path).is_file() && !order.yes {
        match out.ask(&format!("{path} is there. Write over it?")) {
            Answer::Yes => {}
            Answer::No => {
                out.note("Nothing was written.");
                return Ok(Exit::Act);
            }
            Answer::Nobody => {
                out.failure(&format!("{path} is there. {}", show::nobody_said_yes(out, "written")));
                return Ok(Exit::Act);
            }
        }
    }
    let from = order.from.as_deref().unwrap_or("halo");
    let format = if path.to_ascii_lowercase().ends_with(".json") { "json" } else { "csv" };
    let mut given = json!({"from": from, "kind": kind, "format": format});
    if let Some(client) = order.client {
        given["client_id"] = client.into();
    }
    let bench = desk.bench(Reach::default()).await?;
    let answer = tools::named("get_directory_file")?.call(&bench, given).await?;
    let text = answer["result"]["text"].as_str().unwrap_or_default();
    if text == "[]" || format == "csv" && text.lines().count() < 2 {
        return Err(Failure::File(format!("There is nobody to write. {path} was not written.")));
    }
    std::fs::write(path, text).map_err(|error| Failure::File(format!("{path} could not be written ({error}).")))?;
    out.text(&format!("Written to {path}."));
    out.json(&json!({ "file": path }));
    Ok(Exit::Done)
}
