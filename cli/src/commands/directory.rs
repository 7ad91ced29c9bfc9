//! `sidelight directory`: users and groups in one shape.

use serde_json::{Value, json};
use sidelight::tools::Reach;

use super::tools;
use crate::args::{DirectoryOrder, DirectoryWork};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::show::records::{self, Sheets};

/// Columns of users.
const USERS: [&str; 8] = ["id", "name", "email", "client_name", "site_name", "group", "title", "active"];
/// Columns of groups.
const GROUPS: [&str; 4] = ["id", "name", "department", "active"];

/// Does what the order says.
pub async fn directory(desk: &Desk, out: &Out, order: &DirectoryOrder) -> Result<Exit, Failure> {
    let bench = desk.bench(Reach::default()).await?;
    let users = order.what == "users";
    let one = if users { "user" } else { "group" };
    let parsed = |text: &str| -> Result<Value, Failure> {
        let wrong =
            |error| Failure::File(format!("The record is not JSON ({error}). Write it as '{{\"name\": \"…\"}}'."));
        serde_json::from_str(text).map_err(wrong)
    };
    let (name, arguments) = match &order.work {
        DirectoryWork::List(order) => {
            let columns: &[&str] = if users { &USERS } else { &GROUPS };
            let sheets = Sheets { columns, narrow: columns.len(), company: "client_id" };
            return records::list(desk, out, &bench, &format!("list_directory_{one}s"), order, &sheets).await;
        }
        DirectoryWork::Get { id } => (format!("get_directory_{one}"), json!({"id": id})),
        DirectoryWork::Create { record } => (format!("create_directory_{one}"), json!({"record": parsed(record)?})),
        DirectoryWork::Update { id, record } => {
            (format!("update_directory_{one}"), json!({"id": id, "record": parsed(record)?}))
        }
        DirectoryWork::Deactivate { id } => (format!("deactivate_directory_{one}"), json!({"id": id})),
    };
    let answer = tools::named(&name)?.call(&bench, arguments).await?;
    out.json(&answer["result"]);
    Ok(Exit::Done)
}
