//! HaloITSM's side: each list once, in the order in which the planner takes records, and what rows lack
//! put together from the other lists.

use std::collections::{BTreeSet, HashMap};

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
    pub(super) people: People,
    /// Kinds whose rows hold custom fields.
    pub(super) customs: Vec<RecordKind>,
    /// The clients were read one by one, with their details.
    detailed: bool,
    /// Assets whose fields HaloITSM did not tell: nothing is written of them by itself.
    pub(super) untold: BTreeSet<RecordRef>,
}

impl Base {
    /// Names of the clients that were read, by id.
    pub(super) fn clients(&self) -> HashMap<i64, String> {
        let named = |client: &model::Client| (client.id, client.name.clone().unwrap_or_default());
        self.clients.iter().map(named).collect()
    }

    /// Rows may name custom fields without their values, or say that there are none where there are some.
    pub(super) fn note_customs(&mut self, kind: RecordKind, rows: &[Value]) {
        let told =
            |field: &Value| ["value", "display"].iter().any(|name| field.get(*name).is_some_and(|v| !v.is_null()));
        let filled =
            |row: &Value| row.get("customfields").and_then(Value::as_array).is_some_and(|all| all.iter().any(told));
        if !self.customs.contains(&kind) && rows.iter().any(filled) {
            self.customs.push(kind);
        }
    }
}

impl Lists<'_> {
    pub(super) fn link(&self, kind: RecordKind, id: i64) -> String {
        page::url(&self.sides.halo.connection().origin, RecordRef::new(kind, id))
    }

    /// The clients, each of the few that are asked for by itself.
    pub(super) async fn clients(&self, base: &mut Base) -> Result<(), SyncError> {
        if !self.clients.is_empty() && self.clients.len() <= FEW_CLIENTS {
            for id in self.clients {
                match self.sides.halo.get::<model::Client>(resource::CLIENT, *id, &[]).await {
                    Ok(client) => base.clients.push(client),
                    // One that was synced is gone; of any other the number is wrong.
                    Err(ApiError::NotFound { .. })
                        if self.links.of(RecordRef::new(RecordKind::Client, *id)).is_some() => {}
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
        let Some(mut details) =
            Details::of(self.sides, self.follow, self.links, kind, layouts, (customs, true)).await?
        else {
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
