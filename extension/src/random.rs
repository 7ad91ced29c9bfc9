//! Chance from the browser's cryptography.

use sidelight::platform::Random;

use crate::global::CRYPTO;

/// `crypto.getRandomValues`, which takes at most 65,536 bytes at once.
pub struct BrowserRandom;

impl Random for BrowserRandom {
    fn fill(&self, buffer: &mut [u8]) {
        for part in buffer.chunks_mut(65_536) {
            // Refused only for a longer part.
            let _ = CRYPTO.with(|crypto| crypto.get_random_values_with_u8_array(part));
        }
    }
}
