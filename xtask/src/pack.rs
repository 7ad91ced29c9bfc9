//! `pack`: one build as a package for each store. The same sources make the same bytes.

use std::io::{Cursor, Write};

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::run::{Failure, Result};
use crate::{build, files, paths, say};

/// `cargo xtask pack`
pub fn task(_: &[String]) -> Result<()> {
    build::build(false)?;
    build::hold_budgets()?;
    say::step("Packing");
    let manifest = files::text(&paths::extension().join("manifest.json"))?;
    let manifest: Value = serde_json::from_str(&manifest).map_err(|e| Failure(format!("manifest.json: {e}")))?;
    let version = manifest["version"].as_str().unwrap_or_default();
    let bytes = archive()?;
    let folder = paths::target().join("package");
    files::empty(&folder)?;
    for name in [format!("sidelight-{version}-chrome.zip"), format!("sidelight-{version}-firefox.xpi")] {
        let file = folder.join(name);
        std::fs::write(&file, &bytes)?;
        say::line(&format!("{} ({} bytes)", file.display(), bytes.len()));
    }
    Ok(())
}

/// The extension as a zip file: sorted, without dates or owners.
pub fn archive() -> Result<Vec<u8>> {
    let folder = paths::extension();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for path in files::below(&folder)? {
        let name = path.to_string_lossy().replace('\\', "/");
        archive.start_file(name, options).map_err(|e| Failure(e.to_string()))?;
        archive.write_all(&files::bytes(&folder.join(path))?)?;
    }
    Ok(archive.finish().map_err(|e| Failure(e.to_string()))?.into_inner())
}
