//! How well documents are found for tickets: the labelled tickets of the sandbox, asked through the whole core.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sidelight::assist::relevance::{Facts, Index, Tied, rank};
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::hudu::model::{Article, Asset};
use sidelight::library::{self, CENTRAL, Library, Shapes, Shelf};
use sidelight_sandbox::Options;
use sidelight_sandbox::world::{Labelled, labelled, world};
use sidelight_search::text::words;
use sidelight_tests::desk::Desk;
use sidelight_tests::host::sandbox_with;

/// A way to rank, and the place at which it puts what is wanted.
type Way = (&'static str, fn(&Found) -> usize);

/// Ranks from 1; 0 is not found among the first ten.
struct Found<'a> {
    labelled: &'a Labelled,
    ours: usize,
    substring: usize,
    titles: usize,
}

/// Asks for every labelled ticket; `tell` adds a line for each that was missed.
pub fn measure(tell: bool) -> Result<Value, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(tokio::task::LocalSet::new().run_until(ask(tell)))
}

async fn ask(tell: bool) -> Result<Value, String> {
    let world = world();
    let list = labelled(&world);
    let pair = sandbox_with(Options { world: world.with_labelled(), ..Options::default() });
    let desk = Desk::new(&pair).await;
    let (mut found, mut missed) = (Vec::new(), Vec::new());
    for labelled in &list {
        // In virtual time: the allowances have room again.
        tokio::time::sleep(Duration::from_secs(10)).await;
        let record = RecordRef::new(RecordKind::Ticket, labelled.ticket.id);
        let view = desk.sidebar(RecordKind::Ticket, record.id).await.map_err(|trouble| trouble.sentence)?;
        let suggested = desk.service.suggest(record, true, 10).await.map_err(|error| format!("{error:?}"))?;
        let titles: Vec<String> =
            suggested.iter().flat_map(|view| &view.items).map(|shown| shown.item.title.clone()).collect();
        let company = match &view.company {
            sidelight::assist::view::CompanyState::Matched { company } => Some(company.id),
            _ => None,
        };
        let all = all_titles(&desk, company).await;
        let asked = format!("{} {}", labelled.ticket.summary, plain(&labelled.ticket.details_html));
        let ours = place(&titles, labelled);
        if tell && !(1..=3).contains(&ours) {
            let reasons: Vec<String> = suggested
                .iter()
                .flat_map(|view| view.items.iter().take(4))
                .map(|shown| {
                    let why: Vec<&str> = shown.reasons.iter().map(|chip| chip.text.as_str()).collect();
                    format!("{} {} ({})", shown.score, shown.item.title, why.join(", "))
                })
                .collect();
            missed.push(json!({
                "held_out": labelled.held_out, "ticket": labelled.ticket.summary, "wanted": labelled.wanted,
                "rank": ours, "instead": reasons,
            }));
        }
        found.push(Found {
            labelled,
            ours,
            substring: place(&by_substring(&all, &labelled.ticket.summary), labelled),
            titles: place(&by_titles(&all, &asked), labelled),
        });
    }
    let parts: Vec<Value> = [(false, "tuning"), (true, "held out")]
        .into_iter()
        .flat_map(|(held_out, part)| {
            let rows: Vec<&Found> = found.iter().filter(|found| found.labelled.held_out == held_out).collect();
            let ways: [Way; 3] = [
                ("substring of the name", |found| found.substring),
                ("BM25 on titles", |found| found.titles),
                ("Sidelight", |found| found.ours),
            ];
            ways.map(|(way, rank)| {
                let ranks: Vec<usize> = rows.iter().map(|found| rank(found)).collect();
                let within = |most: usize| ranks.iter().filter(|rank| (1..=most).contains(*rank)).count() as f64;
                let all = ranks.len() as f64;
                let reciprocal: f64 = ranks.iter().filter(|rank| **rank > 0).map(|rank| 1.0 / *rank as f64).sum();
                json!({
                    "part": part, "way": way, "tickets": ranks.len(), "first": within(1) / all,
                    "three": within(3) / all, "mrr": reciprocal / all,
                })
            })
        })
        .collect();
    Ok(json!({ "parts": parts, "missed": missed, "speed": speed() }))
}

/// The first of these titles that is wanted, from 1.
fn place(titles: &[String], labelled: &Labelled) -> usize {
    let wanted = |title: &String| {
        labelled.wanted.iter().any(|wanted| title.starts_with(wanted.strip_prefix("process: ").unwrap_or(wanted)))
    };
    titles.iter().take(10).position(wanted).map_or(0, |at| at + 1)
}

async fn all_titles(desk: &Desk, company: Option<i64>) -> Vec<String> {
    let mut titles = Vec::new();
    for id in company.into_iter().chain([CENTRAL]) {
        let Ok(Some(library)) = library::load(&desk.host.host, id).await else { continue };
        titles.extend(library.articles.rows.into_iter().filter_map(|row| row.name));
        titles.extend(library.procedures.rows.into_iter().filter_map(|row| row.name));
        titles.extend(library.assets.rows.into_iter().filter_map(|row| row.name));
        titles.extend(library.passwords.rows.into_iter().filter_map(|row| row.name));
    }
    titles
}

fn plain(html: &str) -> String {
    sidelight::mapping::compare::plain(html)
}

/// What Hudu's own search gives a person who types the subject's longest words, one after the other, until
/// something is found: names that hold the word.
fn by_substring(titles: &[String], summary: &str) -> Vec<String> {
    let mut asked = words(summary);
    asked.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in asked.iter().filter(|word| word.len() > 2) {
        let hits: Vec<String> = titles.iter().filter(|title| title.to_lowercase().contains(word)).cloned().collect();
        if !hits.is_empty() {
            return hits;
        }
    }
    Vec::new()
}

/// Plain BM25 over the words of titles (k1 = 1.2, b = 0.75).
fn by_titles(titles: &[String], asked: &str) -> Vec<String> {
    let cut: Vec<Vec<String>> = titles.iter().map(|title| words(title)).collect();
    let average = cut.iter().map(Vec::len).sum::<usize>() as f64 / cut.len().max(1) as f64;
    let mut holding: HashMap<&str, f64> = HashMap::new();
    for title in &cut {
        for word in title.iter().collect::<BTreeSet<_>>() {
            *holding.entry(word).or_default() += 1.0;
        }
    }
    let asked: BTreeSet<String> = words(asked).into_iter().collect();
    let all = cut.len() as f64;
    let score = |title: &Vec<String>| -> f64 {
        let length = 0.25 + 0.75 * title.len() as f64 / average;
        asked
            .iter()
            .map(|word| {
                let count = title.iter().filter(|other| *other == word).count() as f64;
                let holding = holding.get(word.as_str()).copied().unwrap_or_default();
                (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln() * count * 2.2 / (count + 1.2 * length)
            })
            .sum()
    };
    let mut ranked: Vec<(f64, &String)> = cut.iter().zip(titles).map(|(title, name)| (score(title), name)).collect();
    ranked.retain(|(score, _)| *score > 0.0);
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().map(|(_, name)| name.clone()).collect()
}

/// Milliseconds to make the index of 20,000 assets and 3,000 articles, and to rank for a ticket.
fn speed() -> Value {
    let subjects: Vec<String> = world().articles.into_iter().map(|article| article.html).collect();
    let article = |id: i64| -> Option<Article> {
        let html = &subjects[id as usize % subjects.len()];
        let value = json!({ "id": id, "company_id": 1, "name": format!("Article {id}"), "content": html.repeat(2) });
        sidelight::json::Json::from_json(value).ok()
    };
    let asset = |id: i64| -> Option<Asset> {
        let value = json!({
            "id": id, "company_id": 1, "asset_layout_id": 1, "name": format!("XX-LT-{id:05}"),
            "primary_serial": format!("SN{:08X}", id * 7919), "primary_model": "Latitude 7450",
        });
        sidelight::json::Json::from_json(value).ok()
    };
    let library = Library {
        articles: Shelf { rows: (1..=3000).filter_map(article).collect(), as_of: Some(0), trouble: None },
        assets: Shelf { rows: (1..=20_000).filter_map(asset).collect(), as_of: Some(0), trouble: None },
        ..Library::default()
    };
    let started = Instant::now();
    let index = Index::new(&library, &Shapes::default(), "People");
    let made = started.elapsed().as_secs_f64() * 1000.0;
    let text = "My laptop keeps losing the conection to the file server when I work from home. It says error 809. \
        Outlook asks for the password and the printer XX-LT-00077 is slow as well, since the update on Friday.";
    let facts = Facts {
        texts: vec![(2.0, "VPN drops every few minutes".to_owned()), (1.0, text.repeat(3))],
        user: Some(Tied { id: 7, name: "Dana Whitfield".to_owned(), serial: None }),
        ..Facts::default()
    };
    let mut times: Vec<f64> = (0..50)
        .map(|_| {
            let started = Instant::now();
            let ranked = rank(&facts, &[&index], &Default::default());
            std::hint::black_box(ranked);
            started.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    json!({ "documents": index.len(), "index_ms": made, "rank_p50_ms": times[25], "rank_p95_ms": times[47] })
}
