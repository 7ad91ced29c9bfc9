//! What the sync centre asks for: planning everything, tables, runs in the background, history, mapping.

use crate::protocol::{Message, Reply};
use crate::service::{Service, ServiceError};

impl Service {
    /// Answers the sync centre's messages.
    pub(super) async fn centre(&self, _message: Message) -> Result<Reply, ServiceError> {
        Err(ServiceError::NotAllowed)
    }
}
