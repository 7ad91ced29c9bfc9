//! Puts the parts together: the manifest, the static files, the modules.

use crate::run::Result;
use crate::{files, paths, words};

use super::{style, wasm};

/// Makes `target/extension` anew.
pub fn assemble(dev: bool) -> Result<()> {
    let extension = paths::extension();
    files::empty(&extension)?;
    files::copy(&paths::root().join("manifest.json"), &extension.join("manifest.json"))?;
    files::copy_all(&paths::root().join("extension/static"), &extension)?;
    for language in files::below(&extension.join("_locales"))? {
        let file = extension.join("_locales").join(language);
        std::fs::write(&file, words::shipped(&files::text(&file)?)?)?;
    }
    style::join(&extension)?;
    // The same page under a name that no web page may embed: for windows and the side panel.
    files::copy(&extension.join("sidebar.html"), &extension.join("panel.html"))?;
    wasm::MODULES.iter().try_for_each(|module| wasm::bind(module, dev))
}
