//! Which Halo record is meant.

use crate::json::{Json, Shape};
/// The kinds of Halo record that a page can show and Sidelight knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Json, Shape)]
pub enum RecordKind {
    /// A ticket. Read only.
    Ticket,
    /// A client (customer).
    Client,
    /// A site of a client.
    Site,
    /// An end user (contact).
    User,
    /// An asset (device, configuration item).
    Asset,
    /// A contract of a client.
    Contract,
    /// A knowledge-base article.
    Article,
}

impl RecordKind {
    /// Every kind.
    const ALL: [RecordKind; 7] = [
        RecordKind::Ticket,
        RecordKind::Client,
        RecordKind::Site,
        RecordKind::User,
        RecordKind::Asset,
        RecordKind::Contract,
        RecordKind::Article,
    ];

    /// From its [`RecordKind::word`].
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The word in lower case, for sentences, keys and the command line.
    pub fn word(self) -> &'static str {
        match self {
            RecordKind::Ticket => "ticket",
            RecordKind::Client => "client",
            RecordKind::Site => "site",
            RecordKind::User => "user",
            RecordKind::Asset => "asset",
            RecordKind::Contract => "contract",
            RecordKind::Article => "article",
        }
    }
}

/// One Halo record by kind and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Json, Shape)]
pub struct RecordRef {
    /// Kind.
    pub kind: RecordKind,
    /// Halo's id; 0 and -1 are Halo's sentinels and never stand here.
    pub id: i64,
}

impl RecordRef {
    /// Shorthand.
    pub fn new(kind: RecordKind, id: i64) -> Self {
        Self { kind, id }
    }

    /// `client/12`: the key in the store and in plans.
    pub fn key(self) -> String {
        format!("{}/{}", self.kind.word(), self.id)
    }

    /// From such a key.
    pub fn from_key(key: &str) -> Option<Self> {
        let (word, id) = key.split_once('/')?;
        Some(Self::new(RecordKind::of(word)?, id.parse().ok().filter(|id| *id > 0)?))
    }
}
