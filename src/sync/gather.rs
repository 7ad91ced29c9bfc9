//! Reading both sides for one record: what the planner is given.

use std::collections::BTreeMap;

use crate::halo::model;
use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::{page, resource};
use crate::http::ApiError;
use crate::hudu::model::Company;
use crate::library::{Library, Shapes};
use crate::mapping::record::{FactValue, HuduRecord, Source};
use crate::mapping::{from_halo, from_hudu};
use crate::platform::json::get;
use crate::platform::{Host, StoreError, Table};
use crate::sync::error::SyncError;
use crate::sync::matching::Found;
use crate::sync::plan::{self, Inputs, Link};
use crate::sync::sides::Sides;

/// A Halo record in view, as far as one request tells.
#[derive(Clone, Debug)]
pub enum Seen {
    /// A ticket.
    Ticket(Box<model::Ticket>),
    /// A record that can go to Hudu.
    Source(Box<Source>),
    /// An article.
    Article(Box<model::Article>),
}

impl Seen {
    /// The client it belongs to: id and name.
    pub fn client(&self) -> Option<(i64, String)> {
        match self {
            Seen::Ticket(ticket) => Some((ticket.client_id?, ticket.client_name.clone().unwrap_or_default())),
            Seen::Source(source) => Some((source.client?, source.client_name.clone().unwrap_or_default())),
            Seen::Article(article) => match article.client_access.as_slice() {
                [one] => Some((one.client_id?, one.client_name.clone().unwrap_or_default())),
                _ => None,
            },
        }
    }
}

impl Sides {
    /// Reads the record.
    pub async fn seen(&self, record: RecordRef) -> Result<Seen, ApiError> {
        let link = page::url(&self.halo.connection().origin, record);
        let source = match record.kind {
            RecordKind::Ticket => {
                return Ok(Seen::Ticket(Box::new(self.halo.get(resource::TICKET, record.id, &[]).await?)));
            }
            RecordKind::Article => {
                return Ok(Seen::Article(Box::new(self.halo.get(resource::ARTICLE, record.id, &[]).await?)));
            }
            RecordKind::Client => self.client(record.id).await?,
            RecordKind::Site => from_halo::site(&self.halo.get(resource::SITE, record.id, &[]).await?, &link),
            RecordKind::User => from_halo::user(&self.halo.get(resource::USERS, record.id, &[]).await?, &link),
            RecordKind::Asset => from_halo::asset(&self.halo.get(resource::ASSET, record.id, &[]).await?, &link),
            RecordKind::Contract => {
                let contract = self.halo.get(resource::CONTRACT, record.id, &[]).await?;
                from_halo::contract(&contract, &self.today(), &link)
            }
        };
        Ok(Seen::Source(Box::new(source)))
    }

    /// A client with its main site.
    pub async fn client(&self, id: i64) -> Result<Source, ApiError> {
        let client: model::Client = self.halo.get(resource::CLIENT, id, &[]).await?;
        let site: Option<model::Site> = match client.main_site_id {
            // Address and phone are worth a request, but the client stands without them.
            Some(site) => match self.halo.get(resource::SITE, site, &[]).await {
                Ok(site) => Some(site),
                Err(ApiError::NotFound { .. } | ApiError::Forbidden { .. }) => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        Ok(from_halo::client(&client, site.as_ref()))
    }

    /// The companies that could be this client: the linked one, those that carry its id, else all.
    pub async fn companies(&self, client: i64, link: Option<&Link>) -> Result<Vec<Company>, ApiError> {
        if let Some(link) = link {
            match self.hudu.company(link.target).await {
                Ok(company) => return Ok(vec![company]),
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(error),
            }
        }
        let by_integration = self.hudu.companies_in_integration(client);
        let by_number = async {
            if self.settings.id_number {
                self.hudu.companies_by_id_number(&client.to_string()).await
            } else {
                Ok(Vec::new())
            }
        };
        let (native, numbered) = futures::join!(by_integration, by_number);
        let mut found: Vec<Company> = native?.into_iter().filter(|c| c.halo_client() == Some(client)).collect();
        for company in numbered? {
            if !found.iter().any(|other| other.id == company.id) {
                found.push(company);
            }
        }
        if found.is_empty() { self.hudu.companies().await } else { Ok(found) }
    }

    /// Layouts and lists.
    pub async fn shapes(&self) -> Result<Shapes, ApiError> {
        let (layouts, lists) = futures::join!(self.hudu.layouts(), self.hudu.lists());
        // Lists are needed for list fields only; a version without them still has layouts.
        let lists = match lists {
            Ok(lists) => lists,
            Err(ApiError::NotFound { .. } | ApiError::NotAnApi { .. } | ApiError::Forbidden { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        Ok(Shapes { layouts: layouts?, lists, as_of: self.host.clock.now() })
    }

    /// A company as planning sees it.
    pub fn company_record(&self, company: &Company) -> HuduRecord {
        from_hudu::company(company, self.hudu.origin())
    }

    /// Makes the planner's inputs from what was read. Reads the full client only where its company
    /// has to be made.
    pub async fn inputs(
        &self,
        source: &Source,
        companies: &[Company],
        shapes: &Shapes,
        library: Option<&Library>,
    ) -> Result<Inputs, SyncError> {
        let records: Vec<HuduRecord> = companies.iter().map(|company| self.company_record(company)).collect();
        let mut wanted = vec![source.record];
        wanted.extend(source.client.map(|id| RecordRef::new(RecordKind::Client, id)));
        for fact in &source.facts {
            if let FactValue::Record(record, _) = fact.value {
                wanted.push(record);
            }
        }
        let mut inputs = Inputs {
            source: source.clone(),
            client: light_client(source),
            companies: records,
            layouts: shapes.layouts.iter().map(|layout| from_hudu::layout(layout, &shapes.lists)).collect(),
            assets: Vec::new(),
            links: links(&self.host, &wanted).await?,
        };
        if let Some(library) = library {
            let as_record = |asset| {
                let asset: &crate::hudu::model::Asset = asset;
                from_hudu::asset(asset, shapes.layout(asset.asset_layout_id), &shapes.lists, self.hudu.origin())
            };
            inputs.assets = library.assets.rows.iter().map(as_record).collect();
            // One that was synced into another company must not be made a second time.
            let target = inputs.links.get(&source.record.key()).map(|link| link.target);
            let away = target.filter(|id| !inputs.assets.iter().any(|asset| asset.id == *id));
            if let Some(id) = away.filter(|_| source.record.kind != RecordKind::Client) {
                let mut found = self.hudu.asset_by_id(id).await?;
                if let Some(asset) = &mut found {
                    asset.hide_confidential(shapes.layout(asset.asset_layout_id));
                }
                inputs.assets.extend(found.as_ref().map(as_record));
            }
        }
        let missing = plan::find_company(&inputs, &self.settings) == Found::Nobody;
        if let (true, Some(client), true) = (missing, source.client, source.record.kind != RecordKind::Client) {
            inputs.client = Some(self.client(client).await?);
        }
        Ok(inputs)
    }
}

/// The client of a record by id and name: enough to find its company.
pub fn light_client(source: &Source) -> Option<Source> {
    if source.record.kind == RecordKind::Client {
        return None;
    }
    Some(client_of(source.client?, source.client_name.clone().unwrap_or_default()))
}

/// A client of whom only id and name are known.
pub fn client_of(id: i64, name: String) -> Source {
    Source {
        record: RecordRef::new(RecordKind::Client, id),
        client: Some(id),
        client_name: Some(name.clone()),
        name,
        inactive: false,
        type_name: None,
        group_name: None,
        facts: Vec::new(),
    }
}

/// The links kept of these records.
pub async fn links(host: &Host, records: &[RecordRef]) -> Result<BTreeMap<String, Link>, StoreError> {
    let mut links = BTreeMap::new();
    for record in records {
        if let Some(link) = get::<Link>(host, Table::Links, &record.key()).await? {
            links.insert(record.key(), link);
        }
    }
    Ok(links)
}
