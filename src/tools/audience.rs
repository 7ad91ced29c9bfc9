//! For whom an article of HaloITSM is kept: for everybody, for clients, for top levels.

use serde_json::Value;

use crate::halo::catalogue::Entry;
use crate::http::raw::read::integer_of;
use crate::tools::{Bench, CallError};

/// Names under which a row may tell its top level; HaloITSM's reference names the list and not its members.
const TOP_LEVEL: [&str; 3] = ["toplevel_id", "top_level_id", "tree_id"];

impl Bench {
    /// Whether a record is for everybody, or kept for this client or the top level above it. What cannot be told is
    /// not for it.
    pub(super) async fn is_kept_for(&self, client: i64, record: &Value) -> Result<bool, CallError> {
        let clients = names(record, "kbentryclientaccess", &["client_id"], Some(client));
        let levels = record.get("kbentrytoplevelaccess").filter(|levels| restricts(levels));
        if clients == Some(true) || levels.is_none() {
            return Ok(clients != Some(false));
        }
        let above = self.above(client).await?;
        Ok(names(record, "kbentrytoplevelaccess", &TOP_LEVEL, above) == Some(true))
    }

    /// The top level above the client; read once.
    async fn above(&self, client: i64) -> Result<Option<i64>, CallError> {
        if let Some(known) = *self.top_level.borrow() {
            return Ok(known);
        }
        let Some(clients) = Entry::named("clients") else { return Ok(None) };
        let record = self.sides.halo.record(clients, client, &[]).await?;
        let above = record.get("toplevel_id").and_then(integer_of);
        *self.top_level.borrow_mut() = Some(above);
        Ok(above)
    }
}

/// Whether a list of those that a record is kept for keeps anybody out.
fn restricts(list: &Value) -> bool {
    !list.is_null() && list.as_array().is_none_or(|rows| !rows.is_empty())
}

/// Whether one of these is named by a list that keeps others out; nothing where none is kept out.
fn names(record: &Value, list: &str, members: &[&str], id: Option<i64>) -> Option<bool> {
    let list = record.get(list).filter(|list| restricts(list))?;
    let of = |row: &Value| members.iter().find_map(|member| row.get(*member).and_then(integer_of));
    Some(id.is_some() && list.as_array().is_some_and(|rows| rows.iter().any(|row| of(row) == id)))
}
