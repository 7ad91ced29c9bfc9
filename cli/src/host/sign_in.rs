//! There is no window in which a person could sign in.

use reqwest::Url;
use sidelight::platform::{Later, SignIn};

/// The command line signs in as an application, with client ID and secret.
pub struct NoSignIn;

impl SignIn for NoSignIn {
    fn redirect_url(&self) -> Option<Url> {
        None
    }

    fn run(&self, _url: Url) -> Later<'_, Option<Url>> {
        Box::pin(async { None })
    }
}
