//! What belongs to the client, site, user, asset or contract in view: what ends soon, processes under way,
//! passwords, relations in both directions, linked assets. Made from what is stored, without a request;
//! only Hudu's relations are read for it, all at once and seldom, because Hudu has no filter for them.

use crate::assist::relevance::fresh::{self, Shop};
use crate::assist::relevance::history::Past;
use crate::assist::relevance::view::{SuggestedView, SuggestionView, suggestions};
use crate::assist::relevance::{Facts, rank};
use crate::assist::sections::{Desk, due, item};
use crate::assist::sidebar;
use crate::assist::view::{Chip, CompanyState, CounterpartState, DocumentKind, ItemView, Tone};
use crate::halo::record::{RecordKind, RecordRef};
use crate::http::ApiError;
use crate::http::date;
use crate::hudu::field::{FieldType, FieldValue, read};
use crate::hudu::link;
use crate::hudu::model::{Asset, Procedure, Relation};
use crate::json::Json;
use crate::library::{self, Library, Shapes};
use crate::order::Order;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};
use crate::settings::SyncSettings;
use crate::sync::sides::Sides;
use crate::t;

/// How many are shown.
const SHOWN: usize = 20;
/// How many dates of a whole client are shown.
const DATES: usize = 6;
/// After so many milliseconds Hudu's relations are read again.
const RELATIONS_AGE: i64 = 3_600_000;
/// How many articles are shown that are like the one in view.
const ALIKE: usize = 4;
/// Letters of a relation's description that are shown as its reason.
const DESCRIPTION: usize = 40;

/// How weighty each reason is: the highest stands first.
mod weight {
    pub const DATE: u32 = 1000;
    pub const UNDER_WAY: u32 = 800;
    pub const PASSWORD: u32 = 700;
    pub const RELATION: u32 = 600;
    pub const LINK: u32 = 500;
    pub const OF_CLIENT: u32 = 100;
    pub const ARCHIVED: u32 = 10;
}

/// Hudu's relations as they were read last.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
struct Kept {
    rows: Vec<Relation>,
    /// Milliseconds since 1970; 0 when they never were read.
    as_of: i64,
}

impl Kept {
    /// Whether they need not be read again. What was read in the future was read by a clock that was wrong.
    fn is_new(&self, now: i64) -> bool {
        (0..=RELATIONS_AGE).contains(&(now - self.as_of))
    }
}

const RELATIONS: &str = "relations";

/// Whether what is related to a record of this kind is shown: a ticket has suggestions instead.
pub fn is_for(kind: RecordKind) -> bool {
    kind != RecordKind::Ticket
}

/// What is related to a record whose sidebar was read before; `None` where it never was.
pub async fn stored(
    host: &Host,
    shop: &Shop,
    origin: &str,
    settings: &SyncSettings,
    record: RecordRef,
) -> Result<Option<SuggestedView>, StoreError> {
    let Some(view) = sidebar::kept(host, record).await? else { return Ok(None) };
    let own = match &view.counterpart {
        CounterpartState::Matched { document, .. } => Some(document.id),
        _ => None,
    };
    if record.kind == RecordKind::Article {
        return of_article(host, shop, origin, settings, &view.record.title, own).await.map(Some);
    }
    let CompanyState::Matched { company } = &view.company else { return Ok(None) };
    let Some(library) = shop.parsed.load(host, company.id).await? else { return Ok(None) };
    let shapes = library::shapes(host).await?.unwrap_or_default();
    let kept: Kept = get(host, Table::Documents, RELATIONS).await?.unwrap_or_default();
    let now = host.clock.now();
    let desk = Desk { library: &library, shapes: &shapes, settings, origin, today: &date::day_of(now) };
    let items = related(&desk, &kept.rows, record.kind, company.id, own);
    let nothing = items.is_empty().then(|| nothing(&library));
    let central_due = !kept.is_new(now);
    Ok(Some(SuggestedView { items, nothing, central_due, as_of: library.company_as_of }))
}

/// What is like an article of HaloITSM: what Hudu relates to the article that it came from, then the articles of the
/// Central knowledge base that speak of the same.
async fn of_article(
    host: &Host,
    shop: &Shop,
    origin: &str,
    settings: &SyncSettings,
    title: &str,
    own: Option<i64>,
) -> Result<SuggestedView, StoreError> {
    let kept: Kept = get(host, Table::Documents, RELATIONS).await?.unwrap_or_default();
    let (central, due) = fresh::central(host, &shop.parsed).await?;
    let now = host.clock.now();
    let shapes = Shapes::default();
    let desk = Desk { library: &central, shapes: &shapes, settings, origin, today: &date::day_of(now) };
    let mut found = Gathered { desk: &desk, own: None, items: Vec::new() };
    if let Some(own) = own {
        found.relations(&kept.rows, "Article", own);
    }
    let mut items = found.items;
    items.sort_by_key(|found| std::cmp::Reverse(found.score));
    let index = shop.made.borrow_mut().central(&central);
    let facts = Facts { texts: vec![(2.0, title.to_owned())], ..Facts::default() };
    let alike = suggestions(&rank(&facts, &[&index], &Past::default()), None, Some(&desk), ALIKE + 1);
    for found in alike {
        let known = Some(found.item.id) == own || items.iter().any(|known| known.item.id == found.item.id);
        if !known && items.len() < SHOWN {
            let end = items.iter().rposition(|known| known.score > weight::ARCHIVED).map_or(0, |at| at + 1);
            items.insert(end, SuggestionView { score: weight::OF_CLIENT, ..found });
        }
    }
    let nothing = items.is_empty().then(|| t!("Nothing in Hudu’s Central knowledge base is like this article."));
    let central_due = due || !kept.is_new(now);
    Ok(SuggestedView { items, nothing, central_due, as_of: central.articles.as_of.unwrap_or_default() })
}

/// Reads Hudu's relations where that is due. What could not be read leaves the old ones.
pub async fn read_relations(sides: &Sides) -> Result<(), ApiError> {
    let kept: Option<Kept> = get(&sides.host, Table::Documents, RELATIONS).await.unwrap_or_default();
    let now = sides.host.clock.now();
    if kept.is_some_and(|kept| kept.is_new(now)) {
        return Ok(());
    }
    let rows = sides.hudu.relation_rows().await?;
    // Only for painting from the store: a full disk shows at what is worth telling.
    let _ = sides.host.store.write(vec![put(Table::Documents, RELATIONS.to_owned(), &Kept { rows, as_of: now })]).await;
    Ok(())
}

fn nothing(library: &Library) -> String {
    let unread = library.assets.trouble.as_ref().or(library.passwords.trouble.as_ref());
    unread.map_or_else(
        || t!("Nothing is related to it in Hudu: no relation, no linked asset, no password, nothing that ends soon."),
        |trouble| trouble.sentence.clone(),
    )
}

/// What belongs to a record of this kind, the weightiest first. `own` is its counterpart among the company's
/// assets; a client's counterpart is the company itself.
pub fn related(
    desk: &Desk,
    relations: &[Relation],
    kind: RecordKind,
    company: i64,
    own: Option<i64>,
) -> Vec<SuggestionView> {
    let mut found = Gathered { desk, own, items: Vec::new() };
    match own.and_then(|id| desk.library.assets.rows.iter().find(|asset| asset.id == id)) {
        Some(asset) => {
            found.dates(|of, id| of == Some("Asset") && id == Some(asset.id));
            found.passwords(asset.id, kind);
            found.relations(relations, "Asset", asset.id);
            found.links(asset, kind);
            found.processes(weight::OF_CLIENT);
        }
        None => {
            found.dates(|_, _| true);
            found.processes(weight::UNDER_WAY);
        }
    }
    if kind == RecordKind::Client {
        found.relations(relations, "Company", company);
    }
    let mut items = found.items;
    items.order_by_key(|found| std::cmp::Reverse(found.score));
    items.truncate(SHOWN);
    items
}

struct Gathered<'a> {
    desk: &'a Desk<'a>,
    own: Option<i64>,
    items: Vec<SuggestionView>,
}

impl Gathered<'_> {
    /// One more reason for a document; a document that the company has no more is passed over.
    fn add(&mut self, kind: DocumentKind, id: i64, reason: Chip, score: u32) {
        if let Some(item) = item(self.desk, kind, id) {
            self.add_item(item, reason, score);
        }
    }

    fn add_item(&mut self, item: ItemView, reason: Chip, score: u32) {
        if matches!(item.kind, DocumentKind::Asset | DocumentKind::Person) && Some(item.id) == self.own {
            return;
        }
        match self.items.iter_mut().find(|known| (known.item.kind, known.item.id) == (item.kind, item.id)) {
            Some(known) => {
                known.score = known.score.max(score);
                if !known.reasons.contains(&reason) {
                    known.reasons.push(reason);
                }
            }
            None => self.items.push(SuggestionView { item, reasons: vec![reason], marks: Vec::new(), score }),
        }
    }

    /// What ended or ends soon, the first first.
    fn dates(&mut self, is_own: impl Fn(Option<&str>, Option<i64>) -> bool) {
        let mut rows: Vec<(String, i64, Chip)> = Vec::new();
        for row in &self.desk.library.expirations.rows {
            if row.archived.is_none()
                && is_own(row.of_type.as_deref(), row.of_id)
                && let Some(date) = row.date.clone()
                && let Some(chip) = due(&date, self.desk.today)
            {
                rows.push((date, row.id, chip));
            }
        }
        rows.order_by(|a, b| a.0.cmp(&b.0));
        // What ends soon can still be acted on: it comes before what ended, of which the latest matters most.
        let (mut ended, mut soon): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|(date, ..)| date.as_str() < self.desk.today);
        ended.reverse();
        soon.truncate(DATES);
        ended.truncate(DATES - soon.len());
        for (at, (_, id, chip)) in soon.into_iter().chain(ended).enumerate() {
            self.add(DocumentKind::Expiration, id, chip, weight::DATE - at as u32);
        }
    }

    fn passwords(&mut self, asset: i64, kind: RecordKind) {
        let whose = match kind {
            RecordKind::User => t!("password of this person"),
            RecordKind::Site => t!("password of this site"),
            RecordKind::Contract => t!("password of this contract"),
            _ => t!("password of this asset"),
        };
        for row in &self.desk.library.passwords.rows {
            if !row.archived && row.passwordable_type.as_deref() == Some("Asset") && row.passwordable_id == Some(asset)
            {
                self.add(DocumentKind::Password, row.id, accent(whose.clone()), weight::PASSWORD);
            }
        }
    }

    /// Relations of Hudu in which this record is one end.
    fn relations(&mut self, relations: &[Relation], kind: &str, id: i64) {
        for row in relations {
            let is = |of: &Option<String>, at: Option<i64>| of.as_deref() == Some(kind) && at == Some(id);
            let (other, from_here) = if is(&row.from_type, row.from_id) {
                ((row.to_type.as_deref(), row.to_id), true)
            } else if is(&row.to_type, row.to_id) {
                ((row.from_type.as_deref(), row.from_id), false)
            } else {
                continue;
            };
            let (Some(other_kind), Some(other_id)) = (other.0.and_then(document_kind), other.1) else { continue };
            let known = item(self.desk, other_kind, other_id);
            // Of another company or of the Central knowledge base: only this end's row tells its name.
            let named = || {
                row.name
                    .clone()
                    .filter(|_| from_here)
                    .map(|title| elsewhere(self.desk, row, title, other_kind, other_id))
            };
            let Some(item) = known.or_else(named) else { continue };
            // What was put away is worth no more than a mark behind everything else.
            let (reason, score) = match archived(self.desk.library, other_kind, other_id) {
                true => (Chip { text: t!("archived in Hudu"), tone: Tone::Warn }, weight::ARCHIVED),
                false => (accent(t!("related in Hudu")), weight::RELATION),
            };
            self.add_item(item.clone(), reason, score);
            let text = row.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
            if let Some(text) = text.filter(|text| text.chars().count() <= DESCRIPTION) {
                self.add_item(item, plain(text.to_owned()), score);
            }
        }
    }

    /// Assets that this one links to, and those that link to it.
    fn links(&mut self, own: &Asset, kind: RecordKind) {
        let this = match kind {
            RecordKind::User => t!("this person"),
            RecordKind::Site => t!("this site"),
            RecordKind::Contract => t!("this contract"),
            _ => t!("this asset"),
        };
        for (label, id) in linked(self.desk, own) {
            self.add(DocumentKind::Asset, id, plain(t!("its {label}", label)), weight::LINK + 50);
        }
        for asset in self.desk.library.assets.rows.iter().filter(|asset| !asset.archived && asset.id != own.id) {
            for (label, _) in linked(self.desk, asset).into_iter().filter(|(_, id)| *id == own.id) {
                self.add(DocumentKind::Asset, asset.id, plain(format!("{label}: {this}")), weight::LINK);
            }
        }
    }

    fn processes(&mut self, score: u32) {
        for row in self.desk.library.procedures.rows.iter().filter(|row| is_under_way(row)) {
            let text = match (row.completed, row.total) {
                (Some(done), Some(total)) if total > 0 => t!("under way, {done} of {total} steps", done, total),
                _ => t!("under way"),
            };
            self.add(DocumentKind::Process, row.id, plain(text), score);
        }
    }
}

/// A process that was started and is neither done nor given up.
fn is_under_way(row: &Procedure) -> bool {
    let status = row.status.as_deref().unwrap_or_default().to_lowercase();
    let all_done = row.total.is_some_and(|total| total > 0 && row.completed == Some(total));
    row.run && !row.archived && !all_done && !status.starts_with("complet") && !status.starts_with("cancel")
}

/// Labels and ids of the assets that an asset's fields link to.
fn linked(desk: &Desk, asset: &Asset) -> Vec<(String, i64)> {
    let Some(layout) = desk.shapes.layout(asset.asset_layout_id) else { return Vec::new() };
    let mut found = Vec::new();
    for field in layout.fields.iter().filter(|field| field.kind() == FieldType::AssetTag) {
        let label = field.label.clone().unwrap_or_default();
        if let Some(value) = asset.field(&label)
            && let FieldValue::Assets(assets) = read(field, value, &desk.shapes.lists)
        {
            found.extend(assets.into_iter().map(|(id, _)| (label.clone(), id)));
        }
    }
    found
}

/// Whether a document was put away in Hudu.
fn archived(library: &Library, kind: DocumentKind, id: i64) -> bool {
    match kind {
        DocumentKind::Asset | DocumentKind::Person => {
            library.assets.rows.iter().any(|row| row.id == id && row.archived)
        }
        DocumentKind::Article => library.articles.rows.iter().any(|row| row.id == id && row.archived),
        DocumentKind::Password => library.passwords.rows.iter().any(|row| row.id == id && row.archived),
        DocumentKind::Process => library.procedures.rows.iter().any(|row| row.id == id && row.archived),
        DocumentKind::Website => library.websites.rows.iter().any(|row| row.id == id && row.archived),
        DocumentKind::Expiration => library.expirations.rows.iter().any(|row| row.id == id && row.archived.is_some()),
    }
}

/// Hudu's word for a kind of record; `None` for kinds that have no document here.
fn document_kind(word: &str) -> Option<DocumentKind> {
    match word {
        "Asset" => Some(DocumentKind::Asset),
        "Article" => Some(DocumentKind::Article),
        "AssetPassword" => Some(DocumentKind::Password),
        "Procedure" => Some(DocumentKind::Process),
        "Website" => Some(DocumentKind::Website),
        _ => None,
    }
}

fn elsewhere(desk: &Desk, row: &Relation, title: String, kind: DocumentKind, id: i64) -> ItemView {
    let url = link::absolute(desk.origin, row.to_url.as_deref(), "/");
    ItemView { kind, id, title, subtitle: None, chips: Vec::new(), words: String::new(), url, has_code: false }
}

fn accent(text: String) -> Chip {
    Chip { text, tone: Tone::Accent }
}

fn plain(text: String) -> Chip {
    Chip { text, tone: Tone::Plain }
}
