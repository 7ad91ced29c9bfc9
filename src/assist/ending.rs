//! What ends soon, of all clients: read once a day, kept for its page, and told once.

use std::collections::{BTreeMap, BTreeSet};

use crate::assist::sections::{Desk, item};
use crate::assist::view::{DocumentKind, ItemView};
use crate::http::{ApiError, date};
use crate::hudu::model::{Expiration, Website};
use crate::json::Json;
use crate::library::{self, Library, Shapes};
use crate::order::{Order, gathered};
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};
use crate::sync::error::SyncError;
use crate::sync::sides::Sides;
use crate::{many, t};

/// Days ahead that count as soon.
pub const SOON: i64 = 30;
/// Days for which what ended is still shown.
const LATELY: i64 = 30;
/// Days left at which something is told once more: it is told when it is first seen, and as each of these is
/// reached.
const STAGES: [i64; 3] = [0, 1, 7];
/// Most names of assets that are asked for one by one; of the others their kind is shown.
const ASKED: usize = 40;

/// What ends soon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct EndingView {
    /// What ends first stands first; what ended lately comes after.
    pub items: Vec<EndingItem>,
    /// Milliseconds since 1970 at which Hudu was asked; `None` when it never was.
    pub as_of: Option<i64>,
}

/// One date.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct EndingItem {
    /// The date as a row.
    pub item: ItemView,
    /// Name of the client.
    pub company: String,
    /// `YYYY-MM-DD`.
    pub date: String,
}

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Kept {
    /// The list.
    pub view: EndingView,
    /// When it was looked whether something has to be told, milliseconds since 1970.
    pub told_at: Option<i64>,
    /// What was told: Hudu id, its date then, and the stage.
    told: Vec<(i64, String, i64)>,
}

const KEY: &str = "ending";

/// What is kept of the last reading.
pub async fn load(host: &Host) -> Result<Kept, StoreError> {
    Ok(get(host, Table::Documents, KEY).await?.unwrap_or_default())
}

/// Keeps it.
pub async fn keep(host: &Host, kept: &Kept) -> Result<(), StoreError> {
    host.store.write(vec![put(Table::Documents, KEY.to_owned(), kept)]).await
}

impl Kept {
    /// What is told today, and takes note of it: what ends soon and was not told at this stage. The same
    /// date is never told twice on one day, however often the alarm rings.
    pub fn news(&mut self, today: &str) -> Vec<EndingItem> {
        let mut told = Vec::new();
        let mut news = Vec::new();
        for row in &self.view.items {
            let Some(left) = days_left(&row.date, today).filter(|left| *left >= 0) else { continue };
            let stage = STAGES.into_iter().find(|stage| left <= *stage).unwrap_or(SOON);
            let known = self.told.iter().find(|(id, date, _)| *id == row.item.id && *date == row.date);
            if known.is_none_or(|(.., before)| stage < *before) {
                news.push(row.clone());
            }
            told.push((row.item.id, row.date.clone(), stage));
        }
        self.told = told;
        news
    }
}

/// The sentence that sums it up: "3 end soon", and what they are.
pub fn summary(news: &[EndingItem], today: &str) -> (String, String) {
    let title = many!(news.len(), "{n} date is due in Hudu", "{n} dates are due in Hudu");
    let line = |row: &EndingItem| {
        let when = match days_left(&row.date, today) {
            Some(0) => t!("today"),
            Some(1) => t!("tomorrow"),
            Some(left) => t!("in {n} days", n = left),
            None => row.date.clone(),
        };
        format!("{}, {} ({when})", row.item.title, row.company)
    };
    let mut lines: Vec<String> = news.iter().take(3).map(line).collect();
    if news.len() > lines.len() {
        lines.push(t!("and {n} more", n = news.len() - lines.len()));
    }
    (title, lines.join("; "))
}

fn days_left(date: &str, today: &str) -> Option<i64> {
    Some(date::day_number(date)? - date::day_number(today)?)
}

/// Reads all dates of Hudu, and the names of what is due.
pub async fn read(sides: &Sides) -> Result<EndingView, SyncError> {
    let now = sides.host.clock.now();
    let today = date::day_of(now);
    let mut due: Vec<(String, Expiration)> = Vec::new();
    let mut pages = sides.hudu.expiration_pages();
    while let Some(rows) = pages.next().await? {
        due.extend(rows.into_iter().filter(|row| row.archived.is_none()).filter_map(|row| {
            let date = row.date.clone()?;
            (-LATELY..=SOON).contains(&days_left(&date, &today)?).then_some((date, row))
        }));
    }
    let mut view = EndingView { items: Vec::new(), as_of: Some(now) };
    if due.is_empty() {
        return Ok(view);
    }
    due.order_by(|(a, _), (b, _)| (a.as_str() < today.as_str(), a).cmp(&(b.as_str() < today.as_str(), b)));
    let names: BTreeMap<i64, String> =
        gathered(sides.hudu.companies().await?.into_iter().map(|row| (row.id, row.name.unwrap_or_default())));
    let libraries = libraries(sides, &due).await?;
    let shapes = library::shapes(&sides.host).await?.unwrap_or_default();
    for (date, row) in due {
        let company = row.company_id.unwrap_or_default();
        let Some(library) = libraries.get(&company) else { continue };
        if let Some(item) = item(&desk(sides, library, &shapes, &today), DocumentKind::Expiration, row.id) {
            let company = names.get(&company).cloned().unwrap_or_default();
            view.items.push(EndingItem { item, company, date });
        }
    }
    Ok(view)
}

fn desk<'a>(sides: &'a Sides, library: &'a Library, shapes: &'a Shapes, today: &'a str) -> Desk<'a> {
    Desk { library, shapes, settings: &sides.settings, origin: sides.hudu.origin(), today }
}

/// The companies' documentation as it is stored, with what ends and the names of what it belongs to.
async fn libraries(sides: &Sides, due: &[(String, Expiration)]) -> Result<BTreeMap<i64, Library>, SyncError> {
    let mut libraries = BTreeMap::new();
    for company in gathered::<_, BTreeSet<_>>(due.iter().filter_map(|(_, row)| row.company_id)) {
        let mut library = library::load(&sides.host, company).await?.unwrap_or_default();
        library.expirations.rows.clear();
        libraries.insert(company, library);
    }
    let mut asked = 0;
    let mut sites: Option<Vec<Website>> = None;
    for (_, row) in due {
        let (Some(company), Some(of)) = (row.company_id, row.of_id) else { continue };
        let Some(library) = libraries.get_mut(&company) else { continue };
        match row.of_type.as_deref() {
            Some("Asset") if asked < ASKED && !library.assets.rows.iter().any(|asset| asset.id == of) => {
                asked += 1;
                if let Some(asset) = known(sides.hudu.asset(company, of).await)? {
                    library.assets.rows.push(asset);
                }
            }
            Some("Website") if !library.websites.rows.iter().any(|site| site.id == of) => {
                if sites.is_none() {
                    let mut all = Vec::new();
                    let mut pages = sides.hudu.website_pages();
                    while let Some(rows) = pages.next().await? {
                        all.extend(rows);
                    }
                    sites = Some(all);
                }
                library.websites.rows.extend(sites.iter().flatten().find(|site| site.id == of).cloned());
            }
            _ => {}
        }
        library.expirations.rows.push(row.clone());
    }
    // A date without a thing stands for itself.
    for (_, row) in due.iter().filter(|(_, row)| row.of_id.is_none()) {
        if let Some(library) = row.company_id.and_then(|company| libraries.get_mut(&company)) {
            library.expirations.rows.push(row.clone());
        }
    }
    Ok(libraries)
}

/// What is gone meanwhile has no name; anything else is a failure of the whole.
fn known<T>(answer: Result<T, ApiError>) -> Result<Option<T>, ApiError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(ApiError::NotFound { .. } | ApiError::Forbidden { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, date: &str) -> EndingItem {
        let item = ItemView {
            kind: DocumentKind::Expiration,
            id,
            title: format!("site{id}.example"),
            subtitle: None,
            chips: Vec::new(),
            words: String::new(),
            url: String::new(),
            has_code: false,
        };
        EndingItem { item, company: "Harbour".to_owned(), date: date.to_owned() }
    }

    fn told(kept: &mut Kept, today: &str) -> Vec<i64> {
        kept.news(today).iter().map(|row| row.item.id).collect()
    }

    #[test]
    fn a_date_is_told_when_it_is_first_seen_and_as_it_comes_nearer() {
        let items = vec![row(1, "2026-11-24"), row(2, "2026-12-10"), row(3, "2026-11-20")];
        let mut kept = Kept { view: EndingView { items, as_of: None }, ..Kept::default() };
        assert_eq!(told(&mut kept, "2026-11-22"), [1, 2], "what ended is shown, not told");
        assert_eq!(told(&mut kept, "2026-11-22"), [0_i64; 0], "never twice on one day");
        assert_eq!(told(&mut kept, "2026-11-23"), [1], "tomorrow");
        assert_eq!(told(&mut kept, "2026-11-24"), [1], "today");
        assert_eq!(told(&mut kept, "2026-12-02"), [0_i64; 0]);
        assert_eq!(told(&mut kept, "2026-12-03"), [2], "a week left");
        // Another date of the same is another thing to tell.
        kept.view.items[1].date = "2026-12-20".to_owned();
        assert_eq!(told(&mut kept, "2026-12-03"), [2]);
    }

    #[test]
    fn one_sentence_sums_it_up() {
        let rows: Vec<EndingItem> = (1..=5).map(|id| row(id, "2026-11-23")).collect();
        let (title, text) = summary(&rows, "2026-11-22");
        assert_eq!(title, "5 dates are due in Hudu");
        assert!(text.starts_with("site1.example, Harbour (tomorrow); ") && text.ends_with("; and 2 more"), "{text}");
        assert_eq!(summary(&rows[..1], "2026-11-23").0, "1 date is due in Hudu");
    }
}
