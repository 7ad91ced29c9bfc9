//! Making asset layouts, and giving them fields that they lack.

use std::rc::Rc;

use serde_json::{Value, json};

use crate::halo::record::RecordKind;
use crate::hudu::model::Layout;
use crate::mapping::layout;
use crate::mapping::record::LayoutField;
use crate::sync::error::SyncError;
use crate::sync::write::{Look, Writer, Written};
use crate::t;
use crate::words::keeping;

impl Writer<'_> {
    pub(super) async fn look_at_layout(
        &self,
        id: Option<i64>,
        name: &str,
        add: &[LayoutField],
        sent: bool,
    ) -> Result<Look, SyncError> {
        // One that is given fields is read again when it is written.
        let shapes = match id {
            Some(_) if self.many && !sent => self.shapes().await?,
            _ => self.fresh_shapes().await?,
        };
        let found = match id {
            Some(id) => shapes.layouts.iter().find(|layout| layout.id == id),
            None => shapes.layouts.iter().filter(|l| l.name.as_deref() == Some(name)).min_by_key(|l| l.id),
        };
        match found {
            None if id.is_some() => Err(SyncError::Stale(name.to_owned())),
            Some(layout) if add.iter().all(|field| layout.field(&field.label).is_some()) => {
                Ok(Look::Done { target: layout.id, url: None, twins: Vec::new(), ours: true })
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
        let fields: Vec<Value> = add.iter().enumerate().map(|(position, field)| as_sent(field, position)).collect();
        let (layout, note) = match id {
            Some(id) => (self.sides.hudu.add_layout_fields(id, fields).await?, None),
            None => self.make_layout(name, kind, fields).await?,
        };
        let target = layout.id;
        self.layouts_written.set(self.layouts_written.get() + 1);
        let mut shapes = self.shapes().await?;
        let known = Rc::make_mut(&mut shapes);
        known.layouts.retain(|other| other.id != target);
        known.layouts.push(layout);
        self.know(shapes).await?;
        Ok(Written { target, url: None, note })
    }

    /// Makes a layout. Where another browser made one of the same name in the same moment, the older one
    /// is used and our own, which is empty, is switched off: Hudu removes none.
    async fn make_layout(
        &self,
        name: &str,
        kind: RecordKind,
        fields: Vec<Value>,
    ) -> Result<(Layout, Option<String>), SyncError> {
        let hudu = &self.sides.hudu;
        let named = |layout: &&Layout| layout.name.as_deref() == Some(name) && layout.is_active();
        // An earlier try arrived, and lacks something.
        let arrived = self.shapes().await?.layouts.iter().filter(named).map(|layout| layout.id).min();
        if let Some(id) = arrived {
            return Ok((hudu.add_layout_fields(id, fields).await?, None));
        }
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
        let made = hudu.create_layout(body).await?;
        let layouts = hudu.layouts().await?;
        let Some(older) = layouts.iter().filter(named).map(|layout| layout.id).min().filter(|id| *id < made.id) else {
            return Ok((made, None));
        };
        hudu.switch_layout_off(made.id).await?;
        let note = keeping(|| {
            t!(
                "Another browser made a layout of this name in the same moment: that one is used, the second is switched off."
            )
        });
        Ok((hudu.add_layout_fields(older, fields).await?, Some(note)))
    }
}

fn as_sent(field: &LayoutField, position: usize) -> Value {
    let mut sent = json!({
        "label": field.label,
        "field_type": field.kind,
        "show_in_list": position < 4,
        "required": false,
        "expiration": field.expiration,
        "position": position + 1,
    });
    if let Some(linked) = field.linked_layout {
        sent["linkable_id"] = json!(linked);
    }
    if field.kind == "Dropdown" {
        sent["options"] = json!(field.options.join("\n"));
    }
    sent
}
