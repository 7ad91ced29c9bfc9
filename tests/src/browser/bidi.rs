//! WebDriver BiDi over a web socket: the one protocol that both browsers speak.
//!
//! Unlike classic WebDriver it sees frames inside closed shadow roots, finds nodes by
//! accessibility role and name, and sends trusted input to any frame.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures::stream::SplitSink;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::{Mutex as AsyncMutex, oneshot};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::error::{Error, Result};

/// Longest wait for one command's answer; starting Chromium on a busy machine is the slowest.
const ANSWER: Duration = Duration::from_secs(60);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
type Waiting = Mutex<HashMap<u64, oneshot::Sender<Value>>>;

/// A session with one browser.
pub(super) struct Bidi {
    next: AtomicU64,
    out: AsyncMutex<SplitSink<Socket, Message>>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    waiting: Waiting,
    problems: Mutex<Vec<String>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|broken| broken.into_inner())
}

impl Bidi {
    /// Connects to `ws://…/session`; a session is not started yet.
    pub(super) async fn connect(url: &str) -> Result<Self> {
        // Screenshots come as one message.
        let config = WebSocketConfig::default().max_message_size(Some(64 << 20)).max_frame_size(None);
        let (socket, _) =
            connect_async_with_config(url, Some(config), true).await.map_err(|e| Error::Connection(e.to_string()))?;
        let (out, mut incoming) = socket.split();
        let shared = Arc::new(Shared::default());
        let reader = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Some(Ok(message)) = incoming.next().await {
                if let Message::Text(text) = message
                    && let Ok(value) = serde_json::from_str(&text)
                {
                    reader.receive(value);
                }
            }
            // Dropping the senders tells every waiting command that the connection is gone.
            lock(&reader.waiting).clear();
        });
        Ok(Self { next: AtomicU64::new(1), out: AsyncMutex::new(out), shared })
    }

    /// Sends a command and returns its result.
    pub(super) async fn command(&self, method: &str, params: Value) -> Result<Value> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (answer, receive) = oneshot::channel();
        lock(&self.shared.waiting).insert(id, answer);
        let text = json!({ "id": id, "method": method, "params": params }).to_string();
        self.out.lock().await.send(Message::text(text)).await.map_err(|e| Error::Connection(e.to_string()))?;
        let reply = match tokio::time::timeout(ANSWER, receive).await {
            Ok(Ok(reply)) => reply,
            Ok(Err(_)) => return Err(Error::Connection(format!("closed during {method}"))),
            Err(_) => {
                lock(&self.shared.waiting).remove(&id);
                return Err(Error::Timeout {
                    what: format!("the answer to {method}"),
                    waited: ANSWER,
                    last: "the browser is silent".to_owned(),
                });
            }
        };
        match reply.get("result") {
            Some(result) => Ok(result.clone()),
            None => Err(Error::Refused {
                method: method.to_owned(),
                code: text_of(&reply, "error"),
                message: text_of(&reply, "message"),
            }),
        }
    }

    /// Console errors and uncaught exceptions of every page so far, oldest first.
    pub(super) fn problems(&self) -> Vec<String> {
        lock(&self.shared.problems).clone()
    }
}

impl Shared {
    fn receive(&self, message: Value) {
        if let Some(id) = message["id"].as_u64() {
            if let Some(waiting) = lock(&self.waiting).remove(&id) {
                // The command may have given up waiting.
                let _ = waiting.send(message);
            }
        } else if let Some(line) = problem(&message) {
            lock(&self.problems).push(line);
        }
    }
}

/// The problem that an event tells of, if it does.
fn problem(event: &Value) -> Option<String> {
    let params = &event["params"];
    match event["method"].as_str()? {
        // Of an error object, Chromium's log entry only says "error"; its own event says all.
        "log.entryAdded" if params["level"] == "error" && params["text"] != "error" => {
            let place = &params["stackTrace"]["callFrames"][0];
            let at = match place["url"].as_str() {
                Some(url) => format!(" ({url}:{})", place["lineNumber"]),
                None => String::new(),
            };
            Some(text_of(params, "text") + &at)
        }
        "goog:cdp.Runtime.consoleAPICalled" if params["params"]["type"] == "error" => {
            let arguments = params["params"]["args"].as_array().into_iter().flatten();
            let objects: Vec<_> = arguments
                .filter(|argument| argument["subtype"] == "error")
                .map(|argument| text_of(argument, "description"))
                .collect();
            (!objects.is_empty()).then(|| objects.join(" "))
        }
        _ => None,
    }
}

fn text_of(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}
