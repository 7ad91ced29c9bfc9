//! The core's tables in one SQLite file. Settings, secrets and the session stay in memory.
//!
//! The rows of one pair of instances are invisible to another pair: whoever looks after two customers
//! with two configurations never gets the links, plans or open runs of the one into the other.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, TryLockError};
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::private;
use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use sidelight::platform::{Later, Store, StoreError, Table, Write};

/// Version of the file's layout.
const VERSION: i64 = 1;

/// Every table of the core in one.
const TABLES: &str = "CREATE TABLE IF NOT EXISTS kv (
    pair TEXT NOT NULL, tab TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (pair, tab, key)
)";

/// How long another process may keep the file busy.
const BUSY: Duration = Duration::from_secs(10);

/// The folder of Sidelight's data could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The folder or a file in it.
    #[error("Sidelight's data in {0} could not be opened ({1}). Name another folder with --state-dir.")]
    Folder(PathBuf, String),
    /// A newer Sidelight wrote the file.
    #[error(
        "Sidelight's data in {0} was written by a newer version. Update Sidelight, or name another folder with --state-dir."
    )]
    Newer(PathBuf),
}

/// The folder that holds the data.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes the folder where it is missing, for its owner only.
    pub fn open(path: PathBuf) -> Result<Self, StateError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(|error| StateError::Folder(path.clone(), error.to_string()))?;
        Ok(Self(path))
    }

    /// A file of this name in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The one turn to write that processes share: it lasts until the file is dropped, also when the
    /// process is killed. `wait` is called first where another process has the turn.
    pub fn turn(&self, wait: impl FnOnce()) -> Result<File, StateError> {
        let (file, mine) = self.try_turn()?;
        if !mine {
            wait();
            file.lock().map_err(|error| StateError::Folder(self.0.clone(), error.to_string()))?;
        }
        Ok(file)
    }

    /// The file of that lock, and whether it could be taken at once.
    pub fn try_turn(&self) -> Result<(File, bool), StateError> {
        let broken = |error: io::Error| StateError::Folder(self.0.clone(), error.to_string());
        let path = self.0.join("state.lock");
        private(&path).map_err(broken)?;
        let file = File::create(path).map_err(broken)?;
        match file.try_lock() {
            Ok(()) => Ok((file, true)),
            Err(TryLockError::WouldBlock) => Ok((file, false)),
            Err(TryLockError::Error(error)) => Err(broken(error)),
        }
    }
}

/// Tables over SQLite for one pair of instances.
pub struct SqliteStore {
    connection: RefCell<Connection>,
    pair: String,
    memory: RefCell<BTreeMap<(Table, String), String>>,
}

impl SqliteStore {
    /// Opens `state.sqlite` in the folder. `pair` names the two instances.
    pub fn open(folder: &Folder, pair: String) -> Result<Self, StateError> {
        let path = folder.0.join("state.sqlite");
        let broken = |error: rusqlite::Error| StateError::Folder(path.clone(), error.to_string());
        // What SQLite puts beside the file has the file's own rights.
        for name in ["state.sqlite", "state.sqlite-wal", "state.sqlite-shm"] {
            let path = folder.0.join(name);
            if name == "state.sqlite" || path.exists() {
                private(&path).map_err(|error| StateError::Folder(path, error.to_string()))?;
            }
        }
        let connection = Connection::open(&path).map_err(broken)?;
        connection.busy_timeout(BUSY).map_err(broken)?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(broken)?;
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(broken)?;
        if version > VERSION {
            return Err(StateError::Newer(path));
        }
        if version < VERSION {
            connection.execute_batch(TABLES).map_err(broken)?;
            connection.pragma_update(None, "user_version", VERSION).map_err(broken)?;
        }
        Ok(Self { connection: RefCell::new(connection), pair, memory: RefCell::default() })
    }

    /// Requests are counted per host, whichever other host they are for.
    fn pair(&self, table: Table) -> &str {
        if table == Table::Pacing { "" } else { &self.pair }
    }

    fn read(&self, table: Table, key: &str) -> rusqlite::Result<Option<String>> {
        let connection = self.connection.borrow();
        let mut query = connection.prepare_cached("SELECT value FROM kv WHERE pair = ?1 AND tab = ?2 AND key = ?3")?;
        query.query_row(params![self.pair(table), table.name(), key], |row| row.get(0)).optional()
    }

    fn range(&self, table: Table, prefix: &str) -> rusqlite::Result<Vec<(String, String)>> {
        let connection = self.connection.borrow();
        let mut query = connection.prepare_cached(
            "SELECT key, value FROM kv WHERE pair = ?1 AND tab = ?2 AND key >= ?3 AND key < ?4 ORDER BY key",
        )?;
        // The last character of all stands behind every key with this prefix.
        let end = format!("{prefix}\u{10FFFF}");
        let rows = query
            .query_map(params![self.pair(table), table.name(), prefix, end], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    fn commit(&self, changes: &[Write]) -> rusqlite::Result<()> {
        let mut connection = self.connection.borrow_mut();
        let transaction = connection.transaction()?;
        for Write { table, key, value } in changes {
            let pair = self.pair(*table);
            match value {
                Some(value) => transaction
                    .prepare_cached("INSERT OR REPLACE INTO kv (pair, tab, key, value) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![pair, table.name(), key, value])?,
                None => transaction
                    .prepare_cached("DELETE FROM kv WHERE pair = ?1 AND tab = ?2 AND key = ?3")?
                    .execute(params![pair, table.name(), key])?,
            };
        }
        transaction.commit()
    }
}

impl Store for SqliteStore {
    fn get(&self, table: Table, key: &str) -> Later<'_, Result<Option<String>, StoreError>> {
        let found = if passing(table) {
            Ok(self.memory.borrow().get(&(table, key.to_owned())).cloned())
        } else {
            self.read(table, key).map_err(|error| broken(&error))
        };
        Box::pin(async move { found })
    }

    fn scan(&self, table: Table, prefix: &str) -> Later<'_, Result<Vec<(String, String)>, StoreError>> {
        let found = if passing(table) {
            let memory = self.memory.borrow();
            let rows = memory.iter().filter(|((other, key), _)| *other == table && key.starts_with(prefix));
            Ok(rows.map(|((_, key), value)| (key.clone(), value.clone())).collect())
        } else {
            self.range(table, prefix).map_err(|error| broken(&error))
        };
        Box::pin(async move { found })
    }

    fn write(&self, changes: Vec<Write>) -> Later<'_, Result<(), StoreError>> {
        let (passing, lasting): (Vec<Write>, Vec<Write>) =
            changes.into_iter().partition(|change| passing(change.table));
        let done = if lasting.is_empty() { Ok(()) } else { self.commit(&lasting) };
        if done.is_ok() {
            let mut memory = self.memory.borrow_mut();
            for Write { table, key, value } in passing {
                match value {
                    Some(value) => drop(memory.insert((table, key), value)),
                    None => drop(memory.remove(&(table, key))),
                }
            }
        }
        Box::pin(async move { done.map_err(|error| broken(&error)) })
    }
}

/// Tables that end with the process: settings and secrets come from the configuration each time.
fn passing(table: Table) -> bool {
    matches!(table, Table::Settings | Table::Secrets | Table::Session)
}

fn broken(error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        _ => StoreError::Broken(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use futures::FutureExt;

    /// Everything here is ready at once.
    fn block_on<T>(future: Later<'_, T>) -> T {
        future.now_or_never().unwrap()
    }

    fn put(table: Table, key: &str, value: &str) -> Write {
        Write { table, key: key.to_owned(), value: Some(value.to_owned()) }
    }

    fn open(folder: &Folder, pair: &str) -> SqliteStore {
        SqliteStore::open(folder, pair.to_owned()).unwrap()
    }

    #[test]
    fn rows_last_and_belong_to_one_pair() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path().join("a/b")).unwrap();
        let store = open(&folder, "one two");
        let rows = vec![
            put(Table::Links, "client/1", "1"),
            put(Table::Links, "client/12", "2"),
            put(Table::Links, "site/1", "3"),
        ];
        block_on(store.write(rows)).unwrap();
        block_on(store.write(vec![put(Table::Pacing, "one", "5")])).unwrap();
        drop(store);
        let store = open(&folder, "one two");
        let found = block_on(store.scan(Table::Links, "client/")).unwrap();
        assert_eq!(found, [("client/1".to_owned(), "1".to_owned()), ("client/12".to_owned(), "2".to_owned())]);
        block_on(store.write(vec![Write { table: Table::Links, key: "client/1".to_owned(), value: None }])).unwrap();
        assert_eq!(block_on(store.get(Table::Links, "client/1")).unwrap(), None);
        let other = open(&folder, "one three");
        assert!(block_on(other.scan(Table::Links, "")).unwrap().is_empty());
        assert_eq!(block_on(other.get(Table::Pacing, "one")).unwrap().as_deref(), Some("5"));
    }

    #[test]
    fn settings_and_secrets_never_reach_the_disk() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path().to_owned()).unwrap();
        let store = open(&folder, "");
        block_on(store.write(vec![put(Table::Secrets, "k", "h1dden"), put(Table::Settings, "s", "h1dden")])).unwrap();
        assert_eq!(block_on(store.get(Table::Secrets, "k")).unwrap().as_deref(), Some("h1dden"));
        drop(store);
        for file in std::fs::read_dir(place.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(6).any(|part| part == b"h1dden"));
        }
    }

    #[test]
    fn a_full_disk_is_told_and_changes_nothing() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path().to_owned()).unwrap();
        let store = open(&folder, "");
        block_on(store.write(vec![put(Table::Links, "a", "1")])).unwrap();
        store.connection.borrow().pragma_update(None, "max_page_count", 8).unwrap();
        let large = "x".repeat(100_000);
        let failed = block_on(store.write(vec![put(Table::Links, "a", "2"), put(Table::Links, "b", &large)]));
        assert_eq!(failed, Err(StoreError::Full));
        assert_eq!(block_on(store.get(Table::Links, "a")).unwrap().as_deref(), Some("1"));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_the_data_in_a_folder_that_was_open_to_all() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        std::fs::set_permissions(place.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["state.sqlite", "state.lock"] {
            std::fs::write(place.path().join(name), "").unwrap();
            std::fs::set_permissions(place.path().join(name), std::fs::Permissions::from_mode(0o644)).unwrap();
        }
        let folder = Folder::open(place.path().to_owned()).unwrap();
        let _turn = folder.try_turn().unwrap();
        let store = open(&folder, "");
        block_on(store.write(vec![put(Table::Links, "a", "1")])).unwrap();
        for file in std::fs::read_dir(place.path()).unwrap() {
            let file = file.unwrap();
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
        }
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path().to_owned()).unwrap();
        open(&folder, "").connection.borrow().pragma_update(None, "user_version", 2).unwrap();
        assert!(matches!(SqliteStore::open(&folder, String::new()), Err(StateError::Newer(_))));
    }
}
