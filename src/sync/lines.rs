//! What a table shows of every item, a line each, so that any row of a plan is shown, found by its words and put in
//! order without reading the items.
//!
//! The text begins with what many items share: the origin of the addresses, then reasons and lists of fields, each once.
//! Behind it stand the lines: title, reason, fields, id, record, address, with a tab between them.

use crate::halo::record::{RecordKind, RecordRef};
use crate::json;
use crate::mapping::quick::QuickMap;
use crate::platform::StoreError;
use crate::platform::json::parse;
use crate::sync::describe;
use crate::sync::plan::Item;
use crate::words::tell;

/// Stands between the names of fields.
const BETWEEN: char = '\u{1f}';

/// Stands before the name of a field that is the tenant's own.
const OWN: char = '\u{1e}';

/// The lines of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    text: String,
    /// Where each line begins, and where the last one ends.
    starts: Vec<usize>,
    origin: String,
    shared: Vec<String>,
}

/// What a table shows of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a> {
    /// Id within the plan.
    pub id: &'a str,
    /// Name of the record.
    pub title: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Names of the fields that change, as they stand in a sentence.
    pub fields: Vec<String>,
    /// The Halo record it is about.
    pub record: Option<RecordRef>,
    /// Absolute address of the target, where there is one.
    pub url: Option<String>,
}

impl Lines {
    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Title and reason of the item in this place.
    pub fn words(&self, place: usize) -> Option<(&str, &str)> {
        let mut parts = self.parts(place)?;
        Some((parts.next()?, self.shared(parts.next()?)?))
    }

    /// The line of the item in this place.
    pub fn get(&self, place: usize) -> Option<Line<'_>> {
        let mut parts = self.parts(place)?;
        let [title, reason, fields] = [parts.next()?, parts.next()?, parts.next()?];
        let [id, record, url] = [parts.next()?, parts.next()?, parts.next()?];
        let label = |text: &str| match text.strip_prefix(OWN) {
            Some(own) => describe::label(true, own),
            None => describe::label(false, text),
        };
        let fields = self.shared(fields).filter(|fields| !fields.is_empty());
        Some(Line {
            id,
            title,
            reason: self.shared(reason)?,
            fields: fields.map(|fields| fields.split(BETWEEN).map(label).collect()).unwrap_or_default(),
            record: record
                .split_once('/')
                .and_then(|(word, id)| Some(RecordRef::new(RecordKind::of(word)?, id.parse().ok()?))),
            url: match url.strip_prefix('/') {
                Some(_) => Some(format!("{}{url}", self.origin)),
                None => Some(url).filter(|url| !url.is_empty()).map(str::to_owned),
            },
        })
    }

    /// Where the item of this id stands.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        (0..self.len()).find(|place| self.parts(*place).and_then(|mut parts| parts.nth(3)) == Some(id))
    }

    fn parts(&self, place: usize) -> Option<impl Iterator<Item = &str>> {
        let (start, end) = (*self.starts.get(place)?, *self.starts.get(place + 1)?);
        Some(self.text.get(start..end - 1)?.split('\t'))
    }

    fn shared(&self, number: &str) -> Option<&str> {
        self.shared.get(number.parse::<usize>().ok()?).map(String::as_str)
    }
}

/// Lines as a text for the store.
pub fn fold(items: &[Item]) -> String {
    let (mut known, mut shared): (QuickMap<String, usize>, Vec<String>) = Default::default();
    let mut number = |text: String| {
        *known.entry(text).or_insert_with_key(|text| {
            shared.push(text.clone());
            shared.len() - 1
        })
    };
    let urls = || items.iter().filter_map(|item| item.url.as_deref());
    let origin = urls().find_map(origin).unwrap_or_default();
    let mut lines = String::new();
    for item in items {
        let (reason, fields) = (number(item.reason.clone()), number(fields(item)));
        let record = item.record.map(RecordRef::key).unwrap_or_default();
        let url = item.url.as_deref().unwrap_or_default();
        let url = url.strip_prefix(origin).filter(|path| path.starts_with('/') && !origin.is_empty()).unwrap_or(url);
        lines.extend([
            &*plain(&item.title),
            "\t",
            &reason.to_string(),
            "\t",
            &fields.to_string(),
            "\t",
            &plain(&item.id),
        ]);
        lines.extend(["\t", &record, "\t", &plain(url), "\n"]);
    }
    let mut text = json::write(&(origin.to_owned(), shared));
    text.push('\n');
    text.push_str(&lines);
    text
}

/// Lines from such a text.
pub fn unfold(text: String) -> Result<Lines, StoreError> {
    let broken = || StoreError::Broken("a plan without its lines".to_owned());
    let head = text.find('\n').ok_or_else(broken)?;
    let (origin, shared): (String, Vec<String>) = parse(&text[..head])?;
    // Once for all lines, in the language that is spoken.
    let shared = shared.iter().map(|kept| tell(kept)).collect();
    let ends = text.bytes().enumerate().skip(head).filter(|(_, byte)| *byte == b'\n');
    let starts = ends.map(|(end, _)| end + 1).collect();
    Ok(Lines { starts, origin, shared, text })
}

/// The names of the fields that change, in English where they are Sidelight's.
fn fields(item: &Item) -> String {
    let mut text = String::new();
    for (place, change) in item.changes.iter().enumerate() {
        if place > 0 {
            text.push(BETWEEN);
        }
        if describe::is_own(change) {
            text.push(OWN);
        }
        text.push_str(&change.label);
    }
    text
}

/// "https://hudu.example" of an address.
fn origin(url: &str) -> Option<&str> {
    let host = url.find("://")? + 3;
    url.get(..host + url.get(host..)?.find('/')?)
}

/// A text without what ends a part or a line.
fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    match text.contains(char::is_control) {
        true => text.replace(char::is_control, " ").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::hudu::field::FieldValue;
    use crate::mapping::record::Slot;
    use crate::sync::plan::{Change, Target};
    use crate::sync::view::Action;

    fn change(slot: Slot, label: &str) -> Change {
        let (before, after) = (FieldValue::Empty, FieldValue::Text("new".into()));
        Change { slot, label: label.to_owned().into(), before, after, note: None, by: None }
    }

    #[test]
    fn a_line_tells_what_a_table_shows() {
        let record = RecordRef::new(RecordKind::Asset, 12);
        let new = |id: &str, title: &str| {
            Item::new(id.to_owned(), Action::Update, title, "Matched: linked.".to_owned(), Target::Company(None))
        };
        let mut update = new(&record.key(), "SRV\t02\nold");
        update.record = Some(record);
        update.url = Some("https://hudu.example/a/srv-02".to_owned());
        update.changes = vec![change(Slot::attribute("name"), "Name"), change(Slot::field("Own name"), "Own Name")];
        let mut linking = new("asset/12/links", "SRV-02");
        linking.record = Some(record);
        linking.url = Some("https://other.example/a/1".to_owned());
        let layout = new("layout/servers", "Servers");
        let items = [layout, update, linking];
        let lines = unfold(fold(&items)).unwrap();
        assert_eq!(lines.len(), 3);
        let line = lines.get(1).unwrap();
        assert_eq!((line.id, line.title, line.record), ("asset/12", "SRV 02 old", Some(record)));
        assert_eq!((line.reason, line.url.as_deref()), ("Matched: linked.", items[1].url.as_deref()));
        assert_eq!(line.fields, describe::labels(&items[1]));
        assert_eq!(lines.words(1), Some(("SRV 02 old", "Matched: linked.")));
        let line = lines.get(2).unwrap();
        assert_eq!((line.id, line.record, &line.url), ("asset/12/links", Some(record), &items[2].url));
        let line = lines.get(0).unwrap();
        assert_eq!((line.record, line.url, line.fields.len()), (None, None, 0));
        assert_eq!((lines.place_of("asset/12/links"), lines.place_of("asset/1")), (Some(2), None));
        assert_eq!(lines.get(3), None);
        assert!(unfold(fold(&[])).unwrap().is_empty());
    }
}
