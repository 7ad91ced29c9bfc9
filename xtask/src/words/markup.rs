//! The words in the static pages: their texts, and the attributes that are read out.

use super::Sentence;

/// The attribute that the pages' script looks for as well.
const SPOKEN: &str = "aria-label=\"";
/// The product's name, and keys.
const NAMES: &[&str] = &["Sidelight"];

/// The sentences of a page, as a browser reads them.
pub fn page(path: &str, text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
        let is_key = tag.starts_with("kbd");
        let label = tag.split_once(SPOKEN).and_then(|(_, rest)| rest.split_once('"')).map(|(label, _)| label);
        let words = Some(words.trim()).filter(|_| !is_key);
        for sentence in [label, words].into_iter().flatten() {
            if !sentence.is_empty() && !NAMES.contains(&sentence) {
                found.push(Sentence::plain(sentence, path));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_labels_are_read() {
        let page = page(
            "a.html",
            "<!doctype html>\n<title>A: b</title><nav aria-label=\"On it\">\n <a href=\"#x\">Go</a> <kbd>Enter</kbd></nav><p>Sidelight <span></span></p>",
        );
        let english: Vec<_> = page.iter().map(|sentence| sentence.english.as_str()).collect();
        assert_eq!(english, ["A: b", "On it", "Go"]);
    }
}
