//! What tools work at: both clients, and how far they may reach.

use std::cell::RefCell;

use crate::hudu::model::Layout;
use crate::sync::sides::Sides;
use crate::tools::ToolError;

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

/// What tools work at.
pub struct Bench {
    /// Both clients.
    pub sides: Sides,
    /// How far they may reach.
    pub reach: Reach,
    layouts: RefCell<Option<(i64, Vec<Layout>)>>,
    pub(super) company: RefCell<Option<i64>>,
}

impl Bench {
    /// Both clients, and how far tools may reach with them.
    pub fn new(sides: Sides, reach: Reach) -> Self {
        Self { sides, reach, layouts: RefCell::default(), company: RefCell::default() }
    }

    /// The layouts of this minute.
    pub(super) async fn layouts(&self) -> Result<Vec<Layout>, ToolError> {
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
