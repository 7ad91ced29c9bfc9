//! Kinds of record as they are typed: one record, or many.

use clap::ValueEnum;
use sidelight::halo::record::{RecordKind, RecordRef};

/// Kind of one Halo record.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    /// A client, with its main site's address and phone.
    Client,
    /// A site.
    Site,
    /// A user.
    User,
    /// An asset.
    Asset,
    /// A contract.
    Contract,
    /// A knowledge-base article that came from Hudu.
    Article,
}

impl Kind {
    /// The record of that kind and id.
    pub fn record(self, id: i64) -> RecordRef {
        let kind = match self {
            Kind::Client => RecordKind::Client,
            Kind::Site => RecordKind::Site,
            Kind::User => RecordKind::User,
            Kind::Asset => RecordKind::Asset,
            Kind::Contract => RecordKind::Contract,
            Kind::Article => RecordKind::Article,
        };
        RecordRef::new(kind, id)
    }
}

/// All records of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Area {
    /// Clients become companies.
    Clients,
    /// Sites become assets.
    Sites,
    /// Users become assets.
    Users,
    /// Assets become assets.
    Assets,
    /// Contracts become assets.
    Contracts,
    /// Hudu's articles become Halo articles.
    Articles,
}

impl Area {
    /// The kind of its records.
    pub fn kind(self) -> RecordKind {
        match self {
            Area::Clients => RecordKind::Client,
            Area::Sites => RecordKind::Site,
            Area::Users => RecordKind::User,
            Area::Assets => RecordKind::Asset,
            Area::Contracts => RecordKind::Contract,
            Area::Articles => RecordKind::Article,
        }
    }
}
