//! Lists that administrators set up: bare arrays, readable with any scope.

use super::{among, by_id, join};
use crate::halo::resource::{Activity, Filter, Ids, PLAIN, Resource, Test};
use crate::halo::rules;

/// What these have in common.
const LIST: Resource = Resource { bare: true, details: &[], ..PLAIN };

/// These resources.
pub(super) const TABLE: &[Resource] = &[
    Resource {
        path: "Agent",
        store: "Agent",
        key: "agents",
        activity: Activity::Flag("isdisabled", "includedisabled"),
        filters: &[Filter { param: "team", test: Test::Is("team") }],
        search: &["name", "email"],
        created: "datecreated",
        modified: &["last_modified"],
        required: &[(&["name"], "Please enter a Name for this Agent")],
        save: |draft| {
            draft.record.entry("isdisabled").or_insert(false.into());
            draft.record.entry("isapiagent").or_insert(false.into());
            draft.record.entry("is_agent").or_insert(true.into());
            Ok(())
        },
        show: rules::show_agent,
        ..LIST
    },
    Resource {
        path: "Team",
        store: "Team",
        key: "teams",
        details: &["agents"],
        extras: &[("includeagentsforteams", &["agents"])],
        modified: &["last_modified"],
        show: rules::show_team,
        ..LIST
    },
    Resource {
        path: "Status",
        store: "Status",
        key: "statuses",
        filters: &[Filter { param: "excludeclosed", test: Test::By(rules::without_closed) }],
        ..LIST
    },
    Resource { path: "TicketType", store: "TicketType", key: "tickettypes", ..LIST },
    Resource {
        path: "Priority",
        store: "Priority",
        key: "priorities",
        ids: Ids::Guid,
        filters: &[by_id("slaid")],
        ..LIST
    },
    Resource {
        path: "SLA",
        store: "SLA",
        key: "slas",
        details: &["priorities"],
        extras: &[("showpriorities", &["priorities"])],
        show: rules::show_sla,
        ..LIST
    },
    Resource {
        path: "Outcome",
        store: "Outcome",
        key: "outcomes",
        activity: Activity::Flag("hidden", "showhidden"),
        search: &["outcome"],
        ..LIST
    },
    Resource {
        path: "FieldInfo",
        store: "FieldInfo",
        key: "fields",
        details: &["values"],
        extras: &[("includevalues", &["values"])],
        filters: &[among("typeid", "usage")],
        search: &["name", "label"],
        ..LIST
    },
    Resource {
        path: "Lookup",
        store: "Lookup",
        key: "lookup",
        ids: Ids::Within("lookupid"),
        filters: &[by_id("lookupid")],
        ..LIST
    },
    Resource { path: "Category", store: "Category", key: "categories", filters: &[by_id("type_id")], ..LIST },
    Resource { path: "Webhook", store: "Webhook", key: "webhooks", ids: Ids::Guid, ..LIST },
    Resource { path: "Organisation", store: "Organisation", key: "organisations", ..LIST },
    Resource {
        path: "TopLevel",
        store: "TopLevel",
        key: "tree",
        bare: false,
        paged: true,
        joins: &[join("organisation_id", "Organisation", "name", "organisation_name")],
        ..LIST
    },
];
