//! Keys by their DOM names, as WebDriver wants them.

/// The character that WebDriver uses for a named key; a single character stands for itself.
fn code(key: &str) -> String {
    let private = match key {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Control" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Delete" => '\u{E017}',
        "Meta" => '\u{E03D}',
        other => return other.to_owned(),
    };
    private.to_string()
}

/// The codes of a chord, "Control+k" as two; a lone "+" is the key itself.
pub(super) fn chord(keys: &str) -> Vec<String> {
    if keys.chars().count() == 1 {
        return vec![keys.to_owned()];
    }
    keys.split('+').map(code).collect()
}
