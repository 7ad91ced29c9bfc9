//! A record with its documentation: from the store at once, and again when fresh data is in.

use crate::assist::document::{of_article, of_asset};
use crate::assist::sections::{Desk, sections};
use crate::assist::view::{CompanyState, CompanyView, CounterpartState, RecordView, SidebarView, Standing};
use crate::halo::model;
use crate::halo::record::{RecordKind, RecordRef};
use crate::html::sanitise;
use crate::http::{ApiError, date};
use crate::hudu::model::{Asset, Company};
use crate::library::{self, Library, Shapes};
use crate::mapping::compare::show;
use crate::mapping::record::HuduRecord;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};
use crate::settings::SyncSettings;
use crate::sync::article;
use crate::sync::error::SyncError;
use crate::sync::matching::{Found, Why};
use crate::sync::plan::{self, Inputs, Item, Link, Plan};
use crate::sync::sides::Sides;
use crate::sync::view::{Action, CandidateView};
use crate::sync::{Seen, client_of, links};
use crate::trouble::Explain;

/// How long layouts and lists are taken from the store.
const SHAPES_LIFE_MS: i64 = 10 * 60_000;

/// The record's sidebar as it was stored last.
pub async fn stored(
    host: &Host,
    origin: &str,
    settings: &SyncSettings,
    record: RecordRef,
) -> Result<Option<SidebarView>, StoreError> {
    let Some(mut view) = get::<SidebarView>(host, Table::Documents, &key(record)).await? else {
        return Ok(None);
    };
    view.stored = true;
    if let CompanyState::Matched { company } = &view.company
        && let Some(library) = library::load(host, company.id).await?
    {
        let shapes = library::shapes(host).await?.unwrap_or_default();
        let today = today(host);
        view.sections = sections(&Desk { library: &library, shapes: &shapes, settings, origin, today: &today });
    }
    Ok(Some(view))
}

/// The standing as it was stored last.
pub async fn stored_standing(host: &Host, record: RecordRef) -> Option<Standing> {
    get::<SidebarView>(host, Table::Documents, &key(record)).await.ok().flatten().map(|view| view.standing)
}

fn key(record: RecordRef) -> String {
    format!("sidebar/{}", record.key())
}

/// Today in UTC, `YYYY-MM-DD`.
pub fn today(host: &Host) -> String {
    date::day_of(host.clock.now())
}

/// Everything that one look at a record reads.
pub struct Look {
    /// The record.
    pub seen: Seen,
    /// Companies that could be the client's.
    pub companies: Result<Vec<Company>, ApiError>,
    /// The company, where that is sure.
    pub company: Option<(Company, Why)>,
    /// Several that could be meant.
    pub candidates: Vec<(HuduRecord, String)>,
    /// Layouts and lists.
    pub shapes: Shapes,
    /// The company's documentation.
    pub library: Option<Library>,
    /// Why what was read could not be stored: it is shown all the same.
    pub unstored: Option<StoreError>,
}

/// Reads a record, its company and, where `whole`, all of the company's documentation; else only the
/// assets that planning needs.
pub async fn look(sides: &Sides, record: RecordRef, whole: bool) -> Result<Look, SyncError> {
    let (seen, shapes) = futures::join!(sides.seen(record), shapes(sides, !whole));
    let seen = seen?;
    let mut look = Look {
        seen,
        companies: Ok(Vec::new()),
        company: None,
        candidates: Vec::new(),
        shapes: Shapes::default(),
        library: None,
        unstored: None,
    };
    match shapes {
        Ok(shapes) => look.shapes = shapes,
        Err(error) => {
            look.companies = Err(error);
            return Ok(look);
        }
    }
    let Some((client, name)) = look.seen.client() else { return Ok(look) };
    let source = match &look.seen {
        Seen::Source(source) if source.record.kind == RecordKind::Client => (**source).clone(),
        _ => client_of(client, name),
    };
    let links = links(&sides.host, &[source.record]).await?;
    look.companies = sides.companies(client, links.get(&source.record.key())).await;
    let Ok(companies) = &look.companies else { return Ok(look) };
    let inputs = Inputs {
        companies: companies.iter().map(|company| sides.company_record(company)).collect(),
        source,
        client: None,
        layouts: Vec::new(),
        assets: Vec::new(),
        links,
    };
    match plan::find_company(&inputs, &sides.settings) {
        Found::One(found, why) => {
            look.company =
                companies.iter().find(|company| company.id == found.id).cloned().map(|company| (company, why));
        }
        Found::Several(candidates) => look.candidates = candidates,
        Found::Nobody => {}
    }
    if let Some((company, _)) = &look.company {
        let mut library = read_library(sides, company, whole).await?;
        if library.assets.rows.iter().any(|asset| is_strange(asset, &look.shapes)) {
            // Somebody changed a layout since the shapes were stored.
            look.shapes = self::shapes(sides, true).await?;
        }
        for asset in &mut library.assets.rows {
            asset.hide_confidential(look.shapes.layout(asset.asset_layout_id));
        }
        look.unstored = library::keep(&sides.host, company.id, &library).await.err();
        look.library = Some(library);
    }
    Ok(look)
}

async fn shapes(sides: &Sides, fresh: bool) -> Result<Shapes, ApiError> {
    let now = sides.host.clock.now();
    match library::shapes(&sides.host).await {
        Ok(Some(shapes)) if !fresh && now - shapes.as_of < SHAPES_LIFE_MS => Ok(shapes),
        _ => {
            let shapes = sides.shapes().await?;
            // Only a cache: a full disk shows at what is worth telling.
            let _ = library::keep_shapes(&sides.host, &shapes).await;
            Ok(shapes)
        }
    }
}

async fn read_library(sides: &Sides, company: &Company, whole: bool) -> Result<Library, SyncError> {
    let (hudu, id) = (&sides.hudu, company.id);
    let mut library = library::load(&sides.host, id).await?.unwrap_or_default();
    library.company = Some(company.clone());
    library.company_as_of = sides.host.clock.now();
    let assets = hudu.company_assets(id);
    if whole {
        let articles = hudu.articles(id);
        let folders = hudu.company_folders(id);
        let passwords = hudu.passwords(id);
        let procedures = hudu.procedures(id);
        let websites = hudu.websites(id);
        let expirations = hudu.expirations(id);
        let (assets, articles, folders, passwords, procedures, websites, expirations) =
            futures::join!(assets, articles, folders, passwords, procedures, websites, expirations);
        let now = sides.host.clock.now();
        library.assets.take(assets.map_err(|error| error.trouble()), now);
        library.articles.take(articles.map_err(|error| error.trouble()), now);
        if let Ok(folders) = folders {
            library.folders = folders;
        }
        library.passwords.take(passwords.map_err(|error| error.trouble()), now);
        library.procedures.take(procedures.map_err(|error| error.trouble()), now);
        library.websites.take(websites.map_err(|error| error.trouble()), now);
        library.expirations.take(expirations.map_err(|error| error.trouble()), now);
    } else {
        library.assets.take(Ok(assets.await?), sides.host.clock.now());
    }
    Ok(library)
}

/// Whether an asset has a field, or a layout, that the shapes do not know.
fn is_strange(asset: &Asset, shapes: &Shapes) -> bool {
    let Some(layout) = shapes.layout(asset.asset_layout_id) else { return true };
    asset.fields.iter().filter_map(|field| field.label.as_deref()).any(|label| layout.field(label).is_none())
}

/// The plan for a record in view.
pub async fn plan_for(sides: &Sides, look: &Look) -> Result<Plan, SyncError> {
    match &look.seen {
        Seen::Ticket(_) => {
            Err(SyncError::NotSynced("A ticket stays in Halo: open its client, user or asset to sync that.".to_owned()))
        }
        Seen::Article(article) => match article_origin(article) {
            Some(hudu_id) => plan_article(sides, hudu_id, Some(article.id)).await,
            None => Err(SyncError::NotSynced(
                "This article was not published from Hudu, so there is nothing to refresh it from.".to_owned(),
            )),
        },
        Seen::Source(source) => {
            let companies = look.companies.clone()?;
            if let Some(trouble) = look.library.as_ref().and_then(|library| library.assets.trouble.clone())
                && source.record.kind != RecordKind::Client
            {
                // What could not be read must never look like "Hudu has none".
                return Err(SyncError::Unread(trouble));
            }
            let inputs = sides.inputs(source, &companies, &look.shapes, look.library.as_ref()).await?;
            Ok(plan::record(&inputs, &sides.settings))
        }
    }
}

/// The plan that publishes or refreshes a Hudu article. `halo_id` is the Halo article in view.
pub async fn plan_article(sides: &Sides, hudu_id: i64, halo_id: Option<i64>) -> Result<Plan, SyncError> {
    let inputs = sides.article_inputs(hudu_id).await?;
    let mut plan = article::plan(&inputs, &sides.settings);
    if let Some(id) = halo_id {
        let title = inputs.article.title.clone();
        plan.subject = plan::Subject::Record(RecordRef::new(RecordKind::Article, id), title);
    }
    Ok(plan)
}

/// The Hudu article that a Halo article says it came from.
pub fn article_origin(article: &model::Article) -> Option<i64> {
    let words = article.tag_words();
    article::from_tags(words.iter().map(String::as_str))
}

/// Reads everything anew, stores it and makes the view.
pub async fn fresh(sides: &Sides, record: RecordRef) -> Result<SidebarView, SyncError> {
    let look = look(sides, record, true).await?;
    let host = &sides.host;
    let origin = sides.hudu.origin();
    let (counterpart, standing) = counterpart(sides, &look).await;
    let today = today(host);
    let sections = match &look.library {
        Some(library) => {
            let settings = &sides.settings;
            sections(&Desk { library, shapes: &look.shapes, settings, origin, today: &today })
        }
        None => Vec::new(),
    };
    let mut view = SidebarView {
        record: record_view(&look.seen, record),
        company: company_state(sides, &look),
        counterpart,
        standing,
        sections: Vec::new(),
        stored: false,
        last_run: None,
        notice: look.unstored.as_ref().map(Explain::trouble),
    };
    if let CompanyState::Unknown { trouble } = &view.company {
        let trouble = trouble.clone();
        if let Ok(Some(old)) = stored(host, origin, &sides.settings, record).await
            && matches!(old.company, CompanyState::Matched { .. })
        {
            // Documentation of a stated age is worth more than none.
            view.company = old.company;
            view.sections = old.sections;
            for section in &mut view.sections {
                section.trouble.get_or_insert_with(|| trouble.clone());
            }
        }
        view.notice.get_or_insert(trouble);
        return Ok(view);
    }
    let kept = host.store.write(vec![put(Table::Documents, key(record), &view)]).await;
    if let Err(error) = kept {
        view.notice.get_or_insert_with(|| error.trouble());
    }
    view.sections = sections;
    Ok(view)
}

async fn counterpart(sides: &Sides, look: &Look) -> (CounterpartState, Standing) {
    if matches!(look.seen, Seen::Ticket(_)) {
        return (CounterpartState::NotNeeded, Standing::NotApplicable);
    }
    let plan = match plan_for(sides, look).await {
        Ok(plan) => plan,
        Err(SyncError::NotSynced(reason)) => {
            return (CounterpartState::Missing { reason }, Standing::NotApplicable);
        }
        Err(error) => {
            let trouble = error.trouble();
            return (CounterpartState::Unknown { trouble: trouble.clone() }, Standing::Unknown { trouble });
        }
    };
    let Some(item) = plan.items.last() else { return (CounterpartState::NotNeeded, Standing::NotApplicable) };
    if item.action == Action::Unchanged {
        // Not worth a failure: the link is only kept to tell later edits apart.
        let _ = remember(sides, item).await;
    }
    let state = match &look.seen {
        Seen::Source(source) if source.record.kind == RecordKind::Client => CounterpartState::NotNeeded,
        Seen::Article(article) => article_counterpart(sides, article_origin(article)).await,
        _ => asset_counterpart(sides, look, item),
    };
    (state, standing(item))
}

fn standing(item: &Item) -> Standing {
    match item.action {
        Action::Unchanged => Standing::InStep,
        Action::Update | Action::Link | Action::Archive => {
            Standing::Differs { fields: item.changes.iter().map(|change| change.label.clone()).collect() }
        }
        Action::Create => Standing::NotInHudu,
        Action::Conflict | Action::Ambiguous => Standing::NeedsChoice,
        Action::Blocked => Standing::NotApplicable,
    }
}

async fn remember(sides: &Sides, item: &Item) -> Result<(), StoreError> {
    let target = match item.target {
        plan::Target::Company(Some(id)) | plan::Target::Asset { id: Some(id), .. } => id,
        plan::Target::Article { id: Some(id), .. } => id,
        _ => return Ok(()),
    };
    let key = match &item.id {
        id if id.starts_with("hudu-article/") => id.clone(),
        _ => item.record.map(RecordRef::key).unwrap_or_default(),
    };
    let kept: Option<Link> = get(&sides.host, Table::Links, &key).await?;
    let mut link = kept.clone().unwrap_or_default();
    link.target = target;
    link.synced.extend(item.agreed.clone());
    if kept.as_ref() != Some(&link) {
        sides.host.store.write(vec![put(Table::Links, key, &link)]).await?;
    }
    Ok(())
}

fn asset_counterpart(sides: &Sides, look: &Look, item: &Item) -> CounterpartState {
    let (Some(library), plan::Target::Asset { id, .. }) = (&look.library, &item.target) else {
        return CounterpartState::Missing { reason: item.reason.clone() };
    };
    if item.action == Action::Ambiguous {
        return CounterpartState::Ambiguous {
            candidates: candidates(item.candidates.iter().map(|c| (c.id, &c.name, &c.why, &c.url))),
        };
    }
    let asset = id.and_then(|id| library.assets.rows.iter().find(|asset| asset.id == id));
    match asset {
        Some(asset) => {
            let today = today(&sides.host);
            let origin = sides.hudu.origin();
            let desk = Desk { library, shapes: &look.shapes, settings: &sides.settings, origin, today: &today };
            CounterpartState::Matched {
                document: of_asset(&desk, asset, library.assets.as_of.unwrap_or_default()),
                why: item.reason.clone(),
            }
        }
        None => CounterpartState::Missing { reason: item.reason.clone() },
    }
}

async fn article_counterpart(sides: &Sides, hudu_id: Option<i64>) -> CounterpartState {
    let Some(id) = hudu_id else {
        return CounterpartState::Missing { reason: "It was not published from Hudu.".to_owned() };
    };
    match sides.hudu.article(id).await {
        Ok(article) => {
            let library = Library::default();
            let shapes = Shapes::default();
            let today = today(&sides.host);
            let origin = sides.hudu.origin();
            let desk = Desk { library: &library, shapes: &shapes, settings: &sides.settings, origin, today: &today };
            let document = of_article(&desk, &article, sides.host.clock.now(), None);
            CounterpartState::Matched { document, why: format!("Matched: the tag {}.", article::tag(id)) }
        }
        Err(error) => CounterpartState::Unknown { trouble: error.trouble() },
    }
}

fn candidates<'a>(rows: impl Iterator<Item = (i64, &'a String, &'a String, &'a String)>) -> Vec<CandidateView> {
    rows.map(|(id, name, why, url)| CandidateView { id, name: name.clone(), why: why.clone(), url: url.clone() })
        .collect()
}

fn company_state(sides: &Sides, look: &Look) -> CompanyState {
    let Some((_, client)) = look.seen.client() else { return CompanyState::NotNeeded };
    match (&look.company, &look.companies) {
        (Some((company, why)), _) => CompanyState::Matched { company: company_view(sides, company, *why) },
        (None, Err(error)) => CompanyState::Unknown { trouble: error.trouble() },
        (None, Ok(_)) if !look.candidates.is_empty() => CompanyState::Ambiguous {
            candidates: candidates(look.candidates.iter().map(|(r, why)| (r.id, &r.name, why, &r.url))),
        },
        (None, Ok(_)) => CompanyState::Missing { reason: format!("Hudu has no company that is {client}.") },
    }
}

fn company_view(sides: &Sides, company: &Company, why: Why) -> CompanyView {
    let record = sides.company_record(company);
    let text = |name: &str| show(&record.value(&crate::mapping::record::Slot::attribute(name)));
    let parts: Vec<String> = ["address_line_1", "address_line_2", "city", "state", "zip", "country_name"]
        .iter()
        .filter_map(|name| text(name))
        .collect();
    let website = text("website").map(|site| if site.contains("://") { site } else { format!("https://{site}") });
    let notes = company.notes.as_deref().map(|html| sanitise(html, &sides.hudu.origin()));
    CompanyView {
        id: company.id,
        name: record.name.clone(),
        address: (!parts.is_empty()).then(|| parts.join(", ")),
        phone: text("phone_number"),
        website: website.filter(|site| site.starts_with("https://") || site.starts_with("http://")),
        notes_html: notes.filter(|html| !crate::mapping::compare::plain(html).is_empty()),
        kind: company.company_type.clone(),
        archived: company.archived,
        url: record.url,
        why: why.words().to_owned(),
        as_of: sides.host.clock.now(),
    }
}

fn record_view(seen: &Seen, record: RecordRef) -> RecordView {
    let client = seen.client();
    let (title, parts) = match seen {
        Seen::Ticket(ticket) => (
            ticket.summary.clone().unwrap_or_default(),
            vec![ticket.client_name.clone(), ticket.site_name.clone(), ticket.user_name.clone()],
        ),
        Seen::Source(source) => {
            let place = (source.record.kind != RecordKind::Client).then(|| source.client_name.clone()).flatten();
            (source.name.clone(), vec![source.type_name.clone(), place])
        }
        Seen::Article(article) => (
            article.name.clone().unwrap_or_default(),
            vec![article.lists.first().and_then(|list| list.full_name.clone().or(list.name.clone()))],
        ),
    };
    let subtitle: Vec<String> = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect();
    RecordView {
        record,
        title,
        subtitle: subtitle.join(" · "),
        client: client.as_ref().map(|(_, name)| name.clone()),
        client_id: client.map(|(id, _)| id),
    }
}
