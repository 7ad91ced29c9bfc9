//! Companies.

use serde_json::Value;

use crate::http::ApiError;
use crate::hudu::client::{Hudu, Params};
use crate::hudu::endpoint::COMPANIES;
use crate::hudu::model::Company;
use crate::hudu::pages::Pages;
use crate::platform::Method;

impl Hudu {
    /// All companies, archived ones among them.
    pub async fn companies(&self) -> Result<Vec<Company>, ApiError> {
        self.all(&COMPANIES, &[]).await
    }

    /// All companies, archived ones among them, page by page.
    pub fn company_pages(&self) -> Pages<Company> {
        self.pages(&COMPANIES, COMPANIES.many, &[])
    }

    /// Companies by filters of the API, page by page.
    pub fn company_pages_by(&self, params: Params<'_>) -> Pages<Company> {
        self.pages(&COMPANIES, COMPANIES.many, params)
    }

    /// Companies by filters of the API (`name` is exact, `search` is part of the name).
    pub async fn companies_by(&self, params: Params<'_>) -> Result<Vec<Company>, ApiError> {
        self.all(&COMPANIES, params).await
    }

    /// Companies that Hudu's own Halo integration matched with this client. The filter takes ids of
    /// any integration, so the answer is looked through again.
    pub async fn companies_in_integration(&self, client: i64) -> Result<Vec<Company>, ApiError> {
        let mut found = self.companies_by(&[("id_in_integration", &client.to_string())]).await?;
        found.retain(|company| company.integrations.iter().any(|row| row.is_halo() && row.sync_id == Some(client)));
        Ok(found)
    }

    /// Companies with exactly this ID number.
    pub async fn companies_by_id_number(&self, number: &str) -> Result<Vec<Company>, ApiError> {
        let mut found = self.companies_by(&[("id_number", number)]).await?;
        found.retain(|company| company.id_number.as_deref().is_some_and(|own| own.trim() == number.trim()));
        Ok(found)
    }

    /// Companies of exactly this name, but for case: a version that passes the filter over answers others too.
    pub async fn companies_by_name(&self, name: &str) -> Result<Vec<Company>, ApiError> {
        let mut found = self.companies_by(&[("name", name)]).await?;
        let folded = |name: &str| name.trim().to_lowercase();
        found.retain(|company| company.name.as_deref().is_some_and(|own| folded(own) == folded(name)));
        Ok(found)
    }

    /// One company.
    pub async fn company(&self, id: i64) -> Result<Company, ApiError> {
        self.one(&COMPANIES, &format!("companies/{id}"), id).await
    }

    /// Makes a company of these members (`name` is needed). Hudu makes a second one of the same name
    /// without a word, so look first.
    pub async fn create_company(&self, members: Value) -> Result<Company, ApiError> {
        let made = self.write(Method::POST, &COMPANIES, COMPANIES.many, Some(members)).await?;
        made.ok_or_else(|| nothing("company"))
    }

    /// Changes these members and no others.
    pub async fn update_company(&self, id: i64, members: Value) -> Result<Company, ApiError> {
        match self.write(Method::PUT, &COMPANIES, &format!("companies/{id}"), Some(members)).await? {
            Some(company) => Ok(company),
            None => self.company(id).await,
        }
    }

    /// Puts a company away, or fetches it back.
    pub async fn archive_company(&self, id: i64, archived: bool) -> Result<Company, ApiError> {
        let path = format!("companies/{id}/{}", if archived { "archive" } else { "unarchive" });
        match self.write(Method::PUT, &COMPANIES, &path, None).await? {
            Some(company) => Ok(company),
            None => self.company(id).await,
        }
    }
}

/// A write that should answer the record answered nothing: it may have been done.
pub(crate) fn nothing(noun: &str) -> ApiError {
    ApiError::Unreadable { product: crate::http::Product::Hudu, why: format!("no {noun} in the answer") }
}
