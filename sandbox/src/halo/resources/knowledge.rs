//! Knowledge base articles, their lists and tags.

use super::{among, by_id};
use crate::halo::resource::{Activity, Filter, PLAIN, Resource, Row, Test};
use crate::halo::rules;

/// These resources.
pub(super) const TABLE: &[Resource] = &[
    Resource {
        path: "KBArticle",
        store: "KBArticle",
        key: "articles",
        area: "kb",
        paged: true,
        activity: Activity::Inactive,
        row: Row::Of(&[
            "id",
            "name",
            "description",
            "resolution_list",
            "view_count",
            "useful_count",
            "notuseful_count",
            "date_created",
            "date_edited",
            "tag_string",
            "kb_tags",
            "inactive",
            "type",
            "next_review_date",
            "limit_start_date",
            "limit_end_date",
            "editor_type",
            "link",
            "use",
        ]),
        details: &[
            "customfields",
            "description_html",
            "description_markdown",
            "resolution",
            "resolution_html",
            "resolution_markdown",
            "tags",
            "faqlists",
            "kbentryclientaccess",
            "kbentrytoplevelaccess",
            "attachments",
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
        filters: &[among("parent_id", "group_id"), by_id("level"), among("type", "type")],
        required: &[(&["name"], "Please enter a Name")],
        save: rules::save_list,
        show: rules::show_list,
        ..PLAIN
    },
    Resource { path: "Tags", store: "Tags", key: "tags", bare: true, area: "kb", search: &["text"], ..PLAIN },
];
