//! Users and groups of this Hudu: read only.

use serde_json::{Value, json};

use super::super::resource::{Filter, GET, LIST, PLAIN, Resource, archived, exact, test};
use super::super::store::{int_of, text_of};

pub(in super::super) static USERS: Resource = Resource {
    path: "users",
    root: "user",
    model: "User",
    verbs: LIST | GET,
    lost: "User not found",
    filters: &[
        exact("first_name"),
        exact("last_name"),
        exact("portal_member_company_id"),
        exact("email"),
        exact("security_level"),
        SEARCH,
        archived(),
    ],
    blank: || {
        json!({
            "id": null, "email": null, "otp_required_for_login": true, "security_level": "editor", "first_name": null,
            "last_name": null, "phone_number": null, "slug": null, "time_zone": "Europe/London",
            "accepted_invite": true, "sign_in_count": 12, "currently_signed_in": false, "last_sign_in_at": null,
            "last_sign_in_ip": null, "created_at": null, "updated_at": null, "archived": false,
            "portal_member_company_id": null, "score_30_days": 0, "score_all_time": 0, "score_90_days": 0,
        })
    },
    ..PLAIN
};

/// One word of the first or last name; a full name or an e-mail address finds nobody.
const SEARCH: Filter = test("search", |_, user, wanted| {
    let wanted = wanted.to_lowercase();
    ["first_name", "last_name"].iter().any(|column| text_of(user, column).to_lowercase().contains(&wanted))
});

pub(in super::super) static GROUPS: Resource = Resource {
    path: "groups",
    root: "group",
    model: "Group",
    verbs: LIST | GET,
    lost: "Group not found",
    filters: &[
        Filter { name: "name", by: super::super::resource::By::AnyCase("name") },
        exact("default"),
        super::super::resource::search(&["name"]),
    ],
    blank: || {
        json!({
            "id": null, "name": null, "slug": null, "default": false, "members": [], "created_at": null,
            "updated_at": null,
        })
    },
    shown: |state, group| {
        let mut group = group.clone();
        let ids = group.get("members").and_then(Value::as_array).cloned().unwrap_or_default();
        let users = ids.iter().filter_map(Value::as_i64).filter_map(|id| state.store.get("users", id));
        let members: Vec<Value> = users
            .map(|user| {
                json!({
                    "id": int_of(user, "id"), "first_name": user.get("first_name"), "last_name": user.get("last_name"),
                    "email": user.get("email"), "security_level": user.get("security_level"), "slug": user.get("slug"),
                })
            })
            .collect();
        let url = format!("/groups/{}", text_of(&group, "slug"));
        group.insert("url".to_owned(), Value::from(url));
        group.insert("member_count".to_owned(), Value::from(members.len()));
        group.insert("members".to_owned(), Value::Array(members));
        Value::Object(group)
    },
    ..PLAIN
};
