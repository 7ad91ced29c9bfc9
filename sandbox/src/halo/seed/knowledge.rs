//! The knowledge base that the provider already keeps in Halo.

use jiff::SignedDuration;
use serde_json::json;

use super::put;
use crate::halo::dates::{UNSET, ago};
use crate::halo::state::State;

/// Lists: (id, name, list above).
const LISTS: &[(i64, &str, i64)] =
    &[(1, "IT", 0), (2, "Network", 1), (3, "Accounts", 1), (4, "Service Desk", 0), (5, "Onboarding", 4)];

/// Articles: title, question, answer, tags, list, days since it was written, days since it was edited.
type Article = (&'static str, &'static str, &'static str, &'static str, i64, i64, Option<i64>);

const ARTICLES: &[Article] = &[
    (
        "Reset a forgotten password",
        "<p>A user cannot sign in and has forgotten the password.</p>",
        "<ol><li>Check who is calling.</li><li>Reset the password in the directory.</li>\
         <li>Tick <em>change at next sign-in</em>.</li></ol>",
        "password,account",
        3,
        400,
        Some(30),
    ),
    (
        "VPN connects but nothing opens",
        "<p>The VPN says connected, but shares and intranet stay closed.</p>",
        "<p>Usually a stale DNS entry. Run <code>ipconfig /flushdns</code> and connect again.</p>",
        "vpn,dns",
        2,
        320,
        Some(12),
    ),
    (
        "How we log a call",
        "<p>What every ticket needs before it leaves first line.</p>",
        "<ul><li>Who, where, which device</li><li>What was tried</li><li>When it started</li></ul>",
        "process",
        4,
        700,
        None,
    ),
];

pub(super) fn fill(state: &mut State) {
    for (id, name, above) in LISTS {
        put(state, "FAQLists", json!({ "id": id, "name": name, "group_id": above, "showforallagents": true }));
    }
    let now = state.clock.now();
    let days = |days: i64| ago(now, SignedDuration::from_hours(24 * days));
    for (id, (name, question, answer, tags, list, written, edited)) in (1..).zip(ARTICLES) {
        let article = json!({
            "id": id,
            "name": name,
            "description_html": question,
            "resolution_html": answer,
            "tag_string": tags,
            "faqlists": [{ "id": list }],
            "date_created": days(*written),
            "date_edited": edited.map_or_else(|| UNSET.to_owned(), days),
            "creator_name": "Unassigned",
            "creator_id": 1,
        });
        put(state, "KBArticle", article);
    }
}
