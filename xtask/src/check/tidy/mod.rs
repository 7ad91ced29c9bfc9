//! House rules that a program can check, each a function from the project to what breaks it.

mod machine;
mod manifest;
mod sources;
mod worker;

use std::path::PathBuf;

use crate::run::{Failure, Result, answer, program};
use crate::{files, paths, say, words};

/// A rule: its sentence, and what finds the places that break it.
struct Rule {
    says: &'static str,
    broken: fn(&[Source]) -> Result<Vec<String>>,
}

const RULES: &[Rule] = &[
    Rule { says: "a file says one thing, in at most 400 lines", broken: sources::too_long },
    Rule { says: "shipped code neither panics nor prints nor writes raw HTML", broken: sources::forbidden },
    Rule { says: "all languages have the same keys", broken: manifest::locales },
    Rule { says: "every translation says what the code says", broken: words::broken },
    Rule { says: "the manifest and the crates have the same version", broken: manifest::version },
    Rule { says: "docs/PERMISSIONS.md explains every permission", broken: manifest::permissions },
    Rule { says: "the worker's script neither imports late nor awaits at its top", broken: worker::late },
    Rule { says: "no file names this machine or a private registry", broken: machine::names },
];

/// A text file of the project.
pub struct Source {
    /// Path from the project's folder, with slashes.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Checks every rule and tells all that is broken at once.
pub fn check() -> Result<()> {
    let sources = sources()?;
    let mut count = 0;
    for rule in RULES {
        let broken = (rule.broken)(&sources)?;
        say::line(&format!("  {} {}", if broken.is_empty() { "ok    " } else { "BROKEN" }, rule.says));
        for place in &broken {
            say::line(&format!("           {place}"));
        }
        count += broken.len();
    }
    if count == 0 { Ok(()) } else { Err(Failure(format!("house rules are broken in {count} places"))) }
}

/// Every text file that Git keeps or would keep.
pub fn sources() -> Result<Vec<Source>> {
    let list =
        answer(program("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]))?;
    if list.is_empty() {
        return Err(Failure("git lists no file; check needs a clone".to_owned()));
    }
    Ok(list
        .split('\0')
        .filter(|path| !path.is_empty())
        .filter_map(|path| {
            let bytes = files::bytes(&paths::root().join(PathBuf::from(path))).ok()?;
            Some(Source { path: path.to_owned(), text: String::from_utf8(bytes).ok()? })
        })
        .collect())
}

/// The one source at this path.
fn source<'a>(sources: &'a [Source], path: &str) -> Result<&'a str> {
    sources
        .iter()
        .find(|source| source.path == path)
        .map(|source| source.text.as_str())
        .ok_or_else(|| Failure(format!("{path} is missing")))
}
