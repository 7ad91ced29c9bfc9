//! Uploads, photos and public photos: records with a file each.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::api::{Route, route};
use super::super::call::Call;
use super::super::resource::{DELETE, LIST, PLAIN, PUT, Resource, Shape, archived, exact, range};
use super::super::rest;
use super::super::save::save;
use super::super::state::State;
use super::super::store::{Blob, Record, int_of, record, text_of, truth};
use super::of_model;

pub(in super::super) static UPLOADS: Resource = Resource {
    path: "uploads",
    root: "upload",
    model: "Upload",
    verbs: LIST | DELETE,
    list: Shape::Bare,
    one: Shape::Bare,
    lost: "Upload not found",
    blank: || {
        json!({
            "id": null, "slug": null, "name": null, "ext": null, "mime": null, "size": null, "created_date": null,
            "archived_at": null, "uploadable_id": null, "uploadable_type": null,
        })
    },
    shown: |state, upload| {
        let mut upload = upload.clone();
        let url = state.absolute(&format!("/file/{}", int_of(&upload, "id").unwrap_or_default()));
        upload.insert("url".to_owned(), Value::from(url));
        Value::Object(upload)
    },
    ..PLAIN
};

pub(in super::super) static PHOTOS: Resource = Resource {
    path: "photos",
    root: "photo",
    model: "Photo",
    verbs: LIST | PUT | DELETE,
    lost: "Photo not found",
    filters: &[
        exact("company_id"),
        exact("photoable_type"),
        exact("photoable_id"),
        exact("folder_id"),
        archived(),
        range("created_at"),
        range("updated_at"),
    ],
    writes: &["caption", "folder_id", "pinned", "archived", "photoable_type", "photoable_id"],
    refs: &[("folder_id", "folders")],
    blank: || {
        json!({
            "id": null, "company_id": null, "folder_id": null, "photoable_type": null, "photoable_id": null,
            "caption": null, "pinned": false, "archived": false, "created_at": null, "updated_at": null,
        })
    },
    ..PLAIN
};

pub(in super::super) static PUBLIC_PHOTOS: Resource = Resource {
    path: "public_photos",
    root: "public_photo",
    model: "PublicPhoto",
    verbs: LIST | PUT,
    one: Shape::Bare,
    lost: "Public photo not found",
    writes: &["record_type", "record_id"],
    blank: || {
        json!({
            "id": null, "slug": null, "record_type": null, "record_id": null, "file_name": null, "file_size": 0,
        })
    },
    shown: public_photo,
    ..PLAIN
};

pub(in super::super) static ROUTES: &[Route] = &[
    route(Method::POST, "uploads", upload),
    route(Method::POST, "photos", photo),
    route(Method::POST, "public_photos", public),
    route(Method::GET, "uploads/:id", |state, call| read(state, call, &UPLOADS)),
    route(Method::GET, "photos/:id", |state, call| read(state, call, &PHOTOS)),
    route(Method::GET, "public_photos/:id", |state, call| read(state, call, &PUBLIC_PHOTOS)),
    route(Method::PUT, "public_photos/:id", |state, call| {
        let id = call.id_at(1);
        rest::find(state, call, &PUBLIC_PHOTOS, id)?;
        save(state, &PUBLIC_PHOTOS, Some(id), record(call.body.clone()), false)?;
        let photo = state.store.get("public_photos", id).map(|photo| public_photo(state, photo));
        Ok(Answer::json(200, &json!({ "public_photo": photo })))
    }),
];

/// A public photo as it is read: `id` is its slug, the path of the API takes `numeric_id`.
pub(super) fn public_photo(_: &State, photo: &Record) -> Value {
    let slug = text_of(photo, "slug");
    json!({
        "id": slug, "numeric_id": photo.get("id"), "url": format!("/public_photo/{slug}"),
        "record_type": photo.get("record_type"), "record_id": photo.get("record_id"),
        "file_name": photo.get("file_name"), "file_size": photo.get("file_size"),
    })
}

/// Keeps a picture for a record, and answers its address.
pub(in super::super) fn add_public_photo(
    state: &mut State,
    kind: &str,
    id: i64,
    file_name: &str,
    blob: Blob,
) -> String {
    let number = state.store.next_id("public_photos");
    let slug = state.store.next_slug();
    let photo = json!({
        "id": number, "slug": slug, "record_type": kind, "record_id": id, "file_name": file_name,
        "file_size": blob.bytes.len(),
    });
    state.store.put("public_photos", number, record(photo));
    state.store.put_blob("public_photos", number, blob);
    format!("/public_photo/{slug}")
}

/// The record, or with `?download=true` the file.
fn read(state: &mut State, call: &Call, resource: &Resource) -> Reply {
    let id = call.id_at(1);
    let found = rest::find(state, call, resource, id)?;
    if !call.query("download").is_some_and(|wanted| truth(&Value::from(wanted))) {
        return Ok(rest::single(state, resource, 200, &found));
    }
    let blob = state.store.blob(resource.path, id).ok_or_else(|| Answer::error(404, resource.lost))?;
    Ok(Answer::new(200, blob.mime.clone(), blob.bytes.clone()))
}

fn file(call: &Call, field: &str) -> Option<(String, Blob)> {
    let part = call.files.iter().find(|part| part.name == field)?;
    let blob = Blob { mime: part.mime.clone(), bytes: part.bytes.clone() };
    Some((part.file_name.clone().unwrap_or_default(), blob))
}

/// The record that a file is for, and its company.
fn owner(state: &State, kind: &str, id: Option<i64>) -> Option<Value> {
    let target = of_model(kind).zip(id).and_then(|(resource, id)| state.store.get(resource.path, id))?;
    Some(if kind == "Company" { json!(id) } else { target.get("company_id").cloned().unwrap_or_default() })
}

fn upload(state: &mut State, call: &Call) -> Reply {
    let body = record(call.body.get("upload").cloned().unwrap_or_default());
    let kind = text_of(&body, "uploadable_type").to_owned();
    let id = int_of(&body, "uploadable_id");
    let (name, blob) = file(call, "file").ok_or_else(|| Answer::unwrapped("file"))?;
    if !matches!(kind.as_str(), "Asset" | "Website" | "AssetPassword" | "Article" | "Procedure") {
        return Err(Answer::errors(vec!["Uploadable type is not included in the list".to_owned()]));
    }
    if owner(state, &kind, id).is_none() {
        return Err(Answer::errors(vec!["Uploadable must exist".to_owned()]));
    }
    let ext = name.rsplit_once('.').map(|(_, ext)| ext.to_owned()).unwrap_or_default();
    let row = json!({
        "name": name, "ext": ext, "mime": blob.mime, "size": format!("{} Bytes", blob.bytes.len()),
        "created_date": state.now(), "uploadable_id": id, "uploadable_type": kind,
    });
    keep(state, &UPLOADS, row, blob)
}

fn photo(state: &mut State, call: &Call) -> Reply {
    let body = record(call.body.get("photo").unwrap_or(&call.body).clone());
    let kind = text_of(&body, "photoable_type").to_owned();
    let id = int_of(&body, "photoable_id");
    let (_, blob) = file(call, "file").ok_or_else(|| Answer::unwrapped("file"))?;
    let mut faults = Vec::new();
    let company = owner(state, &kind, id);
    if company.is_none() {
        faults.push("Photoable must exist");
    }
    if company.is_none() && body.contains_key("company_id") {
        faults.push("Company cannot be set directly. Change the photoable to update the company.");
    }
    if text_of(&body, "caption").is_empty() {
        faults.push("Caption can't be blank");
    }
    if !matches!(blob.mime.as_str(), "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "image/heic") {
        faults.push("File has an invalid content type");
    }
    if !faults.is_empty() {
        return Err(Answer::errors(faults));
    }
    let row = json!({
        "caption": body.get("caption"), "company_id": company, "photoable_type": kind, "photoable_id": id,
        "folder_id": int_of(&body, "folder_id"), "pinned": body.get("pinned").is_some_and(truth),
    });
    keep(state, &PHOTOS, row, blob)
}

fn public(state: &mut State, call: &Call) -> Reply {
    let body = record(call.body.clone());
    let kind = text_of(&body, "record_type").to_owned();
    let id = int_of(&body, "record_id");
    let (name, blob) = file(call, "photo").ok_or_else(|| Answer::unwrapped("photo"))?;
    if !matches!(kind.as_str(), "Article" | "Asset" | "Company") || owner(state, &kind, id).is_none() {
        return Err(Answer::errors(vec!["Record must exist".to_owned()]));
    }
    add_public_photo(state, &kind, id.unwrap_or_default(), &name, blob);
    let last = state.store.table("public_photos").values().next_back().map(|photo| public_photo(state, photo));
    Ok(Answer::json(201, &last.unwrap_or_default()))
}

fn keep(state: &mut State, resource: &'static Resource, row: Value, blob: Blob) -> Reply {
    let id = save(state, resource, None, record(row), true)?;
    state.store.put_blob(resource.path, id, blob);
    let new = state.store.get(resource.path, id).cloned().unwrap_or_default();
    Ok(rest::single(state, resource, 201, &new))
}
