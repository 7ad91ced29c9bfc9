//! Words of documentation, and an index over them that answers at each keystroke.
//!
//! It knows neither product: a document is a kind, an id, a company and some texts. It is built for
//! speed (`opt-level = 3`) while the rest of the worker is built for size, so it has no dependencies.

mod bytes;
mod document;
mod index;
mod query;
pub mod text;

pub use document::{Class, Document, Field, Key};
pub use index::{Entry, Index, Piece};
pub use query::{Answer, Hit, Query};
