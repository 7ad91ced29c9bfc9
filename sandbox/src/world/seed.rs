//! Repeatable choices: the same number always gives the same world.

/// A small repeatable source of numbers (SplitMix64), so that every start sees the same records.
#[derive(Clone, Debug)]
pub struct Seed(u64);

impl Seed {
    /// Starts from any number.
    pub fn new(start: u64) -> Self {
        Self(start.wrapping_mul(0xD1B5_4A32_D192_ED03) ^ 0x51DE_1165_0000_0001)
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        match u64::try_from(end) {
            Ok(end) if end > 0 => usize::try_from(self.next() % end).unwrap_or_default(),
            _ => 0,
        }
    }

    /// True in about `percent` of a hundred calls.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A whole number between both ends, ends included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// One entry of a list that is never empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Text after a pattern: `#` becomes a digit, `?` a letter or digit, `~` a lower-case hex digit;
    /// anything else stands for itself.
    pub fn pattern(&mut self, pattern: &str) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTVWXYZ0123456789";
        const HEX: &[u8] = b"0123456789abcdef";
        pattern
            .chars()
            .map(|c| match c {
                '#' => char::from(*self.pick(&LETTERS[23..])),
                '?' => char::from(*self.pick(LETTERS)),
                '~' => char::from(*self.pick(HEX)),
                other => other,
            })
            .collect()
    }
}
