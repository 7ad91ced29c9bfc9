//! A new password in Hudu. Its value is in no plan and no journal: until it is written it waits sealed in
//! the table that the browser keeps for as long as it runs, and is forgotten with the write.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::hudu::field::FieldValue;
use crate::hudu::link::{self, slug_path};
use crate::hudu::model::Password;
use crate::mapping::record::{HuduRecord, Slot};
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table, Write};
use crate::sync::back::{item, plan_of};
use crate::sync::error::SyncError;
use crate::sync::plan::{Change, Item, Plan, Target};
use crate::sync::sides::Sides;
use crate::sync::verify::member;
use crate::sync::view::{Action, Direction};
use crate::sync::write::{Look, Written};
use crate::{mark, t};

/// Letters of a generated password: none that are taken for another, and marks that every form takes.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_.+*#";
/// Letters of a generated password: about 119 bits.
const LENGTH: usize = 20;

/// A password to be made, without its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPassword {
    /// Hudu id of the company.
    pub company: i64,
    /// Asset that it belongs to, if any.
    pub asset: Option<i64>,
    /// Name.
    pub name: String,
    /// User name; may be empty.
    pub username: String,
    /// Where it is used to sign in; may be empty.
    pub url: String,
}

/// Seals a value that was typed, or one that is generated, until it is written. Answers the name under
/// which it waits.
pub async fn put_by(host: &Host, typed: Option<String>) -> Result<String, StoreError> {
    let mut salt = [0; 8];
    host.random.fill(&mut salt);
    let name: String = salt.iter().map(|byte| format!("{byte:02x}")).collect();
    let value = typed.unwrap_or_else(|| generate(host));
    // One waits at a time: what was never written is forgotten with the next.
    let earlier = host.store.scan(Table::Session, &key("")).await?;
    let gone = earlier.into_iter().map(|(key, _)| Write { table: Table::Session, key, value: None });
    host.store.write(gone.collect()).await?;
    let sealed = host.keeper.seal(&key(&name), value.as_bytes()).await?;
    host.store.write(vec![put(Table::Session, key(&name), &STANDARD.encode(sealed))]).await?;
    Ok(name)
}

/// Forgets a value that waits.
async fn forget(host: &Host, name: &str) -> Result<(), StoreError> {
    host.store.write(vec![Write { table: Table::Session, key: key(name), value: None }]).await
}

async fn waiting(host: &Host, name: &str) -> Result<Option<String>, StoreError> {
    let Some(sealed) = get::<String>(host, Table::Session, &key(name)).await? else { return Ok(None) };
    let Ok(sealed) = STANDARD.decode(sealed) else { return Ok(None) };
    let clear = host.keeper.open(&key(name), &sealed).await?;
    Ok(clear.and_then(|clear| String::from_utf8(clear).ok()))
}

fn key(name: &str) -> String {
    format!("typed/{name}")
}

fn generate(host: &Host) -> String {
    let mut text = String::with_capacity(LENGTH);
    // A byte that would make some letters likelier than others is thrown again.
    let fair = u8::try_from(256 / LETTERS.len() * LETTERS.len() - 1).unwrap_or(u8::MAX);
    while text.len() < LENGTH {
        let mut bytes = [0; 32];
        host.random.fill(&mut bytes);
        let letters =
            bytes.iter().filter(|byte| **byte <= fair).map(|byte| LETTERS[usize::from(*byte) % LETTERS.len()]);
        text.extend(letters.take(LENGTH - text.len()).map(char::from));
    }
    text
}

impl Sides {
    /// The plan that makes a password. `value` names what waits for it.
    pub async fn plan_password(&self, new: &NewPassword, value: String) -> Result<Plan, SyncError> {
        let name = new.name.trim();
        if name.is_empty() {
            return Err(SyncError::NotSynced(t!("Give the password a name.")));
        }
        let made = self.host.clock.now();
        let others = self.hudu.passwords(new.company).await?;
        let after = others.iter().map(|password| password.id).max().unwrap_or_default();
        let twin = others.iter().any(|other| !other.archived && is_named(other, name));
        let reason = match twin {
            true => t!("There is a password of that name already; this makes another one. The value is not shown."),
            false => t!("The value is not shown, and is not kept on this device."),
        };
        let target = Target::Password { company: new.company, id: None, after, value: value.clone() };
        let mut item = item(format!("password/{value}"), Action::Create, name, reason, target);
        let rows = [
            ("name", mark!("Name"), name),
            ("username", mark!("User name"), &new.username),
            ("url", mark!("Web address"), &new.url),
        ];
        item.changes = rows
            .into_iter()
            .filter(|(.., text)| !text.trim().is_empty())
            .map(|(member, label, text)| change(member, label, FieldValue::Text(text.trim().to_owned())))
            .collect();
        if let Some(asset) = new.asset {
            let asset = self.hudu.asset(new.company, asset).await?;
            let link = FieldValue::Assets(vec![(asset.id, asset.name.unwrap_or_default())]);
            item.changes.push(change("passwordable_id", mark!("Belongs to"), link));
        }
        Ok(plan_of(Direction::ToHudu, t!("Add the password {name} to Hudu", name), item, made))
    }

    /// A password as the records that are synced.
    pub(in crate::sync) fn password_record(&self, password: &Password) -> HuduRecord {
        let text = |name: &str, value: &Option<String>| {
            value.clone().map(|text| (Slot::attribute(name), FieldValue::Text(text)))
        };
        HuduRecord {
            id: password.id,
            company: password.company_id.unwrap_or_default(),
            layout: None,
            name: password.name.clone().unwrap_or_default(),
            archived: password.archived,
            url: link::absolute(self.hudu.origin(), None, &slug_path("/passwords/", &password.slug)),
            native: Vec::new(),
            values: text("username", &password.username).into_iter().collect(),
        }
    }

    /// Whether the password was made, after that one. A colleague may have made one of the same name, so its value
    /// tells; a value that is gone was forgotten with the write, or with the browser.
    pub(in crate::sync) async fn look_for_password(
        &self,
        item: &Item,
        company: i64,
        after: i64,
        value: &str,
    ) -> Result<Look, SyncError> {
        let rows = self.hudu.passwords(company).await?;
        let waiting = waiting(&self.host, value).await?;
        for row in rows.iter().filter(|row| row.id > after && is_named(row, &item.title)) {
            if let Some(clear) = &waiting
                && self.hudu.reveal(row.id).await?.password.as_deref().map(str::trim) != Some(clear.trim())
            {
                continue;
            }
            forget(&self.host, value).await?;
            let url = Some(self.password_record(row).url);
            return Ok(Look::Done { target: row.id, url, twins: Vec::new(), ours: true });
        }
        Ok(Look::Todo(item.changes.clone()))
    }

    /// Makes the password, or puts it away.
    pub(in crate::sync) async fn write_password(
        &self,
        company: i64,
        id: Option<i64>,
        value: &str,
        todo: &[Change],
    ) -> Result<Written, SyncError> {
        if let Some(id) = id {
            let archived = crate::sync::verify::archiving(todo).unwrap_or(true);
            let mut row = self.hudu.archive_password(id, archived).await?;
            row.archived = archived;
            return Ok(Written { target: id, url: Some(self.password_record(&row).url), note: None });
        }
        let Some(clear) = waiting(&self.host, value).await? else {
            let gone = t!(
                "The password’s value is no longer at hand: it is forgotten when the browser closes or the write was made. Add the password again."
            );
            return Err(SyncError::NotSynced(gone));
        };
        let mut body = Map::new();
        body.insert("company_id".to_owned(), json!(company));
        body.insert("password".to_owned(), Value::String(clear));
        for change in todo {
            let Slot::Attribute(name) = &change.slot else { continue };
            body.insert(name.to_string(), member(&change.after));
            if matches!(change.after, FieldValue::Assets(_)) {
                body.insert("passwordable_type".to_owned(), json!("Asset"));
            }
        }
        let made = self.hudu.create_password(Value::Object(body)).await?;
        forget(&self.host, value).await?;
        Ok(Written { target: made.id, url: Some(self.password_record(&made).url), note: None })
    }
}

fn is_named(password: &Password, name: &str) -> bool {
    password.name.as_deref().is_some_and(|own| own.trim() == name.trim())
}

fn change(member: &str, label: &'static str, after: FieldValue) -> Change {
    let slot = Slot::attribute(member);
    Change { slot, label: label.into(), before: FieldValue::Empty, after, note: None, by: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_apart() {
        assert!(!LETTERS.iter().any(|letter| b"0O1Il".contains(letter)));
        assert_eq!(LETTERS.len(), LETTERS.iter().collect::<std::collections::HashSet<_>>().len());
    }
}
