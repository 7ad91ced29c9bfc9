//! Which company of Hudu is which client of HaloITSM.

use std::collections::BTreeMap;

use crate::halo::model::Client;
use crate::halo::record::RecordKind;
use crate::halo::resource;
use crate::hudu::model::Company;
use crate::mapping::normal;
use crate::order::gathered;
use crate::recipes::{Bench, CallError};
use crate::sync::links::Links;
use crate::sync::sides::Sides;

/// A company that is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Hudu's id.
    pub company: i64,
    /// HaloITSM's client, where it is known.
    pub client: Option<i64>,
    /// Its name in Hudu.
    pub name: String,
}

/// The client of each company: by the link of a sync, by Hudu's own integration or the ID number, else by a
/// name that only one of each side has. A run that is limited to a client sees its company only.
pub async fn pairs(bench: &Bench) -> Result<Vec<Pair>, CallError> {
    let Sides { host, halo, hudu, settings } = &bench.sides;
    let links = Links::load(host).await?;
    let mut known: BTreeMap<i64, i64> = gathered(
        links.records().filter(|(record, _)| record.kind == RecordKind::Client).map(|(r, link)| (link.target, r.id)),
    );
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
    let mine = |company: &Company| bench.company.is_none_or(|own| own == company.id);
    let pair = |company: Company| Pair {
        company: company.id,
        client: known.get(&company.id).copied(),
        name: company.name.unwrap_or_default(),
    };
    Ok(companies.into_iter().filter(mine).map(pair).collect())
}
