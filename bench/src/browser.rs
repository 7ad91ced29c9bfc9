//! The same in a browser.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::Tenant;

thread_local! {
    static TENANT: RefCell<Option<Tenant>> = const { RefCell::new(None) };
}

/// Makes Hudu's side.
#[wasm_bindgen]
pub fn prepare(assets: u32) {
    console_error_panic_hook::set_once();
    TENANT.set(Some(Tenant::new(assets as usize)));
}

/// Makes Halo's records alone, and tells how many facts they have.
#[wasm_bindgen]
pub fn make() -> u32 {
    TENANT.with_borrow(|tenant| tenant.as_ref().map_or(0, |tenant| tenant.make() as u32))
}

/// Plans everything, and tells how many items write.
#[wasm_bindgen]
pub fn plan() -> u32 {
    TENANT.with_borrow(|tenant| {
        let plan = tenant.as_ref().map(Tenant::plan);
        plan.map_or(0, |plan| plan.items.iter().filter(|item| item.writes()).count() as u32)
    })
}
