//! `/_sandbox/…` on both servers: faults, switches, the request log and a fresh start over HTTP.

use axum::body::Bytes;
use serde_json::Value;

use crate::{Fault, Sandbox, Server};

/// Answers a control request; `None` leaves the request to the server itself.
pub(crate) fn answer(
    sandbox: &Sandbox,
    server: Server,
    request: &http::Request<Bytes>,
) -> Option<http::Response<Bytes>> {
    let topic = request.uri().path().strip_prefix("/_sandbox/")?;
    let result = match (request.method().as_str(), topic) {
        ("GET", "faults") => encode(&sandbox.faults.list()),
        ("POST", "faults") => add_faults(sandbox, request.body()),
        ("DELETE", "faults") => {
            sandbox.faults.clear();
            Ok(Value::Null)
        }
        ("GET", "switches") => switches(sandbox, server),
        ("PUT", "switches") => put_switches(sandbox, server, request.body()),
        ("GET", "requests") => encode(&sandbox.requests(server)),
        ("DELETE", "requests") => {
            sandbox.clear_requests();
            Ok(Value::Null)
        }
        ("POST", "reset") => {
            sandbox.reset();
            Ok(Value::Null)
        }
        _ => return None,
    };
    let (status, body) = match result {
        Ok(Value::Null) => (204, String::new()),
        Ok(value) => (200, value.to_string()),
        Err(error) => (400, serde_json::json!({ "error": error }).to_string()),
    };
    let mut response = http::Response::new(Bytes::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let kind = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
    Some(response)
}

fn encode(value: &impl serde::Serialize) -> Result<Value, String> {
    serde_json::to_value(value).map_err(|error| error.to_string())
}

fn decode<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

fn parse(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

fn add_faults(sandbox: &Sandbox, body: &[u8]) -> Result<Value, String> {
    let faults: Vec<Fault> = match parse(body)? {
        list @ Value::Array(_) => decode(list)?,
        one => vec![decode(one)?],
    };
    for fault in faults {
        sandbox.faults.add(fault);
    }
    encode(&sandbox.faults.list())
}

fn switches(sandbox: &Sandbox, server: Server) -> Result<Value, String> {
    match server {
        Server::Halo => encode(&sandbox.halo.switches()),
        Server::Hudu => encode(&sandbox.hudu.switches()),
    }
}

/// Only the switches that are sent change.
fn put_switches(sandbox: &Sandbox, server: Server, body: &[u8]) -> Result<Value, String> {
    let mut all = switches(sandbox, server)?;
    let (Value::Object(all_members), Value::Object(sent)) = (&mut all, parse(body)?) else {
        return Err("an object of switches is expected".to_owned());
    };
    for (name, value) in sent {
        if all_members.insert(name.clone(), value).is_none() {
            return Err(format!("there is no switch {name}"));
        }
    }
    match server {
        Server::Halo => sandbox.halo.set_switches(decode(all)?),
        Server::Hudu => sandbox.hudu.set_switches(decode(all)?),
    }
    switches(sandbox, server)
}
