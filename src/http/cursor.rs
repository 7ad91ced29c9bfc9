//! Where a list was left: opaque to whoever keeps it, and good after a restart.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::json::{self, Json};
use crate::order::Order;

/// Version of the form.
const VERSION: i64 = 1;

/// Where a list was left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
pub(crate) struct Cursor {
    #[json(name = "v")]
    version: i64,
    /// Which list it is, with its filters and its instance.
    of: String,
    /// Rows asked for on each page.
    pub(crate) size: u32,
    /// The page that was read last.
    pub(crate) page: u32,
    /// The last row that was answered: the id that its own starts under, and its id.
    pub(crate) above: i64,
    /// See [`Cursor::above`].
    pub(crate) last: i64,
    /// The rows did not come in the order of their ids: those of the last page instead.
    #[json(default)]
    pub(crate) seen: Vec<i64>,
    /// The server takes no order for this list.
    #[json(default)]
    pub(crate) unordered: bool,
    /// Rows of the longest page.
    pub(crate) longest: usize,
    /// The server's count when the last page was read.
    #[json(omit)]
    pub(crate) count: Option<i64>,
}

impl Cursor {
    /// The beginning of this list.
    pub(crate) fn new(of: String, size: u32) -> Self {
        Self { version: VERSION, of, size, above: i64::MIN, last: i64::MIN, ..Self::default() }
    }

    /// From its text, where it belongs to this list.
    pub(crate) fn read(text: &str, of: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
        let cursor: Self = json::read(std::str::from_utf8(&bytes).ok()?).ok()?;
        (cursor.version == VERSION && cursor.of == of && cursor.size > 0).then_some(cursor)
    }

    /// Its text.
    pub(crate) fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(json::write(self))
    }

    /// Whether this key was answered before.
    pub(crate) fn had(&self, sorted: bool, key: (i64, i64)) -> bool {
        if sorted && self.seen.is_empty() { key <= (self.above, self.last) } else { self.seen.contains(&key.1) }
    }
}

/// Which list this is: a short digest, so that a cursor tells nothing of what was searched.
pub(crate) fn name(origin: &str, path: &str, filters: &[(String, String)]) -> String {
    let mut filters: Vec<_> = filters.iter().collect();
    filters.order();
    let mut digest = Sha256::new();
    for part in [origin, path].into_iter().chain(filters.iter().flat_map(|(k, v)| [k.as_str(), v.as_str()])) {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    URL_SAFE_NO_PAD.encode(&digest.finalize()[..9])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_belongs_to_one_list() {
        let filters = [("client_id".to_owned(), "12".to_owned())];
        let of = name("https://a", "Client", &filters);
        let cursor = Cursor { page: 3, last: 300, count: Some(717), ..Cursor::new(of.clone(), 100) };
        assert_eq!(Cursor::read(&cursor.write(), &of).unwrap(), cursor);
        for other in [name("https://b", "Client", &filters), name("https://a", "Site", &filters), String::new()] {
            assert_eq!(Cursor::read(&cursor.write(), &other), None);
        }
        for broken in ["", "x", "e30", "%%%"] {
            assert_eq!(Cursor::read(broken, &of), None);
        }
    }
}
