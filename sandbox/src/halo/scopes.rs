//! Scopes, and what they let a caller do.

use super::resource::Resource;
use super::state::Caller;
use super::switches::Rights;

/// Areas with `read:` and `edit:`. There is none for users or agents: users belong to `customers`.
const AREAS: &[&str] = &[
    "tickets",
    "calendar",
    "customers",
    "crm",
    "timesheets",
    "contracts",
    "suppliers",
    "items",
    "projects",
    "sales",
    "quotes",
    "sos",
    "pos",
    "invoices",
    "reporting",
    "software",
    "softwarelicensing",
    "kb",
    "assets",
];

const OTHERS: &[&str] = &[
    "all",
    "all:standard",
    "admin",
    "editMine:timesheets",
    "access:chat",
    "access:adpasswordreset",
    "offline_access",
    "openid",
    "profile",
    "email",
];

/// Whether the authorisation server knows a scope.
pub(crate) fn known(scope: &str) -> bool {
    let area = scope.strip_prefix("read:").or_else(|| scope.strip_prefix("edit:"));
    OTHERS.contains(&scope) || area.is_some_and(|area| AREAS.contains(&area))
}

/// Whether the token carries anything that the API counts; without it every call is a 401.
pub(crate) fn any(scopes: &[String]) -> bool {
    scopes.iter().any(|scope| {
        scope.starts_with("all") || scope == "admin" || scope.starts_with("read:") || scope.starts_with("edit:")
    })
}

/// Whether the caller may read or write a resource: token, application and agent all have to agree.
pub(crate) fn allows(rights: &Rights, caller: &Caller, resource: &Resource, write: bool, checked: bool) -> bool {
    let denied = rights.denied.iter().any(|path| path.eq_ignore_ascii_case(resource.path));
    let application = match &rights.application {
        Some(scopes) => covers(scopes, resource.area, write),
        None => true,
    };
    let token = !checked || covers(&caller.scopes, resource.area, write);
    application && token && !denied
}

fn covers(scopes: &[String], area: &str, write: bool) -> bool {
    scopes.iter().any(|scope| match scope.as_str() {
        "all" | "all:standard" => true,
        "admin" => area.is_empty(),
        scope => match (scope.strip_prefix("edit:"), scope.strip_prefix("read:")) {
            (Some(edit), _) => edit == area || (area.is_empty() && !write),
            (_, Some(read)) => !write && (read == area || area.is_empty()),
            _ => false,
        },
    })
}
