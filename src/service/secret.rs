//! Revealing one secret, and clearing the clipboard after it.

use crate::assist::notes;
use crate::assist::view::{DocumentKind, UseView};
use crate::halo::record::RecordRef;
use crate::http::ApiError;
use crate::protocol::{Reply, SecretPart, SecretUse};
use crate::service::{Service, ServiceError};
use crate::t;
use crate::vault;

/// How long a copied secret may stay in the clipboard.
const CLIPBOARD_MS: i64 = 30_000;

/// Name of the alarm that clears the clipboard, before the digest.
const ALARM: &str = "clipboard/";

impl Service {
    /// Fetches the one password again and answers the one part that was asked for.
    /// It is noted on this device who asked for it, when and what for.
    pub(super) async fn reveal(
        &self,
        password: i64,
        part: SecretPart,
        how: SecretUse,
        record: Option<RecordRef>,
    ) -> Result<Reply, ServiceError> {
        let sides = self.sides().await?;
        let (secrets, who) = futures::join!(sides.hudu.reveal(password), self.agent());
        let secrets = secrets?;
        let missing = || ApiError::NotFound {
            product: crate::http::Product::Hudu,
            what: t!(
                "{what} in password {password}",
                what = match part {
                    SecretPart::Password => t!("a value"),
                    SecretPart::OneTimeCode => t!("a one-time code"),
                },
                password
            ),
        };
        match part {
            SecretPart::Password => {
                let value = secrets.password.ok_or_else(missing)?;
                self.used(password, part, how, record, who).await;
                Ok(Reply::Secret { value, until: None })
            }
            SecretPart::OneTimeCode => {
                let seed = secrets.otp_seed.ok_or_else(missing)?;
                let (value, until) = vault::one_time_code(&seed, self.host().clock.now())?;
                self.used(password, part, how, record, who).await;
                Ok(Reply::Secret { value, until: Some(until) })
            }
        }
    }

    /// A full disk keeps nobody from a password: the note is missing then.
    async fn used(&self, password: i64, part: SecretPart, how: SecretUse, record: Option<RecordRef>, who: String) {
        let time = self.host().clock.now();
        if let Some(record) = record {
            let _ = self.used_for(record, DocumentKind::Password, password).await;
        }
        let _ = notes::add(self.host(), password, UseView { time, who, record, part, how }).await;
    }

    /// The clipboard may hold a secret.
    pub(super) fn copied(&self, digest: &str) -> Reply {
        // Only what a SHA-256 looks like: the name of an alarm is no place for anything else.
        if digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            self.browser().wake_in(format!("{ALARM}{digest}"), CLIPBOARD_MS);
        }
        Reply::Done
    }

    /// The alarm for the clipboard rang.
    pub(super) async fn clear_clipboard(&self, alarm: &str) {
        if let Some(digest) = alarm.strip_prefix(ALARM) {
            self.browser().clear_clipboard(digest.to_owned()).await;
        }
    }
}
