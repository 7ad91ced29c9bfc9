//! A light English stemmer: endings that only bend a word, none that makes another one.

/// Takes the bending ending off a folded word: "printers" → "printer", "policies" → "policy",
/// "mapped" → "map", "changing" → "chang" as "change" → "chang". Words with digits and short words stay.
pub fn stem(word: &mut String) {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return;
    }
    plural(word);
    if !(bend(word, "ing") || bend(word, "ed")) && word.len() > 5 && word.ends_with("ly") {
        word.truncate(word.len() - 2);
    }
    if word.len() > 3 && word.ends_with('e') && !word.ends_with("ee") {
        word.pop();
    }
}

fn plural(word: &mut String) {
    let cut = if word.ends_with("ies") && word.len() > 4 {
        word.truncate(word.len() - 3);
        word.push('y');
        0
    } else if ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| word.ends_with(end)) {
        2
    } else if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        1
    } else {
        0
    };
    word.truncate(word.len() - cut);
}

fn bend(word: &mut String, ending: &str) -> bool {
    let Some(rest) = word.strip_suffix(ending) else { return false };
    if rest.len() < 3 || !rest.bytes().any(|b| b"aeiouy".contains(&b)) || rest.ends_with('e') {
        return false;
    }
    let mut keep = rest.len();
    let end = &rest.as_bytes()[keep - 2..];
    if end[0] == end[1] && !b"lsz".contains(&end[1]) {
        keep -= 1;
    }
    word.truncate(keep);
    true
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn bent_words_meet() {
        let stemmed = |word: &str| {
            let mut word = word.to_owned();
            stem(&mut word);
            word
        };
        for family in [
            ["printer", "printers", "printer"],
            ["policy", "policies", "policy"],
            ["map", "mapped", "mapping"],
            ["change", "changing", "changed"],
            ["switch", "switches", "switched"],
            ["address", "addresses", "addressed"],
            ["install", "installing", "installs"],
        ] {
            assert_eq!(family.map(stemmed), [stemmed(family[0]), stemmed(family[0]), stemmed(family[0])]);
        }
        for word in ["vpn", "status", "dns1", "need", "ping"] {
            assert_eq!(stemmed(word), word);
        }
    }
}
