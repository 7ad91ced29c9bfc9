//! Which key of `custom_fields` stands for which label.

use super::super::switches::{LabelKey, Switches};

/// Whether `key` stands for `label`. Case never matters; spaces and underscores are the same.
pub(super) fn names(switches: &Switches, key: &str, label: &str) -> bool {
    let derived = match switches.label_key {
        LabelKey::Spaces => same(key, label),
        LabelKey::Words => same(key, &words(label)),
    };
    derived || (switches.raw_labels && key.eq_ignore_ascii_case(label))
}

/// Equal but for case, and for spaces written as underscores.
fn same(one: &str, other: &str) -> bool {
    fn plain(text: &str) -> impl Iterator<Item = char> {
        text.chars().flat_map(char::to_lowercase).map(|c| if c == ' ' { '_' } else { c })
    }
    plain(one).eq(plain(other))
}

/// Lower case, one `_` for every run of anything but letters and digits, none at the ends.
fn words(label: &str) -> String {
    let lower = label.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_rule_for_punctuation() {
        let mut switches = Switches { raw_labels: false, ..Switches::default() };
        assert!(names(&switches, "halopsa:url", "HaloPSA:URL"));
        assert!(names(&switches, "Purchase Date", "Purchase date"));
        assert!(!names(&switches, "halopsa_url", "HaloPSA:URL"));
        switches.label_key = LabelKey::Words;
        assert!(names(&switches, "halopsa_url", "HaloPSA:URL"));
        assert!(!names(&switches, "halopsa:url", "HaloPSA:URL"));
        switches.raw_labels = true;
        assert!(names(&switches, "HaloPSA:URL", "HaloPSA:URL"));
    }
}
