//! Ranking for the record in view, from what is stored of its company, with few requests of its own.

use std::cell::RefCell;
use std::rc::Rc;

use super::history::{self, Opened, Past};
use super::view::{SuggestedView, suggestions};
use super::{Facts, Index, fingerprint_of, rank};
use crate::assist::gather::today;
use crate::assist::sections::Desk;
use crate::assist::view::DocumentKind;
use crate::halo::model;
use crate::halo::record::RecordRef;
use crate::halo::resource;
use crate::http::ApiError;
use crate::json::Json;
use crate::library::{self, CENTRAL, Library, Parsed, Shapes};
use crate::order::Order;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};
use crate::sync::error::SyncError;
use crate::sync::sides::Sides;
use crate::t;

/// After so many milliseconds the Central knowledge base is read again: it changes seldom, and Hudu has
/// no filter for it, so that all articles have to be asked for.
const CENTRAL_AGE: i64 = 6 * 3_600_000;
/// How many suggestions a page shows.
pub const SHOWN: usize = 5;

/// Indexes that were made, as long as the documentation stays the same.
#[derive(Default)]
pub struct Made {
    company: Option<(i64, Rc<Index>)>,
    central: Option<Rc<Index>>,
}

/// What rankings are made with, as long as the host lives.
#[derive(Default)]
pub struct Shop {
    /// Indexes.
    pub made: RefCell<Made>,
    /// Documentation.
    pub parsed: Parsed,
}

impl Made {
    fn company(&mut self, id: i64, library: &Library, shapes: &Shapes, people: &str) -> Rc<Index> {
        match &self.company {
            Some((made, index)) if *made == id && index.fits(library) => index.clone(),
            _ => {
                let index = Rc::new(Index::new(library, shapes, people));
                self.company = Some((id, index.clone()));
                index
            }
        }
    }

    /// The index of the Central knowledge base.
    pub fn central(&mut self, library: &Library) -> Rc<Index> {
        match &self.central {
            Some(index) if index.fits(library) => index.clone(),
            _ => self.central.insert(Rc::new(Index::new(library, &Shapes::default(), ""))).clone(),
        }
    }
}

/// The Central knowledge base as stored, and whether it should be read again.
pub async fn central(host: &Host, parsed: &Parsed) -> Result<(Rc<Library>, bool), StoreError> {
    let library = parsed.load(host, CENTRAL).await?.unwrap_or_default();
    let due = library.articles.as_of.is_none_or(|read| !(0..=CENTRAL_AGE).contains(&(host.clock.now() - read)));
    Ok((library, due))
}

/// Reads the Central knowledge base and stores it. What could not be read leaves the old one.
pub async fn read_central(sides: &Sides) -> Result<(), SyncError> {
    let mut library = library::load(&sides.host, CENTRAL).await?.unwrap_or_default();
    let mut articles = Vec::new();
    let mut pages = sides.hudu.article_pages();
    while let Some(page) = pages.next().await? {
        articles.extend(page.into_iter().filter(|article| article.company_id.is_none()));
    }
    let mut folders = sides.hudu.folders().await?;
    folders.retain(|folder| folder.company_id.is_none());
    library.articles.take(Ok(articles), sides.host.clock.now());
    library.folders = folders;
    Ok(library::keep(&sides.host, CENTRAL, &library).await?)
}

/// What is kept of a ranking.
#[derive(Clone, Debug, Default, Json)]
#[json(default)]
struct Kept {
    view: SuggestedView,
    /// What the ticket was about, as numbers.
    about: Vec<u32>,
}

/// The ticket's facts: two requests.
pub async fn facts(sides: &Sides, record: RecordRef) -> Result<Facts, ApiError> {
    let id = record.id.to_string();
    let params = [("ticket_id", id.as_str()), ("count", "20")];
    let ticket = sides.halo.get::<model::Ticket>(resource::TICKET, record.id, &[]);
    let actions = sides.halo.list_first::<model::Action>(resource::ACTION, &params);
    let (ticket, actions) = futures::join!(ticket, actions);
    // A key that may not read actions still gives the ticket.
    let mut actions = actions.unwrap_or_default();
    actions.order_by_key(|action| std::cmp::Reverse(action.at));
    Ok(Facts::of(&ticket?, &actions))
}

/// The suggestions as they were ranked last.
pub async fn stored(host: &Host, record: RecordRef) -> Result<Option<SuggestedView>, StoreError> {
    Ok(get::<Kept>(host, Table::Documents, &key(record)).await?.map(|kept| kept.view))
}

fn key(record: RecordRef) -> String {
    format!("suggested/{}", record.key())
}

/// Ranks for a ticket of this company and keeps the result; `limit` says how many are answered.
pub async fn ticket(
    sides: &Sides,
    shop: &Shop,
    record: RecordRef,
    company: Option<i64>,
    limit: usize,
) -> Result<SuggestedView, SyncError> {
    let host = &sides.host;
    let facts = facts(sides, record).await?;
    let past = history::load(host).await?;
    let (central, central_due) = central(host, &shop.parsed).await?;
    let own = match company {
        Some(company) => shop.parsed.load(host, company).await?.map(|library| (company, library)),
        None => None,
    };
    let shapes = library::shapes(host).await?.unwrap_or_default();
    let indexes = indexes(&shop.made, own.as_ref(), &central, &shapes, sides);
    let borrowed: Vec<&Index> = indexes.iter().map(|index| &**index).collect();
    let ranked = rank(&facts, &borrowed, &past);
    let (origin, today) = (sides.hudu.origin(), today(host));
    let desk = |library| Desk { library, shapes: &shapes, settings: &sides.settings, origin, today: &today };
    let own_desk = own.as_ref().map(|(_, library)| desk(library));
    let items = suggestions(&ranked, own_desk.as_ref(), Some(&desk(&central)), limit);
    let nothing = items.is_empty().then(|| nothing(&facts, own.as_ref().map(|(_, library)| &**library)));
    let view = SuggestedView { items, nothing, central_due, as_of: host.clock.now() };
    let kept = Kept { view, about: fingerprint_of(&facts, &borrowed) };
    // Only for painting from the store: a full disk shows at what is worth telling.
    let _ = host.store.write(vec![put(Table::Documents, key(record), &kept)]).await;
    Ok(kept.view)
}

fn indexes(
    made: &RefCell<Made>,
    own: Option<&(i64, Rc<Library>)>,
    central: &Library,
    shapes: &Shapes,
    sides: &Sides,
) -> Vec<Rc<Index>> {
    let mut made = made.borrow_mut();
    let mut indexes = vec![made.central(central)];
    if let Some((id, library)) = own {
        indexes.push(made.company(*id, library, shapes, &sides.settings.people_layout));
    }
    indexes
}

/// Why there is nothing to suggest, with what would help.
fn nothing(facts: &Facts, library: Option<&Library>) -> String {
    let unread = library.and_then(|library| library.articles.trouble.as_ref().or(library.assets.trouble.as_ref()));
    if let Some(trouble) = unread {
        return trouble.sentence.clone();
    }
    if facts.texts.iter().all(|(_, text)| text.trim().is_empty()) {
        return t!("This ticket says too little to tell what fits. Search the documentation below.");
    }
    match library {
        None => t!("This client has no documentation in Hudu, and the Central knowledge base has nothing that fits."),
        Some(_) => t!("Nothing in the documentation fits this ticket well. Search it, or look through it below."),
    }
}

/// Notes that a document was opened for a ticket that was ranked for.
pub async fn note(host: &Host, record: RecordRef, kind: DocumentKind, id: i64) -> Result<(), StoreError> {
    let Some(kept) = get::<Kept>(host, Table::Documents, &key(record)).await? else { return Ok(()) };
    let mut past: Past = history::load(host).await?;
    past.note(Opened { record, about: kept.about, kind, id });
    history::keep(host, &past).await
}
