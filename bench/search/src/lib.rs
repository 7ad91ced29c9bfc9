//! What `cargo xtask bench search` measures: the index over believable documentation, in a worker.

#[cfg(target_arch = "wasm32")]
mod browser;
mod documents;

use sidelight_search::{Document, Index, Piece, Query};

pub use documents::{Wanted, documents, wanted};

/// An index over so many documents, read in pages as in the background.
pub struct Bench {
    /// The documents.
    pub documents: Vec<Document>,
    index: Index,
    kept: Vec<Piece>,
}

/// Rows of a page.
const PAGE: usize = 1000;

impl Bench {
    /// Makes the documents.
    pub fn new(count: usize) -> Self {
        Self { documents: documents(count).collect(), index: Index::default(), kept: Vec::new() }
    }

    /// Puts them into the index.
    pub fn build(&mut self) {
        for page in self.documents.chunks(PAGE) {
            self.index.add(page, 1);
        }
        self.kept = self.index.compact();
    }

    /// Reads the index back from its pieces, as a woken worker does.
    pub fn load(&mut self) -> bool {
        let pieces = self.kept.iter().filter_map(|piece| Some((piece.name.clone(), piece.bytes.clone()?)));
        let Some(index) = Index::load(pieces) else { return false };
        self.index = index;
        true
    }

    /// Bytes of the index in memory.
    pub fn memory(&self) -> usize {
        self.index.memory()
    }

    /// Answers a search as the JSON that a page gets.
    pub fn search(&mut self, text: &str) -> String {
        let answer = self.index.search(&Query { text, company: None, only: false, limit: 40 });
        let hits: Vec<serde_json::Value> = answer
            .hits
            .into_iter()
            .map(|hit| {
                let marks: Vec<[usize; 2]> = hit.marks.iter().map(|range| [range.start, range.end]).collect();
                serde_json::json!({
                    "id": hit.key.id, "title": hit.title, "marks": marks, "group": hit.group,
                    "company": hit.company_name, "url": hit.url, "main": hit.main, "total": answer.total,
                })
            })
            .collect();
        serde_json::Value::from(hits).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_document_comes_first() {
        let mut bench = Bench::new(3000);
        bench.build();
        assert!(bench.load());
        let all = wanted(&bench.documents, 60);
        let first = |wanted: &Wanted| {
            let hits: Vec<serde_json::Value> = serde_json::from_str(&bench.search(&wanted.query)).unwrap_or_default();
            hits.first().is_some_and(|hit| hit["title"] == wanted.title.as_str())
        };
        let right = all.iter().map(first).filter(|first| *first).count();
        assert!(right >= 57, "{right} of {}", all.len());
    }
}
