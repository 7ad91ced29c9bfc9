//! The directory: users and groups in one shape.

use serde_json::{Value, json};

use crate::directory::{self, Filter, Sort};
use crate::http::raw::read::integer_of;
use crate::platform::Later;
use crate::tools::{Arguments, Bench, Marks, Tool, ToolError, Work, answer, schema, text, whole};

type Answer<'a> = Later<'a, Result<Value, ToolError>>;

/// All of them.
pub(super) fn tools() -> Vec<Tool> {
    let tool = |name: String, about: String, marks, arguments, result, work| Tool {
        name,
        about,
        marks,
        arguments,
        result: schema::answer(result),
        work: Work::Other(work),
    };
    let mut tools = Vec::new();
    for users in [true, false] {
        let (one, what) = match users {
            true => ("user", "user of the directory, an end user or an agent"),
            false => ("group", "group of the directory, a team of agents"),
        };
        let many = if users {
            "users of the directory: end users, then agents"
        } else {
            "groups of the directory: teams of agents"
        };
        let id = ("id", schema::words(if users { "user/77 or agent/3." } else { "team/5." }));
        let mut filters: Vec<(&str, Value)> = schema::paging().to_vec();
        filters.push(("search", schema::words("Words in names and addresses.")));
        filters.push(("include_inactive", json!({"type": "boolean"})));
        if users {
            filters.push(("kind", json!({"enum": ["end_user", "agent"]})));
            filters.push(("email", schema::words("Exactly this address.")));
            filters.push(("client_id", schema::id("End users of this client.")));
        }
        let members = json!({"type": "object", "properties": {"name": {"type": "string"}, "email": {"type": "string"},
            "active": {"type": "boolean"}, "site_id": {"type": "integer"}, "raw": {"type": "object"},
            "kind": {"enum": ["end_user", "agent", "team"]}},
            "description": "Members of the one shape (name, first_name, last_name, email, phone, mobile, title, department, \
                site_id, group, active, …); raw holds others by HaloITSM's own names."});
        let changes = Marks { idempotent: true, destructive: true, ..Marks::WRITES };
        let named = schema::object(std::slice::from_ref(&id), &["id"]);
        let fields = ("record", members);
        let update = schema::object(&[id, fields.clone()], &["id", "record"]);
        let (list, get, create, change, end): (super::Other, super::Other, super::Other, super::Other, super::Other) =
            match users {
                true => (list_users, get_user, create_user, update_user, end_user),
                false => (list_groups, get_group, create_group, update_group, end_group),
            };
        tools.push(tool(
            format!("list_directory_{one}s"),
            format!("List {many}."),
            Marks::READS,
            schema::object(&filters, &[]),
            schema::rows(shape()),
            list,
        ));
        tools.push(tool(
            format!("get_directory_{one}"),
            format!("Read one {what}."),
            Marks::READS,
            named.clone(),
            shape(),
            get,
        ));
        tools.push(tool(
            format!("create_directory_{one}"),
            format!("Make one {what}. Look first whether it is there."),
            Marks::WRITES,
            schema::object(&[fields], &["record"]),
            shape(),
            create,
        ));
        tools.push(tool(
            format!("update_directory_{one}"),
            format!("Change one {what}; only the members that are sent."),
            changes,
            update,
            shape(),
            change,
        ));
        tools.push(tool(
            format!("deactivate_directory_{one}"),
            format!("Make one {what}, inactive. Its history stays."),
            changes,
            named,
            shape(),
            end,
        ));
    }
    let members = [
        ("from", json!({"enum": ["halo", "hudu"], "description": "HaloITSM's people, or those of Hudu."})),
        (
            "kind",
            json!({"enum": ["end_user", "agent", "team"], "description": "Which of HaloITSM's; end_user where nothing is said."}),
        ),
        ("client_id", schema::id("People of this client only.")),
        ("format", json!({"enum": ["csv", "json"]})),
    ];
    tools.push(tool(
        "get_directory_file".to_owned(),
        "People as the text of a file, CSV or JSON, that run_directory_sync takes back after it was edited.".to_owned(),
        Marks::READS,
        schema::object(&members, &["from"]),
        json!({"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}),
        file,
    ));
    tools
}

fn file<'a>(bench: &'a Bench, given: &'a Arguments) -> Answer<'a> {
    Box::pin(async move {
        let work = super::recipes::bench_of(bench).await?;
        let (from, kind) = (text(given, "from").unwrap_or_default(), text(given, "kind").unwrap_or("end_user"));
        let client = whole(given, "client_id");
        if let (Some(own), Some(_)) = (bench.reach.client, client.filter(|other| bench.reach.client != Some(*other))) {
            return Err(ToolError::Outside(own));
        }
        let client = client.or(bench.reach.client);
        let as_json = text(given, "format") == Some("json");
        let file = crate::recipes::directory::export(&work, from, kind, client, as_json).await?;
        Ok(answer(json!({ "text": file }), None))
    })
}

/// A user or a group.
fn shape() -> Value {
    let text = json!({"type": ["string", "null"]});
    json!({
        "type": "object",
        "required": ["id", "kind", "active", "raw"],
        "properties": {
            "id": {"type": "string"}, "kind": {"enum": ["end_user", "agent", "team"]}, "name": text, "email": text,
            "active": {"type": "boolean"}, "client_id": {"type": ["integer", "null"]}, "site_id": {"type": ["integer", "null"]},
            "groups": {"type": "array"}, "members": {"type": "array"}, "raw": {"type": "object"},
        },
    })
}

macro_rules! works {
    ($($name:ident = $work:ident($sort:ident);)*) => {
        $(fn $name<'a>(bench: &'a Bench, given: &'a Arguments) -> Answer<'a> {
            Box::pin($work(bench, Sort::$sort, given))
        })*
    };
}

works! {
    list_users = list(Users);
    list_groups = list(Groups);
    get_user = get(Users);
    get_group = get(Groups);
    create_user = create(Users);
    create_group = create(Groups);
    update_user = update(Users);
    update_group = update(Groups);
    end_user = end(Users);
    end_group = end(Groups);
}

async fn list(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, ToolError> {
    let own = |name: &str| text(given, name).map(str::to_owned);
    let asked = whole(given, "client_id");
    if let (Some(client), Some(other)) = (bench.reach.client, asked)
        && client != other
    {
        return Err(ToolError::Outside(client));
    }
    let limited = bench.reach.client.filter(|_| sort == Sort::Users);
    let filter = Filter {
        kind: own("kind"),
        search: own("search"),
        email: own("email"),
        client_id: asked.or(limited),
        inactive: given.get("include_inactive") == Some(&Value::Bool(true)),
    };
    let limit = whole(given, "limit").and_then(|limit| u32::try_from(limit).ok());
    let page = directory::list(&bench.sides.halo, sort, &filter, limit, text(given, "cursor")).await?;
    let mut rows = page.rows;
    rows.retain(|row| limited.is_none_or(|client| row["client_id"].as_i64() == Some(client)));
    Ok(answer(rows.into(), page.next))
}

async fn get(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, ToolError> {
    let found = directory::get(&bench.sides.halo, sort, text(given, "id").unwrap_or_default()).await?;
    match bench.reach.client {
        Some(client) if found["kind"] == "end_user" && found["client_id"].as_i64() != Some(client) => {
            Err(ToolError::Outside(client))
        }
        _ => Ok(answer(found, None)),
    }
}

/// Whether a limited agent may write this: end users of its client only, at sites of its client only.
async fn may_write(bench: &Bench, sort: Sort, id: Option<&str>, record: &Arguments) -> Result<(), ToolError> {
    let Some(client) = bench.reach.client else { return Ok(()) };
    let raw = record.get("raw").and_then(Value::as_object);
    if sort == Sort::Groups
        || record.get("kind").is_some_and(|kind| kind != "end_user")
        || raw.is_some_and(|raw| !raw.is_empty())
    {
        return Err(ToolError::Outside(client));
    }
    if let Some(id) = id {
        let before = directory::get(&bench.sides.halo, sort, id).await?;
        if before["client_id"].as_i64() != Some(client) {
            return Err(ToolError::Outside(client));
        }
    }
    if record.get("client_id").is_some_and(|of| integer_of(of) != Some(client)) {
        return Err(ToolError::Outside(client));
    }
    if let Some(site) = record.get("site_id").and_then(integer_of)
        && let Some(sites) = crate::halo::catalogue::Entry::named("sites")
    {
        let site = bench.sides.halo.record(sites, site, &[]).await?;
        bench.owns(sites, &site).await?;
    }
    Ok(())
}

async fn write(bench: &Bench, sort: Sort, id: Option<&str>, record: &Arguments) -> Result<Value, ToolError> {
    may_write(bench, sort, id, record).await?;
    Ok(answer(directory::save(&bench.sides.halo, sort, id, record).await?, None))
}

async fn create(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, ToolError> {
    let record = given.get("record").and_then(Value::as_object).cloned().unwrap_or_default();
    write(bench, sort, None, &record).await
}

async fn update(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, ToolError> {
    let record = given.get("record").and_then(Value::as_object).cloned().unwrap_or_default();
    write(bench, sort, text(given, "id"), &record).await
}

async fn end(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, ToolError> {
    let id = text(given, "id").unwrap_or_default();
    may_write(bench, sort, Some(id), &Arguments::new()).await?;
    Ok(answer(directory::deactivate(&bench.sides.halo, sort, id).await?, None))
}
