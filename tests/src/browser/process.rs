//! A browser or driver as a child process that never outlives its test.

use std::process::{Command as StdCommand, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

use super::error::{Error, Result};

/// How long a driver may take to say where it listens.
const START: Duration = Duration::from_secs(60);

/// The child, and the browser it may have started in turn; both end when this is dropped.
pub(super) struct Process {
    /// Held because dropping it kills it.
    _child: Child,
    also: Option<u64>,
}

impl Process {
    /// Starts the program and waits for a line with `marker`; returns what follows the marker.
    pub(super) async fn start(mut command: Command, marker: &str) -> Result<(Self, String)> {
        let program = command.as_std().get_program().to_string_lossy().into_owned();
        let failed = |reason: String| Error::Start { program: program.clone(), reason };
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| failed(e.to_string()))?;
        let (found, mut address) = mpsc::unbounded_channel();
        let said = Arc::new(Mutex::new(String::new()));
        if let Some(out) = child.stdout.take() {
            listen(out, marker.to_owned(), found.clone(), Arc::clone(&said));
        }
        if let Some(err) = child.stderr.take() {
            listen(err, marker.to_owned(), found, Arc::clone(&said));
        }
        match tokio::time::timeout(START, address.recv()).await {
            Ok(Some(rest)) => Ok((Self { _child: child, also: None }, rest)),
            _ => Err(failed(said.lock().map(|s| s.clone()).unwrap_or_default())),
        }
    }

    /// Names the process that the child has started, so that it ends too.
    pub(super) fn also_ends(&mut self, pid: Option<u64>) {
        self.also = pid;
    }

    /// Waits a little for the browser to end by itself.
    pub(super) async fn ended(&mut self) {
        for _ in 0..250 {
            if self.also.is_none_or(|pid| !is_running(pid)) {
                self.also = None;
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let Some(pid) = self.also else { return };
        let mut kill = StdCommand::new("kill");
        let _ = kill.arg("-KILL").arg(pid.to_string()).stderr(Stdio::null()).status();
        // What still runs writes into the profile while that is being removed.
        for _ in 0..50 {
            if !is_running(pid) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Whether a process of this id does anything still; one that only waits to be collected does not.
fn is_running(pid: u64) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

/// Reads to the end, so that the child never blocks on a full pipe.
fn listen(
    stream: impl AsyncRead + Unpin + Send + 'static,
    marker: String,
    found: mpsc::UnboundedSender<String>,
    said: Arc<Mutex<String>>,
) {
    tokio::spawn(async move {
        let mut lines = BufReader::new(stream).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some((_, rest)) = line.split_once(&marker) {
                let _ = found.send(rest.trim().to_owned());
            }
            if let Ok(mut said) = said.lock()
                && said.len() < 4000
            {
                said.push_str(&line);
                said.push('\n');
            }
        }
    });
}
