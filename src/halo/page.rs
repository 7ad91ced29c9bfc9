//! Addresses of Halo's agent app, and the records that they show.
//!
//! The app keeps the record's id in the query; the path is only the area.

use url::Url;

use crate::halo::record::{RecordKind, RecordRef};

/// The record that an address of the agent app shows. Configuration and the end users' portal show
/// none; a site or user page also names its client, so the most specific name wins.
pub fn record(url: &str) -> Option<RecordRef> {
    let url = Url::parse(url).ok()?;
    let area = url.path().trim_matches('/').split('/').next().unwrap_or_default().to_ascii_lowercase();
    let id = |names: &[&str]| names.iter().find_map(|name| query_id(&url, name));
    let found = |kind, names: &[&str]| id(names).map(|id| RecordRef::new(kind, id));
    match area.as_str() {
        "ticket" | "tickets" | "fault" | "faults" => found(RecordKind::Ticket, &["id", "faultid"]),
        // The first form of a ticket's address, from before the areas.
        "" => found(RecordKind::Ticket, &["faultid"]),
        "customers" => {
            let view = query(&url, "mainview").unwrap_or_default().to_ascii_lowercase();
            let named = CUSTOMER_NAMES.iter().find(|(kind, _)| kind.word() == view);
            named
                .and_then(|(kind, name)| found(*kind, &[name]))
                .or_else(|| CUSTOMER_NAMES.iter().find_map(|(kind, name)| found(*kind, &[name])))
        }
        "assets" => found(RecordKind::Asset, &["id", "assetid"]),
        "kb" => found(RecordKind::Article, &["id"]),
        // Not publicly documented; both forms are likely.
        "contracts" => found(RecordKind::Contract, &["id", "contractid"]),
        _ => None,
    }
}

/// Names in the query of `/customers`, most specific first.
const CUSTOMER_NAMES: [(RecordKind, &str); 4] = [
    (RecordKind::Contract, "contractid"),
    (RecordKind::User, "userid"),
    (RecordKind::Site, "siteid"),
    (RecordKind::Client, "clientid"),
];

fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
}

fn query_id(url: &Url, name: &str) -> Option<i64> {
    query(url, name)?.parse().ok().filter(|id| *id > 0)
}

/// The address at which the agent app shows a record.
pub fn url(origin: &str, record: RecordRef) -> String {
    let RecordRef { kind, id } = record;
    let path = match kind {
        RecordKind::Ticket => format!("tickets?id={id}"),
        RecordKind::Client => format!("customers?mainview=client&clientid={id}"),
        RecordKind::Site => format!("customers?mainview=site&siteid={id}"),
        RecordKind::User => format!("customers?mainview=user&userid={id}"),
        RecordKind::Asset => format!("assets?id={id}"),
        RecordKind::Contract => format!("contracts?id={id}"),
        RecordKind::Article => format!("kb?id={id}"),
    };
    format!("{}/{path}", origin.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const ORIGIN: &str = "https://acme.haloitsm.com";

    #[test]
    fn known_addresses_show_their_record() {
        use RecordKind::*;
        let cases = [
            ("/ticket?id=123", Ticket, 123),
            ("/tickets?id=123", Ticket, 123),
            ("/tickets?&id=123", Ticket, 123),
            ("/tickets?area=1&selid=4&id=9", Ticket, 9),
            (
                "/tickets?showalltickettypes=1&mainview=all&viewid=1&selid=-1&sellevel=1&selparentid=0&id=2820",
                Ticket,
                2820,
            ),
            ("/?faultid=123", Ticket, 123),
            ("/tickets?faultid=0000123", Ticket, 123),
            ("/customers?clientid=5", Client, 5),
            ("/customers?mainview=client&clientid=5", Client, 5),
            ("/customers?mainview=site&siteid=18&clientid=5", Site, 18),
            ("/customers?clientid=5&siteid=18&userid=77", User, 77),
            ("/customers?mainview=client&clientid=5&siteid=18", Client, 5),
            ("/customers?clientid=5&contractid=3", Contract, 3),
            ("/assets?id=42", Asset, 42),
            ("/assets/?assetid=42#top", Asset, 42),
            ("/kb?id=9", Article, 9),
            ("/contracts?id=3", Contract, 3),
        ];
        for (path, kind, id) in cases {
            assert_eq!(record(&format!("{ORIGIN}{path}")), Some(RecordRef::new(kind, id)), "{path}");
        }
    }

    #[test]
    fn other_addresses_show_none() {
        let paths = [
            "/",
            "/tickets",
            "/tickets?area=1",
            "/tickets?id=0",
            "/tickets?id=-1",
            "/tickets?id=x",
            "/tickets?selid=4",
            "/config/tickets/tickettype?id=1",
            "/config/agents/agents?agentid=3",
            "/portal/ticket?id=5",
            "/portal",
            "/client?id=5",
            "/customer?id=5",
            "/quotes",
            "/reports?id=7",
            "/orders?mainview=quotes",
            "/kbentry?id=2",
        ];
        for path in paths {
            assert_eq!(record(&format!("{ORIGIN}{path}")), None, "{path}");
        }
        assert_eq!(record("not an address"), None);
    }

    #[test]
    fn every_address_made_leads_back_to_its_record() {
        use RecordKind::*;
        for kind in [Ticket, Client, Site, User, Asset, Contract, Article] {
            let wanted = RecordRef::new(kind, 7);
            assert_eq!(record(&url(ORIGIN, wanted)), Some(wanted));
        }
    }
}
