//! A served pair, a place for the program's files, and short ways to run it.

use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use sidelight_sandbox::halo::Switches;
use sidelight_sandbox::{Effect, Fault, Options, Running, Sandbox, Server};
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// Harbour & Finch, and two clients whose companies in Hudu have nearly the same name. All of the world
/// would take each test half a second to seed.
const CLIENTS: [i64; 3] = [12, 20, 21];

/// Longest that a test waits for something to happen.
const PATIENCE: Duration = Duration::from_secs(15);

pub struct Bench {
    pub pair: Running,
    pub place: TempDir,
    variables: Vec<(String, String)>,
}

/// How the program ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ended {
    pub fn of(Output { status, stdout, stderr }: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }

    /// How this one ends, which has to be soon.
    pub async fn soon(child: Child) -> Self {
        Self::of(tokio::time::timeout(PATIENCE, child.wait_with_output()).await.expect("it goes on").unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Fails the test where the program did not end so.
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }
}

/// The signals that ask for a clean end, by their short names. What runs these tests under `nohup` has the program
/// pass SIGHUP over, as it should: then that is none of them.
#[cfg(unix)]
pub fn signals() -> impl Iterator<Item = &'static str> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).map(str::trim);
    let hangs_up = ignored.and_then(|mask| u64::from_str_radix(mask, 16).ok()).is_some_and(|mask| mask & 1 == 0);
    ["INT", "TERM"].into_iter().chain(hangs_up.then_some("HUP"))
}

/// Sends a signal by its short name: INT is Ctrl-C.
#[cfg(unix)]
pub async fn signal(child: &Child, name: &str) {
    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().await.unwrap().success());
}

impl Bench {
    /// A fresh pair; file and environment are complete.
    pub async fn open() -> Self {
        let mut options = Options::default();
        options.world.clients.retain(|client| CLIENTS.contains(&client.id));
        options.world.tickets.clear();
        options.world.articles.retain(|article| article.client_id.is_none());
        let pair = Sandbox::new(options).serve(0, 0).await.unwrap();
        let place = tempfile::tempdir().unwrap();
        let halo = pair.sandbox.halo.credentials();
        let variables = [
            ("HOME", place.path().display().to_string()),
            ("SIDELIGHT_HALO_RESOURCE_SERVER", halo.resource_server),
            ("SIDELIGHT_HALO_TENANT", halo.tenant),
            ("SIDELIGHT_HALO_CLIENT_ID", halo.client_id),
            ("SIDELIGHT_HALO_CLIENT_SECRET", halo.client_secret),
            ("SIDELIGHT_HUDU_URL", pair.hudu.clone()),
            ("SIDELIGHT_HUDU_API_KEY", pair.sandbox.hudu.api_key()),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value)).to_vec();
        Self { pair, place, variables }
    }

    /// HaloITSM allows more than many runs in a row ask for, and the program is told so: nobody waits for its window.
    pub async fn open_wide() -> Self {
        let bench = Self::open().await;
        let halo = &bench.pair.sandbox.halo;
        halo.set_switches(Switches { rate_limit: 0, ..halo.switches() });
        let told = "[rates]\nhalo = { requests = 10000, seconds = 180 }\n";
        std::fs::write(bench.place.path().join("sidelight.toml"), told).unwrap();
        bench
    }

    /// Sets a variable of the environment, or takes it away where the value is empty.
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(other, _)| other != name);
        if !value.is_empty() {
            self.variables.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Every secret that the program knows.
    pub fn secrets(&self) -> Vec<&str> {
        let secret = |name: &str| ["SECRET", "KEY"].iter().any(|end| name.ends_with(end));
        self.variables.iter().filter(|(name, _)| secret(name)).map(|(_, value)| value.as_str()).collect()
    }

    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
        command
            .args(line.split_whitespace())
            .env_clear()
            .current_dir(self.place.path())
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs the program with these arguments to its end.
    pub async fn run(&self, line: &str) -> Ended {
        let ended = Ended::of(self.command(line).output().await.unwrap());
        for secret in self.secrets() {
            assert!(!ended.out.contains(secret) && !ended.err.contains(secret), "a secret was printed: {ended:?}");
        }
        assert!(!ended.out.contains('\u{1b}') && !ended.err.contains('\u{1b}'), "colours in a file: {ended:?}");
        ended
    }

    /// Starts the program and leaves it running.
    pub fn start(&self, line: &str) -> Child {
        self.command(line).spawn().unwrap()
    }

    /// Something goes wrong with the next matching request to Hudu.
    pub fn fault(&self, method: &str, path: &str, effect: Effect) {
        self.fault_after(0, method, path, effect);
    }

    /// The same, after so many matching requests that pass unharmed.
    pub fn fault_after(&self, after: usize, method: &str, path: &str, effect: Effect) {
        self.pair.sandbox.faults.add(Fault {
            server: Server::Hudu.name().to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            after: u32::try_from(after).unwrap(),
            times: 1,
            effect,
        });
    }

    /// Waits until all faults have struck.
    pub async fn struck(&self) {
        let all = async {
            while self.pair.sandbox.faults.left() > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, all).await.unwrap();
    }

    /// How many requests changed something in Hudu since the log was emptied.
    pub fn writes(&self) -> usize {
        let seen = self.pair.sandbox.requests(Server::Hudu);
        seen.iter().filter(|request| request.method != "GET" && request.status < 300).count()
    }

    /// Hudu's records of that kind with that name.
    pub fn named(&self, resource: &str, name: &str) -> Vec<Value> {
        let mut all = self.pair.sandbox.hudu.all(resource);
        all.retain(|record| record["name"] == name);
        all
    }

    /// Every file that the program keeps.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.place.path().to_owned()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files
    }
}
