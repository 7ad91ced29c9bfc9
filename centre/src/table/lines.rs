//! The table's arithmetic: which line stands where. With groups, each group's head takes a line.

use sidelight::sync::table::GroupView;

/// Height of a line in CSS pixels; the style sheet has the same number.
pub const LINE: usize = 36;

/// Most lines that are on the page at once.
pub const MOST: usize = 110;

/// Lines drawn above and below what is in view.
const MARGIN: usize = 12;

/// The range in view is moved in steps of so many lines, so that not every pixel draws anew.
const STEP: usize = 6;

/// What stands on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The head of this group.
    Group(usize),
    /// This row.
    Row(usize),
}

/// How many lines rows and heads take.
pub fn count(rows: usize, groups: &[GroupView]) -> usize {
    rows + groups.len()
}

/// What stands on a line.
pub fn at(line: usize, groups: &[GroupView]) -> Line {
    match group_at(line, groups) {
        None => Line::Row(line),
        Some(group) if line == head(group, groups) => Line::Group(group),
        Some(group) => Line::Row(line - group - 1),
    }
}

/// The group that a line belongs to.
pub fn group_at(line: usize, groups: &[GroupView]) -> Option<usize> {
    let after = partition(groups.len(), |group| head(group, groups) <= line);
    after.checked_sub(1)
}

/// The line of a row.
pub fn of_row(row: usize, groups: &[GroupView]) -> usize {
    row + groups.partition_point(|group| group.first <= row)
}

/// The lines to draw, for what is scrolled into view, in pixels.
pub fn in_view(top: f64, height: f64, lines: usize) -> (usize, usize) {
    let first = (top.max(0.0) / LINE as f64) as usize;
    let start = first.saturating_sub(MARGIN) / STEP * STEP;
    let shown = (height.max(0.0) / LINE as f64) as usize + 2 * MARGIN + STEP;
    let end = start + shown.min(MOST);
    (start.min(lines), end.min(lines))
}

/// Line of a group's head: its first row, below the heads before it.
fn head(group: usize, groups: &[GroupView]) -> usize {
    groups[group].first + group
}

fn partition(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(counts: &[usize]) -> Vec<GroupView> {
        let mut first = 0;
        counts
            .iter()
            .map(|&count| {
                let group = GroupView { client: None, name: String::new(), first, count };
                first += count;
                group
            })
            .collect()
    }

    #[test]
    fn heads_stand_above_their_rows() {
        let groups = groups(&[2, 1, 3]);
        let lines: Vec<Line> = (0..count(6, &groups)).map(|line| at(line, &groups)).collect();
        use Line::{Group, Row};
        assert_eq!(lines, [Group(0), Row(0), Row(1), Group(1), Row(2), Group(2), Row(3), Row(4), Row(5)]);
        for (line, what) in lines.iter().enumerate() {
            if let Row(row) = what {
                assert_eq!(of_row(*row, &groups), line);
            }
        }
    }

    #[test]
    fn without_groups_a_line_is_a_row() {
        assert_eq!(at(7, &[]), Line::Row(7));
        assert_eq!(of_row(7, &[]), 7);
        assert_eq!(group_at(7, &[]), None);
    }

    #[test]
    fn few_lines_are_drawn_however_many_there_are() {
        for top in [0.0, 12_345.0, 3_599_000.0] {
            let (start, end) = in_view(top, 5_000.0, 100_000);
            assert!(end - start <= MOST, "{start}..{end}");
            let first = (top / LINE as f64) as usize;
            assert!(start <= first && (first < end || end == 100_000), "{start}..{end} at {first}");
        }
        assert_eq!(in_view(0.0, 500.0, 3), (0, 3));
        assert_eq!(in_view(-20.0, 0.0, 0), (0, 0));
    }
}
