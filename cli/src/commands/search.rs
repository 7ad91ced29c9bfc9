//! `sidelight search`: documentation by any of its words.

use sidelight::assist::search::view::HitView;
use sidelight::json::Json;

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Out, Style};
use crate::show;

/// Reads what is due into the index of this computer, searches and prints.
pub async fn search(desk: &Desk, out: &Out, query: &str, limit: usize) -> Result<Exit, Failure> {
    desk.sides().await?;
    let found = desk.service.find(query, limit).await?;
    out.json(&found.to_json());
    if found.groups.is_empty() {
        out.text("Nothing found.");
    }
    for hit in found.groups.iter().flat_map(|group| &group.hits) {
        print(out, hit);
    }
    Ok(Exit::Done)
}

fn print(out: &Out, hit: &HitView) {
    let kind = format!("  {}", hit.kind.map_or("company", show::document));
    let place = if hit.company.is_empty() { String::new() } else { format!(" · {}", hit.company) };
    out.line(&[(Style::Strong, &hit.title), (Style::Dim, &kind), (Style::Dim, &place)]);
    if let Some((label, text, _)) = &hit.value {
        out.line(&[(Style::Plain, "    "), (Style::Plain, &format!("{label}: {text}"))]);
    }
    out.line(&[(Style::Plain, "    "), (Style::Dim, &hit.url)]);
}
