//! Attachments: JSON lists, raw bytes, uploads in base64 and inline pictures.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::query::Query;
use super::reply::Reply;
use super::resource::{Record, Resource, text};
use super::state::{Caller, State};
use super::{show, write};

/// `GET /api/Attachment/{id}`: the file's own bytes, unless `includedetails` asks for JSON.
pub(crate) fn get(state: &State, resource: &Resource, query: &Query, record: &Record) -> Reply {
    if query.flag("includedetails") {
        return Reply::json(200, &show::single(state, resource, query, record));
    }
    let id = super::resource::number(record.get("id")).unwrap_or_default();
    let bytes = state.blobs.get(&id).cloned().unwrap_or_default();
    if state.switches.attachment_json {
        let mut told = show::single(state, resource, query, record);
        told["data_base64"] = STANDARD.encode(&bytes).into();
        return Reply::json(200, &told);
    }
    let name = text(record, "filename").replace(['"', '\r', '\n'], "");
    file(bytes, text(record, "content_type"))
        .with(http::header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""))
}

/// `POST /api/Attachment`: `data_base64` or `data`, with or without a `data:` prefix.
pub(crate) fn post(
    state: &mut State,
    resource: &'static Resource,
    caller: &Caller,
    body: &[u8],
) -> Result<Reply, Reply> {
    let mut elements: Vec<Value> = serde_json::from_slice(body)
        .map_err(|_| Reply::unbound("", "The JSON value could not be converted to a list."))?;
    let mut files = Vec::new();
    for (index, element) in elements.iter_mut().enumerate() {
        let Some(members) = element.as_object_mut() else {
            continue;
        };
        let encoded = members.remove("data_base64").or_else(|| members.remove("data"));
        let encoded = encoded.as_ref().and_then(Value::as_str).unwrap_or_default();
        let (prefix, encoded) = encoded.rsplit_once(',').unwrap_or(("", encoded));
        let bytes = STANDARD
            .decode(encoded.trim())
            .map_err(|_| Reply::unbound(&format!("[{index}].data_base64"), "The value is not valid."))?;
        if bytes.len() > state.switches.largest_file {
            return Err(Reply::refused("The file is too large"));
        }
        let kind = prefix.strip_prefix("data:").and_then(|kind| kind.split(';').next()).unwrap_or_default();
        describe(members, kind, &bytes, state.switches.attachment_type);
        files.push(bytes);
    }
    let body = Value::Array(elements).to_string();
    let before = state.records("Attachment").count();
    let reply = write::post(state, resource, caller, body.as_bytes())?;
    let ids: Vec<i64> = state.table("Attachment").skip(before).map(|(key, _)| key.1).collect();
    state.blobs.extend(ids.into_iter().zip(files));
    Ok(reply)
}

fn describe(members: &mut Record, kind: &str, bytes: &[u8], ticket_type: i64) {
    let kind = if kind.is_empty() { kind_of(text(members, "filename")) } else { kind };
    members.insert("content_type".to_owned(), kind.into());
    members.insert("isimage".to_owned(), kind.starts_with("image/").into());
    members.insert("filesize".to_owned(), bytes.len().into());
    if members.contains_key("ticket_id") {
        members.entry("type").or_insert(json!(ticket_type));
        let ticket = members.get("ticket_id").cloned().unwrap_or_default();
        members.entry("unique_id").or_insert(ticket);
    }
}

/// `POST /api/Attachment/image`: a form with one file; answers with the link for an article.
pub(crate) fn post_image(
    state: &mut State,
    resource: &'static Resource,
    kind: &str,
    body: &[u8],
) -> Result<Reply, Reply> {
    let boundary = kind.split("boundary=").nth(1).map(|boundary| boundary.trim_matches('"')).unwrap_or_default();
    let (name, bytes) = first_file(body, boundary).ok_or_else(|| Reply::unbound("file", "A file is needed."))?;
    let (token, nonce) = (state.auth.draw(), state.auth.draw());
    let link = format!("/api/attachment/image?token={token}&nonce={nonce}");
    let mut record = Record::new();
    record.insert("filename".to_owned(), name.into());
    record.insert("link".to_owned(), link.into());
    record.insert("image_upload_key".to_owned(), token.into());
    describe(&mut record, "", &bytes, state.switches.attachment_type);
    let id = write::direct(state, resource, Value::Object(record));
    state.blobs.insert(id, bytes);
    let shown = state.by_id("Attachment", id).map(|record| show::whole(state, resource, record));
    Ok(Reply::json(state.switches.post_status, &shown.unwrap_or_default()))
}

/// `GET /api/Attachment/image?token=…&nonce=…`: a picture, without signing in.
pub(crate) fn get_image(state: &State, query: &Query) -> Reply {
    let token = query.get("token").unwrap_or_default();
    let nonce = format!("&nonce={}", query.get("nonce").unwrap_or_default());
    let found = state.records("Attachment").find(|record| {
        !token.is_empty() && text(record, "image_upload_key") == token && text(record, "link").ends_with(&nonce)
    });
    let id = found.and_then(|record| super::resource::number(record.get("id")));
    match (found, id.and_then(|id| state.blobs.get(&id))) {
        (Some(record), Some(bytes)) => file(bytes.clone(), text(record, "content_type")),
        _ => Reply::empty(404),
    }
}

/// Only kinds that cannot run in the page are served as themselves.
fn file(bytes: Vec<u8>, kind: &str) -> Reply {
    const KINDS: &[&str] = &["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"];
    let kind = KINDS.iter().find(|have| **have == kind).copied().unwrap_or("application/octet-stream");
    Reply::bytes(200, kind, bytes)
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "txt" | "log" => "text/plain",
        _ => "application/octet-stream",
    }
}

/// The first part of a multipart body that has a file name.
fn first_file(body: &[u8], boundary: &str) -> Option<(String, Vec<u8>)> {
    if boundary.is_empty() {
        return None;
    }
    let find = |from: usize, what: &[u8]| {
        body.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let marker = format!("--{boundary}");
    let mut from = find(0, marker.as_bytes())? + marker.len();
    loop {
        let head_end = find(from, b"\r\n\r\n")?;
        let end = find(head_end, format!("\r\n{marker}").as_bytes())?;
        let head = String::from_utf8_lossy(&body[from..head_end]).into_owned();
        if let Some(name) = head.split("filename=\"").nth(1).and_then(|rest| rest.split('"').next()) {
            return Some((name.to_owned(), body[head_end + 4..end].to_vec()));
        }
        from = end + 2 + marker.len();
    }
}
