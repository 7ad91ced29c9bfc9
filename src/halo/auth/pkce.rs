//! Proof that the one who redeems a code is the one who asked for it (RFC 7636).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::platform::Random;

/// The secrets of one sign-in.
pub struct Pkce {
    /// Sent with the code.
    pub(crate) verifier: String,
    /// Comes back with the code.
    pub(crate) state: String,
}

impl Pkce {
    /// From chance.
    pub fn new(random: &dyn Random) -> Self {
        let mut verifier = [0; 32];
        let mut state = [0; 16];
        random.fill(&mut verifier);
        random.fill(&mut state);
        Self { verifier: URL_SAFE_NO_PAD.encode(verifier), state: URL_SAFE_NO_PAD.encode(state) }
    }

    /// Sent first: SHA-256 of the verifier.
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let pkce = Pkce { verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(), state: String::new() };
        assert_eq!(pkce.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
