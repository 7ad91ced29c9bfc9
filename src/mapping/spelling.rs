//! Values that people and products spell in several ways: days, yes and no, whole numbers, web addresses.

use crate::http::date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day as `YYYY-MM-DD`: from ISO 8601 with or without time, `20261122`, `22.11.2026`, `22/11/2026`,
/// `11/22/2026`, `22 Nov 2026`, `November 22, 2026`. `None` for what could be two days (`03/04/2026`).
pub fn day(text: &str) -> Option<String> {
    let text = text.trim();
    // With slashes the client's reader takes the month first, which people do not always mean.
    if let Some(day) = date::day(text).filter(|_| !text.contains('/')) {
        return Some(day);
    }
    let words: Vec<&str> = text.split([' ', ',', '/', '.', '-']).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<u32>().ok().filter(|_| digits.len() <= 4)
    };
    let month = |word: &str| {
        let word = word.to_lowercase();
        let named = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word))?;
        Some(named as u32 + 1)
    };
    let (year, month, day) = match words.as_slice() {
        [all] if all.len() == 8 && all.bytes().all(|byte| byte.is_ascii_digit()) => {
            (all[..4].parse().ok()?, all[4..6].parse().ok()?, all[6..].parse().ok()?)
        }
        [first, second, third, ..] => {
            if let Some(named) = month(second) {
                (number(third)?, named, number(first)?)
            } else if let Some(named) = month(first) {
                (number(third)?, named, number(second)?)
            } else if first.len() == 4 {
                (number(first)?, number(second)?, number(third)?)
            } else {
                let (a, b) = (number(first)?, number(second)?);
                let (month, day) = match text.contains('.') {
                    true => (b, a),
                    false if a > 12 || a == b => (b, a),
                    false if b > 12 => (a, b),
                    false => return None,
                };
                (number(third)?, month, day)
            }
        }
        _ => return None,
    };
    let day = format!("{year:04}-{month:02}-{day:02}");
    date::day_number(&day).filter(|_| year >= 1000).map(|_| day)
}

/// Yes or no, in the words that products use.
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "on" | "checked" => Some(true),
        "no" | "n" | "false" | "0" | "off" | "unchecked" => Some(false),
        _ => None,
    }
}

/// A whole number: Hudu's number fields take no other.
pub fn whole_number(text: &str) -> Option<String> {
    let number: String = text.trim().chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}')).collect();
    let whole = match number.split_once('.') {
        Some((whole, rest)) if !rest.is_empty() && rest.bytes().all(|byte| byte == b'0') => whole,
        Some(_) => return None,
        None => number.as_str(),
    };
    whole.parse::<i64>().ok().map(|number| number.to_string())
}

/// A web address with its scheme; `None` for what is none.
pub fn website(text: &str) -> Option<String> {
    let text = text.trim();
    match text.contains(char::is_whitespace) {
        true => None,
        false if text.contains("://") => Some(text.to_owned()),
        false => text.contains('.').then(|| format!("https://{text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_several_spellings() {
        for text in [
            "2026-11-22",
            "2026-11-22T00:00:00",
            "2026-11-22T10:20:30.123Z",
            "20261122",
            "22.11.2026",
            "22/11/2026",
            "11/22/2026",
            "22 Nov 2026",
            "November 22nd, 2026",
            "2026/11/22",
            "22-Nov-2026",
        ] {
            assert_eq!(day(text).as_deref(), Some("2026-11-22"), "{text}");
        }
        assert_eq!(day("4/4/2026").as_deref(), Some("2026-04-04"));
        assert_eq!(day("3.4.2026").as_deref(), Some("2026-04-03"));
        for text in ["03/04/2026", "31.02.2026", "soon", "", "22/11/26", "Marvin 3 2026 x", "1.2"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_answers_and_addresses() {
        assert_eq!(whole_number("1,234.00").as_deref(), Some("1234"));
        assert_eq!(whole_number("-7").as_deref(), Some("-7"));
        assert_eq!(whole_number("12.5"), None);
        assert_eq!(whole_number("twelve"), None);
        assert_eq!(yes_or_no(" Yes"), Some(true));
        assert_eq!(yes_or_no("perhaps"), None);
        assert_eq!(website("finch.example").as_deref(), Some("https://finch.example"));
        assert_eq!(website("http://intranet").as_deref(), Some("http://intranet"));
        assert_eq!(website("ask Dana"), None);
    }
}
