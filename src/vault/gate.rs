//! Nothing goes over the network while the vault is locked, whoever still holds a key or a token.

use std::rc::Rc;

use super::Vault;
use crate::platform::{Cut, Http, Later, Request, Response};

/// The host's network behind the vault's lock.
pub struct Gate {
    /// The network.
    pub http: Rc<dyn Http>,
    /// The vault.
    pub vault: Vault,
}

impl Http for Gate {
    fn send(&self, request: Request) -> Later<'_, Result<Response, Cut>> {
        Box::pin(async move {
            if self.vault.is_locked().await {
                return Err(Cut::Locked);
            }
            self.http.send(request).await
        })
    }
}
