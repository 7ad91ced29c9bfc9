//! What fits a ticket: its client's documentation and the Central knowledge base, ranked, with reasons.
//!
//! The ranking is BM25 over stems, codes and notions (words that mean the same on a service desk), with
//! the place of a word and its rarity weighed; what Halo itself knows (linked assets, who asks) and what
//! was opened for similar tickets is added. It reads what is stored and sends nothing anywhere.

mod corpus;
pub mod fresh;
pub mod history;
mod index;
mod plain;
mod rank;
mod spelling;
mod ticket;
pub mod view;
mod words;

pub use index::Index;
pub use rank::{Ranked, Reason, fingerprint_of, rank};
pub use ticket::{Facts, Tied};
