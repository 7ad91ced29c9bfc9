//! Chance from the operating system.

use sidelight::platform::Random;

/// The operating system's generator.
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, buffer: &mut [u8]) {
        // Without chance no name of a run is safe to use: better to end than to go on.
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    }
}
