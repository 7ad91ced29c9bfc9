//! The filter box's arithmetic: which rows it finds, and which letters of them to mark.

use sidelight::assist::view::{ItemView, SectionView};

/// A line of an open section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A layout or folder.
    Label(String),
    /// A document.
    Item(ItemView),
}

/// What the filter leaves of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// Labels and documents in order.
    pub lines: Vec<Line>,
    /// How many documents are among them.
    pub found: usize,
}

/// The filter's words, in lower case.
pub fn filter_words(filter: &str) -> Vec<String> {
    filter.split_whitespace().map(str::to_lowercase).collect()
}

/// The lines of a section that hold every word of the filter.
pub fn lines(section: &SectionView, words: &[String]) -> Filtered {
    let mut filtered = Filtered::default();
    for group in &section.groups {
        let hits: Vec<&ItemView> = group.items.iter().filter(|item| holds(item, words)).collect();
        if hits.is_empty() {
            continue;
        }
        filtered.found += hits.len();
        filtered.lines.extend(group.label.clone().map(Line::Label));
        filtered.lines.extend(hits.into_iter().cloned().map(Line::Item));
    }
    filtered
}

fn holds(item: &ItemView, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let subtitle = item.subtitle.as_deref().unwrap_or_default();
    let text = format!("{} {} {}", item.title, subtitle, item.words).to_lowercase();
    words.iter().all(|word| text.contains(word))
}

/// The text in parts, each with whether a word of the filter stands there.
pub fn marks(text: &str, words: &[String]) -> Vec<(String, bool)> {
    let letters: Vec<char> = text.chars().collect();
    let lower: Vec<char> = letters.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let mut marked = vec![false; letters.len()];
    for word in words {
        let word: Vec<char> = word.chars().collect();
        for start in 0..=lower.len().saturating_sub(word.len()) {
            if lower[start..].starts_with(&word) {
                marked[start..start + word.len()].fill(true);
            }
        }
    }
    let mut parts: Vec<(String, bool)> = Vec::new();
    for (letter, marked) in letters.into_iter().zip(marked) {
        match parts.last_mut() {
            Some((part, same)) if *same == marked => part.push(letter),
            _ => parts.push((letter.to_string(), marked)),
        }
    }
    parts
}
