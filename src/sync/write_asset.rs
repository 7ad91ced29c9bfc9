//! Writing assets and their layouts.

use serde_json::{Map, Value, json};

use crate::halo::record::RecordKind;
use crate::http::{ApiError, Product};
use crate::hudu::field;
use crate::hudu::model::Layout;
use crate::mapping::compare::show;
use crate::mapping::layout;
use crate::mapping::record::{HuduRecord, LayoutField, Slot};
use crate::sync::error::SyncError;
use crate::sync::matching;
use crate::sync::plan::{Change, Item};
use crate::sync::verify::{archiving, text, unkept};
use crate::sync::write::{Look, Writer, Written};

impl Writer<'_> {
    pub(super) async fn update_asset(
        &self,
        item: &Item,
        company: i64,
        id: i64,
        todo: &[Change],
    ) -> Result<Written, SyncError> {
        let hudu = &self.sides.hudu;
        let current = hudu.asset(company, id).await?;
        let layout = self.layout(current.asset_layout_id.unwrap_or_default()).await?;
        let (body, fields) = self.asset_body(&layout, todo).await?;
        let mut asset = if body.is_empty() && fields.is_empty() {
            current
        } else {
            hudu.update_asset(company, id, Value::Object(body), &fields).await?
        };
        if let Some(archived) = archiving(todo) {
            hudu.archive_asset(company, id, archived).await?;
            asset.archived = archived;
        }
        let record = self.asset_record(&asset).await?;
        let note = unkept(&record, todo)?;
        Ok(Written { target: id, url: Some(record.url).or(item.url.clone()), note })
    }

    pub(super) async fn create_asset(
        &self,
        item: &Item,
        company: i64,
        layout_id: i64,
        todo: &[Change],
    ) -> Result<Written, SyncError> {
        let layout = self.layout(layout_id).await?;
        let (mut body, fields) = self.asset_body(&layout, todo).await?;
        body.insert("asset_layout_id".to_owned(), json!(layout_id));
        let asset = self.sides.hudu.create_asset(company, Value::Object(body), &fields).await?;
        let record = self.asset_record(&asset).await?;
        let mut note = unkept(&record, todo)?;
        let mut kept = record;
        // Another browser may have made it in the same moment: the older one stays.
        let twins = self.find_assets(item, company, layout_id).await?;
        if let Some(older) = twins.into_iter().filter(|twin| twin.id < kept.id).min_by_key(|twin| twin.id) {
            note = Some(format!(
                "Another browser made the same record in the same moment: {} stays, {} is a duplicate to be archived in Hudu.",
                older.url, kept.url
            ));
            kept = older;
        }
        Ok(Written { target: kept.id, url: Some(kept.url), note })
    }

    /// The assets of this company and layout that stand for the item's record, the archived left out.
    pub(super) async fn find_assets(
        &self,
        item: &Item,
        company: i64,
        layout_id: i64,
    ) -> Result<Vec<HuduRecord>, SyncError> {
        let Some(record) = item.record else { return Ok(Vec::new()) };
        let name = item.changes.iter().find(|change| change.slot == Slot::attribute("name"));
        let name = name.and_then(|change| show(&change.after)).unwrap_or_else(|| item.title.clone());
        let rows = self.sides.hudu.assets_named(company, layout_id, &name).await?;
        let mut found = Vec::new();
        for asset in rows.iter().filter(|asset| !asset.archived) {
            let asset = self.asset_record(asset).await?;
            if matching::halo_id(&asset, record.kind) == Some(record) {
                found.push(asset);
            }
        }
        Ok(found)
    }

    pub(super) async fn asset_body(
        &self,
        layout: &Layout,
        todo: &[Change],
    ) -> Result<(Map<String, Value>, Vec<field::FieldWrite>), SyncError> {
        let lists = self.shapes().await?.lists;
        let (mut body, mut fields) = (Map::new(), Vec::new());
        for change in todo {
            match &change.slot {
                Slot::Attribute(name) => {
                    body.insert(name.to_string(), json!(text(&change.after)));
                }
                Slot::Field(label) => {
                    let field = layout.field(label).ok_or_else(|| SyncError::Stale(change.label.to_string()))?;
                    let written = field::write(field, &change.after, &lists).map_err(|error| ApiError::Rejected {
                        product: Product::Hudu,
                        status: 422,
                        message: error.to_string(),
                    })?;
                    fields.push(written);
                }
                Slot::Archived => {}
            }
        }
        Ok((body, fields))
    }

    pub(super) async fn look_at_layout(
        &self,
        id: Option<i64>,
        name: &str,
        add: &[LayoutField],
        sent: bool,
    ) -> Result<Look, SyncError> {
        let shapes = self.fresh_shapes().await?;
        let found = match id {
            Some(id) => shapes.layouts.iter().find(|layout| layout.id == id),
            None => shapes.layouts.iter().find(|layout| layout.name.as_deref() == Some(name)),
        };
        match found {
            None if id.is_some() => Err(SyncError::Stale(name.to_owned())),
            Some(layout) if add.iter().all(|field| layout.field(&field.label).is_some()) => {
                Ok(Look::Done { target: layout.id, url: None, made: sent && id.is_none() })
            }
            Some(_) if id.is_none() && !sent => Err(SyncError::Stale(name.to_owned())),
            _ => Ok(Look::Todo(Vec::new())),
        }
    }

    pub(super) async fn write_layout(
        &self,
        id: Option<i64>,
        name: &str,
        kind: RecordKind,
        add: &[LayoutField],
    ) -> Result<Written, SyncError> {
        let fields: Vec<Value> = add
            .iter()
            .enumerate()
            .map(|(position, field)| {
                let mut row = json!({
                    "label": field.label,
                    "field_type": field.kind,
                    "show_in_list": position < 4,
                    "required": false,
                    "expiration": field.expiration,
                    "position": position + 1,
                });
                if let Some(layout) = field.linked_layout {
                    row["linkable_id"] = json!(layout);
                }
                row
            })
            .collect();
        let layout = match id {
            Some(id) => self.sides.hudu.add_layout_fields(id, fields).await?,
            None => {
                let (icon, color) = layout::looks(kind);
                let body = json!({
                    "name": name,
                    "icon": icon,
                    "color": color,
                    "icon_color": "#ffffff",
                    "include_passwords": true,
                    "include_photos": true,
                    "include_comments": true,
                    "include_files": true,
                    "active": true,
                    "fields": fields,
                });
                self.sides.hudu.create_layout(body).await?
            }
        };
        self.shapes.replace(None);
        Ok(Written { target: layout.id, url: None, note: None })
    }
}
