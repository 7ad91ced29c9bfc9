//! From the make-believe provider to Halo's records.

mod configuration;
mod customers;
mod desk;
mod knowledge;
mod sales;

use std::collections::BTreeSet;

use serde_json::Value;

use super::state::State;
use super::{resources, write};
use crate::world::{Asset, Client, World};

/// Fills an empty instance.
pub(crate) fn fill(state: &mut State, world: &World) {
    configuration::fill(state, world);
    customers::fill(state, world);
    knowledge::fill(state);
    desk::fill(state, world);
    sales::fill(state, world);
}

/// Keeps one record.
fn put(state: &mut State, path: &str, record: Value) -> i64 {
    resources::named(path).map_or(0, |resource| write::direct(state, resource, record))
}

/// All assets of the world.
fn assets(world: &World) -> impl Iterator<Item = (&Client, &Asset)> {
    world.clients.iter().flat_map(|client| client.assets.iter().map(move |asset| (client, asset)))
}

/// Different texts in the order in which they first come.
fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| !text.is_empty() && seen.insert(text.to_lowercase())).collect()
}

/// Halo keeps agent 1 for "Unassigned": an agent of the world with that number moves to the end.
fn agent_id(world: &World, id: i64) -> i64 {
    let last = world.agents.iter().map(|agent| agent.id).max().unwrap_or(1);
    if id == 1 { last + 1 } else { id }
}
