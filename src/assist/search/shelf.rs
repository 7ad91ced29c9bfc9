//! The index in the store: its pieces as texts of a megabyte, a list of them, and how far reading is.
//!
//! List and pieces are written together, so that a worker that is stopped leaves a whole index behind.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use sidelight_search::{Index, Piece};

use crate::assist::search::fill::Progress;
use crate::json::Json;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table, Write};

/// Bytes of a piece in one text.
const CHUNK: usize = 768 * 1024;

const HEAD: &str = "head";

/// What is kept beside the pieces.
#[derive(Clone, Debug, Default, Json)]
#[json(default)]
struct Head {
    /// Texts of each piece.
    pieces: BTreeMap<String, usize>,
    /// How far reading is.
    progress: Progress,
}

/// The index with how far reading is.
#[derive(Default)]
pub struct Shelf {
    /// What is found.
    pub index: Index,
    /// How far reading is.
    pub progress: Progress,
    pieces: BTreeMap<String, usize>,
}

fn key(piece: &str, chunk: usize) -> String {
    format!("piece/{piece}/{chunk:04}")
}

impl Shelf {
    /// The index as it was kept; an empty one where nothing is kept, or where it is broken: reading then
    /// begins anew.
    pub async fn load(host: &Host) -> Result<Self, StoreError> {
        let Some(head) = get::<Head>(host, Table::Search, HEAD).await.unwrap_or_default() else {
            return Ok(Self::default());
        };
        let mut pieces = Vec::new();
        for (name, chunks) in &head.pieces {
            let mut bytes = Vec::new();
            for chunk in 0..*chunks {
                let text = host.store.get(Table::Search, &key(name, chunk)).await?.unwrap_or_default();
                let decoded = BASE64_STANDARD_NO_PAD.decode_vec(text.trim_matches('"'), &mut bytes);
                if decoded.is_err() || text.is_empty() {
                    return Ok(Self { pieces: head.pieces, ..Self::default() });
                }
            }
            pieces.push((name.clone(), bytes));
        }
        Ok(match Index::load(pieces) {
            Some(index) => Self { index, progress: head.progress, pieces: head.pieces },
            None => Self { pieces: head.pieces, ..Self::default() },
        })
    }

    /// Keeps what changed, together with how far reading is.
    pub async fn keep(&mut self, host: &Host, changed: Vec<Piece>) -> Result<(), StoreError> {
        let writes = self.writes(changed);
        host.store.write(writes).await
    }

    /// What has to be written so that this is kept.
    pub fn writes(&mut self, changed: Vec<Piece>) -> Vec<Write> {
        let table = Table::Search;
        let mut writes = Vec::new();
        for Piece { name, bytes } in changed {
            let before = self.pieces.remove(&name).unwrap_or_default();
            let chunks: Vec<&[u8]> = bytes.as_deref().map(|bytes| bytes.chunks(CHUNK).collect()).unwrap_or_default();
            for (at, chunk) in chunks.iter().enumerate() {
                let value = Some(format!("\"{}\"", BASE64_STANDARD_NO_PAD.encode(chunk)));
                writes.push(Write { table, key: key(&name, at), value });
            }
            writes.extend((chunks.len()..before).map(|at| Write { table, key: key(&name, at), value: None }));
            if !chunks.is_empty() {
                self.pieces.insert(name, chunks.len());
            }
        }
        let head = Head { pieces: self.pieces.clone(), progress: self.progress.clone() };
        writes.push(put(table, HEAD.to_owned(), &head));
        writes
    }

    /// Forgets everything that was kept from an instance that is left.
    pub async fn forget(host: &Host) -> Result<(), StoreError> {
        // Keys alone would do; stores answer both.
        let rows = host.store.scan(Table::Search, "").await?;
        let gone = rows.into_iter().map(|(key, _)| Write { table: Table::Search, key, value: None });
        host.store.write(gone.collect()).await
    }
}
