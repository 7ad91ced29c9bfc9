//! A quick hash for tables of ids and short texts: nobody outside chooses what is in them to do harm, and
//! what they find is compared once more.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map with the quick hash.
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// A set with the quick hash.
pub type QuickSet<K> = HashSet<K, BuildHasherDefault<Quick>>;

/// Multiplies and turns, eight bytes at a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quick(u64);

impl Quick {
    fn mix(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        eights.iter().for_each(|eight| self.mix(u64::from_le_bytes(*eight)));
        if !rest.is_empty() {
            // No copy of unknown length: in WASM that is a call into the engine for a few bytes.
            self.mix(rest.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)));
        }
    }
    fn write_u8(&mut self, part: u8) {
        self.mix(u64::from(part));
    }
    fn write_u32(&mut self, part: u32) {
        self.mix(u64::from(part));
    }
    fn write_u64(&mut self, part: u64) {
        self.mix(part);
    }
    fn write_usize(&mut self, part: usize) {
        self.mix(part as u64);
    }
    fn finish(&self) -> u64 {
        // The table takes its place from the low bits and its tag from the high ones.
        self.0 ^ (self.0 >> 29)
    }
}
