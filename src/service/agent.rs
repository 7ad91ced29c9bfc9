//! Who is signed in to HaloITSM: runs say who started them.

use crate::json::Json;
use crate::platform::json::{get, put};
use crate::platform::{Table, Write};
use crate::service::Service;

/// Where the name is kept until the browser closes.
const KEY: &str = "agent";

/// A name, and the connection that it belongs to.
#[derive(Json)]
struct Agent {
    origin: String,
    client_id: String,
    name: String,
}

impl Service {
    /// Name of the person or application that is signed in to HaloITSM; empty where it does not tell.
    /// Asked for once per connection.
    pub(super) async fn agent(&self) -> String {
        let Ok(sides) = self.sides().await else { return String::new() };
        let connection = sides.halo.connection();
        if let Ok(Some(agent)) = get::<Agent>(self.host(), Table::Session, KEY).await
            && agent.origin == connection.origin
            && agent.client_id == connection.client_id
        {
            return agent.name;
        }
        let Ok(me) = sides.halo.me().await else { return String::new() };
        let (origin, client_id) = (connection.origin.clone(), connection.client_id.clone());
        let name = me.name.unwrap_or_default();
        let known = put(Table::Session, KEY.to_owned(), &Agent { origin, client_id, name: name.clone() });
        // At worst it is asked for once more.
        let _ = self.host().store.write(vec![known]).await;
        name
    }

    /// Another person may be signed in from now on.
    pub(super) async fn forget_agent(&self) {
        let gone = Write { table: Table::Session, key: KEY.to_owned(), value: None };
        // At worst the next run bears the name of who was signed in before.
        let _ = self.host().store.write(vec![gone]).await;
    }
}
