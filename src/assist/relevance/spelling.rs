//! The word that was meant by a misspelt one.

use super::index::Index;
use super::words::known;

/// The known stem nearest to one that neither the documentation nor the vocabulary knows: one edit for
/// words of four to seven letters, two for longer ones; the first letter is taken for right.
pub(super) fn meant<'a>(stem: &str, indexes: &[&'a Index]) -> Option<String> {
    let letters: Vec<char> = stem.chars().collect();
    if letters.len() < 4 || !letters.iter().all(|letter| letter.is_alphabetic()) {
        return None;
    }
    let most = if letters.len() < 8 { 1 } else { 2 };
    let first = *letters.first()?;
    let documented = indexes.iter().flat_map(|index| index.starting(first));
    let known = known().map(|term| -> &'a str { term });
    let mut best: Option<(usize, &'a str)> = None;
    for term in known.filter(|term| term.starts_with(first)).chain(documented) {
        let length = term.chars().count();
        if length < 4 || length.abs_diff(letters.len()) > most {
            continue;
        }
        let distance = distance(&letters, term, most);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, term));
        }
    }
    best.map(|(_, term)| term.to_owned())
}

/// Letters to insert, remove, replace or swap; more than `most` is not counted out.
fn distance(a: &[char], b: &str, most: usize) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(letter != other)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == *other {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        if next.iter().min().is_some_and(|least| *least > most) {
            return most + 1;
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_typing_are_forgiven_and_other_words_are_not() {
        for (wrong, right) in [("pritner", "printer"), ("calender", "calendar"), ("autenticator", "authenticator")] {
            let mut stem = right.to_owned();
            sidelight_search::text::stem(&mut stem);
            assert_eq!(meant(wrong, &[]), Some(stem), "{wrong}");
        }
        assert_eq!(meant("xylophone", &[]), None);
        assert_eq!(meant("vnp", &[]), None);
    }
}
