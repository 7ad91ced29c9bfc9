//! What is ranked: every document of a company's documentation as texts with a weight. No secret is
//! among them: passwords are kept without theirs, confidential fields are emptied when they are read.

use super::plain::{cut, lines};
use crate::assist::view::DocumentKind;
use crate::hudu::field::{FieldType, FieldValue, read};
use crate::hudu::model::{Article, Asset, Password, Procedure, Website};
use crate::library::{Library, Shapes, folder_names};
use crate::mapping::compare::show;

/// One document as it is counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// Name or title.
    pub title: String,
    /// Folder or layout.
    pub group: String,
    /// Values that name one thing: serial, addresses, host name, e-mail.
    pub keys: String,
    /// All other words.
    pub body: String,
}

/// What a document is, beside its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Kind.
    pub kind: DocumentKind,
    /// Hudu id.
    pub id: i64,
    /// Name or title.
    pub title: String,
    /// Written for this company, not for all.
    pub own: bool,
    /// How much its words count: 1 for what is written to be read.
    pub weight: f32,
    /// Hudu ids of assets that it links to: a machine's person, a person's site.
    pub links: Vec<i64>,
    /// Halo's id of the user, asset or site that it is, where Hudu's own integration says so.
    pub halo: Vec<(&'static str, i64)>,
    /// Serial number.
    pub serial: Option<String>,
}

/// Hands out every document that may be suggested, with its words.
pub fn documents(library: &Library, shapes: &Shapes, people: &str, mut take: impl FnMut(Entry, Text)) {
    let own = library.company.is_some();
    for row in library.assets.rows.iter().filter(|row| !row.archived) {
        let (entry, text) = asset(row, shapes, people);
        take(entry, text);
    }
    for row in library.articles.rows.iter().filter(|row| !row.archived) {
        let (mut entry, text) = article(row, &folder_names(row.folder_id, &library.folders));
        entry.own = own;
        take(entry, text);
    }
    for row in library.procedures.rows.iter().filter(|row| !row.archived) {
        let (entry, text) = process(row);
        take(entry, text);
    }
    for row in library.passwords.rows.iter().filter(|row| !row.archived) {
        let (entry, text) = password(row);
        take(entry, text);
    }
    for row in library.websites.rows.iter().filter(|row| !row.archived) {
        let (entry, text) = website(row);
        take(entry, text);
    }
}

fn entry(kind: DocumentKind, id: i64, title: &Option<String>, weight: f32) -> Entry {
    let title = title.clone().unwrap_or_default();
    Entry { kind, id, title, own: true, weight, links: Vec::new(), halo: Vec::new(), serial: None }
}

/// Layouts of things that are not looked up by words: they would meet every ticket of their site.
const PLACES: [&str; 3] = ["site", "location", "contract"];

fn asset(asset: &Asset, shapes: &Shapes, people: &str) -> (Entry, Text) {
    let layout = shapes.layout(asset.asset_layout_id);
    let group = layout.and_then(|layout| layout.name.clone()).or_else(|| asset.layout_name.clone()).unwrap_or_default();
    let is_person = group.trim().eq_ignore_ascii_case(people.trim());
    let lower = group.to_lowercase();
    let (kind, weight) = match is_person {
        true => (DocumentKind::Person, 0.3),
        false if PLACES.iter().any(|place| lower.starts_with(place)) => (DocumentKind::Asset, 0.25),
        false => (DocumentKind::Asset, 0.55),
    };
    let mut entry = entry(kind, asset.id, &asset.name, weight);
    entry.serial = asset.primary_serial.clone();
    for sync in ["asset", "contact", "site"] {
        let card = asset.cards.iter().find(|card| card.is_halo(sync));
        entry.halo.extend(card.and_then(|card| card.sync_id).map(|id| (sync, id)));
    }
    let mut text = Text { title: entry.title.clone(), group, ..Text::default() };
    let mut add = |to_keys: bool, value: &str| {
        let to = if to_keys { &mut text.keys } else { &mut text.body };
        to.push_str(value);
        to.push('\n');
    };
    for value in [&asset.primary_serial, &asset.primary_mail].into_iter().flatten() {
        add(true, value);
    }
    for value in [&asset.primary_manufacturer, &asset.primary_model].into_iter().flatten() {
        add(false, value);
    }
    for field in layout.map(|layout| layout.fields.as_slice()).unwrap_or_default() {
        let label = field.label.as_deref().unwrap_or_default();
        let (Some(value), true) = (asset.field(label), field.kind() != FieldType::Password) else { continue };
        let lower = label.to_lowercase();
        let key = ["serial", "ip ", "mac ", "host", "imei", "service tag", "e-mail", "email", "login", "halo id"];
        match read(field, value, &shapes.lists) {
            FieldValue::Html(html) => add(false, &lines(&html)),
            FieldValue::Assets(assets) => entry.links.extend(assets.iter().map(|(id, _)| *id)),
            FieldValue::Date(_) | FieldValue::Check(_) | FieldValue::Secret | FieldValue::Empty => {}
            value => {
                let value = show(&value).unwrap_or_default();
                if entry.serial.is_none() && lower.starts_with("serial") {
                    entry.serial = Some(value.clone());
                }
                add(key.iter().any(|key| lower.starts_with(key.trim_end())), &value);
            }
        }
    }
    cut(&mut text.body, 20_000);
    (entry, text)
}

fn article(article: &Article, folders: &[String]) -> (Entry, Text) {
    let weight = if article.draft { 0.6 } else { 1.0 };
    let entry = entry(DocumentKind::Article, article.id, &article.name, weight);
    let body = lines(article.content.as_deref().unwrap_or_default());
    let text = Text { title: entry.title.clone(), group: folders.join(" "), body, ..Text::default() };
    (entry, text)
}

fn process(process: &Procedure) -> (Entry, Text) {
    // A run is found by its process; what is under way shows under the record that it belongs to.
    let weight = if process.run { 0.5 } else { 1.0 };
    let entry = entry(DocumentKind::Process, process.id, &process.name, weight);
    let mut body = lines(process.description.as_deref().unwrap_or_default());
    for task in &process.tasks {
        body.push('\n');
        body.push_str(task.name.as_deref().unwrap_or_default());
        body.push('\n');
        body.push_str(&lines(task.description.as_deref().unwrap_or_default()));
    }
    (entry.clone(), Text { title: entry.title, body, ..Text::default() })
}

fn password(password: &Password) -> (Entry, Text) {
    let mut entry = entry(DocumentKind::Password, password.id, &password.name, 0.5);
    if password.passwordable_type.as_deref() == Some("Asset") {
        entry.links.extend(password.passwordable_id);
    }
    let text = Text {
        title: entry.title.clone(),
        group: password.folder_name.clone().unwrap_or_default(),
        keys: password.username.clone().unwrap_or_default(),
        body: lines(password.description.as_deref().unwrap_or_default()),
    };
    (entry, text)
}

fn website(website: &Website) -> (Entry, Text) {
    let entry = entry(DocumentKind::Website, website.id, &website.name, 0.6);
    let host = entry.title.trim_start_matches("https://").trim_start_matches("http://").to_owned();
    (entry, Text { title: host, body: lines(website.notes.as_deref().unwrap_or_default()), ..Text::default() })
}

/// A number that differs where documents were added, removed or edited.
pub fn print(library: &Library) -> u64 {
    let mut print = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |number: i64| print = (print ^ number as u64).wrapping_mul(0x0100_0000_01b3);
    macro_rules! rows {
        ($($kind:literal $shelf:ident),*) => {$(
            add($kind);
            for row in &library.$shelf.rows {
                add(row.id * 2 + i64::from(row.archived));
                add(row.updated.unwrap_or_default());
            }
        )*};
    }
    rows!(1 assets, 2 articles, 3 procedures, 4 passwords, 5 websites);
    print
}
