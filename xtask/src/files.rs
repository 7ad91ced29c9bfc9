//! Files and folders, always in the same order.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Failure, Result};

/// The files below a folder, as paths relative to it, sorted.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    walk(folder, Path::new(""), &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, inside: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let here = folder.join(inside);
    let entries = fs::read_dir(&here).map_err(|e| about(&here, &e))?;
    for entry in entries {
        let entry = entry?;
        let path = inside.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            walk(folder, &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// Copies everything below one folder into another.
pub fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for path in below(from)? {
        copy(&from.join(&path), &to.join(&path))?;
    }
    Ok(())
}

/// Copies one file; folders are made.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).map_err(|e| about(from, &e))?;
    Ok(())
}

/// An empty folder, whatever was there.
pub fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

/// The text of a file.
pub fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|e| about(file, &e))
}

/// The bytes of a file.
pub fn bytes(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).map_err(|e| about(file, &e))
}

fn about(file: &Path, error: &std::io::Error) -> Failure {
    Failure(format!("{}: {error}", file.display()))
}
