//! The provider's own people in Hudu: a user per agent, a group per team.

use serde_json::json;

use super::{add, days_ago};
use crate::hudu::state::State;
use crate::world::World;

pub(super) fn run(state: &mut State, world: &World) {
    let mut teams: Vec<(&str, Vec<i64>)> = Vec::new();
    for (place, agent) in world.agents.iter().enumerate() {
        let (first, last) = agent.name.split_once(' ').unwrap_or((agent.name.as_str(), ""));
        let level = if place == 0 { "super_admin" } else { "editor" };
        let seen = days_ago(state, 1);
        let user = add(
            state,
            "users",
            json!({
                "first_name": first, "last_name": last, "email": agent.email, "security_level": level,
                "last_sign_in_at": seen, "last_sign_in_ip": "192.0.2.10",
            }),
        );
        let Some(user) = user else { continue };
        match teams.iter_mut().find(|(team, _)| *team == agent.team) {
            Some((_, members)) => members.push(user),
            None => teams.push((agent.team.as_str(), vec![user])),
        }
    }
    for (place, (team, members)) in teams.into_iter().enumerate() {
        add(state, "groups", json!({ "name": team, "members": members, "default": place == 0 }));
    }
}
