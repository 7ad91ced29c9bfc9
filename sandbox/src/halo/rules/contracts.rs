//! Client contracts.

use serde_json::{Value, json};

use super::expanded;
use crate::halo::query::numbers;
use crate::halo::reply::Reply;
use crate::halo::resource::{Draft, Record, Show, flag, ids_of, text};
use crate::halo::state::State;

/// A contract is active until someone ends it.
pub(crate) fn save_contract(draft: &mut Draft) -> Result<(), Reply> {
    let record = &mut draft.record;
    record.entry("active").or_insert(Value::Bool(true));
    record.entry("site_id").or_insert(json!(-1));
    let assets = ids_of(record.get("assets"), "id");
    record.insert("assets".to_owned(), assets.iter().map(|id| json!({ "id": id })).collect());
    Ok(())
}

/// Started and expired follow from the dates.
pub(crate) fn show_contract(state: &State, _: &Show, record: &mut Record) {
    let now = state.now();
    let started = text(record, "start_date") <= now.as_str();
    let end = text(record, "end_date");
    let expired = end > "1901" && end < now.as_str();
    let status = match (flag(record, "active"), expired) {
        (false, _) => "Inactive",
        (true, true) => "Expired",
        (true, false) => "Active",
    };
    record.insert("started".to_owned(), started.into());
    record.insert("expired".to_owned(), expired.into());
    record.insert("contract_status".to_owned(), status.into());
    let names = &["id", "inventory_number", "key_field", "assettype_id", "client_id", "site_id"];
    let assets = expanded(state, "Asset", record.get("assets"), names);
    record.insert("assets".to_owned(), assets);
}

/// Filter: contracts that cover a device.
pub(crate) fn with_device(_: &State, record: &Record, asked: &str) -> bool {
    ids_of(record.get("assets"), "id").iter().any(|id| numbers(asked).contains(id))
}
