//! Names of users, for the rows that name a user without an id, or the other way round.

use std::collections::HashMap;

use crate::halo::model::{Asset, Site, User};
use crate::http::Record;
use crate::json;

/// The users that were read.
#[derive(Default)]
pub(super) struct People {
    names: HashMap<i64, String>,
    /// By client and name; `None` where several bear it.
    ids: HashMap<(i64, String), Option<i64>>,
}

impl People {
    pub(super) fn add(&mut self, user: &User) {
        let Some(name) = user.full_name() else { return };
        if let Some(client) = user.client_id {
            self.ids.entry((client, folded(&name))).and_modify(|id| *id = None).or_insert(Some(user.id));
        }
        self.names.insert(user.id, name);
    }

    /// The name of a user.
    pub(super) fn name(&self, id: i64) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// Gives an asset its user, where the row has only the name or only the id.
    pub(super) fn complete(&self, asset: &mut Asset) {
        if !asset.users.is_empty() {
            return;
        }
        let by_name = || self.id(asset.client_id?, asset.username.as_deref()?);
        let Some(id) = asset.first_user_id.or_else(by_name) else { return };
        let name = self.name(id).or(asset.username.as_deref()).map(str::to_owned);
        let raw = json::object([("id".to_owned(), id.into()), ("name".to_owned(), name.into())]);
        asset.users.extend(User::read(raw));
    }

    /// Gives a site the name or the id of its main contact, where the row has only the other.
    pub(super) fn contact(&self, site: &mut Site) {
        let name = site.main_contact_id.and_then(|id| self.name(id));
        site.main_contact = site.main_contact.take().or_else(|| name.map(str::to_owned));
        let by_name = || self.id(site.client_id?, site.main_contact.as_deref()?);
        site.main_contact_id = site.main_contact_id.or_else(by_name);
    }

    /// The one user of a client who bears this name.
    fn id(&self, client: i64, name: &str) -> Option<i64> {
        *self.ids.get(&(client, folded(name)))?
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}
