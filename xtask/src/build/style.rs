//! One stylesheet for each page: a browser fetches the files of an extension one after the other, and shows nothing
//! before the last. The sources stay in parts.

use std::fs;
use std::path::Path;

use crate::files;
use crate::run::{Failure, Result};

/// What begins and ends a link to a stylesheet in a page.
const LINK: (&str, &str) = ("<link rel=\"stylesheet\" href=\"", "\">");

/// Where the parts stand; the joined ones stand there in their place.
const FOLDER: &str = "styles";

/// Joins what each page links to, in its order, and takes the parts away.
pub fn join(extension: &Path) -> Result<()> {
    let mut joined = Vec::new();
    for path in files::below(extension)? {
        let name = path.to_string_lossy();
        let Some(page) = name.strip_suffix(".html") else { continue };
        let text = files::text(&extension.join(&path))?;
        let (page_text, parts) = with_one_link(&text, &format!("{FOLDER}/{page}.css"));
        if parts.is_empty() {
            continue;
        }
        let parts = parts.iter().map(|part| files::text(&extension.join(part))).collect::<Result<Vec<_>>>()?;
        fs::write(extension.join(&path), page_text)?;
        joined.push((format!("{page}.css"), parts.concat()));
    }
    let folder = extension.join(FOLDER);
    files::empty(&folder)?;
    joined.into_iter().try_for_each(|(name, text)| fs::write(folder.join(name), text)).map_err(Failure::from)
}

/// A page with one link in place of its first, and the addresses that it linked to.
fn with_one_link(page: &str, one: &str) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut parts = Vec::new();
    for line in page.split_inclusive('\n') {
        let part = line.trim().strip_prefix(LINK.0).and_then(|rest| rest.strip_suffix(LINK.1));
        match part {
            None => text.push_str(line),
            Some(part) => {
                if parts.is_empty() {
                    let link = format!("{}{one}{}", LINK.0, LINK.1);
                    text.push_str(&line.replace(line.trim(), &link));
                }
                parts.push(part.to_owned());
            }
        }
    }
    (text, parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_link_stands_where_the_first_stood() {
        let page = "<head>\n  <link rel=\"stylesheet\" href=\"styles/a.css\">\n  <link rel=\"stylesheet\" href=\"styles/b.css\">\n  <title>x</title>\n";
        let (text, parts) = with_one_link(page, "styles/page.css");
        assert_eq!(text, "<head>\n  <link rel=\"stylesheet\" href=\"styles/page.css\">\n  <title>x</title>\n");
        assert_eq!(parts, ["styles/a.css", "styles/b.css"]);
    }
}
