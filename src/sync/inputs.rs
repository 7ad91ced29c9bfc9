//! Both sides of one record, as the planner takes them.

use std::collections::BTreeMap;

use crate::halo::record::{RecordKind, RecordRef};
use crate::json::Json;
use crate::mapping::record::{HuduRecord, LayoutShape, Source};
use crate::settings::SyncSettings;
use crate::sync::links::Links;
use crate::sync::matching::{Found, Index, World};
use crate::sync::plan::Link;

/// Both sides as they were read, for one record.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Inputs {
    /// The record.
    pub source: Source,
    /// Its client, where the record is not the client itself.
    pub client: Option<Source>,
    /// Companies that could be meant.
    pub companies: Vec<HuduRecord>,
    /// Layouts.
    pub layouts: Vec<LayoutShape>,
    /// Assets of the company, archived ones among them.
    pub assets: Vec<HuduRecord>,
    /// Links kept from earlier, of these records and of those they refer to.
    pub links: BTreeMap<String, Link>,
}

impl Inputs {
    /// The link kept of a record.
    pub fn link(&self, record: RecordRef) -> Option<&Link> {
        self.links.get(&record.key())
    }

    /// The links as the planner takes them.
    pub fn kept(&self) -> Links {
        let mut links = Links::default();
        for (key, link) in &self.links {
            links.put(key, link.clone());
        }
        links
    }

    /// The Hudu side.
    pub fn world(&self) -> World<'_> {
        World { companies: &self.companies, layouts: &self.layouts, assets: &self.assets }
    }
}

/// The company of the record as far as the inputs tell.
pub fn find_company<'a>(inputs: &'a Inputs, settings: &'a SyncSettings) -> Found<'a> {
    let client = match (&inputs.client, inputs.source.record.kind) {
        (_, RecordKind::Client) => &inputs.source,
        (Some(client), _) => client,
        (None, _) => return Found::Nobody,
    };
    let world = World { assets: &[], ..inputs.world() };
    Index::new(world, &inputs.kept(), settings).company(client, inputs.link(client.record))
}
