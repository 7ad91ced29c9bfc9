//! The network over reqwest: TLS with the system's certificates, no cookies, no referrer.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use sidelight::platform::{Cut, Http, Later, Method, Request, Response};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a request may take in all, answer included.
const WHOLE: Duration = Duration::from_secs(60);
/// Most redirects that are followed.
const REDIRECTS: usize = 5;
/// Headers that name who is asking; they never leave the origin that they were made for.
const CREDENTIALS: [&str; 2] = ["authorization", "x-api-key"];

/// The network of this computer.
pub struct Network {
    client: Client,
}

/// The network could not be prepared.
#[derive(Debug, thiserror::Error)]
#[error(
    "The network could not be prepared ({0}). Check that the system has its certificates (on Debian the package ca-certificates)."
)]
pub struct NetworkError(String);

impl Network {
    /// Connections are kept open and shared.
    pub fn new() -> Result<Self, NetworkError> {
        // Fails only where a provider is installed already, and then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("Sidelight/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .redirect(Policy::none())
            .referer(false)
            .build()
            .map_err(|error| NetworkError(words(&error)))?;
        Ok(Self { client })
    }

    async fn once(&self, request: &Request) -> Result<Response, reqwest::Error> {
        let mut sent = self.client.request(request.method.clone(), request.url.clone());
        for (name, value) in &request.headers {
            sent = sent.header(*name, value);
        }
        if let Some(body) = &request.body {
            sent = sent.body(body.clone());
        }
        let answer = sent.send().await?;
        let status = answer.status().as_u16();
        let headers = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        Ok(Response { status, headers, body: answer.bytes().await?.to_vec() })
    }
}

impl Http for Network {
    fn send(&self, mut request: Request) -> Later<'_, Result<Response, Cut>> {
        Box::pin(async move {
            for _ in 0..REDIRECTS {
                let answer = self.once(&request).await.map_err(|error| Cut::Broken(words(&error)))?;
                match next(&request, &answer) {
                    Some(after) => request = after,
                    None => return Ok(answer),
                }
            }
            Err(Cut::Broken("it redirects without end".to_owned()))
        })
    }
}

/// The request that a redirect asks for, if it is one that may be followed: credentials and bodies stay
/// with the origin that they were made for, nothing goes from https to http, and a write is never answered by what
/// is only read: 301 to 303 would make it one.
fn next(request: &Request, answer: &Response) -> Option<Request> {
    if !matches!(answer.status, 301..=303 | 307 | 308) {
        return None;
    }
    let url: Url = request.url.join(answer.header(LOCATION.as_str())?).ok()?;
    if !matches!(url.scheme(), "http" | "https") || (request.url.scheme() == "https" && url.scheme() != "https") {
        return None;
    }
    if answer.status < 304 && !matches!(request.method, Method::GET | Method::HEAD) {
        return None;
    }
    let mut after = Request { url, ..request.clone() };
    if after.url.origin() != request.url.origin() {
        if after.body.is_some() {
            return None;
        }
        after.headers.retain(|(name, _)| !CREDENTIALS.contains(name));
    }
    Some(after)
}

/// The innermost reason in one line. The address is left out: its query may say more than a log should.
fn words(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        let limit = if error.is_connect() { CONNECT } else { WHOLE };
        return format!("no answer within {} s", limit.as_secs());
    }
    let mut reason: &dyn std::error::Error = error;
    if error.source().is_none() {
        return if error.is_body() || error.is_decode() {
            "the answer ended too early".to_owned()
        } else {
            "the request failed".to_owned()
        };
    }
    while let Some(source) = reason.source() {
        reason = source;
    }
    reason.to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn after(method: Method, status: u16, place: &str) -> Option<Request> {
        let body = (method != Method::GET).then(|| b"secret".to_vec());
        let request = Request {
            method,
            url: Url::parse("https://acme.example/api/a?b=1").unwrap(),
            headers: vec![("authorization", "Bearer t".to_owned()), ("accept", "application/json".to_owned())],
            body,
        };
        let headers = vec![("location".to_owned(), place.to_owned())];
        next(&request, &Response { status, headers, body: Vec::new() })
    }

    #[test]
    fn credentials_and_bodies_stay_with_their_origin() {
        let same = after(Method::POST, 308, "/api/c").unwrap();
        assert_eq!(
            (same.url.as_str(), same.headers.len(), same.body.is_some()),
            ("https://acme.example/api/c", 2, true)
        );
        let away = after(Method::GET, 302, "https://files.example/x").unwrap();
        assert_eq!(away.headers, [("accept", "application/json".to_owned())]);
        assert_eq!(after(Method::POST, 307, "https://files.example/x"), None);
        for status in [301, 302, 303] {
            assert_eq!(after(Method::POST, status, "/login"), None);
            assert_eq!(after(Method::DELETE, status, "/login"), None);
            assert_eq!(after(Method::GET, status, "/login").unwrap().url.path(), "/login");
        }
    }

    #[test]
    fn nothing_leaves_https() {
        assert_eq!(after(Method::GET, 301, "http://acme.example/api/a"), None);
        assert_eq!(after(Method::GET, 301, "file:///etc/passwd"), None);
        assert_eq!(after(Method::GET, 200, "/elsewhere"), None);
    }
}
