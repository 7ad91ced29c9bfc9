//! What single resources do beyond the common mechanism.

mod assets;
mod clients;
mod contracts;
mod knowledge;
mod people;
mod tickets;

use serde_json::Value;

pub(crate) use assets::{
    after_asset_type, asset_visible, save_asset, show_asset, show_asset_group, show_asset_type, with_asset_group,
    with_linked_ticket, with_user,
};
pub(crate) use clients::{
    after_client, client_visible, of_visible_client, save_site, save_user, show_client, show_site, show_user,
};
pub(crate) use contracts::{save_contract, show_contract, with_device};
pub(crate) use knowledge::{
    after_article, for_client, for_device, in_lists, save_article, save_list, show_article, show_list,
};
pub(crate) use people::{show_agent, show_sla, show_team};
pub(crate) use tickets::{
    after_action, closed_only, ends_after, listed, open_only, save_action, save_opportunity, save_project, save_ticket,
    show_action, show_ticket, starts_before, visible_action, with_asset, with_summary, without_closed, without_private,
};

use super::resource::{Record, Resource, flag, number, text};
use super::state::State;

/// Null members are left out of JSON, at any depth.
pub(crate) fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(without_nulls);
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_nulls),
        _ => (),
    }
}

/// Whether a ticket belongs to the resource (tickets, opportunities, projects), and is not deleted.
pub(crate) fn in_subset(state: &State, resource: &Resource, record: &Record) -> bool {
    if resource.only_use.is_empty() {
        return true;
    }
    let kind = state.linked("TicketType", record, "tickettype_id").map_or("ticket", |kind| text(kind, "use"));
    kind == resource.only_use && !flag(record, "deleted")
}

/// The members with these names, where they are set.
fn picked(record: &Record, names: &[&str]) -> Value {
    let members = names.iter().filter_map(|name| Some(((*name).to_owned(), record.get(*name)?.clone())));
    Value::Object(members.collect())
}

/// The records of a table behind an array of `{id}`, as these members.
fn expanded(state: &State, store: &str, list: Option<&Value>, names: &[&str]) -> Value {
    let ids = super::resource::ids_of(list, "id");
    ids.into_iter().filter_map(|id| state.by_id(store, id)).map(|record| picked(record, names)).collect()
}

/// The records of a table with this number in this member.
fn with_number<'a>(state: &'a State, store: &'a str, name: &'a str, id: i64) -> impl Iterator<Item = &'a Record> {
    state.records(store).filter(move |record| number(record.get(name)) == Some(id))
}
