//! Sizes that the extension is held to.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::run::{Failure, Result};
use crate::{files, pack, paths, say};

use super::wasm;

const KB: usize = 1024;

/// One size, in bytes, and the most that it may be.
struct Budget {
    what: String,
    size: usize,
    most: usize,
}

/// Prints the sizes of the built extension beside what they may be.
pub fn show() -> Result<()> {
    for Budget { what, size, most } in budgets()? {
        let mark = if size > most { "  OVER" } else { "" };
        let [size, most] = [size, most].map(|bytes| bytes as f64 / KB as f64);
        say::line(&format!("  {what:<16} {size:>8.1} KB of {most:>6.0} KB{mark}"));
    }
    Ok(())
}

/// Fails if one is over its budget.
pub fn hold() -> Result<()> {
    match budgets()?.into_iter().find(|budget| budget.size > budget.most) {
        Some(Budget { what, size, most }) => Err(Failure(format!("{what} is over its budget: {size} of {most} bytes"))),
        None => Ok(()),
    }
}

fn budgets() -> Result<Vec<Budget>> {
    let extension = paths::extension();
    let content = files::bytes(&extension.join("content.js"))?.len();
    let mut budgets = vec![Budget { what: "content.js".to_owned(), size: content, most: 8 * KB }];
    for (module, most) in wasm::MODULES.iter().zip([1425 * KB, 340 * KB, 550 * KB]) {
        let size = gzipped(&extension.join(module.folder))?;
        budgets.push(Budget { what: format!("{}, gzipped", module.folder), size, most });
    }
    let package = pack::archive()?.len();
    budgets.push(Budget { what: "package".to_owned(), size: package, most: 2395 * KB });
    Ok(budgets)
}

/// Sum of the files of a folder, each gzipped by itself.
fn gzipped(folder: &Path) -> Result<usize> {
    let mut sum = 0;
    for file in files::below(folder)? {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&files::bytes(&folder.join(file))?)?;
        sum += encoder.finish()?.len();
    }
    Ok(sum)
}
