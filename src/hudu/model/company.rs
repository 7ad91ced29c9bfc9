//! Companies.

use crate::http::raw::record;
use crate::hudu::model::HALO;

record! {
    /// A company.
    struct Company {
        /// Name.
        name: Option<String> = text("name"),
        /// Short name.
        nickname: Option<String> = text("nickname"),
        /// Customer, prospect, … (free text).
        company_type: Option<String> = text("company_type"),
        /// ID number.
        id_number: Option<String> = text("id_number"),
        /// Street.
        address_line_1: Option<String> = text("address_line_1"),
        /// Street, continued.
        address_line_2: Option<String> = text("address_line_2"),
        /// Town.
        city: Option<String> = text("city"),
        /// County or state.
        state: Option<String> = text("state"),
        /// Postal code.
        zip: Option<String> = text("zip"),
        /// Country.
        country_name: Option<String> = text("country_name"),
        /// Phone.
        phone_number: Option<String> = text("phone_number"),
        /// Website.
        website: Option<String> = text("website"),
        /// HTML. Untrusted.
        notes: Option<String> = text("notes"),
        /// The company above it.
        parent_id: Option<i64> = reference("parent_company_id"),
        /// Name of the company above it.
        parent_name: Option<String> = text("parent_company_name"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// What integrations it is matched with.
        integrations: Vec<Integration> = records("integrations"),
        /// Made.
        created: Option<i64> = instant("created_at"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A company's match in an integration.
    part Integration {
        /// Id of the match.
        id: Option<i64> = reference("id"),
        /// `halo` for HaloITSM and HaloPSA.
        integrator_name: Option<String> = text("integrator_name"),
        /// Id in the other product.
        sync_id: Option<i64> = reference("sync_id"),
        /// Name in the other product.
        name: Option<String> = text("name"),
        /// Company that it is matched with.
        company_id: Option<i64> = reference("company_id"),
    }
}

impl Company {
    /// The Halo client that Hudu's own integration matched it with.
    pub fn halo_client(&self) -> Option<i64> {
        self.integrations.iter().find(|i| i.is_halo())?.sync_id
    }
}

impl Integration {
    /// Whether it is HaloITSM or HaloPSA.
    pub fn is_halo(&self) -> bool {
        self.integrator_name.as_deref().is_some_and(|n| n.eq_ignore_ascii_case(HALO))
    }
}
