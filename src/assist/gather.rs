//! Reading a record, its company and the company's documentation, and planning from what was read.

use crate::halo::model;
use crate::halo::record::{RecordKind, RecordRef};
use crate::http::{ApiError, date};
use crate::hudu::model::Company;
use crate::library::{self, Library, Shapes};
use crate::mapping::record::HuduRecord;
use crate::platform::{Host, StoreError};
use crate::sync::error::SyncError;
use crate::sync::matching::{Found, Why};
use crate::sync::plan::{self, Inputs, Plan};
use crate::sync::sides::Sides;
use crate::sync::{Seen, article, client_of, links, planner};
use crate::t;
use crate::trouble::Explain;

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
    let (seen, shapes) = futures::join!(sides.seen(record), shapes(sides));
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
        Found::Several(candidates) => {
            look.candidates = candidates.into_iter().map(|(record, why)| (record.clone(), why)).collect();
        }
        Found::Elsewhere(_) | Found::Nobody => {}
    }
    if let Some((company, _)) = &look.company {
        let mut library = read_library(sides, company, whole).await?;
        for asset in &mut library.assets.rows {
            asset.hide_confidential(look.shapes.layout(asset.asset_layout_id));
        }
        look.unstored = library::keep(&sides.host, company.id, &library).await.err();
        look.library = Some(library);
    }
    Ok(look)
}

/// Layouts and lists are read each time: only the layout of this moment tells what is confidential.
async fn shapes(sides: &Sides) -> Result<Shapes, ApiError> {
    let shapes = sides.shapes().await?;
    // Only for painting from the store: a full disk shows at what is worth telling.
    let _ = library::keep_shapes(&sides.host, &shapes).await;
    Ok(shapes)
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

/// The plan for a record in view.
pub async fn plan_for(sides: &Sides, look: &Look) -> Result<Plan, SyncError> {
    match &look.seen {
        Seen::Ticket(_) => {
            Err(SyncError::NotSynced(t!("A ticket stays in Halo: open its client, user or asset to sync that.")))
        }
        Seen::Article(article) => match article_origin(article) {
            Some(hudu_id) => plan_article(sides, hudu_id, Some(article.id)).await,
            None => Err(SyncError::NotSynced(t!(
                "This article was not published from Hudu, so there is nothing to refresh it from."
            ))),
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
            Ok(planner::record(&inputs, &sides.settings))
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
