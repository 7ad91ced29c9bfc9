//! The directory: users and groups in one shape.

use serde_json::Value;

use crate::directory::{self, Filter, Kind, Principal, Sort};
use crate::halo::catalogue::Entry;
use crate::http::raw::read::integer_of;
use crate::json::{Json, Map, Shape};
use crate::platform::Later;
use crate::tools::schema::{self, Id, Paging};
use crate::tools::{Arguments, Bench, CallError, Marks, Tool, answer, own, typed};

type Answer<'a> = Later<'a, Result<Value, CallError>>;

/// Which user or group.
#[derive(Json, Shape)]
struct Named {
    /// user/77, agent/3 or team/5.
    id: String,
}

/// Which groups are listed.
#[derive(Json, Shape)]
struct Groups {
    /// Words in names and addresses.
    #[json(omit)]
    search: Option<String>,
    /// Inactive ones too.
    #[json(omit)]
    include_inactive: Option<bool>,
    /// Which part of the list.
    #[json(flat)]
    paging: Paging,
}

/// Which users are listed.
#[derive(Json, Shape)]
struct Users {
    /// Only these; else end users, then agents.
    #[json(omit)]
    kind: Option<Kind>,
    /// Exactly this address.
    #[json(omit)]
    email: Option<String>,
    /// End users of this client.
    #[json(omit)]
    client_id: Option<Id>,
    /// What users and groups have in common.
    #[json(flat)]
    common: Groups,
}

/// What a user or a group is to be.
#[derive(Json, Shape)]
struct Change {
    /// Members of the one shape; raw holds others by HaloITSM's own names.
    record: Map<String, Value>,
}

/// Which user or group changes, and how.
#[derive(Json, Shape)]
struct ChangeOf {
    /// user/77, agent/3 or team/5.
    id: String,
    /// What changes.
    #[json(flat)]
    change: Change,
}

/// Where people come from.
#[derive(Clone, Copy, Json, Shape)]
enum Side {
    /// HaloITSM.
    Halo,
    /// Hudu.
    Hudu,
}

/// The form of a file.
#[derive(Clone, Copy, PartialEq, Json, Shape)]
enum Form {
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

/// Whose people go into a file.
#[derive(Json, Shape)]
struct Export {
    /// HaloITSM's people, or those of Hudu.
    from: Side,
    /// Which of HaloITSM's; end_user where nothing is said.
    #[json(omit)]
    kind: Option<Kind>,
    /// People of this client only.
    #[json(omit)]
    client_id: Option<Id>,
    /// csv where nothing is said.
    #[json(omit)]
    format: Option<Form>,
}

/// A file.
#[derive(Json, Shape)]
struct File {
    /// Its text.
    text: String,
}

/// Names of the tools for users or for groups, in sentences.
struct Words {
    one: &'static str,
    many: &'static str,
    what: &'static str,
}

/// What is done with users or groups, in the order of [`of`].
type Works = [super::Other; 5];

/// All of them.
pub(super) fn tools() -> Vec<Tool> {
    let users = Words {
        one: "user",
        many: "users of the directory: end users, then agents",
        what: "user of the directory, an end user or an agent",
    };
    let groups = Words {
        one: "group",
        many: "groups of the directory: teams of agents",
        what: "group of the directory, a team of agents",
    };
    let list = schema::without(schema::of::<Users>(), "kind", "team");
    let mut tools = of(&users, list, [list_users, get_user, create_user, update_user, end_user]).to_vec();
    let works: Works = [list_groups, get_group, create_group, update_group, end_group];
    tools.extend(of(&groups, schema::of::<Groups>(), works));
    tools.push(own(
        "get_directory_file",
        "People as the text of a file, CSV or JSON, that run_directory_sync takes back after it was edited.",
        Marks::READS,
        schema::of::<Export>(),
        File::shape(),
        file,
    ));
    tools
}

/// The five tools for users or for groups.
fn of(words: &Words, filters: Value, [list, get, create, update, end]: Works) -> [Tool; 5] {
    let Words { one, many, what } = words;
    let change = |mut arguments: Value| {
        let record = &mut arguments["properties"]["record"];
        let about = record["description"].take();
        *record = Principal::change();
        record["description"] = about;
        arguments
    };
    let (named, one_of) = (schema::of::<Named>(), Principal::shape);
    let tool = |verb: &str, about: String, marks, arguments, result, work| {
        own(&format!("{verb}_directory_{one}"), &about, marks, arguments, result, work)
    };
    let mut listed = tool("list", format!("List {many}."), Marks::READS, filters, Vec::<Principal>::shape(), list);
    listed.name.push('s');
    [
        listed,
        tool("get", format!("Read one {what}."), Marks::READS, named.clone(), one_of(), get),
        tool(
            "create",
            format!("Make one {what}. Look first whether it is there."),
            Marks::WRITES,
            change(schema::of::<Change>()),
            one_of(),
            create,
        ),
        tool(
            "update",
            format!("Change one {what}; only the members that are sent."),
            Marks::CHANGES,
            change(schema::of::<ChangeOf>()),
            one_of(),
            update,
        ),
        tool(
            "deactivate",
            format!("Make one {what}, inactive. Its history stays."),
            Marks::CHANGES,
            named,
            one_of(),
            end,
        ),
    ]
}

fn file<'a>(bench: &'a Bench, given: &'a Arguments) -> Answer<'a> {
    Box::pin(async move {
        let asked: Export = typed(given)?;
        let work = super::recipes::bench_of(bench).await?;
        let client = asked.client_id.map(|id| id.0);
        if let (Some(own), Some(_)) = (bench.reach.client, client.filter(|other| bench.reach.client != Some(*other))) {
            return Err(CallError::Outside(own));
        }
        let client = client.or(bench.reach.client);
        let from = match asked.from {
            Side::Halo => "halo",
            Side::Hudu => "hudu",
        };
        let kind = asked.kind.unwrap_or(Kind::EndUser).word();
        let as_json = asked.format == Some(Form::Json);
        let text = crate::recipes::directory::export(&work, from, kind, client, as_json).await?;
        Ok(answer(File { text }.to_json(), None))
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

async fn list(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    // What groups do not have, their schema does not take.
    let Users { kind, email, client_id, common } = typed(given)?;
    let asked = client_id.map(|id| id.0);
    if let (Some(client), Some(other)) = (bench.reach.client, asked)
        && client != other
    {
        return Err(CallError::Outside(client));
    }
    let limited = bench.reach.client.filter(|_| sort == Sort::Users);
    let inactive = common.include_inactive.unwrap_or_default();
    let filter = Filter { kind, search: common.search, email, client_id: asked.or(limited), inactive };
    let Paging { cursor, .. } = &common.paging;
    let page = directory::list(&bench.sides.halo, sort, &filter, common.paging.size(), cursor.as_deref()).await?;
    let seen = page.rows.iter().filter(|row| limited.is_none_or(|client| row.client_id == Some(client)));
    Ok(answer(seen.map(Json::to_json).collect(), page.next))
}

async fn get(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    let Named { id } = typed(given)?;
    let found = directory::get(&bench.sides.halo, sort, &id).await?;
    match bench.reach.client {
        Some(client) if found.kind == Kind::EndUser && found.client_id != Some(client) => {
            Err(CallError::Outside(client))
        }
        _ => Ok(answer(found.to_json(), None)),
    }
}

/// Whether a limited agent may write this: end users of its client only, at sites of its client only.
async fn may_write(bench: &Bench, sort: Sort, id: Option<&str>, record: &Arguments) -> Result<(), CallError> {
    let Some(client) = bench.reach.client else { return Ok(()) };
    let raw = record.get("raw").and_then(Value::as_object);
    if sort == Sort::Groups
        || record.get("kind").is_some_and(|kind| kind != Kind::EndUser.word())
        || raw.is_some_and(|raw| !raw.is_empty())
    {
        return Err(CallError::Outside(client));
    }
    if let Some(id) = id {
        let before = directory::get(&bench.sides.halo, sort, id).await?;
        if before.client_id != Some(client) {
            return Err(CallError::Outside(client));
        }
    }
    if record.get("client_id").is_some_and(|of| integer_of(of) != Some(client)) {
        return Err(CallError::Outside(client));
    }
    if let Some(site) = record.get("site_id").and_then(integer_of)
        && let Some(sites) = Entry::named("sites")
    {
        let site = bench.sides.halo.record(sites, site, &[]).await?;
        bench.owns(sites, &site).await?;
    }
    Ok(())
}

async fn write(bench: &Bench, sort: Sort, id: Option<&str>, record: &Arguments) -> Result<Value, CallError> {
    may_write(bench, sort, id, record).await?;
    Ok(answer(directory::save(&bench.sides.halo, sort, id, record).await?.to_json(), None))
}

async fn create(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    let Change { record } = typed(given)?;
    write(bench, sort, None, &record).await
}

async fn update(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    let ChangeOf { id, change } = typed(given)?;
    write(bench, sort, Some(&id), &change.record).await
}

async fn end(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    let Named { id } = typed(given)?;
    may_write(bench, sort, Some(&id), &Arguments::new()).await?;
    Ok(answer(directory::deactivate(&bench.sides.halo, sort, &id).await?.to_json(), None))
}
