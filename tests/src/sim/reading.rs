//! What stands in Hudu, read as the product reads it: slot by slot.

use serde_json::Value;
use sidelight::http::Record;
use sidelight::hudu::model::{Asset, Company, Layout, List};
use sidelight::mapping::from_hudu;
use sidelight::mapping::record::{HuduRecord, LayoutShape, Slot};
use sidelight_sandbox::Sandbox;

/// Where the pair's Hudu is reached.
const ORIGIN: &str = "http://hudu.test";

/// Layouts and lists, with which records are read.
pub struct Shapes {
    layouts: Vec<Layout>,
    lists: Vec<List>,
}

impl Shapes {
    /// As they are now.
    pub fn of(pair: &Sandbox) -> Self {
        let layouts = pair.hudu.all("asset_layouts").into_iter().filter_map(Layout::from_value).collect();
        let lists = pair.hudu.all("lists").into_iter().filter_map(List::from_value).collect();
        Self { layouts, lists }
    }

    /// The layout of this id as mapping sees it.
    pub fn layout(&self, id: Option<i64>) -> Option<LayoutShape> {
        let layout = self.layouts.iter().find(|layout| Some(layout.id) == id)?;
        Some(from_hudu::layout(layout, &self.lists))
    }

    /// A company or asset as the API showed it.
    pub fn read(&self, resource: &str, shown: &Value) -> Option<HuduRecord> {
        if resource == "companies" {
            return Some(from_hudu::company(&Company::from_value(shown.clone())?, ORIGIN));
        }
        let asset = Asset::from_value(shown.clone())?;
        let layout = self.layouts.iter().find(|layout| Some(layout.id) == asset.asset_layout_id);
        Some(from_hudu::asset(&asset, layout, &self.lists, ORIGIN))
    }

    /// Every company and asset as it is now: resource and record.
    pub fn all(&self, pair: &Sandbox) -> Vec<(&'static str, HuduRecord)> {
        let read = |resource: &'static str| {
            let rows = pair.hudu.all(resource);
            rows.into_iter().filter_map(move |row| Some((resource, self.read(resource, &row)?)))
        };
        read("companies").chain(read("assets")).collect()
    }
}

/// Every slot that one of them fills.
pub fn slots(one: Option<&HuduRecord>, other: &HuduRecord) -> Vec<Slot> {
    let mut slots = vec![Slot::attribute("name"), Slot::Archived];
    for (slot, _) in one.into_iter().chain([other]).flat_map(|record| &record.values) {
        if !slots.iter().any(|own| own.is(slot)) {
            slots.push(slot.clone());
        }
    }
    slots
}
