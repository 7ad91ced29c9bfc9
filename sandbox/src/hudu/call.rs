//! One request, read as Rails reads it: query, JSON or form body, files.

use axum::http::{HeaderMap, Method};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::keys::KeyOptions;
use super::multipart::{self, Part};

/// One request.
pub(super) struct Call {
    /// Method.
    pub method: Method,
    /// Parts of the path, below `/api/v1` for the API.
    pub path: Vec<String>,
    /// Query parameters in order.
    pub query: Vec<(String, String)>,
    /// Headers.
    pub headers: HeaderMap,
    /// Parsed body; an object, or null when there is none.
    pub body: Value,
    /// Files of a multipart body.
    pub files: Vec<Part>,
    /// Whether the body was meant to be JSON and is not.
    pub broken: bool,
    /// What the caller's key may do.
    pub key: KeyOptions,
}

impl Call {
    /// Reads a request.
    pub(super) fn read(method: Method, path: &str, query: Option<&str>, headers: HeaderMap, bytes: &[u8]) -> Self {
        let path = path.split('/').filter(|part| !part.is_empty()).map(decode).collect();
        let query = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        let mut call = Self {
            method,
            path,
            query,
            headers,
            body: Value::Null,
            files: Vec::new(),
            broken: false,
            key: KeyOptions::default(),
        };
        call.read_body(bytes);
        call
    }

    fn read_body(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let kind = self.header("content-type").to_owned();
        if let Some(boundary) = multipart::boundary(&kind) {
            let mut fields = Vec::new();
            for part in multipart::parts(bytes, &boundary) {
                if part.file_name.is_some() {
                    self.files.push(part);
                } else {
                    fields.push((part.name, String::from_utf8_lossy(&part.bytes).into_owned()));
                }
            }
            self.body = nested(fields);
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            self.body = nested(form_urlencoded::parse(bytes).into_owned().collect());
        } else {
            match serde_json::from_slice(bytes) {
                Ok(body) => self.body = body,
                Err(_) => self.broken = true,
            }
        }
    }

    /// A header's text; empty when it is missing.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A query parameter that is not empty.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }

    /// A parameter from the query or from the top of the body.
    pub(super) fn param(&self, name: &str) -> Option<Value> {
        match self.query(name) {
            Some(text) => Some(Value::from(text)),
            None => self.body.get(name).filter(|value| !value.is_null()).cloned(),
        }
    }

    /// The number at this place of the path; -1, which no record has, when it is not one.
    pub(super) fn id_at(&self, place: usize) -> i64 {
        self.path.get(place).and_then(|part| part.parse().ok()).unwrap_or(-1)
    }

    /// Whether the browser brings a session (any: the sandbox has one user).
    pub(super) fn has_session(&self) -> bool {
        self.header("cookie").split(';').any(|pair| pair.trim().starts_with("_hudu_session="))
    }
}

fn decode(part: &str) -> String {
    percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned()
}

/// `a[b]=1` as `{"a":{"b":"1"}}`, `a[]=1` as `{"a":["1"]}`.
fn nested(pairs: Vec<(String, String)>) -> Value {
    let mut root = Map::new();
    for (name, value) in pairs {
        let mut keys = name.split('[').map(|key| key.trim_end_matches(']'));
        let first = keys.next().unwrap_or_default().to_owned();
        match keys.next() {
            None => {
                root.insert(first, Value::from(value));
            }
            Some("") => {
                if let Value::Array(list) = root.entry(first).or_insert_with(|| Value::Array(Vec::new())) {
                    list.push(Value::from(value));
                }
            }
            Some(second) => {
                if let Value::Object(inner) = root.entry(first).or_insert_with(|| Value::Object(Map::new())) {
                    inner.insert(second.to_owned(), Value::from(value));
                }
            }
        }
    }
    Value::Object(root)
}
