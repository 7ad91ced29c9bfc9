//! One document of a company, open.

mod asset;
mod password;
mod process;

pub use asset::of_asset;

use crate::assist::sections::{Desk, folder_path};
use crate::assist::view::{BodyView, DeedView, DocumentKind, DocumentView, UseView};
use crate::html::{Pictures, sanitise_with};
use crate::hudu::link::{self, slug_path};
use crate::hudu::model::{Article, PublicPhoto};
use crate::library::Shelf;

/// What this device knows of a document beside Hudu's own data.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The Halo article that a Hudu article was published as.
    pub published: Option<i64>,
    /// Uses of a password.
    pub uses: Vec<UseView>,
    /// Steps of a process that were ticked here because Hudu did not take it.
    pub ticks: Vec<i64>,
    /// What was done with a process.
    pub deeds: Vec<DeedView>,
}

/// The document of that kind and id, if the company has it.
pub fn document(desk: &Desk, kind: DocumentKind, id: i64, known: Known) -> Option<DocumentView> {
    let library = desk.library;
    match kind {
        DocumentKind::Asset | DocumentKind::Person => {
            row(&library.assets, |asset| asset.id == id).map(|(asset, as_of)| of_asset(desk, asset, as_of))
        }
        DocumentKind::Article => row(&library.articles, |article| article.id == id)
            .map(|(article, as_of)| of_article(desk, article, as_of, known.published)),
        DocumentKind::Password => row(&library.passwords, |password| password.id == id)
            .map(|(row, as_of)| password::of_password(desk, row, as_of, known.uses)),
        DocumentKind::Process => row(&library.procedures, |procedure| procedure.id == id)
            .map(|(procedure, as_of)| process::of_process(desk, procedure, as_of, &known.ticks, known.deeds)),
        DocumentKind::Website | DocumentKind::Expiration => None,
    }
}

fn row<T>(shelf: &Shelf<T>, fits: impl Fn(&T) -> bool) -> Option<(&T, i64)> {
    shelf.rows.iter().find(|row| fits(row)).map(|row| (row, shelf.as_of.unwrap_or_default()))
}

/// An article, sanitised.
pub fn of_article(desk: &Desk, article: &Article, as_of: i64, published: Option<i64>) -> DocumentView {
    let html = article.content.as_deref().unwrap_or_default();
    let number = |photo: &PublicPhoto| photo.id.clone().zip(photo.numeric_id);
    let pictures = Pictures::Named(article.public_photos.iter().filter_map(number).collect());
    DocumentView {
        kind: DocumentKind::Article,
        id: article.id,
        title: article.name.clone().unwrap_or_default(),
        group: folder_path(article, &desk.library.folders),
        url: link::absolute(desk.origin, article.url.as_deref(), &slug_path("/kba/", &article.slug)),
        created: article.created,
        updated: article.updated,
        archived: article.archived,
        as_of,
        body: BodyView::Article { html: sanitise_with(html, desk.origin, pictures), published },
    }
}
