//! Websites that Hudu watches. The list is a bare array, except when a filter matches nothing.

use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::resource::{CRUD, Draft, PLAIN, Resource, Shape, exact, range, search, test};
use super::super::state::State;
use super::super::store::{Record, int_of, text_of};
use super::expirations;

pub(in super::super) static WEBSITES: Resource = Resource {
    path: "websites",
    root: "website",
    model: "Website",
    verbs: CRUD,
    list: Shape::BareUnlessNothing,
    one: Shape::Bare,
    created: 200,
    lost: "Website not found",
    null_when_lost: true,
    filters: &[
        exact("name"),
        exact("slug"),
        search(&["name"]),
        range("updated_at"),
        test("company_id", |state, site, wanted| {
            !state.switches.websites_by_company || int_of(site, "company_id").is_some_and(|id| id.to_string() == wanted)
        }),
    ],
    // There is no archive route: `archived` is written.
    writes: &[
        "company_id",
        "name",
        "notes",
        "paused",
        "disable_dns",
        "disable_ssl",
        "disable_whois",
        "archived",
        "enable_dmarc_tracking",
        "enable_dkim_tracking",
        "enable_spf_tracking",
        "keyword",
    ],
    required: &["name", "company_id"],
    refs: &[("company_id", "companies")],
    blank: || {
        json!({
            "id": null, "name": null, "code": 200, "message": "OK", "slug": null, "keyword": null, "monitor_type": 0,
            "status": "ready", "monitoring_status": "up", "refreshed_at": null, "monitored_at": null, "headers": {},
            "paused": false, "sent_notifications": false, "account_id": 1, "asset_field_id": null, "company_id": null,
            "discarded_at": null, "disable_ssl": false, "disable_whois": false, "disable_dns": false,
            "enable_dmarc_tracking": false, "enable_dkim_tracking": false, "enable_spf_tracking": false,
            "notes": null, "icon": null, "archived": false, "cloudflare_details": null, "potentially_proxied": false,
            "created_at": null, "updated_at": null,
        })
    },
    check: |state, draft: &mut Draft| {
        let name = text_of(&draft.record, "name");
        let scheme = ["http://", "https://"].iter().any(|scheme| name.starts_with(scheme));
        if !scheme || url::Url::parse(name).is_err() {
            return Err(Answer::invalid(vec!["name must be URL".to_owned()]));
        }
        for at in ["refreshed_at", "monitored_at"] {
            draft.record.insert(at.to_owned(), Value::from(state.now()));
        }
        Ok(())
    },
    saved: expirations::follow_website,
    gone: |state, site| expirations::forget(state, "Website", site),
    shown,
    ..PLAIN
};

fn shown(state: &State, site: &Record) -> Value {
    let mut site = site.clone();
    let url = format!("/websites/{}", text_of(&site, "slug"));
    let company = state.company_name(int_of(&site, "company_id"));
    for (name, value) in [
        ("object_type", json!("Website")),
        ("asset_type", json!("Website")),
        ("company_name", company),
        ("url", Value::from(url)),
    ] {
        site.insert(name.to_owned(), value);
    }
    Value::Object(site)
}
