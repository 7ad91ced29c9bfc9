//! Links kept on this device: what each record was matched with, and the values as synced last.

use std::collections::HashSet;

use crate::halo::record::RecordRef;
use crate::json;
use crate::mapping::quick::QuickMap;
use crate::platform::{Host, StoreError, Table};
use crate::sync::plan::Link;

/// Hudu ids of the companies that links on this device name.
pub(in crate::sync) async fn companies(host: &Host) -> Result<HashSet<i64>, StoreError> {
    let rows = host.store.scan(Table::Links, "client/").await?;
    Ok(rows.iter().filter_map(|(_, text)| json::read::<Link>(text).ok()).map(|link| link.target).collect())
}

/// All links kept on this device. A text that cannot be read counts as no link: the truth is in Hudu.
#[derive(Clone, Debug, Default)]
pub struct Links {
    records: QuickMap<RecordRef, Link>,
    articles: QuickMap<i64, Link>,
}

impl Links {
    /// Reads them all.
    pub async fn load(host: &Host) -> Result<Self, StoreError> {
        let mut links = Self::default();
        for (key, text) in host.store.scan(Table::Links, "").await? {
            if let Ok(link) = json::read::<Link>(&text) {
                links.put(&key, link);
            }
        }
        Ok(links)
    }

    /// Puts one in, under its key in the store: `client/12`, or `hudu-article/5`.
    pub fn put(&mut self, key: &str, mut link: Link) {
        link.synced.shrink();
        if let Some(id) = key.strip_prefix("hudu-article/").and_then(|id| id.parse().ok()) {
            self.articles.insert(id, link);
        } else if let Some(record) = RecordRef::from_key(key) {
            self.records.insert(record, link);
        }
    }

    /// The link of a Halo record.
    pub fn of(&self, record: RecordRef) -> Option<&Link> {
        self.records.get(&record)
    }

    /// The link of a Hudu article: its target is the Halo id.
    pub fn article(&self, hudu_id: i64) -> Option<&Link> {
        self.articles.get(&hudu_id)
    }

    /// Halo records with their links, in no order.
    pub fn records(&self) -> impl Iterator<Item = (RecordRef, &Link)> {
        self.records.iter().map(|(record, link)| (*record, link))
    }
}
