//! Dates as the two APIs write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Years before this mean "unset": Halo writes 1900-01-01 and 1899-12-30.
const FIRST_YEAR: i16 = 1901;

/// Milliseconds since 1970 of an ISO 8601 instant or day. Halo's instants carry no zone and mean UTC.
/// `None` for what is unreadable or unset.
pub fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    let set = |at: Timestamp| (at.to_zoned(TimeZone::UTC).year() >= FIRST_YEAR).then(|| at.as_millisecond());
    if let Ok(at) = text.parse::<Timestamp>() {
        return set(at);
    }
    let civil = text.parse::<DateTime>().ok().or_else(|| Some(civil_day(text)?.into()))?;
    set(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// `YYYY-MM-DD` of an instant (its day in UTC) or of a day written `2026-09-30`, `2026/09/30` or
/// `09/30/2026`. `None` for what is unreadable or unset.
pub fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let date = match civil_day(text) {
        Some(date) => date,
        None => Timestamp::from_millisecond(instant(text)?).ok()?.to_zoned(TimeZone::UTC).date(),
    };
    (date.year() >= FIRST_YEAR).then(|| date.to_string())
}

fn civil_day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = match (a.len(), b.len(), c.len(), text.contains('/')) {
        (4, 1..=2, 1..=2, _) => (a, b, c),
        // Hudu's own examples write the month first.
        (1..=2, 1..=2, 4, true) => (c, a, b),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Milliseconds since 1970 of an HTTP date (`Wed, 21 Oct 2026 07:28:00 GMT`).
pub fn http_date(text: &str) -> Option<i64> {
    Some(jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp().as_millisecond())
}

/// `2026-05-13T18:01:50.347Z` of milliseconds since 1970, as both APIs take it.
pub fn iso(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map(|at| format!("{at:.3}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_less_instant_means_utc() {
        assert_eq!(instant("2026-05-13T18:01:50.347"), instant("2026-05-13T18:01:50.347Z"));
        assert_eq!(instant("1970-01-02T00:00:00"), Some(86_400_000));
        assert_eq!(instant("1970-01-02"), Some(86_400_000));
        assert_eq!(iso(86_400_000), "1970-01-02T00:00:00.000Z");
    }

    #[test]
    fn sentinels_and_nonsense_are_unset() {
        for text in ["1900-01-01T00:00:00", "1899-12-30T00:00:00", "1900-01-01", "", "soon", "0001-01-01T00:00:00"] {
            assert_eq!((instant(text), day(text)), (None, None), "{text}");
        }
    }

    #[test]
    fn days_are_read_in_every_form() {
        for text in ["2026-09-30", "2026/09/30", "09/30/2026", "2026-09-30T22:00:00", "2026-09-30T22:00:00.000Z"] {
            assert_eq!(day(text).as_deref(), Some("2026-09-30"), "{text}");
        }
    }

    #[test]
    fn http_dates_are_read() {
        assert_eq!(http_date("Fri, 02 Jan 1970 00:00:00 GMT"), Some(86_400_000));
        assert_eq!(http_date("tomorrow"), None);
    }
}
