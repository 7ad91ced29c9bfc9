//! The ranking: a pure function of the ticket's facts, the documentation and what was opened before.

use std::collections::{BTreeMap, BTreeSet};

use sidelight_search::text::fold;

use super::history::Past;
use super::index::{Index, Term};
use super::spelling;
use super::ticket::{Facts, Tied};
use super::words::{Piece, is_known, notion, notions_of, pieces};
use crate::assist::view::DocumentKind;
use crate::order::Order;

/// Half of what a term can count is reached at this weighted number of occurrences.
const SATURATION: f32 = 1.8;
/// A notion counts less than a word that both sides wrote.
const NOTION: f32 = 0.65;
/// What each further word for the same notion adds.
const MORE: f32 = 0.25;
/// What a title adds of which everything is asked for.
const COVERED: f32 = 0.4;
/// A code counts more.
const CODE: f32 = 1.6;
/// What a company wrote for itself comes before what was written for all.
const OWN: f32 = 1.08;
/// Below this nothing is suggested by its words alone.
const LEAST: f32 = 6.0;
/// A documentation of fewer documents is weighed as if it had so many, or no word in it would say anything.
const SMALL: f32 = 150.0;
/// Nor below this share of the best.
const SHARE: f32 = 0.4;

/// Why a document is suggested.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Halo links it to the ticket.
    Linked,
    /// It is the record of the person who asks.
    Sender,
    /// It belongs to the person who asks, of this first name.
    Theirs(String),
    /// Its name, serial or address stands in the ticket, so spelt there.
    Named(String),
    /// Both have this word, so spelt in the ticket.
    Word(String),
    /// Both speak of this.
    About(&'static str),
    /// It was opened for so many tickets like this one.
    Opened(usize),
}

/// A document with its rank.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Kind.
    pub kind: DocumentKind,
    /// Hudu id.
    pub id: i64,
    /// It belongs to the company's own documentation.
    pub own: bool,
    /// The higher the better; comparable within one ranking.
    pub score: f32,
    /// Why, strongest first.
    pub reasons: Vec<Reason>,
}

/// A term of the ticket: how much it counts, and how it is spelt there.
struct Asked {
    term: Term,
    weight: f32,
    spelt: String,
}

/// Ranks the documents of these indexes (a company's, the Central knowledge base's) for a ticket.
pub fn rank(facts: &Facts, indexes: &[&Index], past: &Past) -> Vec<Ranked> {
    let asked = asked(facts, indexes);
    let total: usize = indexes.iter().map(|index| index.len()).sum();
    let rarity: Vec<f32> = asked.iter().map(|asked| rarity(&asked.term, indexes, total)).collect();
    let mut ranked: Vec<Ranked> = Vec::new();
    for index in indexes {
        let scores = by_words(index, &asked, &rarity);
        let facts = by_facts(index, facts, &asked);
        let opened = past.opened(&fingerprint(&asked, &rarity));
        for (number, (entry, score)) in index.entries.iter().zip(scores).enumerate() {
            let mut reasons = facts.get(&number).cloned().unwrap_or_default();
            let times = opened.get(&(entry.kind, entry.id)).copied().unwrap_or_default();
            if times > 0 {
                reasons.push(Reason::Opened(times));
            }
            if score < LEAST && reasons.is_empty() {
                continue;
            }
            ranked.push(Ranked { kind: entry.kind, id: entry.id, own: entry.own, score, reasons });
        }
    }
    let best = best_of(&ranked);
    ranked.retain(|ranked| !ranked.reasons.is_empty() || ranked.score >= best * SHARE * 0.8);
    for ranked in &mut ranked {
        let entry = indexes
            .iter()
            .find_map(|index| index.number(ranked.kind, ranked.id).map(|number| &index.entries[number as usize]));
        ranked.score *= 1.0 + COVERED * entry.map_or(0.0, |entry| covered(&entry.title, &asked));
    }
    let best = best_of(&ranked);
    ranked.retain(|ranked| !ranked.reasons.is_empty() || ranked.score >= best * SHARE);
    for ranked in &mut ranked {
        // A linked asset need not be named as well: what is to be read comes first.
        let linked = ranked.reasons.contains(&Reason::Linked);
        let opened = ranked.reasons.iter().filter(|reason| matches!(reason, Reason::Opened(_))).map(worth).sum::<f32>();
        let fact = ranked.reasons.iter().filter(|reason| !matches!(reason, Reason::Opened(_))).map(worth);
        let fact = if linked { worth(&Reason::Linked) } else { fact.fold(0.0, f32::max) };
        // The words of a linked asset are mostly its own name.
        ranked.score = if linked { 0.0 } else { ranked.score } + best * (fact + opened);
    }
    ranked.order_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
    ranked.truncate(20);
    for ranked in &mut ranked {
        ranked.reasons.order_by(|a, b| worth(b).total_cmp(&worth(a)));
        ranked.reasons.extend(words_of(ranked, indexes, &asked, &rarity));
    }
    ranked
}

/// The best score by words alone; what a fact ties to the ticket does not count, as it is full of its own name.
fn best_of(ranked: &[Ranked]) -> f32 {
    let free = ranked.iter().filter(|ranked| !ranked.reasons.iter().any(|reason| worth(reason) > 0.3));
    free.map(|ranked| ranked.score).fold(LEAST * 1.5, f32::max)
}

/// What a reason adds, as a share of the best score by words.
fn worth(reason: &Reason) -> f32 {
    match reason {
        Reason::Named(_) => 1.0,
        Reason::Linked => 0.7,
        Reason::Theirs(_) => 0.45,
        Reason::Sender => 0.35,
        Reason::Opened(times) => 0.15 * f32::from(u8::try_from((*times).min(4)).unwrap_or(4)),
        Reason::Word(_) | Reason::About(_) => 0.0,
    }
}

/// The terms of a ticket.
fn asked(facts: &Facts, indexes: &[&Index]) -> Vec<Asked> {
    let mut names = BTreeSet::new();
    for name in &facts.names {
        pieces(name, |piece| {
            if let Piece::Word(word, _) = piece {
                names.insert(word.to_owned());
            }
        });
    }
    let mut found: BTreeMap<Term, (f32, BTreeSet<String>, String)> = BTreeMap::new();
    for (weight, text) in &facts.texts {
        let mut here: BTreeMap<Term, (String, BTreeSet<String>)> = BTreeMap::new();
        pieces(text, |piece| {
            let spelt = |(start, end): (usize, usize)| text.get(start..end).unwrap_or_default().to_owned();
            match piece {
                Piece::Word(word, _) if names.contains(word) => {}
                Piece::Word(word, place) => {
                    here.entry(Term::Word(word.to_owned())).or_insert_with(|| (spelt(place), BTreeSet::new()));
                }
                Piece::Code(code, place) => {
                    here.entry(Term::Code(code.to_owned())).or_insert_with(|| (spelt(place), BTreeSet::new()));
                }
                Piece::Notion(number, place) => {
                    let spelt = spelt(place);
                    let (_, ways) = here.entry(Term::Notion(number)).or_insert((spelt.clone(), BTreeSet::new()));
                    ways.insert(fold(&spelt));
                }
            }
        });
        for (term, (spelt, ways)) in here {
            let (sum, all, _) = found.entry(term).or_insert((0.0, BTreeSet::new(), spelt));
            *sum += weight;
            all.extend(ways);
        }
    }
    let mut asked = Vec::new();
    for (term, (weight, ways, spelt)) in found {
        // A notion that several words speak of is what the ticket is about.
        let ways = ways.len().clamp(1, 4) as f32;
        let weight = weight.min(2.6).sqrt() * (1.0 + MORE * (ways - 1.0));
        let documented = indexes.iter().any(|index| !index.postings(&term).is_empty());
        let weight = match &term {
            Term::Word(word) if !documented && !is_known(word) => {
                if let Some(word) = spelling::meant(word, indexes) {
                    for number in notions_of(&word) {
                        asked.push(Asked { term: Term::Notion(number), weight: weight * NOTION, spelt: spelt.clone() });
                    }
                    asked.push(Asked { term: Term::Word(word), weight: weight * 0.8, spelt });
                }
                continue;
            }
            Term::Word(_) => weight,
            Term::Code(_) => weight * CODE,
            Term::Notion(_) => weight * NOTION,
        };
        if documented {
            asked.push(Asked { term, weight, spelt });
        }
    }
    asked
}

/// The rarer a term, the more it says.
fn rarity(term: &Term, indexes: &[&Index], total: usize) -> f32 {
    let holding: usize = indexes.iter().map(|index| index.postings(term).len()).sum();
    let (total, holding) = ((total as f32).max(SMALL), holding as f32);
    (1.0 + (total - holding + 0.5) / (holding + 0.5)).ln()
}

/// How much of a title is asked for, from 0 to 1: each of its words by itself or by its notion.
fn covered(title: &str, asked: &[Asked]) -> f32 {
    let mut words: Vec<((usize, usize), bool)> = Vec::new();
    pieces(title, |piece| {
        let (term, place) = match piece {
            Piece::Word(word, place) => (Term::Word(word.to_owned()), place),
            Piece::Code(code, place) => (Term::Code(code.to_owned()), place),
            Piece::Notion(number, place) => (Term::Notion(number), place),
        };
        let is_notion = matches!(term, Term::Notion(_));
        let hit = asked.iter().any(|asked| asked.term == term);
        match words.iter_mut().find(|(at, _)| *at == place) {
            Some((_, already)) => *already |= hit,
            None if is_notion && !hit => {}
            None => words.push((place, hit)),
        }
    });
    if words.is_empty() {
        return 0.0;
    }
    words.iter().filter(|(_, hit)| *hit).count() as f32 / words.len() as f32
}

fn counts(found: f32) -> f32 {
    found * (SATURATION + 1.0) / (found + SATURATION)
}

fn by_words(index: &Index, asked: &[Asked], rarity: &[f32]) -> Vec<f32> {
    let mut scores = vec![0.0; index.len()];
    for (asked, rarity) in asked.iter().zip(rarity) {
        for (number, found) in index.postings(&asked.term) {
            scores[*number as usize] += asked.weight * rarity * counts(*found);
        }
    }
    for (score, entry) in scores.iter_mut().zip(&index.entries) {
        *score *= entry.weight * if entry.own { OWN } else { 1.0 };
    }
    scores
}

/// What ties documents to the ticket beside words, by number of the document.
fn by_facts(index: &Index, facts: &Facts, asked: &[Asked]) -> BTreeMap<usize, Vec<Reason>> {
    let mut found: BTreeMap<usize, Vec<Reason>> = BTreeMap::new();
    let is = |entry: &super::corpus::Entry, sync: &str, tied: &Tied| {
        entry.halo.contains(&(sync_name(sync), tied.id))
            || (!tied.name.trim().is_empty() && fold(entry.title.trim()) == fold(tied.name.trim()))
            || tied.serial.as_deref().is_some_and(|serial| serial.len() > 4 && entry.serial.as_deref() == Some(serial))
    };
    let mut person = None;
    for (number, entry) in index.entries.iter().enumerate() {
        match entry.kind {
            DocumentKind::Asset if facts.assets.iter().any(|asset| is(entry, "asset", asset)) => {
                found.entry(number).or_default().push(Reason::Linked);
            }
            DocumentKind::Person if facts.user.as_ref().is_some_and(|user| is(entry, "contact", user)) => {
                found.entry(number).or_default().push(Reason::Sender);
                person = Some(entry);
            }
            _ => {}
        }
    }
    if let (Some(person), true) = (person, facts.assets.is_empty()) {
        let first = person.title.split_whitespace().next().unwrap_or_default();
        let theirs =
            |entry: &&super::corpus::Entry| entry.kind == DocumentKind::Asset && entry.links.contains(&person.id);
        let machines: Vec<usize> =
            index.entries.iter().enumerate().filter(|(_, entry)| theirs(entry)).map(|(number, _)| number).collect();
        for number in machines.into_iter().take(3) {
            found.entry(number).or_default().push(Reason::Theirs(first.to_owned()));
        }
    }
    // A name, a serial, an address: a code that stands in one or two documents that are no text.
    for asked in asked {
        let Term::Code(code) = &asked.term else { continue };
        let holders = index.postings(&asked.term);
        let things = holders.iter().filter(|(number, _)| {
            matches!(
                index.entries[*number as usize].kind,
                DocumentKind::Asset | DocumentKind::Person | DocumentKind::Website
            )
        });
        let things: Vec<u32> = things.map(|(number, _)| *number).collect();
        if code.len() > 4 && (1..=2).contains(&things.len()) {
            for number in things {
                found.entry(number as usize).or_default().push(Reason::Named(asked.spelt.clone()));
            }
        }
    }
    found
}

fn sync_name(sync: &str) -> &'static str {
    if sync == "asset" { "asset" } else { "contact" }
}

/// The words that speak for a document, strongest first: at most three.
fn words_of(ranked: &Ranked, indexes: &[&Index], asked: &[Asked], rarity: &[f32]) -> Vec<Reason> {
    let named: Vec<String> = ranked
        .reasons
        .iter()
        .filter_map(|reason| if let Reason::Named(spelt) = reason { Some(spelt.clone()) } else { None })
        .collect();
    let mut found: Vec<(f32, &Asked)> = Vec::new();
    for index in indexes {
        let Some(number) = index.number(ranked.kind, ranked.id) else { continue };
        for (asked, rarity) in asked.iter().zip(rarity) {
            let postings = index.postings(&asked.term);
            if let Ok(at) = postings.binary_search_by_key(&number, |(number, _)| *number) {
                found.push((asked.weight * rarity * counts(postings[at].1), asked));
            }
        }
    }
    found.order_by(|a, b| b.0.total_cmp(&a.0));
    let least = found.first().map_or(0.0, |(best, _)| best * 0.3);
    let mut said: Vec<Reason> = Vec::new();
    let mut spelt: Vec<String> = Vec::new();
    for (score, asked) in found {
        let word = fold(&asked.spelt);
        let named = named.iter().any(|name| fold(name).contains(&word));
        if named || score < least || said.len() == 3 || spelt.contains(&word) {
            continue;
        }
        spelt.push(word);
        said.push(match asked.term {
            Term::Notion(number) => Reason::About(notion(number)),
            _ => Reason::Word(asked.spelt.clone()),
        });
    }
    said
}

/// The terms that say most of a ticket, as numbers from which no word can be read: what similar tickets share.
fn fingerprint(asked: &[Asked], rarity: &[f32]) -> Vec<u32> {
    let mut terms: Vec<(f32, u32)> =
        asked.iter().zip(rarity).map(|(asked, rarity)| (asked.weight * rarity, hash(&asked.term))).collect();
    terms.order_by(|a, b| b.0.total_cmp(&a.0));
    terms.truncate(16);
    terms.into_iter().map(|(_, hash)| hash).collect()
}

/// The fingerprint of a ticket.
pub fn fingerprint_of(facts: &Facts, indexes: &[&Index]) -> Vec<u32> {
    let asked = asked(facts, indexes);
    let total: usize = indexes.iter().map(|index| index.len()).sum();
    let rarity: Vec<f32> = asked.iter().map(|asked| rarity(&asked.term, indexes, total)).collect();
    fingerprint(&asked, &rarity)
}

fn hash(term: &Term) -> u32 {
    let text = match term {
        Term::Word(word) | Term::Code(word) => word.as_str(),
        Term::Notion(number) => notion(*number),
    };
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
