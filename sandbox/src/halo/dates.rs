//! Halo's dates: ISO 8601 without a zone, meaning UTC; 1900 stands for "not set".

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// A date that is not set.
pub(crate) const UNSET: &str = "1900-01-01T00:00:00";

/// Milliseconds since 1970 as Halo writes them: `2026-05-13T18:01:50.347`, zeros at the end cut.
pub(crate) fn stamp(ms: i64) -> String {
    let time = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let civil = time.to_zoned(TimeZone::UTC).datetime();
    let whole = civil.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let thousandths = ms.rem_euclid(1000);
    if thousandths == 0 {
        return whole;
    }
    format!("{whole}.{thousandths:03}").trim_end_matches('0').to_owned()
}

/// The same, some time earlier.
pub(crate) fn ago(ms: i64, earlier: SignedDuration) -> String {
    stamp(ms - i64::try_from(earlier.as_millis()).unwrap_or_default())
}

/// A date with a zone becomes UTC without one, a bare day becomes midnight; anything else stays.
pub(crate) fn normalised(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes.len() > 40 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(stamp(time.as_millisecond()));
    }
    let civil: DateTime = text.parse().ok()?;
    let time = civil.to_zoned(TimeZone::UTC).ok()?;
    Some(stamp(time.timestamp().as_millisecond()))
}

/// Whether a field holds a date, by its name.
pub(crate) fn is_date_field(name: &str) -> bool {
    name.contains("date") || name == "warranty_start" || name == "warranty_end"
}

/// Whether a stored date means "not set".
pub(crate) fn is_unset(value: Option<&Value>) -> bool {
    value.and_then(Value::as_str).is_none_or(|text| text.is_empty() || text < "1901")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_lose_their_zone_and_keep_their_moment() {
        assert_eq!(stamp(1_778_695_310_340), "2026-05-13T18:01:50.34");
        assert_eq!(normalised("2026-05-13T20:01:50+02:00").as_deref(), Some("2026-05-13T18:01:50"));
        assert_eq!(normalised("2026-05-13").as_deref(), Some("2026-05-13T00:00:00"));
        assert_eq!(normalised("AC-2026-05"), None);
    }
}
