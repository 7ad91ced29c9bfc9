//! What a worker (Chromium) and a background page (Firefox) both have in their global scope.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Crypto, IdbFactory, Request};

#[wasm_bindgen]
extern "C" {
    /// Sends one request.
    pub fn fetch(request: &Request) -> Promise;
    /// Calls back after so many milliseconds.
    #[wasm_bindgen(js_name = setTimeout)]
    pub fn set_timeout(callback: &Function, ms: i32) -> f64;
    /// Chance and encryption.
    #[wasm_bindgen(thread_local_v2, js_name = crypto)]
    pub static CRYPTO: Crypto;
    /// The database.
    #[wasm_bindgen(thread_local_v2, js_name = indexedDB)]
    pub static INDEXED_DB: IdbFactory;
}
