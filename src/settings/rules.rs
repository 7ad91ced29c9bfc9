//! Rules that a user writes: which layout a record goes to, which fields belong together.

use crate::halo::record::RecordKind;
use crate::json::Json;
use crate::settings::MatchKey;

/// One sort rule: a record for which every condition holds goes to this layout.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct SortRule {
    /// Conditions; a rule without any takes every record.
    pub when: Vec<Condition>,
    /// Name of the layout.
    pub layout: String,
}

/// One condition on a fact of a record.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct Condition {
    /// Key of the fact: `type`, `group`, `status`, `name`, …; for an asset-type or custom field `field:`
    /// and its label ("field:operating system").
    pub fact: String,
    /// What is asked of it.
    pub is: Test,
    /// What it is compared with, without case. Several texts with commas between them mean any of them
    /// (for "is not": none of them); a pattern is taken whole.
    pub value: String,
}

/// What a condition asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Test {
    /// The same text.
    Is,
    /// Another text, or none.
    IsNot,
    /// The text is in it.
    Contains,
    /// It begins with the text.
    StartsWith,
    /// It fits the regular expression, anywhere in it.
    Matches,
    /// There is nothing in it.
    IsEmpty,
}

impl SortRule {
    /// A rule on the asset type, for one of these words.
    pub fn for_types(words: &str, layout: &str) -> Self {
        let when = vec![Condition { fact: "type".to_owned(), is: Test::Contains, value: words.to_owned() }];
        Self { when, layout: layout.to_owned() }
    }

    pub(super) fn defaults() -> Vec<Self> {
        vec![
            Self::for_types("server", "Servers"),
            Self::for_types("firewall, switch, access point, router, network", "Network Devices"),
            Self::for_types("printer", "Printers"),
            Self::for_types("mobile, phone, tablet", "Mobile Devices"),
            Self::for_types("laptop, desktop, workstation, computer", "Computer Assets"),
        ]
    }
}

/// A Halo field connected with a Hudu layout field by hand.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct ConnectedField {
    /// Kind of record.
    pub kind: RecordKind,
    /// Name of the layout; empty for every layout of this kind.
    pub layout: String,
    /// Key of the Halo fact ("serial", "field:operating system").
    pub fact: String,
    /// Label of the layout's field.
    pub field: String,
}

/// A Hudu field that holds a key.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct KeyField {
    /// Kind of record.
    pub kind: RecordKind,
    /// The key.
    pub key: MatchKey,
    /// Label of the field ("Service tag"), or one of the primary members (`primary_serial`).
    pub field: String,
}
