//! Writing assets.

use serde_json::{Map, Value, json};

use crate::http::{ApiError, Product};
use crate::hudu::field;
use crate::hudu::model::Layout;
use crate::mapping::record::{HuduRecord, Slot};
use crate::sync::apply::name_of;
use crate::sync::error::SyncError;
use crate::sync::matching;
use crate::sync::plan::{Change, Item, Made, Target};
use crate::sync::verify::{archiving, member, unkept};
use crate::sync::write::{Writer, Written};
use crate::trouble::Explain;
use crate::words::keeping;

impl Writer<'_> {
    pub(super) async fn update_asset(
        &self,
        item: &Item,
        company: i64,
        id: i64,
        todo: &[Change],
    ) -> Result<Written, SyncError> {
        let hudu = &self.sides.hudu;
        let asset = match archiving(todo) {
            Some(archived) => {
                let mut asset = hudu.archive_asset(company, id, archived).await?;
                asset.archived = archived;
                asset
            }
            None => {
                let layout = match &item.target {
                    Target::Asset { layout: Made::Is(layout), .. } if *layout > 0 => *layout,
                    _ => hudu.asset(company, id).await?.asset_layout_id.unwrap_or_default(),
                };
                let (body, fields) = self.asset_body(&self.layout(layout).await?, todo).await?;
                hudu.update_asset(company, id, Value::Object(body), &fields).await?
            }
        };
        let record = self.asset_record(&asset).await?;
        let note = unkept(&record, todo)?;
        Ok(Written { target: id, url: Some(record.url).or(item.url.clone()), note })
    }

    pub(super) async fn create_asset(
        &self,
        company: i64,
        layout_id: i64,
        todo: &[Change],
    ) -> Result<Written, SyncError> {
        let layout = self.layout(layout_id).await?;
        let (mut body, fields) = self.asset_body(&layout, todo).await?;
        body.insert("asset_layout_id".to_owned(), json!(layout_id));
        let asset = self.sides.hudu.create_asset(company, Value::Object(body), &fields).await?;
        let record = self.asset_record(&asset).await?;
        // It is made, whatever was not kept of it: a failure would have it made again.
        let note = match unkept(&record, todo) {
            Ok(note) => note,
            Err(error) => Some(keeping(|| error.sentence())),
        };
        Ok(Written { target: record.id, url: Some(record.url), note })
    }

    /// The assets of this company and layout that stand for the item's record, archived ones among them.
    /// What was made a moment ago has the item's name; what an earlier try made may have got another.
    pub(super) async fn find_assets(
        &self,
        item: &Item,
        company: i64,
        layout_id: i64,
        earlier: bool,
    ) -> Result<Vec<HuduRecord>, SyncError> {
        let name = name_of(item);
        let Some(record) = item.record else {
            // Made by hand: its plan made sure that there is none of that name in the layout.
            let rows = self.sides.hudu.assets_named(company, layout_id, Some(&name)).await?;
            let mut found = Vec::new();
            for asset in &rows {
                found.push(self.asset_record(asset).await?);
            }
            return Ok(found);
        };
        let mut rows = Vec::new();
        for layout in self.same_layouts(layout_id).await? {
            let named = Some(&*name).filter(|_| !earlier);
            rows.extend(self.sides.hudu.assets_named(company, layout, named).await?);
        }
        let mut found = Vec::new();
        for asset in &rows {
            let asset = self.asset_record(asset).await?;
            if matching::halo_id(&asset, record.kind) == Some(record) {
                found.push(asset);
            }
        }
        Ok(found)
    }

    /// The layout and others of its name: two browsers may have made one each in the same moment.
    async fn same_layouts(&self, id: i64) -> Result<Vec<i64>, SyncError> {
        let shapes = self.shapes().await?;
        let folded = |layout: &Layout| layout.name.as_deref().unwrap_or_default().trim().to_lowercase();
        let Some(name) = shapes.layout(Some(id)).map(folded) else { return Ok(vec![id]) };
        let others = shapes.layouts.iter().filter(|layout| layout.id != id && folded(layout) == name);
        Ok(others.map(|layout| layout.id).chain([id]).collect())
    }

    pub(super) async fn asset_body(
        &self,
        layout: &Layout,
        todo: &[Change],
    ) -> Result<(Map<String, Value>, Vec<field::FieldWrite>), SyncError> {
        let shapes = self.shapes().await?;
        let (mut body, mut fields) = (Map::new(), Vec::new());
        for change in todo {
            match &change.slot {
                Slot::Attribute(name) => {
                    body.insert(name.to_string(), member(&change.after));
                }
                Slot::Field(label) => {
                    let field = layout.field(label).ok_or_else(|| SyncError::Stale(change.label.to_string()))?;
                    let written = field::write(field, &change.after, &shapes.lists).map_err(|error| {
                        ApiError::Rejected { product: Product::Hudu, status: 422, message: error.to_string() }
                    })?;
                    fields.push(written);
                }
                Slot::Archived => {}
            }
        }
        Ok((body, fields))
    }
}
