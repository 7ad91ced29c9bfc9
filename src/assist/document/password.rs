//! A password without its secret.

use crate::assist::sections::{Desk, asset_item, password_item};
use crate::assist::view::{BodyView, Chip, DocumentKind, DocumentView, Strength, Tone, UseView};
use crate::http::date;
use crate::hudu::model::Password;
use crate::many;
use crate::mapping::compare::plain;

const YEAR_DAYS: i64 = 365;

/// A password with what is known of it.
pub(super) fn of_password(desk: &Desk, password: &Password, as_of: i64, uses: Vec<UseView>) -> DocumentView {
    let item = password_item(desk, password);
    let login = password.site().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let asset = match password.passwordable_type.as_deref() {
        Some("Asset") => desk.library.assets.rows.iter().find(|asset| Some(asset.id) == password.passwordable_id),
        _ => None,
    };
    DocumentView {
        kind: DocumentKind::Password,
        id: password.id,
        title: item.title,
        group: password.folder_name.clone(),
        url: item.url,
        created: password.created,
        updated: password.updated,
        archived: password.archived,
        as_of,
        body: BodyView::Password {
            username: password.username.clone(),
            one_time_code: password.has_otp,
            notes: password.description.as_deref().map(plain).filter(|text| !text.is_empty()),
            login_url: login.map(str::to_owned),
            strength: password.strength.as_deref().and_then(Strength::from_word),
            age: age(password.updated, desk.today),
            asset: asset.map(|asset| asset_item(desk, asset)),
            uses,
        },
    }
}

/// Hudu tells only when the record was edited last: the password is at least as old as that.
fn age(updated: Option<i64>, today: &str) -> Option<Chip> {
    let days = date::day_number(today)? - date::day_number(&date::day_of(updated?))?;
    let text = match days / YEAR_DAYS {
        ..=0 => return None,
        years => many!(years, "unchanged for over a year", "unchanged for {n} years"),
    };
    Some(Chip { text, tone: Tone::Warn })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_old_password_is_worth_a_remark() {
        let day = 86_400_000;
        let today = date::day_of(20_000 * day);
        let said = |days: i64| age(Some((20_000 - days) * day), &today).map(|chip| chip.text);
        assert_eq!(said(0), None);
        assert_eq!(said(364), None);
        assert_eq!(said(366).as_deref(), Some("unchanged for over a year"));
        assert_eq!(said(800).as_deref(), Some("unchanged for 2 years"));
        assert_eq!(age(None, &today), None);
    }
}
