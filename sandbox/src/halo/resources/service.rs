//! Tickets, actions and what belongs to them.

use super::{CLIENT_NAME, SITE_NAME, USER_NAME, among, by_id, join};
use crate::halo::resource::{Filter, Ids, Join, PLAIN, Resource, Row, Test};
use crate::halo::rules;

const ROW: &[&str] = &[
    "id",
    "dateoccurred",
    "summary",
    "details",
    "status_id",
    "tickettype_id",
    "sla_id",
    "priority_id",
    "client_id",
    "client_name",
    "site_id",
    "site_name",
    "user_id",
    "user_name",
    "team",
    "agent_id",
    "category_1",
    "category_2",
    "category_3",
    "category_4",
    "estimate",
    "parent_id",
    "child_count",
    "attachment_count",
    "flagged",
    "read",
    "onhold",
    "respondbydate",
    "fixbydate",
    "dateclosed",
    "dateassigned",
    "targetdate",
    "lastactiondate",
    "last_update",
    "organisation_id",
    "reportedby",
    "hasbeenclosed",
    "inactive",
    "impact",
    "urgency",
    "source",
    "third_party_id",
    "oppcompanyname",
    "oppcontactname",
    "use",
];

const JOINS: &[Join] = &[
    CLIENT_NAME,
    SITE_NAME,
    USER_NAME,
    join("agent_id", "Agent", "name", "agent_name"),
    join("status_id", "Status", "name", "status_name"),
    join("tickettype_id", "TicketType", "name", "tickettype_name"),
];

const FILTERS: &[Filter] = &[
    by_id("client_id"),
    among("client_ids", "client_id"),
    by_id("site_id"),
    by_id("user_id"),
    by_id("agent_id"),
    among("agent", "agent_id"),
    by_id("status_id"),
    among("status", "status_id"),
    among("priority", "priority_id"),
    among("requesttype", "tickettype_id"),
    among("requesttype_id", "tickettype_id"),
    by_id("parent_id"),
    by_id("contract_id"),
    by_id("supplier_id"),
    among("ticketids", "id"),
    Filter {
        param: "team",
        test: Test::Is("team"),
    },
    Filter {
        param: "open_only",
        test: Test::By(rules::open_only),
    },
    Filter {
        param: "closed_only",
        test: Test::By(rules::closed_only),
    },
    Filter {
        param: "asset_id",
        test: Test::By(rules::with_asset),
    },
];

const TICKETS: Resource = Resource {
    store: "Tickets",
    key: "tickets",
    sidecars: &[("include_children", "false")],
    area: "tickets",
    paged: true,
    row: Row::Of(ROW),
    details: &[
        "customfields",
        "details_html",
        "assets",
        "attachments",
        "agent_name",
        "status_name",
        "tickettype_name",
    ],
    extras: &[
        ("includeagent", &["agent_name"]),
        ("includestatus", &["status_name"]),
        ("includetickettype", &["tickettype_name"]),
    ],
    filters: FILTERS,
    search: &["summary", "details", "user_name"],
    created: "datecreated",
    modified: &["last_update"],
    change_filter: true,
    joins: JOINS,
    required: &[(&["summary"], "Please enter a Summary")],
    usage: 1,
    show: rules::show_ticket,
    visible: rules::of_visible_client,
    ..PLAIN
};

/// These resources.
pub(super) const TABLE: &[Resource] = &[
    Resource {
        path: "Tickets",
        only_use: "ticket",
        save: rules::save_ticket,
        ..TICKETS
    },
    Resource {
        path: "Opportunities",
        only_use: "opportunity",
        area: "crm",
        save: rules::save_opportunity,
        ..TICKETS
    },
    Resource {
        path: "Projects",
        only_use: "project",
        area: "projects",
        save: rules::save_project,
        ..TICKETS
    },
    Resource {
        path: "Actions",
        store: "Actions",
        key: "actions",
        ids: Ids::Within("ticket_id"),
        area: "tickets",
        filters: &[
            by_id("ticket_id"),
            by_id("outcome_id"),
            Filter {
                param: "excludeprivate",
                test: Test::By(rules::without_private),
            },
        ],
        search: &["note"],
        created: "datetime",
        modified: &["last_updated"],
        required: &[
            (
                &["ticket_id"],
                "A valid Ticket ID must be entered for this Action",
            ),
            (
                &["outcome", "outcome_id", "id"],
                "An Outcome must be entered for this Action",
            ),
        ],
        save: rules::save_action,
        after: rules::after_action,
        show: rules::show_action,
        visible: rules::visible_action,
        ..PLAIN
    },
    Resource {
        path: "Attachment",
        store: "Attachment",
        key: "attachments",
        sidecars: &[("folders", "[]")],
        area: "tickets",
        filters: &[
            by_id("ticket_id"),
            by_id("action_id"),
            by_id("unique_id"),
            among("type", "type"),
        ],
        search: &["filename"],
        created: "datecreated",
        modified: &["last_updated"],
        ..PLAIN
    },
    Resource {
        path: "Appointment",
        store: "Appointment",
        key: "appointments",
        bare: true,
        area: "calendar",
        paged: true,
        filters: &[
            by_id("ticket_id"),
            by_id("client_id"),
            among("agents", "agent_id"),
        ],
        search: &["subject"],
        modified: &["last_modified"],
        joins: &[CLIENT_NAME, SITE_NAME],
        visible: rules::of_visible_client,
        ..PLAIN
    },
];
