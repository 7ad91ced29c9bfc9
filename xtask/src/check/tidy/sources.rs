//! Rules on source files.

use crate::run::Result;

use super::Source;

/// Most lines of a source file.
const MOST_LINES: usize = 400;

/// Folders whose Rust files are data.
const DATA: &[&str] = &["sandbox/src/world/"];

/// Folders whose code ships, and what it may not hold. The command line prints through its own
/// writer, so it is under the same rule.
const SHIPPED: &[&str] = &["src/", "extension/", "ui/", "centre/", "search/", "cli/src/"];
const FORBIDDEN: &[&str] = &[".unwrap()", "println!", "eprintln!", "dbg!", "todo!", "unimplemented!", "innerHTML"];

/// Source files with too many lines.
pub fn too_long(sources: &[Source]) -> Result<Vec<String>> {
    Ok(sources
        .iter()
        .filter(|source| is_code(&source.path) && !starts_with_any(&source.path, DATA))
        .map(|source| (&source.path, source.text.lines().count()))
        .filter(|&(_, lines)| lines > MOST_LINES)
        .map(|(path, lines)| format!("{path} has {lines} lines"))
        .collect())
}

/// Lines of shipped code that hold what they may not. Comments and tests may.
pub fn forbidden(sources: &[Source]) -> Result<Vec<String>> {
    let shipped = sources
        .iter()
        .filter(|source| is_code(&source.path) && starts_with_any(&source.path, SHIPPED) && !is_test(&source.path));
    Ok(shipped.flat_map(forbidden_lines).collect())
}

fn forbidden_lines(source: &Source) -> Vec<String> {
    source
        .text
        .lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter_map(|(number, line)| {
            let word = FORBIDDEN.iter().find(|word| line.contains(**word))?;
            Some(format!("{}:{}: {word}", source.path, number + 1))
        })
        .collect()
}

fn is_code(path: &str) -> bool {
    [".rs", ".js", ".css"].iter().any(|end| path.ends_with(end))
}

fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs") || path.contains("/tests/")
}

fn starts_with_any(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn finds_what_ships_only() -> Result<()> {
        let text = "// a.unwrap()\nlet b = a.unwrap();\n#[cfg(test)]\nmod tests { a.unwrap() }";
        let sources = ["src/a.rs", "src/a/tests.rs", "sandbox/src/a.rs"].map(|path| source(path, text));
        assert_eq!(forbidden(&sources)?, ["src/a.rs:2: .unwrap()"]);
        Ok(())
    }

    #[test]
    fn counts_lines_of_code_only() -> Result<()> {
        let text = "\n".repeat(401);
        let sources = ["ui/a.css", "sandbox/src/world/a.rs", "docs/a.md"].map(|path| source(path, &text));
        assert_eq!(too_long(&sources)?, ["ui/a.css has 401 lines"]);
        Ok(())
    }
}
