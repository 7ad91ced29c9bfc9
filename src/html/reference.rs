//! Character references (`&amp;`, `&#39;`) and the characters that need one.

/// The names of the characters U+00A0 to U+00FF, in their order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
    micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring \
    AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml \
    times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
    egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash \
    ugrave uacute ucirc uuml yacute thorn yuml";

/// Other names that editors write. HTML knows two thousand more; those stay as they stand, and whoever
/// shows the HTML knows them.
const NAMED: [(&str, char); 53] = [
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("colon", ':'), ("sol", '/'),
    ("Tab", '\t'), ("NewLine", '\n'), ("ensp", '\u{2002}'), ("emsp", '\u{2003}'), ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'), ("zwj", '\u{200d}'), ("lrm", '\u{200e}'), ("rlm", '\u{200f}'), ("ndash", '–'),
    ("mdash", '—'), ("lsquo", '‘'), ("rsquo", '’'), ("sbquo", '‚'), ("ldquo", '“'), ("rdquo", '”'), ("bdquo", '„'),
    ("dagger", '†'), ("Dagger", '‡'), ("bull", '•'), ("hellip", '…'), ("permil", '‰'), ("prime", '′'),
    ("Prime", '″'), ("lsaquo", '‹'), ("rsaquo", '›'), ("euro", '€'), ("trade", '™'), ("larr", '←'), ("uarr", '↑'),
    ("rarr", '→'), ("darr", '↓'), ("harr", '↔'), ("minus", '−'), ("infin", '∞'), ("ne", '≠'), ("le", '≤'),
    ("ge", '≥'), ("asymp", '≈'), ("OElig", 'Œ'), ("oelig", 'œ'), ("Scaron", 'Š'), ("scaron", 'š'), ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'), ("check", '✓'),
];

/// The text with its references read. One with a name that is not known stays as it stands; written
/// again with [`write()`] after that, it can no longer be mistaken for a reference.
pub fn read(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        read.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match reference(rest) {
            Some((name, after)) if let Some(character) = character(name) => {
                read.push(character);
                rest = after;
            }
            _ => read.push('&'),
        }
    }
    read.push_str(rest);
    read
}

/// Writes text so that no character of it can begin or end anything.
pub fn write(text: &str, to: &mut String) {
    text.chars().for_each(|c| push(c, to));
}

/// Writes text that holds references: they keep their meaning, every other `&` becomes one.
pub fn keep(text: &str, to: &mut String) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match reference(after) {
            Some((name, behind)) if c == '&' => {
                match character(name) {
                    Some(known) => push(known, to),
                    None => to.extend(["&", name, ";"]),
                }
                behind
            }
            _ => {
                push(c, to);
                after
            }
        };
    }
}

fn push(c: char, to: &mut String) {
    match c {
        '&' => to.push_str("&amp;"),
        '<' => to.push_str("&lt;"),
        '>' => to.push_str("&gt;"),
        '"' => to.push_str("&quot;"),
        '\u{a0}' => to.push_str("&nbsp;"),
        '\0' => {}
        other => to.push(other),
    }
}

/// The name of the reference that the text behind a `&` begins with, and what comes after its `;`.
fn reference(text: &str) -> Option<(&str, &str)> {
    // The longest name of all has 31 letters.
    let end = text.bytes().take(40).position(|byte| byte == b';')?;
    let name = text.get(..end)?;
    let digits = |text: &str, digit: fn(&u8) -> bool| !text.is_empty() && text.bytes().all(|byte| digit(&byte));
    let good = match name.strip_prefix('#') {
        None => name.starts_with(|c: char| c.is_ascii_alphabetic()) && digits(name, u8::is_ascii_alphanumeric),
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => digits(hex, u8::is_ascii_hexdigit),
            None => digits(number, u8::is_ascii_digit),
        },
    };
    good.then(|| (name, &text[end + 1..]))
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let latin = || char::from_u32(0xa0 + LATIN.split_ascii_whitespace().position(|own| own == name)? as u32);
        return NAMED.iter().find(|(own, _)| *own == name).map(|(_, character)| *character).or_else(latin);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    Some(code.ok().and_then(char::from_u32).filter(|c| *c != '\0').unwrap_or('\u{fffd}'))
}
