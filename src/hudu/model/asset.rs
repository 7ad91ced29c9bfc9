//! Assets.

use serde_json::Value;

use crate::http::raw::record;
use crate::hudu::field::FieldType;
use crate::hudu::model::{HALO, Layout};

record! {
    /// An asset.
    struct Asset {
        /// Name.
        name: Option<String> = text("name"),
        /// Company.
        company_id: Option<i64> = reference("company_id"),
        /// Company's name.
        company_name: Option<String> = text("company_name"),
        /// Layout.
        asset_layout_id: Option<i64> = reference("asset_layout_id"),
        /// Layout's name.
        layout_name: Option<String> = text("asset_type"),
        /// Serial number.
        primary_serial: Option<String> = text("primary_serial"),
        /// E-mail address.
        primary_mail: Option<String> = text("primary_mail"),
        /// Model.
        primary_model: Option<String> = text("primary_model"),
        /// Manufacturer.
        primary_manufacturer: Option<String> = text("primary_manufacturer"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Values of the layout's fields; those without a value may be missing.
        fields: Vec<AssetField> = records("fields"),
        /// What integrations know of it.
        cards: Vec<Card> = records("cards"),
        /// Made.
        created: Option<i64> = instant("created_at"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A value of an asset. Its type stands in the layout only.
    part AssetField {
        /// Id of this value; not the layout field's.
        id: Option<i64> = reference("id"),
        /// Label of the layout field.
        label: Option<String> = text("label"),
        /// As answered; read it with [`crate::hudu::field::read`].
        value: Value = any("value"),
        /// Position in the layout.
        position: Option<i64> = integer("position"),
    }
}

record! {
    /// What an integration knows of an asset.
    part Card {
        /// Id.
        id: Option<i64> = reference("id"),
        /// `halo` for HaloITSM and HaloPSA.
        integrator_name: Option<String> = text("integrator_name"),
        /// `asset`, `site` or `contact` (a Halo user).
        sync_type: Option<String> = text("sync_type"),
        /// Id in the other product.
        sync_id: Option<i64> = reference("sync_id"),
        /// Address in the other product.
        link: Option<String> = text("link"),
    }
}

impl Asset {
    /// The value under a label, compared without case.
    pub fn field(&self, label: &str) -> Option<&Value> {
        let same = |f: &&AssetField| f.label.as_deref().is_some_and(|l| l.eq_ignore_ascii_case(label));
        self.fields.iter().find(same).map(|f| &f.value).filter(|v| !v.is_null())
    }

    /// Empties the fields that the layout calls confidential, and those that it does not know: so that
    /// the asset may be stored or shown. An asset list holds them in clear, and only the layout tells
    /// which they are.
    pub fn hide_confidential(&mut self, layout: Option<&Layout>) {
        let hidden = |label: Option<&str>| {
            let field = layout.zip(label).and_then(|(layout, label)| layout.field(label));
            field.is_none_or(|field| field.kind() == FieldType::Password)
        };
        for field in &mut self.fields {
            if hidden(field.label.as_deref()) {
                field.value = Value::Null;
                field.raw.insert("value".to_owned(), Value::Null);
            }
        }
        if let Some(Value::Array(rows)) = self.raw.get_mut("fields") {
            for row in rows {
                if hidden(row.get("label").and_then(Value::as_str)) {
                    row["value"] = Value::Null;
                }
            }
        }
        // What another integration knows of the asset can be anything.
        if let Some(Value::Array(cards)) = self.raw.get_mut("cards") {
            for card in cards.iter_mut().filter_map(Value::as_object_mut) {
                card.remove("data");
            }
        }
        for card in &mut self.cards {
            card.raw.remove("data");
        }
    }
}

impl Card {
    /// Whether it is HaloITSM's or HaloPSA's, of that type.
    pub fn is_halo(&self, sync_type: &str) -> bool {
        let same = |a: &Option<String>, b: &str| a.as_deref().is_some_and(|a| a.eq_ignore_ascii_case(b));
        same(&self.integrator_name, HALO) && same(&self.sync_type, sync_type)
    }
}
