//! Locking the secrets: on demand, after a while without the user, with the screen.

use futures::FutureExt;

use crate::http::Product;
use crate::platform::Later;
use crate::protocol::{Event, Reply};
use crate::service::{Service, ServiceError};
use crate::settings;

/// What the browser tells of the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Touched nothing for the time that was asked for.
    Idle,
    /// Locked the screen.
    ScreenLocked,
}

impl Service {
    /// How the secrets are locked.
    pub(super) async fn lock_state(&self) -> Result<Reply, ServiceError> {
        Ok(Reply::Lock { lock: self.vault().lock_state().await? })
    }

    /// Locks the secrets now. What is under way is cut off at its next request.
    pub(super) async fn lock(&self) -> Result<Reply, ServiceError> {
        self.vault().lock().await?;
        self.lock_changed(true).await
    }

    /// Unlocks the secrets; runs that the lock had cut off can go on.
    pub(super) async fn unlock(&self, passphrase: &str) -> Result<Reply, ServiceError> {
        self.vault().unlock(passphrase).await?;
        self.lock_changed(false).await
    }

    /// Sets, changes or takes away the passphrase.
    pub(super) async fn set_passphrase(&self, present: &str, new: Option<&str>) -> Result<Reply, ServiceError> {
        self.vault().set_passphrase(present, new).await?;
        self.watch_idle().await;
        self.lock_changed(false).await
    }

    /// The way out for somebody who forgot the passphrase.
    pub(super) async fn forget_all(&self) -> Result<Reply, ServiceError> {
        self.disconnect(Product::Halo).await?;
        self.disconnect(Product::Hudu).await?;
        self.vault().forget_all().await?;
        self.lock_changed(false).await?;
        self.connections().await
    }

    /// The browser told something of the user.
    pub fn presence(&self, presence: Presence) -> Later<'_, ()> {
        async move {
            let Ok(settings) = settings::load(self.host()).await else { return };
            let wanted = match presence {
                Presence::Idle => settings.lock.idle_minutes > 0,
                Presence::ScreenLocked => settings.lock.on_screen_lock,
            };
            // Where the store cannot be read there may be a passphrase.
            let open = self.vault().lock_state().await.map_or(true, |state| state.passphrase && !state.locked);
            if wanted && open {
                // A lock that could not be written closes this worker all the same.
                let _ = self.lock().await;
            }
        }
        .boxed_local()
    }

    /// Asks the browser to tell when the user is away, where there is something to lock.
    pub(super) async fn watch_idle(&self) {
        let minutes = settings::load(self.host()).await.map(|settings| settings.lock.idle_minutes).unwrap_or_default();
        if self.vault().lock_state().await.is_ok_and(|state| state.passphrase) {
            self.browser().watch_idle(minutes);
        }
    }

    async fn lock_changed(&self, locked: bool) -> Result<Reply, ServiceError> {
        self.forget_sides();
        self.forget_agent().await;
        self.browser().broadcast(Event::LockChanged { locked });
        self.lock_state().await
    }
}
