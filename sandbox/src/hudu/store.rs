//! Tables of JSON records with integer ids, 12-hex slugs and millisecond timestamps.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::found::Found;

/// One record. Members that start with `_` are the store's own and are never shown.
pub(super) type Record = Map<String, Value>;

/// One table, by id.
pub(super) type Table = BTreeMap<i64, Record>;

/// A stored file.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    /// Media type.
    pub mime: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// All tables and files of an instance.
#[derive(Default)]
pub(super) struct Store {
    tables: BTreeMap<&'static str, Table>,
    next: BTreeMap<&'static str, i64>,
    blobs: HashMap<(&'static str, i64), Blob>,
    slugs: u64,
    /// Ids by table and company.
    inside: HashMap<(&'static str, i64), BTreeSet<i64>>,
    /// Goes up with every write.
    revision: u64,
    found: Found<i64>,
}

static NOTHING: Table = Table::new();

impl Store {
    /// A whole table.
    pub(super) fn table(&self, path: &str) -> &Table {
        self.tables.get(path).unwrap_or(&NOTHING)
    }

    /// One record.
    pub(super) fn get(&self, path: &str, id: i64) -> Option<&Record> {
        self.table(path).get(&id)
    }

    /// One record to change, but for its company.
    pub(super) fn get_mut(&mut self, path: &str, id: i64) -> Option<&mut Record> {
        self.revision += 1;
        self.tables.get_mut(path)?.get_mut(&id)
    }

    /// Puts a record under its id.
    pub(super) fn put(&mut self, path: &'static str, id: i64, record: Record) {
        let next = self.next.entry(path).or_insert(1);
        *next = (*next).max(id + 1);
        let company = int_of(&record, "company_id");
        let before = self.tables.entry(path).or_default().insert(id, record);
        let old = before.and_then(|before| int_of(&before, "company_id"));
        if old != company {
            self.leave(path, old, id);
        }
        if let Some(company) = company {
            self.inside.entry((path, company)).or_default().insert(id);
        }
        self.touch(path);
    }

    /// Takes a record out.
    pub(super) fn remove(&mut self, path: &'static str, id: i64) -> Option<Record> {
        self.blobs.remove(&(path, id));
        self.touch(path);
        let gone = self.tables.get_mut(path)?.remove(&id)?;
        self.leave(path, int_of(&gone, "company_id"), id);
        Some(gone)
    }

    /// Ids of the records of a table that belong to a company.
    pub(super) fn of_company(&self, path: &'static str, company: i64) -> impl Iterator<Item = i64> + '_ {
        self.inside.get(&(path, company)).into_iter().flatten().copied()
    }

    /// The ids that a list finds, remembered until something is written.
    pub(super) fn found(&self, asked: String, find: impl FnOnce() -> Vec<i64>) -> Arc<Vec<i64>> {
        self.found.get(asked, self.revision, find)
    }

    /// Forgets what lists have found: a switch may have changed.
    pub(super) fn forget_lists(&mut self) {
        self.revision += 1;
    }

    fn leave(&mut self, path: &'static str, company: Option<i64>, id: i64) {
        if let Some(ids) = company.and_then(|company| self.inside.get_mut(&(path, company))) {
            ids.remove(&id);
        }
    }

    /// No list but its own looks at the activity log.
    fn touch(&mut self, path: &str) {
        self.revision += u64::from(path != "activity_logs");
    }

    /// Takes out every record that matches, and answers them.
    pub(super) fn remove_where(&mut self, path: &'static str, hit: impl Fn(&Record) -> bool) -> Vec<Record> {
        let ids: Vec<i64> = self.table(path).iter().filter(|(_, r)| hit(r)).map(|(id, _)| *id).collect();
        ids.into_iter().filter_map(|id| self.remove(path, id)).collect()
    }

    /// The next free id of a table (or of any other sequence).
    pub(super) fn next_id(&mut self, path: &'static str) -> i64 {
        let next = self.next.entry(path).or_insert(1);
        let id = *next;
        *next += 1;
        id
    }

    /// Makes `id` the next free id of a table.
    pub(super) fn skip_to(&mut self, path: &'static str, id: i64) {
        self.next.insert(path, id);
    }

    /// A new slug: 12 hexadecimal digits, the same ones in the same order after every start.
    pub(super) fn next_slug(&mut self) -> String {
        self.slugs += 1;
        // SplitMix64: neighbouring counters give unrelated slugs.
        let mut z = self.slugs.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        format!("{:012x}", (z ^ (z >> 31)) >> 16)
    }

    /// Keeps a file beside a record.
    pub(super) fn put_blob(&mut self, path: &'static str, id: i64, blob: Blob) {
        self.blobs.insert((path, id), blob);
    }

    /// The file of a record.
    pub(super) fn blob(&self, path: &'static str, id: i64) -> Option<&Blob> {
        self.blobs.get(&(path, id))
    }
}

/// A whole number, also from a string of digits, as Rails reads parameters.
pub(super) fn int(value: &Value) -> Option<i64> {
    match value {
        Value::Number(n) => n.as_i64(),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    }
}

/// A whole number member.
pub(super) fn int_of(record: &Record, name: &str) -> Option<i64> {
    record.get(name).and_then(int)
}

/// A text member; empty when it is missing or not text.
pub(super) fn text_of<'a>(record: &'a Record, name: &str) -> &'a str {
    record.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A yes-or-no member, also from the strings and numbers that Rails takes for one.
pub(super) fn flag_of(record: &Record, name: &str) -> bool {
    record.get(name).is_some_and(truth)
}

/// Whether Rails would read this as yes.
pub(super) fn truth(value: &Value) -> bool {
    match value {
        Value::Bool(b) => *b,
        Value::Number(n) => n.as_i64() == Some(1),
        Value::String(s) => matches!(s.to_ascii_lowercase().as_str(), "true" | "1" | "t" | "yes" | "on"),
        _ => false,
    }
}

/// Whether Rails would call this blank.
pub(super) fn blank(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(s)) => s.trim().is_empty(),
        Some(Value::Array(list)) => list.is_empty(),
        Some(_) => false,
    }
}

/// A JSON object as a record.
pub(super) fn record(value: Value) -> Record {
    match value {
        Value::Object(map) => map,
        _ => Record::new(),
    }
}
