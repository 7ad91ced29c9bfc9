//! Deleting a record.

use serde_json::Value;

use super::{RecordsError, above};
use crate::halo::catalogue::Entry;
use crate::halo::client::{Halo, Params};
use crate::http::{ApiError, Product, answer};
use crate::platform::Method;

impl Halo {
    /// Deletes one record and answers what the instance tells of it. It is sent once: after a cut
    /// connection look whether it is still there.
    pub async fn remove(&self, entry: &Entry, id: i64, params: Params<'_>) -> Result<Value, RecordsError> {
        above(entry, params)?;
        let what = format!("{} {id}", entry.resource.one);
        let url = self.url(&format!("{}/{id}", entry.resource.path), params)?;
        let response = self.call(Method::DELETE, url.clone(), None, entry.resource.many).await?;
        if !(200..300).contains(&response.status) {
            return Err(self.refusal(&url, &response, &what, entry.resource.many).into());
        }
        // It is deleted whatever the answer looks like.
        match answer::json(Product::Halo, &url, &response) {
            Ok(record) => Ok(record),
            Err(ApiError::Unreadable { .. }) => Ok(Value::Null),
            Err(error) => Err(error.into()),
        }
    }
}
