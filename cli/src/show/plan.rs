//! A plan as sentences with the differences of each field.

use sidelight::sync::describe;
use sidelight::sync::plan::{Plan, Subject};
use sidelight::sync::view::{Action, CandidateView, FieldDiffView, PlanItemView};

use super::words::mark;
use crate::out::{Out, Style};

/// Longest value that is shown whole.
const LONGEST: usize = 80;
/// Stands for an empty value.
const NOTHING: &str = "(empty)";

/// Prints the plan: sentences for one record, a table for everything.
pub fn plan(out: &Out, plan: &Plan) {
    if matches!(plan.subject, Subject::Everything(_)) {
        return super::everything(out, plan, false, false);
    }
    out.line(&[(Style::Strong, &describe::title(plan))]);
    for item in &plan.items {
        self::item(out, &describe::item(item, plan.direction));
    }
}

/// Prints one item: a sentence, why, and what changes.
pub fn item(out: &Out, item: &PlanItemView) {
    let (mark, style) = mark(item.action);
    out.line(&[(Style::Plain, "  "), (style, mark), (Style::Plain, " "), (Style::Plain, &item.sentence)]);
    if !item.reason.is_empty() {
        out.line(&[(Style::Plain, "    "), (Style::Dim, &item.reason)]);
    }
    let width = item.fields.iter().map(|field| field.label.chars().count()).max().unwrap_or_default().min(24);
    for field in &item.fields {
        self::field(out, field, item.action == Action::Create, width);
    }
    let width = item.candidates.iter().map(|candidate| candidate.id.to_string().len()).max().unwrap_or_default();
    for candidate in &item.candidates {
        self::candidate(out, candidate, width);
    }
}

fn field(out: &Out, field: &FieldDiffView, new: bool, width: usize) {
    let label = format!("    {:width$}  ", field.label);
    let after = short(field.after.as_deref());
    let before = format!("{} → ", short(field.before.as_deref()));
    let note = field.note.as_ref().map(|note| format!("  ({note})")).unwrap_or_default();
    let before = if new { "" } else { before.as_str() };
    out.line(&[(Style::Dim, &label), (Style::Dim, before), (Style::Plain, &after), (Style::Warn, &note)]);
}

fn candidate(out: &Out, candidate: &CandidateView, width: usize) {
    let id = format!("    {:>width$}", candidate.id);
    let words = format!("  {} ({})  ", candidate.name, candidate.why);
    out.line(&[(Style::Strong, &id), (Style::Plain, &words), (Style::Dim, &candidate.url)]);
}

/// A value on one line.
fn short(value: Option<&str>) -> String {
    let line = value.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        _ if line.is_empty() => NOTHING.to_owned(),
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fit_on_a_line() {
        assert_eq!(short(None), "(empty)");
        assert_eq!(short(Some(" a\n  b ")), "a b");
        assert_eq!(short(Some(&"ä".repeat(81))), format!("{}…", "ä".repeat(80)));
    }
}
