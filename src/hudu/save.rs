//! Writing any record of the catalogue.

use serde_json::Value;

use crate::http::raw::read::{flag_of, integer_of, text_of};
use crate::http::{ApiError, Product, Record};
use crate::hudu::catalogue::Shelf;
use crate::hudu::client::Hudu;
use crate::hudu::companies::nothing;
use crate::hudu::endpoint::ASSETS;
use crate::hudu::field::{self, FieldValue, FieldWrite};
use crate::hudu::model::{Asset, Layout, List};
use crate::json::Map;
use crate::platform::Method;

crate::http::raw::record! {
    /// A record of any kind.
    struct AnyRecord {}
}

/// Before the label of a layout's field in the name of a member.
const FIELD: &str = "fields.";
/// Kinds with addresses of their own for putting away and fetching back; others take a member.
const WITH_ARCHIVE: [&str; 3] = ["companies", "articles", "passwords"];

impl Hudu {
    /// Makes a record (without id) or changes one (with it): these members and no others. Of assets,
    /// `fields.LABEL` is a field of the layout. Answers the record as it is stored.
    pub async fn save(&self, shelf: &Shelf, id: Option<i64>, members: Map<String, Value>) -> Result<Value, ApiError> {
        if shelf.endpoint.many == ASSETS.many {
            return self.save_asset(id, members).await;
        }
        let (method, path) = match id {
            Some(id) => (Method::PUT, format!("{}/{id}", shelf.path)),
            None => (Method::POST, shelf.path.to_owned()),
        };
        let stored = self.write::<AnyRecord>(method, &shelf.endpoint, &path, Some(Value::Object(members))).await?;
        match (stored, id) {
            (Some(record), _) => Ok(Value::Object(record.raw)),
            (None, Some(id)) => self.item(shelf, id, &[]).await,
            (None, None) => Err(nothing(shelf.endpoint.noun)),
        }
    }

    /// Puts a record away, or fetches it back.
    pub async fn put_away(&self, shelf: &Shelf, id: i64, away: bool) -> Result<(), ApiError> {
        if shelf.endpoint.many == ASSETS.many {
            let asset = self.known_asset(id).await?;
            return self.archive_asset(asset.company_id.unwrap_or_default(), id, away).await.map(|_| ());
        }
        if WITH_ARCHIVE.contains(&shelf.many) {
            let path = format!("{}/{id}/{}", shelf.path, if away { "archive" } else { "unarchive" });
            return self.write::<AnyRecord>(Method::PUT, &shelf.endpoint, &path, None).await.map(|_| ());
        }
        let member = Map::from_iter([("archived".to_owned(), Value::from(away))]);
        self.save(shelf, Some(id), member).await.map(|_| ())
    }

    async fn known_asset(&self, id: i64) -> Result<Asset, ApiError> {
        let missing = || ApiError::NotFound { product: Product::Hudu, what: format!("asset {id}") };
        self.asset_by_id(id).await?.ok_or_else(missing)
    }

    async fn save_asset(&self, id: Option<i64>, members: Map<String, Value>) -> Result<Value, ApiError> {
        let before = match id {
            Some(id) => Some(self.known_asset(id).await?),
            None => None,
        };
        let number = |name: &str| members.get(name).and_then(integer_of);
        let of = before.as_ref();
        let company = of.and_then(|asset| asset.company_id).or(number("company_id")).unwrap_or_default();
        let layout = of.and_then(|asset| asset.asset_layout_id).or(number("asset_layout_id")).unwrap_or_default();
        let (mut own, mut values) = (Map::new(), Vec::new());
        for (name, value) in members {
            match name.strip_prefix(FIELD) {
                Some(label) => values.push((label.to_owned(), value)),
                None if name == "company_id" || (id.is_some() && name == "asset_layout_id") => {}
                None => {
                    own.insert(name, value);
                }
            }
        }
        let fields = if values.is_empty() { Vec::new() } else { self.field_writes(layout, values).await? };
        let asset = match id {
            Some(id) => self.update_asset(company, id, Value::Object(own), &fields).await?,
            None => self.create_asset(company, Value::Object(own), &fields).await?,
        };
        Ok(Value::Object(asset.raw().clone()))
    }

    async fn field_writes(&self, layout: i64, values: Vec<(String, Value)>) -> Result<Vec<FieldWrite>, ApiError> {
        let layout: Layout = self.layout(layout).await?;
        let lists: Vec<List> = self.lists().await?;
        let mut writes = Vec::with_capacity(values.len());
        for (label, value) in values {
            let own = |field: &&crate::hudu::model::LayoutField| {
                field.label.as_deref().is_some_and(|own| own.trim().eq_ignore_ascii_case(label.trim()))
            };
            let refused = |message: String| ApiError::Rejected { product: Product::Hudu, status: 422, message };
            let known = layout.fields.iter().find(own);
            let known = known.ok_or_else(|| refused(format!("the layout has no field “{label}”")))?;
            let value = match (&value, text_of(&value)) {
                (Value::Bool(_), _) => flag_of(&value).map(FieldValue::Check).unwrap_or_default(),
                (_, Some(text)) => FieldValue::Text(text),
                _ => FieldValue::Empty,
            };
            writes.push(field::write(known, &value, &lists).map_err(|error| refused(error.to_string()))?);
        }
        Ok(writes)
    }
}
