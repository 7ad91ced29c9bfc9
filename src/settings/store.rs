//! Reading and writing the settings.

use crate::json::{self, Json, Value, Wrong};
use crate::platform::{Host, StoreError, Table, Write};
use crate::settings::{Settings, SortRule, VERSION, managed};

const KEY: &str = "settings";

/// The settings as stored, or the defaults, with what the organisation sets on top. Members that this version
/// does not know are passed over, missing ones take their default, and those of an earlier version are brought
/// to this one.
pub async fn load(host: &Host) -> Result<Settings, StoreError> {
    let own = own(host).await?;
    Ok(match managed::policy(host).await? {
        Some(policy) => managed::laid_over(own, &policy),
        None => own,
    })
}

/// What the user chose.
async fn own(host: &Host) -> Result<Settings, StoreError> {
    let Some(text) = host.store.get(Table::Settings, KEY).await? else {
        return Ok(Settings::default());
    };
    read(&text).map_err(|error| StoreError::Broken(format!("settings: {error}")))
}

fn read(text: &str) -> Result<Settings, Wrong> {
    let mut value: Value = json::read(text)?;
    if value.get("version").and_then(Value::as_u64).unwrap_or(1) < 2 {
        rules_by_conditions(&mut value);
    }
    Ok(Settings { version: VERSION, ..Settings::from_json(value)? })
}

/// Version 1 had rules of words in the asset type: `{"types": ["laptop"], "layout": "Computers"}`.
fn rules_by_conditions(settings: &mut Value) {
    let Some(rules) = settings.pointer_mut("/sync/sort_rules").and_then(Value::as_array_mut) else { return };
    for rule in rules {
        let Some(words) = rule.get("types").and_then(Value::as_array) else { continue };
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        let layout = rule.get("layout").and_then(Value::as_str).unwrap_or_default();
        *rule = SortRule::for_types(&words.join(", "), layout).to_json();
    }
}

/// Stores the settings. Of what the organisation sets, the user's own choice stays as it was.
pub async fn save(host: &Host, settings: &Settings) -> Result<(), StoreError> {
    let part = match settings.managed.keys.is_empty() {
        true => Settings { managed: managed::Managed::default(), ..settings.clone() },
        false => managed::own_part(settings, &own(host).await?),
    };
    let change = Write { table: Table::Settings, key: KEY.to_owned(), value: Some(json::write(&part)) };
    host.store.write(vec![change]).await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn settings_of_the_first_version_keep_their_rules() {
        let old = r#"{"version":1,"sync":{"sites_layout":"Places","sort_rules":[
            {"types":["laptop","desktop"],"layout":"Computers"},{"types":[],"layout":"Odd"}]}}"#;
        let settings = read(old).unwrap();
        assert_eq!(settings.version, VERSION);
        assert_eq!(settings.sync.sites_layout, "Places");
        assert_eq!(
            settings.sync.sort_rules,
            [SortRule::for_types("laptop, desktop", "Computers"), SortRule::for_types("", "Odd")]
        );
        assert_eq!(read(&json::write(&settings)).unwrap(), settings);
    }
}
