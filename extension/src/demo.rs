//! Demo data: a small made-up pair of products inside the worker, so that anybody can try Sidelight without
//! an account. Requests to its addresses are answered from the data; none leaves the browser.
//!
//! It knows no more of the two products than lists, single records and writes: what the core asks of
//! rows is looked up, what it writes is kept until the browser closes or the demo ends.

use std::cell::RefCell;
use std::collections::HashMap;

use futures::FutureExt;
use serde_json::{Map, Value, json};
use sidelight::http::date;
use sidelight::hudu::field;
use sidelight::platform::{Clock, Cut, Http, Later, Method, Request, Response};
use sidelight::settings::demo::{HALO, HUDU};

use crate::clock::BrowserClock;
use crate::webext;

/// The made-up data. Dates are days from today: `@+12`.
const DATA: &str = include_str!("../data/demo.json");
/// Name in `storage.session` of the data as it was changed.
const KEPT: &str = "demo";

thread_local! {
    static NOW: RefCell<Option<Value>> = const { RefCell::new(None) };
}

/// The network, with the demo's addresses answered here.
pub struct WithDemo<H>(pub H);

impl<H: Http> Http for WithDemo<H> {
    fn send(&self, request: Request) -> Later<'_, Result<Response, Cut>> {
        let origin = request.url.origin().ascii_serialization();
        if origin == HALO || origin == HUDU {
            return async move { Ok(answer(request, origin == HALO).await) }.boxed_local();
        }
        self.0.send(request)
    }
}

/// The demo ended: what was changed in it is forgotten.
pub fn forget() {
    NOW.with(|now| now.borrow_mut().take());
    webext::tell("storage.session", "remove", json!([KEPT]));
}

async fn answer(request: Request, halo: bool) -> Response {
    let mut data = match NOW.with(|now| now.borrow_mut().take()) {
        Some(data) => data,
        None => stored().await,
    };
    let wrote = request.method != Method::GET;
    let (status, body) = respond(&mut data, &request, halo).unwrap_or((404, json!({ "error": "Not found" })));
    if wrote && status == 200 {
        webext::tell("storage.session", "set", json!([{ KEPT: data.to_string() }]));
    }
    NOW.with(|now| now.borrow_mut().replace(data));
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Response { status, headers, body: body.to_string().into_bytes() }
}

async fn stored() -> Value {
    let kept = webext::call("storage.session", "get", json!([KEPT])).await.unwrap_or_default();
    let text = kept[KEPT].as_str().unwrap_or(DATA);
    let mut data = sidelight::json::parse(text.as_bytes()).unwrap_or_default();
    dated(&mut data, BrowserClock.now());
    data
}

/// Puts real days in the place of `@+12` and `@-9T10:00:00Z`.
fn dated(value: &mut Value, now: i64) {
    match value {
        Value::String(text) => {
            if let Some(rest) = text.strip_prefix('@') {
                let (days, time) = rest.split_at(rest.find('T').unwrap_or(rest.len()));
                let days: i64 = days.parse().unwrap_or_default();
                *text = format!("{}{time}", date::day_of(now + days * 86_400_000));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| dated(item, now)),
        Value::Object(members) => members.values_mut().for_each(|member| dated(member, now)),
        _ => {}
    }
}

/// Status and body; `None` for what there is not.
fn respond(data: &mut Value, request: &Request, halo: bool) -> Option<(u16, Value)> {
    let path = request.url.path().trim_matches('/').to_owned();
    let query: HashMap<String, String> = request.url.query_pairs().into_owned().collect();
    let body = request.body.as_deref().and_then(|body| sidelight::json::parse(body).ok()).unwrap_or_default();
    if halo {
        if path.ends_with("token") {
            return Some((
                200,
                json!({ "access_token": "demo", "token_type": "Bearer", "expires_in": 3600, "scope": "all" }),
            ));
        }
        let parts: Vec<&str> = path.strip_prefix("api/")?.split('/').collect();
        return rest(data.get_mut("halo")?, &parts, &query, request.method == Method::GET, body);
    }
    let mut parts: Vec<&str> = path.strip_prefix("api/v1/")?.split('/').collect();
    if parts == ["api_info"] {
        return Some((200, json!({ "version": "2.45.0", "date": "2026-01-01" })));
    }
    let mut query = query;
    let mut body = unwrapped(body);
    // The assets of one company are asked for below it.
    if let ["companies", company, "assets", ..] = parts[..] {
        query.insert("company_id".to_owned(), company.to_owned());
        if let Some(members) = body.as_object_mut() {
            members.insert("company_id".to_owned(), company.parse::<i64>().map_or(Value::Null, Value::from));
        }
        parts.drain(..2);
    }
    if let ["procedures", id, "kickoff"] = parts[..] {
        return kick_off(data.get_mut("hudu")?, id.parse().ok()?);
    }
    rest(data.get_mut("hudu")?, &parts, &query, request.method == Method::GET, body)
}

/// A body without the one member that it is wrapped in.
fn unwrapped(body: Value) -> Value {
    match body {
        Value::Object(mut members) if members.len() == 1 && members.values().all(Value::is_object) => {
            members.values_mut().next().map(Value::take).unwrap_or_default()
        }
        body => body,
    }
}

fn rest(
    product: &mut Value,
    parts: &[&str],
    query: &HashMap<String, String>,
    reads: bool,
    body: Value,
) -> Option<(u16, Value)> {
    let (name, id) = (*parts.first()?, parts.get(1).and_then(|id| id.parse::<i64>().ok()));
    let rows = product.get_mut(name)?.as_array_mut()?;
    match (reads, id) {
        (true, Some(id)) => rows.iter().find(|row| row["id"] == id).map(|row| (200, row.clone())),
        // Who is signed in: the one agent there is.
        (true, None) if parts.get(1) == Some(&"me") => rows.first().map(|row| (200, row.clone())),
        (true, None) => {
            let later = ["page", "page_no"].iter().any(|page| query.get(*page).is_some_and(|page| page != "1"));
            let fits = |row: &&Value| !later && query.iter().all(|(key, wanted)| fits(row, key, wanted));
            Some((200, rows.iter().filter(fits).cloned().collect()))
        }
        // HaloITSM takes lists of records to save, Hudu one.
        (false, id) => {
            let one = match body {
                Value::Array(mut all) => all.drain(..).next()?,
                body => body,
            };
            let archived = match parts.get(2) {
                Some(&"archive") => Some(true),
                Some(&"unarchive") => Some(false),
                _ => None,
            };
            let members = one.as_object().cloned().unwrap_or_default();
            save(rows, id.or(members.get("id").and_then(Value::as_i64)), members, archived).map(|row| (200, row))
        }
    }
}

/// A filter that names a member of the row; ranges and everything else pass.
fn fits(row: &Value, key: &str, wanted: &str) -> bool {
    match row.get(key) {
        Some(Value::String(own)) if !key.ends_with("_at") => own.eq_ignore_ascii_case(wanted),
        Some(Value::Number(own)) => own.to_string() == wanted,
        Some(Value::Null) if key == "company_id" => false,
        _ => true,
    }
}

fn save(rows: &mut Vec<Value>, id: Option<i64>, members: Map<String, Value>, archived: Option<bool>) -> Option<Value> {
    let place = match id {
        Some(id) => rows.iter().position(|row| row["id"] == id)?,
        None => {
            let id = rows.iter().filter_map(|row| row["id"].as_i64()).max().unwrap_or_default() + 1;
            rows.push(json!({ "id": id, "archived": false, "fields": [], "slug": format!("new-{id}") }));
            rows.len() - 1
        }
    };
    let row = rows.get_mut(place)?.as_object_mut()?;
    for (name, value) in members {
        match (name.as_str(), value) {
            ("custom_fields", Value::Array(written)) => fill(row, &written),
            (_, value) => drop(row.insert(name, value)),
        }
    }
    if let Some(archived) = archived {
        row.insert("archived".to_owned(), archived.into());
    }
    Some(Value::Object(row.clone()))
}

/// Writes custom fields, whose keys are labels in lower case with underscores, under the labels.
fn fill(row: &mut Map<String, Value>, written: &[Value]) {
    let fields = row.entry("fields").or_insert_with(|| json!([]));
    let Some(fields) = fields.as_array_mut() else { return };
    for (key, value) in written.iter().filter_map(Value::as_object).flatten() {
        let known = fields.iter_mut().find(|own| own["label"].as_str().is_some_and(|label| field::key(label) == *key));
        match known {
            Some(own) => own["value"] = value.clone(),
            None => fields.push(json!({ "label": label(key), "value": value })),
        }
    }
}

/// "serial_number" as a label that the layouts have: labels are compared without case.
fn label(key: &str) -> String {
    key.replace('_', " ")
}

fn kick_off(hudu: &mut Value, process: i64) -> Option<(u16, Value)> {
    let rows = hudu.get_mut("procedures")?.as_array_mut()?;
    let mut made = rows.iter().find(|row| row["id"] == process)?.clone();
    let id = rows.len() as i64 + 1;
    made["id"] = id.into();
    made["run"] = true.into();
    made["parent_process_id"] = process.into();
    made["status"] = "In Progress".into();
    for (at, task) in made["procedure_tasks_attributes"].as_array_mut().into_iter().flatten().enumerate() {
        task["id"] = (id * 100 + at as i64).into();
        task["procedure_id"] = id.into();
    }
    rows.push(made.clone());
    Some((200, made))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn ask(data: &mut Value, method: Method, url: &str, body: Option<Value>) -> (u16, Value) {
        let Ok(parsed) = Url::parse(url) else { return (0, Value::Null) };
        let body = body.map(|body| body.to_string().into_bytes());
        let request = Request { method, url: parsed, headers: Vec::new(), body };
        respond(data, &request, url.starts_with(HALO)).unwrap_or((404, Value::Null))
    }

    fn data() -> Value {
        let mut data = sidelight::json::parse(DATA.as_bytes()).unwrap_or_default();
        dated(&mut data, 1_700_000_000_000);
        data
    }

    #[test]
    fn lists_are_filtered_and_end() {
        let mut data = data();
        let own = ask(&mut data, Method::GET, &format!("{HUDU}/api/v1/companies/1/assets?page=1"), None).1;
        let names: Vec<&str> = own.as_array().into_iter().flatten().filter_map(|row| row["name"].as_str()).collect();
        assert!(names.contains(&"JL-PL-02") && !names.contains(&"OE-TILL-01"), "{names:?}");
        let more = ask(&mut data, Method::GET, &format!("{HUDU}/api/v1/companies/1/assets?page=2"), None);
        assert_eq!(more, (200, json!([])));
        let articles = ask(&mut data, Method::GET, &format!("{HUDU}/api/v1/articles?company_id=2"), None).1;
        assert_eq!(articles, json!([]), "Central articles belong to no company");
        assert_eq!(ask(&mut data, Method::GET, &format!("{HALO}/api/Tickets/999"), None).0, 404);
        assert!(ask(&mut data, Method::GET, &format!("{HALO}/api/Agent/me"), None).1["id"].is_i64());
        let ticket = ask(&mut data, Method::GET, &format!("{HALO}/api/Tickets/101"), None).1;
        assert_eq!(ticket["client_id"], 1);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut data = data();
        let body = json!({ "asset": { "custom_fields": [{ "ip_address": "10.20.4.61" }, { "halo_id": "1" }] } });
        let url = format!("{HUDU}/api/v1/companies/1/assets/1");
        assert_eq!(ask(&mut data, Method::PUT, &url, Some(body)).0, 200);
        let asset = ask(&mut data, Method::GET, &url, None).1;
        let value = |label: &str| {
            let fields = asset["fields"].as_array().into_iter().flatten();
            fields.filter(|field| field["label"] == label).map(|field| field["value"].clone()).next()
        };
        assert_eq!(value("IP Address"), Some(json!("10.20.4.61")));
        assert_eq!(value("Serial Number"), Some(json!("7KD03J2")));
        assert_eq!(value("halo id"), Some(json!("1")));
        let note = json!([{ "ticket_id": 101, "note_html": "<p>x</p>" }]);
        assert_eq!(ask(&mut data, Method::POST, &format!("{HALO}/api/Actions"), Some(note)).0, 200);
        let actions = ask(&mut data, Method::GET, &format!("{HALO}/api/Actions?ticket_id=101"), None).1;
        assert_eq!(actions.as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn days_are_counted_from_today() {
        let mut value = json!(["@+1", "@-9T10:00:00Z", "plain"]);
        dated(&mut value, 0);
        assert_eq!(value, json!(["1970-01-02", "1969-12-23T10:00:00Z", "plain"]));
    }
}
