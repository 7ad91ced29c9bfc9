//! What ends or is down in Hudu now.

use std::collections::{BTreeMap, BTreeSet};

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

/// Assets of a company of which more than so many are asked for are read all at once.
const FEW: usize = 3;

/// Something that is due: what tells it apart, and for whom.
pub(super) struct Due {
    /// `[Hudu expiration 12, 2026-12-01]`.
    pub(super) reference: String,
    /// HaloITSM's client.
    pub(super) client: Option<i64>,
    /// It is about one date, which does not come again.
    pub(super) of_a_date: bool,
    /// Name of the company in Hudu.
    company: String,
    what: What,
}

/// What is due.
enum What {
    Ends(Box<Expiration>),
    Down(Box<Website>),
}

/// Something that a ticket is made of.
pub(super) struct Alert {
    /// Subject of the ticket, with the reference.
    pub(super) summary: String,
    /// What is known, in lines.
    pub(super) details: String,
    /// HaloITSM's asset.
    pub(super) asset: Option<i64>,
}

/// What is due, everything that is not cleared, and the websites by id.
pub(super) struct Alerts {
    pub(super) due: Vec<Due>,
    pub(super) standing: Standing,
    websites: BTreeMap<i64, String>,
}

/// The reference in a ticket's summary.
pub(super) fn reference(summary: &str) -> Option<&str> {
    let from = summary.rfind(OPENING)?;
    let to = from + summary[from..].find(']')?;
    Some(&summary[from..=to])
}

/// Reads them.
pub(super) async fn alerts(bench: &Bench, days: i64) -> Result<Alerts, CallError> {
    let own = bench.company;
    let pairs = companies::pairs(bench).await?.into_iter();
    let clients: BTreeMap<i64, (Option<i64>, String)> =
        gathered(pairs.map(|pair| (pair.company, (pair.client, pair.name))));
    let sites: Vec<Website> = all(bench, "websites").await?;
    let websites = gathered(sites.iter().filter_map(|site| Some((site.id, site.name.clone()?))));
    let until = date::day_of(bench.sides.host.clock.now() + days * DAY_MS);
    let (mut due, mut standing) = (Vec::new(), Standing::new());
    let mut add = |reference: String, company: Option<i64>, what: What| {
        if own.is_none_or(|own| company == Some(own)) {
            let (client, company) = company.and_then(|id| clients.get(&id)).cloned().unwrap_or_default();
            let of_a_date = matches!(what, What::Ends(_));
            due.push(Due { reference, client, of_a_date, company, what });
        }
    };
    for one in all::<Expiration>(bench, "expirations").await? {
        let (Some(day), None) = (&one.date, one.archived) else { continue };
        let reference = format!("{OPENING}expiration {}, {day}]", one.id);
        standing.insert(reference.clone());
        if *day <= until {
            add(reference, one.company_id, What::Ends(Box::new(one)));
        }
    }
    for site in sites {
        if !site.paused && !site.archived && site.monitoring_status.as_deref() == Some("down") {
            let reference = format!("{OPENING}website {} down]", site.id);
            standing.insert(reference.clone());
            add(reference, site.company_id, What::Down(Box::new(site)));
        }
    }
    Ok(Alerts { due, standing, websites })
}

/// What tickets say of these, in their order: reads the assets and the fields that the dates stand in.
async fn tell(bench: &Bench, due: &[&Due], websites: &BTreeMap<i64, String>) -> Result<Vec<Alert>, CallError> {
    let ends = || due.iter().filter_map(|one| if let What::Ends(end) = &one.what { Some(end) } else { None });
    let layouts = if ends().any(|end| end.field_id.is_some()) { bench.sides.hudu.layouts().await? } else { Vec::new() };
    let fields = layouts.into_iter().flat_map(|layout| layout.fields);
    let labels: BTreeMap<i64, String> = gathered(fields.filter_map(|field| field.id.zip(field.label)));
    let mut wanted: BTreeMap<Option<i64>, BTreeSet<i64>> = BTreeMap::new();
    for (company, asset) in ends().filter_map(|end| Some((end.company_id, asset_of(end)?))) {
        wanted.entry(company).or_default().insert(asset);
    }
    let mut assets = BTreeMap::new();
    for (company, ids) in wanted {
        match company {
            Some(company) if ids.len() > FEW => {
                let all = bench.sides.hudu.company_assets(company).await?;
                assets.extend(all.into_iter().filter(|asset| ids.contains(&asset.id)).map(|asset| (asset.id, asset)));
            }
            _ => {
                for id in ids {
                    assets.extend(bench.sides.hudu.asset_by_id(id).await?.map(|asset| (id, asset)));
                }
            }
        }
    }
    let today = bench.sides.today();
    Ok(due
        .iter()
        .map(|Due { reference, company, what, .. }| match what {
            What::Ends(end) => {
                let asset = asset_of(end).and_then(|id| assets.get(&id));
                let website = end.of_id.filter(|_| end.of_type.as_deref() == Some("Website"));
                let name =
                    asset.and_then(|asset| asset.name.clone()).or(website.and_then(|id| websites.get(&id)).cloned());
                let name = name.or(end.of_type.clone()).unwrap_or_else(|| "record".to_owned());
                let label = end.field_id.and_then(|id| labels.get(&id)).map(|label| format!("“{label}”"));
                let kind = label.unwrap_or_else(|| word(end.kind.as_deref().unwrap_or_default()).to_owned());
                let day = end.date.as_deref().unwrap_or_default();
                let verb = if day < &*today { "ended" } else { "ends" };
                Alert {
                    summary: format!("{kind} of {name} {verb} on {day} {reference}"),
                    details: format!("{kind} of {name} ({company}) {verb} on {day}.\nFound in Hudu's expirations."),
                    asset: asset.and_then(halo_asset),
                }
            }
            What::Down(site) => {
                let name = site.name.clone().unwrap_or_else(|| "A website".to_owned());
                Alert {
                    summary: format!("{name} is down {reference}"),
                    details: format!("{name} ({company}) does not answer.\nFound by Hudu's monitoring."),
                    asset: None,
                }
            }
        })
        .collect())
}

impl Alerts {
    /// [`tell`] of those that are picked.
    pub(super) async fn told(&self, bench: &Bench, picked: &[&Due]) -> Result<Vec<Alert>, CallError> {
        tell(bench, picked, &self.websites).await
    }
}

/// The asset whose date it is.
fn asset_of(end: &Expiration) -> Option<i64> {
    end.of_id.filter(|_| end.of_type.as_deref() == Some("Asset"))
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
