//! The same in a browser's worker.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Bench, wanted};

thread_local! {
    static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
}

fn with<T: Default>(act: impl FnOnce(&mut Bench) -> T) -> T {
    BENCH.with_borrow_mut(|bench| bench.as_mut().map(act).unwrap_or_default())
}

/// Makes so many documents.
#[wasm_bindgen]
pub fn prepare(count: u32) {
    BENCH.set(Some(Bench::new(count as usize)));
}

/// Puts them into the index.
#[wasm_bindgen]
pub fn build() {
    with(Bench::build);
}

/// Reads the index back from its pieces.
#[wasm_bindgen]
pub fn load() -> bool {
    with(Bench::load)
}

/// Bytes of the index.
#[wasm_bindgen]
pub fn index_bytes() -> u32 {
    with(|bench| bench.memory() as u32)
}

/// Names of all documents, as JSON.
#[wasm_bindgen]
pub fn titles() -> String {
    with(|bench| {
        let titles = bench.documents.iter().map(|document| document.title.clone()).collect::<Vec<_>>();
        serde_json::Value::from(titles).to_string()
    })
}

/// What is typed, and the name that should come first, as JSON.
#[wasm_bindgen]
pub fn queries(count: u32) -> String {
    with(|bench| {
        let all = wanted(&bench.documents, count as usize);
        let pair = |one: crate::Wanted| serde_json::json!([one.query, one.title]);
        serde_json::Value::from(all.into_iter().map(pair).collect::<Vec<_>>()).to_string()
    })
}

/// Answers a search.
#[wasm_bindgen]
pub fn search(text: &str) -> String {
    with(|bench| bench.search(text))
}
