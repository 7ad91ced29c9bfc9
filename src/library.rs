//! A company's documentation as it was read last: what the sidebar paints at once.
//!
//! Rows are kept as answered, without secrets: passwords lose theirs while they are read, and
//! confidential fields of assets are emptied before anything is kept.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hasher};
use std::rc::Rc;

use crate::hudu::model::{Article, Asset, Company, Expiration, Folder, Layout, List, Password, Procedure, Website};
use crate::json::Json;
use crate::platform::json::{get, parse, put};
use crate::platform::{Host, StoreError, Table, Write};
use crate::trouble::Trouble;

/// Rows of one kind, with when and how well they were read.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Shelf<T> {
    /// Rows.
    pub rows: Vec<T>,
    /// Milliseconds since 1970; `None` when they never were read.
    pub as_of: Option<i64>,
    /// Why they could not be read this time.
    pub trouble: Option<Trouble>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), as_of: None, trouble: None }
    }
}

impl<T> Shelf<T> {
    /// Takes the answer of one reading: rows replace rows, a failure keeps the old ones and says why.
    pub fn take(&mut self, answer: Result<Vec<T>, Trouble>, now: i64) {
        match answer {
            Ok(rows) => *self = Self { rows, as_of: Some(now), trouble: None },
            Err(trouble) => self.trouble = Some(trouble),
        }
    }
}

/// What belongs to no company: layouts and lists.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Shapes {
    /// Layouts.
    pub layouts: Vec<Layout>,
    /// Lists.
    pub lists: Vec<List>,
    /// Milliseconds since 1970.
    pub as_of: i64,
}

impl Shapes {
    /// The layout of that id.
    pub fn layout(&self, id: Option<i64>) -> Option<&Layout> {
        self.layouts.iter().find(|layout| Some(layout.id) == id)
    }
}

/// A company's documentation.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Library {
    /// The company.
    pub company: Option<Company>,
    /// Milliseconds since 1970 at which the company was read.
    pub company_as_of: i64,
    /// Assets of every layout, archived ones among them.
    pub assets: Shelf<Asset>,
    /// Articles.
    pub articles: Shelf<Article>,
    /// Folders of articles.
    pub folders: Vec<Folder>,
    /// Passwords, without secrets.
    pub passwords: Shelf<Password>,
    /// Processes and their runs.
    pub procedures: Shelf<Procedure>,
    /// Websites.
    pub websites: Shelf<Website>,
    /// Dates on which something ends.
    pub expirations: Shelf<Expiration>,
}

impl Library {
    /// Puts rows that were read by themselves in their places.
    pub fn take_rows(&mut self, read: Library) {
        place(&mut self.assets.rows, read.assets.rows, |row| row.id);
        place(&mut self.articles.rows, read.articles.rows, |row| row.id);
        place(&mut self.passwords.rows, read.passwords.rows, |row| row.id);
        place(&mut self.procedures.rows, read.procedures.rows, |row| row.id);
    }
}

fn place<T>(rows: &mut Vec<T>, read: Vec<T>, id: fn(&T) -> i64) {
    for row in read {
        match rows.iter_mut().find(|old| id(old) == id(&row)) {
            Some(old) => *old = row,
            None => rows.push(row),
        }
    }
}

/// The number under which the Central knowledge base stands among the companies.
pub const CENTRAL: i64 = 0;

/// Folder names from the root. A loop in the data ends it.
pub fn folder_names(folder: Option<i64>, folders: &[Folder]) -> Vec<String> {
    let mut path = Vec::new();
    let mut next = folder;
    while let Some(folder) = folders.iter().find(|folder| Some(folder.id) == next) {
        path.push(folder.name.clone().unwrap_or_default());
        next = folder.parent_id;
        if path.len() > 20 {
            break;
        }
    }
    path.reverse();
    path
}

const SHAPES: &str = "shapes";

/// The stored shapes.
pub async fn shapes(host: &Host) -> Result<Option<Shapes>, StoreError> {
    get(host, Table::Documents, SHAPES).await
}

/// Stores the shapes.
pub async fn keep_shapes(host: &Host, shapes: &Shapes) -> Result<(), StoreError> {
    host.store.write(vec![put(Table::Documents, SHAPES.to_owned(), shapes)]).await
}

/// The stored documentation of a company.
pub async fn load(host: &Host, company: i64) -> Result<Option<Library>, StoreError> {
    get(host, Table::Documents, &key(company)).await
}

/// How many companies' documentation stays parsed: the one in view, the one before, the Central knowledge base.
const PARSED: usize = 3;

/// Stored documentation that was asked for lately, parsed once as long as its text stays the same.
#[derive(Default)]
pub struct Parsed(RefCell<Vec<(i64, u64, Rc<Library>)>>);

impl Parsed {
    /// [`load`], shared.
    pub async fn load(&self, host: &Host, company: i64) -> Result<Option<Rc<Library>>, StoreError> {
        let Some(text) = host.store.get(Table::Documents, &key(company)).await? else { return Ok(None) };
        let mut hasher = DefaultHasher::new();
        hasher.write(text.as_bytes());
        let print = hasher.finish();
        let known = |(id, own, _): &&(i64, u64, Rc<Library>)| (*id, *own) == (company, print);
        if let Some((.., library)) = self.0.borrow().iter().find(known) {
            return Ok(Some(library.clone()));
        }
        let library: Rc<Library> = Rc::new(parse(&text)?);
        let mut kept = self.0.borrow_mut();
        kept.retain(|(id, ..)| *id != company);
        kept.truncate(PARSED - 1);
        kept.insert(0, (company, print, library.clone()));
        Ok(Some(library))
    }
}

/// How long documentation that is not read again stays stored.
const KEPT_MS: i64 = 60 * 86_400_000;

/// Before the company in the key under which stands when its documentation was stored last.
const KEPT: &str = "kept/";

/// Where it stands when the documentation was last looked through for what is old.
const SWEPT: &str = "swept";

/// How long until it is looked through again.
const SWEEP_MS: i64 = 86_400_000;

/// Stores the documentation of a company, and once a day drops that of others that was not read for 60 days, with
/// the sidebars that show it.
pub async fn keep(host: &Host, company: i64, library: &Library) -> Result<(), StoreError> {
    let now = host.clock.now();
    let own = format!("{KEPT}{company}");
    let mut changes = vec![put(Table::Documents, key(company), library), put(Table::Documents, own.clone(), &now)];
    let swept: Option<i64> = get(host, Table::Documents, SWEPT).await.ok().flatten();
    // A clock that was set back does not keep everything for ever.
    if swept.is_some_and(|swept| (0..SWEEP_MS).contains(&(now - swept))) {
        return host.store.write(changes).await;
    }
    changes.push(put(Table::Documents, SWEPT.to_owned(), &now));
    let scan = |prefix| host.store.scan(Table::Documents, prefix);
    let times = scan(KEPT).await?;
    let mut gone = Vec::new();
    for (kept, time) in &times {
        let old = time.parse().is_ok_and(|time: i64| now - time > KEPT_MS);
        gone.extend(kept.strip_prefix(KEPT).filter(|_| old && *kept != own));
    }
    if swept.is_none() {
        // What was stored before times were noted counts from now.
        for (library, _) in scan(LIBRARY).await? {
            let kept = library.replace(LIBRARY, KEPT);
            if kept != own && times.iter().all(|(known, _)| *known != kept) {
                changes.push(put(Table::Documents, kept, &now));
            }
        }
    }
    let mut keys: Vec<String> = Vec::new();
    for (key, view) in if gone.is_empty() { Vec::new() } else { scan(SIDEBAR).await? } {
        let view = crate::json::parse(view.as_bytes()).unwrap_or_default();
        let company = view.pointer("/company/company/id").map(ToString::to_string).unwrap_or_default();
        if gone.contains(&company.as_str()) {
            let record = key.trim_start_matches(SIDEBAR);
            let looks = ["frame", "panel", "popup"].map(|page| format!("snapshot/{page}/{record}"));
            keys.extend(looks.into_iter().chain([format!("suggested/{record}"), key]));
        }
    }
    keys.extend(gone.iter().flat_map(|company| [LIBRARY, KEPT, "recent/"].map(|list| format!("{list}{company}"))));
    changes.extend(keys.into_iter().map(|key| Write { table: Table::Documents, key, value: None }));
    host.store.write(changes).await
}

/// Before the record in the key of its sidebar as it was shown last.
pub const SIDEBAR: &str = "sidebar/";

/// Before the company in the key of its documentation.
pub const LIBRARY: &str = "library/";

fn key(company: i64) -> String {
    format!("{LIBRARY}{company}")
}
