//! HaloITSM's records. Every member but the id may be missing; list rows hold less than details.

mod article;
mod asset;
mod contract;
mod custom;
mod customer;
mod desk;

pub use article::{Article, ClientAccess, FaqList, Tag};
pub use asset::{Asset, AssetField, AssetGroup, AssetType};
pub use contract::Contract;
pub use custom::CustomField;
pub use customer::{Address, Client, Site, User};
pub use desk::{Action, Agent, InstanceInfo, Ticket};
