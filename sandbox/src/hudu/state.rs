//! Everything that one instance holds, behind its one lock.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::keys::Keys;
use super::limit::Limit;
use super::store::{Record, Store, int_of, record, text_of};
use super::switches::Switches;
use crate::clock::Clock;
use crate::written::WriteLog;

/// The instance.
pub(super) struct State {
    /// Records and files.
    pub store: Store,
    /// Open points as decided.
    pub switches: Switches,
    /// API keys.
    pub keys: Keys,
    /// What clients wrote.
    pub written: WriteLog,
    /// Request counts.
    pub limit: Limit,
    /// Time.
    pub clock: Clock,
    /// `https://hudu.example.com`, without a trailing slash.
    pub origin: String,
}

impl State {
    /// Now, as Hudu writes times.
    pub(super) fn now(&self) -> String {
        stamp(self.clock.now())
    }

    /// A path of this instance as an absolute URL.
    pub(super) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// A company's name; null when there is no such company.
    pub(super) fn company_name(&self, id: Option<i64>) -> Value {
        self.member("companies", id, "name")
    }

    /// One member of a record that may not exist.
    pub(super) fn member(&self, path: &str, id: Option<i64>, name: &str) -> Value {
        id.and_then(|id| self.store.get(path, id)).and_then(|r| r.get(name)).cloned().unwrap_or_default()
    }

    /// Writes a line into the activity log.
    pub(super) fn log(&mut self, action: &str, model: &str, about: &Record) {
        let now = self.now();
        let company = if model == "Company" { int_of(about, "id") } else { int_of(about, "company_id") };
        let id = self.store.next_id("activity_logs");
        let line = json!({
            "id": id, "action": action, "details": null, "app_type": "api", "token": null, "ip_address": "127.0.0.1",
            "user_id": null, "user_name": null, "user_email": null, "record_user_url": null,
            "record_type": model, "record_id": about.get("id"), "record_name": text_of(about, "name"),
            "record_url": about.get("slug").and_then(Value::as_str).and_then(|slug| page_of(model, slug)),
            "record_company_url": company.and_then(|id| self.store.get("companies", id))
                .map(|company| format!("/c/{}", text_of(company, "slug"))),
            "company_name": self.company_name(company), "created_at": now, "formatted_datetime": now,
        });
        self.store.put("activity_logs", id, record(line));
    }
}

/// `2026-09-13T02:54:47.411Z`: UTC with milliseconds.
pub(super) fn stamp(ms: i64) -> String {
    Timestamp::from_millisecond(ms).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// `2026-09-13`.
pub(super) fn day(ms: i64) -> String {
    Timestamp::from_millisecond(ms).unwrap_or_default().strftime("%Y-%m-%d").to_string()
}

/// The path of a record's own page in Hudu, for the kinds that have one.
pub(super) fn page_of(model: &str, slug: &str) -> Option<String> {
    let room = match model {
        "Company" => "c",
        "Asset" => "a",
        "Article" => "kba",
        "AssetPassword" => "passwords",
        "Procedure" => "processes",
        "Website" => "websites",
        "Network" => "networks",
        "Vlan" => "vlans",
        _ => return None,
    };
    Some(format!("/{room}/{slug}"))
}
