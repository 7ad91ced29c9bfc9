//! A company's documentation as sections of the sidebar.

use crate::assist::view::{Chip, DocumentKind, GroupView, ItemView, SectionView, Tone};
use crate::http::date;
use crate::hudu::link::{self, slug_path};
use crate::hudu::model::{Article, Asset, Expiration, Folder, Password, Procedure, Website};
use crate::library::{Library, Shapes, Shelf, folder_names};
use crate::order::Order;
use crate::settings::SyncSettings;
use crate::{many, t};

/// What sections are made of.
pub struct Desk<'a> {
    /// The company's documentation.
    pub library: &'a Library,
    /// Layouts and lists.
    pub shapes: &'a Shapes,
    /// Which layout holds people.
    pub settings: &'a SyncSettings,
    /// Hudu's origin.
    pub origin: &'a str,
    /// `YYYY-MM-DD`.
    pub today: &'a str,
}

/// Sections in the order in which they are shown.
pub fn sections(desk: &Desk) -> Vec<SectionView> {
    vec![
        assets(desk),
        people(desk),
        articles(desk),
        passwords(desk),
        processes(desk),
        websites(desk),
        expirations(desk),
    ]
}

fn section<T>(kind: DocumentKind, shelf: &Shelf<T>, groups: Vec<GroupView>) -> SectionView {
    SectionView {
        kind,
        count: groups.iter().map(|group| group.items.len()).sum(),
        groups: groups.into_iter().filter(|group| !group.items.is_empty()).collect(),
        as_of: shelf.as_of,
        trouble: shelf.trouble.clone(),
    }
}

/// Items by label, labels in alphabetical order, items by title.
fn grouped(rows: Vec<(Option<String>, ItemView)>) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = Vec::new();
    for (label, item) in rows {
        match groups.iter_mut().find(|group| group.label == label) {
            Some(group) => group.items.push(item),
            None => groups.push(GroupView { label, items: vec![item] }),
        }
    }
    for group in &mut groups {
        group.items = by_words(std::mem::take(&mut group.items), |item| item.title.to_lowercase());
    }
    by_words(groups, |group| group.label.as_deref().unwrap_or_default().to_lowercase())
}

/// In the order of these words; where they are the same, as they came.
fn by_words<T>(items: Vec<T>, words: impl Fn(&T) -> String) -> Vec<T> {
    let order = order(items.iter().map(words).collect());
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| items[at].take()).collect()
}

fn order(words: Vec<String>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.order_by(|a, b| words[*a].cmp(&words[*b]));
    order
}

/// One document as a row; `None` where the company has it no more.
pub fn item(desk: &Desk, kind: DocumentKind, id: i64) -> Option<ItemView> {
    let library = desk.library;
    match kind {
        DocumentKind::Asset | DocumentKind::Person => {
            find(&library.assets, |row| row.id == id, |row| asset_item(desk, row))
        }
        DocumentKind::Article => find(&library.articles, |row| row.id == id, |row| article_item(desk, row)),
        DocumentKind::Password => find(&library.passwords, |row| row.id == id, |row| password_item(desk, row)),
        DocumentKind::Process => find(&library.procedures, |row| row.id == id, |row| process_item(desk, row)),
        DocumentKind::Website => find(&library.websites, |row| row.id == id, |row| website_item(desk, row)),
        DocumentKind::Expiration => {
            let row = library.expirations.rows.iter().find(|row| row.id == id)?;
            expiration_item(desk, row).map(|(_, item)| item)
        }
    }
}

fn find<T>(shelf: &Shelf<T>, fits: impl Fn(&T) -> bool, item: impl Fn(&T) -> ItemView) -> Option<ItemView> {
    shelf.rows.iter().find(|row| fits(row)).map(item)
}

fn is_people(desk: &Desk, asset: &Asset) -> bool {
    let name = desk.shapes.layout(asset.asset_layout_id).and_then(|layout| layout.name.as_deref());
    let name = name.or(asset.layout_name.as_deref()).unwrap_or_default();
    name.trim().eq_ignore_ascii_case(desk.settings.people_layout.trim())
}

fn assets(desk: &Desk) -> SectionView {
    let shelf = &desk.library.assets;
    let rows = shelf.rows.iter().filter(|asset| !asset.archived && !is_people(desk, asset));
    let groups = grouped(rows.map(|asset| (layout_name(desk, asset), asset_item(desk, asset))).collect());
    section(DocumentKind::Asset, shelf, groups)
}

fn people(desk: &Desk) -> SectionView {
    let shelf = &desk.library.assets;
    let rows = shelf.rows.iter().filter(|asset| !asset.archived && is_people(desk, asset));
    let groups = grouped(rows.map(|asset| (None, asset_item(desk, asset))).collect());
    section(DocumentKind::Person, shelf, groups)
}

fn layout_name(desk: &Desk, asset: &Asset) -> Option<String> {
    let layout = desk.shapes.layout(asset.asset_layout_id).and_then(|layout| layout.name.clone());
    layout.or_else(|| asset.layout_name.clone())
}

/// One asset or person as a row.
pub fn asset_item(desk: &Desk, asset: &Asset) -> ItemView {
    let people = is_people(desk, asset);
    let field = |words: &[&str]| {
        asset.fields.iter().find_map(|field| {
            let label = field.label.as_deref()?.to_lowercase();
            words.contains(&label.as_str()).then(|| field.value.as_str().map(str::to_owned)).flatten()
        })
    };
    let subtitle = if people {
        field(&["job title", "title", "position"]).or_else(|| asset.primary_mail.clone())
    } else {
        let model = [&asset.primary_manufacturer, &asset.primary_model];
        let model: Vec<&str> = model.into_iter().filter_map(|part| part.as_deref()).collect();
        let model = if model.is_empty() { field(&["model"]) } else { Some(model.join(" ")) };
        let serial = asset.primary_serial.clone().or_else(|| field(&["serial number", "serial"]));
        let parts: Vec<String> = [model, serial].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    };
    // Confidential fields were emptied when the row was read, so that every text here may be searched.
    let mut words: Vec<String> = asset
        .fields
        .iter()
        .filter_map(|field| field.value.as_str())
        .filter(|text| text.len() <= 200)
        .map(str::to_lowercase)
        .collect();
    words.extend([&asset.primary_serial, &asset.primary_mail].into_iter().flatten().map(|text| text.to_lowercase()));
    let mut chips = Vec::new();
    if people && field(&["inactive"]).is_some_and(|text| text == "true") {
        chips.push(Chip { text: t!("inactive"), tone: Tone::Plain });
    }
    ItemView {
        kind: if people { DocumentKind::Person } else { DocumentKind::Asset },
        id: asset.id,
        title: title(&asset.name),
        subtitle,
        chips,
        words: words.join(" "),
        url: link::absolute(desk.origin, asset.url.as_deref(), &slug_path("/a/", &asset.slug)),
        has_code: false,
    }
}

fn articles(desk: &Desk) -> SectionView {
    let shelf = &desk.library.articles;
    let rows = shelf.rows.iter().filter(|article| !article.archived);
    let rows = rows.map(|article| (folder_path(article, &desk.library.folders), article_item(desk, article)));
    section(DocumentKind::Article, shelf, grouped(rows.collect()))
}

fn article_item(desk: &Desk, article: &Article) -> ItemView {
    let mut chips = Vec::new();
    if article.draft {
        chips.push(Chip { text: t!("draft"), tone: Tone::Warn });
    }
    ItemView {
        kind: DocumentKind::Article,
        id: article.id,
        title: title(&article.name),
        subtitle: None,
        chips,
        words: String::new(),
        url: link::absolute(desk.origin, article.url.as_deref(), &slug_path("/kba/", &article.slug)),
        has_code: false,
    }
}

/// Folder names from the root, "Network / VPN".
pub fn folder_path(article: &Article, folders: &[Folder]) -> Option<String> {
    let path = folder_names(article.folder_id, folders);
    (!path.is_empty()).then(|| path.join(" / "))
}

fn passwords(desk: &Desk) -> SectionView {
    let shelf = &desk.library.passwords;
    let rows = shelf.rows.iter().filter(|password| !password.archived);
    let groups = grouped(rows.map(|password| (password.folder_name.clone(), password_item(desk, password))).collect());
    section(DocumentKind::Password, shelf, groups)
}

/// One password as a row: name and user name only.
pub fn password_item(desk: &Desk, password: &Password) -> ItemView {
    let mut chips = Vec::new();
    if password.has_otp {
        chips.push(Chip { text: t!("one-time code"), tone: Tone::Accent });
    }
    let words = [&password.password_type, &password.description];
    ItemView {
        kind: DocumentKind::Password,
        id: password.id,
        title: title(&password.name),
        subtitle: password.username.clone(),
        chips,
        words: words.into_iter().flatten().map(|text| text.to_lowercase()).collect::<Vec<_>>().join(" "),
        url: link::absolute(desk.origin, None, &slug_path("/passwords/", &password.slug)),
        has_code: password.has_otp,
    }
}

fn processes(desk: &Desk) -> SectionView {
    let shelf = &desk.library.procedures;
    let rows = shelf.rows.iter().filter(|procedure| !procedure.archived);
    let groups = grouped(
        rows.map(|procedure| {
            let label = if procedure.run { t!("Under way or done") } else { t!("Processes") };
            (Some(label), process_item(desk, procedure))
        })
        .collect(),
    );
    section(DocumentKind::Process, shelf, groups)
}

fn process_item(desk: &Desk, procedure: &Procedure) -> ItemView {
    let subtitle = match (procedure.run, procedure.total) {
        (true, _) => procedure.status.clone(),
        (false, Some(total)) => Some(many!(total, "{n} step", "{n} steps")),
        (false, None) => None,
    };
    ItemView {
        kind: DocumentKind::Process,
        id: procedure.id,
        title: title(&procedure.name),
        subtitle,
        chips: Vec::new(),
        words: String::new(),
        url: link::absolute(desk.origin, procedure.url.as_deref(), &slug_path("/processes/", &procedure.slug)),
        has_code: false,
    }
}

fn websites(desk: &Desk) -> SectionView {
    let shelf = &desk.library.websites;
    let rows = shelf.rows.iter().filter(|website| !website.archived);
    section(DocumentKind::Website, shelf, grouped(rows.map(|website| (None, website_item(desk, website))).collect()))
}

fn website_item(desk: &Desk, website: &Website) -> ItemView {
    let mut chips = Vec::new();
    match website.monitoring_status.as_deref() {
        Some("down") => chips.push(Chip { text: t!("down"), tone: Tone::Bad }),
        Some("up") => chips.push(Chip { text: t!("up"), tone: Tone::Good }),
        _ => {}
    }
    ItemView {
        kind: DocumentKind::Website,
        id: website.id,
        title: title(&website.name),
        subtitle: None,
        chips,
        words: website.notes.as_deref().unwrap_or_default().to_lowercase(),
        url: link::absolute(desk.origin, website.url.as_deref(), &slug_path("/websites/", &website.slug)),
        has_code: false,
    }
}

fn expirations(desk: &Desk) -> SectionView {
    let shelf = &desk.library.expirations;
    let items: Vec<(String, ItemView)> = shelf
        .rows
        .iter()
        .filter(|expiration| expiration.archived.is_none())
        .filter_map(|expiration| expiration_item(desk, expiration))
        .collect();
    let items = by_words(items, |(date, _)| date.clone());
    let groups = vec![GroupView { label: None, items: items.into_iter().map(|(_, item)| item).collect() }];
    section(DocumentKind::Expiration, shelf, groups)
}

/// One date as a row, with the date.
fn expiration_item(desk: &Desk, expiration: &Expiration) -> Option<(String, ItemView)> {
    let date = expiration.date.clone()?;
    let (name, url) = expiring(desk, expiration.of_type.as_deref(), expiration.of_id);
    let kind = match expiration.kind.as_deref() {
        Some("domain") => t!("Domain"),
        Some("ssl_certificate") => t!("Certificate"),
        Some("warranty") => t!("Warranty"),
        Some("article_expiration") => t!("Article"),
        _ => t!("Date"),
    };
    let item = ItemView {
        kind: DocumentKind::Expiration,
        id: expiration.id,
        title: name.unwrap_or_else(|| kind.clone()),
        subtitle: Some(format!("{kind} · {date}")),
        chips: due(&date, desk.today).into_iter().collect(),
        words: kind.to_lowercase(),
        url: url.unwrap_or_else(|| desk.origin.to_owned()),
        has_code: false,
    };
    Some((date, item))
}

/// Name and address of what ends.
fn expiring(desk: &Desk, kind: Option<&str>, id: Option<i64>) -> (Option<String>, Option<String>) {
    match (kind, id) {
        (Some("Asset"), Some(id)) => {
            let asset = desk.library.assets.rows.iter().find(|asset| asset.id == id);
            asset.map(|asset| asset_item(desk, asset)).map_or((None, None), |item| (Some(item.title), Some(item.url)))
        }
        (Some("Website"), Some(id)) => {
            let site = desk.library.websites.rows.iter().find(|site| site.id == id);
            site.map(|site| website_item(desk, site)).map_or((None, None), |item| (Some(item.title), Some(item.url)))
        }
        (Some("Article"), Some(id)) => {
            let article = desk.library.articles.rows.iter().find(|article| article.id == id);
            article.map(|a| article_item(desk, a)).map_or((None, None), |item| (Some(item.title), Some(item.url)))
        }
        _ => (None, None),
    }
}

/// "ended", "ends in 19 days", for days that matter now.
pub(super) fn due(date: &str, today: &str) -> Option<Chip> {
    let left = date::day_number(date)? - date::day_number(today)?;
    let (text, tone) = match left {
        -1 => (t!("ended yesterday"), Tone::Bad),
        ..-1 => (t!("ended {n} days ago", n = -left), Tone::Bad),
        0 => (t!("ends today"), Tone::Bad),
        1 => (t!("ends tomorrow"), Tone::Warn),
        2..=30 => (t!("in {n} days", n = left), Tone::Warn),
        _ => return None,
    };
    Some(Chip { text, tone })
}

fn title(name: &Option<String>) -> String {
    name.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| t!("Untitled"))
}
