//! Columns that line up, by the width that letters have on a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::out::{Out, Style, clean};

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    style: Style,
    text: String,
    right: bool,
}

impl Cell {
    /// A text on the left.
    pub fn new(style: Style, text: impl Into<String>) -> Self {
        Self { style, text: clean(&text.into()), right: false }
    }

    /// A plain text on the left.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Style::Plain, text)
    }

    /// A text on the left, at most so wide.
    pub fn clipped(style: Style, text: &str, width: usize) -> Self {
        Self::new(style, clip(text, width))
    }

    /// A text on the right, as numbers stand.
    pub fn right(style: Style, text: impl Into<String>) -> Self {
        Self { right: true, ..Self::new(style, text) }
    }
}

/// The text, cut where it is wider.
fn clip(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        if kept.width() + letter.width().unwrap_or_default() >= width {
            break;
        }
        kept.push(letter);
    }
    kept.push('…');
    kept
}

/// Prints the rows with two spaces between the columns. Columns that are empty everywhere are left out.
pub fn print(out: &Out, rows: &[Vec<Cell>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.width()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    for row in rows {
        let mut pieces = Vec::new();
        for (cell, width) in row.iter().zip(&widths).filter(|(_, width)| **width > 0) {
            let gap = " ".repeat(width - cell.text.width());
            let before = if pieces.is_empty() { "" } else { "  " };
            let (left, after) = if cell.right { (gap.as_str(), "") } else { ("", gap.as_str()) };
            pieces.push((Style::Plain, format!("{before}{left}")));
            pieces.push((cell.style, cell.text.clone()));
            pieces.push((Style::Plain, after.to_owned()));
        }
        let pieces: Vec<(Style, &str)> = pieces.iter().map(|(style, text)| (*style, text.as_str())).collect();
        out.line(&pieces);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_count_as_two() {
        assert_eq!(clip("Acme", 4), "Acme");
        assert_eq!(clip("Acme Ltd", 5), "Acme…");
        assert_eq!(clip("東京電力", 5), "東京…");
    }
}
