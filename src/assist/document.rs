//! One document of a company, open.

use crate::assist::sections::{Desk, asset_item, folder_path, password_item};
use crate::assist::view::{BodyView, DocumentKind, DocumentView, FieldKind, FieldView};
use crate::html::sanitise;
use crate::hudu::field::{FieldType, FieldValue, read};
use crate::hudu::link::{self, slug_path};
use crate::hudu::model::{Article, Asset, LayoutField, Password, Procedure};
use crate::library::Shelf;
use crate::mapping::compare::{plain, show};

/// The document of that kind and id, if the company has it. `published` tells the Halo article that
/// a Hudu article was published as.
pub fn document(desk: &Desk, kind: DocumentKind, id: i64, published: Option<i64>) -> Option<DocumentView> {
    let library = desk.library;
    match kind {
        DocumentKind::Asset | DocumentKind::Person => {
            row(&library.assets, |asset| asset.id == id).map(|(asset, as_of)| of_asset(desk, asset, as_of))
        }
        DocumentKind::Article => row(&library.articles, |article| article.id == id)
            .map(|(article, as_of)| of_article(desk, article, as_of, published)),
        DocumentKind::Password => {
            row(&library.passwords, |password| password.id == id).map(|(row, as_of)| of_password(desk, row, as_of))
        }
        DocumentKind::Process => row(&library.procedures, |procedure| procedure.id == id)
            .map(|(procedure, as_of)| of_process(desk, procedure, as_of)),
        DocumentKind::Website | DocumentKind::Expiration => None,
    }
}

fn row<T>(shelf: &Shelf<T>, fits: impl Fn(&T) -> bool) -> Option<(&T, i64)> {
    shelf.rows.iter().find(|row| fits(row)).map(|row| (row, shelf.as_of.unwrap_or_default()))
}

/// An asset with its fields and its passwords.
pub fn of_asset(desk: &Desk, asset: &Asset, as_of: i64) -> DocumentView {
    let layout = desk.shapes.layout(asset.asset_layout_id);
    let item = asset_item(desk, asset);
    let (mut fields, mut own_fields) = (Vec::new(), Vec::new());
    let mut own = |label: &str, value: &Option<String>, kind| {
        if let Some(value) = value.clone().filter(|value| !value.is_empty()) {
            fields.push(FieldView { label: label.to_owned(), value, kind });
        }
    };
    own("Serial", &asset.primary_serial, FieldKind::Code);
    own("Primary e-mail", &asset.primary_mail, FieldKind::Email);
    own("Manufacturer", &asset.primary_manufacturer, FieldKind::Text);
    own("Model", &asset.primary_model, FieldKind::Text);
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
        updated: asset.updated,
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
        return Some(FieldView { label, value: String::new(), kind: FieldKind::Secret });
    }
    let value = read(field, asset.field(&label)?, &desk.shapes.lists);
    let lower = label.to_lowercase();
    let code = ["serial", "ip address", "mac", "host name", "hostname", "service tag", "imei", "ip"];
    let (value, kind) = match (&value, kind) {
        (FieldValue::Html(html), _) if plain(html).is_empty() => return None,
        (FieldValue::Html(html), _) => (sanitise(html, desk.origin), FieldKind::Html),
        (FieldValue::Date(day), _) => (day.clone(), FieldKind::Date),
        (FieldValue::Check(set), _) => (set.to_string(), FieldKind::Check),
        (value, FieldType::Website) => {
            let text = show(value)?;
            let web = text.starts_with("http://") || text.starts_with("https://");
            (text, if web { FieldKind::Link } else { FieldKind::Text })
        }
        (value, FieldType::Email) => {
            let text = show(value)?;
            let mail = text.contains('@') && !text.contains(char::is_whitespace);
            (text, if mail { FieldKind::Email } else { FieldKind::Text })
        }
        (value, FieldType::Phone) => (show(value)?, FieldKind::Phone),
        (value, _) if code.iter().any(|word| lower.starts_with(word)) => (show(value)?, FieldKind::Code),
        (value, _) => (show(value)?, FieldKind::Text),
    };
    Some(FieldView { label, value, kind })
}

/// An article, sanitised.
pub fn of_article(desk: &Desk, article: &Article, as_of: i64, published: Option<i64>) -> DocumentView {
    let html = article.content.as_deref().unwrap_or_default();
    DocumentView {
        kind: DocumentKind::Article,
        id: article.id,
        title: article.name.clone().unwrap_or_default(),
        group: folder_path(article, &desk.library.folders),
        url: link::absolute(desk.origin, article.url.as_deref(), &slug_path("/kba/", &article.slug)),
        updated: article.updated,
        as_of,
        body: BodyView::Article { html: sanitise(html, desk.origin), published },
    }
}

fn of_password(desk: &Desk, password: &Password, as_of: i64) -> DocumentView {
    let item = password_item(desk, password);
    let login = password.site().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    DocumentView {
        kind: DocumentKind::Password,
        id: password.id,
        title: item.title,
        group: password.folder_name.clone(),
        url: item.url,
        updated: password.updated,
        as_of,
        body: BodyView::Password {
            username: password.username.clone(),
            one_time_code: password.has_otp,
            notes: password.description.as_deref().map(plain).filter(|text| !text.is_empty()),
            login_url: login.map(str::to_owned),
        },
    }
}

fn of_process(desk: &Desk, procedure: &Procedure, as_of: i64) -> DocumentView {
    DocumentView {
        kind: DocumentKind::Process,
        id: procedure.id,
        title: procedure.name.clone().unwrap_or_default(),
        group: None,
        url: link::absolute(desk.origin, procedure.url.as_deref(), &slug_path("/processes/", &procedure.slug)),
        updated: procedure.updated,
        as_of,
        body: BodyView::Process {
            description: procedure.description.as_deref().map(plain).filter(|text| !text.is_empty()),
            tasks: procedure.tasks.iter().map(|task| (task.name.clone().unwrap_or_default(), task.completed)).collect(),
        },
    }
}
