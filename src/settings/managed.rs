//! What the organisation sets for everybody: a policy of the browser that stands on top of what the user chose.
//!
//! The policy is one text in the form of the settings file, without the connections: these need a secret, which each
//! user gives. What it names is laid over at each reading and never stored as the user's choice, so that the
//! user's own comes back when the policy goes.

use crate::json::Json;
use crate::platform::{Host, StoreError, Table, Write};
use crate::settings::Settings;
use crate::settings::file::File;
use crate::trouble::Explain;

const KEY: &str = "managed";

/// What a policy of the browser says of the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct Managed {
    /// The keys that it sets, as in the settings file: `sync.sites_layout`.
    pub keys: Vec<String>,
    /// Why it cannot be read: nothing of it counts then.
    pub trouble: Option<String>,
}

impl Managed {
    /// Whether the organisation sets this key.
    pub fn sets(&self, key: &str) -> bool {
        self.keys.iter().any(|own| own == key)
    }
}

/// Keeps the text of the policy, or that there is none; tells whether it is another one than before.
pub async fn take(host: &Host, text: Option<&str>) -> Result<bool, StoreError> {
    let text = text.map(str::to_owned).filter(|text| !text.trim().is_empty());
    if policy(host).await? == text {
        return Ok(false);
    }
    host.store.write(vec![Write { table: Table::Settings, key: KEY.to_owned(), value: text }]).await?;
    Ok(true)
}

/// The text of the policy as it was taken last.
pub(super) async fn policy(host: &Host) -> Result<Option<String>, StoreError> {
    host.store.get(Table::Settings, KEY).await
}

/// The user's own settings with the policy on top.
pub(super) fn laid_over(own: Settings, policy: &str) -> Settings {
    let read = File::parse(policy).map(File::without_connections);
    match read.and_then(|file| Ok((file.settings(&own)?, file.keys()))) {
        Ok((settings, keys)) => Settings { managed: Managed { keys, trouble: None }, ..settings },
        Err(error) => Settings { managed: Managed { keys: Vec::new(), trouble: Some(error.sentence()) }, ..own },
    }
}

/// What the user chose in these settings: what the organisation sets stays as it was stored.
pub(super) fn own_part(settings: &Settings, stored: &Settings) -> Settings {
    let (mut own, old) = (settings.to_json(), stored.to_json());
    for key in &settings.managed.keys {
        let place = format!("/{}", key.replacen("sidebar.", "frame.", 1).replacen('.', "/", 1));
        if let (Some(new), Some(old)) = (own.pointer_mut(&place), old.pointer(&place)) {
            *new = old.clone();
        }
    }
    own["managed"] = Managed::default().to_json();
    Settings::from_json(own).unwrap_or_else(|_| stored.clone())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::settings::FrameMode;

    const POLICY: &str = "[halo]\nresource_server = \"https://acme.haloitsm.com\"\n[sync]\nsites_layout = \"Places\"\n[sidebar]\nmode = \"over\"\n";

    #[test]
    fn what_it_names_stands_on_top_and_the_users_own_comes_back() {
        let mut own = Settings::default();
        (own.sync.sites_layout, own.sync.people_layout) = ("Mine".to_owned(), "Staff".to_owned());
        let mut seen = laid_over(own.clone(), POLICY);
        assert_eq!((seen.sync.sites_layout.as_str(), seen.sync.people_layout.as_str()), ("Places", "Staff"));
        assert_eq!(seen.frame.mode, FrameMode::Over);
        assert_eq!(seen.managed.keys, ["sync.sites_layout", "sidebar.mode"]);
        assert!(seen.managed.sets("sidebar.mode") && !seen.managed.sets("sync.people_layout"));
        assert_eq!(seen.connections, own.connections);
        // The user changes one thing that is theirs, and a page sends back the rest.
        seen.sync.people_layout = "Contacts".to_owned();
        seen.sync.sites_layout = "Mine after all".to_owned();
        let kept = own_part(&seen, &own);
        own.sync.people_layout = "Contacts".to_owned();
        assert_eq!(kept, own);
    }

    #[test]
    fn one_that_cannot_be_read_is_told_and_changes_nothing() {
        let seen = laid_over(Settings::default(), "[sync]\nsites_layuot = \"Places\"\n");
        assert!(seen.managed.trouble.as_ref().unwrap().contains("sites_layuot"));
        assert_eq!(Settings { managed: Managed::default(), ..seen }, Settings::default());
    }
}
