//! Values in the form in which they are compared: two spellings of the same thing are one.

/// Legal suffixes that do not tell two companies apart.
const LEGAL: [&str; 27] = [
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "ag",
    "kg",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "ab",
    "as",
    "oy",
    "pty",
    "pte",
];

/// A name by its words: lower case, punctuation gone, "&" as "and", legal suffixes off.
/// Empty when nothing is left.
pub fn name(text: &str) -> String {
    let mut words = words(text);
    if words.first().is_some_and(|word| word == "the") && words.len() > 1 {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| LEGAL.contains(&word.as_str())) {
        words.pop();
    }
    words.join(" ")
}

/// The words of a text: letters and digits in lower case.
pub fn words(text: &str) -> Vec<String> {
    spaced(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The same words as one text, with one space between two.
pub fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut ended = false;
    for c in text.chars() {
        match c {
            '\'' | '’' | '.' => {}
            '&' | '+' => {
                spaced.push_str(if spaced.is_empty() { "and" } else { " and" });
                ended = true;
            }
            _ if c.is_alphanumeric() => {
                if ended && !spaced.is_empty() {
                    spaced.push(' ');
                }
                ended = false;
                push_lower(&mut spaced, c);
            }
            _ => ended = true,
        }
    }
    spaced
}

fn push_lower(text: &mut String, c: char) {
    match c.is_ascii() {
        true => text.push(c.to_ascii_lowercase()),
        false => text.extend(c.to_lowercase()),
    }
}

/// Whether one name is likely, but not surely, the other: the same letters, or all words of the
/// shorter one at the beginning of the longer one.
pub fn likely_same_name(a: &str, b: &str) -> bool {
    let (a, b) = (name(a), name(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if a.replace(' ', "") == b.replace(' ', "") {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    short.chars().count() >= 5 && long.starts_with(short.as_str()) && long[short.len()..].starts_with(' ')
}

/// A layout or asset-type name without number and case: "Computers" and "Computer" are one.
pub fn label(text: &str) -> String {
    let words: Vec<String> = words(text)
        .into_iter()
        .map(|word| match word.strip_suffix('s') {
            Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
            _ => word,
        })
        .collect();
    words.join(" ")
}

/// An e-mail address as it is compared; empty when it is none.
pub fn email(text: &str) -> String {
    let text = text.trim().to_lowercase();
    if text.contains('@') { text } else { String::new() }
}

/// A serial number or tag as it is compared; empty when it is junk that many machines share.
pub fn serial(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| push_lower(&mut kept, c));
    if is_junk(&kept) { String::new() } else { kept }
}

/// Values that makers and agents leave where no serial number was written.
fn is_junk(serial: &str) -> bool {
    // In the order of their bytes.
    const JUNK: [&str; 44] = [
        "0123456789",
        "01234567890123456789",
        "12345678",
        "123456789",
        "1234567890",
        "asset0",
        "assettag",
        "baseboardserialnumber",
        "blank",
        "boardserialnumber",
        "bsn12345678901234567",
        "chassisserialnumber",
        "default",
        "default0",
        "defaultstring",
        "empty",
        "generic",
        "invalid",
        "na",
        "nil",
        "noassetinformation",
        "noassettag",
        "none",
        "noserial",
        "noserialnumber",
        "notapplicable",
        "notavailable",
        "notset",
        "notspecified",
        "null",
        "oem",
        "serial",
        "serialnumber",
        "systemserialnumber",
        "tba",
        "tbd",
        "test",
        "tobeassigned",
        "tobefilled",
        "tobefilledbyoem",
        "undefined",
        "unknown",
        "unspecified",
        "virtual",
    ];
    serial.len() < 3 || JUNK.binary_search(&serial).is_ok() || serial.chars().all(|c| serial.starts_with(c))
}

/// A phone number by its digits, with a leading plus.
pub fn phone(text: &str) -> String {
    let text = text.trim();
    let plus = text.starts_with('+');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if plus { format!("+{digits}") } else { digits }
}

/// A website by its host and path: no scheme, no `www.`, no slash at the end.
pub fn website(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(&text);
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/').to_owned()
}

/// A text without white space around it. Nearly all have none, which two bytes tell.
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Plain text with white space folded.
pub fn text(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_across_case_punctuation_and_suffix() {
        assert_eq!(name("Harbour & Finch Ltd"), name("HARBOUR AND FINCH, Limited"));
        assert_eq!(name("The O'Neill Company"), "oneill");
        assert_eq!(name("Ltd"), "ltd");
        assert_ne!(name("Harbour & Finch"), name("Harbour"));
    }

    #[test]
    fn likely_names_share_their_beginning() {
        assert!(likely_same_name("Northgate", "Northgate Dental Ltd"));
        assert!(likely_same_name("Blue Pine", "BluePine Ltd"));
        assert!(!likely_same_name("North", "Northgate"));
        assert!(!likely_same_name("", "Northgate"));
    }

    #[test]
    fn junk_serials_never_match() {
        for junk in [
            "To be filled by O.E.M.",
            "None",
            "0000000",
            "N/A",
            "-",
            "System Serial Number",
            "Default string",
            "Not Specified",
            "1111111",
            "XXXXXXXX",
            "OEM",
            "0123456789",
        ] {
            assert_eq!(serial(junk), "", "{junk}");
        }
        assert_eq!(serial(" 7kq4-xn3 "), "7kq4xn3");
    }

    #[test]
    fn words_are_spaced_once() {
        assert_eq!(spaced("  R&D – Ann's P.C. (2) "), "r and d anns pc 2");
        assert_eq!(spaced("+44 Éire &"), "and 44 éire and");
        assert_eq!(words("- . ’"), Vec::<String>::new());
    }

    #[test]
    fn labels_meet_in_number() {
        assert_eq!(label("Servers"), label("server"));
        assert_eq!(label("Access"), "access");
    }

    #[test]
    fn websites_and_phones() {
        assert_eq!(website("https://www.Finch.example/"), website("finch.example"));
        assert_eq!(phone("0131 496-0321"), "01314960321");
    }
}
