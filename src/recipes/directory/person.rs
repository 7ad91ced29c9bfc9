//! People and teams as this recipe compares them, whichever side they come from: the members of the directory's
//! one shape.

use std::collections::BTreeMap;

use crate::http::raw::read::{integer_of, text_of};
use crate::json::{Map, Value};
use crate::mapping::normal;
use crate::mapping::spelling::yes_or_no;
use crate::{mark, t};

/// Members that are compared and written: name in the one shape, label, and the fact of a HaloITSM user that
/// connected fields go by (empty where there is none).
pub(super) const FIELDS: [(&str, &str, &str); 10] = [
    ("name", mark!("Name"), "name"),
    ("first_name", mark!("First name"), ""),
    ("last_name", mark!("Last name"), ""),
    ("email", mark!("E-mail"), "email"),
    ("phone", mark!("Phone"), "phone"),
    ("mobile", mark!("Mobile"), "mobile"),
    ("title", mark!("Job title"), "job_title"),
    ("department", mark!("Department"), "department"),
    ("login", mark!("Login"), "login"),
    ("group", mark!("Team"), ""),
];

/// Members that say who and where somebody is, beside [`FIELDS`].
pub(super) const PLACE: [&str; 7] = ["id", "kind", "client_id", "client_name", "site_id", "site_name", "active"];

/// Members of the one shape that are read only: a file may hold them, and they are passed over.
pub(super) const READ_ONLY: [&str; 8] =
    ["roles", "created_at", "updated_at", "last_sign_in", "raw", "groups", "members", "department_id"];

/// A person or a team.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// `user/77`, `agent/3`, `team/5`, `asset/12`; empty where it has none.
    pub id: String,
    /// Where it stands, in words: `line 3`, or its id.
    pub at: String,
    /// `end_user`, `agent` or `team`.
    pub kind: String,
    /// Values by the names of [`FIELDS`], none of them empty.
    pub values: BTreeMap<String, String>,
    /// Halo id of the client.
    pub client: Option<i64>,
    /// Name of the client.
    pub client_name: Option<String>,
    /// Halo id of the site.
    pub site: Option<i64>,
    /// Name of the site.
    pub site_name: Option<String>,
    /// In use; `None` where nothing is said.
    pub active: Option<bool>,
}

impl Person {
    /// From members of the one shape; the error says which member is wrong and why.
    pub(super) fn read(members: &Map<String, Value>, kind: &str, at: &str) -> Result<Self, String> {
        let text = |name: &str| members.get(name).and_then(text_of).map(|text| text.trim().to_owned());
        let number = |name: &str| match text(name) {
            None => Ok(None),
            Some(text) => match integer_of(&Value::from(text.as_str())).filter(|id| *id > 0) {
                Some(id) => Ok(Some(id)),
                None => Err(t!("{name} has to be a whole number, and “{text}” is none", name, text)),
            },
        };
        let flag = |name: &str| match text(name) {
            None => Ok(None),
            Some(text) => yes_or_no(&text)
                .map(Some)
                .ok_or_else(|| t!("{name} has to be yes or no, and “{text}” is neither", name, text)),
        };
        let kind = text("kind").unwrap_or_else(|| kind.to_owned());
        if !["end_user", "agent", "team"].contains(&kind.as_str()) {
            return Err(t!("kind has to be end_user, agent or team, and “{kind}” is none of them", kind));
        }
        let values = FIELDS.iter().filter_map(|(name, ..)| Some(((*name).to_owned(), text(name)?))).collect();
        let mut person = Self {
            id: text("id").unwrap_or_default(),
            at: at.to_owned(),
            kind,
            values,
            client: number("client_id")?,
            client_name: text("client_name"),
            site: number("site_id")?,
            site_name: text("site_name"),
            active: flag("active")?,
        };
        if let Some(email) =
            person.get("email").filter(|email| !email.contains('@') || email.contains(char::is_whitespace))
        {
            return Err(t!("email has to be an e-mail address, and “{email}” is none", email));
        }
        if person.get("name").is_none() {
            let parts = [person.get("first_name"), person.get("last_name")];
            let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            if !name.is_empty() {
                person.values.insert("name".to_owned(), name);
            }
        }
        Ok(person)
    }

    /// A value that is there.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// For sentences: the name, else the address, else where it stands.
    pub(super) fn title(&self) -> String {
        let known = self.get("name").or(self.get("email")).or(self.get("login"));
        known.map_or_else(|| self.at.clone(), str::to_owned)
    }

    /// What it is told by, strongest first: id, e-mail address, login, and the name inside its client. A key
    /// that is not there is empty.
    pub(super) fn keys(&self) -> [String; 4] {
        let folded = |name: &str| self.get(name).map(|text| text.trim().to_lowercase()).unwrap_or_default();
        let name = self.get("name").map(normal::spaced).filter(|name| !name.is_empty());
        let inside = self.client.map(|id| id.to_string()).filter(|_| self.kind == "end_user").unwrap_or_default();
        let own = if self.id.starts_with("asset/") { "" } else { self.id.as_str() };
        [
            own.to_owned(),
            normal::email(self.get("email").unwrap_or_default()),
            folded("login"),
            name.map(|name| format!("{inside}/{name}")).unwrap_or_default(),
        ]
    }

    /// As a row of a file: members of the one shape, in the order of [`columns`].
    pub(super) fn row(&self) -> Vec<(&'static str, String)> {
        let number = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let cell = |name: &'static str| match name {
            "id" => self.id.clone(),
            "kind" => self.kind.clone(),
            "client_id" => number(self.client),
            "client_name" => self.client_name.clone().unwrap_or_default(),
            "site_id" => number(self.site),
            "site_name" => self.site_name.clone().unwrap_or_default(),
            "active" => self.active.map(|active| if active { "yes" } else { "no" }.to_owned()).unwrap_or_default(),
            name => self.get(name).unwrap_or_default().to_owned(),
        };
        columns().map(|name| (name, cell(name))).collect()
    }
}

/// Columns of a file that is written.
pub(super) fn columns() -> impl Iterator<Item = &'static str> {
    let fields = FIELDS.iter().map(|(name, ..)| *name);
    PLACE[..2].iter().copied().chain(fields).chain(PLACE[2..].iter().copied())
}
