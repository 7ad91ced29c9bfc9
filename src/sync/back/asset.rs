//! Fields of an asset changed by hand, and assets made by hand.

use crate::hudu::field::FieldValue;
use crate::hudu::model::{Layout, LayoutField};
use crate::library::Shapes;
use crate::mapping::compare::same;
use crate::mapping::record::{HuduRecord, Slot};
use crate::order::Order;
use crate::sync::back::input::{self, FormField, FormView, InputKind, Typed};
use crate::sync::back::{item, plan_of};
use crate::sync::describe::list;
use crate::sync::error::SyncError;
use crate::sync::plan::{Change, Made, Plan, Target};
use crate::sync::sides::Sides;
use crate::sync::view::{Action, Direction};
use crate::t;
use crate::words::say;

/// Label of the record's own name, which stands first in every form.
const NAME: &str = "Name";

impl Sides {
    /// The form of an asset as it is now.
    pub async fn asset_form(&self, company: i64, asset: i64) -> Result<FormView, SyncError> {
        let asset = self.hudu.asset(company, asset).await?;
        let shapes = self.shapes().await?;
        let layout = layout(&shapes, asset.asset_layout_id.unwrap_or_default())?;
        let record = self.asset_record(&asset, &shapes);
        Ok(FormView {
            title: t!("Edit {name}", name = record.name),
            lead: t!(
                "Only what you change is written, after you have looked it through. Confidential fields, linked assets and embeds are changed in Hudu."
            ),
            fields: fields(layout, &shapes, Some(&record)),
            ..FormView::default()
        })
    }

    /// The form of a new asset. The first of these layouts that Hudu has is taken, else its first one.
    pub async fn new_form(&self, layout: Option<i64>, usual: &[&str]) -> Result<FormView, SyncError> {
        let shapes = self.shapes().await?;
        let active = || shapes.layouts.iter().filter(|layout| layout.is_active());
        let named = |name: &&str| {
            let same = |layout: &&Layout| layout.name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name));
            active().find(same)
        };
        let chosen = match layout {
            Some(id) => active().find(|layout| layout.id == id),
            None => usual.iter().find_map(named).or_else(|| active().next()),
        };
        let none = || SyncError::NotSynced(t!("Hudu has no layout in use. Make one there first."));
        let chosen = chosen.ok_or_else(none)?;
        let mut layouts: Vec<(i64, String)> =
            active().map(|layout| (layout.id, layout.name.clone().unwrap_or_default())).collect();
        layouts.order_by_key(|(_, name)| name.to_lowercase());
        Ok(FormView {
            title: t!("Add a record to Hudu"),
            lead: t!("It is made in the layout that you choose. You see everything before it is written."),
            fields: fields(chosen, &shapes, None),
            layout: Some(chosen.id),
            layouts,
        })
    }

    /// The plan that writes what was changed in the form of an asset. A field that somebody changed in
    /// Hudu meanwhile is a conflict, unless both say the same.
    pub async fn plan_edit(&self, company: i64, asset: i64, typed: &[Typed]) -> Result<Plan, SyncError> {
        let made = self.host.clock.now();
        let asset = self.hudu.asset(company, asset).await?;
        let shapes = self.shapes().await?;
        let layout_id = asset.asset_layout_id.unwrap_or_default();
        let layout = layout(&shapes, layout_id)?;
        let record = self.asset_record(&asset, &shapes);
        let (mut changes, mut moved) = (Vec::new(), Vec::new());
        for row in typed.iter().filter(|row| row.value.trim() != row.before.trim()) {
            let (field, slot) = place(layout, &row.label)?;
            let after = input::read(field, &row.label, &row.value, &shapes.lists)?;
            let before = record.value(&slot);
            if same(&slot.key(), &before, &after) {
                continue;
            }
            let kind = field.map_or(Some(InputKind::Line), input::kind).unwrap_or(InputKind::Line);
            let mut note = None;
            if input::shown(kind, &before).trim() != row.before.trim() {
                note = Some(t!("Changed in Hudu since the form was opened."));
                moved.push(row.label.clone());
            } else if kind == InputKind::Lines && before != FieldValue::Empty {
                note = Some(t!("Written as plain paragraphs: formatting in this field is lost."));
            }
            changes.push(Change { slot, label: row.label.as_str().into(), before, after, note, by: None });
        }
        let (action, reason) = match (changes.is_empty(), moved.is_empty()) {
            (true, _) => (Action::Unchanged, t!("Nothing was changed.")),
            (_, true) => (Action::Update, t!("Only what was changed is written.")),
            _ => (Action::Conflict, t!("Somebody changed {fields} in Hudu meanwhile.", fields = list(&moved))),
        };
        let target = Target::Asset { company: Made::Is(company), layout: Made::Is(layout_id), id: Some(record.id) };
        let mut item = item(format!("edit/{}", record.id), action, &record.name, reason, target);
        item.changes = changes;
        item.url = Some(record.url.clone());
        Ok(plan_of(Direction::ToHudu, t!("Edit {name} in Hudu", name = record.name), item, made))
    }

    /// The plan that makes an asset of what was typed.
    pub async fn plan_new(&self, company: i64, layout_id: i64, typed: &[Typed]) -> Result<Plan, SyncError> {
        let made = self.host.clock.now();
        let shapes = self.shapes().await?;
        let layout = layout(&shapes, layout_id)?;
        let mut changes = Vec::new();
        for row in typed {
            let (field, slot) = place(layout, &row.label)?;
            let after = input::read(field, &row.label, &row.value, &shapes.lists)?;
            if !matches!(after, FieldValue::Empty | FieldValue::Check(false)) {
                let label = row.label.as_str().into();
                changes.push(Change { slot, label, before: FieldValue::Empty, after, note: None, by: None });
            }
        }
        let name = typed.iter().find(|row| row.label == NAME).map(|row| row.value.trim().to_owned());
        let name = name.filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| SyncError::NotSynced(t!("Fill in “{label}”.", label = say(NAME))))?;
        let kind = layout.name.clone().unwrap_or_default();
        // By its name an earlier try is found again; so there may be one of a name only.
        let twin = !self.hudu.assets_named(company, layout_id, Some(&name)).await?.is_empty();
        let (action, reason) = match twin {
            true => (
                Action::Blocked,
                t!(
                    "“{kind}” of this company holds a “{name}” already: edit that one, or take another name.",
                    kind,
                    name
                ),
            ),
            false => (Action::Create, t!("In the layout “{kind}”.", kind)),
        };
        let target = Target::Asset { company: Made::Is(company), layout: Made::Is(layout_id), id: None };
        let mut item = item(format!("new/{company}/{layout_id}/{name}"), action, &name, reason, target);
        item.changes = changes;
        Ok(plan_of(Direction::ToHudu, t!("Add {name} to Hudu", name), item, made))
    }
}

fn layout(shapes: &Shapes, id: i64) -> Result<&Layout, SyncError> {
    let gone = || SyncError::NotSynced(t!("Hudu does not show the layout of this asset, so its fields are not known."));
    shapes.layout(Some(id)).ok_or_else(gone)
}

/// Where a label stands: the record's own name, or a field of the layout.
fn place<'l>(layout: &'l Layout, label: &str) -> Result<(Option<&'l LayoutField>, Slot), SyncError> {
    if label == NAME {
        return Ok((None, Slot::attribute("name")));
    }
    let gone = || SyncError::Stale(t!("The layout of “{label}”", label));
    Ok((Some(layout.field(label).ok_or_else(gone)?), Slot::field(label)))
}

fn fields(layout: &Layout, shapes: &Shapes, record: Option<&HuduRecord>) -> Vec<FormField> {
    let mut name = FormField::new(NAME, InputKind::Line, true);
    name.value = record.map(|record| record.name.clone()).unwrap_or_default();
    let field = |field: &LayoutField| {
        let (kind, label) = (input::kind(field)?, field.label.clone().filter(|label| label != NAME)?);
        let value = record.map(|record| record.value(&Slot::field(&label))).unwrap_or_default();
        Some(FormField {
            value: input::shown(kind, &value),
            options: input::options(field, &shapes.lists),
            hint: field.hint.clone().filter(|hint| !hint.trim().is_empty()),
            ..FormField::new(&label, kind, field.required)
        })
    };
    std::iter::once(name).chain(layout.fields.iter().filter_map(field)).collect()
}
