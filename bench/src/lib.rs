//! Records of any number to plan: what `cargo xtask bench sync` measures, natively and in Chromium.
//!
//! Hudu's side is made beforehand, as after reading it; Halo's records are made one by one while they are
//! planned, as the survey does it, so that keeping them is not in the memory. How long their making takes by itself is
//! measured beside.

#[cfg(target_arch = "wasm32")]
mod browser;
mod records;

use sidelight::mapping::record::{HuduRecord, LayoutShape};
use sidelight::settings::SyncSettings;
use sidelight::sync::links::Links;
use sidelight::sync::plan::Plan;
use sidelight::sync::planner::{Planner, World};
use sidelight::sync::table::Scope;

/// Both sides of a tenant with so many assets on each.
pub struct Tenant {
    assets: usize,
    companies: Vec<HuduRecord>,
    layouts: Vec<LayoutShape>,
    records: Vec<HuduRecord>,
    settings: SyncSettings,
    links: Links,
}

impl Tenant {
    /// Makes Hudu's side.
    pub fn new(assets: usize) -> Self {
        Self {
            assets,
            companies: records::companies(assets).collect(),
            layouts: records::layouts(),
            records: records::assets(assets).collect(),
            settings: SyncSettings::default(),
            links: Links::default(),
        }
    }

    /// Makes Halo's records and forgets them: that part of [`Tenant::plan`] is the reader's work, not the planner's.
    pub fn make(&self) -> usize {
        records::sources(self.assets).map(|source| source.facts.len()).sum()
    }

    /// Plans everything.
    pub fn plan(&self) -> Plan {
        let world = World { companies: &self.companies, layouts: &self.layouts, assets: &self.records };
        let mut planner = Planner::new(world, &self.links, &self.settings);
        for source in records::sources(self.assets) {
            planner.add(source);
        }
        planner.finish(Scope::default(), &[])
    }
}

#[cfg(test)]
mod tests {
    use sidelight::sync::view::Action;

    use super::*;

    #[test]
    fn a_tenant_has_something_of_everything() {
        let plan = Tenant::new(1000).plan();
        let count = |action| plan.items.iter().filter(|item| item.action == action).count();
        assert!(count(Action::Create) >= 100, "{}", count(Action::Create));
        assert!(count(Action::Update) >= 50, "{}", count(Action::Update));
        assert!(count(Action::Unchanged) >= 300, "{}", count(Action::Unchanged));
        assert_eq!(count(Action::Blocked), 0);
    }
}
