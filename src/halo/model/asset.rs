//! Assets, their types and groups.

use serde_json::Value;

use crate::halo::model::{Contract, CustomField, User};
use crate::http::raw::{read, record};

record! {
    /// An asset (device, configuration item).
    struct Asset {
        /// Asset tag: the name that Halo shows. An asset has no name of its own.
        inventory_number: Option<String> = text("inventory_number"),
        /// Display copy of the type's first key field.
        key_field: Option<String> = text("key_field"),
        /// Second.
        key_field2: Option<String> = text("key_field2"),
        /// Third.
        key_field3: Option<String> = text("key_field3"),
        /// Type.
        type_id: Option<i64> = reference("assettype_id"),
        /// Type's name.
        type_name: Option<String> = text("assettype_name"),
        /// Group's name.
        group_name: Option<String> = text("assetgroup_name"),
        /// Client.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
        /// Site.
        site_id: Option<i64> = reference("site_id"),
        /// Site's name.
        site_name: Option<String> = text("site_name"),
        /// Name of the user it belongs to.
        username: Option<String> = text("username"),
        /// The first of its users, on list rows of some versions.
        first_user_id: Option<i64> = reference("first_user_id"),
        /// Status.
        status_name: Option<String> = text("status_name"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Plain text.
        notes: Option<String> = text("notes"),
        /// First day of the warranty.
        warranty_start: Option<String> = day("warranty_start"),
        /// Last day of the warranty.
        warranty_end: Option<String> = day("warranty_end"),
        /// Supplier's name.
        supplier_name: Option<String> = text("supplier_name"),
        /// Contract.
        contract_id: Option<i64> = reference("contract_id"),
        /// Contract's reference.
        contract_reference: Option<String> = text("contract_ref"),
        /// Asset above it.
        parent_id: Option<i64> = reference("parent_id"),
        /// Fields of its type; in lists only with `includeassetfields=true` and `assettype_id`.
        fields: Vec<AssetField> = records("fields"),
        /// Custom fields.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Its users.
        users: Vec<User> = records("users"),
        /// Its contracts.
        contracts: Vec<Contract> = records("contracts"),
        /// Last change, on the detail only.
        changed: Option<i64> = instant("dlastupdate"),
    }
}

record! {
    /// A field of an asset's type, with this asset's value.
    part AssetField {
        /// Id of the field's definition.
        id: Option<i64> = reference("id"),
        /// Label.
        name: Option<String> = text("name"),
        /// Value: text, number, id of a choice, or null.
        value: Value = any("value"),
        /// Value as text.
        display: Option<String> = text("display"),
        /// Kind of data, as Halo names it.
        validate: Option<String> = text("validate"),
    }
}

record! {
    /// A type of asset.
    struct AssetType {
        /// Name.
        name: Option<String> = text("name"),
        /// Group.
        group_id: Option<i64> = reference("assetgroup_id"),
        /// Group's name.
        group_name: Option<String> = text("assetgroup_name"),
        /// Definitions of its fields, on the detail.
        fields: Vec<AssetField> = records("field_list"),
    }
}

record! {
    /// A group of asset types.
    struct AssetGroup {
        /// Name.
        name: Option<String> = text("name"),
        /// Its types, with `includetypesforgroups=true`.
        types: Vec<AssetType> = records("assettypes"),
    }
}

impl Asset {
    /// The name that people know it by: the tag, else the first key field.
    pub fn display_name(&self) -> Option<&str> {
        [&self.inventory_number, &self.key_field, &self.key_field2, &self.key_field3]
            .into_iter()
            .find_map(|n| n.as_deref())
    }

    /// The field of its type with that label, compared without case.
    pub fn field(&self, name: &str) -> Option<&AssetField> {
        self.fields.iter().find(|f| f.name.as_deref().is_some_and(|n| n.eq_ignore_ascii_case(name)))
    }
}

impl AssetField {
    /// The readable text: what Halo displays, else the value itself.
    pub fn text(&self) -> Option<String> {
        self.display.clone().or_else(|| read::text_of(&self.value))
    }
}
