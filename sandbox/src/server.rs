//! One request through the routers, in process or over a socket, with the faults that are due.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tower::ServiceExt;

use crate::{Effect, Sandbox, Seen, Server, control};

/// The connection was cut instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// Before anything was done.
    Before,
    /// After the work was done.
    After,
    /// In the middle of the answer's body, after the work was done.
    Half,
}

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Before => "the connection was cut before the request was carried out",
            Self::After => "the connection was cut before the answer",
            Self::Half => "the connection was cut in the middle of the answer",
        })
    }
}

impl std::error::Error for Dropped {}

/// What came of a request; half a body and one without an end are still whole here.
enum Outcome {
    Whole(http::Response<Bytes>),
    Half(http::Response<Bytes>),
    Endless(http::Response<Bytes>),
    Cut(Dropped),
}

impl Sandbox {
    /// One request in process, through the very routers that are served, faults included.
    ///
    /// The URI may be absolute or only a path with its query. Delays use tokio's time, so a test
    /// with paused time does not wait for them.
    pub async fn call(
        &self,
        server: Server,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, Dropped> {
        match self.outcome(server, request.map(Bytes::from)).await {
            Outcome::Whole(response) => Ok(response.map(Vec::from)),
            Outcome::Half(_) => Err(Dropped::Half),
            Outcome::Endless(_) => std::future::pending().await,
            Outcome::Cut(dropped) => Err(dropped),
        }
    }

    /// Serves both on 127.0.0.1 (port 0 takes any free one) and tells them their own addresses.
    ///
    /// Over a socket a cut really closes the connection, and half a body really ends early.
    pub async fn serve(self, halo_port: u16, hudu_port: u16) -> io::Result<Running> {
        let halo = TcpListener::bind((Ipv4Addr::LOCALHOST, halo_port)).await?;
        let hudu = TcpListener::bind((Ipv4Addr::LOCALHOST, hudu_port)).await?;
        let origins = [format!("http://{}", halo.local_addr()?), format!("http://{}", hudu.local_addr()?)];
        self.halo.set_origin(&origins[0]);
        self.hudu.set_origin(&origins[1]);
        let tasks = [
            tokio::spawn(accept(self.clone(), Server::Halo, halo)),
            tokio::spawn(accept(self.clone(), Server::Hudu, hudu)),
        ];
        let [halo, hudu] = origins;
        Ok(Running { halo, hudu, sandbox: self, tasks })
    }

    async fn outcome(&self, server: Server, request: http::Request<Bytes>) -> Outcome {
        let path = request.uri().path_and_query().map_or_else(|| "/".to_owned(), |path| path.as_str().to_owned());
        if let Some(answer) = control::answer(self, server, &request) {
            return Outcome::Whole(answer);
        }
        let method = request.method().as_str().to_owned();
        let from_app = server == Server::Halo && self.halo.is_agent_app(request.headers());
        let at = self.clock.now();
        let effect = self.faults.strike(server.name(), &method, &path);
        let outcome = self.struck(server, request, effect).await;
        let status = match &outcome {
            Outcome::Whole(answer) | Outcome::Half(answer) | Outcome::Endless(answer) => answer.status().as_u16(),
            Outcome::Cut(_) => 0,
        };
        self.seen.add(server, Seen { method, path, status, from_app, at });
        outcome
    }

    async fn struck(&self, server: Server, request: http::Request<Bytes>, effect: Option<Effect>) -> Outcome {
        let Some(effect) = effect else {
            return Outcome::Whole(self.route(server, request).await);
        };
        match effect {
            Effect::Status { status, body, headers } => Outcome::Whole(plain(status, body, &headers)),
            Effect::Delay { ms } => {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                Outcome::Whole(self.route(server, request).await)
            }
            Effect::DropBefore => Outcome::Cut(Dropped::Before),
            Effect::DropAfter => {
                self.route(server, request).await;
                Outcome::Cut(Dropped::After)
            }
            Effect::HalfBody => Outcome::Half(self.route(server, request).await),
            Effect::NeverEnds => Outcome::Endless(self.route(server, request).await),
            Effect::ExpireToken => {
                let body = match server {
                    Server::Halo => {
                        self.halo.expire_tokens();
                        String::new()
                    }
                    // Hudu's key does not expire; to a client this is a key that was withdrawn.
                    Server::Hudu => "{\"error\":\"Unauthorized\"}".to_owned(),
                };
                Outcome::Whole(plain(401, body, &[]))
            }
            Effect::RateLimit => {
                let body = match server {
                    Server::Halo => self.halo.rate_limit_sentence(),
                    Server::Hudu => "Retry later\n".to_owned(),
                };
                Outcome::Whole(plain(429, body, &[]))
            }
        }
    }

    async fn route(&self, server: Server, request: http::Request<Bytes>) -> http::Response<Bytes> {
        let answer: Result<_, Infallible> = self.router(server).oneshot(request.map(Body::from)).await;
        let Ok(response) = answer;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
        http::Response::from_parts(parts, body)
    }
}

fn plain(status: u16, body: String, headers: &[(String, String)]) -> http::Response<Bytes> {
    let mut response = http::Response::new(Bytes::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    if !response.body().is_empty() {
        let kind = http::HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
    }
    for (name, value) in headers {
        let name = http::HeaderName::try_from(name.as_str());
        let value = http::HeaderValue::try_from(value.as_str());
        if let (Ok(name), Ok(value)) = (name, value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// A served pair. It stops when this is dropped.
pub struct Running {
    /// Halo's address, `http://127.0.0.1:8787`.
    pub halo: String,
    /// Hudu's address.
    pub hudu: String,
    /// The pair itself.
    pub sandbox: Sandbox,
    tasks: [JoinHandle<()>; 2],
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn accept(sandbox: Sandbox, server: Server, listener: TcpListener) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        while connections.try_join_next().is_some() {}
        let _ = stream.set_nodelay(true);
        let sandbox = sandbox.clone();
        connections.spawn(async move {
            let service = hyper::service::service_fn(move |request| {
                let sandbox = sandbox.clone();
                async move { over_socket(&sandbox, server, request).await }
            });
            // A cut connection ends here with an error, as it is meant to.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn over_socket(
    sandbox: &Sandbox,
    server: Server,
    request: http::Request<hyper::body::Incoming>,
) -> Result<http::Response<Body>, Dropped> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Dropped::Before)?.to_bytes();
    match sandbox.outcome(server, http::Request::from_parts(parts, body)).await {
        Outcome::Whole(response) => Ok(response.map(Body::from)),
        Outcome::Half(response) => Ok(half(response)),
        Outcome::Endless(response) => Ok(endless(response)),
        Outcome::Cut(dropped) => Err(dropped),
    }
}

/// The full `Content-Length`, half of the body, then a closed connection.
fn half(response: http::Response<Bytes>) -> http::Response<Body> {
    let (mut parts, body) = response.into_parts();
    parts.headers.insert(http::header::CONTENT_LENGTH, body.len().into());
    let first = body.slice(..body.len() / 2);
    let (sender, channel) = http_body_util::channel::Channel::<Bytes, Dropped>::new(1);
    tokio::spawn(async move {
        let mut sender = sender;
        let _ = sender.send_data(first).await;
        // The first half has to leave before the connection is cut.
        tokio::time::sleep(Duration::from_millis(20)).await;
        sender.abort(Dropped::Half);
    });
    http::Response::from_parts(parts, Body::new(channel))
}

/// The whole body, then a blank now and then for as long as somebody listens.
fn endless(response: http::Response<Bytes>) -> http::Response<Body> {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(http::header::CONTENT_LENGTH);
    let (mut sender, channel) = http_body_util::channel::Channel::<Bytes, Dropped>::new(1);
    tokio::spawn(async move {
        let mut next = body;
        while sender.send_data(next).await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
            next = Bytes::from_static(b" ");
        }
    });
    http::Response::from_parts(parts, Body::new(channel))
}
