//! What ends or is down in Hudu now.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Standing;
use crate::http::raw::Record;
use crate::http::{Product, date};
use crate::hudu::model::{Asset, Expiration, Website};
use crate::order::gathered;
use crate::recipes::{Bench, CallError, companies, place};

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// How references begin.
const OPENING: &str = "[Hudu ";

/// Something that a ticket is made of.
pub(super) struct Alert {
    /// `[Hudu expiration 12, 2026-12-01]`.
    pub(super) reference: String,
    /// Subject of the ticket, with the reference.
    pub(super) summary: String,
    /// What is known, in lines.
    pub(super) details: String,
    /// HaloITSM's client.
    pub(super) client: Option<i64>,
    /// HaloITSM's asset.
    pub(super) asset: Option<i64>,
    /// It is about one date, which does not come again.
    pub(super) of_a_date: bool,
}

/// What is due, and everything that is not cleared.
pub(super) struct Alerts {
    pub(super) due: Vec<Alert>,
    pub(super) standing: Standing,
}

/// The reference in a ticket's summary.
pub(super) fn reference(summary: &str) -> Option<&str> {
    let from = summary.rfind(OPENING)?;
    let to = from + summary[from..].find(']')?;
    Some(&summary[from..=to])
}

/// Reads them.
pub(super) async fn alerts(bench: &Bench, days: i64) -> Result<Alerts, CallError> {
    let hudu = &bench.sides.hudu;
    let own = bench.company;
    let pairs = companies::pairs(bench).await?.into_iter();
    let clients: BTreeMap<i64, (Option<i64>, String)> =
        gathered(pairs.map(|pair| (pair.company, (pair.client, pair.name))));
    let mine = |company: Option<i64>| own.is_none_or(|own| company == Some(own));
    let of = |company: Option<i64>| company.and_then(|id| clients.get(&id)).cloned().unwrap_or_default();
    let websites: Vec<Website> = all(bench, "websites").await?;
    let until = date::day_of(bench.sides.host.clock.now() + days * DAY_MS);
    let (mut due, mut standing) = (Vec::new(), Standing::new());
    for one in all::<Expiration>(bench, "expirations").await? {
        let (Some(day), None) = (&one.date, one.archived) else { continue };
        let reference = format!("{OPENING}expiration {}, {day}]", one.id);
        standing.insert(reference.clone());
        if *day > until || !mine(one.company_id) {
            continue;
        }
        let (client, company) = of(one.company_id);
        let asset = match (one.of_type.as_deref(), one.of_id) {
            (Some("Asset"), Some(id)) => hudu.asset_by_id(id).await?,
            _ => None,
        };
        let website =
            websites.iter().find(|site| one.of_type.as_deref() == Some("Website") && Some(site.id) == one.of_id);
        let name = asset.as_ref().and_then(|a| a.name.clone()).or(website.and_then(|w| w.name.clone()));
        let name = name.unwrap_or_else(|| one.of_type.clone().unwrap_or_else(|| "record".to_owned()));
        let kind = word(one.kind.as_deref().unwrap_or_default());
        due.push(Alert {
            summary: format!("{kind} of {name} ends on {day} {reference}"),
            details: format!("{kind} of {name} ({company}) ends on {day}.\nFound in Hudu's expirations."),
            client,
            asset: asset.as_ref().and_then(halo_asset),
            of_a_date: true,
            reference,
        });
    }
    for site in websites.iter().filter(|site| !site.paused && !site.archived) {
        if site.monitoring_status.as_deref() != Some("down") {
            continue;
        }
        let reference = format!("{OPENING}website {} down]", site.id);
        standing.insert(reference.clone());
        if !mine(site.company_id) {
            continue;
        }
        let (client, company) = of(site.company_id);
        let name = site.name.clone().unwrap_or_else(|| "A website".to_owned());
        due.push(Alert {
            summary: format!("{name} is down {reference}"),
            details: format!("{name} ({company}) does not answer.\nFound by Hudu's monitoring."),
            client,
            asset: None,
            of_a_date: false,
            reference,
        });
    }
    Ok(Alerts { due, standing })
}

/// Everything of one kind.
async fn all<T: Record>(bench: &Bench, kind: &str) -> Result<Vec<T>, CallError> {
    let bench = &Bench { sides: bench.sides.clone(), client: None, company: None };
    let rows = place::rows(bench, Product::Hudu, kind, &Map::new()).await?;
    Ok(rows.into_iter().filter_map(T::from_value).collect())
}

/// The asset in HaloITSM, by Hudu's own integration or by the link that a sync keeps.
fn halo_asset(asset: &Asset) -> Option<i64> {
    let card = asset.cards.iter().find(|card| card.is_halo("asset")).and_then(|card| card.sync_id);
    let field = asset.field("Halo ID").and_then(|value| match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    });
    card.or(field)
}

fn word(kind: &str) -> &'static str {
    match kind {
        "domain" => "The domain",
        "ssl_certificate" => "The certificate",
        "warranty" => "The warranty",
        "article_expiration" => "The review date",
        _ => "A date",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_is_found_in_a_summary() {
        let summary = "The warranty of [x] ends on 2026-12-01 [Hudu expiration 12, 2026-12-01]";
        assert_eq!(reference(summary), Some("[Hudu expiration 12, 2026-12-01]"));
        assert_eq!(reference("A ticket [Hudu"), None);
        assert_eq!(reference("A ticket"), None);
    }
}
