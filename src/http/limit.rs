//! What a server says when it takes no more requests.

use crate::http::{Product, Rate, date};
use crate::platform::Response;

/// Hudu counts in windows of five minutes on the clock.
const HUDU_WINDOW_MS: i64 = 300_000;
/// Halo names no time: first and longest wait.
const HALO_WAIT_MS: (i64, i64) = (5_000, 60_000);
/// Longest wait that a header is believed.
const LONGEST_MS: i64 = 3_600_000;

/// Milliseconds since 1970 at which the server says that it takes requests again (`Retry-After` in
/// seconds or as a date).
pub(crate) fn retry_after(response: &Response, now: i64) -> Option<i64> {
    let text = response.header("retry-after")?.trim();
    let at = match text.parse::<i64>() {
        Ok(seconds) => now.saturating_add(seconds.saturating_mul(1000)),
        Err(_) => date::http_date(text)?,
    };
    Some(at.clamp(now + 1_000, now + LONGEST_MS))
}

/// The moment to try again where no header tells. `nth` counts refusals from 0, `chance` is 0 to 1.
pub(crate) fn guess(product: Product, now: i64, nth: u32, chance: f64) -> i64 {
    match product {
        Product::Hudu => {
            let next = now - now.rem_euclid(HUDU_WINDOW_MS) + HUDU_WINDOW_MS;
            next + 1_000 + (chance * 4_000.0) as i64
        }
        Product::Halo => {
            let (first, longest) = HALO_WAIT_MS;
            let wait = (first << nth.min(10)).min(longest);
            now + wait + (chance * 0.1 * wait as f64) as i64
        }
    }
}

/// The allowance in "Rate Limit Reached - 500 Requests per rolling 3 minute window".
pub(crate) fn announced(body: &[u8]) -> Option<Rate> {
    let text = String::from_utf8_lossy(body).to_ascii_lowercase();
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let requests = before(&mut words, "requests")?;
    let mut last = None;
    for word in words {
        let unit = match word.trim_end_matches('s') {
            "second" => 1,
            "minute" => 60,
            "hour" => 3600,
            _ => {
                last = word.parse::<u32>().ok().or(last);
                continue;
            }
        };
        return Some(Rate { requests, seconds: last.unwrap_or(1).saturating_mul(unit) });
    }
    None
}

fn before<'a>(words: &mut impl Iterator<Item = &'a str>, wanted: &str) -> Option<u32> {
    let mut last = None;
    for word in words {
        if word == wanted {
            return last;
        }
        last = word.parse().ok();
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn response(retry_after: &str) -> Response {
        Response { status: 429, headers: vec![("retry-after".into(), retry_after.into())], body: vec![] }
    }

    #[test]
    fn the_header_is_read_in_both_forms() {
        assert_eq!(retry_after(&response("7"), 1_000), Some(8_000));
        assert_eq!(retry_after(&response("Thu, 01 Jan 1970 00:01:00 GMT"), 1_000), Some(60_000));
        assert_eq!(retry_after(&response("soon"), 1_000), None);
        assert_eq!(retry_after(&response("999999999999"), 0), Some(LONGEST_MS));
    }

    #[test]
    fn halo_announces_its_allowance() {
        let text = b"\"Rate Limit Reached - 300 Requests per rolling 5 minute window\"";
        assert_eq!(announced(text), Some(Rate { requests: 300, seconds: 300 }));
        assert_eq!(announced(b"60 requests per minute"), Some(Rate { requests: 60, seconds: 60 }));
        assert_eq!(announced(b"Retry later\n"), None);
    }

    #[test]
    fn without_a_header_hudu_is_asked_after_the_window_and_halo_ever_later() {
        assert_eq!(guess(Product::Hudu, 299_999, 0, 0.0), 301_000);
        assert_eq!(guess(Product::Hudu, 300_000, 0, 1.0), 605_000);
        let waits: Vec<i64> = (0..6).map(|n| guess(Product::Halo, 0, n, 0.0)).collect();
        assert_eq!(waits, [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    }
}
