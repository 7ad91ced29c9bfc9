//! Folders of articles and photos, and folders of passwords.

use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::resource::{CRUD, Draft, PLAIN, Resource, exact, search, test};
use super::super::state::State;
use super::super::store::{blank, int_of, text_of, truth};

pub(in super::super) static FOLDERS: Resource = Resource {
    path: "folders",
    root: "folder",
    model: "Folder",
    verbs: CRUD,
    created: 200,
    lost: "Folder not found",
    null_when_lost: true,
    filters: &[
        exact("name"),
        exact("company_id"),
        exact("folder_type"),
        test("in_company", |_, folder, wanted| int_of(folder, "company_id").is_some() == truth(&Value::from(wanted))),
    ],
    writes: &["name", "icon", "description", "parent_folder_id", "company_id", "folder_type"],
    required: &["name"],
    refs: &[("company_id", "companies"), ("parent_folder_id", "folders")],
    blank: || {
        json!({
            "id": null, "company_id": null, "icon": null, "name": null, "description": null,
            "parent_folder_id": null, "folder_type": "article", "created_at": null, "updated_at": null,
        })
    },
    check: check_folder,
    gone: |state, folder| {
        let id = int_of(folder, "id");
        for (path, column) in [("folders", "parent_folder_id"), ("articles", "folder_id"), ("photos", "folder_id")] {
            let inside = state.store.table(path).iter().filter(|(_, r)| int_of(r, column) == id);
            let inside: Vec<i64> = inside.map(|(own, _)| *own).collect();
            for own in inside {
                if let Some(r) = state.store.get_mut(path, own) {
                    r.insert(column.to_owned(), Value::Null);
                }
            }
        }
    },
    ..PLAIN
};

/// The type never changes, and a folder cannot lie inside itself.
fn check_folder(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    if let Some(before) = &draft.before {
        let kind = before.get("folder_type").cloned().unwrap_or_default();
        draft.record.insert("folder_type".to_owned(), kind);
    }
    if !matches!(text_of(&draft.record, "folder_type"), "article" | "photo") {
        return Err(Answer::invalid(vec!["Folder type is not included in the list".to_owned()]));
    }
    let own = int_of(&draft.record, "id");
    let mut above = int_of(&draft.record, "parent_folder_id");
    while let Some(id) = above {
        if Some(id) == own {
            return Err(Answer::invalid(vec!["Parent folder can't be a descendant of itself".to_owned()]));
        }
        above = state.store.get("folders", id).and_then(|folder| int_of(folder, "parent_folder_id"));
    }
    Ok(())
}

pub(in super::super) static PASSWORD_FOLDERS: Resource = Resource {
    path: "password_folders",
    root: "password_folder",
    model: "PasswordFolder",
    verbs: CRUD,
    lost: "Password folder not found",
    filters: &[exact("name"), exact("company_id"), search(&["name"])],
    writes: &["name", "company_id", "description", "security", "allowed_groups"],
    required: &["name"],
    refs: &[("company_id", "companies")],
    blank: || {
        json!({
            "id": null, "company_id": null, "name": null, "slug": null, "description": null, "security": null,
            "allowed_groups": [], "created_at": null, "updated_at": null,
        })
    },
    check: |state, draft| match text_of(&draft.record, "security") {
        "all_users" | "specific" => Ok(()),
        _ if blank(draft.record.get("security")) && !state.switches.folder_needs_security => {
            draft.record.insert("security".to_owned(), json!("all_users"));
            Ok(())
        }
        _ if blank(draft.record.get("security")) => Err(Answer::crash()),
        _ => Err(Answer::invalid(vec!["Security is not included in the list".to_owned()])),
    },
    gone: |state, folder| {
        let id = int_of(folder, "id");
        let inside = state.store.table("asset_passwords").iter();
        let inside = inside.filter(|(_, r)| int_of(r, "password_folder_id") == id).map(|(own, _)| *own);
        for own in inside.collect::<Vec<i64>>() {
            if let Some(r) = state.store.get_mut("asset_passwords", own) {
                r.insert("password_folder_id".to_owned(), Value::Null);
            }
        }
    },
    ..PLAIN
};
