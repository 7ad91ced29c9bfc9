//! An asset with its fields, each in the form that its type asks for.

use crate::assist::sections::{Desk, asset_item, due, password_item};
use crate::assist::view::{AssetLink, BodyView, DocumentKind, DocumentView, FieldKind, FieldView};
use crate::html::sanitise;
use crate::hudu::field::{FieldType, FieldValue, read};
use crate::hudu::model::{Asset, LayoutField};
use crate::mapping::compare::{parts, plain, show};
use crate::t;

/// Labels whose values are read out character by character: they stand in fixed width.
const CODES: [&str; 8] = ["serial", "ip address", "mac", "host name", "hostname", "service tag", "imei", "ip"];

/// An asset with its fields and its passwords.
pub fn of_asset(desk: &Desk, asset: &Asset, as_of: i64) -> DocumentView {
    let layout = desk.shapes.layout(asset.asset_layout_id);
    let item = asset_item(desk, asset);
    let (mut fields, mut own_fields) = (Vec::new(), Vec::new());
    let mut own = |label: &str, value: &Option<String>, kind| {
        if let Some(value) = value.clone().filter(|value| !value.is_empty()) {
            fields.push(FieldView::new(label, value, kind));
        }
    };
    own(&t!("Serial"), &asset.primary_serial, FieldKind::Code);
    own(&t!("Primary e-mail"), &asset.primary_mail, FieldKind::Email);
    own(&t!("Manufacturer"), &asset.primary_manufacturer, FieldKind::Text);
    own(&t!("Model"), &asset.primary_model, FieldKind::Text);
    for field in layout.map(|layout| layout.fields.as_slice()).unwrap_or_default() {
        own_fields.extend(field_view(desk, asset, field));
    }
    // The primary members repeat what many layouts have as fields of their own.
    fields.retain(|primary| !own_fields.iter().any(|own| own.value == primary.value));
    fields.extend(own_fields);
    let passwords = desk.library.passwords.rows.iter().filter(|password| {
        !password.archived
            && password.passwordable_type.as_deref() == Some("Asset")
            && password.passwordable_id == Some(asset.id)
    });
    DocumentView {
        kind: item.kind,
        id: asset.id,
        title: item.title,
        group: layout.and_then(|layout| layout.name.clone()).or_else(|| asset.layout_name.clone()),
        url: item.url,
        created: asset.created,
        updated: asset.updated,
        archived: asset.archived,
        as_of,
        body: BodyView::Fields { fields, passwords: passwords.map(|p| password_item(desk, p)).collect() },
    }
}

fn field_view(desk: &Desk, asset: &Asset, field: &LayoutField) -> Option<FieldView> {
    let label = field.label.clone().unwrap_or_default();
    let kind = field.kind();
    if kind == FieldType::Heading {
        return None;
    }
    if kind == FieldType::Password {
        return Some(FieldView::new(label, "", FieldKind::Secret));
    }
    let value = read(field, asset.field(&label)?, &desk.shapes.lists);
    let lower = label.to_lowercase();
    let (value, kind) = match (value, kind) {
        (FieldValue::Html(html), _) if plain(&html).is_empty() => return None,
        (FieldValue::Html(html), _) => (sanitise(&html, desk.origin), FieldKind::Html),
        (FieldValue::Date(day), _) => {
            let chip = if field.expiration { due(&day, desk.today) } else { None };
            return Some(FieldView { chip, ..FieldView::new(label, day, FieldKind::Date) });
        }
        (FieldValue::Check(set), _) => (set.to_string(), FieldKind::Check),
        (FieldValue::Address(address), _) => (parts(&address).join("\n"), FieldKind::Lines),
        (FieldValue::Assets(assets), _) => {
            let links: Vec<AssetLink> = assets.into_iter().map(|(id, name)| linked(desk, id, name)).collect();
            let names: Vec<&str> = links.iter().map(|link| link.name.as_str()).collect();
            let value = names.join(", ");
            return Some(FieldView { links, ..FieldView::new(label, value, FieldKind::Assets) });
        }
        (value, FieldType::Website) => {
            let text = show(&value)?;
            let web = text.starts_with("http://") || text.starts_with("https://");
            (text, if web { FieldKind::Link } else { FieldKind::Text })
        }
        (value, FieldType::Email) => {
            let text = show(&value)?;
            let mail = text.contains('@') && !text.contains(char::is_whitespace);
            (text, if mail { FieldKind::Email } else { FieldKind::Text })
        }
        (value, FieldType::Phone) => (show(&value)?, FieldKind::Phone),
        (value, _) if CODES.iter().any(|word| lower.starts_with(word)) => (show(&value)?, FieldKind::Code),
        (value, _) => {
            let text = show(&value)?;
            let kind = if text.contains('\n') { FieldKind::Lines } else { FieldKind::Text };
            (text, kind)
        }
    };
    Some(FieldView::new(label, value, kind))
}

/// A linked asset under its present name, which the link may not know.
fn linked(desk: &Desk, id: i64, name: String) -> AssetLink {
    let row = desk.library.assets.rows.iter().find(|asset| asset.id == id);
    let now = row.and_then(|asset| asset.name.clone());
    let kind = row.map_or(DocumentKind::Asset, |asset| asset_item(desk, asset).kind);
    let name = now.unwrap_or(if name.is_empty() { t!("Asset {id}", id) } else { name });
    AssetLink { id, kind, name, known: row.is_some() }
}
