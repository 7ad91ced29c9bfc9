//! Which key of `custom_fields` stands for which label.

use super::super::switches::{LabelKey, Switches};

/// Whether `key` stands for `label`. Case never matters; spaces and underscores are the same.
pub(super) fn names(switches: &Switches, key: &str, label: &str) -> bool {
    let spaces = |text: &str| text.to_lowercase().replace(' ', "_");
    let derived = match switches.label_key {
        LabelKey::Spaces => spaces(label),
        LabelKey::Words => words(label),
    };
    spaces(key) == derived || (switches.raw_labels && key.to_lowercase() == label.to_lowercase())
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
