//! Companies, and what Hudu's own Halo integration knows of them.

use serde_json::json;

use super::{Seeded, add, days_ago, documented};
use crate::hudu::state::State;
use crate::world::{Presence, World};

pub(super) fn run(state: &mut State, world: &World, seeded: &mut Seeded) {
    for client in documented(world) {
        let main = client.sites.first();
        let made = days_ago(state, 900 - client.id);
        let changed = days_ago(state, client.id % 60 + 3);
        let company = add(
            state,
            "companies",
            json!({
                "name": client.hudu_name, "company_type": client.kind, "phone_number": client.hudu_phone,
                "website": client.website, "notes": client.notes, "archived": client.inactive,
                "address_line_1": main.map(|site| &site.line1), "city": main.map(|site| &site.town),
                "state": main.map(|site| &site.county), "zip": main.map(|site| &site.postcode),
                "country_name": main.map(|site| &site.country), "created_at": made, "updated_at": changed,
            }),
        );
        if let Some(company) = company {
            seeded.companies.insert(client.id, company);
        }
    }
    // The integration lists every Halo client; a person has matched some of them.
    for client in &world.clients {
        let company = seeded.companies.get(&client.id);
        let matched = company.filter(|_| client.presence == Presence::Native);
        let suggested = company.filter(|_| client.presence == Presence::ByHand && client.name == client.hudu_name);
        add(
            state,
            "matchers",
            json!({
                "name": client.name, "sync_id": client.id, "company_id": matched, "potential_company_id": suggested,
            }),
        );
    }
}
