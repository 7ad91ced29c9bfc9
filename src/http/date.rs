//! Dates as the two APIs write them. In UTC only, so that no table of time zones is needed.

/// Years before this mean "unset": Halo writes 1900-01-01 and 1899-12-30.
const FIRST_YEAR: i64 = 1901;

const DAY_MS: i64 = 86_400_000;

/// Milliseconds since 1970 of an ISO 8601 instant or day. Halo's instants carry no zone and mean UTC.
/// `None` for what is unreadable or unset.
pub fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    let ms = match text.split_once(['T', 't', ' ']) {
        Some((day, time)) => day_number(day)? * DAY_MS + clock(time)?,
        None => any_day(text)? * DAY_MS,
    };
    (civil(ms.div_euclid(DAY_MS)).0 >= FIRST_YEAR).then_some(ms)
}

/// `YYYY-MM-DD` of an instant (its day in UTC) or of a day written `2026-09-30`, `2026/09/30` or
/// `09/30/2026`. `None` for what is unreadable or unset.
pub fn day(text: &str) -> Option<String> {
    Some(day_of(instant(text)?))
}

/// `YYYY-MM-DD` of milliseconds since 1970, in UTC.
pub fn day_of(ms: i64) -> String {
    let (year, month, day) = civil(ms.div_euclid(DAY_MS));
    format!("{year:04}-{month:02}-{day:02}")
}

/// Days since 1970 of a day written `YYYY-MM-DD`.
pub fn day_number(text: &str) -> Option<i64> {
    match text.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _] => any_day(text),
        _ => None,
    }
}

/// Milliseconds since 1970 of an HTTP date (`Wed, 21 Oct 2026 07:28:00 GMT`).
pub fn http_date(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let [_, day, month, year, time, "GMT"] = words.as_slice() else { return None };
    let month = MONTHS.iter().position(|name| name == month)? + 1;
    Some(number(digits(year)?, month as i64, digits(day)?)? * DAY_MS + clock(time)?)
}

/// `2026-05-13T18:01:50.347Z` of milliseconds since 1970, as both APIs take it.
pub fn iso(ms: i64) -> String {
    let time = ms.rem_euclid(DAY_MS);
    let (hour, minute, second) = (time / 3_600_000, time / 60_000 % 60, time / 1000 % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}.{:03}Z", day_of(ms), time % 1000)
}

/// Days since 1970 of a day in any of the forms that the two APIs know.
fn any_day(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = match (a.len(), b.len(), c.len(), text.contains('/')) {
        (4, 1..=2, 1..=2, _) => (a, b, c),
        // Hudu's own examples write the month first.
        (1..=2, 1..=2, 4, true) => (c, a, b),
        _ => return None,
    };
    number(digits(year)?, digits(month)?, digits(day)?)
}

/// Milliseconds since midnight, UTC, of `18:01`, `18:01:50` or `18:01:50.347`, with or without a zone.
fn clock(text: &str) -> Option<i64> {
    let (time, ahead) = match text.find(['Z', 'z', '+', '-']) {
        None => (text, 0),
        Some(at) => (&text[..at], offset(&text[at..])?),
    };
    let (whole, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    digits(fraction)?;
    let mut parts = whole.split(':').map(digits);
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    if hour > 23 || minute > 59 || second > 60 || parts.next().is_some() {
        return None;
    }
    let ms = digits(&format!("{fraction:0<3}")[..3])?;
    Some(((hour * 60 + minute) * 60 + second.min(59)) * 1000 + ms - ahead)
}

/// Milliseconds that a zone (`Z`, `+02:00`, `-0530`, `+02`) is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    let (sign, rest) = zone.split_at(1);
    let rest = rest.replace(':', "");
    let minutes = match (sign, rest.len()) {
        ("Z" | "z", 0) => 0,
        ("+" | "-", 2) => digits(&rest)? * 60,
        ("+" | "-", 4) => digits(rest.get(..2)?)? * 60 + digits(rest.get(2..)?)?,
        _ => return None,
    };
    Some(if sign == "-" { -minutes } else { minutes } * 60_000)
}

fn digits(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// Days since 1970 of a day of the Gregorian calendar, if there is such a day. Years are counted from
/// March, so that the leap day is the last; 400 years have 146,097 days.
fn number(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let shifted = year - i64::from(month <= 2);
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let number = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    (civil(number) == (year, month, day)).then_some(number)
}

/// Year, month and day of days since 1970: the reverse of [`number`].
fn civil(number: i64) -> (i64, i64, i64) {
    let from_march = number + 719_468;
    let (era, of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
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
    fn every_day_of_eight_centuries_is_found_again() {
        let first = number(1600, 1, 1).unwrap_or_default();
        let days: Vec<_> = (first..first + 2 * 146_097).map(civil).collect();
        assert_eq!((days[0], days[days.len() - 1]), ((1600, 1, 1), (2399, 12, 31)));
        for (at, (year, month, day)) in days.into_iter().enumerate() {
            assert_eq!(number(year, month, day), Some(first + at as i64));
        }
        for (year, month, day) in
            [(2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0)]
        {
            assert_eq!(number(year, month, day), None, "{year} {month} {day}");
        }
        assert_eq!((day_number("1970-01-01"), day_number("01/01/1970")), (Some(0), None));
    }

    #[test]
    fn zones_and_fractions_are_read() {
        let noon = instant("2026-05-13T12:00:00Z");
        for text in [
            "2026-05-13T14:00:00+02:00",
            "2026-05-13 07:00-0500",
            "2026-05-13t12:00:00.0000001z",
            "2026-05-13T13:00+01",
        ] {
            assert_eq!(instant(text), noon, "{text}");
        }
        assert_eq!(noon.map(iso).as_deref(), Some("2026-05-13T12:00:00.000Z"));
        assert_eq!(instant("2026-05-13T12:00:00.25Z"), noon.map(|noon| noon + 250));
        for text in [
            "2026-05-13T24:00:00",
            "2026-05-13T12",
            "2026-05-13T12:00:00.",
            "2026-05-13T12:00:00é",
            "2026-05-13T12:00+1é2",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn http_dates_are_read() {
        assert_eq!(http_date("Fri, 02 Jan 1970 00:00:00 GMT"), Some(86_400_000));
        assert_eq!(http_date("tomorrow"), None);
    }
}
