//! Everything an instance keeps.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::auth::Auth;
use super::limit::Window;
use super::resource::{Ids, Record, Resource, number, text};
use super::switches::{Rights, Switches};
use crate::clock::Clock;
use crate::found::Found;
use crate::written::WriteLog;

/// Order of a record in its table: (the record above it or 0, its number).
pub(crate) type Key = (i64, i64);

/// Records in the order of their ids.
pub(crate) type Table = BTreeMap<Key, Record>;

/// Who calls, after the token was checked.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// Acting agent.
    pub agent_id: i64,
    /// Scopes of the token.
    pub scopes: Vec<String>,
    /// The token belongs to an application rather than to a person.
    pub application: bool,
}

impl Caller {
    /// The API agent's restrictions do not bind people who sign in.
    pub(crate) fn rights(&self, state: &State) -> Rights {
        if self.application { state.switches.rights.clone() } else { Rights::default() }
    }
}

/// Everything an instance keeps.
pub(crate) struct State {
    pub clock: Clock,
    pub origin: String,
    pub switches: Switches,
    pub auth: Auth,
    pub window: Window,
    pub blobs: BTreeMap<i64, Vec<u8>>,
    pub written: WriteLog,
    tables: BTreeMap<&'static str, Table>,
    last: BTreeMap<&'static str, i64>,
    /// Goes up with every write, and when a switch may have changed.
    revision: u64,
    found: Found<Key>,
}

impl State {
    pub(crate) fn new(clock: Clock, switches: Switches, origin: String) -> Self {
        Self {
            clock,
            origin,
            switches,
            auth: Auth::default(),
            window: Window::default(),
            blobs: BTreeMap::new(),
            written: WriteLog::default(),
            tables: BTreeMap::new(),
            last: BTreeMap::new(),
            revision: 0,
            found: Found::default(),
        }
    }

    /// Forgets every record, not the switches nor the tokens.
    pub(crate) fn empty(&mut self) {
        self.tables.clear();
        self.last.clear();
        self.blobs.clear();
        self.revision += 1;
    }

    /// The moment as Halo writes it.
    pub(crate) fn now(&self) -> String {
        super::dates::stamp(self.clock.now())
    }

    /// The records of a table.
    pub(crate) fn table(&self, store: &str) -> impl Iterator<Item = (&Key, &Record)> {
        self.tables.get(store).into_iter().flatten()
    }

    /// The records of a table.
    pub(crate) fn records(&self, store: &str) -> impl Iterator<Item = &Record> {
        self.table(store).map(|(_, record)| record)
    }

    /// One record.
    pub(crate) fn at(&self, store: &str, key: Key) -> Option<&Record> {
        self.tables.get(store)?.get(&key)
    }

    /// One record of a table with running numbers.
    pub(crate) fn by_id(&self, store: &str, id: i64) -> Option<&Record> {
        self.at(store, (0, id))
    }

    /// The record that a member points at.
    pub(crate) fn linked(&self, store: &str, record: &Record, name: &str) -> Option<&Record> {
        self.by_id(store, number(record.get(name))?)
    }

    /// The switches, to be changed.
    pub(crate) fn switches_mut(&mut self) -> &mut Switches {
        self.revision += 1;
        &mut self.switches
    }

    /// The keys that a list finds, remembered until something is written.
    pub(crate) fn found(&self, asked: String, find: impl FnOnce() -> Vec<Key>) -> Arc<Vec<Key>> {
        self.found.get(asked, self.revision, find)
    }

    /// Puts a record in its place.
    pub(crate) fn put(&mut self, store: &'static str, key: Key, record: Record) {
        let last = self.last.entry(store).or_default();
        *last = (*last).max(key.1);
        self.revision += 1;
        self.tables.entry(store).or_default().insert(key, record);
    }

    /// Takes a record away.
    pub(crate) fn remove(&mut self, store: &str, key: Key) -> Option<Record> {
        self.revision += 1;
        self.tables.get_mut(store)?.remove(&key)
    }

    /// A key for a new record: numbers are never given twice.
    pub(crate) fn new_key(&mut self, resource: &Resource, record: &Record) -> Key {
        if let Ids::Within(above) = resource.ids {
            let above = number(record.get(above)).unwrap_or_default();
            let table = self.tables.get(resource.store);
            let last = table.and_then(|table| table.range((above, 0)..(above + 1, 0)).next_back());
            return (above, last.map_or(1, |((_, id), _)| id + 1));
        }
        let last = self.last.entry(resource.store).or_default();
        *last += 1;
        (0, *last)
    }

    /// The id of the record with this name, compared without case.
    pub(crate) fn find_named(&self, store: &str, name: &str) -> Option<i64> {
        let found = self.records(store).find(|record| text(record, "name").eq_ignore_ascii_case(name))?;
        number(found.get("id"))
    }

    /// Where the record with this id is; for ids within another record that one counts first.
    pub(crate) fn find(&self, resource: &Resource, id: &str, above: Option<i64>) -> Option<Key> {
        match resource.ids {
            Ids::Guid => {
                let has = |record: &Record| text(record, "id").eq_ignore_ascii_case(id);
                self.table(resource.store).find(|(_, record)| has(record)).map(|(key, _)| *key)
            }
            Ids::Within(_) => {
                let key = (above?, id.parse().ok()?);
                self.at(resource.store, key).map(|_| key)
            }
            Ids::Number => {
                let key = (0, id.parse().ok()?);
                self.at(resource.store, key).map(|_| key)
            }
        }
    }
}
