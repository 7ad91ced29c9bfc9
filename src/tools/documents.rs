//! Documentation: what belongs to a HaloITSM record, words looked for in Hudu, and one secret at a time.

use serde_json::{Value, json};
use sidelight_search::Query;

use crate::assist::view::SidebarView;
use crate::assist::{gather, search as index, sidebar};
use crate::halo::record::{RecordKind, RecordRef};
use crate::http::raw::read::{integer_of, text_of};
use crate::hudu::catalogue::Shelf;
use crate::json::{Json, Shape};
use crate::platform::Later;
use crate::tools::schema::{self, Id};
use crate::tools::{Arguments, Bench, CallError, Marks, Tool, answer, hudu, own, typed};

/// Where words are looked for.
const SEARCHED: [&str; 5] = ["companies", "assets", "articles", "passwords", "websites"];
/// An index that was read whole before that is too old to answer by itself, in milliseconds.
const INDEX_MS: i64 = 24 * 3_600_000;
/// So many from the index.
const INDEXED: usize = 50;
/// So many of each kind.
const FOUND: i64 = 10;

/// A record of HaloITSM.
#[derive(Json, Shape)]
pub(super) struct Named {
    /// Kind of the record.
    kind: RecordKind,
    /// HaloITSM's id of the record.
    id: Id,
}

/// What is looked for.
#[derive(Json, Shape)]
struct Search {
    /// What to look for.
    words: String,
}

/// What was found in Hudu.
#[derive(Json, Shape)]
struct Found {
    /// Kind, as the names of Hudu's tools have it.
    kind: String,
    /// Hudu's id.
    id: i64,
    /// Name.
    name: Option<String>,
    /// Its address.
    url: Option<String>,
    /// Name of its company.
    company: Option<String>,
}

/// Which password.
#[derive(Json, Shape)]
struct Password {
    /// Hudu's id of the password.
    id: Id,
}

/// A secret.
#[derive(Json, Shape)]
struct Revealed {
    /// Hudu's id of the password.
    id: i64,
    /// The secret.
    password: Option<String>,
    /// The day of today.
    read_on: String,
}

/// All of them.
pub(super) fn tools() -> Vec<Tool> {
    vec![
        own(
            "get_documentation_for_haloitsm_record",
            "Everything that Hudu has for a HaloITSM record, most often a ticket: the client's company, the \
            record's own counterpart, assets, articles, processes, websites, expirations and the names of passwords. \
            Start here when a ticket is to be worked on.",
            Marks::READS,
            schema::of::<Named>(),
            SidebarView::shape(),
            documentation,
        ),
        own(
            "search_hudu",
            "Look for words in Hudu's companies, assets, articles, passwords (names only) and websites. The index of \
            this computer answers where it was read within a day, typing errors forgiven; else Hudu's own search.",
            Marks::READS,
            schema::of::<Search>(),
            Vec::<Found>::shape(),
            search,
        ),
        own(
            "reveal_hudu_password",
            "The secret of one password in Hudu. Hudu writes this into its activity log.",
            Marks { secret: true, ..Marks::READS },
            schema::of::<Password>(),
            Revealed::shape(),
            reveal,
        ),
    ]
}

/// The record that the arguments name, if it may be seen.
pub(super) async fn record_of(bench: &Bench, named: &Named) -> Result<RecordRef, CallError> {
    let record = RecordRef::new(named.kind, named.id.0);
    if let Some(client) = bench.reach.client {
        let seen = bench.sides.seen(record).await?;
        if seen.client().is_none_or(|(of, _)| of != client) {
            return Err(CallError::Outside(client));
        }
    }
    Ok(record)
}

fn documentation<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let record = record_of(bench, &typed(given)?).await?;
        let view = sidebar::fresh(&bench.sides, record).await?;
        Ok(answer(view.to_json(), None))
    })
}

fn search<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let Search { words } = typed(given)?;
        if let Some(found) = indexed(bench, &words).await? {
            return Ok(answer(found.to_json(), None));
        }
        let mut found = Vec::new();
        for kind in SEARCHED {
            let Some(shelf) = Shelf::named(kind) else { continue };
            let asked = json!({"search": words, "limit": FOUND});
            let Value::Object(asked) = asked else { continue };
            let page = match hudu::call(bench, shelf, hudu::Verb::List, &asked).await {
                Ok(page) => page,
                // A key without passwords still finds everything else.
                Err(CallError::Records(_)) if kind == "passwords" => continue,
                Err(error) => return Err(error),
            };
            let rows = page["result"].as_array().cloned().unwrap_or_default();
            found.extend(rows.iter().take(FOUND as usize).map(|row| Found {
                kind: shelf.one.to_owned(),
                id: integer_of(&row["id"]).unwrap_or_default(),
                name: text_of(&row["name"]),
                url: text_of(&row["url"]),
                company: text_of(&row["company_name"]),
            }));
        }
        Ok(answer(found.to_json(), None))
    })
}

/// What the index of this computer finds, where everything was read into it within a day.
async fn indexed(bench: &Bench, words: &str) -> Result<Option<Vec<Found>>, CallError> {
    let host = &bench.sides.host;
    let mut kept = index::Shelf::load(host).await?;
    if kept.progress.whole.is_none_or(|whole| host.clock.now() - whole > INDEX_MS) {
        return Ok(None);
    }
    let company = bench.company().await?;
    let asked = Query { text: words, company, only: company.is_some(), limit: INDEXED };
    let origin = bench.sides.hudu.origin();
    let found = index::view::found(kept.index.search(&asked), origin, None, index::view::IndexView::default());
    let hits = found.groups.into_iter().flat_map(|group| group.hits).map(|hit| Found {
        kind: hit.kind.and_then(|kind| text_of(&kind.to_json())).unwrap_or_else(|| "company".to_owned()),
        id: hit.id,
        name: Some(hit.title),
        url: Some(hit.url),
        company: Some(hit.company).filter(|name| !name.is_empty()),
    });
    Ok(Some(hits.collect()))
}

fn reveal<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let Id(id) = typed::<Password>(given)?.id;
        if let (Some(company), Some(client)) = (bench.company().await?, bench.reach.client)
            && bench.sides.hudu.password(id).await?.company_id != Some(company)
        {
            return Err(CallError::Outside(client));
        }
        let secrets = bench.sides.hudu.reveal(id).await?;
        let read_on = gather::today(&bench.sides.host);
        Ok(answer(Revealed { id, password: secrets.password, read_on }.to_json(), None))
    })
}
