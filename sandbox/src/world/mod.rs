//! The make-believe managed service provider that both servers are seeded from.
//!
//! One plain description, read by [`crate::halo`] and by [`crate::hudu`], so that the two sides
//! agree on names, serials and e-mail addresses exactly as far as a real pair would.

mod build;
mod catalogue;
mod clients;
mod days;
mod desk;
mod devices;
mod fleet;
mod harbour;
mod labelled;
mod large;
mod library;
mod mail;
mod names;
mod papers;
mod people;
mod places;
mod records;
mod seed;
#[cfg(test)]
mod tests;

pub use build::{TODAY, world, world_on};
pub use labelled::{Labelled, labelled};
pub use large::{Size, large};
pub use records::{Agent, Article, Password, Process, Ticket};

/// How far a client has got into Hudu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Someone typed it into Hudu: no link to Halo, small differences in spelling, old phone numbers.
    ByHand,
    /// Hudu's own Halo integration made it: `integrations[]` on the company, `cards[]` on assets.
    Native,
    /// Hudu has never heard of it.
    None,
}

/// Everything the sandbox pair knows.
#[derive(Clone, Debug)]
pub struct World {
    /// Customers of the provider; Halo ids start at 12 (1 is Halo's built-in "Unknown").
    pub clients: Vec<Client>,
    /// Asset types with their groups and fields.
    pub asset_types: Vec<AssetType>,
    /// Tickets, newest last.
    pub tickets: Vec<Ticket>,
    /// Hudu articles: Central ones have no client.
    pub articles: Vec<Article>,
    /// Agents of the provider; the first is the API agent.
    pub agents: Vec<Agent>,
}

/// A client (customer) with what belongs to it.
#[derive(Clone, Debug)]
pub struct Client {
    /// Halo id.
    pub id: i64,
    /// Name as Halo has it.
    pub name: String,
    /// Name as Hudu has it (differs by case, punctuation or legal suffix where someone typed it).
    pub hudu_name: String,
    /// How far it has got into Hudu.
    pub presence: Presence,
    /// `https://…` or a bare host, as people type it.
    pub website: String,
    /// Main phone number in Halo.
    pub phone: String,
    /// Main phone number in Hudu, often an older one.
    pub hudu_phone: String,
    /// Free text.
    pub notes: String,
    /// Customer type shown in both.
    pub kind: String,
    /// Top level (department tree above clients).
    pub top_level: String,
    /// Inactive in Halo (archived in Hudu where present).
    pub inactive: bool,
    /// Places; the first is the main site.
    pub sites: Vec<Site>,
    /// End users.
    pub users: Vec<User>,
    /// Devices and other configuration items.
    pub assets: Vec<Asset>,
    /// Agreements.
    pub contracts: Vec<Contract>,
    /// Secrets kept in Hudu.
    pub passwords: Vec<Password>,
    /// Processes kept in Hudu.
    pub processes: Vec<Process>,
    /// Domains watched by Hudu.
    pub websites: Vec<String>,
}

/// A site of a client.
#[derive(Clone, Debug)]
pub struct Site {
    /// Halo id.
    pub id: i64,
    /// "Leith office".
    pub name: String,
    /// Street line.
    pub line1: String,
    /// Town.
    pub town: String,
    /// County or state.
    pub county: String,
    /// Postal code.
    pub postcode: String,
    /// ISO country code.
    pub country: String,
    /// Phone of the site.
    pub phone: String,
    /// IANA time zone.
    pub timezone: String,
    /// Name of the main contact, if any.
    pub main_contact: Option<String>,
}

/// An end user (contact).
#[derive(Clone, Debug)]
pub struct User {
    /// Halo id.
    pub id: i64,
    /// Halo id of the site.
    pub site_id: i64,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub surname: String,
    /// E-mail address, unique in the world.
    pub email: String,
    /// Desk phone.
    pub phone: String,
    /// Mobile phone.
    pub mobile: String,
    /// Job title.
    pub job_title: String,
    /// Department.
    pub department: String,
    /// Account name.
    pub login: String,
    /// Important contact.
    pub vip: bool,
    /// Has left.
    pub inactive: bool,
    /// Whether Hudu has this person.
    pub in_hudu: bool,
}

/// A kind of asset in Halo.
#[derive(Clone, Debug)]
pub struct AssetType {
    /// Halo id.
    pub id: i64,
    /// "Laptop".
    pub name: String,
    /// Halo id of the group.
    pub group_id: i64,
    /// "Computers".
    pub group: String,
    /// Layout in Hudu that holds these by default ("Computer Assets").
    pub layout: String,
    /// Names of the asset-type fields, in order ("Serial Number", "Manufacturer", "Model", …).
    /// Halo field ids are `type id * 100 + position`.
    pub fields: Vec<String>,
}

/// A device or other configuration item.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Halo id.
    pub id: i64,
    /// Asset tag ("HF-LT-042").
    pub tag: String,
    /// Halo id of the asset type.
    pub type_id: i64,
    /// Halo id of the site.
    pub site_id: i64,
    /// Halo id of the user, if someone has it.
    pub user_id: Option<i64>,
    /// Values by asset-type field name; the serial is among them.
    pub fields: Vec<(String, String)>,
    /// Values of custom fields (name without the `CF` prefix).
    pub custom: Vec<(String, String)>,
    /// "In use", "In stock", "Retired".
    pub status: String,
    /// `YYYY-MM-DD`.
    pub warranty_start: Option<String>,
    /// `YYYY-MM-DD`.
    pub warranty_end: Option<String>,
    /// Free text.
    pub notes: String,
    /// Not in use any more.
    pub inactive: bool,
    /// Whether Hudu has it.
    pub in_hudu: bool,
}

/// An agreement.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Halo id.
    pub id: i64,
    /// "HF-MS-2026".
    pub reference: String,
    /// "Managed service".
    pub kind: String,
    /// `YYYY-MM-DD`.
    pub start: String,
    /// `YYYY-MM-DD`.
    pub end: String,
    /// Ended ones are not active.
    pub active: bool,
    /// "Standard SLA".
    pub sla: String,
    /// Free text.
    pub note: String,
    /// Value per period.
    pub value: f64,
    /// Whether Hudu has it.
    pub in_hudu: bool,
}
