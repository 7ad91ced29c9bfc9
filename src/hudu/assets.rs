//! Assets.

use serde_json::{Value, json};

use crate::http::ApiError;
use crate::hudu::client::{Hudu, Params};
use crate::hudu::companies::nothing;
use crate::hudu::endpoint::{ASSETS, COMPANIES};
use crate::hudu::field::{self, FieldType, FieldWrite};
use crate::hudu::model::{Asset, Layout};
use crate::hudu::pages::Pages;
use crate::hudu::write::dropped;
use crate::platform::Method;
use crate::trouble::{Explain, Retry};

/// How often fields that an update emptied are written back.
const GIVE_BACK_TRIES: u32 = 4;

impl Hudu {
    /// Assets of a company, archived ones among them (some versions list these only when asked).
    pub async fn company_assets(&self, company: i64) -> Result<Vec<Asset>, ApiError> {
        let path = format!("companies/{company}/assets");
        let all = self.all_at::<Asset>(&ASSETS, &path, &[]);
        if self.forms().lists_archived.get() {
            return all.await;
        }
        let (all, archived) = futures::try_join!(all, self.all_at::<Asset>(&ASSETS, &path, &[("archived", "true")]))?;
        self.forms().lists_archived.set(all.iter().any(|asset| asset.archived));
        Ok(merged(all, archived.into_iter().filter(|asset| asset.archived)))
    }

    /// Assets of all companies by filters of the API, page by page.
    pub fn asset_pages(&self, params: Params<'_>) -> Pages<Asset> {
        self.pages(&ASSETS, ASSETS.many, params)
    }

    /// Whether lists of assets are known to hold archived ones without being asked, these among them.
    pub fn lists_archived(&self, assets: &[Asset]) -> bool {
        let known = &self.forms().lists_archived;
        known.set(known.get() || assets.iter().any(|asset| asset.archived));
        known.get()
    }

    /// Whether the list of all companies' assets was found to be closed to this key.
    pub fn assets_closed(&self) -> bool {
        self.forms().assets_closed.get()
    }

    /// Remembers that it is.
    pub fn close_assets(&self) {
        self.forms().assets_closed.set(true);
    }

    /// Whether any asset (or company) changed in a range of time, for finding out whether this Hudu can
    /// tell; `None` where it fails over the question.
    pub async fn ask_changes(&self, of_assets: bool, range: &str) -> Result<Option<bool>, ApiError> {
        let endpoint = if of_assets { ASSETS } else { COMPANIES };
        let query = [("updated_at", range), ("page", "1"), ("page_size", "1")];
        match self.ask_once(&endpoint, endpoint.many, &query).await {
            Ok(rows) => Ok(Some(rows > 0)),
            Err(error) if error.is_of_this() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Assets of all companies by filters of the API; `archived=true` answers archived ones only.
    pub async fn assets_by(&self, params: Params<'_>) -> Result<Vec<Asset>, ApiError> {
        self.all(&ASSETS, params).await
    }

    /// An asset whose company is not known; `None` where there is none, or where this key may not ask.
    pub async fn asset_by_id(&self, id: i64) -> Result<Option<Asset>, ApiError> {
        if self.assets_closed() {
            return Ok(None);
        }
        match self.assets_by(&[("id", &id.to_string())]).await {
            Ok(found) => Ok(found.into_iter().find(|asset| asset.id == id)),
            Err(ApiError::ServerFault { .. } | ApiError::Forbidden { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Assets of a company and layout, of exactly this name where one is given, archived ones among them.
    pub async fn assets_named(&self, company: i64, layout: i64, name: Option<&str>) -> Result<Vec<Asset>, ApiError> {
        let (company_id, layout_id) = (company.to_string(), layout.to_string());
        let mut params = vec![("company_id", company_id.as_str()), ("asset_layout_id", &layout_id)];
        params.extend(name.map(|name| ("name", name)));
        let closed = &self.forms().assets_closed;
        let asked = if closed.get() { None } else { Some(self.assets_by(&params).await) };
        let mut found = match asked {
            Some(Ok(found)) => found,
            // A key for one company is known to get a server fault here, and may read the company's list.
            None | Some(Err(ApiError::ServerFault { .. } | ApiError::Forbidden { .. })) => {
                let own = self.company_assets(company).await?;
                closed.set(true);
                own
            }
            Some(Err(error)) => return Err(error),
        };
        found.retain(|asset| {
            asset.company_id == Some(company)
                && asset.asset_layout_id == Some(layout)
                && (name.is_none() || asset.name.as_deref() == name)
        });
        Ok(found)
    }

    /// One asset. Hudu finds it under its own company only.
    pub async fn asset(&self, company: i64, id: i64) -> Result<Asset, ApiError> {
        self.one(&ASSETS, &path(company, id), id).await
    }

    /// Makes an asset of these members (`name` and `asset_layout_id` are needed) and fields. Hudu makes
    /// a second one of the same name without a word, so look first.
    pub async fn create_asset(&self, company: i64, members: Value, fields: &[FieldWrite]) -> Result<Asset, ApiError> {
        let place = format!("companies/{company}/assets");
        let asset = self.write_asset(Method::POST, &place, &members, fields).await?.ok_or_else(|| nothing("asset"))?;
        let missing = dropped(fields, &asset);
        if missing.is_empty() {
            return Ok(asset);
        }
        // The asset is made, whatever comes of the rest: an error would have it made again.
        Ok(self.under_other_keys(company, asset, missing).await)
    }

    /// Changes these members and fields and no others.
    pub async fn update_asset(
        &self,
        company: i64,
        id: i64,
        members: Value,
        fields: &[FieldWrite],
    ) -> Result<Asset, ApiError> {
        let place = path(company, id);
        let merges = self.forms().merges.get();
        // A version that empties what is left out would destroy what people typed: the first update leaves
        // out one field alone, finds out by that one, and gives it back where it was lost.
        let before =
            if fields.is_empty() || merges == Some(true) { None } else { Some(self.asset(company, id).await?) };
        let mut others = match &before {
            Some(before) => self.others(before, fields).await?,
            None => Vec::new(),
        };
        if merges.is_none() {
            others.pop();
        }
        let mut sent: Vec<FieldWrite> = fields.iter().chain(&others).cloned().collect();
        let mut written = self.write_asset(Method::PUT, &place, &members, &sent).await;
        if merges.is_none() && !others.is_empty() && matches!(written, Err(ApiError::Rejected { .. })) {
            // What somebody typed long ago may not be taken any more.
            sent.truncate(fields.len());
            written = self.write_asset(Method::PUT, &place, &members, &sent).await;
        }
        let mut asset = match written? {
            Some(asset) => asset,
            None => self.asset(company, id).await?,
        };
        if let (Some(before), None) = (&before, merges) {
            let lost = self.lost(before, &asset, fields).await?;
            if !lost.is_empty() {
                self.forms().merges.set(Some(false));
                let all: Vec<FieldWrite> = fields.iter().chain(&lost).cloned().collect();
                asset = self.give_back(&place, &all).await?.unwrap_or(asset);
            } else if before.fields.iter().any(|f| !f.value.is_null() && !is_one_of(&sent, f.label.as_deref())) {
                self.forms().merges.set(Some(true));
            }
        }
        let missing = dropped(fields, &asset);
        if missing.is_empty() { Ok(asset) } else { Ok(self.under_other_keys(company, asset, missing).await) }
    }

    /// Puts an asset away, or fetches it back.
    pub async fn archive_asset(&self, company: i64, id: i64, archived: bool) -> Result<Asset, ApiError> {
        let place = format!("{}/{}", path(company, id), if archived { "archive" } else { "unarchive" });
        match self.write(Method::PUT, &ASSETS, &place, None).await? {
            Some(asset) => Ok(asset),
            None => self.asset(company, id).await,
        }
    }

    /// Sends members and fields, in the other forms where the server refuses the first. A refusal
    /// means that nothing was done.
    async fn write_asset(
        &self,
        method: Method,
        place: &str,
        members: &Value,
        fields: &[FieldWrite],
    ) -> Result<Option<Asset>, ApiError> {
        let mut form = self.forms().form.get();
        let mut tried = Vec::new();
        let mut refused = None;
        loop {
            let mut record = members.clone();
            if !fields.is_empty() {
                record["custom_fields"] = form.custom_fields(fields);
            }
            match self.write(method.clone(), &ASSETS, place, Some(record)).await {
                Ok(asset) => {
                    self.forms().form.set(form);
                    return Ok(asset);
                }
                Err(error @ ApiError::Rejected { .. }) if !fields.is_empty() => {
                    let names =
                        matches!(&error, ApiError::Rejected { message, .. } if message.contains("Invalid field names"));
                    let with_items = fields.iter().any(|f| f.otherwise.is_some());
                    let next = if names { form.other_keys() } else { form.other_items() };
                    let first = refused.get_or_insert(error);
                    tried.push(form);
                    if tried.contains(&next) || !(names || with_items) {
                        return Err(first.clone());
                    }
                    form = next;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes back what an update emptied; worth several tries, because people typed it.
    async fn give_back(&self, place: &str, fields: &[FieldWrite]) -> Result<Option<Asset>, ApiError> {
        let mut tries = 0;
        loop {
            match self.write_asset(Method::PUT, place, &json!({}), fields).await {
                Err(error) if error.retry() == Retry::Later && tries < GIVE_BACK_TRIES => tries += 1,
                other => return other,
            }
        }
    }

    /// Sends what a server dropped once more under the other forms of its keys. What it drops again,
    /// or cannot be sent, is the caller's to see in the asset.
    async fn under_other_keys(&self, company: i64, asset: Asset, missing: Vec<FieldWrite>) -> Asset {
        let place = path(company, asset.id);
        let (mut asset, mut missing) = (asset, missing);
        let used = self.forms().form.get();
        let mut form = used.other_keys();
        while form != used && !missing.is_empty() {
            let replaces = self.forms().merges.get() == Some(false);
            let others = if replaces { self.others(&asset, &missing).await } else { Ok(Vec::new()) };
            let Ok(others) = others else { break };
            let sent: Vec<FieldWrite> = missing.iter().chain(&others).cloned().collect();
            let record = json!({"custom_fields": form.custom_fields(&sent)});
            match self.write::<Asset>(Method::PUT, &ASSETS, &place, Some(record)).await {
                Ok(Some(stored)) => {
                    missing = dropped(&missing, &stored);
                    asset = stored;
                }
                Ok(None) | Err(ApiError::Rejected { .. }) => {}
                Err(_) => break,
            }
            if missing.is_empty() {
                self.forms().form.set(form);
            }
            form = form.other_keys();
        }
        asset
    }

    /// The fields of an asset that are not to be changed, ready to be sent as they are.
    async fn others(&self, before: &Asset, fields: &[FieldWrite]) -> Result<Vec<FieldWrite>, ApiError> {
        let layout: Layout = self.layout(before.asset_layout_id.unwrap_or_default()).await?;
        let lists = match layout.fields.iter().any(|f| f.kind() == FieldType::ListSelect) {
            true => self.lists().await?,
            false => Vec::new(),
        };
        let mut kept = Vec::new();
        for definition in &layout.fields {
            let label = definition.label.as_deref().unwrap_or_default();
            let Some(value) = before.field(label).filter(|_| !is_one_of(fields, Some(label))) else { continue };
            let written = field::write(definition, &field::read(definition, value, &lists), &lists);
            kept.push(written.unwrap_or_else(|_| FieldWrite {
                label: label.to_owned(),
                value: value.clone(),
                otherwise: None,
            }));
        }
        Ok(kept)
    }

    /// The fields that an update emptied though it did not name them, with their former values.
    async fn lost(&self, before: &Asset, after: &Asset, fields: &[FieldWrite]) -> Result<Vec<FieldWrite>, ApiError> {
        let emptied = |label: &str| before.field(label).is_some() && after.field(label).is_none();
        let any = before.fields.iter().filter_map(|f| f.label.as_deref());
        if !any.clone().any(|label| emptied(label) && !is_one_of(fields, Some(label))) {
            return Ok(Vec::new());
        }
        self.others(before, fields).await
    }
}

fn path(company: i64, id: i64) -> String {
    format!("companies/{company}/assets/{id}")
}

fn is_one_of(fields: &[FieldWrite], label: Option<&str>) -> bool {
    label.is_some_and(|label| fields.iter().any(|f| f.label.eq_ignore_ascii_case(label)))
}

fn merged(mut all: Vec<Asset>, more: impl Iterator<Item = Asset>) -> Vec<Asset> {
    for asset in more {
        if !all.iter().any(|other| other.id == asset.id) {
            all.push(asset);
        }
    }
    all
}
