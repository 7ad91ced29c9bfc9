//! Texts as they are compared: folded, cut into words, codes and addresses in one spelling.

mod address;
mod fold;
mod stem;
mod tokens;

pub use address::digits;
pub use fold::{fold, fold_char};
pub use stem::stem;
pub use tokens::{Form, Token, tokens, words};
