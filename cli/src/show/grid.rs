//! Columns that line up, by the width that letters have on a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::out::{Out, Style, clean};

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    style: Style,
    text: String,
    right: bool,
    /// May be cut where the terminal is narrow.
    loose: bool,
}

/// A column is cut to no less than that.
const LEAST: usize = 12;

/// So much of a last column of words has to find room beside the others; the rest of it wraps.
const BEGINNING: usize = 24;

impl Cell {
    /// A text on the left.
    pub fn new(style: Style, text: impl Into<String>) -> Self {
        Self { style, text: clean(&text.into()), right: false, loose: false }
    }

    /// A plain text on the left.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Style::Plain, text)
    }

    /// A text on the left, at most so wide, and less where the terminal is narrow.
    pub fn clipped(style: Style, text: &str, width: usize) -> Self {
        Self { loose: true, ..Self::new(style, clip(text, width)) }
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
    let mut widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    if let Some(room) = out.width() {
        let loose = |column: usize| rows.iter().filter_map(|row| row.get(column)).any(|cell| cell.loose);
        let loose: Vec<bool> = (0..columns).map(loose).collect();
        fit(&mut widths, &loose, room);
    }
    for row in rows {
        let mut pieces = Vec::new();
        for (cell, width) in row.iter().zip(&widths).filter(|(_, width)| **width > 0) {
            let text = clip(&cell.text, *width);
            let gap = " ".repeat(width - text.width());
            let before = if pieces.is_empty() { "" } else { "  " };
            let (left, after) = if cell.right { (gap.as_str(), "") } else { ("", gap.as_str()) };
            pieces.push((Style::Plain, format!("{before}{left}")));
            pieces.push((cell.style, text));
            pieces.push((Style::Plain, after.to_owned()));
        }
        let pieces: Vec<(Style, &str)> = pieces.iter().map(|(style, text)| (*style, text.as_str())).collect();
        out.line(&pieces);
    }
}

/// Takes from the widest columns that may be cut what the rows are wider than the room.
fn fit(widths: &mut [usize], loose: &[bool], room: usize) {
    let shown = widths.iter().filter(|width| **width > 0).count();
    let last = widths.len().saturating_sub(1);
    let wraps = |column: usize| column == last && !loose[column];
    let beside = |widths: &[usize]| {
        let each = widths.iter().enumerate();
        each.map(|(n, width)| if wraps(n) { *width.min(&BEGINNING) } else { *width }).sum::<usize>() + 2 * shown
    };
    while beside(widths) > room + 2 {
        let cut = (0..widths.len()).filter(|n| loose[*n] && widths[*n] > LEAST).max_by_key(|n| widths[*n]);
        let Some(cut) = cut else { return };
        widths[cut] -= 1;
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

    #[test]
    fn a_narrow_terminal_cuts_the_widest_and_no_ids() {
        let mut widths = [23, 44, 20, 8];
        fit(&mut widths, &[false, true, true, true], 80);
        assert_eq!(widths, [23, 23, 20, 8]);
        fit(&mut widths, &[false, true, true, true], 20);
        assert_eq!(widths, [23, 12, 12, 8]);
        // A last column of words wraps.
        let mut widths = [2, 30, 200];
        fit(&mut widths, &[false, true, false], 60);
        assert_eq!(widths, [2, 30, 200]);
    }
}
