//! The bundle that shows popup and sidebar: one function over the parts of `sidelight-ui`, of which the sync centre
//! has a bundle of its own.

/// Shows a page (`popup` or `sidebar`) in place of the skeleton in its HTML file.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn mount(page: &str) {
    console_error_panic_hook::set_once();
    sidelight_ui::pages::mount(page);
}
