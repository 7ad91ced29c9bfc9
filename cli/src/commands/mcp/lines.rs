//! The protocol over standard input and output, one message on each line. A line that is no JSON is answered as
//! JSON-RPC wants it; the library would pass it over, so that whoever sent it waits for ever.

use std::io;
use std::pin::Pin;

use rmcp::model::JsonRpcMessage;
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::{ErrorData, RoleServer};
use serde::de::IgnoredAny;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, Stdout};
use tokio::sync::mpsc;

/// Longest message in bytes: a file of 50 MB in Base64 and much around it.
pub const LONGEST: usize = 128 << 20;
/// Bytes on their way between reading and the library.
const AHEAD: usize = 64 << 10;

/// Why a message cannot be read, in the words of JSON-RPC; nothing where it is JSON.
pub fn wrong(message: &[u8]) -> Option<ErrorData> {
    let message = message.strip_prefix("\u{feff}".as_bytes()).unwrap_or(message);
    let error = serde_json::from_slice::<IgnoredAny>(message).err()?;
    Some(ErrorData::parse_error(format!("Parse error: this is not JSON ({error})."), None))
}

/// Standard input and output as the library wants them.
pub struct Lines {
    good: AsyncRwTransport<RoleServer, DuplexStream, Stdout>,
    wrong: mpsc::UnboundedReceiver<ErrorData>,
    /// An answer that is on its way: whoever waits for a message may be interrupted.
    answer: Option<Pin<Box<dyn Future<Output = io::Result<()>> + Send>>>,
}

impl Lines {
    /// Begins to read.
    pub fn open() -> Self {
        let (good, passed) = tokio::io::duplex(AHEAD);
        let (told, wrong) = mpsc::unbounded_channel();
        tokio::spawn(sieve(tokio::io::stdin(), good, told));
        let good = AsyncRwTransport::new_server(passed, tokio::io::stdout()).with_max_line_length(LONGEST + 1);
        Self { good, wrong, answer: None }
    }
}

impl Transport<RoleServer> for Lines {
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        self.good.send(message)
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            if let Some(answer) = &mut self.answer {
                let sent = answer.await;
                self.answer = None;
                sent.ok()?;
            }
            tokio::select! {
                biased;
                Some(error) = self.wrong.recv() => {
                    self.answer = Some(Box::pin(self.good.send(JsonRpcMessage::error(error, None))));
                }
                message = self.good.receive() => return message,
            }
        }
    }

    async fn close(&mut self) -> io::Result<()> {
        self.good.close().await
    }
}

/// Passes lines on that are JSON, and tells what is wrong with others.
async fn sieve(input: impl AsyncRead + Unpin, mut good: DuplexStream, told: mpsc::UnboundedSender<ErrorData>) {
    let mut input = BufReader::new(input);
    loop {
        let mut line = Vec::new();
        let most = LONGEST as u64 + 1;
        match (&mut input).take(most).read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let ended = line.pop_if(|last| *last == b'\n').is_some();
        let error = if line.len() > LONGEST {
            if !ended && !pass_over(&mut input).await {
                return;
            }
            Some(ErrorData::invalid_request(format!("Messages are read up to {} MB.", LONGEST >> 20), None))
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            wrong(&line)
        };
        let passed = match error {
            Some(error) => told.send(error).is_ok(),
            None => {
                line.push(b'\n');
                good.write_all(&line).await.is_ok()
            }
        };
        if !passed {
            return;
        }
    }
}

/// Reads to the end of the line. Says whether it came.
async fn pass_over(input: &mut (impl AsyncBufReadExt + Unpin)) -> bool {
    loop {
        let Ok(ahead) = input.fill_buf().await else { return false };
        let (length, end) = (ahead.len(), ahead.iter().position(|byte| *byte == b'\n'));
        input.consume(end.map_or(length, |end| end + 1));
        if end.is_some() || length == 0 {
            return end.is_some();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_that_are_json_pass_and_others_are_told() {
        let input = "\n{\"id\": 1}\r\nno json\n{\"id\":\n\u{feff}[2]\n{\"id\": 3}";
        let (good, mut passed) = tokio::io::duplex(AHEAD);
        let (told, mut wrong) = mpsc::unbounded_channel();
        sieve(input.as_bytes(), good, told).await;
        let mut text = String::new();
        assert!(passed.read_to_string(&mut text).await.is_ok());
        assert_eq!(text, "{\"id\": 1}\r\n\u{feff}[2]\n{\"id\": 3}\n");
        let codes: Vec<i32> = std::iter::from_fn(|| wrong.try_recv().ok()).map(|error| error.code.0).collect();
        assert_eq!(codes, [-32700, -32700]);
    }
}
