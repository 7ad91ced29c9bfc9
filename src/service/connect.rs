//! Saving and forgetting the two connections.

use std::rc::Rc;

use crate::halo::Halo;
use crate::halo::auth::{CLIENT_SECRET, REFRESH_TOKEN, discover};
use crate::halo::connection::{HaloConnection, HaloSignIn};
use crate::http::{Client, Patience, Product, address};
use crate::hudu::connection::HuduConnection;
use crate::mark;
use crate::platform::{Table, Write};
use crate::protocol::{Event, Reply};
use crate::service::tabs::STANDING;
use crate::service::tied::{Held, same_place};
use crate::service::{Service, ServiceError};
use crate::settings::{self, Connections};
use crate::vault::HUDU_KEY;

/// A HaloITSM connection as it was typed.
pub(super) struct TypedHalo {
    /// Resource server.
    pub resource_server: String,
    /// Authorisation server.
    pub auth_server: Option<String>,
    /// Tenant.
    pub tenant: Option<String>,
    /// Client ID.
    pub client_id: String,
}

impl Service {
    /// The connections as they stand.
    pub(super) async fn connections(&self) -> Result<Reply, ServiceError> {
        let connections = settings::load(self.host()).await?.connections;
        let person = connections.halo.as_ref().is_some_and(|halo| halo.sign_in == HaloSignIn::Person);
        let name = if person { REFRESH_TOKEN } else { CLIENT_SECRET };
        Ok(Reply::Connections {
            connections,
            halo_secret: self.vault().has(name).await?,
            hudu_key: self.vault().has(HUDU_KEY).await?,
            redirect_url: self.host().sign_in.redirect_url().map(String::from),
        })
    }

    /// Saves HaloITSM with a client secret.
    pub(super) async fn save_halo(&self, typed: TypedHalo, secret: Option<String>) -> Result<Reply, ServiceError> {
        let connection = self.understood(typed, HaloSignIn::ClientSecret).await?;
        let secret = secret.map(|secret| secret.trim().to_owned()).filter(|secret| !secret.is_empty());
        let kept = self.kept_halo().await?.is_some_and(|old| same_place(&old, &connection));
        match self.vault().get(CLIENT_SECRET).await? {
            _ if secret.is_some() => {}
            // A secret never travels to a server that it was not typed for.
            Some(_) if kept => {}
            _ => return Err(ServiceError::Missing(mark!("Client secret"))),
        }
        self.vault().forget(REFRESH_TOKEN).await?;
        self.save_with(CLIENT_SECRET, secret, kept, &|all| all.halo = Some(connection.clone())).await
    }

    /// Saves HaloITSM and lets the person sign in.
    pub(super) async fn sign_in_halo(&self, typed: TypedHalo) -> Result<Reply, ServiceError> {
        let connection = self.understood(typed, HaloSignIn::Person).await?;
        let rates = settings::load(self.host()).await?.rates;
        // Until the connection is saved, requests of the one before go on: they must not find the new token.
        let held = Rc::new(Held::default());
        let halo = Halo::new(self.host().clone(), connection.clone(), held.clone(), rates.halo, Patience::INTERACTIVE);
        halo.sign_in().await?;
        let kept = self.kept_halo().await?;
        let kept = kept.is_some_and(|old| old.sign_in == HaloSignIn::Person && same_place(&old, &connection));
        self.vault().forget(CLIENT_SECRET).await?;
        let token = held.0.take();
        self.save_with(REFRESH_TOKEN, token, kept, &|all| all.halo = Some(connection.clone())).await
    }

    /// Saves Hudu.
    pub(super) async fn save_hudu(&self, url: &str, key: Option<String>) -> Result<Reply, ServiceError> {
        let origin = address::origin(Product::Hudu, url)?;
        let key = key.map(|key| key.trim().to_owned()).filter(|key| !key.is_empty());
        let kept = settings::load(self.host()).await?.connections.hudu.is_some_and(|old| old.origin == origin);
        match self.vault().get(HUDU_KEY).await? {
            _ if key.is_some() => {}
            Some(_) if kept => {}
            _ => return Err(ServiceError::Missing(mark!("API key"))),
        }
        self.save_with(HUDU_KEY, key, kept, &|all| all.hudu = Some(HuduConnection { origin: origin.clone() })).await
    }

    /// Saves a connection and the secret that was typed for it. Wherever that is cut off, no secret stands beside
    /// an address that it was not typed for: the old one goes first, the new one comes last.
    async fn save_with(
        &self,
        name: &str,
        secret: Option<String>,
        kept: bool,
        change: &dyn Fn(&mut Connections),
    ) -> Result<Reply, ServiceError> {
        if !kept {
            self.vault().forget(name).await?;
        }
        let Some(secret) = secret else { return self.save_connection(change).await };
        self.save_connection(change).await?;
        self.vault().put(name, &secret).await?;
        self.forget_sides();
        self.browser().broadcast(Event::SettingsChanged);
        self.connections().await
    }

    /// Forgets a connection, its secrets and what was stored from it.
    pub(super) async fn disconnect(&self, product: Product) -> Result<Reply, ServiceError> {
        let secrets: &[&str] = match product {
            Product::Halo => &[CLIENT_SECRET, REFRESH_TOKEN],
            Product::Hudu => &[HUDU_KEY],
        };
        for name in secrets {
            self.vault().forget(name).await?;
        }
        self.forget_documents().await?;
        self.save_connection(&|all| match product {
            Product::Halo => all.halo = None,
            Product::Hudu => all.hudu = None,
        })
        .await
    }

    /// Drops all stored documentation, links, plans and runs: they belong to the instances left. A run
    /// that went on, or was undone, in another instance would meet other records under the same ids.
    async fn forget_documents(&self) -> Result<(), ServiceError> {
        self.drop_everything();
        // A write that is under way ends first: what it notes belongs to the instances left as well.
        let _turn = self.0.writing.lock().await;
        // From here on nothing that is read from them is stored.
        self.0.left.set(self.0.left.get() + 1);
        self.settle_badge().await;
        let mut gone = Vec::new();
        let whole = [Table::Documents, Table::Links, Table::Plans, Table::Journal].map(|table| (table, ""));
        for (table, prefix) in whole.into_iter().chain([(Table::Session, STANDING)]) {
            let rows = self.host().store.scan(table, prefix).await?;
            gone.extend(rows.into_iter().map(|(key, _)| Write { table, key, value: None }));
        }
        self.host().store.write(gone).await?;
        self.forget_search().await
    }

    async fn kept_halo(&self) -> Result<Option<HaloConnection>, ServiceError> {
        Ok(settings::load(self.host()).await?.connections.halo)
    }

    /// What was typed as a connection. The instance is asked for the rest; where it does not answer
    /// that, what was typed stands.
    async fn understood(&self, typed: TypedHalo, sign_in: HaloSignIn) -> Result<HaloConnection, ServiceError> {
        let filled = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let origin = address::origin(Product::Halo, &typed.resource_server)?;
        let mut auth_server = filled(typed.auth_server);
        if let Some(text) = &auth_server {
            address::origin(Product::Halo, text)?;
        }
        let client_id = filled(Some(typed.client_id)).ok_or(ServiceError::Missing(mark!("Client ID")))?;
        let mut tenant = filled(typed.tenant);
        if auth_server.is_none() || tenant.is_none() {
            let rate = settings::load(self.host()).await?.rates.halo;
            let http = Client::new(self.host().clone(), Product::Halo, &origin, rate, Patience::INTERACTIVE);
            if let Ok(info) = discover(&http, &origin).await {
                auth_server = auth_server.or(info.auth_server);
                tenant = tenant.or(info.tenant);
            }
        }
        Ok(HaloConnection { origin, auth_server, tenant, client_id, sign_in })
    }

    async fn save_connection(&self, change: &dyn Fn(&mut Connections)) -> Result<Reply, ServiceError> {
        self.forget_agent().await;
        self.forget_clients().await;
        let old = settings::load(self.host()).await?.connections;
        let mut new = old.clone();
        change(&mut new);
        let moved = |old: Option<&str>, new: Option<&str>| old.is_some() && new.is_some() && old != new;
        let elsewhere =
            moved(old.halo.as_ref().map(|c| c.origin.as_str()), new.halo.as_ref().map(|c| c.origin.as_str()))
                || moved(old.hudu.as_ref().map(|c| c.origin.as_str()), new.hudu.as_ref().map(|c| c.origin.as_str()));
        if elsewhere {
            self.forget_documents().await?;
        }
        crate::sync::survey::forget(self.host()).await?;
        // Read only now: a run may have been waited for, and other settings saved meanwhile.
        let mut settings = settings::load(self.host()).await?;
        change(&mut settings.connections);
        settings::save(self.host(), &settings).await?;
        self.forget_sides();
        self.watch().await;
        self.browser().broadcast(Event::SettingsChanged);
        self.connections().await
    }
}
