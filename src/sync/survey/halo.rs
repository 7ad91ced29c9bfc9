//! HaloITSM's side: each list once, in the order in which the planner takes records, and what rows lack
//! put together from the other lists.

use std::collections::HashMap;

use serde_json::Value;

use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::{model, page, resource};
use crate::http::raw::read;
use crate::http::{ApiError, Record};
use crate::mapping::from_halo;
use crate::mapping::record::{LayoutShape, Source};
use crate::sync::error::SyncError;
use crate::sync::survey::details::{Details, Listed};
use crate::sync::survey::lists::{CUSTOM, Lists};
use crate::sync::survey::people::People;
use crate::t;

/// So many clients are read one by one where only they are asked for.
const FEW_CLIENTS: usize = 20;
/// Notes come with the rows.
const NOTES: (&str, &str) = ("includenotes", "true");

/// What the later lists need of the earlier ones.
#[derive(Default)]
pub(super) struct Base {
    clients: Vec<model::Client>,
    sites: Vec<model::Site>,
    users: Vec<Listed>,
    people: People,
    /// Kinds whose rows hold custom fields.
    customs: Vec<RecordKind>,
    /// The clients were read one by one, with their details.
    detailed: bool,
}

impl Base {
    /// Names of the clients that were read, by id.
    pub(super) fn clients(&self) -> HashMap<i64, String> {
        let named = |client: &model::Client| (client.id, client.name.clone().unwrap_or_default());
        self.clients.iter().map(named).collect()
    }

    fn note_customs(&mut self, kind: RecordKind, rows: &[Value]) {
        if !self.customs.contains(&kind) && rows.iter().any(|row| row.get("customfields").is_some()) {
            self.customs.push(kind);
        }
    }
}

impl Lists<'_> {
    fn link(&self, kind: RecordKind, id: i64) -> String {
        page::url(&self.sides.halo.connection().origin, RecordRef::new(kind, id))
    }

    /// The clients, each of the few that are asked for by itself.
    pub(super) async fn clients(&self, base: &mut Base) -> Result<(), SyncError> {
        if !self.clients.is_empty() && self.clients.len() <= FEW_CLIENTS {
            for id in self.clients {
                match self.sides.halo.get::<model::Client>(resource::CLIENT, *id, &[]).await {
                    Ok(client) => base.clients.push(client),
                    Err(ApiError::NotFound { .. }) => {}
                    Err(error) => return Err(error.into()),
                }
                self.follow.page("clients in HaloITSM", base.clients.len(), Some(self.clients.len()))?;
            }
            base.detailed = true;
            self.is_partial(resource::CLIENT);
            return Ok(());
        }
        let mut reading = self.read(resource::CLIENT, &[CUSTOM, NOTES]);
        while let Some(rows) = reading.next().await? {
            base.note_customs(RecordKind::Client, &rows);
            base.clients.extend(rows.into_iter().filter_map(model::Client::from_value));
        }
        Ok(())
    }

    /// The sites.
    pub(super) async fn sites(&self, base: &mut Base) -> Result<(), SyncError> {
        let mut reading = self.read(resource::SITE, &[CUSTOM, NOTES, ("includeaddress", "true")]);
        while let Some(rows) = reading.next().await? {
            base.note_customs(RecordKind::Site, &rows);
            base.sites.extend(rows.into_iter().filter_map(model::Site::from_value));
        }
        Ok(())
    }

    /// The users, with their names for others.
    pub(super) async fn users(&self, base: &mut Base) -> Result<(), SyncError> {
        let mut reading = self.read(resource::USERS, &[CUSTOM, NOTES, ("exclude_generaluser", "true")]);
        while let Some(rows) = reading.next().await? {
            base.note_customs(RecordKind::User, &rows);
            // Halo keeps a "General User" for every site, who is no person.
            for user in rows.into_iter().filter_map(model::User::from_value).filter(|user| !user.is_general()) {
                base.people.add(&user);
                base.users.push(Listed::new(from_halo::user(&user, &self.link(RecordKind::User, user.id))));
            }
        }
        Ok(())
    }

    /// Hands over clients, sites and users, completed; those kinds only that are asked for.
    pub(super) async fn first_three(
        &self,
        base: &mut Base,
        kinds: &[RecordKind],
        layouts: &[LayoutShape],
        add: &mut dyn FnMut(Source),
    ) -> Result<(), SyncError> {
        base.sites.iter_mut().for_each(|site| base.people.contact(site));
        if kinds.contains(&RecordKind::Client) {
            let listed = base
                .clients
                .iter()
                .map(|client| Listed { source: from_halo::client(client, None), main_site: client.main_site_id });
            let mut listed: Vec<Listed> = listed.collect();
            if !base.detailed {
                self.complete(RecordKind::Client, &mut listed, base, layouts).await?;
            }
            let mut sites: HashMap<i64, Vec<&model::Site>> = HashMap::new();
            for site in &base.sites {
                sites.entry(site.client_id.unwrap_or_default()).or_default().push(site);
            }
            for (client, listed) in base.clients.iter().zip(listed) {
                let own = sites.get(&client.id).map(Vec::as_slice).unwrap_or_default();
                add(with_main_site(client, listed, own));
            }
        }
        if kinds.contains(&RecordKind::Site) {
            let source = |site: &model::Site| from_halo::site(site, &self.link(RecordKind::Site, site.id));
            let mut listed: Vec<Listed> = base.sites.iter().map(|site| Listed::new(source(site))).collect();
            self.complete(RecordKind::Site, &mut listed, base, layouts).await?;
            listed.into_iter().for_each(|listed| add(listed.source));
        }
        let mut users = std::mem::take(&mut base.users);
        if kinds.contains(&RecordKind::User) {
            self.complete(RecordKind::User, &mut users, base, layouts).await?;
            users.into_iter().for_each(|listed| add(listed.source));
        }
        Ok(())
    }

    /// Hands over assets as their pages come, with the group of their type and the id of their user.
    pub(super) async fn assets(
        &self,
        base: &mut Base,
        layouts: &[LayoutShape],
        add: &mut dyn FnMut(Source),
    ) -> Result<(), SyncError> {
        let types = self.names(resource::ASSET_TYPE).await?;
        let groups = by_id(&types, "assetgroup_name");
        let extra = [CUSTOM, ("includeassetfields", "true"), ("includeuser", "true")];
        let (mut details, mut begun) = (None, false);
        let mut reading = self.read(resource::ASSET, &extra);
        while let Some(rows) = reading.next().await? {
            base.note_customs(RecordKind::Asset, &rows);
            if !std::mem::replace(&mut begun, true) {
                let customs = base.customs.contains(&RecordKind::Asset);
                details = Details::of(self.sides, self.follow, self.links, RecordKind::Asset, layouts, customs).await?;
            }
            let mut listed = Vec::with_capacity(rows.len());
            for mut asset in rows.into_iter().filter_map(model::Asset::from_value) {
                base.people.complete(&mut asset);
                let group = asset.type_id.and_then(|id| groups.get(&id));
                asset.group_name = asset.group_name.or_else(|| group.cloned());
                listed.push(Listed::new(from_halo::asset(&asset, &self.link(RecordKind::Asset, asset.id))));
            }
            if let Some(details) = &mut details {
                details.complete(&mut listed).await?;
            }
            listed.into_iter().for_each(|listed| add(listed.source));
        }
        if reading.count() == 0 && !types.is_empty() && self.clients.is_empty() && self.is_whole(resource::ASSET) {
            self.note(
                t!("HaloITSM has asset types and answers no assets. Most of the time the agent of the API application has no access to asset groups: look at its role in HaloITSM."),
            );
        }
        match details {
            Some(details) if self.clients.is_empty() => details.finish().await,
            _ => Ok(()),
        }
    }

    /// Hands over contracts, ended ones among them, with the names of their SLAs.
    pub(super) async fn contracts(&self, add: &mut dyn FnMut(Source)) -> Result<(), SyncError> {
        let names = by_id(&self.names(resource::SLA).await?, "name");
        let today = self.sides.today();
        let mut reading = self.read(resource::CONTRACT, &[CUSTOM]);
        while let Some(rows) = reading.next().await? {
            for mut contract in rows.into_iter().filter_map(model::Contract::from_value) {
                let name = contract.sla_id.and_then(|id| names.get(&id));
                contract.sla_name = contract.sla_name.or_else(|| name.cloned());
                let link = self.link(RecordKind::Contract, contract.id);
                add(from_halo::contract(&contract, &today, &link));
            }
        }
        Ok(())
    }

    async fn complete(
        &self,
        kind: RecordKind,
        listed: &mut [Listed],
        base: &Base,
        layouts: &[LayoutShape],
    ) -> Result<(), SyncError> {
        let customs = base.customs.contains(&kind);
        let Some(mut details) = Details::of(self.sides, self.follow, self.links, kind, layouts, customs).await? else {
            return Ok(());
        };
        details.complete(listed).await?;
        if self.clients.is_empty() { details.finish().await } else { Ok(()) }
    }
}

/// One member of each row, by the row's id.
fn by_id(rows: &[Value], member: &str) -> HashMap<i64, String> {
    let pair = |row: &Value| {
        let row = row.as_object()?;
        Some((read::reference(row, "id")?, read::text(row, member)?))
    };
    rows.iter().filter_map(pair).collect()
}

/// A client with the address and phone of its main site: the one that its detail names, else its only
/// site in use.
fn with_main_site(client: &model::Client, listed: Listed, sites: &[&model::Site]) -> Source {
    let mut used = sites.iter().filter(|site| !site.inactive);
    let site = match listed.main_site {
        Some(id) => sites.iter().find(|site| site.id == id),
        None => used.next().filter(|_| used.next().is_none()),
    };
    let mut source = listed.source;
    for fact in from_halo::client(client, site.copied()).facts {
        if !source.facts.iter().any(|own| own.key == fact.key) {
            source.facts.push(fact);
        }
    }
    source
}
