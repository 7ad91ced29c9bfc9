//! Clients, sites, users, assets, contracts and articles.

use super::{CLIENT_NAME, SITE_NAME, USER_NAME, among, by_id, join};
use crate::halo::resource::{Activity, Filter, PLAIN, Resource, Row, Test};
use crate::halo::rules;

/// These resources.
pub(super) const TABLE: &[Resource] = &[
    Resource {
        path: "Client",
        store: "Client",
        key: "clients",
        area: "customers",
        paged: true,
        activity: Activity::Inactive,
        row: Row::Of(&[
            "id", "name", "toplevel_id", "toplevel_name", "inactive", "colour", "ref", "accountsid", "customertype",
            "customer_relationship", "is_vip", "itglue_id", "azure_tenant_id", "stopped", "use",
        ]),
        extras: &[("includenotes", &["notes"])],
        filters: &[by_id("toplevel_id")],
        search: &["name", "ref"],
        created: "datecreated",
        modified: &["alastupdate"],
        change_filter: true,
        joins: &[join("toplevel_id", "TopLevel", "name", "toplevel_name")],
        required: &[(&["name"], "Please enter a Name")],
        usage: 2,
        save: |draft| {
            draft.record.entry("inactive").or_insert(false.into());
            draft.record.entry("toplevel_id").or_insert(1.into());
            draft.record.insert("use".to_owned(), "client".into());
            Ok(())
        },
        after: rules::after_client,
        show: rules::show_client,
        visible: rules::client_visible,
        ..PLAIN
    },
    Resource {
        path: "Site",
        store: "Site",
        key: "sites",
        area: "customers",
        paged: true,
        activity: Activity::Inactive,
        row: Row::Of(&[
            "id", "name", "client_id", "client_name", "clientsite_name", "inactive", "sla_id", "phonenumber",
            "colour", "timezone", "isstocklocation", "maincontact_id", "ref", "country_code_name", "use",
        ]),
        extras: &[
            ("includenotes", &["notes"]),
            (
                "includeaddress",
                &[
                    "delivery_address_line1", "delivery_address_line2", "delivery_address_line3",
                    "delivery_address_line4", "delivery_address_line5",
                ],
            ),
        ],
        filters: &[by_id("client_id"), among("site_id", "id")],
        search: &["name", "client_name"],
        created: "datecreated",
        modified: &["slastupdate"],
        change_filter: true,
        joins: &[CLIENT_NAME, join("maincontact_id", "Users", "name", "maincontact_name")],
        required: &[(&["name"], "Please enter a Name"), (&["client_id"], "Please select a valid Customer")],
        usage: 3,
        save: rules::save_site,
        show: rules::show_site,
        visible: rules::of_visible_client,
        ..PLAIN
    },
    Resource {
        path: "Users",
        store: "Users",
        key: "users",
        area: "customers",
        paged: true,
        activity: Activity::Inactive,
        row: Row::Of(&[
            "id", "name", "firstname", "surname", "title", "emailaddress", "phonenumber", "phonenumber_preferred",
            "homenumber", "mobilenumber", "mobilenumber2", "site_id", "site_id_int", "site_name", "client_id",
            "client_name", "inactive", "isimportantcontact", "isserviceaccount", "login", "azureoid", "colour",
            "linked_agent_id", "user_with_clientsite", "use",
        ]),
        extras: &[("includenotes", &["notes"])],
        filters: &[
            by_id("client_id"),
            by_id("site_id"),
            Filter {
                param: "exclude_generaluser",
                test: Test::By(|_, user, asked| {
                    asked != "true" || user.get("name").is_none_or(|name| name != "General User")
                }),
            },
            Filter {
                param: "exclude_defaultsiteusers",
                test: Test::By(|_, user, asked| {
                    asked != "true" || user.get("name").is_none_or(|name| name != "General User")
                }),
            },
        ],
        search: &["name", "emailaddress", "login", "phonenumber", "mobilenumber"],
        created: "datecreated",
        modified: &["ulastupdate"],
        change_filter: true,
        joins: &[CLIENT_NAME, SITE_NAME],
        required: &[
            (&["site_id"], "Please select a valid Site"),
            (&["name", "firstname", "surname"], "Please enter a Name"),
        ],
        usage: 4,
        save: rules::save_user,
        show: rules::show_user,
        visible: rules::of_visible_client,
        ..PLAIN
    },
    Resource {
        path: "Asset",
        store: "Asset",
        key: "assets",
        area: "assets",
        paged: true,
        activity: Activity::Inactive,
        row: Row::Of(&[
            "id", "inventory_number", "key_field", "key_field2", "key_field3", "client_id", "client_name",
            "site_id", "site_name", "business_owner_id", "business_owner_name", "username", "technical_owner_id",
            "technical_owner_name", "assettype_id", "assettype_name", "colour", "icon", "warranty_start",
            "warranty_end", "inactive", "contract_id", "contract_ref", "supplier_id", "supplier_name", "criticality",
            "status_id", "status_name", "sla_id", "priority_id", "parent_id", "item_id", "third_party_id", "use",
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
        filters: &[
            Filter { param: "kind", test: Test::Is("kind") },
            among("type_id", "parenttype_id"),
        ],
        save: |draft| {
            draft.record.entry("kind").or_insert("T".into());
            draft.record.entry("validate").or_insert("".into());
            draft.record.entry("lookup").or_insert(0.into());
            Ok(())
        },
        ..PLAIN
    },
    Resource {
        path: "ClientContract",
        store: "ClientContract",
        key: "contracts",
        area: "contracts",
        paged: true,
        activity: Activity::NotActive,
        row: Row::Of(&[
            "id", "client_id", "client_name", "ref", "refextra", "start_date", "end_date", "started", "expired",
            "active", "status", "contract_status", "site_id", "site_name", "user_id", "user_name", "sla_id",
            "contracttype", "contracttype_name", "billingperiod", "next_invoice_date", "periodchargeamount", "note",
            "last_modified", "use",
        ]),
        details: &["customfields", "assets"],
        filters: &[
            by_id("client_id"),
            by_id("site_id"),
            Filter { param: "device_id", test: Test::By(rules::with_device) },
        ],
        search: &["ref", "client_name"],
        created: "datecreated",
        modified: &["last_modified"],
        joins: &[CLIENT_NAME, SITE_NAME, USER_NAME, join("sla_id", "SLA", "name", "sla_name")],
        required: &[(&["client_id"], "Please select a valid Customer")],
        usage: 6,
        save: rules::save_contract,
        show: rules::show_contract,
        visible: rules::of_visible_client,
        ..PLAIN
    },
    Resource {
        path: "KBArticle",
        store: "KBArticle",
        key: "articles",
        area: "kb",
        paged: true,
        activity: Activity::Inactive,
        row: Row::Of(&[
            "id", "name", "description", "resolution_list", "view_count", "useful_count", "notuseful_count",
            "date_created", "date_edited", "tag_string", "kb_tags", "inactive", "type", "next_review_date",
            "limit_start_date", "limit_end_date", "editor_type", "link", "use",
        ]),
        details: &[
            "customfields", "description_html", "description_markdown", "resolution", "resolution_html",
            "resolution_markdown", "tags", "faqlists", "kbentryclientaccess", "attachments",
        ],
        filters: &[
            Filter { param: "client_id", test: Test::By(rules::for_client) },
            Filter { param: "device_id", test: Test::By(rules::for_device) },
            Filter { param: "faqlists", test: Test::By(rules::in_lists) },
            among("type", "type"),
            among("articletype", "type"),
        ],
        search: &["name", "description", "resolution", "tag_string"],
        created: "date_created",
        required: &[(&["name"], "Please enter a Title")],
        save: rules::save_article,
        after: rules::after_article,
        show: rules::show_article,
        ..PLAIN
    },
    Resource {
        path: "FAQLists",
        store: "FAQLists",
        key: "faqlists",
        bare: true,
        area: "kb",
        filters: &[
            among("parent_id", "group_id"),
            by_id("level"),
            among("type", "type"),
        ],
        required: &[(&["name"], "Please enter a Name")],
        save: rules::save_list,
        show: rules::show_list,
        ..PLAIN
    },
    Resource {
        path: "Tags",
        store: "Tags",
        key: "tags",
        bare: true,
        area: "kb",
        search: &["text"],
        ..PLAIN
    },
];
