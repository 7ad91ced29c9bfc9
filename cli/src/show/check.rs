//! The lines of the connection check.

use sidelight::http::Product;
use sidelight::settings::check::{CheckLine, Grade};

use crate::out::{Out, Style};

/// Prints the lines, each side under its name, and what the layouts lack.
pub fn check(out: &Out, lines: &[CheckLine], layouts: &[String]) {
    for (nth, product) in [Product::Halo, Product::Hudu].into_iter().enumerate() {
        if nth > 0 {
            out.text("");
        }
        out.line(&[(Style::Strong, product.name())]);
        for line in lines.iter().filter(|line| line.product == product) {
            let (mark, style) = mark(line.grade);
            out.line(&[(Style::Plain, "  "), (style, mark), (Style::Plain, " "), (Style::Plain, &line.sentence)]);
            if let Some(remedy) = &line.remedy {
                out.line(&[(Style::Plain, "    "), (Style::Dim, remedy)]);
            }
        }
    }
    for layout in layouts {
        out.line(&[(Style::Plain, "  "), (Style::Warn, "!"), (Style::Plain, " To be done: "), (Style::Plain, layout)]);
    }
    if !layouts.is_empty() {
        let remedy = "    `sidelight init --create-layouts` does it now, a sync when it first needs the layout.";
        out.line(&[(Style::Dim, remedy)]);
    }
}

fn mark(grade: Grade) -> (&'static str, Style) {
    match grade {
        Grade::Good => ("✓", Style::Good),
        Grade::Warn => ("!", Style::Warn),
        Grade::Bad => ("✗", Style::Bad),
        Grade::Skipped => ("–", Style::Dim),
    }
}
