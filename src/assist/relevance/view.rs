//! What a page shows of a ranking.

use super::rank::{Ranked, Reason};
use crate::assist::sections::{Desk, folder_path, item};
use crate::assist::view::{Chip, DocumentKind, ItemView, Tone};
use crate::json::Json;
use crate::{many, t};

/// What fits the record in view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct SuggestedView {
    /// The best first.
    pub items: Vec<SuggestionView>,
    /// What to say where there is nothing, in one sentence.
    pub nothing: Option<String>,
    /// What belongs to no client (the Central knowledge base, relations) was not read for long: asking with
    /// `central` is worth it.
    pub central_due: bool,
    /// Milliseconds since 1970 at which this was ranked.
    pub as_of: i64,
}

/// One document that fits.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct SuggestionView {
    /// The document as a row.
    pub item: ItemView,
    /// Why, strongest first.
    pub reasons: Vec<Chip>,
    /// Words of the ticket, to be marked in the title.
    pub marks: Vec<String>,
    /// How well it fits: 1000 for the best of the ranking.
    pub score: u32,
}

/// The best of a ranking as a page shows them. `own` is the company's desk, `central` that of the Central
/// knowledge base.
pub fn suggestions(ranked: &[Ranked], own: Option<&Desk>, central: Option<&Desk>, limit: usize) -> Vec<SuggestionView> {
    let best = ranked.first().map_or(1.0, |best| best.score);
    let mut shown = Vec::new();
    for ranked in ranked {
        let desk = if ranked.own { own } else { central };
        let Some(mut item) = desk.and_then(|desk| item(desk, ranked.kind, ranked.id)) else { continue };
        if ranked.kind == DocumentKind::Article {
            item.subtitle = desk.and_then(|desk| place(desk, ranked));
        }
        let marks = ranked.reasons.iter().filter_map(|reason| match reason {
            Reason::Word(word) | Reason::Named(word) => Some(word.to_lowercase()),
            _ => None,
        });
        shown.push(SuggestionView {
            item,
            marks: marks.collect(),
            reasons: ranked.reasons.iter().take(3).map(chip).collect(),
            score: (ranked.score / best * 1000.0).round().max(0.0) as u32,
        });
        if shown.len() == limit {
            break;
        }
    }
    shown
}

/// Where an article stands: "Central · Network / VPN".
fn place(desk: &Desk, ranked: &Ranked) -> Option<String> {
    let article = desk.library.articles.rows.iter().find(|article| article.id == ranked.id)?;
    let folder = folder_path(article, &desk.library.folders);
    match (ranked.own, folder) {
        (true, folder) => folder,
        (false, Some(folder)) => Some(format!("Central · {folder}")),
        (false, None) => Some("Central".to_owned()),
    }
}

fn chip(reason: &Reason) -> Chip {
    let strong = |text: String| Chip { text, tone: Tone::Accent };
    let plain = |text: String| Chip { text, tone: Tone::Plain };
    match reason {
        Reason::Linked => strong(t!("linked asset")),
        Reason::Sender => strong(t!("raised this ticket")),
        Reason::Theirs(name) => strong(t!("{name}’s device", name)),
        Reason::Named(word) => strong(t!("names {word}", word)),
        Reason::Opened(times) => {
            plain(many!(*times, "opened for a ticket like this", "opened for {n} tickets like this"))
        }
        Reason::Word(word) if word.bytes().any(|b| b.is_ascii_digit()) => strong(t!("names {word}", word)),
        Reason::Word(word) => plain(t!("mentions {word}", word)),
        Reason::About(notion) => plain(t!("about {notion}", notion)),
    }
}
