//! The table of resources, and the routes that are not plain create, read, change and delete.

pub(super) mod articles;
pub(super) mod assets;
pub(super) mod cards;
pub(super) mod companies;
pub(super) mod expirations;
pub(super) mod exports;
pub(super) mod files;
pub(super) mod folders;
pub(super) mod jump;
pub(super) mod layouts;
pub(super) mod lists;
pub(super) mod logs;
pub(super) mod magic_dash;
pub(super) mod marks;
pub(super) mod matchers;
pub(super) mod move_layout;
pub(super) mod networks;
pub(super) mod passwords;
pub(super) mod people;
pub(super) mod procedures;
pub(super) mod relations;
pub(super) mod tasks;
pub(super) mod websites;

use super::api::Route;
use super::resource::Resource;

/// Every resource.
pub(super) static RESOURCES: &[&Resource] = &[
    &companies::COMPANIES,
    &layouts::LAYOUTS,
    &assets::ASSETS,
    &passwords::PASSWORDS,
    &folders::PASSWORD_FOLDERS,
    &folders::FOLDERS,
    &articles::ARTICLES,
    &websites::WEBSITES,
    &expirations::EXPIRATIONS,
    &procedures::PROCEDURES,
    &tasks::TASKS,
    &relations::RELATIONS,
    &matchers::MATCHERS,
    &lists::LISTS,
    &people::USERS,
    &people::GROUPS,
    &logs::LOGS,
    &files::UPLOADS,
    &files::PHOTOS,
    &files::PUBLIC_PHOTOS,
    &networks::NETWORKS,
    &networks::IP_ADDRESSES,
    &networks::VLANS,
    &networks::VLAN_ZONES,
    &magic_dash::MAGIC_DASH,
    &marks::FLAGS,
    &marks::FLAG_TYPES,
    &marks::LABELS,
    &marks::LABEL_TYPES,
    &exports::EXPORTS,
];

/// Every route of its own kind.
pub(super) fn routes() -> impl Iterator<Item = &'static Route> {
    [
        assets::ROUTES,
        jump::ROUTES,
        cards::ROUTES,
        procedures::ROUTES,
        tasks::ROUTES,
        matchers::ROUTES,
        magic_dash::ROUTES,
        logs::ROUTES,
        files::ROUTES,
        exports::ROUTES,
        relations::ROUTES,
    ]
    .into_iter()
    .flatten()
}

/// The resource at this path.
pub(super) fn named(path: &str) -> Option<&'static Resource> {
    RESOURCES.iter().copied().find(|resource| resource.path == path)
}

/// The resource of this kind ("AssetPassword").
pub(super) fn of_model(model: &str) -> Option<&'static Resource> {
    RESOURCES.iter().copied().find(|resource| resource.model == model)
}
