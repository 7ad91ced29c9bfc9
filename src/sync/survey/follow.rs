//! Telling how far the reading is, and stopping where the user wishes it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::sync::error::SyncError;
use crate::sync::sides::Sides;
use crate::sync::table::Progress;
use crate::sync::watch::Watch;
use crate::t;
use crate::words::say;

/// A list as people say it. Its name in the code ("clients in HaloITSM") is a key as well.
pub(super) fn named(list: &str) -> String {
    match list.rsplit_once(" in ") {
        Some((what, product)) => {
            let what = match what.strip_prefix("details of ") {
                Some(kinds) => t!("details of {kinds}", kinds = say(kinds)),
                None => say(what),
            };
            t!("{what} in {product}", what, product)
        }
        None => list.to_owned(),
    }
}

/// Counts pages and requests for whoever watches.
pub(super) struct Follow<'a> {
    sides: &'a Sides,
    watch: &'a dyn Watch,
    /// Requests before this survey, HaloITSM and Hudu.
    began: (u64, u64),
    /// Pages read and pages there are, by list.
    lists: RefCell<BTreeMap<String, (usize, Option<usize>)>>,
}

impl<'a> Follow<'a> {
    pub(super) fn new(sides: &'a Sides, watch: &'a dyn Watch) -> Self {
        let began = (sides.halo.requests(), sides.hudu.requests());
        Self { sides, watch, began, lists: RefCell::default() }
    }

    /// Requests of this survey so far, HaloITSM and Hudu.
    pub(super) fn requests(&self) -> (u32, u32) {
        let since = |now: u64, began: u64| u32::try_from(now - began).unwrap_or(u32::MAX);
        (since(self.sides.halo.requests(), self.began.0), since(self.sides.hudu.requests(), self.began.1))
    }

    /// So many pages of a list will be read, as far as is known.
    pub(super) fn expect(&self, list: &str, pages: Option<usize>) {
        self.lists.borrow_mut().entry(list.to_owned()).or_default().1 = pages;
    }

    /// A page of this list was read (or some): `done` of `total` by now. The name of the list stands
    /// after "Reading".
    pub(super) fn page(&self, list: &str, done: usize, total: Option<usize>) -> Result<(), SyncError> {
        self.lists.borrow_mut().insert(list.to_owned(), (done, total.map(|total| total.max(done))));
        self.tell(t!("Reading {list}", list = named(list)))
    }

    /// Something is being done that is no page.
    pub(super) fn tell(&self, doing: String) -> Result<(), SyncError> {
        let lists = self.lists.borrow();
        let progress = Progress {
            doing,
            done: lists.values().map(|(done, _)| done).sum(),
            total: lists.values().map(|(_, total)| *total).sum(),
            requests: self.requests(),
            ..Progress::default()
        };
        self.watch.progress(&progress);
        if self.watch.stop() { Err(SyncError::Stopped) } else { Ok(()) }
    }
}
