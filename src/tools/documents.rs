//! Documentation: what belongs to a HaloITSM record, words looked for in Hudu, and one secret at a time.

use serde_json::{Value, json};
use sidelight_search::Query;

use crate::assist::view::SidebarView;
use crate::assist::{gather, search as index, sidebar};
use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::catalogue::Shelf;
use crate::json::{Json, Shape};
use crate::platform::Later;
use crate::tools::{Arguments, Bench, Marks, Tool, ToolError, Work, answer, hudu, schema, text, whole};

/// Where words are looked for.
const SEARCHED: [&str; 5] = ["companies", "assets", "articles", "passwords", "websites"];
/// An index that was read whole before that is too old to answer by itself, in milliseconds.
const INDEX_MS: i64 = 24 * 3_600_000;
/// So many from the index.
const INDEXED: usize = 50;
/// So many of each kind.
const FOUND: i64 = 10;

/// All of them.
pub(super) fn tools() -> Vec<Tool> {
    let record = [
        ("kind", json!({"enum": ["ticket", "client", "site", "user", "asset", "contract", "article"]})),
        ("id", schema::id("HaloITSM's id of the record.")),
    ];
    vec![
        Tool {
            name: "get_documentation_for_haloitsm_record".to_owned(),
            about: "Everything that Hudu has for a HaloITSM record, most often a ticket: the client's company, the \
                record's own counterpart, assets, articles, processes, websites, expirations and the names of passwords. \
                Start here when a ticket is to be worked on."
                .to_owned(),
            marks: Marks::READS,
            arguments: schema::object(&record, &["kind", "id"]),
            result: schema::answer(SidebarView::shape()),
            work: Work::Other(documentation),
        },
        Tool {
            name: "search_hudu".to_owned(),
            about: "Look for words in Hudu's companies, assets, articles, passwords (names only) and websites. The index of \
                this computer answers where it was read within a day, typing errors forgiven; else Hudu's own search."
                .to_owned(),
            marks: Marks::READS,
            arguments: schema::object(&[("words", schema::words("What to look for."))], &["words"]),
            result: schema::answer(schema::rows(json!({
                "type": "object",
                "required": ["kind", "id"],
                "properties": {"kind": {"type": "string"}, "id": {"type": "integer"}, "name": {"type": ["string", "null"]},
                    "url": {"type": ["string", "null"]}},
            }))),
            work: Work::Other(search),
        },
        Tool {
            name: "reveal_hudu_password".to_owned(),
            about: "The secret of one password in Hudu. Hudu writes this into its activity log.".to_owned(),
            marks: Marks { secret: true, ..Marks::READS },
            arguments: schema::object(&[("id", schema::id("Hudu's id of the password."))], &["id"]),
            result: schema::answer(schema::any()),
            work: Work::Other(reveal),
        },
    ]
}

/// The record that the arguments name, if it may be seen.
pub(super) async fn record_of(bench: &Bench, given: &Arguments) -> Result<RecordRef, ToolError> {
    let kind = text(given, "kind").and_then(RecordKind::of).ok_or_else(|| ToolError::argument("kind", "is missing"))?;
    let record = RecordRef::new(kind, whole(given, "id").unwrap_or_default());
    if let Some(client) = bench.reach.client {
        let seen = bench.sides.seen(record).await?;
        if seen.client().is_none_or(|(of, _)| of != client) {
            return Err(ToolError::Outside(client));
        }
    }
    Ok(record)
}

fn documentation<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        let record = record_of(bench, given).await?;
        let view = sidebar::fresh(&bench.sides, record).await?;
        Ok(answer(view.to_json(), None))
    })
}

fn search<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        let words = text(given, "words").unwrap_or_default();
        if let Some(found) = indexed(bench, words).await? {
            return Ok(answer(found, None));
        }
        let mut found = Vec::new();
        for kind in SEARCHED {
            let Some(shelf) = Shelf::named(kind) else { continue };
            let asked = json!({"search": words, "limit": FOUND});
            let Value::Object(asked) = asked else { continue };
            let page = match hudu::call(bench, shelf, hudu::Verb::List, &asked).await {
                Ok(page) => page,
                // A key without passwords still finds everything else.
                Err(ToolError::Records(_)) if kind == "passwords" => continue,
                Err(error) => return Err(error),
            };
            let rows = page["result"].as_array().cloned().unwrap_or_default();
            for row in rows.into_iter().take(FOUND as usize) {
                found.push(json!({"kind": shelf.one, "id": row["id"], "name": row["name"], "url": row["url"],
                    "company_id": row["company_id"]}));
            }
        }
        Ok(answer(found.into(), None))
    })
}

/// What the index of this computer finds, where everything was read into it within a day.
async fn indexed(bench: &Bench, words: &str) -> Result<Option<Value>, ToolError> {
    let host = &bench.sides.host;
    let mut kept = index::Shelf::load(host).await?;
    if kept.progress.whole.is_none_or(|whole| host.clock.now() - whole > INDEX_MS) {
        return Ok(None);
    }
    let company = bench.company().await?;
    let asked = Query { text: words, company, only: company.is_some(), limit: INDEXED };
    let origin = bench.sides.hudu.origin();
    let found = index::view::found(kept.index.search(&asked), origin, None, index::view::IndexView::default());
    let hits = found.groups.iter().flat_map(|group| &group.hits).map(|hit| {
        let kind = hit.kind.map_or_else(|| "company".into(), |kind| kind.to_json());
        json!({"kind": kind, "id": hit.id, "name": hit.title, "url": hit.url, "company": hit.company})
    });
    Ok(Some(hits.collect()))
}

fn reveal<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        let id = whole(given, "id").unwrap_or_default();
        if let (Some(company), Some(client)) = (bench.company().await?, bench.reach.client)
            && bench.sides.hudu.password(id).await?.company_id != Some(company)
        {
            return Err(ToolError::Outside(client));
        }
        let secrets = bench.sides.hudu.reveal(id).await?;
        let today = gather::today(&bench.sides.host);
        Ok(answer(json!({"id": id, "password": secrets.password, "read_on": today}), None))
    })
}
