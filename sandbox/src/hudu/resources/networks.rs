//! Networks, addresses and VLANs: bare, unpaged, and strict about query parameters.

use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::resource::{By, Draft, Filter, PLAIN, Pages, Resource, Shape, Takes, archived, exact, range};
use super::super::rest;
use super::super::state::{State, page_of};
use super::super::store::{Record, blank, flag_of, int_of, text_of};

/// What the four have in common.
const STRICT: Resource = Resource {
    list: Shape::Bare,
    one: Shape::Bare,
    takes: Takes::RootOrBare,
    pages: Pages::Strict,
    check: follow_archived,
    ..PLAIN
};

pub(in super::super) static NETWORKS: Resource = Resource {
    path: "networks",
    root: "network",
    model: "Network",
    lost: "Network not found",
    filters: &[
        exact("company_id"),
        exact("slug"),
        exact("name"),
        exact("network_type"),
        exact("address"),
        exact("location_id"),
        range("created_at"),
        range("updated_at"),
        archived(),
    ],
    // `notes` is taken and dropped without a word; it always reads as null.
    writes: &["name", "description", "address", "network_type", "company_id", "location_id", "vlan_id"],
    required: &["name", "address", "company_id"],
    refs: &[("company_id", "companies"), ("vlan_id", "vlans")],
    blank: || {
        json!({
            "id": null, "name": null, "address": null, "network_type": 0, "slug": null, "company_id": null,
            "location_id": null, "description": null, "notes": null, "ancestry": null, "settings": {},
            "sync_identifier": null, "is_radar": false, "status_list_item_id": null, "role_list_item_id": null,
            "vlan_id": null, "created_at": null, "updated_at": null, "archived_at": null,
        })
    },
    gone: |state, network| {
        let id = int_of(network, "id");
        state.store.remove_where("ip_addresses", |address| int_of(address, "network_id") == id);
    },
    shown: |_, record| with_url("Network", record),
    ..STRICT
};

pub(in super::super) static VLANS: Resource = Resource {
    path: "vlans",
    root: "vlan",
    model: "Vlan",
    lost: "VLAN not found",
    filters: &[
        exact("company_id"),
        exact("vlan_zone_id"),
        exact("name"),
        exact("vlan_id"),
        range("created_at"),
        range("updated_at"),
        archived(),
    ],
    writes: &[
        "name",
        "vlan_id",
        "description",
        "notes",
        "company_id",
        "vlan_zone_id",
        "status_list_item_id",
        "role_list_item_id",
    ],
    required: &["name", "vlan_id", "company_id"],
    refs: &[("company_id", "companies"), ("vlan_zone_id", "vlan_zones")],
    blank: || {
        json!({
            "id": null, "name": null, "slug": null, "vlan_id": null, "description": null, "notes": null,
            "company_id": null, "vlan_zone_id": null, "status_list_item_id": null, "role_list_item_id": null,
            "archived_at": null, "created_at": null, "updated_at": null,
        })
    },
    shown: |state, vlan| {
        let id = int_of(vlan, "id");
        let count = state.store.table("networks").values().filter(|n| int_of(n, "vlan_id") == id).count();
        let mut shown = with_url("Vlan", vlan);
        shown["networks_count"] = json!(count);
        shown
    },
    ..STRICT
};

pub(in super::super) static VLAN_ZONES: Resource = Resource {
    path: "vlan_zones",
    root: "vlan_zone",
    model: "VlanZone",
    lost: "VLAN Zone not found",
    filters: &[exact("company_id"), exact("name"), range("created_at"), range("updated_at"), archived()],
    writes: &["name", "description", "vlan_id_ranges", "company_id"],
    required: &["name", "vlan_id_ranges", "company_id"],
    refs: &[("company_id", "companies")],
    blank: || {
        json!({
            "id": null, "name": null, "slug": null, "description": null, "vlan_id_ranges": null, "company_id": null,
            "archived_at": null, "created_at": null, "updated_at": null,
        })
    },
    shown: |state, zone| {
        let id = int_of(zone, "id");
        let count = state.store.table("vlans").values().filter(|vlan| int_of(vlan, "vlan_zone_id") == id).count();
        let mut zone = zone.clone();
        let url = format!("/vlan_zones/{}", text_of(&zone, "slug"));
        zone.insert("url".to_owned(), Value::from(url));
        zone.insert("vlans_count".to_owned(), json!(count));
        Value::Object(zone)
    },
    ..STRICT
};

pub(in super::super) static IP_ADDRESSES: Resource = Resource {
    path: "ip_addresses",
    root: "ip_address",
    model: "IpAddress",
    lost: "IpAddress not found",
    filters: &[
        exact("network_id"),
        exact("address"),
        Filter { name: "status", by: By::AnyCase("status") },
        exact("fqdn"),
        exact("asset_id"),
        exact("company_id"),
        range("created_at"),
        range("updated_at"),
    ],
    writes: &["address", "status", "fqdn", "description", "notes", "asset_id", "network_id", "company_id"],
    required: &["address", "company_id", "network_id"],
    refs: &[("company_id", "companies"), ("network_id", "networks"), ("asset_id", "assets")],
    blank: || {
        json!({
            "id": null, "address": null, "status": "unassigned", "fqdn": null, "description": null, "notes": null,
            "asset_id": null, "network_id": null, "company_id": null, "created_at": null, "updated_at": null,
        })
    },
    refuse: |faults| Answer::errors(faults.join(", ")),
    check: check_address,
    shown: |state, address| {
        let mut own = address.clone();
        let asset = int_of(&own, "asset_id");
        let slug = state.member("assets", asset, "slug");
        // Written in lower case, read with a capital; the network is not told.
        own.insert("status".to_owned(), Value::from(rest::words(text_of(address, "status"))));
        own.remove("network_id");
        own.insert("asset_name".to_owned(), state.member("assets", asset, "name"));
        own.insert("asset_url".to_owned(), json!(slug.as_str().map(|slug| format!("/a/{slug}"))));
        own.insert("url".to_owned(), json!(format!("/ip_addresses/{}", int_of(address, "id").unwrap_or_default())));
        Value::Object(own)
    },
    ..STRICT
};

fn check_address(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    let network = state.member("networks", int_of(&draft.record, "network_id"), "company_id");
    if Some(&network) != draft.record.get("company_id") {
        return Err(Answer::errors("Network does not belong to the specified company"));
    }
    let status = text_of(&draft.record, "status");
    if !matches!(status, "unassigned" | "assigned" | "reserved" | "deprecated" | "dhcp" | "slaac") {
        return Err(Answer::errors("Status is not included in the list"));
    }
    let fqdn = text_of(&draft.record, "fqdn");
    let sent = !blank(draft.body.get("fqdn")) && !flag_of(&draft.body, "skip_dns_validation");
    if sent && !state.switches.fqdn_resolves {
        let address = text_of(&draft.record, "address");
        return Err(Answer::errors(format!("Fqdn does not resolve to {address}: {fqdn}")));
    }
    Ok(())
}

/// `archived` is written, `archived_at` is read.
fn follow_archived(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    if let Some(on) = rest::sent_flag(&draft.body, "archived") {
        let at = if on { Value::from(state.now()) } else { Value::Null };
        draft.record.insert("archived_at".to_owned(), at);
    }
    Ok(())
}

fn with_url(model: &str, own: &Record) -> Value {
    let mut own = own.clone();
    let url = page_of(model, text_of(&own, "slug"));
    own.insert("url".to_owned(), json!(url));
    Value::Object(own)
}
