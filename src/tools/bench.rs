//! What tools work at: both clients, and how far they may reach.

use std::cell::RefCell;
use std::rc::Rc;

use crate::hudu::model::Layout;
use crate::sync::sides::Sides;
use crate::sync::watch::{Nobody, Watch};
use crate::tools::CallError;

/// For so long the layouts that were read last tell which fields are confidential, in milliseconds.
const LAYOUTS_MS: i64 = 60_000;

/// How far tools may reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Only records of this HaloITSM client and of its company in Hudu.
    pub client: Option<i64>,
    /// Secrets may be read, one at a time.
    pub secrets: bool,
}

/// Layouts, and when they were read.
type Known = (i64, Vec<Layout>);

/// What tools work at.
pub struct Bench {
    /// Both clients.
    pub sides: Sides,
    /// How far they may reach.
    pub reach: Reach,
    /// Who follows the call, and may want long work to stop.
    pub watch: Rc<dyn Watch>,
    layouts: Rc<RefCell<Option<Known>>>,
    pub(super) company: Rc<RefCell<Option<i64>>>,
    pub(super) top_level: Rc<RefCell<Option<Option<i64>>>>,
}

impl Bench {
    /// Both clients, and how far tools may reach with them.
    pub fn new(sides: Sides, reach: Reach) -> Self {
        let (layouts, company, top_level) = (Rc::default(), Rc::default(), Rc::default());
        Self { sides, reach, watch: Rc::new(Nobody), layouts, company, top_level }
    }

    /// The same, for a call that somebody follows.
    #[must_use]
    pub fn watched(&self, watch: Rc<dyn Watch>) -> Self {
        let (layouts, company) = (self.layouts.clone(), self.company.clone());
        let (sides, top_level) = (self.sides.clone(), self.top_level.clone());
        Self { sides, reach: self.reach, watch, layouts, company, top_level }
    }

    /// The layouts of this minute.
    pub(super) async fn layouts(&self) -> Result<Vec<Layout>, CallError> {
        let now = self.sides.host.clock.now();
        if let Some((read, layouts)) = &*self.layouts.borrow()
            && now - read < LAYOUTS_MS
        {
            return Ok(layouts.clone());
        }
        let layouts = self.sides.hudu.layouts().await?;
        *self.layouts.borrow_mut() = Some((now, layouts.clone()));
        Ok(layouts)
    }
}
