//! Network addresses and numbers in one spelling, however they were written.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A hardware address as twelve digits, or the first part of one: `00:1A:2B`, `00-1a-2b-3c-4d-5e`,
/// `001a.2b3c.4d5e`.
pub(super) fn mac(run: &str) -> Option<String> {
    let (connector, least, size) = if run.contains(':') {
        (':', 2, 2)
    } else if run.contains('-') {
        ('-', 3, 2)
    } else {
        ('.', 3, 4)
    };
    let groups: Vec<&str> = run.split(connector).collect();
    let last = groups.len() - 1;
    let fits = |(at, group): (usize, &&str)| {
        let whole = group.len() == size || (at == last && !group.is_empty() && group.len() < size);
        whole && group.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let most = 12 / size;
    (groups.len() >= least && groups.len() <= most && groups.iter().enumerate().all(fits)).then(|| groups.concat())
}

/// An IP address in its canonical form, or the first groups of a version 6 address.
pub(super) fn ip(run: &str) -> Option<String> {
    if run.contains(':') {
        if let Ok(address) = run.parse::<Ipv6Addr>() {
            return Some(address.to_string());
        }
        let group = |g: &str| !g.is_empty() && g.len() <= 4 && g.bytes().all(|b| b.is_ascii_hexdigit());
        return run.split(':').all(group).then(|| {
            let groups: Vec<&str> = run.split(':').map(|g| g.trim_start_matches('0')).collect();
            groups.join(":")
        });
    }
    run.parse::<Ipv4Addr>().ok().map(|address| address.to_string())
}

/// Whether a run of numbers with dots is the first part of a version 4 address (`10.0.12`).
pub(super) fn ip_start(run: &str) -> bool {
    let mut groups = 0;
    let fits = run.split('.').all(|group| {
        groups += 1;
        group.len() <= 3 && group.parse::<u8>().is_ok()
    });
    fits && groups > 1
}

/// The digits of a phone number, without `+` and leading zeros; `None` where the text is no such number.
pub fn digits(text: &str) -> Option<String> {
    let spaced = |c: char| matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '+' | '\u{a0}');
    if !text.chars().all(|c| c.is_ascii_digit() || spaced(c)) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let short = digits.trim_start_matches('0');
    (short.len() >= 6).then(|| short.to_owned())
}
