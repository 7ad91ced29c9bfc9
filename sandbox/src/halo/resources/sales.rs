//! Suppliers, items, quotes, invoices and reports.

use super::{CLIENT_NAME, SITE_NAME, USER_NAME, by_id, join};
use crate::halo::resource::{Activity, PLAIN, Resource};
use crate::halo::rules;

/// These resources.
pub(super) const TABLE: &[Resource] = &[
    Resource {
        path: "Supplier",
        store: "Supplier",
        key: "suppliers",
        area: "suppliers",
        paged: true,
        activity: Activity::Inactive,
        filters: &[by_id("toplevel_id")],
        created: "datecreated",
        modified: &["last_modified"],
        required: &[(&["name"], "Please enter a Name")],
        usage: 9,
        ..PLAIN
    },
    Resource {
        path: "Item",
        store: "Item",
        key: "items",
        area: "items",
        paged: true,
        activity: Activity::Inactive,
        filters: &[by_id("supplier_id"), by_id("assetgroup_id")],
        created: "datecreated",
        modified: &["lastmodified"],
        joins: &[join("supplier_id", "Supplier", "name", "supplier_name")],
        required: &[(&["name"], "Please enter a Name")],
        usage: 8,
        ..PLAIN
    },
    Resource {
        path: "Quotation",
        store: "Quotation",
        key: "quotes",
        area: "quotes",
        paged: true,
        details: &["customfields", "lines", "status_name", "approvaldatetime", "approvalname"],
        extras: &[("includelines", &["lines"])],
        filters: &[by_id("client_id"), by_id("site_id"), by_id("ticket_id"), by_id("user_id")],
        search: &["title", "client_name"],
        modified: &["last_update_time"],
        joins: &[CLIENT_NAME, SITE_NAME, USER_NAME],
        visible: rules::of_visible_client,
        ..PLAIN
    },
    Resource {
        path: "Invoice",
        store: "Invoice",
        key: "invoices",
        area: "invoices",
        paged: true,
        details: &["customfields", "lines"],
        extras: &[("includelines", &["lines"])],
        filters: &[by_id("client_id"), by_id("site_id"), by_id("ticket_id"), by_id("contract_id")],
        search: &["invoicenumber", "client_name"],
        created: "date_created",
        modified: &["last_modified"],
        joins: &[CLIENT_NAME, join("contract_id", "ClientContract", "ref", "contract_ref")],
        visible: rules::of_visible_client,
        ..PLAIN
    },
    Resource {
        path: "Report",
        store: "Report",
        key: "reports",
        area: "reporting",
        paged: true,
        details: &["sql"],
        filters: &[by_id("type")],
        search: &["name", "description"],
        // Ad-hoc SQL is for administrators; the API agent is none.
        save: |draft| match draft.posted && draft.sent.contains_key("sql") {
            true => Err(crate::halo::reply::Reply::empty(403)),
            false => Ok(()),
        },
        ..PLAIN
    },
];
