//! Answering a query.

mod board;
mod marks;
mod near;
mod words;

use std::ops::Range;

pub(crate) use board::Board;
use board::{EXACT, NAMED, Sought};
use marks::Marked;
use words::{Needle, Words};

use crate::document::Key;
use crate::index::{Index, Part, Segment, Texts};
use crate::text::fold;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query<'a> {
    /// What was typed.
    pub text: &'a str,
    /// The company whose documents come first.
    pub company: Option<i64>,
    /// Documents of other companies are only counted.
    pub only: bool,
    /// How many are answered at most.
    pub limit: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The best, in order.
    pub hits: Vec<Hit>,
    /// How many there are where it was looked.
    pub total: usize,
    /// How many more there are in other companies.
    pub elsewhere: usize,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its name.
    pub key: Key,
    /// Company; 0 where it belongs to none.
    pub company: i64,
    /// Name of the company.
    pub company_name: String,
    /// What kind of thing it is, in words.
    pub group: String,
    /// Name.
    pub title: String,
    /// Matched bytes of the title.
    pub marks: Vec<Range<usize>>,
    /// Where it opens.
    pub url: String,
    /// Label and text of the most important value, if it has one.
    pub main: Option<(String, String)>,
    /// Where words were found that are not in the title: label, text and matched bytes.
    pub value: Option<(String, String, Vec<Range<usize>>)>,
}

/// Fewer documents than this, and typing errors are forgiven.
const FEW: usize = 3;
/// Documents that are looked at closely.
const CLOSELY: usize = 64;
/// Score of the company that comes first.
const OWN: u32 = 1 << 20;
/// Score of what fits without typing errors, where others fit with some.
const AS_TYPED: u32 = 1 << 21;

/// A document and how well it fits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Scored {
    score: u32,
    document: u32,
}

impl Index {
    /// Answers a query. Exact matches come before beginnings, these before insides, these before typing
    /// errors; names before keys, these before other values.
    pub fn search(&mut self, query: &Query<'_>) -> Answer {
        let words = Words::of(query.text);
        if words.count == 0 {
            return Answer::default();
        }
        let mut board = std::mem::take(&mut self.board);
        let plan = self.plan(&words);
        let mut near = 0;
        let mut found = self.look(&mut board, &words, &plan, query, near, 0);
        // Typing errors are forgiven first in words that nothing has as they are, then in all.
        for nearly in [plan.unknown, words.all()] {
            let few = if near == 0 { FEW } else { 1 };
            if found.0.len() < few && nearly != near {
                let as_typed = if near == 0 { std::mem::take(&mut found.0) } else { Vec::new() };
                near = nearly;
                found = self.look(&mut board, &words, &plan, query, near, 0);
                for scored in &mut found.0 {
                    if as_typed.iter().any(|typed| typed.document == scored.document) {
                        scored.score += AS_TYPED;
                    }
                }
            }
        }
        if found.0.is_empty() && found.1 == 0 && words.count > 2 {
            found = self.look(&mut board, &words, &plan, query, plan.unknown, 1);
        }
        self.board = board;
        let (mut scored, elsewhere) = found;
        let total = scored.len();
        let closely = CLOSELY.max(query.limit);
        if scored.len() > closely {
            scored.select_nth_unstable_by(closely, |a, b| b.cmp(a));
            scored.truncate(closely);
        }
        let mut hits: Vec<(u32, Hit)> =
            scored.iter().filter_map(|scored| self.closely(*scored, &words, near != 0)).collect();
        hits.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.title.cmp(&y.title)).then_with(|| x.key.cmp(&y.key)));
        Answer { hits: hits.into_iter().map(|(_, hit)| hit).take(query.limit).collect(), total, elsewhere }
    }

    /// Each segment with the number of its first document.
    fn based(&self) -> impl Iterator<Item = (usize, &Part)> {
        self.parts.iter().scan(0, |base, part| {
            let mine = *base;
            *base += part.segment.len();
            Some((mine, part))
        })
    }

    /// In which order to look for what, and what a document may lack because a name says it.
    fn plan(&self, words: &Words) -> Plan {
        let size = |needle: &Needle| self.parts.iter().map(|part| part.segment.size(needle.text.as_bytes())).sum();
        let sizes: Vec<usize> = words.needles.iter().map(size).collect();
        let mut order: Vec<usize> = (0..words.needles.len()).collect();
        // What stands for several words first, then the rarest, so that the most documents are out early.
        order.sort_by_key(|at| (words.needles[*at].words.count_ones() < 2, sizes[*at]));
        let holding: Vec<Vec<Vec<u32>>> = words.needles.iter().map(|needle| self.holding(needle)).collect();
        let is_known = |at: usize| sizes[at] > 0 || holding[at].iter().any(|terms| !terms.is_empty());
        let known = words.needles.iter().enumerate().filter(|(at, _)| is_known(*at));
        let unknown = words.all() & !known.fold(0, |all, (_, needle)| all | needle.words);
        Plan { order, unknown, named: self.parts.iter().map(|part| Named::of(part, words)).collect(), holding }
    }

    /// In each segment the terms that hold a needle behind their beginning.
    fn holding(&self, needle: &Needle) -> Vec<Vec<u32>> {
        let text = needle.text.as_bytes();
        let holding = |part: &Part| {
            let mut found = Vec::new();
            if needle.inside && text.len() >= 3 {
                let terms = &part.segment.terms;
                terms.inside(text, |term| {
                    if !terms.get(term).starts_with(text) {
                        found.push(term as u32);
                    }
                });
            }
            found
        };
        self.parts.iter().map(holding).collect()
    }

    /// Looks for documents that fit all words but so many, those of `near` with typing errors.
    fn look(
        &self,
        board: &mut Board,
        words: &Words,
        plan: &Plan,
        query: &Query<'_>,
        near: u8,
        missing: u32,
    ) -> Gathered {
        board.clear(self.parts.iter().map(|part| part.segment.len()).sum(), words.count);
        let mut needed = 0;
        for at in &plan.order {
            let needle = &words.needles[*at];
            for (((base, part), named), holding) in self.based().zip(&plan.named).zip(&plan.holding[*at]) {
                let sought = Sought { part, base, named, needed, missing };
                board.look(sought, needle, holding);
                if needle.words & near != 0 {
                    board.look_near(sought, needle);
                }
            }
            if needle.words.count_ones() == 1 {
                needed |= needle.words;
            }
        }
        self.gather(board, words, plan, query, missing)
    }

    /// The documents that fit all words but so many, and how many are elsewhere.
    fn gather(&self, board: &Board, words: &Words, plan: &Plan, query: &Query<'_>, missing: u32) -> Gathered {
        let bases: Vec<usize> = self.based().map(|(base, _)| base).collect();
        let named = plan.named.iter().fold(0, |all, named| all | named.any);
        let mut scored = Vec::new();
        let mut elsewhere = 0;
        for document in board.touched() {
            let lacks = words.all() & !board.fits(*document);
            if (lacks & !named).count_ones() > missing {
                continue;
            }
            let at = bases.partition_point(|base| *base <= *document as usize).saturating_sub(1);
            let (part, local) = (&self.parts[at], *document as usize - bases[at]);
            let by_name = if lacks == 0 { 0 } else { lacks & plan.named[at].says(part, local) };
            if (lacks & !by_name).count_ones() > missing || part.is_gone(local) {
                continue;
            }
            let columns = &part.segment.columns;
            let company = columns.companies[local] as usize;
            let own = query.company == Some(part.segment.companies.ids[company]);
            if query.only && !own {
                elsewhere += 1;
                continue;
            }
            let sum = board.sum(*document, words.count) + by_name.count_ones() * NAMED;
            // Of documents that fit alike the one with the shorter name is meant.
            let short = 15 - u32::from(columns.lengths[local].min(60)) / 4;
            let score = sum * 16 / words.count as u32 + short + if own { OWN } else { 0 };
            scored.push(Scored { score, document: *document });
        }
        (scored, elsewhere)
    }

    /// A document with its marks, and its score with what its texts tell.
    fn closely(&self, scored: Scored, words: &Words, near: bool) -> Option<(u32, Hit)> {
        let (base, part) = self.based().take_while(|(base, _)| *base <= scored.document as usize).last()?;
        let segment = &part.segment;
        let local = scored.document as usize - base;
        let texts = segment.texts(local);
        let Marked { marks, words: in_title, in_order } = Marked::of(texts.title, words, near);
        let label = |place: usize| segment.labels.names.get(place).cloned().unwrap_or_default();
        let main = texts.fields.first().map(|(place, _, text)| (label(*place), (*text).to_owned()));
        let mut value = None;
        if in_title != words.all() {
            let mut most = 0;
            for (place, _, text) in &texts.fields {
                let found = Marked::of(text, words, near);
                let gain = (found.words & !in_title).count_ones();
                if gain > most {
                    most = gain;
                    value = Some((label(*place), (*text).to_owned(), found.marks));
                }
            }
        }
        let score = scored.score + title_bonus(texts.title, &words.line, &marks) + in_order * 10;
        Some((score, Hit { marks, main, value, ..hit(segment, local, &texts) }))
    }

    /// The document of that name, without marks and values.
    pub fn find(&self, key: Key) -> Option<Hit> {
        self.parts.iter().find_map(|part| {
            let segment = &part.segment;
            let here = |document: &usize| segment.key(*document) == key && !part.is_gone(*document);
            (0..segment.len()).find(here).map(|document| hit(segment, document, &segment.texts(document)))
        })
    }
}

/// A document as such.
fn hit(segment: &Segment, document: usize, texts: &Texts<'_>) -> Hit {
    let company = segment.columns.companies[document] as usize;
    Hit {
        key: segment.key(document),
        company: segment.companies.ids[company],
        company_name: segment.companies.names[company].clone(),
        group: segment.groups.names[segment.columns.groups[document] as usize].clone(),
        title: texts.title.to_owned(),
        marks: Vec::new(),
        url: texts.url.to_owned(),
        main: None,
        value: None,
    }
}

/// What the title as a whole adds: being the query, beginning with it, holding it; and how much of it is matched.
fn title_bonus(title: &str, line: &str, marks: &[Range<usize>]) -> u32 {
    let title = fold(title).split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = if title == *line {
        EXACT * 3
    } else if title.starts_with(line) {
        EXACT
    } else if title.contains(&format!(" {line}")) {
        EXACT / 2
    } else {
        0
    };
    let matched: usize = marks.iter().map(|range| range.len()).sum();
    whole + (60 * matched.min(title.len()) / title.len().max(1)) as u32
}

/// How a query is answered.
struct Plan {
    /// Places of the needles.
    order: Vec<usize>,
    /// Words that nothing has as they are.
    unknown: u8,
    /// For each segment.
    named: Vec<Named>,
    /// For each needle in each segment the terms that hold it.
    holding: Vec<Vec<Vec<u32>>>,
}

/// Documents with their scores, and how many are elsewhere.
type Gathered = (Vec<Scored>, usize);

/// Which words of a query name a company or a group, for each of them.
pub(crate) struct Named {
    companies: Vec<u8>,
    groups: Vec<u8>,
    any: u8,
}

impl Named {
    fn of(part: &Part, words: &Words) -> Self {
        let bits = |name: &String| {
            let mut bits = 0;
            crate::text::tokens(name, |token| {
                for needle in words.needles.iter().filter(|needle| needle.text.len() > 1) {
                    if token.text.starts_with(&needle.text) {
                        bits |= needle.words;
                    }
                }
            });
            bits
        };
        let companies: Vec<u8> = part.segment.companies.names.iter().map(bits).collect();
        let groups: Vec<u8> = part.segment.groups.names.iter().map(bits).collect();
        let any = companies.iter().chain(&groups).fold(0, |all, bits| all | bits);
        Self { companies, groups, any }
    }

    /// The words that name a document's company or group.
    #[inline]
    fn says(&self, part: &Part, document: usize) -> u8 {
        if self.any == 0 {
            return 0;
        }
        let columns = &part.segment.columns;
        self.companies[columns.companies[document] as usize] | self.groups[columns.groups[document] as usize]
    }
}
