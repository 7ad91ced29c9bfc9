//! The one shape of users and groups.

use crate::json::{Json, Map, Shape, Value};

/// What a user or a group is in HaloITSM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum Kind {
    /// An end user: a person at a client.
    EndUser,
    /// An agent: a person who works on tickets.
    Agent,
    /// A team of agents.
    Team,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::EndUser, Kind::Agent, Kind::Team];

    /// Its word in the one shape.
    pub fn word(self) -> &'static str {
        match self {
            Kind::EndUser => "end_user",
            Kind::Agent => "agent",
            Kind::Team => "team",
        }
    }

    /// The kind of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A user or a group. What HaloITSM does not tell of one is null.
#[derive(Clone, Debug, PartialEq, Json, Shape)]
pub struct Principal {
    /// user/77, agent/3 or team/5.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Name.
    pub name: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Mobile number.
    pub mobile: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Name of the department.
    pub department: Option<String>,
    /// HaloITSM's id of a team's department.
    pub department_id: Option<i64>,
    /// Name to sign in with.
    pub login: Option<String>,
    /// HaloITSM's id of an end user's client.
    pub client_id: Option<i64>,
    /// Name of that client.
    pub client_name: Option<String>,
    /// HaloITSM's id of an end user's site.
    pub site_id: Option<i64>,
    /// Name of that site.
    pub site_name: Option<String>,
    /// An agent's own team.
    pub group: Option<String>,
    /// Teams that an agent belongs to.
    pub groups: Vec<Linked>,
    /// Agents of a team.
    #[json(name = "members")]
    pub agents: Vec<Linked>,
    /// Roles, as HaloITSM writes them.
    pub roles: Option<String>,
    /// In use.
    pub active: bool,
    /// When it signed in last.
    pub last_sign_in: Option<String>,
    /// When it was made.
    pub created_at: Option<String>,
    /// When it was changed last.
    pub updated_at: Option<String>,
    /// The record as HaloITSM has it. Members that the shape does not know are written here, by HaloITSM's own names.
    pub raw: Map<String, Value>,
}

/// Members that are only read: what is sent for them is passed over.
pub(super) const READ_ONLY: [&str; 7] =
    ["id", "roles", "groups", "members", "last_sign_in", "created_at", "updated_at"];

impl Principal {
    /// The schema of what may be sent: any of the members, but those that are only read.
    pub fn change() -> Value {
        let mut shape = Self::shape();
        if let Some(shape) = shape.as_object_mut() {
            shape.remove("required");
        }
        if let Some(members) = shape["properties"].as_object_mut() {
            members.retain(|name, _| !READ_ONLY.contains(&name.as_str()));
        }
        shape
    }
}

/// Another user or group.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct Linked {
    /// agent/3 or team/5.
    pub id: String,
    /// Name.
    pub name: Option<String>,
}
