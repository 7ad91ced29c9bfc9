//! What the last lists found, so that page 900 of a long list does not look at every record again.

use std::cell::RefCell;
use std::sync::Arc;

/// How many lists are remembered: some clients read several at once.
const KEPT: usize = 8;

/// The keys that each of the last lists found, in their order.
pub(crate) struct Found<K>(RefCell<Vec<Entry<K>>>);

struct Entry<K> {
    asked: String,
    revision: u64,
    keys: Arc<Vec<K>>,
}

impl<K> Default for Found<K> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K> Found<K> {
    /// The keys for this question; looked for anew when anything was written since (`revision`).
    pub(crate) fn get(&self, asked: String, revision: u64, find: impl FnOnce() -> Vec<K>) -> Arc<Vec<K>> {
        let mut kept = self.0.borrow_mut();
        kept.retain(|entry| entry.revision == revision);
        if let Some(entry) = kept.iter().find(|entry| entry.asked == asked) {
            return entry.keys.clone();
        }
        if kept.len() == KEPT {
            kept.remove(0);
        }
        let keys = Arc::new(find());
        kept.push(Entry { asked, revision, keys: keys.clone() });
        keys
    }
}
