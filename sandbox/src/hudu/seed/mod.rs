//! Fills an instance from the world: what people typed, and what Hudu's own Halo integration made.

mod assets;
mod companies;
mod documents;
mod layouts;
mod network;
mod team;

use std::collections::BTreeMap;

use serde_json::Value;

use super::resources;
use super::save::save;
use super::state::{State, stamp};
use super::store::record;
use crate::world::{Client, Presence, World};

const DAY_MS: i64 = 86_400_000;

/// Where the world's records went: Halo's id or tag, and the id here.
#[derive(Default)]
struct Seeded {
    companies: BTreeMap<i64, i64>,
    layouts: BTreeMap<String, i64>,
    sites: BTreeMap<i64, i64>,
    people: BTreeMap<i64, i64>,
    /// By tag, which is unique in the world.
    assets: BTreeMap<String, i64>,
}

/// Fills an empty instance.
pub(super) fn run(state: &mut State, world: &World) {
    let mut seeded = Seeded::default();
    team::run(state, world);
    layouts::run(state, world, &mut seeded);
    companies::run(state, world, &mut seeded);
    for client in documented(world) {
        assets::run(state, world, client, &mut seeded);
        documents::run(state, client, &seeded);
        network::run(state, client, &seeded);
    }
    documents::articles(state, world, &seeded);
    // What the seed did is nobody's activity.
    state.store.remove_where("activity_logs", |_| true);
}

/// The clients that Hudu knows.
fn documented(world: &World) -> impl Iterator<Item = &Client> {
    world.clients.iter().filter(|client| client.presence != Presence::None)
}

/// Writes a record of the seed; one that Hudu refuses is left out and has no id.
fn add(state: &mut State, path: &str, body: Value) -> Option<i64> {
    save(state, resources::named(path)?, None, record(body), true).ok()
}

/// A time this many days before now.
fn days_ago(state: &State, days: i64) -> String {
    stamp(state.clock.now() - days * DAY_MS)
}
