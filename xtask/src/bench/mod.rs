//! `bench`: measures, and prints what was found beside what is wanted.

mod api;
mod pages;
mod relevance;
mod search;
mod sync;
mod table;

use crate::run::{Failure, Result};

/// Something that can be measured: its name, and how.
type Subject = (&'static str, fn() -> Result<()>);

/// What can be measured.
const SUBJECTS: &[Subject] = &[
    ("sync", sync::measure),
    ("relevance", relevance::measure),
    ("api", api::measure),
    ("pages", pages::measure),
    ("search", search::measure),
];

/// `cargo xtask bench [sync|relevance|api|pages|search]`
pub fn task(words: &[String]) -> Result<()> {
    for word in words {
        if !SUBJECTS.iter().any(|(name, _)| name == word) {
            let names: Vec<&str> = SUBJECTS.iter().map(|(name, _)| *name).collect();
            return Err(Failure(format!("bench does not know {word}, only {}", names.join(", "))));
        }
    }
    for (name, run) in SUBJECTS {
        if words.is_empty() || words.iter().any(|word| word == name) {
            run()?;
        }
    }
    Ok(())
}
