//! HTML from an API, made safe to show: no script, no event handlers, no `javascript:`, no style.
//!
//! The result is written anew from a list of what is allowed (no comments, no foreign elements, nothing
//! that holds anything but HTML). So what it can do depends on [`allow`] and the writer alone, however
//! odd the input was and whoever reads it.

mod allow;
pub(crate) mod reference;
mod token;
mod write;

use url::Url;

use token::{Token, Tokens};
use write::Writer;

/// HTML that any page may show. Addresses are made absolute against `origin`; links open in a new
/// tab and tell the target nothing.
pub fn sanitise(untrusted: &str, origin: &str) -> String {
    let base = Url::parse(origin).ok();
    let mut writer = Writer::new(base.as_ref());
    for token in Tokens::new(untrusted) {
        match token {
            Token::Text(text) => writer.text(text),
            Token::Start(name, attributes) => writer.start(&name, &attributes),
            Token::End(name) => writer.end(&name),
        }
    }
    writer.finish()
}

#[cfg(test)]
mod tests;
