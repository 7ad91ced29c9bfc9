//! Asset layouts.

use serde_json::{Value, json};

use crate::http::{ApiError, Product, Raw};
use crate::hudu::client::Hudu;
use crate::hudu::companies::nothing;
use crate::hudu::endpoint::LAYOUTS;
use crate::hudu::model::Layout;
use crate::json::object;
use crate::platform::Method;

/// How often a layout that somebody else changes is read again.
const TRIES: u32 = 3;

/// Members that the server keeps for itself.
const READ_ONLY: [&str; 4] = ["id", "slug", "created_at", "updated_at"];

impl Hudu {
    /// All layouts, those not in use among them.
    pub async fn layouts(&self) -> Result<Vec<Layout>, ApiError> {
        self.all(&LAYOUTS, &[]).await
    }

    /// One layout.
    pub async fn layout(&self, id: i64) -> Result<Layout, ApiError> {
        self.one(&LAYOUTS, &format!("asset_layouts/{id}"), id).await
    }

    /// Makes a layout. `name`, `icon`, `color`, `icon_color` and `fields` are needed: without one of
    /// them Hudu fails with 500.
    pub async fn create_layout(&self, members: Value) -> Result<Layout, ApiError> {
        let made = self.write(Method::POST, &LAYOUTS, LAYOUTS.many, Some(members)).await?;
        made.ok_or_else(|| nothing("asset layout"))
    }

    /// Gives a layout the fields that it lacks, compared by label without case. Hudu wants the whole
    /// layout back, every field with its id; what it kept is compared with what was there. Where somebody
    /// else added one of the fields in the same moment, the layout is read again.
    pub async fn add_layout_fields(&self, id: i64, fields: Vec<Value>) -> Result<Layout, ApiError> {
        let mut tries = 0;
        loop {
            match self.try_to_add(id, &fields).await {
                Err(ApiError::Rejected { message, .. }) if tries < TRIES && message.contains("already been taken") => {
                    tries += 1;
                }
                other => return other,
            }
        }
    }

    async fn try_to_add(&self, id: i64, fields: &[Value]) -> Result<Layout, ApiError> {
        let before = self.layout(id).await?;
        let wanted: Vec<&Value> = fields.iter().filter(|field| before.field(label(field)).is_none()).collect();
        if wanted.is_empty() {
            return Ok(before);
        }
        let mut body = stripped(&before.raw);
        let mut rows: Vec<Value> = before.fields.iter().map(|f| Value::Object(without_nulls(&f.raw))).collect();
        let mut place = before.fields.iter().filter_map(|f| f.position).max().unwrap_or(0);
        for field in &wanted {
            place += 1;
            let mut field = (*field).clone();
            field["position"] = json!(place);
            rows.push(field);
        }
        body.insert("fields".to_owned(), Value::Array(rows));
        let after = self.put_layout(id, body).await?;
        let kept = before.fields.iter().all(|f| after.fields.iter().any(|a| a.id == f.id && a.kind() == f.kind()));
        let added = wanted.iter().all(|field| after.field(label(field)).is_some());
        let name = before.name.unwrap_or_default();
        let (product, status) = (Product::Hudu, 200);
        let message = format!("the layout “{name}” was not kept as sent; look at its fields in Hudu");
        match (kept, added) {
            (true, true) => Ok(after),
            (true, false) => Err(ApiError::ServerFault { product, status, message }),
            // Never tried again: the next try would take what is left for what was there.
            (false, _) => Err(ApiError::Rejected { product, status, message }),
        }
    }

    /// Switches a layout off: it is no longer offered, and Hudu has no way to remove it.
    pub async fn switch_layout_off(&self, id: i64) -> Result<Layout, ApiError> {
        let before = self.layout(id).await?;
        let mut body = stripped(&before.raw);
        let rows = before.fields.iter().map(|f| Value::Object(without_nulls(&f.raw))).collect();
        body.insert("fields".to_owned(), Value::Array(rows));
        body.insert("active".to_owned(), Value::Bool(false));
        self.put_layout(id, body).await
    }

    /// Sends a whole layout. The answer is what was stored; where it says nothing of fields, the layout
    /// is read again.
    async fn put_layout(&self, id: i64, body: Raw) -> Result<Layout, ApiError> {
        let place = format!("asset_layouts/{id}");
        match self.write::<Layout>(Method::PUT, &LAYOUTS, &place, Some(Value::Object(body))).await? {
            Some(after) if !after.fields.is_empty() => Ok(after),
            _ => self.layout(id).await,
        }
    }
}

fn label(field: &Value) -> &str {
    field.get("label").and_then(Value::as_str).unwrap_or_default()
}

fn stripped(raw: &Raw) -> Raw {
    let mut body = without_nulls(raw);
    body.retain(|key, _| !READ_ONLY.contains(&key.as_str()));
    body
}

fn without_nulls(raw: &Raw) -> Raw {
    object(raw.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.clone(), value.clone())))
}
