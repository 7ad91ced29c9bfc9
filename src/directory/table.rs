//! How HaloITSM's records are users and groups.

/// One resource as a part of the directory.
#[derive(Debug)]
pub(super) struct Source {
    /// What ids begin with.
    pub(super) kind: &'static str,
    /// Its `kind` in the one shape.
    pub(super) word: &'static str,
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
    word: "end_user",
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
    word: "agent",
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
    word: "team",
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
