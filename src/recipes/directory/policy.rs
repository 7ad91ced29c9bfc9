//! Who wins, field by field and per direction, and what becomes of two values that differ.

use std::collections::BTreeMap;

use serde_json::json;

use crate::hudu::field::FieldValue;
use crate::json::{Json, Map, Shape, Value, Wrong};
use crate::mapping::compare::{is_empty, same};
use crate::order::gathered;
use crate::recipes::CallError;
use crate::{mark, t};

/// What may be written in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Rule {
    /// The side that it comes from wins.
    Source,
    /// It fills what is empty, and nothing else.
    OnlyIfEmpty,
    /// What changed since the last sync goes over; where both sides changed, or nobody knows, it is asked.
    Ask,
    /// Nothing.
    Never,
}

/// Who wins, as it is given: a word, or an object with a word for each direction.
#[derive(Clone, Debug, PartialEq)]
pub enum Wins {
    /// For all ways.
    Word(String),
    /// By direction: `to_halo`.
    Ways(Map<String, Value>),
}

impl Shape for Wins {
    fn shape() -> Value {
        let about = mark!(
            "halo, hudu or source (that side wins), only_if_empty, ask (what changed since the last sync; where both changed, nobody writes) or never; or an object with a word for each direction: to_halo, to_hudu."
        );
        json!({"type": ["string", "object"], "description": about})
    }
}

impl Json for Wins {
    fn to_json(&self) -> Value {
        match self {
            Wins::Word(word) => word.to_json(),
            Wins::Ways(ways) => ways.to_json(),
        }
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        match value {
            Value::String(word) => Ok(Wins::Word(word)),
            value => Map::from_json(value).map(Wins::Ways),
        }
    }
}

/// The rules of one field: for the way there (from `from` to `to`), and for the way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Both {
    /// From the first side to the second.
    pub there: Rule,
    /// From the second side to the first.
    pub back: Rule,
}

/// What is done about one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Nothing: both say the same, or the rules leave it alone.
    Leave,
    /// The first side's value goes to the second.
    There,
    /// The second side's value goes to the first.
    Back,
    /// A person decides; why.
    Ask(&'static str),
}

/// The two sides, as the rules of an argument call them, and which ways values may go.
#[derive(Clone, Copy, Debug)]
pub struct Sides {
    /// The first: `halo` or `file`.
    pub from: &'static str,
    /// The second: `halo` or `hudu`.
    pub to: &'static str,
    /// From the first to the second.
    pub there: bool,
    /// From the second to the first.
    pub back: bool,
}

impl Sides {
    /// One rule for the ways that are open.
    pub fn all(self, rule: Rule) -> Both {
        let when = |open: bool| if open { rule } else { Rule::Never };
        Both { there: when(self.there), back: when(self.back) }
    }
}

/// The rules of all fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    usual: Both,
    fields: BTreeMap<String, Both>,
}

impl Rules {
    /// `usual` is for fields that have no rules of their own.
    pub fn new(usual: Both, fields: impl IntoIterator<Item = (String, Both)>) -> Self {
        Self { usual, fields: gathered(fields.into_iter().map(|(name, rules)| (name.to_lowercase(), rules))) }
    }

    /// From the arguments `fields` (by field) and `usual`; `first` is for fields of which nothing is said.
    pub fn read(
        sides: Sides,
        first: Rule,
        usual: Option<&Wins>,
        fields: Option<&BTreeMap<String, Wins>>,
    ) -> Result<Self, CallError> {
        let usual = usual.map_or(Ok(sides.all(first)), |wins| read(sides, "usual", wins))?;
        let each = |(name, wins): (&String, &Wins)| Ok((name.clone(), read(sides, &format!("fields.{name}"), wins)?));
        let fields: Vec<_> = fields.into_iter().flatten().map(each).collect::<Result<_, CallError>>()?;
        Ok(Self::new(usual, fields))
    }

    /// The rules of a field: the first of these names that has one.
    pub fn of(&self, names: &[&str]) -> Both {
        let own = names.iter().find_map(|name| self.fields.get(&name.to_lowercase()));
        own.copied().unwrap_or(self.usual)
    }

    /// Names of fields that have rules of their own.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }
}

fn read(sides: Sides, path: &str, wins: &Wins) -> Result<Both, CallError> {
    let wrong = |why: &str| CallError::argument(path, why);
    let when = |open: bool, rule: Rule| if open { rule } else { Rule::Never };
    let rule =
        |word: Value| Rule::from_json(word).map_err(|_| wrong(&t!("has to be source, only_if_empty, ask or never")));
    let rules = match wins {
        Wins::Ways(ways) => {
            let way = |side: &str| ways.get(&format!("to_{side}")).cloned().map_or(Ok(Rule::Never), rule);
            if let Some(name) =
                ways.keys().find(|name| ![format!("to_{}", sides.to), format!("to_{}", sides.from)].contains(name))
            {
                return Err(CallError::argument(format!("{path}.{name}"), t!("is no direction of this sync")));
            }
            Both { there: when(sides.there, way(sides.to)?), back: when(sides.back, way(sides.from)?) }
        }
        Wins::Word(word) if word == sides.from => Both { there: when(sides.there, Rule::Source), back: Rule::Never },
        Wins::Word(word) if word == sides.to => Both { there: Rule::Never, back: when(sides.back, Rule::Source) },
        Wins::Word(word) if word == "source" && sides.there && sides.back => {
            return Err(wrong(&t!(
                "names no side where values go both ways: {from} or {to}",
                from = sides.from,
                to = sides.to
            )));
        }
        Wins::Word(word) => {
            let (from, to) = (sides.from, sides.to);
            let why = |_| wrong(&t!("has to be {from}, {to}, source, only_if_empty, ask or never", from, to));
            sides.all(Rule::from_json(word.as_str().into()).map_err(why)?)
        }
    };
    if rules.there == Rule::Source && rules.back == Rule::Source {
        return Err(wrong(&t!("lets both sides win, so values would go to and fro")));
    }
    Ok(rules)
}

/// What becomes of two values. `key` tells how they are compared, `base` is what both held after the last sync.
/// An empty value never empties the other one.
pub fn decide(key: &str, from: &FieldValue, to: &FieldValue, base: Option<&FieldValue>, rules: Both) -> Verdict {
    if same(key, from, to) {
        return Verdict::Leave;
    }
    let base = base.filter(|base| !is_empty(base));
    match (is_empty(from), is_empty(to)) {
        (true, true) => Verdict::Leave,
        (false, true) => fill(rules.there, base.is_some_and(|base| same(key, base, from)), Verdict::There),
        (true, false) => fill(rules.back, base.is_some_and(|base| same(key, base, to)), Verdict::Back),
        (false, false) => match (rules.there, rules.back) {
            (Rule::Source, _) => Verdict::There,
            (_, Rule::Source) => Verdict::Back,
            (there, back) if there == Rule::Ask || back == Rule::Ask => {
                let Some(base) = base else {
                    return Verdict::Ask(mark!("Both sides hold a value, and they were never synced."));
                };
                match (same(key, base, from), same(key, base, to)) {
                    (false, true) if there == Rule::Ask => Verdict::There,
                    (true, false) if back == Rule::Ask => Verdict::Back,
                    (false, false) => Verdict::Ask(mark!("Both sides changed since the last sync.")),
                    _ => Verdict::Leave,
                }
            }
            _ => Verdict::Leave,
        },
    }
}

/// One side holds nothing. Where it did after the last sync, and the other side still holds that, somebody emptied it.
fn fill(rule: Rule, emptied: bool, way: Verdict) -> Verdict {
    match rule {
        Rule::Never => Verdict::Leave,
        Rule::Ask if emptied => Verdict::Ask(mark!("Emptied on one side since the last sync.")),
        _ => way,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TWO: Sides = Sides { from: "halo", to: "hudu", there: true, back: true };

    fn rules(value: Value) -> Result<Both, String> {
        read(TWO, "fields.phone", &Wins::from_json(value).unwrap())
            .map_err(|error| crate::trouble::Explain::sentence(&error))
    }

    fn text(text: &str) -> FieldValue {
        FieldValue::Text(text.to_owned())
    }

    #[test]
    fn rules_are_words_or_a_word_for_each_direction() {
        assert_eq!(rules(json!("hudu")), Ok(Both { there: Rule::Never, back: Rule::Source }));
        let each = json!({"to_halo": "only_if_empty", "to_hudu": "source"});
        assert_eq!(rules(each), Ok(Both { there: Rule::Source, back: Rule::OnlyIfEmpty }));
        assert!(rules(json!("source")).unwrap_err().contains("names no side"));
        assert!(rules(json!({"to_halo": "source", "to_hudu": "source"})).unwrap_err().contains("to and fro"));
        assert!(rules(json!({"to_mars": "ask"})).unwrap_err().starts_with("fields.phone.to_mars is no direction"));
        assert!(rules(json!("both")).unwrap_err().starts_with("fields.phone has to be"));
    }

    #[test]
    fn what_changed_goes_over_and_what_both_changed_is_asked() {
        let ask = Both { there: Rule::Ask, back: Rule::Ask };
        let (a, b, old) = (text("a"), text("b"), text("old"));
        assert_eq!(decide("x", &a, &old, Some(&old), ask), Verdict::There);
        assert_eq!(decide("x", &old, &b, Some(&old), ask), Verdict::Back);
        assert!(matches!(decide("x", &a, &b, Some(&old), ask), Verdict::Ask(_)));
        assert!(matches!(decide("x", &a, &b, None, ask), Verdict::Ask(_)));
        assert_eq!(decide("x", &a, &a, Some(&old), ask), Verdict::Leave);
        assert_eq!(decide("x", &a, &FieldValue::Empty, None, ask), Verdict::There);
        assert!(matches!(decide("x", &old, &FieldValue::Empty, Some(&old), ask), Verdict::Ask(_)));
    }

    #[test]
    fn an_empty_value_empties_nothing_and_a_side_that_wins_overwrites() {
        let there = Both { there: Rule::Source, back: Rule::Never };
        assert_eq!(decide("x", &FieldValue::Empty, &text("b"), None, there), Verdict::Leave);
        assert_eq!(decide("x", &text("a"), &text("b"), None, there), Verdict::There);
        let fills = Both { there: Rule::OnlyIfEmpty, back: Rule::OnlyIfEmpty };
        assert_eq!(decide("x", &text("a"), &text("b"), None, fills), Verdict::Leave);
        assert_eq!(decide("x", &FieldValue::Empty, &text("b"), None, fills), Verdict::Back);
    }
}
