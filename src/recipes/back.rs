//! Connected fields read the other way: what a record in Hudu says that its HaloITSM record does not, and how
//! HaloITSM takes it.

use crate::halo::record::RecordKind;
use crate::http::raw::read::integer_of;
use crate::hudu::field::FieldValue;
use crate::json::{Map, Value};
use crate::mapping::compare::{peek, show};
use crate::mapping::connect::to_halo;
use crate::mapping::facts::{self, Holds, OWN};
use crate::mapping::record::{FactValue, HALO_ID, HuduRecord, Slot, Source};
use crate::mapping::route::{Route, Routes};
use crate::mapping::word::Word;
use crate::mapping::{normal, template};
use crate::order::Order;
use crate::recipes::directory::policy::{Rules, Verdict, decide};
use crate::settings::{Policy, SyncSettings};
use crate::sync::plan::{Item, Link};
use crate::t;

/// One place of a record in Hudu beside the fact of HaloITSM that belongs there.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where in Hudu.
    pub slot: Slot,
    /// Name of the place.
    pub label: String,
    /// Facts that belong there, in order.
    pub facts: Vec<Word>,
    /// HaloITSM's value.
    pub halo: FieldValue,
    /// Hudu's value.
    pub hudu: FieldValue,
    /// What is done about it.
    pub verdict: Verdict,
}

/// Members of a HaloITSM user by fact. `job_title` has a member of its own in some versions.
const USER: [(&str, &str); 9] = [
    ("name", "name"),
    ("email", "emailaddress"),
    ("phone", "phonenumber"),
    ("mobile", "mobilenumber"),
    ("home_phone", "homenumber"),
    ("department", "department"),
    ("login", "login"),
    ("vip", "isimportantcontact"),
    ("notes", "notes"),
];
/// Members of a HaloITSM asset by fact.
const ASSET: [(&str, &str); 4] = [
    ("tag", "inventory_number"),
    ("warranty_start", "warranty_start"),
    ("warranty_end", "warranty_end"),
    ("notes", "notes"),
];
/// Labels of fields of an asset's type that hold a fact.
const HELD_BY: [(&str, &[&str]); 3] = [
    ("serial", &["serial number", "serial", "serial no", "service tag"]),
    ("manufacturer", &["manufacturer", "maker", "make", "vendor"]),
    ("model", &["model", "model number", "model name"]),
];

/// A record of HaloITSM with its counterpart in Hudu.
pub struct Met<'a> {
    /// HaloITSM's.
    pub source: &'a Source,
    /// Hudu's.
    pub hudu: &'a HuduRecord,
    /// Its link.
    pub link: Option<&'a Link>,
    /// What the sync would write to Hudu: links to other records are compared by it.
    pub item: &'a Item,
}

/// What is done about each place that a fact belongs in. Values are compared as Hudu holds them.
pub fn rows(met: &Met<'_>, routes: &Routes, rules: &Rules, settings: &SyncSettings) -> Vec<Row> {
    let Met { source, hudu, link, item } = *met;
    let link = link.filter(|link| link.target == hudu.id);
    let one = |route: &Route| {
        let is_id = route.slot.is(&Slot::field(HALO_ID));
        if is_id || route.policy == Policy::Never || route.facts.iter().any(|fact| *fact == "inactive") {
            return None;
        }
        let there = hudu.value(&route.slot);
        let linked = route.facts.iter().find_map(|fact| match facts::value(source, fact)?.into_owned() {
            FactValue::Record(_, name) => Some(FieldValue::Text(name)),
            FactValue::Plain(_) => None,
        });
        let (halo, hudu) = match (linked, &there) {
            (Some(_), _) if !item.changes.iter().any(|change| change.slot.is(&route.slot)) => return None,
            // Links that differ are shown by the names that they bear.
            (Some(name), _) => (name, show(&there).map_or(FieldValue::Empty, FieldValue::Text)),
            (None, FieldValue::Assets(_)) => {
                (FieldValue::Empty, show(&there).map_or(FieldValue::Empty, FieldValue::Text))
            }
            _ if route.is_name() => (FieldValue::Text(template::name_of(source, settings).into_owned()), there),
            _ => match route.value(source, &|_| None) {
                Some((_, Ok(value))) => (value, there),
                // What does not fit there is left alone.
                Some((_, Err(_))) => return None,
                None => (FieldValue::Empty, there),
            },
        };
        let key = route.slot.key();
        let base = link.and_then(|link| link.synced.get(&key)).map(|base| match base {
            FieldValue::Assets(_) => show(base).map_or(FieldValue::Empty, FieldValue::Text),
            other => other.clone(),
        });
        let label = route.field.label.trim().to_owned();
        let mut names: Vec<&str> = route.facts.iter().map(Word::as_str).collect();
        names.extend([label.as_str(), key.as_str()]);
        if names.contains(&"job_title") {
            names.push("title");
        }
        let verdict = decide(&key, &halo, &hudu, base.as_ref(), rules.of(&names));
        Some(Row { slot: route.slot.clone(), facts: route.facts.clone(), label, halo, hudu, verdict })
    };
    routes.list.iter().filter_map(one).collect()
}

/// Where HaloITSM keeps a fact of this record (`fields.101` is a field of an asset's type, `customfields.12` a custom
/// field), and what kind of value it takes there; `None` where it has no place for it. Links to other records have
/// none of their own: see [`linked`].
pub fn place(kind: RecordKind, raw: &Value, fact: &Word) -> Option<(String, Holds)> {
    let fact = fact.as_str();
    let table: &[(&str, &str)] = if kind == RecordKind::User { &USER } else { &ASSET };
    if let Some((_, member)) = table.iter().find(|(own, _)| *own == fact) {
        let holds = facts::find(kind, fact).map_or(Holds::Text, |fact| fact.holds);
        return Some(((*member).to_owned(), if fact == "notes" { Holds::Text } else { holds }));
    }
    if fact == "job_title" {
        let member = if raw.get("jobtitle").is_some() { "jobtitle" } else { "title" };
        return Some((member.to_owned(), Holds::Text));
    }
    let labels: Vec<&str> = match (HELD_BY.iter().find(|(own, _)| *own == fact), fact.strip_prefix(OWN)) {
        (Some((_, labels)), _) => labels.to_vec(),
        (None, Some(label)) => vec![label],
        _ => return None,
    };
    let named = |row: &&Value| {
        let is = |name: &str| {
            let text = row.get(name).and_then(Value::as_str).unwrap_or_default();
            labels.iter().any(|label| normal::label(label) == normal::label(text.strip_prefix("CF").unwrap_or(text)))
        };
        ["label", "name"].into_iter().any(is)
    };
    ["fields", "customfields"].into_iter().find_map(|list| {
        let row = raw.get(list)?.as_array()?.iter().find(named)?;
        // Choices go by their numbers, which names do not tell; what is encrypted is left alone.
        let choice = row.get("lookup").and_then(integer_of).is_some_and(|lookup| lookup > 0);
        let hidden = row.get("isencrypted") == Some(&Value::Bool(true));
        let id = row.get("id").and_then(integer_of).filter(|_| !choice && !hidden)?;
        let holds = if row.get("value").is_some_and(Value::is_boolean) { Holds::Check } else { Holds::Text };
        Some((format!("{list}.{id}"), holds))
    })
}

/// A value as HaloITSM takes it. The error is a sentence that names the value.
pub fn value(value: &FieldValue, holds: Holds) -> Result<Value, String> {
    Ok(match to_halo(value, holds)? {
        FieldValue::Check(set) => set.into(),
        FieldValue::Number(text) => match text.parse::<i64>() {
            Ok(whole) => whole.into(),
            Err(_) => text.into(),
        },
        other => peek(&other).map_or(Value::Null, |text| text.into_owned().into()),
    })
}

/// What goes back to HaloITSM: its members with their values before and after, and what cannot go, in sentences. A fact
/// that several places hold is taken from a field of the layout before a member of the record.
pub fn changes(kind: RecordKind, raw: &Value, rows: &[Row]) -> (Map<String, Value>, Map<String, Value>, Vec<String>) {
    let (mut before, mut after, mut troubles) = (Map::new(), Map::new(), Vec::new());
    let mut back: Vec<&Row> = rows.iter().filter(|row| row.verdict == Verdict::Back).collect();
    back.order_by_key(|row| matches!(row.slot, Slot::Attribute(_)));
    for row in back {
        let Some((member, holds)) = row.facts.iter().find_map(|fact| place(kind, raw, fact)) else { continue };
        if after.contains_key(&member) {
            continue;
        }
        match value(&row.hudu, holds) {
            Ok(value) => {
                before.insert(member.clone(), crate::recipes::place::member(raw, &member));
                after.insert(member, value);
            }
            Err(why) => troubles.push(format!("{}: {why}", row.label)),
        }
    }
    (before, after, troubles)
}

/// The row of a linked record that goes back (`site`, `user`), by the name that it bears.
pub fn linked<'a>(rows: &'a [Row], fact: &str) -> Option<(&'a Row, String)> {
    let row = rows.iter().find(|row| row.verdict == Verdict::Back && row.facts.iter().any(|own| *own == fact))?;
    Some((row, show(&row.hudu)?))
}

/// Labels of places that a person has to decide about, with the reasons.
pub fn asks(rows: &[Row]) -> Vec<String> {
    let ask = |row: &Row| match row.verdict {
        Verdict::Ask(why) => Some(t!(
            "{label} (HaloITSM “{halo}”, Hudu “{hudu}”): {why}",
            label = row.label,
            halo = show(&row.halo).unwrap_or_default(),
            hudu = show(&row.hudu).unwrap_or_default(),
            why
        )),
        _ => None,
    };
    rows.iter().filter_map(ask).collect()
}
