//! One-time codes (RFC 6238) from seeds as people paste them.

use totp_rs::{Algorithm, Builder, Secret};
use url::Url;

use crate::mark;
use crate::vault::VaultError;

/// Where a seed stands alone: SHA-1, six digits, thirty seconds, as authenticators take it.
const DIGITS: u8 = 6;
const PERIOD: u64 = 30;

/// The code of this moment and the milliseconds since 1970 at which it ends. The seed is Base32 with
/// or without blanks, dashes and padding in any case, or an `otpauth://totp/` address.
pub fn one_time_code(seed: &str, now_ms: i64) -> Result<(String, i64), VaultError> {
    let seed = seed.trim();
    let (secret, algorithm, digits, period) = match seed.get(..10).is_some_and(|s| s.eq_ignore_ascii_case("otpauth://"))
    {
        true => address(seed)?,
        false => (seed.to_owned(), Algorithm::SHA1, DIGITS, PERIOD),
    };
    let cleaned: String = secret
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-' && *c != '=')
        .collect::<String>()
        .to_ascii_uppercase();
    let secret = Secret::try_from_base32(&cleaned).ok().filter(|s| !s.as_bytes().is_empty());
    let secret = secret.ok_or(VaultError::Seed(mark!("it is not Base32")))?;
    // Many sites give seeds that are shorter than the standard asks for.
    let totp = Builder::new()
        .with_algorithm(algorithm)
        .with_digits(digits)
        .with_step_duration(period)
        .with_secret(secret)
        .build_noncompliant();
    let seconds = u64::try_from(now_ms / 1000).unwrap_or_default();
    let until = i64::try_from(totp.next_step(seconds)).unwrap_or(i64::MAX).saturating_mul(1000);
    Ok((totp.generate(seconds).to_string(), until))
}

fn address(seed: &str) -> Result<(String, Algorithm, u8, u64), VaultError> {
    let url = Url::parse(seed).map_err(|_| VaultError::Seed(mark!("its otpauth address is unreadable")))?;
    if url.host_str().is_none_or(|kind| !kind.eq_ignore_ascii_case("totp")) {
        return Err(VaultError::Seed(mark!("it counts uses instead of time")));
    }
    let query = |name: &str| {
        url.query_pairs().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
    };
    let algorithm = match query("algorithm").unwrap_or_default().to_ascii_uppercase().replace('-', "").as_str() {
        "" | "SHA1" => Algorithm::SHA1,
        "SHA256" => Algorithm::SHA256,
        "SHA512" => Algorithm::SHA512,
        _ => return Err(VaultError::Seed(mark!("its algorithm is not known"))),
    };
    let number = |name: &str, usual: u64| match query(name) {
        Some(text) => text.parse::<u64>().map_err(|_| VaultError::Seed(mark!("its numbers are unreadable"))),
        None => Ok(usual),
    };
    let digits = number("digits", u64::from(DIGITS))?;
    let digits = u8::try_from(digits).ok().filter(|d| (6..=8).contains(d));
    let digits = digits.ok_or(VaultError::Seed(mark!("its number of digits is not 6 to 8")))?;
    let period = Some(number("period", PERIOD)?).filter(|p| (1..=3600).contains(p));
    let period = period.ok_or(VaultError::Seed(mark!("its period is not 1 to 3600 seconds")))?;
    let secret = query("secret").ok_or(VaultError::Seed(mark!("its otpauth address has no secret")))?;
    Ok((secret, algorithm, digits, period))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// The seed of RFC 6238, appendix B ("12345678901234567890").
    const SEED: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_standard() {
        let eight = format!("otpauth://totp/Acme:dana?secret={SEED}&digits=8");
        for (seconds, code) in [(59, "94287082"), (1_111_111_109, "07081804"), (20_000_000_000_i64, "65353130")] {
            assert_eq!(one_time_code(&eight, seconds * 1000).unwrap().0, code);
        }
        assert_eq!(one_time_code(SEED, 59_000).unwrap(), ("287082".to_owned(), 60_000));
        let sha256 = format!(
            "otpauth://totp/x?secret={}&digits=8&algorithm=SHA-256",
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA"
        );
        assert_eq!(one_time_code(&sha256, 59_000).unwrap().0, "46119246");
    }

    #[test]
    fn seeds_are_taken_as_pasted() {
        for seed in [
            "gezd gnbv gy3t qojq gezd gnbv gy3t qojq",
            " GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ== ",
            "OTPAUTH://totp/Acme?issuer=Acme&secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq&period=30",
        ] {
            assert_eq!(one_time_code(seed, 59_999).unwrap(), ("287082".to_owned(), 60_000), "{seed}");
        }
        assert_eq!(one_time_code("otpauth://totp/x?secret=GEZDGNBV&period=60", 59_999).unwrap().1, 60_000);
    }

    #[test]
    fn what_is_no_seed_is_said_so() {
        for seed in [
            "",
            "hello world!",
            "otpauth://hotp/x?secret=GEZDGNBV&counter=1",
            "otpauth://totp/x",
            "otpauth://totp/x?secret=GEZDGNBV&digits=12",
            "otpauth://totp/x?secret=GEZDGNBV&period=0",
            "otpauth://totp/x?secret=GEZDGNBV&algorithm=MD5",
        ] {
            assert!(one_time_code(seed, 0).is_err(), "{seed}");
        }
    }
}
