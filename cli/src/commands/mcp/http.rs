//! The server over HTTP, on the loopback only, for whoever knows its token.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use rmcp::ErrorData;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::lines::{LONGEST, wrong};
use super::server::Server;
use crate::failure::Failure;
use crate::out::Out;

/// Where a token of one's own stands; without one a token is drawn at each start.
const TOKEN: &str = "SIDELIGHT_MCP_TOKEN";
/// Pages that may ask from a browser: those of this computer.
const ORIGINS: [&str; 2] = ["http://localhost:*", "http://127.0.0.1:*"];

/// Serves on this port (0 for any) until the program ends.
pub async fn serve(server: Server, port: u16, out: &Out) -> Result<JoinHandle<Result<(), Failure>>, Failure> {
    let wrong =
        move |error: std::io::Error| Failure::File(format!("Port {port} cannot be used ({error}). Name another one."));
    let place = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(place).await.map_err(wrong)?;
    let place = listener.local_addr().map_err(wrong)?;
    let own = std::env::var(TOKEN).ok().filter(|token| !token.is_empty());
    let token = match own {
        Some(own) => {
            out.note(&format!("http://{place}/mcp, with the token of {TOKEN}"));
            own
        }
        None => {
            let drawn = draw();
            out.note(&format!("http://{place}/mcp, with the header Authorization: Bearer {drawn}"));
            drawn
        }
    };
    let mut config = StreamableHttpServerConfig::default();
    config.allowed_origins = ORIGINS.map(str::to_owned).to_vec();
    config.max_request_body_bytes = LONGEST;
    let sessions = Arc::new(LocalSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(server.clone()), sessions, config);
    let wanted = format!("Bearer {token}");
    let check = middleware::from_fn(move |request: Request, next: Next| admit(wanted.clone(), request, next));
    let router = Router::new().nest_service("/mcp", service).layer(check);
    Ok(tokio::spawn(async move { axum::serve(listener, router).await.map_err(wrong) }))
}

/// Only who knows the token gets an answer.
async fn admit(wanted: String, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).map(|value| value.as_bytes().to_vec()).unwrap_or_default();
    let same = given.len() == wanted.len()
        && given.iter().zip(wanted.bytes()).fold(0, |other, (one, two)| other | (one ^ two)) == 0;
    if same { judge(request, next).await } else { StatusCode::UNAUTHORIZED.into_response() }
}

/// Answers what is no message as JSON-RPC wants it; the library has only words for it.
async fn judge(request: Request, next: Next) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_ascii_lowercase());
    if request.method() != Method::POST || !kind.is_some_and(|kind| kind.starts_with(b"application/json")) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    if let Some(error) = wrong(&body) {
        return refused(&error);
    }
    let answer = next.run(Request::from_parts(head, Body::from(body))).await;
    // That it is JSON was seen.
    match answer.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => refused(&ErrorData::invalid_request("Invalid request", None)),
        _ => answer,
    }
}

fn refused(error: &ErrorData) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({"jsonrpc": "2.0", "id": null, "error": error}))).into_response()
}

/// A token that nobody guesses.
fn draw() -> String {
    let mut bytes = [0; 24];
    // Without chance there is no token to keep others out: better to end than to go on.
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
