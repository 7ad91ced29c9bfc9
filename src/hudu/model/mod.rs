//! Hudu's records. Every member but the id may be missing. Secrets are dropped while the answer is
//! read.

mod article;
mod asset;
mod company;
mod document;
mod layout;

pub use article::{Article, Folder, PublicPhoto};
pub use asset::{Asset, AssetField, Card};
pub use company::{Company, Integration};
pub use document::{
    ActivityLog, ApiInfo, Expiration, Password, Photo, Procedure, ProcedureTask, Relation, Upload, Website,
};
pub use layout::{Layout, LayoutField, List, ListItem};

/// Hudu's name for both HaloITSM and HaloPSA among its integrations.
pub const HALO: &str = "halo";
