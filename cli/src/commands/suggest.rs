//! `sidelight suggest`: which documents fit a ticket.

use sidelight::assist::relevance::view::SuggestedView;
use sidelight::assist::sidebar;
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::json::Json;

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Out, Style};
use crate::show;

/// Reads the ticket and its client's documentation, ranks and prints.
pub async fn suggest(desk: &Desk, out: &Out, ticket: i64, limit: usize) -> Result<Exit, Failure> {
    let sides = desk.patient().await?;
    let record = RecordRef::new(RecordKind::Ticket, ticket);
    sidebar::fresh(&sides, record).await?;
    let view = desk.service.suggest(record, true, limit).await?.unwrap_or_default();
    out.json(&view.to_json());
    print(out, &view);
    Ok(Exit::Done)
}

fn print(out: &Out, view: &SuggestedView) {
    if let Some(nothing) = &view.nothing {
        out.text(nothing);
    }
    for (at, found) in view.items.iter().enumerate() {
        let number = format!("{:>2}. ", at + 1);
        let kind = format!("  {}", show::document(found.item.kind));
        let place = found.item.subtitle.as_ref().map(|place| format!(" · {place}")).unwrap_or_default();
        out.line(&[
            (Style::Dim, &number),
            (Style::Strong, &found.item.title),
            (Style::Dim, &kind),
            (Style::Dim, &place),
        ]);
        let why: Vec<&str> = found.reasons.iter().map(|chip| chip.text.as_str()).collect();
        out.line(&[(Style::Plain, "    "), (Style::Plain, &why.join(", "))]);
        out.line(&[(Style::Plain, "    "), (Style::Dim, &found.item.url)]);
    }
}
