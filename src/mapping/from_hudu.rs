//! Hudu records as mapping sees them.

use crate::hudu::field::{FieldValue, read};
use crate::hudu::link::{self, slug_path};
use crate::hudu::model::{Asset, Company, Layout, List};
use crate::mapping::record::{HuduRecord, LayoutField, LayoutShape, Slot};

/// A company.
pub fn company(company: &Company, origin: &str) -> HuduRecord {
    let text =
        |name: &str, value: &Option<String>| value.clone().map(|text| (Slot::attribute(name), FieldValue::Text(text)));
    let notes = company.notes.clone().map(|html| (Slot::attribute("notes"), FieldValue::Html(html)));
    let parent = company.parent_id.map(|id| {
        let name = company.parent_name.clone().unwrap_or_default();
        (Slot::attribute("parent_company_id"), FieldValue::Assets(vec![(id, name)]))
    });
    let native = company.integrations.iter().filter(|row| row.is_halo());
    HuduRecord {
        id: company.id,
        company: company.id,
        layout: None,
        name: company.name.clone().unwrap_or_default(),
        archived: company.archived,
        url: link::absolute(origin, company.url.as_deref(), &slug_path("/c/", &company.slug)),
        native: native.filter_map(|row| row.sync_id).map(|id| ("company".to_owned(), id)).collect(),
        values: [
            text("phone_number", &company.phone_number),
            text("website", &company.website),
            text("company_type", &company.company_type),
            text("address_line_1", &company.address_line_1),
            text("address_line_2", &company.address_line_2),
            text("city", &company.city),
            text("state", &company.state),
            text("zip", &company.zip),
            text("country_name", &company.country_name),
            text("id_number", &company.id_number),
            notes,
            parent,
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

/// An asset. Its layout tells the types of its fields; without it they are read as text.
pub fn asset(asset: &Asset, layout: Option<&Layout>, lists: &[List], origin: &str) -> HuduRecord {
    let mut values = Vec::new();
    for (name, value) in [
        ("primary_serial", &asset.primary_serial),
        ("primary_mail", &asset.primary_mail),
        ("primary_model", &asset.primary_model),
        ("primary_manufacturer", &asset.primary_manufacturer),
    ] {
        values.extend(value.clone().map(|text| (Slot::attribute(name), FieldValue::Text(text))));
    }
    for field in layout.map(|layout| layout.fields.as_slice()).unwrap_or_default() {
        let label = field.label.clone().unwrap_or_default();
        let value = asset.field(&label).map_or(FieldValue::Empty, |value| read(field, value, lists));
        if value != FieldValue::Empty {
            values.push((Slot::field(&label), value));
        }
    }
    HuduRecord {
        id: asset.id,
        company: asset.company_id.unwrap_or_default(),
        layout: asset.asset_layout_id,
        name: asset.name.clone().unwrap_or_default(),
        archived: asset.archived,
        url: link::absolute(origin, asset.url.as_deref(), &slug_path("/a/", &asset.slug)),
        native: asset
            .cards
            .iter()
            .filter_map(|card| Some((card.sync_type.clone()?, card.sync_id?)).filter(|(t, _)| card.is_halo(t)))
            .collect(),
        values,
    }
}

/// A layout with the options of its drop-downs and lists.
pub fn layout(layout: &Layout, lists: &[List]) -> LayoutShape {
    LayoutShape {
        id: layout.id,
        name: layout.name.clone().unwrap_or_default(),
        active: layout.is_active(),
        fields: layout
            .fields
            .iter()
            .map(|field| {
                let list = field.list_id.and_then(|id| lists.iter().find(|list| list.id == id));
                let items = list.map(|list| list.items.iter().filter_map(|item| item.name.clone()).collect());
                let choices = || field.choices().into_iter().map(str::to_owned).collect();
                LayoutField {
                    label: field.label.clone().unwrap_or_default(),
                    kind: field.field_type.clone().unwrap_or_default(),
                    options: items.unwrap_or_else(choices),
                    expiration: field.expiration,
                    linked_layout: field.linkable_id,
                    linked_by: None,
                }
            })
            .collect(),
    }
}
