//! Passwords. Hudu sends the secret and the one-time seed in clear, in lists too.

use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::resource::{ARCHIVE, By, CRUD, Draft, Filter, PLAIN, Resource, Unsaid, exact, range, search};
use super::super::state::State;
use super::super::store::{Record, blank, int_of, text_of};
use super::super::switches::PasswordUrl;
use super::of_model;

pub(in super::super) static PASSWORDS: Resource = Resource {
    path: "asset_passwords",
    root: "asset_password",
    model: "AssetPassword",
    verbs: CRUD | ARCHIVE,
    created: 200,
    lost: "Asset password not found",
    null_when_lost: true,
    filters: &[
        exact("name"),
        exact("company_id"),
        Filter { name: "archived", by: By::Archived(Unsaid::Switch) },
        exact("slug"),
        search(&["name"]),
        range("updated_at"),
    ],
    writes: &[
        "name",
        "password",
        "company_id",
        "passwordable_type",
        "passwordable_id",
        "otp_secret",
        "username",
        "description",
        "password_type",
        "password_folder_id",
    ],
    required: &["name", "password", "company_id"],
    refs: &[("company_id", "companies"), ("password_folder_id", "password_folders")],
    blank: || {
        json!({
            "id": null, "passwordable_id": null, "passwordable_type": null, "company_id": null, "name": null,
            "username": null, "slug": null, "description": null, "password": null, "otp_secret": null,
            "password_type": null, "password_folder_id": null, "archived": false, "created_at": null,
            "updated_at": null, "login_url": null, "discarded_at": null,
        })
    },
    check,
    shown,
    ..PLAIN
};

fn check(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    // Written as `url`; read back as `login_url`.
    if let Some(site) = draft.body.get("url") {
        draft.record.insert("login_url".to_owned(), site.clone());
    }
    let kind = text_of(&draft.record, "passwordable_type").to_owned();
    if blank(draft.record.get("passwordable_id")) {
        return Ok(());
    }
    let id = int_of(&draft.record, "passwordable_id");
    let target = of_model(&kind).filter(|_| matches!(kind.as_str(), "Asset" | "Website"));
    match target.zip(id).and_then(|(resource, id)| state.store.get(resource.path, id)) {
        Some(target) if int_of(target, "company_id") == int_of(&draft.record, "company_id") => Ok(()),
        _ => Err(Answer::invalid(vec!["Passwordable must exist".to_owned()])),
    }
}

fn shown(state: &State, password: &Record) -> Value {
    let mut password = password.clone();
    let site = password.get("login_url").cloned().unwrap_or_default();
    let page = Value::from(format!("/passwords/{}", text_of(&password, "slug")));
    let folder = state.member("password_folders", int_of(&password, "password_folder_id"), "name");
    let url = if state.switches.password_url == PasswordUrl::Page { page } else { site };
    password.insert("url".to_owned(), url);
    password.insert("password_folder_name".to_owned(), folder);
    Value::Object(password)
}
