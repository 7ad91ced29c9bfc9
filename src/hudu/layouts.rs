//! Asset layouts.

use serde_json::{Value, json};

use crate::http::{ApiError, Product, Raw};
use crate::hudu::client::Hudu;
use crate::hudu::companies::nothing;
use crate::hudu::endpoint::LAYOUTS;
use crate::hudu::model::Layout;
use crate::json::object;
use crate::platform::Method;

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
    /// layout back, every field with its id; what it kept is read again and compared.
    pub async fn add_layout_fields(&self, id: i64, fields: Vec<Value>) -> Result<Layout, ApiError> {
        let before = self.layout(id).await?;
        let label = |field: &Value| field.get("label").and_then(Value::as_str).unwrap_or_default().to_owned();
        let wanted: Vec<Value> = fields.into_iter().filter(|f| before.field(&label(f)).is_none()).collect();
        if wanted.is_empty() {
            return Ok(before);
        }
        let mut body = stripped(&before.raw);
        let last = before.fields.iter().filter_map(|f| f.position).max().unwrap_or(0);
        let mut rows: Vec<Value> = before.fields.iter().map(|f| Value::Object(without_nulls(&f.raw))).collect();
        let mut place = last;
        for field in &wanted {
            place += 1;
            let mut field = field.clone();
            field["position"] = json!(place);
            rows.push(field);
        }
        body.insert("fields".to_owned(), Value::Array(rows));
        let place = format!("asset_layouts/{id}");
        self.write::<Layout>(Method::PUT, &LAYOUTS, &place, Some(Value::Object(body))).await?;
        let after = self.layout(id).await?;
        let kept = before.fields.iter().all(|f| after.fields.iter().any(|a| a.id == f.id && a.kind() == f.kind()));
        let added = wanted.iter().all(|f| after.field(&label(f)).is_some());
        if kept && added {
            return Ok(after);
        }
        let name = before.name.unwrap_or_default();
        let message = format!("the layout “{name}” was not kept as sent; look at its fields in Hudu");
        Err(ApiError::ServerFault { product: Product::Hudu, status: 200, message })
    }
}

fn stripped(raw: &Raw) -> Raw {
    let mut body = without_nulls(raw);
    body.retain(|key, _| !READ_ONLY.contains(&key.as_str()));
    body
}

fn without_nulls(raw: &Raw) -> Raw {
    object(raw.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.clone(), value.clone())))
}
