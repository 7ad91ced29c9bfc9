//! Hudu's rows as documents to be found. Only what may be shown goes in: rows come without secrets, and
//! confidential fields of assets are emptied before.

use std::collections::BTreeMap;

use sidelight_search::{Class, Document, Field, Key};

use crate::assist::view::DocumentKind;
use crate::hudu::field::{self, FieldValue};
use crate::hudu::link::{absolute, slug_path};
use crate::hudu::model::{Article, Asset, Company, Expiration, Password, Procedure, Website};
use crate::library::{Library, Shapes};
use crate::mapping::compare::plain;
use crate::mark;
use crate::order::Order;

/// The index's number for companies; the others follow [`DocumentKind::ALL`].
pub const COMPANY: u8 = 0;

/// The index's number for a kind.
pub fn number(kind: DocumentKind) -> u8 {
    DocumentKind::ALL.iter().position(|known| *known == kind).map_or(COMPANY, |at| at as u8 + 1)
}

/// The kind of that number; `None` for companies.
pub fn kind_of(number: u8) -> Option<DocumentKind> {
    DocumentKind::ALL.get(usize::from(number.checked_sub(1)?)).copied()
}

/// What rows are read with.
pub struct Reader<'a> {
    /// Hudu's origin.
    pub origin: &'a str,
    /// Layouts and lists.
    pub shapes: &'a Shapes,
    /// Name of the layout that holds people.
    pub people: &'a str,
    /// Names of companies.
    pub companies: &'a BTreeMap<i64, String>,
}

/// Labels of fields that tell a record from all others.
const KEYS: [&str; 9] = ["serial", "mac", "ip", "mail", "host", "tag", "imei", "login", "user name"];

fn class(label: &str) -> Class {
    let label = label.to_lowercase();
    // Short words count alone only: "ip" is in "description" too.
    let is = |word: &&str| match *word {
        "ip" | "mac" | "tag" => label.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word),
        word => label.contains(word),
    };
    if KEYS.iter().any(is) { Class::Key } else { Class::Value }
}

fn value(label: &str, text: impl Into<String>) -> Field {
    Field { label: label.to_owned(), text: text.into(), class: class(label) }
}

fn body(html: Option<&str>) -> Option<Field> {
    let text = plain(html?);
    (!text.is_empty()).then(|| Field { label: String::new(), text, class: Class::Body })
}

impl Reader<'_> {
    fn document(&self, kind: u8, id: i64, company: Option<i64>, name: &Option<String>, group: &str) -> Document {
        let company = company.unwrap_or_default();
        let title = name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or("Untitled");
        Document {
            key: Key { kind, id },
            company,
            company_name: self.companies.get(&company).cloned().unwrap_or_default(),
            group: group.to_owned(),
            title: title.to_owned(),
            url: String::new(),
            fields: Vec::new(),
        }
    }

    /// Addresses without the origin, which is the same for all.
    fn url(&self, url: &Option<String>, fallback: &str) -> String {
        let whole = absolute(self.origin, url.as_deref(), fallback);
        whole.strip_prefix(self.origin.trim_end_matches('/')).map_or(whole.clone(), str::to_owned)
    }

    /// A company. One that is put away is not found.
    pub fn company(&self, company: &Company) -> Option<Document> {
        let mut made = self.document(COMPANY, company.id, Some(company.id), &company.name, mark!("Companies"));
        made.url = self.url(&company.url, &slug_path("/c/", &company.slug));
        for (label, text) in [
            (mark!("Short name"), &company.nickname),
            (mark!("ID number"), &company.id_number),
            (mark!("Phone"), &company.phone_number),
            (mark!("Website"), &company.website),
            (mark!("Town"), &company.city),
        ] {
            made.fields.extend(text.as_deref().map(|text| value(label, text)));
        }
        made.fields.extend(body(company.notes.as_deref()));
        (!company.archived).then_some(made)
    }

    /// An asset or a person.
    pub fn asset(&self, asset: &Asset) -> Option<Document> {
        let layout = self.shapes.layout(asset.asset_layout_id);
        let name = layout.and_then(|layout| layout.name.clone()).or_else(|| asset.layout_name.clone());
        let name = name.unwrap_or_else(|| "Assets".to_owned());
        let is_person = name.trim().eq_ignore_ascii_case(self.people.trim());
        let kind = if is_person { DocumentKind::Person } else { DocumentKind::Asset };
        let mut made = self.document(number(kind), asset.id, asset.company_id, &asset.name, &name);
        made.url = self.url(&asset.url, &slug_path("/a/", &asset.slug));
        for (label, text) in [("Serial", &asset.primary_serial), ("E-mail", &asset.primary_mail)] {
            made.fields.extend(text.as_deref().map(|text| value(label, text)));
        }
        let model = [&asset.primary_manufacturer, &asset.primary_model];
        let model: Vec<&str> = model.into_iter().flatten().map(String::as_str).collect();
        if !model.is_empty() {
            made.fields.push(value("Model", model.join(" ")));
        }
        for own in &asset.fields {
            let Some(label) = own.label.as_deref() else { continue };
            let Some(shape) = layout.and_then(|layout| layout.field(label)) else { continue };
            made.fields.extend(field_of(label, field::read(shape, &own.value, &self.shapes.lists)));
        }
        let mut seen = std::collections::HashSet::new();
        made.fields.retain(|field| seen.insert(field.text.clone()));
        made.fields.order_by_key(|field| field.class);
        (!asset.archived).then_some(made)
    }

    /// An article with the words of its text.
    pub fn article(&self, article: &Article) -> Option<Document> {
        let kind = number(DocumentKind::Article);
        let mut made = self.document(kind, article.id, article.company_id, &article.name, mark!("Articles"));
        made.url = self.url(&article.url, &slug_path("/kba/", &article.slug));
        made.fields.extend(body(article.content.as_deref()));
        (!article.archived).then_some(made)
    }

    /// A password: its names, never its secrets, which were dropped while the row was read.
    pub fn password(&self, password: &Password) -> Option<Document> {
        let kind = number(DocumentKind::Password);
        let mut made = self.document(kind, password.id, password.company_id, &password.name, mark!("Passwords"));
        made.url = self.url(&None, &slug_path("/passwords/", &password.slug));
        let site = password.site().map(str::to_owned);
        for (label, text) in [
            (mark!("User name"), &password.username),
            (mark!("Sign-in page"), &site),
            (mark!("Kind"), &password.password_type),
        ] {
            made.fields.extend(text.as_deref().map(|text| value(label, text)));
        }
        (!password.archived).then_some(made)
    }

    /// A process with the names of its tasks.
    pub fn process(&self, process: &Procedure) -> Option<Document> {
        let kind = number(DocumentKind::Process);
        let mut made = self.document(kind, process.id, process.company_id, &process.name, mark!("Processes"));
        made.url = self.url(&process.url, &slug_path("/processes/", &process.slug));
        made.fields
            .extend(process.run.then(|| process.status.clone()).flatten().map(|text| value(mark!("Status"), text)));
        let tasks: Vec<&str> = process.tasks.iter().filter_map(|task| task.name.as_deref()).collect();
        made.fields.extend(body(Some(&tasks.join(" "))));
        made.fields.extend(body(process.description.as_deref()));
        (!process.archived).then_some(made)
    }

    /// A website.
    pub fn website(&self, website: &Website) -> Option<Document> {
        let kind = number(DocumentKind::Website);
        let mut made = self.document(kind, website.id, website.company_id, &website.name, mark!("Websites"));
        made.url = self.url(&website.url, &slug_path("/websites/", &website.slug));
        made.fields.extend(body(website.notes.as_deref()));
        (!website.archived).then_some(made)
    }

    /// What ends: found by its day and kind, and by its client.
    pub fn expiration(&self, expiration: &Expiration) -> Option<Document> {
        let kind = number(DocumentKind::Expiration);
        let what = expiration.kind.as_deref().unwrap_or_default().replace('_', " ");
        let title = format!("{} {}", what.replace("undeclared", "date"), expiration.date.as_deref()?);
        let mut made = self.document(kind, expiration.id, expiration.company_id, &Some(title), mark!("Expirations"));
        made.url = "/expirations".to_owned();
        expiration.archived.is_none().then_some(made)
    }

    /// Everything of a company that was opened.
    pub fn library(&self, library: &Library) -> Vec<Document> {
        let mut all: Vec<Document> = library.company.iter().filter_map(|row| self.company(row)).collect();
        all.extend(library.assets.rows.iter().filter_map(|row| self.asset(row)));
        all.extend(library.articles.rows.iter().filter_map(|row| self.article(row)));
        all.extend(library.passwords.rows.iter().filter_map(|row| self.password(row)));
        all.extend(library.procedures.rows.iter().filter_map(|row| self.process(row)));
        all.extend(library.websites.rows.iter().filter_map(|row| self.website(row)));
        all.extend(library.expirations.rows.iter().filter_map(|row| self.expiration(row)));
        all
    }
}

/// A field's value as text; what says nothing by itself (a tick) and secrets are left out.
fn field_of(label: &str, read: FieldValue) -> Option<Field> {
    let text = match read {
        FieldValue::Text(text) | FieldValue::Number(text) | FieldValue::Date(text) => text,
        FieldValue::Html(html) => return body(Some(&html)),
        FieldValue::Items(names) => names.join(", "),
        FieldValue::Assets(links) => links.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(", "),
        FieldValue::Address(address) => address.parts().map(|(_, part)| part).join(" "),
        FieldValue::Empty | FieldValue::Check(_) | FieldValue::Secret => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| value(label, text))
}
