//! The values of a connection: where each stands in the file and in the environment.

use sidelight::http::Product;

/// One value of a connection.
#[derive(Debug, PartialEq, Eq)]
pub struct Name {
    /// Section of the file.
    pub section: &'static str,
    /// Key within the section.
    pub key: &'static str,
    /// Variable of the environment, which wins over the file.
    pub variable: &'static str,
    /// Whether the connection cannot do without it.
    pub required: bool,
    /// Whether it is an address.
    pub address: bool,
    /// Whether it may stand in the environment only.
    pub secret: bool,
    /// What it is.
    pub about: &'static str,
}

impl Name {
    /// The side that it belongs to.
    pub fn product(&self) -> Product {
        if self.section == "hudu" { Product::Hudu } else { Product::Halo }
    }
}

const fn halo(key: &'static str, variable: &'static str, required: bool, about: &'static str) -> Name {
    Name { section: "halo", key, variable, required, address: false, secret: false, about }
}

/// Address of the HaloITSM instance.
pub const HALO_RESOURCE_SERVER: Name = Name {
    address: true,
    ..halo(
        "resource_server",
        "SIDELIGHT_HALO_RESOURCE_SERVER",
        true,
        "address of the HaloITSM instance (its resource server)",
    )
};
/// Authorisation server, where it is another one than the instance names.
pub const HALO_AUTH_SERVER: Name = Name {
    address: true,
    ..halo(
        "auth_server",
        "SIDELIGHT_HALO_AUTH_SERVER",
        false,
        "authorisation server, where the instance does not name it itself",
    )
};
/// Tenant.
pub const HALO_TENANT: Name =
    halo("tenant", "SIDELIGHT_HALO_TENANT", false, "tenant, where the instance does not name it itself");
/// Client ID.
pub const HALO_CLIENT_ID: Name =
    halo("client_id", "SIDELIGHT_HALO_CLIENT_ID", true, "client ID of the API application");
/// Client secret.
pub const HALO_SECRET: Name = Name {
    secret: true,
    ..halo("client_secret", "SIDELIGHT_HALO_CLIENT_SECRET", true, "client secret of the API application")
};
/// Address of Hudu.
pub const HUDU_URL: Name = Name {
    section: "hudu",
    key: "url",
    variable: "SIDELIGHT_HUDU_URL",
    required: true,
    address: true,
    secret: false,
    about: "address of the Hudu instance",
};
/// API key of Hudu.
pub const HUDU_API_KEY: Name = Name {
    section: "hudu",
    key: "api_key",
    variable: "SIDELIGHT_HUDU_API_KEY",
    required: true,
    address: false,
    secret: true,
    about: "API key of Hudu",
};

/// All of them, in the order in which they are told.
pub const NAMES: &[Name] =
    &[HALO_RESOURCE_SERVER, HALO_AUTH_SERVER, HALO_TENANT, HALO_CLIENT_ID, HALO_SECRET, HUDU_URL, HUDU_API_KEY];
