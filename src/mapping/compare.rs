//! When two values are the same, and how a value reads.

use std::borrow::Cow;

use crate::hudu::field::{Address, FieldValue};
use crate::mapping::normal;

/// Whether both say the same: spelling differences that carry no meaning do not count.
/// `key` names the slot, because a phone number is compared otherwise than a name.
pub fn same(key: &str, a: &FieldValue, b: &FieldValue) -> bool {
    use FieldValue as V;
    if a == b {
        return true;
    }
    match (a, b) {
        (V::Check(a), V::Check(b)) => a == b,
        (V::Check(set), V::Empty) | (V::Empty, V::Check(set)) => !set,
        (V::Date(a), V::Date(b)) => a == b,
        (V::Html(a), V::Html(b)) => plain(a) == plain(b),
        (V::Html(html), V::Text(text)) | (V::Text(text), V::Html(html)) => plain(html) == normal::text(text),
        (V::Address(a), V::Address(b)) => parts(a) == parts(b),
        (V::Items(a), V::Items(b)) => a.len() == b.len() && a.iter().all(|item| b.contains(item)),
        (V::Items(items), V::Text(text)) | (V::Text(text), V::Items(items)) => items.len() == 1 && items[0] == *text,
        (V::Assets(a), V::Assets(b)) => {
            a.len() == b.len() && a.iter().all(|(id, _)| b.iter().any(|(other, _)| other == id))
        }
        (a, b) => {
            let (a, b) = (peek(a).unwrap_or_default(), peek(b).unwrap_or_default());
            let is = |word: &str| key.contains(word);
            if is("website") {
                normal::website(&a) == normal::website(&b)
            } else if is("phone") || is("mobile") || is("fax") {
                normal::phone(&a) == normal::phone(&b) && normal::phone(&a).is_empty() == a.trim().is_empty()
                    || a.trim() == b.trim()
            } else if is("mail") {
                a.trim().eq_ignore_ascii_case(b.trim())
            } else {
                normal::text(&a) == normal::text(&b)
            }
        }
    }
}

/// Whether there is nothing in it.
pub fn is_empty(value: &FieldValue) -> bool {
    match value {
        // As [`peek`] has it, without joining the names.
        FieldValue::Assets(assets) => assets.len() < 2 && assets.iter().all(|(_, name)| name.is_empty()),
        value => peek(value).is_none(),
    }
}

/// The value as a person reads it; `None` when there is nothing.
pub fn show(value: &FieldValue) -> Option<String> {
    peek(value).map(Cow::into_owned)
}

/// The same, without a copy where the value is a text.
pub fn peek(value: &FieldValue) -> Option<Cow<'_, str>> {
    let text = match value {
        FieldValue::Empty => return None,
        FieldValue::Text(text) | FieldValue::Number(text) | FieldValue::Date(text) => {
            Cow::Borrowed(normal::trimmed(text))
        }
        FieldValue::Check(set) => Cow::Borrowed(if *set { "yes" } else { "no" }),
        FieldValue::Html(html) => Cow::Owned(plain(html)),
        FieldValue::Address(address) => Cow::Owned(parts(address).join(", ")),
        FieldValue::Items(items) => Cow::Owned(items.join(", ")),
        FieldValue::Assets(assets) => {
            Cow::Owned(assets.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", "))
        }
        FieldValue::Secret => Cow::Borrowed("••••••"),
    };
    (!text.is_empty()).then_some(text)
}

/// The parts of an address that hold something.
pub fn parts(address: &Address) -> Vec<String> {
    [&address.line1, &address.line2, &address.city, &address.state, &address.zip, &address.country]
        .into_iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// The text of an HTML fragment with white space folded: tags become spaces, the common references
/// their characters. For comparison and for one line of display, never for rendering.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => {
                inside = true;
                text.push(' ');
            }
            '>' if inside => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    const ENTITIES: [(&str, &str); 7] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("\u{a0}", " "),
        ("&amp;", "&"),
    ];
    for (entity, plain) in ENTITIES {
        if text.contains(entity) {
            text = text.replace(entity, plain);
        }
    }
    normal::text(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> FieldValue {
        FieldValue::Text(text.to_owned())
    }

    #[test]
    fn spelling_that_carries_no_meaning_is_no_difference() {
        assert!(same("website", &text("https://finch.example/"), &text("finch.example")));
        assert!(same("phone_number", &text("0131 496 0321"), &text("01314960321")));
        assert!(!same("phone_number", &text("call reception"), &text("ask Dana")));
        assert!(same("notes", &FieldValue::Html("<p>Gate&nbsp;code</p>".into()), &text("Gate code")));
        assert!(same("field:vip", &FieldValue::Empty, &FieldValue::Check(false)));
        assert!(!same("name", &text("Finch"), &text("Finch Ltd")));
    }
}
