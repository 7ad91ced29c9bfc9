//! Words that were typed, and which letters of a text they are.

/// What was typed as words, in lower case.
pub fn filter_words(filter: &str) -> Vec<String> {
    filter.split_whitespace().map(str::to_lowercase).collect()
}

/// The text in parts, each with whether a word of these stands there.
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
