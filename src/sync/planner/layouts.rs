//! Layouts that a plan makes, or gives the field that keeps the Halo id.

use std::collections::btree_map::Entry;
use std::rc::Rc;

use crate::halo::record::RecordKind;
use crate::halo::resource::Resource;
use crate::mapping::layout;
use crate::mapping::record::{HALO_ID, LayoutField, LayoutShape, Source};
use crate::sync::plan::{Item, Made, Target};
use crate::sync::planner::Planner;
use crate::sync::planner::fields::Fresh;
use crate::sync::view::Action;
use crate::t;
use crate::words::say;

/// The item that makes a layout, or adds fields to it.
pub fn layout_item(id: Option<i64>, name: &str, kind: RecordKind, add: Vec<LayoutField>) -> Item {
    let reason = match id {
        Some(_) => t!("So that every technician’s browser finds the record again."),
        None => t!(
            "The settings send {kinds} to “{name}”, and Hudu has no such layout.",
            kinds = say(Resource::of(kind).many),
            name
        ),
    };
    let action = if id.is_some() { Action::Update } else { Action::Create };
    Item::new(layout_key(name), action, name, reason, Target::Layout { id, name: name.to_owned(), kind, add })
}

/// Id of the item that makes the layout of this name.
pub(in crate::sync) fn layout_key(name: &str) -> String {
    format!("layout/{}", name.trim().to_lowercase())
}

/// Two kinds want one layout: it gets the fields of both.
pub(in crate::sync) fn share(item: &mut Item, other: Item) {
    if let (Target::Layout { add, .. }, Target::Layout { add: more, .. }) = (&mut item.target, other.target) {
        for field in more {
            if !add.iter().any(|own| own.label.trim().eq_ignore_ascii_case(field.label.trim())) {
                add.push(field);
            }
        }
    }
}

/// The layout of a record that is planned.
pub(super) enum Goes<'a> {
    /// One that there is; `bool` tells whether the `Halo ID` field has to be added.
    Into(&'a LayoutShape, bool),
    /// One that has to be made.
    New(&'a str),
}

impl<'a> Planner<'a> {
    /// Where a record goes, or why it goes nowhere.
    pub(super) fn goes(&self, source: &Source, at: Option<i64>, native: bool) -> Result<Goes<'a>, String> {
        let kind = source.record.kind;
        let there = match at {
            Some(_) => self.index.layout(at),
            None => {
                let sorter = self.sorters.iter().find(|(own, _)| *own == kind);
                let name = sorter.and_then(|(_, sorter)| sorter.layout_of(source));
                let Some(name) = name else {
                    return Err(t!("The settings leave it out: no rule sends it to a layout."));
                };
                match layout::find(name, self.index.world.layouts) {
                    Some(shape) => Some(shape),
                    None => return Ok(Goes::New(name)),
                }
            }
        };
        match there {
            None => Err(t!("Its layout in Hudu could not be read.")),
            Some(shape) if !shape.active => Err(t!(
                "The layout “{name}” is switched off in Hudu. Switch it on, or choose another one in the settings.",
                name = shape.name
            )),
            Some(shape) => Ok(Goes::Into(shape, shape.field(HALO_ID).is_none() && !native)),
        }
    }

    /// The layout as a target, and the item that prepares it where that is needed.
    pub(super) fn prepare(&mut self, kind: RecordKind, goes: &Goes<'a>) -> Made {
        let item = match goes {
            Goes::Into(shape, false) => return Made::Is(shape.id),
            Goes::Into(shape, true) => {
                let mut item = layout_item(Some(shape.id), &shape.name, kind, vec![layout::halo_id_field()]);
                let other = |other: &Item| !matches!(other.target, Target::Layout { id, .. } if id == Some(shape.id));
                if self.layouts.get(&item.id).is_some_and(other) {
                    item.id = format!("{}/{}", item.id, shape.id);
                }
                item
            }
            Goes::New(name) => {
                let shape = self.fresh(kind, name);
                layout_item(None, name, kind, shape.0.fields.clone())
            }
        };
        let made = Made::By(item.id.clone());
        match self.layouts.entry(item.id.clone()) {
            Entry::Vacant(place) => drop(place.insert(item)),
            Entry::Occupied(mut place) => share(place.get_mut(), item),
        }
        made
    }

    /// A layout that has to be made for this kind. The layouts of kinds before it are in the plan already.
    pub(super) fn fresh(&mut self, kind: RecordKind, name: &str) -> Rc<Fresh> {
        let layouts = &self.layouts;
        self.places.fresh(kind, name, &|name| layouts.contains_key(&layout_key(name)))
    }
}
