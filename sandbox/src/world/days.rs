//! Dates around "today", as the two products write them.

use jiff::Span;
use jiff::civil::Date;

/// The day a date lies from `today`, as `YYYY-MM-DD`; negative numbers lie before it.
pub fn day(today: Date, from_today: i64) -> String {
    today.saturating_add(Span::new().days(from_today.clamp(-20_000, 20_000))).to_string()
}
