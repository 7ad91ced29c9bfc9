//! Values as they are typed, each with a sentence for what cannot be taken.

/// The id of a record.
pub fn id(text: &str) -> Result<i64, String> {
    let number = text.trim().parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "an id is a whole number from 1 on".to_owned())
}

/// A whole number.
pub fn whole(text: &str) -> Result<String, String> {
    let number = text.trim().parse::<i64>().map_err(|_| "a whole number is wanted".to_owned())?;
    Ok(number.to_string())
}

/// Whole numbers with commas between them.
pub fn wholes(text: &str) -> Result<String, String> {
    let numbers: Result<Vec<String>, String> = text.split(',').map(whole).collect();
    let numbers = numbers.map_err(|_| "whole numbers are wanted, with commas between them".to_owned())?;
    Ok(numbers.join(","))
}

/// A date with or without time; `several` allows two with a comma between them, either of which may be left out.
pub fn date(text: &str, several: bool) -> Result<String, String> {
    let is_date = |text: &str| text.parse::<jiff::civil::DateTime>().is_ok() || text.parse::<jiff::Timestamp>().is_ok();
    let fits = match text.split_once(',').filter(|_| several) {
        Some((from, to)) => {
            let known = |part: &str| part.is_empty() || is_date(part);
            text != "," && known(from) && known(to)
        }
        None => is_date(text),
    };
    let wrong = "a date is written 2026-11-30, or with a time 2026-11-30T08:00:00Z";
    if fits { Ok(text.to_owned()) } else { Err(wrong.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_known_in_the_forms_that_the_products_take() {
        for good in ["2026-11-30", "2026-11-30T08:00", "2026-11-30T08:00:00", "2026-11-30T08:00:00.5Z"] {
            assert!(date(good, false).is_ok(), "{good}");
        }
        for bad in ["yesterday", "", "30.11.2026", "2026-13-01", "2026-11-30,2026-12-01"] {
            assert!(date(bad, false).is_err(), "{bad}");
        }
        for range in ["2026-11-30,2026-12-01", ",2026-12-01", "2026-11-30T08:00:00Z,"] {
            assert!(date(range, true).is_ok(), "{range}");
        }
        assert!(date(",", true).is_err());
    }

    #[test]
    fn ids_and_numbers_are_whole() {
        assert_eq!((id("7"), whole("-1"), wholes("1, 2")), (Ok(7), Ok("-1".to_owned()), Ok("1,2".to_owned())));
        assert!(id("0").is_err() && id("abc").is_err() && whole("1.5").is_err() && wholes("1,x").is_err());
    }
}
