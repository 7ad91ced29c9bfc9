//! Contracts.

use crate::halo::model::{Asset, CustomField};
use crate::http::raw::record;

record! {
    /// A contract of a client.
    struct Contract {
        /// Reference: the name that Halo shows.
        reference: Option<String> = text("ref"),
        /// Client.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
        /// Site.
        site_id: Option<i64> = reference("site_id"),
        /// Site's name.
        site_name: Option<String> = text("site_name"),
        /// First day.
        start: Option<String> = day("start_date"),
        /// Last day.
        end: Option<String> = day("end_date"),
        /// Running.
        active: Option<bool> = maybe("active"),
        /// Ended.
        expired: bool = flag("expired"),
        /// Status as text.
        status: Option<String> = text("contract_status"),
        /// Kind of contract.
        type_name: Option<String> = text("contracttype_name"),
        /// Charge per period.
        charge: Option<f64> = decimal("periodchargeamount"),
        /// Agreement on service levels, on list rows too.
        sla_id: Option<i64> = reference("sla_id"),
        /// Name of the agreement on service levels.
        sla_name: Option<String> = text("sla_name"),
        /// Plain text.
        note: Option<String> = text("note"),
        /// Covered assets, on the detail.
        assets: Vec<Asset> = records("assets"),
        /// Custom fields.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Last change, on list rows too.
        changed: Option<i64> = instant("last_modified"),
    }
}
