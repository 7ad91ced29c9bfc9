//! How HaloITSM's records are users and groups.

use serde_json::{Map, Value};

use crate::directory::principal::READ_ONLY;
use crate::directory::{Filter, Kind, Linked, Principal};
use crate::halo::catalogue::Entry;
use crate::halo::records::RecordsError;
use crate::http::raw::read::{integer_of, text_of};

/// One resource as a part of the directory.
#[derive(Debug)]
pub(super) struct Source {
    /// What ids begin with.
    pub(super) kind: &'static str,
    /// What its records are in the one shape.
    pub(super) is: Kind,
    /// All of them, in sentences.
    pub(super) many: &'static str,
    /// Name in the catalogue.
    pub(super) resource: &'static str,
    /// Members of the one shape, with HaloITSM's names for them.
    pub(super) members: &'static [(&'static str, &'static str)],
    /// HaloITSM's flag for one that is put away.
    pub(super) inactive: &'static str,
    /// The filter that lists inactive ones too.
    pub(super) with_inactive: &'static str,
    /// Whether its records are a client's.
    pub(super) of_client: bool,
}

/// End users: people at clients.
pub(super) const END_USER: Source = Source {
    kind: "user",
    is: Kind::EndUser,
    many: "end users",
    resource: "users",
    members: &[
        ("name", "name"),
        ("first_name", "firstname"),
        ("last_name", "surname"),
        ("email", "emailaddress"),
        ("phone", "phonenumber"),
        ("mobile", "mobilenumber"),
        ("title", "title"),
        ("department", "department"),
        ("login", "login"),
        ("client_id", "client_id"),
        ("client_name", "client_name"),
        ("site_id", "site_id"),
        ("site_name", "site_name"),
        ("roles", "role_list"),
        ("created_at", "datecreated"),
        ("updated_at", "ulastupdate"),
    ],
    inactive: "inactive",
    with_inactive: "includeinactive",
    of_client: true,
};

/// Agents: people who work on tickets.
pub(super) const AGENT: Source = Source {
    kind: "agent",
    is: Kind::Agent,
    many: "agents",
    resource: "agents",
    members: &[
        ("name", "name"),
        ("first_name", "firstname"),
        ("last_name", "surname"),
        ("email", "email"),
        ("title", "jobtitle"),
        ("group", "team"),
        ("roles", "role_list"),
        ("last_sign_in", "lastlogindate"),
        ("created_at", "datecreated"),
        ("updated_at", "last_modified"),
    ],
    inactive: "isdisabled",
    with_inactive: "includedisabled",
    of_client: false,
};

/// Teams of agents.
pub(super) const TEAM: Source = Source {
    kind: "team",
    is: Kind::Team,
    many: "teams",
    resource: "teams",
    members: &[
        ("name", "name"),
        ("department_id", "department_id"),
        ("department", "department_name"),
        ("updated_at", "last_modified"),
    ],
    inactive: "inactive",
    with_inactive: "includedisabled",
    of_client: false,
};

impl Source {
    /// Its row in the catalogue.
    pub(super) fn entry(&self) -> Result<&'static Entry, RecordsError> {
        Entry::named(self.resource).ok_or(RecordsError::Cursor)
    }

    /// What narrows its list.
    pub(super) fn filters(&self, filter: &Filter) -> Vec<(String, String)> {
        let mut filters: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: String| filters.push((name.to_owned(), value));
        if let Some(words) = filter.search.as_ref().or(filter.email.as_ref()) {
            put("search", words.clone());
        }
        if let Some(client) = filter.client_id.filter(|_| self.of_client) {
            put("client_id", client.to_string());
        }
        if filter.inactive {
            put(self.with_inactive, "true".to_owned());
        }
        if self.is == Kind::Team {
            put("includeagentsforteams", "true".to_owned());
        }
        filters
    }

    /// The one shape.
    pub(super) fn shown(&self, record: Value) -> Principal {
        let there = |ours: &str| {
            let (_, theirs) = self.members.iter().find(|(name, _)| *name == ours)?;
            record.get(*theirs)
        };
        let text = |ours: &str| there(ours).and_then(text_of);
        let number = |ours: &str| there(ours).and_then(integer_of);
        let linked = |kind: Kind, name: &str, of: &Source, own: [&str; 2]| -> Vec<Linked> {
            let rows = record.get(name).and_then(Value::as_array).filter(|_| self.is == kind);
            let one = |row: &Value| {
                let [id, title] = own.map(|name| row.get(name));
                let id = id.or(row.get("id")).and_then(integer_of)?;
                let name = title.or(row.get("name")).and_then(text_of);
                Some(Linked { id: format!("{}/{id}", of.kind), name })
            };
            rows.into_iter().flatten().filter_map(one).collect()
        };
        let id = record.get("id").and_then(integer_of).unwrap_or_default();
        Principal {
            id: format!("{}/{id}", self.kind),
            kind: self.is,
            name: text("name"),
            first_name: text("first_name"),
            last_name: text("last_name"),
            email: text("email"),
            phone: text("phone"),
            mobile: text("mobile"),
            title: text("title"),
            department: text("department"),
            department_id: number("department_id"),
            login: text("login"),
            client_id: number("client_id"),
            client_name: text("client_name"),
            site_id: number("site_id"),
            site_name: text("site_name"),
            group: text("group"),
            groups: linked(Kind::Agent, "teams", &TEAM, ["team_id", "team_name"]),
            agents: linked(Kind::Team, "agents", &AGENT, ["agent_id", "agent_name"]),
            roles: text("roles"),
            active: record.get(self.inactive) != Some(&Value::Bool(true)),
            last_sign_in: text("last_sign_in"),
            created_at: text("created_at"),
            updated_at: text("updated_at"),
            raw: match record {
                Value::Object(raw) => raw,
                _ => Map::new(),
            },
        }
    }

    /// What is sent for members of the one shape; members of `raw` are sent as they are.
    pub(super) fn sent(&self, given: &Map<String, Value>) -> Result<Map<String, Value>, RecordsError> {
        let mut sent = given.get("raw").and_then(Value::as_object).cloned().unwrap_or_default();
        sent.remove("id");
        for (name, value) in given {
            match (name.as_str(), self.members.iter().find(|(ours, _)| ours == name)) {
                ("raw" | "kind", _) => {}
                (name, _) if READ_ONLY.contains(&name) => {}
                ("active", _) => {
                    let active =
                        value.as_bool().ok_or_else(|| RecordsError::argument("active", "has to be true or false"))?;
                    sent.insert(self.inactive.to_owned(), (!active).into());
                }
                (_, Some((_, theirs))) => {
                    sent.insert((*theirs).to_owned(), value.clone());
                }
                // What this kind has not is told as null, and may come back so.
                (_, None) if value.is_null() => {}
                (name, None) => {
                    let why = format!("is not known for {}; it may stand in raw by HaloITSM's own name", self.many);
                    return Err(RecordsError::argument(name, why));
                }
            }
        }
        Ok(sent)
    }
}
