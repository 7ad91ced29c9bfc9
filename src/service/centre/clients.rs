//! The clients of HaloITSM to choose from, before anything was planned.

use crate::halo::model::Client;
use crate::halo::resource;
use crate::json::Json;
use crate::order::Order;
use crate::platform::json::{get, put};
use crate::platform::{Table, Write};
use crate::protocol::{ClientView, Reply};
use crate::service::{Service, ServiceError};

/// Where they are kept, no longer than the browser runs.
const KEY: &str = "centre/clients";

/// Milliseconds for which the list is good enough: one request for every hundred clients.
const LIFE_MS: i64 = 10 * 60_000;

/// The list as it is kept.
#[derive(Json)]
struct Known {
    until: i64,
    clients: Vec<ClientView>,
}

impl Service {
    /// Every client that is in use, by name.
    pub(super) async fn clients(&self) -> Result<Reply, ServiceError> {
        let now = self.host().clock.now();
        if let Ok(Some(known)) = get::<Known>(self.host(), Table::Session, KEY).await
            && now < known.until
        {
            return Ok(Reply::Clients { clients: known.clients });
        }
        let (sides, saved) = (self.sides().await?, self.0.saved.get());
        let mut pages = sides.halo.pages::<Client>(resource::CLIENT, &[]).swift();
        let mut clients = Vec::new();
        while let Some(rows) = pages.next().await? {
            let used = rows.into_iter().filter(|row| !row.inactive);
            clients.extend(used.filter_map(|row| Some(ClientView { id: row.id, name: row.name? })));
        }
        clients.order_by_key(|client| (client.name.to_lowercase(), client.id));
        // Those of a connection that was replaced meanwhile are nobody's.
        if saved == self.0.saved.get() {
            let known = Known { until: now + LIFE_MS, clients: clients.clone() };
            // Unkept, they are read again.
            let _ = self.host().store.write(vec![put(Table::Session, KEY.to_owned(), &known)]).await;
        }
        Ok(Reply::Clients { clients })
    }

    /// The connection changed: its clients are others.
    pub(in crate::service) async fn forget_clients(&self) {
        let gone = Write { table: Table::Session, key: KEY.to_owned(), value: None };
        // At worst they are offered until their time is over.
        let _ = self.host().store.write(vec![gone]).await;
    }
}
