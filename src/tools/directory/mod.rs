//! The directory: users and groups in one shape.

mod work;

use serde_json::Value;

use crate::directory::{Kind, Principal};
use crate::json::{Json, Map, Shape};
use crate::tools::schema::{self, Id, Paging};
use crate::tools::{Marks, Tool, own};

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
    let mut tools = of(&users, list, work::USERS).to_vec();
    tools.extend(of(&groups, schema::of::<Groups>(), work::GROUPS));
    tools.push(own(
        "get_directory_file",
        "People as the text of a file, CSV or JSON, that run_directory_sync takes back after it was edited.",
        Marks::READS,
        schema::of::<Export>(),
        File::shape(),
        work::file,
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
