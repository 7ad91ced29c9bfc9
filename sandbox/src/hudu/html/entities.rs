//! Named and numeric character references.

/// The references that people's HTML has in practice.
const NAMED: &[(&str, &str)] = &[
    ("nbsp", "\u{a0}"),
    ("iexcl", "¡"),
    ("cent", "¢"),
    ("pound", "£"),
    ("yen", "¥"),
    ("sect", "§"),
    ("copy", "©"),
    ("laquo", "«"),
    ("reg", "®"),
    ("deg", "°"),
    ("plusmn", "±"),
    ("micro", "µ"),
    ("para", "¶"),
    ("middot", "·"),
    ("raquo", "»"),
    ("frac12", "½"),
    ("frac14", "¼"),
    ("iquest", "¿"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("szlig", "ß"),
    ("agrave", "à"),
    ("aacute", "á"),
    ("acirc", "â"),
    ("atilde", "ã"),
    ("auml", "ä"),
    ("aring", "å"),
    ("aelig", "æ"),
    ("ccedil", "ç"),
    ("egrave", "è"),
    ("eacute", "é"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("iacute", "í"),
    ("iuml", "ï"),
    ("ntilde", "ñ"),
    ("oacute", "ó"),
    ("ocirc", "ô"),
    ("ouml", "ö"),
    ("oslash", "ø"),
    ("uacute", "ú"),
    ("uuml", "ü"),
    ("times", "×"),
    ("divide", "÷"),
    ("euro", "€"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bdquo", "„"),
    ("bull", "•"),
    ("hellip", "…"),
    ("trade", "™"),
    ("larr", "←"),
    ("uarr", "↑"),
    ("rarr", "→"),
    ("darr", "↓"),
    ("harr", "↔"),
    ("ne", "≠"),
    ("le", "≤"),
    ("ge", "≥"),
    ("quot", "\""),
    ("apos", "'"),
];

/// Text with every known reference replaced; those of `&`, `<` and `>` stay, unknown ones are escaped.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let after = after.get(1..).unwrap_or_default();
        match after.find(';').filter(|end| *end > 0 && *end < 12) {
            Some(end) => match reference(after.get(..end).unwrap_or_default()) {
                Some(letter) => {
                    out.push_str(&letter);
                    rest = after.get(end + 1..).unwrap_or_default();
                }
                None => {
                    out.push_str("&amp;");
                    rest = after;
                }
            },
            None => {
                out.push_str("&amp;");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<String> {
    let letter = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?.to_string()
    } else if matches!(name, "amp" | "lt" | "gt") {
        return Some(format!("&{name};"));
    } else {
        NAMED.iter().find(|(known, _)| *known == name).map(|(_, letter)| (*letter).to_owned())?
    };
    Some(match letter.as_str() {
        "&" => "&amp;".to_owned(),
        "<" => "&lt;".to_owned(),
        ">" => "&gt;".to_owned(),
        _ => letter,
    })
}
