//! Assets with their types, groups and fields.

use super::{CLIENT_NAME, SITE_NAME, among, by_id, join};
use crate::halo::resource::{Activity, Filter, PLAIN, Resource, Row, Test};
use crate::halo::rules;

/// These resources.
pub(super) const TABLE: &[Resource] = &[
    Resource {
        path: "Asset",
        store: "Asset",
        key: "assets",
        area: "assets",
        paged: true,
        activity: Activity::Inactive,
        row: Row::Of(&[
            "id",
            "inventory_number",
            "key_field",
            "key_field2",
            "key_field3",
            "client_id",
            "client_name",
            "site_id",
            "site_name",
            "business_owner_id",
            "business_owner_name",
            "username",
            "technical_owner_id",
            "technical_owner_name",
            "assettype_id",
            "assettype_name",
            "colour",
            "icon",
            "warranty_start",
            "warranty_end",
            "inactive",
            "contract_id",
            "contract_ref",
            "supplier_id",
            "supplier_name",
            "criticality",
            "status_id",
            "status_name",
            "sla_id",
            "priority_id",
            "parent_id",
            "item_id",
            "third_party_id",
            "use",
        ]),
        details: &["customfields", "fields", "users"],
        extras: &[("includeassetfields", &["fields"]), ("includeuser", &["users"])],
        filters: &[
            by_id("client_id"),
            by_id("site_id"),
            by_id("assettype_id"),
            among("assettypes", "assettype_id"),
            among("assetstatuses", "status_id"),
            by_id("contract_id"),
            by_id("supplier_id"),
            by_id("item_id"),
            Filter { param: "assetgroup_id", test: Test::By(rules::with_asset_group) },
            Filter { param: "assetgroups", test: Test::By(rules::with_asset_group) },
            Filter { param: "user_id", test: Test::By(rules::with_user) },
            Filter { param: "ticket_id", test: Test::By(rules::with_linked_ticket) },
            Filter { param: "inventory_number", test: Test::Is("inventory_number") },
        ],
        search: &["inventory_number", "key_field", "key_field2", "key_field3"],
        created: "datecreated",
        modified: &["dlastupdate", "last_modified"],
        change_filter: true,
        joins: &[
            CLIENT_NAME,
            SITE_NAME,
            join("assettype_id", "AssetType", "name", "assettype_name"),
            join("supplier_id", "Supplier", "name", "supplier_name"),
            join("contract_id", "ClientContract", "ref", "contract_ref"),
            join("technical_owner_id", "Agent", "name", "technical_owner_name"),
        ],
        required: &[
            (&["assettype_id"], "Please select a valid Asset Type"),
            (&["client_id", "site_id"], "Please select a valid Customer"),
        ],
        usage: 5,
        save: rules::save_asset,
        show: rules::show_asset,
        visible: rules::asset_visible,
        ..PLAIN
    },
    Resource {
        path: "AssetType",
        store: "AssetType",
        key: "assettypes",
        bare: true,
        area: "assets",
        details: &["fields", "field_list"],
        filters: &[by_id("assetgroup_id")],
        joins: &[join("assetgroup_id", "AssetGroup", "name", "assetgroup_name")],
        required: &[(&["name"], "Please enter a Name")],
        after: rules::after_asset_type,
        show: rules::show_asset_type,
        ..PLAIN
    },
    Resource {
        path: "AssetGroup",
        store: "AssetGroup",
        key: "assetgroups",
        bare: true,
        area: "assets",
        details: &["assettypes"],
        extras: &[("includetypesforgroups", &["assettypes"])],
        show: rules::show_asset_group,
        ..PLAIN
    },
    Resource {
        path: "Field",
        store: "Field",
        key: "fields",
        bare: true,
        area: "assets",
        details: &[],
        filters: &[Filter { param: "kind", test: Test::Is("kind") }, among("type_id", "parenttype_id")],
        save: |draft| {
            draft.record.entry("kind").or_insert("T".into());
            draft.record.entry("validate").or_insert("".into());
            draft.record.entry("lookup").or_insert(0.into());
            Ok(())
        },
        ..PLAIN
    },
];
