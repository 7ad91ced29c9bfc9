//! What ends or is down in Hudu now.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Standing;
use crate::halo::model::Client;
use crate::halo::record::RecordKind;
use crate::halo::resource;
use crate::http::date;
use crate::http::raw::Record;
use crate::hudu::catalogue::Shelf;
use crate::hudu::model::{Asset, Company, Expiration, Website};
use crate::hudu::shelf::Ask;
use crate::mapping::normal;
use crate::sync::links::Links;
use crate::sync::sides::Sides;
use crate::tools::{Bench, ToolError};

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
pub(super) async fn alerts(bench: &Bench, days: i64) -> Result<Alerts, ToolError> {
    let hudu = &bench.sides.hudu;
    let own = bench.company().await?;
    let clients = clients(bench).await?;
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

/// The client and the name of each company: by the link of a sync, by Hudu's own integration or the ID
/// number, else by a name that only one of each side has.
async fn clients(bench: &Bench) -> Result<BTreeMap<i64, (Option<i64>, String)>, ToolError> {
    let Sides { host, halo, hudu, settings } = &bench.sides;
    let links = Links::load(host).await?;
    let mut known: BTreeMap<i64, i64> = links
        .records()
        .filter(|(record, _)| record.kind == RecordKind::Client)
        .map(|(r, link)| (link.target, r.id))
        .collect();
    let companies: Vec<Company> = hudu.companies().await?.into_iter().filter(|company| !company.archived).collect();
    for company in &companies {
        let number = company.id_number.as_deref().filter(|_| settings.id_number);
        let number = number.and_then(|number| number.trim().parse().ok());
        if let Some(client) = company.halo_client().or(number) {
            known.entry(company.id).or_insert(client);
        }
    }
    if companies.iter().any(|company| !known.contains_key(&company.id)) {
        let rows: Vec<Client> = halo.list(resource::CLIENT, &[]).await?;
        let mut by_name: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for client in rows.iter().filter(|client| !known.values().any(|id| *id == client.id)) {
            by_name.entry(normal::name(client.name.as_deref().unwrap_or_default())).or_default().push(client.id);
        }
        let name = |company: &Company| normal::name(company.name.as_deref().unwrap_or_default());
        for company in &companies {
            let alone = companies.iter().filter(|other| name(other) == name(company)).count() == 1;
            if let (true, Some([client])) = (alone, by_name.get(&name(company)).map(Vec::as_slice)) {
                known.entry(company.id).or_insert(*client);
            }
        }
    }
    let named = |company: Company| (company.id, (known.get(&company.id).copied(), company.name.unwrap_or_default()));
    Ok(companies.into_iter().map(named).collect())
}

/// Everything of one kind.
async fn all<T: Record>(bench: &Bench, kind: &str) -> Result<Vec<T>, ToolError> {
    let shelf = Shelf::named(kind).ok_or_else(|| ToolError::argument(kind, "is not in Hudu"))?;
    let (mut found, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let ask = Ask { shelf, filters: Vec::new(), limit: Some(1000), cursor: cursor.as_deref() };
        let page = bench.sides.hudu.page(&ask, &[]).await?.unwrap_or_default();
        found.extend(page.rows.into_iter().filter_map(T::from_value));
        cursor = page.next;
        if cursor.is_none() {
            return Ok(found);
        }
    }
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
