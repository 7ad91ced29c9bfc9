//! Sort rules: which layout a record goes to.

use std::cell::RefCell;
use std::collections::HashMap;

use regex_lite::{Regex, RegexBuilder};

use crate::halo::record::RecordKind;
use crate::mapping::record::{LayoutShape, Source};
use crate::mapping::view::SortingView;
use crate::mapping::word::Word;
use crate::mapping::{facts, normal};
use crate::settings::{Condition, SortRule, SyncSettings, Test};
use crate::t;

/// How many of those that fall through are listed.
const LISTED: usize = 50;

/// Longest text that a pattern is tried on.
const LONGEST: usize = 2_000;

/// Whether the condition holds for the record.
pub fn holds(condition: &Condition, source: &Source) -> bool {
    Ready::of(condition).holds(source)
}

/// Name of the layout that the record belongs in; `None` where it is left out.
pub fn layout_of(source: &Source, settings: &SyncSettings, layouts: &[LayoutShape]) -> Option<String> {
    let sorter = Sorter::new(source.record.kind, settings, layouts);
    sorter.layout_of(source).map(str::to_owned)
}

/// Why a pattern is none, as a sentence.
pub fn bad_pattern(condition: &Condition) -> Option<String> {
    let error = (condition.is == Test::Matches).then(|| pattern(&condition.value))?.err()?;
    Some(t!("“{value}” is not a pattern: {error}.", value = condition.value, error))
}

fn pattern(text: &str) -> Result<Regex, regex_lite::Error> {
    // A limit of its own: what a user types by mistake must not fill the memory.
    RegexBuilder::new(text).case_insensitive(true).size_limit(1 << 18).build()
}

/// A condition with its texts in lower case and its pattern made ready.
struct Ready {
    fact: Word,
    is: Test,
    texts: Vec<String>,
    pattern: Option<Regex>,
}

impl Ready {
    fn of(condition: &Condition) -> Self {
        let texts = condition.value.split(',').map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
        Self {
            fact: Word::of(&condition.fact.trim().to_lowercase()),
            is: condition.is,
            texts: texts.collect(),
            pattern: (condition.is == Test::Matches).then(|| pattern(&condition.value).ok()).flatten(),
        }
    }

    fn holds(&self, source: &Source) -> bool {
        let text = facts::text(source, &self.fact).map(|text| text.trim().to_lowercase()).unwrap_or_default();
        let any = |test: &dyn Fn(&str) -> bool| self.texts.iter().any(|wanted| test(wanted));
        match self.is {
            Test::Is => any(&|wanted| text == wanted),
            Test::IsNot => !any(&|wanted| text == wanted),
            Test::Contains => any(&|wanted| text.contains(wanted)),
            Test::StartsWith => any(&|wanted| text.starts_with(wanted)),
            Test::Matches => {
                let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
                self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(&text[..end]))
            }
            Test::IsEmpty => text.is_empty(),
        }
    }
}

/// What decided where a record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The rule of this index.
    Rule(usize),
    /// A layout is named after its type or group.
    Name,
    /// Nothing else took it.
    Default,
}

/// The rules of a kind made ready for many records.
pub struct Sorter<'a> {
    rules: Vec<(Vec<Ready>, &'a str)>,
    default: &'a str,
    /// Names of the layouts in use, by how they are compared.
    named: HashMap<String, &'a str>,
    /// The layout that is named after a type or group, as looked up before.
    seen: RefCell<HashMap<String, Option<&'a str>>>,
}

impl<'a> Sorter<'a> {
    /// For this kind. Sites and contracts have one layout each; a client is no asset and goes nowhere.
    pub fn new(kind: RecordKind, settings: &'a SyncSettings, layouts: &'a [LayoutShape]) -> Self {
        let (rules, default): (&[SortRule], &str) = match kind {
            RecordKind::Site => (&[], &settings.sites_layout),
            RecordKind::User => (&settings.people_rules, &settings.people_layout),
            RecordKind::Contract => (&[], &settings.contracts_layout),
            RecordKind::Asset => (&settings.sort_rules, &settings.default_layout),
            _ => (&[], ""),
        };
        let mut named = HashMap::new();
        if kind == RecordKind::Asset && settings.by_type_name {
            for layout in layouts.iter().filter(|layout| layout.active) {
                named.entry(normal::label(&layout.name)).or_insert(layout.name.as_str());
            }
            named.remove("");
        }
        let rules = rules.iter().map(|rule| (rule.when.iter().map(Ready::of).collect(), rule.layout.trim())).collect();
        Self { rules, default: default.trim(), named, seen: RefCell::default() }
    }

    /// What decides where the record goes, and the name of the layout; empty is left out.
    pub fn choose(&self, source: &Source) -> (By, &'a str) {
        let taken = self.rules.iter().position(|(when, _)| when.iter().all(|condition| condition.holds(source)));
        if let Some(rule) = taken {
            return (By::Rule(rule), self.rules[rule].1);
        }
        let after = |name: &Option<String>| name.as_deref().and_then(|name| self.named_after(name));
        match after(&source.type_name).or_else(|| after(&source.group_name)) {
            Some(layout) => (By::Name, layout),
            None => (By::Default, self.default),
        }
    }

    /// Name of the layout that the record belongs in; `None` where it is left out.
    pub fn layout_of(&self, source: &Source) -> Option<&'a str> {
        Some(self.choose(source).1).filter(|layout| !layout.is_empty())
    }

    fn named_after(&self, name: &str) -> Option<&'a str> {
        if self.named.is_empty() {
            return None;
        }
        if let Some(found) = self.seen.borrow().get(name) {
            return *found;
        }
        let found = self.named.get(&normal::label(name)).copied();
        self.seen.borrow_mut().insert(name.to_owned(), found);
        found
    }
}

/// What the rules of this kind do with these records. Inactive records do not count: they are not made.
pub fn sorting(kind: RecordKind, sources: &[Source], settings: &SyncSettings, layouts: &[LayoutShape]) -> SortingView {
    let sorter = Sorter::new(kind, settings, layouts);
    let mut view = SortingView { rules: vec![0; sorter.rules.len()], ..SortingView::default() };
    for source in sources.iter().filter(|source| source.record.kind == kind && !source.inactive) {
        view.records += 1;
        let (by, layout) = sorter.choose(source);
        match by {
            By::Rule(rule) => view.rules[rule] += 1,
            By::Name => view.by_type_name += 1,
            By::Default if layout.is_empty() => view.nowhere += 1,
            By::Default => view.default += 1,
        }
        if by == By::Default && view.fallen.len() < LISTED {
            let kind_of = source.type_name.clone().unwrap_or_default();
            view.fallen.push((source.record, source.name.clone(), kind_of));
        }
    }
    view
}
