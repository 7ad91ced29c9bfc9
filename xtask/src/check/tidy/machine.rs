//! A rule on what only this machine knows: its folders and where it fetches packages from.

use crate::paths;
use crate::run::Result;

use super::Source;

/// Where each lock file may say that packages come from.
const LOCKS: &[(&str, &str, &[&str])] = &[
    ("Cargo.lock", "source = \"", &["registry+https://github.com/rust-lang/crates.io-index\""]),
    ("package-lock.json", "\"resolved\": \"", &["https://registry.npmjs.org/"]),
];

/// Lines that name a folder of this machine, and packages from a private registry.
pub fn names(sources: &[Source]) -> Result<Vec<String>> {
    let folders = folders();
    let folders = sources.iter().flat_map(|source| {
        lines_with(source, |line| folders.iter().find(|folder| line.contains(folder.as_str())).cloned())
    });
    let registries = sources.iter().flat_map(foreign_packages);
    Ok(folders.chain(registries).collect())
}

/// The project's own folder, unless its path is so short that other texts hold it by chance, and
/// what Rust and npm keep at home.
fn folders() -> Vec<String> {
    let root = paths::root();
    let project = (root.components().count() > 2).then(|| root.display().to_string());
    let home = std::env::home_dir().into_iter();
    let caches = home.flat_map(|home| [".cargo", ".rustup", ".npm"].map(|name| home.join(name).display().to_string()));
    project.into_iter().chain(caches).collect()
}

fn foreign_packages(source: &Source) -> Vec<String> {
    let Some((_, key, allowed)) = LOCKS.iter().find(|(path, _, _)| source.path == *path) else {
        return Vec::new();
    };
    lines_with(source, |line| {
        let (_, place) = line.split_once(key)?;
        (!allowed.iter().any(|known| place.starts_with(known))).then(|| place.to_owned())
    })
}

fn lines_with(source: &Source, find: impl Fn(&str) -> Option<String>) -> Vec<String> {
    source
        .text
        .lines()
        .enumerate()
        .filter_map(|(number, line)| Some(format!("{}:{}: {}", source.path, number + 1, find(line)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_folders_and_registries() -> Result<()> {
        let lock = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n\
            source = \"registry+https://crates.example.com/index\"";
        let folder = format!("built in {}", folders().concat());
        let sources = [("Cargo.lock", lock), ("docs/a.md", folder.as_str())]
            .map(|(path, text)| Source { path: path.to_owned(), text: text.to_owned() });
        let broken = names(&sources)?;
        assert_eq!(broken.len(), 2, "{broken:?}");
        assert!(broken[0].starts_with("docs/a.md:1"));
        assert!(broken[1].contains("crates.example.com"));
        Ok(())
    }
}
