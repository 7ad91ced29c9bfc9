//! An article. Its HTML is somebody else's: it is shown in a frame without scripts, forms or origin.

use super::company::{back, folder};
use super::view::{View, escape, when};
use crate::hudu::answer::{Answer, Reply};
use crate::hudu::state::State;
use crate::hudu::store::{Record, text_of};

/// One article with its frame.
pub(super) fn page(state: &State, article: Option<&Record>) -> Reply {
    let article = article.ok_or_else(Answer::lost_page)?;
    let mut view = View::new("Article", text_of(article, "name"));
    let path = folder(state, article);
    let archived = if crate::hudu::filter::is_archived(article) { " <span class=badge>archived</span>" } else { "" };
    view.raw(&format!("<p>{}{}{path}{archived}</p>", back(state, article), if path.is_empty() { "" } else { " · " }));
    view.note(&format!("Updated {}", when(article, "updated_at")));
    view.raw(&format!(
        "<iframe class=article sandbox title=\"Content of the article\" src=\"/kba/{}?frame=1\"></iframe>",
        escape(text_of(article, "slug"))
    ));
    Ok(view.finish())
}

/// The content alone, for the frame.
pub(super) fn frame(state: &State, article: Option<&Record>) -> Reply {
    let article = article.ok_or_else(Answer::lost_page)?;
    let page = format!(
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>{}</title><link rel=stylesheet href=/hudu.css>\
         <body class=content>{}</body></html>",
        escape(text_of(article, "name")),
        text_of(article, "content")
    );
    let origin = &state.origin;
    let policy = format!("sandbox; default-src 'none'; img-src {origin}; style-src {origin}; frame-ancestors 'self'");
    Ok(Answer::new(200, "text/html; charset=utf-8", page).with("content-security-policy", policy))
}
