//! Answers, with the headers that a live instance sends.

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::Value;

/// An answer before it is put on the wire. Refusals are answers too, so `?` can return them.
#[derive(Debug)]
pub(crate) struct Reply {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
    headers: Vec<(header::HeaderName, String)>,
}

impl Reply {
    /// JSON with this status.
    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::bytes(status, "application/json; charset=utf-8", value.to_string().into_bytes())
    }

    /// No body, as Halo answers 401, 403 and 404.
    pub(crate) fn empty(status: u16) -> Self {
        Self::bytes(status, "", Vec::new())
    }

    /// A refusal without a body, with one in JSON.
    pub(crate) fn in_words(self) -> Self {
        match (self.status, self.body.is_empty()) {
            (status @ (401 | 403 | 404), true) => {
                Self::json(status, &serde_json::json!({ "error": format!("Refused with {status}.") }))
            }
            _ => self,
        }
    }

    /// A 404 without a body, with a web page for one.
    pub(crate) fn with_page(self) -> Self {
        match (self.status, self.body.is_empty()) {
            (404, true) => Self::bytes(404, "text/html; charset=utf-8", b"<!doctype html><title>404</title>".to_vec()),
            _ => self,
        }
    }

    /// Plain text.
    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::bytes(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
    }

    /// Any body.
    pub(crate) fn bytes(status: u16, kind: &'static str, body: Vec<u8>) -> Self {
        Self { status, kind, body, headers: Vec::new() }
    }

    /// A business rule says no: 400 with the sentence as a JSON string.
    pub(crate) fn refused(sentence: &str) -> Self {
        Self::json(400, &Value::String(sentence.to_owned()))
    }

    /// Model binding says no: 400 with the path of the member and its message.
    pub(crate) fn unbound(path: &str, message: &str) -> Self {
        Self::json(400, &serde_json::json!({ path: [message] }))
    }

    /// The browser goes elsewhere.
    pub(crate) fn redirect(to: &str) -> Self {
        Self::empty(302).with(header::LOCATION, to)
    }

    /// One more header.
    pub(crate) fn with(mut self, name: header::HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// On the wire.
    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        let common = [
            (header::CACHE_CONTROL, "no-cache,no-store,must-revalidate"),
            (header::REFERRER_POLICY, "same-origin"),
            (header::CONTENT_TYPE, self.kind),
        ];
        for (name, value) in common {
            if !value.is_empty() {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        response
    }
}
