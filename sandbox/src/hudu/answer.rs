//! What goes back to the caller: bodies of success and of failure, worded as Hudu words them.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

/// A complete answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`; empty for none.
    pub kind: Cow<'static, str>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// Either way it is an answer; `Err` ends the work early.
pub(super) type Reply = Result<Answer, Box<Answer>>;

impl Answer {
    /// A body with its type.
    pub(super) fn new(status: u16, kind: impl Into<Cow<'static, str>>, body: impl Into<Vec<u8>>) -> Self {
        Self { status, kind: kind.into(), headers: Vec::new(), body: body.into() }
    }

    /// JSON.
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", body.to_string())
    }

    /// No body at all.
    pub(super) fn empty(status: u16) -> Self {
        Self::new(status, "", Vec::new())
    }

    /// Elsewhere (302).
    pub(super) fn redirect(to: &str) -> Self {
        Self::empty(302).with("location", to.to_owned())
    }

    /// Adds a header.
    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// `{"error": text}`.
    pub(super) fn error(status: u16, text: &str) -> Box<Self> {
        Box::new(Self::json(status, &json!({ "error": text })))
    }

    /// 400 for a body that is not wrapped in its root key.
    pub(super) fn unwrapped(root: &str) -> Box<Self> {
        let details = format!("param is missing or the value is empty: {root}");
        Box::new(Self::json(400, &json!({ "error": "Parameter missing", "details": details })))
    }

    /// 422 with one sentence per problem.
    pub(super) fn invalid(details: Vec<String>) -> Box<Self> {
        Box::new(Self::json(422, &json!({ "error": "Validation failed", "details": details })))
    }

    /// 422 with `errors`: a sentence or a list of them, as this resource words it.
    pub(super) fn errors(errors: impl Into<Value>) -> Box<Self> {
        Box::new(Self::json(422, &json!({ "errors": errors.into() })))
    }

    /// 404 in the form of exports: `{"errors": [text]}`.
    pub(super) fn errors_404(text: &str) -> Box<Self> {
        Box::new(Self::json(404, &json!({ "errors": [text] })))
    }

    /// 422 about custom fields.
    pub(super) fn invalid_fields(detail: String) -> Box<Self> {
        Box::new(Self::json(422, &json!({ "error": "Invalid custom fields", "details": [detail] })))
    }

    /// The 500 that Hudu gives to many inputs that deserve a 422.
    pub(super) fn crash() -> Box<Self> {
        Box::new(Self::json(500, &json!({ "status": 500, "error": "Internal Server Error" })))
    }

    /// The JSON 404 of a path that exists for other methods only.
    pub(super) fn not_found() -> Box<Self> {
        Box::new(Self::json(404, &json!({ "status": 404, "error": "Not Found" })))
    }

    /// The HTML 404 of a path or method without a route.
    pub(super) fn lost_page() -> Box<Self> {
        let page = "<!DOCTYPE html><title>404 Not Found</title><h1>The page you were looking for doesn't exist.</h1>";
        Box::new(Self::new(404, "text/html; charset=utf-8", page))
    }

    /// 429 in the plain words of Hudu's throttle.
    pub(super) fn throttled(wait: Option<i64>) -> Self {
        let answer = Self::new(429, "text/plain", "Retry later\n");
        match wait {
            Some(seconds) => answer.with("retry-after", seconds.to_string()),
            None => answer,
        }
    }

    /// As the web server sends it.
    pub(super) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        if !self.kind.is_empty()
            && let Ok(value) = HeaderValue::from_str(&self.kind)
        {
            headers.insert(header::CONTENT_TYPE, value);
        }
        headers.insert("x-runtime", HeaderValue::from_static("0.012"));
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(name, value);
            }
        }
        response
    }
}
