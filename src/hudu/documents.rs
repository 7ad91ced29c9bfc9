//! Articles, passwords, processes, websites, expirations, folders, lists and relations.

use std::fmt;

use serde_json::{Value, json};

use crate::http::{ApiError, Product};
use crate::hudu::client::{Hudu, Params};
use crate::hudu::companies::nothing;
use crate::hudu::endpoint::{ARTICLES, EXPIRATIONS, FOLDERS, LISTS, PASSWORDS, PROCEDURES, RELATIONS, TASKS, WEBSITES};
use crate::hudu::model::{Article, Expiration, Folder, List, Password, Procedure, ProcedureTask, Relation, Website};
use crate::hudu::pages::Pages;
use crate::order::Order;
use crate::platform::Method;

/// The secrets of one password. They have no way into a log or a message by accident.
pub struct Secrets {
    /// Password in clear.
    pub password: Option<String>,
    /// Seed of one-time codes in clear.
    pub otp_seed: Option<String>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(••••••)")
    }
}

impl Hudu {
    /// Articles of a company, drafts and archived ones among them.
    pub async fn articles(&self, company: i64) -> Result<Vec<Article>, ApiError> {
        let mut found: Vec<Article> = self.articles_by(&[("company_id", &company.to_string())]).await?;
        found.retain(|article| article.company_id == Some(company));
        Ok(found)
    }

    /// Articles by filters of the API; without any, all articles, Central ones (no company) among them.
    pub async fn articles_by(&self, params: Params<'_>) -> Result<Vec<Article>, ApiError> {
        self.all(&ARTICLES, params).await
    }

    /// All articles with their text, page by page.
    pub fn article_pages(&self) -> Pages<Article> {
        self.pages(&ARTICLES, ARTICLES.many, &[])
    }

    /// All passwords without their secrets, page by page.
    pub fn password_pages(&self) -> Pages<Password> {
        self.pages(&PASSWORDS, PASSWORDS.many, &[])
    }

    /// All processes and their runs, page by page.
    pub fn procedure_pages(&self) -> Pages<Procedure> {
        self.pages(&PROCEDURES, PROCEDURES.many, &[])
    }

    /// All websites, page by page.
    pub fn website_pages(&self) -> Pages<Website> {
        self.pages(&WEBSITES, WEBSITES.many, &[])
    }

    /// All that ends, page by page.
    pub fn expiration_pages(&self) -> Pages<Expiration> {
        self.pages(&EXPIRATIONS, EXPIRATIONS.many, &[])
    }

    /// One article.
    pub async fn article(&self, id: i64) -> Result<Article, ApiError> {
        self.one(&ARTICLES, &format!("articles/{id}"), id).await
    }

    /// Passwords of a company, without their secrets.
    pub async fn passwords(&self, company: i64) -> Result<Vec<Password>, ApiError> {
        let mut found: Vec<Password> = self.all(&PASSWORDS, &[("company_id", &company.to_string())]).await?;
        found.retain(|password| password.company_id == Some(company));
        Ok(found)
    }

    /// One password, without its secrets.
    pub async fn password(&self, id: i64) -> Result<Password, ApiError> {
        self.one(&PASSWORDS, &format!("asset_passwords/{id}"), id).await
    }

    /// The secrets of one password. Hudu writes this reading into its activity log.
    pub async fn reveal(&self, id: i64) -> Result<Secrets, ApiError> {
        let what = format!("password {id}");
        let (url, response) = self.get(&format!("asset_passwords/{id}"), &[], &what, &PASSWORDS).await?;
        let body = crate::http::answer::json(Product::Hudu, &url, &response)?;
        let record = body.get(PASSWORDS.one).unwrap_or(&body);
        if !record.is_object() {
            return Err(ApiError::NotFound { product: Product::Hudu, what });
        }
        // Blanks at either end may belong to the password, so it is taken as it stands.
        let text = |key| record.get(key).and_then(Value::as_str).filter(|t| !t.is_empty()).map(str::to_owned);
        Ok(Secrets { password: text("password"), otp_seed: text("otp_secret") })
    }

    /// Processes of a company and their runs.
    pub async fn procedures(&self, company: i64) -> Result<Vec<Procedure>, ApiError> {
        let mut found: Vec<Procedure> = self.all(&PROCEDURES, &[("company_id", &company.to_string())]).await?;
        found.retain(|procedure| procedure.company_id == Some(company));
        Ok(found)
    }

    /// One process with its tasks, wherever this version keeps them.
    pub async fn procedure(&self, id: i64) -> Result<Procedure, ApiError> {
        let mut procedure: Procedure = self.one(&PROCEDURES, &format!("procedures/{id}"), id).await?;
        if procedure.tasks.is_empty() && procedure.total != Some(0) {
            procedure.tasks = self.procedure_tasks(id).await?;
        }
        Ok(procedure)
    }

    /// The tasks of a process in order.
    pub async fn procedure_tasks(&self, procedure: i64) -> Result<Vec<ProcedureTask>, ApiError> {
        let params = [("procedure_id", procedure.to_string())];
        let params: Vec<(&str, &str)> = params.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let mut tasks: Vec<ProcedureTask> = self.all(&TASKS, &params).await?;
        tasks.retain(|task| task.procedure_id == Some(procedure));
        tasks.order_by_key(|task| task.position);
        Ok(tasks)
    }

    /// Websites of a company. Not every version knows the filter, so all are read and looked through.
    pub async fn websites(&self, company: i64) -> Result<Vec<Website>, ApiError> {
        let mut found: Vec<Website> = self.all(&WEBSITES, &[("company_id", &company.to_string())]).await?;
        found.retain(|website| website.company_id == Some(company));
        Ok(found)
    }

    /// What ends for a company, active ones only.
    pub async fn expirations(&self, company: i64) -> Result<Vec<Expiration>, ApiError> {
        let mut found: Vec<Expiration> = self.all(&EXPIRATIONS, &[("company_id", &company.to_string())]).await?;
        found.retain(|expiration| expiration.company_id == Some(company) && expiration.archived.is_none());
        Ok(found)
    }

    /// Folders of one company.
    pub async fn company_folders(&self, company: i64) -> Result<Vec<Folder>, ApiError> {
        let mut found: Vec<Folder> = self.all(&FOLDERS, &[("company_id", &company.to_string())]).await?;
        found.retain(|folder| folder.company_id == Some(company));
        Ok(found)
    }

    /// All folders, Central ones (no company) among them.
    pub async fn folders(&self) -> Result<Vec<Folder>, ApiError> {
        self.all(&FOLDERS, &[]).await
    }

    /// All lists of choices.
    pub async fn lists(&self) -> Result<Vec<List>, ApiError> {
        self.all(&LISTS, &[]).await
    }

    /// All relations as they stand: two rows for each, one from either end. Hudu documents no filter.
    pub async fn relation_rows(&self) -> Result<Vec<Relation>, ApiError> {
        self.all(&RELATIONS, &[]).await
    }

    /// All relations, each once.
    pub async fn relations(&self) -> Result<Vec<Relation>, ApiError> {
        let mut found = self.relation_rows().await?;
        found.retain(|relation| !relation.inverse);
        Ok(found)
    }

    /// Relates two records, each by Hudu's word for its kind and its id.
    pub async fn relate(&self, from: (&str, i64), to: (&str, i64)) -> Result<Relation, ApiError> {
        let members = json!({
            "fromable_type": from.0, "fromable_id": from.1, "toable_type": to.0, "toable_id": to.1,
        });
        let made = self.write(Method::POST, &RELATIONS, RELATIONS.many, Some(members)).await?;
        made.ok_or_else(|| nothing(RELATIONS.noun))
    }

    /// Makes a password of these members (`name`, `password` and `company_id` are needed). The answer is
    /// read without its secrets.
    pub async fn create_password(&self, members: Value) -> Result<Password, ApiError> {
        let made = self.write(Method::POST, &PASSWORDS, PASSWORDS.many, Some(members)).await?;
        made.ok_or_else(|| nothing(PASSWORDS.noun))
    }

    /// Puts a password away, or fetches it back.
    pub async fn archive_password(&self, id: i64, archived: bool) -> Result<Password, ApiError> {
        let path = format!("asset_passwords/{id}/{}", if archived { "archive" } else { "unarchive" });
        match self.write(Method::PUT, &PASSWORDS, &path, None).await? {
            Some(password) => Ok(password),
            None => self.password(id).await,
        }
    }
}
