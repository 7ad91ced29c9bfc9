//! How records go from one product to the other.

use crate::halo::record::RecordKind;
use crate::json::Json;
use crate::settings::{ConnectedField, KeyField, SortRule};

/// How Halo records become Hudu records, and Hudu articles Halo articles.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct SyncSettings {
    /// Kinds that "everything" covers, where nothing else is asked for.
    pub kinds: Vec<RecordKind>,
    /// Keep the Halo client id in the company's ID number.
    pub id_number: bool,
    /// Halo's top level becomes the parent company.
    pub parent_company: bool,
    /// Layout for sites.
    pub sites_layout: String,
    /// Layout for users whom no rule takes.
    pub people_layout: String,
    /// Ordered rules that choose the layout of a user.
    pub people_rules: Vec<SortRule>,
    /// Layout for contracts.
    pub contracts_layout: String,
    /// Ordered rules that choose the layout of an asset.
    pub sort_rules: Vec<SortRule>,
    /// An asset that no rule takes goes to the layout that is named after its type or group.
    pub by_type_name: bool,
    /// Layout for assets that go nowhere else; empty leaves them out.
    pub default_layout: String,
    /// Name of an asset in Hudu: text with facts in braces, such as `{name}` or `{tag} {model}`.
    pub asset_name: String,
    /// Keys compared, per kind, in order.
    pub keys: Vec<(RecordKind, Vec<MatchKey>)>,
    /// Hudu fields that hold a key, where the usual names do not tell.
    pub key_fields: Vec<KeyField>,
    /// Policies that differ from the default, by kind and slot key.
    pub policies: Vec<(RecordKind, String, Policy)>,
    /// Halo fields connected with layout fields by hand; they go before what the names tell.
    pub connected: Vec<ConnectedField>,
    /// Kinds whose records are read one by one, for what Halo's lists leave out (a client's website, a
    /// user's department, an asset's notes), where Hudu has a place for it.
    pub details: Vec<RecordKind>,
    /// Sync ended contracts as well.
    pub ended_contracts: bool,
    /// Write what a contract is worth.
    pub contract_value: bool,
    /// Records that were set inactive in Halo are archived in Hudu.
    pub archive_inactive: bool,
    /// Published articles are shown to all users of Halo's portal.
    pub show_for_all: bool,
}

impl Default for SyncSettings {
    fn default() -> Self {
        use RecordKind as K;
        Self {
            kinds: vec![K::Client, K::Site, K::User, K::Asset, K::Contract, K::Article],
            id_number: true,
            parent_company: false,
            sites_layout: "Sites".to_owned(),
            people_layout: "People".to_owned(),
            people_rules: Vec::new(),
            contracts_layout: "Contracts".to_owned(),
            sort_rules: SortRule::defaults(),
            by_type_name: true,
            default_layout: "Computer Assets".to_owned(),
            asset_name: "{name}".to_owned(),
            keys: MatchKey::defaults(),
            key_fields: Vec::new(),
            policies: Vec::new(),
            connected: Vec::new(),
            details: vec![K::Client, K::User],
            ended_contracts: false,
            contract_value: false,
            archive_inactive: false,
            show_for_all: false,
        }
    }
}

/// A key that may identify a record inside its company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Json)]
pub enum MatchKey {
    /// E-mail address.
    Email,
    /// Serial number.
    Serial,
    /// Asset tag (inventory number).
    Tag,
    /// Contract reference.
    Reference,
    /// Normalised name.
    Name,
}

impl MatchKey {
    fn defaults() -> Vec<(RecordKind, Vec<Self>)> {
        vec![
            (RecordKind::Client, vec![MatchKey::Name]),
            (RecordKind::Site, vec![MatchKey::Name]),
            (RecordKind::User, vec![MatchKey::Email, MatchKey::Name]),
            (RecordKind::Asset, vec![MatchKey::Serial, MatchKey::Tag]),
            (RecordKind::Contract, vec![MatchKey::Reference]),
            (RecordKind::Article, vec![]),
        ]
    }
}

/// Who wins when a field differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Policy {
    /// Halo's value replaces Hudu's.
    HaloWins,
    /// Halo's value fills an empty field only.
    OnlyIfEmpty,
    /// When both changed since the last sync, the user decides; else Halo wins.
    AskIfBothChanged,
    /// The field is left alone.
    Never,
}
