//! A network per company with the addresses of its documented devices, and a tile on its page.

use serde_json::json;

use super::{Seeded, add};
use crate::hudu::state::State;
use crate::world::{Client, Presence};

pub(super) fn run(state: &mut State, client: &Client, seeded: &Seeded) {
    let Some(company) = seeded.companies.get(&client.id).copied() else {
        return;
    };
    let addressed: Vec<(i64, &str)> = client
        .assets
        .iter()
        .filter_map(|asset| {
            let id = seeded.assets.get(&asset.tag)?;
            let address = asset.fields.iter().find(|(name, _)| name == "IP Address")?;
            Some((*id, address.1.as_str())).filter(|(_, address)| !address.is_empty())
        })
        .collect();
    if let Some((_, first)) = addressed.first() {
        let range = first.rsplit_once('.').map_or_else(|| (*first).to_owned(), |(net, _)| format!("{net}.0/24"));
        let vlan = add(state, "vlans", json!({ "name": "Staff", "vlan_id": 10, "company_id": company }));
        let network = add(
            state,
            "networks",
            json!({
                "name": "Office network", "address": range, "company_id": company, "vlan_id": vlan,
            }),
        );
        for (asset, address) in addressed {
            add(
                state,
                "ip_addresses",
                json!({
                    "address": address, "status": "assigned", "asset_id": asset, "network_id": network,
                    "company_id": company,
                }),
            );
        }
    }
    if client.presence == Presence::Native {
        add(
            state,
            "magic_dash",
            json!({
                "title": "Halo", "message": "Synced", "shade": "success", "icon": "fas fa-link", "company_id": company,
            }),
        );
    }
}
