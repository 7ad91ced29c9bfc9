//! Clients with their sites, users, assets and contracts.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::configuration::{custom_name, is_flag, top_levels};
use super::{distinct, put};
use crate::halo::dates::ago;
use crate::halo::state::State;
use crate::world::{Asset, Client, Contract, Site, User, World};

const HOURS_PER_YEAR: i64 = 365 * 24;

pub(super) fn fill(state: &mut State, world: &World) {
    let old = ago(state.clock.now(), SignedDuration::from_hours(2 * HOURS_PER_YEAR));
    let kinds = distinct(world.clients.iter().map(|client| client.kind.as_str()));
    for client in &world.clients {
        let sites = client.sites.iter().map(|one| (one, contact(client, one)));
        put(state, "Client", client_record(world, client, &kinds, &old));
        for (site, contact) in sites {
            put(state, "Site", site_record(client, site, contact, &old));
        }
        for user in &client.users {
            put(state, "Users", user_record(user, &old));
        }
        for asset in &client.assets {
            put(state, "Asset", asset_record(asset, &old));
        }
        for contract in &client.contracts {
            let sla = state.find_named("SLA", &contract.sla);
            put(state, "ClientContract", contract_record(client, contract, sla, &old));
        }
    }
    // Halo's own: the client "Unknown", and a "General User" at each site.
    put(state, "Client", json!({ "id": 1, "name": "Unknown", "datecreated": old, "alastupdate": old }));
    let unknown =
        put(state, "Site", json!({ "name": "Unknown", "client_id": 1, "datecreated": old, "slastupdate": old }));
    let mut client = state.by_id("Client", 1).cloned().unwrap_or_default();
    client.insert("main_site_id".to_owned(), unknown.into());
    state.put("Client", (0, 1), client);
    let sites: Vec<Value> = state.records("Site").filter_map(|site| site.get("id").cloned()).collect();
    for site in sites {
        put(state, "Users", json!({ "name": "General User", "site_id": site, "datecreated": old, "ulastupdate": old }));
    }
}

fn contact(client: &Client, site: &Site) -> Option<i64> {
    let name = site.main_contact.as_deref()?;
    let named = |user: &&User| format!("{} {}", user.first_name, user.surname) == name;
    client.users.iter().find(named).map(|user| user.id)
}

fn client_record(world: &World, client: &Client, kinds: &[&str], old: &str) -> Value {
    let at = |list: &[&str], text: &str| list.iter().position(|one| one.eq_ignore_ascii_case(text));
    let top = at(&top_levels(world), &client.top_level).unwrap_or_default();
    json!({
        "id": client.id,
        "name": client.name,
        "toplevel_id": top + 1,
        "website": client.website,
        "main_phonenumber": client.phone,
        "notes": client.notes,
        "customertype": at(kinds, &client.kind).map_or(0, |index| index + 1),
        "customer_relationship": client.kind,
        "inactive": client.inactive,
        "main_site_id": client.sites.first().map(|site| site.id),
        "datecreated": old,
        "alastupdate": old,
    })
}

fn site_record(client: &Client, site: &Site, contact: Option<i64>, old: &str) -> Value {
    json!({
        "id": site.id,
        "name": site.name,
        "client_id": client.id,
        "inactive": client.inactive,
        "phonenumber": site.phone,
        "timezone": site.timezone,
        "country_code": site.country,
        "country_code_name": site.country,
        "maincontact_id": contact,
        "delivery_address": {
            "line1": site.line1,
            "line3": site.town,
            "line4": site.county,
            "postcode": site.postcode,
        },
        "datecreated": old,
        "slastupdate": old,
    })
}

fn user_record(user: &User, old: &str) -> Value {
    json!({
        "id": user.id,
        "site_id": user.site_id,
        "firstname": user.first_name,
        "surname": user.surname,
        "emailaddress": user.email,
        "phonenumber": user.phone,
        "mobilenumber": user.mobile,
        "title": user.job_title,
        "department": user.department,
        "login": user.login,
        "isimportantcontact": user.vip,
        "inactive": user.inactive,
        "datecreated": old,
        "ulastupdate": old,
    })
}

fn asset_record(asset: &Asset, old: &str) -> Value {
    let fields: Value = asset.fields.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let custom: Value = asset
        .custom
        .iter()
        .map(|(name, value)| {
            let typed = if is_flag(value) { json!(value == "true") } else { json!(value) };
            json!({ "name": custom_name(name), "value": typed })
        })
        .collect();
    json!({
        "id": asset.id,
        "inventory_number": asset.tag,
        "assettype_id": asset.type_id,
        "site_id": asset.site_id,
        "users": asset.user_id.iter().map(|id| json!({ "id": id })).collect::<Value>(),
        "fields": fields,
        "customfields": custom,
        "status_name": asset.status,
        "warranty_start": asset.warranty_start.as_deref().unwrap_or(crate::halo::dates::UNSET),
        "warranty_end": asset.warranty_end.as_deref().unwrap_or(crate::halo::dates::UNSET),
        "notes": asset.notes,
        "inactive": asset.inactive,
        "datecreated": old,
        "dlastupdate": old,
        "last_modified": old,
    })
}

fn contract_record(client: &Client, contract: &Contract, sla: Option<i64>, old: &str) -> Value {
    json!({
        "id": contract.id,
        "client_id": client.id,
        "ref": contract.reference,
        "contracttype": 1,
        "contracttype_name": contract.kind,
        "start_date": contract.start,
        "end_date": contract.end,
        "active": contract.active,
        "sla_id": sla,
        "note": contract.note,
        "periodchargeamount": contract.value,
        "billingperiod": 1,
        "datecreated": old,
        "last_modified": old,
    })
}
