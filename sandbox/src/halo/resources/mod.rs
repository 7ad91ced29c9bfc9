//! The table of resources. Adding one is adding a row.

mod assets;
mod configuration;
mod customers;
mod knowledge;
mod sales;
mod service;

use super::resource::{Filter, Join, Resource, Test};

/// Every resource that the instance serves.
pub(crate) fn all() -> impl Iterator<Item = &'static Resource> {
    customers::TABLE
        .iter()
        .chain(assets::TABLE)
        .chain(knowledge::TABLE)
        .chain(service::TABLE)
        .chain(configuration::TABLE)
        .chain(sales::TABLE)
}

/// The resource with this path, compared without case.
pub(crate) fn named(path: &str) -> Option<&'static Resource> {
    all().find(|resource| resource.path.eq_ignore_ascii_case(path))
}

/// A filter on ids; the parameter's name is the member's.
const fn by_id(name: &'static str) -> Filter {
    Filter { param: name, test: Test::Among(name) }
}

/// A filter on ids in another member.
const fn among(param: &'static str, name: &'static str) -> Filter {
    Filter { param, test: Test::Among(name) }
}

/// A name copied from the record that `id` points at.
const fn join(id: &'static str, store: &'static str, from: &'static str, to: &'static str) -> Join {
    Join { id, store, from, to }
}

const CLIENT_NAME: Join = join("client_id", "Client", "name", "client_name");
const SITE_NAME: Join = join("site_id", "Site", "name", "site_name");
const USER_NAME: Join = join("user_id", "Users", "name", "user_name");
