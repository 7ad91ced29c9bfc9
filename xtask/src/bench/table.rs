//! What was measured, in columns.

use crate::say;

/// A table: what, found, wanted.
#[derive(Default)]
pub struct Table(Vec<[String; 3]>);

impl Table {
    /// One line; `wanted` is empty where nothing is.
    pub fn line(&mut self, what: &str, found: String, wanted: &str) {
        self.0.push([what.to_owned(), found, wanted.to_owned()]);
    }

    /// Prints it.
    pub fn print(&self) {
        let wide = |column: usize| self.0.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
        let (first, second) = (wide(0), wide(1));
        for [what, found, wanted] in &self.0 {
            let wanted = if wanted.is_empty() { String::new() } else { format!("  wanted {wanted}") };
            say::line(format!("  {what:<first$}  {found:>second$}{wanted}").trim_end());
        }
    }
}
