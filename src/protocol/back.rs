//! What is written back by hand.

use crate::assist::view::DocumentKind;
use crate::halo::record::RecordRef;
use crate::json::Json;

/// What a person writes back beside what is synced.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(tag = "back")]
pub enum Back {
    /// A private note with the link of a document on a Halo ticket. It has no form.
    Attach {
        /// Halo id of the ticket.
        ticket: i64,
        /// Kind of the document.
        kind: DocumentKind,
        /// Hudu id of the document.
        id: i64,
    },
    /// A private note with the text of an article on a Halo ticket. It has no form.
    Insert {
        /// Halo id of the ticket.
        ticket: i64,
        /// Hudu id of the article.
        article: i64,
    },
    /// A private note that lists what was used for a Halo ticket. It has no form.
    Trail {
        /// Halo id of the ticket.
        ticket: i64,
    },
    /// A quick note to a company.
    Note {
        /// Hudu id of the company.
        company: i64,
    },
    /// Fields of an asset.
    Edit {
        /// Hudu id of the asset.
        asset: i64,
    },
    /// A new asset or person.
    Add {
        /// Hudu id of the company.
        company: i64,
        /// Hudu id of the layout; `None` takes that of the settings.
        layout: Option<i64>,
        /// The record in view: its form begins with what that names.
        about: Option<RecordRef>,
    },
    /// A new password.
    Password {
        /// Hudu id of the company.
        company: i64,
        /// Hudu id of the asset that it belongs to.
        asset: Option<i64>,
        /// The record in view: its form begins with the user that this is of.
        about: Option<RecordRef>,
    },
    /// A relation of a document with another of the same company, or of the one in view.
    Relate {
        /// Kind of the document.
        kind: DocumentKind,
        /// Hudu id of the document.
        id: i64,
        /// Hudu id of the company in view.
        company: Option<i64>,
    },
}
