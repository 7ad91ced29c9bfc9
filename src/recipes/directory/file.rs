//! Directories as files: CSV with a header, a JSON array, or one JSON object on each line.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::json::{self, Map, Value};
use crate::recipes::CallError;
use crate::recipes::directory::person::{FIELDS, PLACE, Person, READ_ONLY, columns};
use crate::sync::export::quoted;
use crate::t;

/// Bad rows that are named at once.
const NAMED: usize = 5;
/// Other names that columns are known by.
const ALSO: [(&str, &str); 9] = [
    ("e-mail", "email"),
    ("mail", "email"),
    ("job_title", "title"),
    ("client", "client_name"),
    ("company", "client_name"),
    ("site", "site_name"),
    ("team", "group"),
    ("username", "login"),
    ("display_name", "name"),
];

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct File {
    /// Its people, in its order.
    pub(super) people: Vec<Person>,
    /// Members that it has: what it does not have is not compared.
    pub(super) columns: Vec<String>,
    /// Columns that mean nothing here.
    pub(super) unknown: Vec<String>,
    /// Rows that cannot be read: where, and why.
    pub(super) bad: Vec<String>,
}

/// Reads a file. Rows that cannot be read are named; they stop everything unless `go_on` says otherwise.
pub(super) fn read(text: &str, kind: &str, go_on: bool) -> Result<File, CallError> {
    let rows = rows(text)?;
    let mut file = File::default();
    for (at, row) in rows {
        let read = row.and_then(|row| {
            let (members, unknown) = known(row);
            for name in members.keys().filter(|name| !file.columns.contains(name)).cloned().collect::<Vec<_>>() {
                file.columns.push(name);
            }
            file.unknown.extend(unknown.into_iter().filter(|name| !file.unknown.contains(name)).collect::<Vec<_>>());
            let person = Person::read(&members, kind, &at)?;
            match person.keys().iter().all(String::is_empty) {
                true => Err(t!("it has no name, e-mail address, login or id")),
                false => Ok(person),
            }
        });
        match read {
            Ok(person) => file.people.push(person),
            Err(why) => file.bad.push(format!("{at}: {why}")),
        }
    }
    if file.bad.is_empty() || go_on {
        return Ok(file);
    }
    let more = file.bad.len().saturating_sub(NAMED);
    let mut named = file.bad[..file.bad.len().min(NAMED)].join("; ");
    if more > 0 {
        named.push_str(&t!("; and {more} more", more));
    }
    Err(CallError::argument(
        "file",
        t!("has rows that cannot be read ({named}). Mend them, or let the others go on with skip_bad_rows", named),
    ))
}

/// Where a row stands, and its members, or why it cannot be read.
pub(in crate::recipes) type Row = (String, Result<Map<String, Value>, String>);

/// Names as the one shape has them; members that are empty count as columns, and have no value.
fn known(row: Map<String, Value>) -> (Map<String, Value>, Vec<String>) {
    let (mut members, mut unknown) = (Map::new(), Vec::new());
    for (name, value) in row {
        let folded = name.trim().to_lowercase().replace([' ', '-'], "_");
        let folded =
            ALSO.iter().find(|(also, _)| also.replace('-', "_") == folded).map_or(folded.as_str(), |(_, own)| own);
        if PLACE.contains(&folded) || FIELDS.iter().any(|(own, ..)| *own == folded) {
            members.insert(folded.to_owned(), value);
        } else if !READ_ONLY.contains(&folded) {
            unknown.push(name.trim().to_owned());
        }
    }
    (members, unknown)
}

/// The rows of a file, whatever they mean: CSV with a header, a JSON array, or one JSON object on each line.
pub(in crate::recipes) fn rows(text: &str) -> Result<Vec<Row>, CallError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let wrong = |why: String| CallError::argument("file", why);
    if text.trim().is_empty() {
        return Err(wrong(t!("is empty")));
    }
    match text.trim_start().as_bytes().first() {
        Some(b'[' | b'{') => objects(text).map_err(wrong),
        _ => table(text).map_err(wrong),
    }
}

/// A JSON array, an answer of the directory, or one object on each line.
fn objects(text: &str) -> Result<Vec<Row>, String> {
    let object = |value: Value| match value {
        Value::Object(members) => Ok(members),
        _ => Err(t!("a row is an object of members")),
    };
    if let Ok(whole) = json::parse(text.as_bytes()) {
        let rows = match whole {
            Value::Array(rows) => rows,
            Value::Object(mut members) => match members.remove("result") {
                Some(Value::Array(rows)) => rows,
                _ => vec![Value::Object(members)],
            },
            _ => return Err(t!("holds no rows")),
        };
        return Ok(rows.into_iter().enumerate().map(|(n, row)| (t!("row {n}", n = n + 1), object(row))).collect());
    }
    if !text.trim_start().starts_with('{') {
        return Err(
            json::parse(text.as_bytes()).map_or_else(|error| t!("is not JSON ({error})", error), |_| String::new())
        );
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |line: &str| {
        json::parse(line.as_bytes()).map_err(|error| t!("it is not JSON ({error})", error)).and_then(object)
    };
    Ok(lines.map(|(n, line)| (t!("line {n}", n = n + 1), read(line))).collect())
}

/// CSV: comma, semicolon or tab, whichever the header has most of.
fn table(text: &str) -> Result<Vec<Row>, String> {
    let header = text.lines().next().unwrap_or_default();
    let count = |c: &u8| header.bytes().filter(|b| b == c).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|c| (count(c), *c == b',')).unwrap_or(b',');
    let mut records = Records { reader: ReaderBuilder::new().delimiter(delimiter).build(), rest: text.as_bytes() };
    let names = records.next().map(|(_, cells)| cells).unwrap_or_default();
    if let Some(twice) = names.iter().enumerate().find_map(|(n, name)| names[..n].contains(name).then_some(name)) {
        return Err(t!("has the column “{twice}” twice", twice));
    }
    let mut rows = Vec::new();
    while let Some((line, cells)) = records.next() {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let row = match cells.len() == names.len() {
            false => {
                Err(t!("it has {cells} columns where the header has {names}", cells = cells.len(), names = names.len()))
            }
            true => {
                let cell = |text: String| Value::from(plain(text));
                Ok(json::object(names.iter().cloned().zip(cells.into_iter().map(cell))))
            }
        };
        rows.push((t!("line {line}", line), row));
    }
    Ok(rows)
}

/// A spreadsheet's apostrophe before what would be a formula is no part of the value.
fn plain(text: String) -> String {
    let mut text = match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => text,
    };
    for begin in ['=', '+', '-', '@'] {
        text = text.replace(&format!(";'{begin}"), &format!(";{begin}"));
    }
    text
}

struct Records<'a> {
    reader: Reader,
    rest: &'a [u8],
}

impl Records<'_> {
    /// The cells of the next record, and the line on which it begins.
    fn next(&mut self) -> Option<(u64, Vec<String>)> {
        let blank = self.rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
        let line = self.reader.line() + blank.filter(|byte| **byte == b'\n').count() as u64;
        let (mut bytes, mut ends) = (vec![0; 1024], vec![0; 32]);
        let (mut written, mut ended) = (0, 0);
        loop {
            let (result, read, out, end) =
                self.reader.read_record(self.rest, &mut bytes[written..], &mut ends[ended..]);
            (self.rest, written, ended) = (&self.rest[read..], written + out, ended + end);
            match result {
                ReadRecordResult::OutputFull => bytes.resize(bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                // An empty input ends the last record.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::End => return None,
                ReadRecordResult::Record => break,
            }
        }
        let mut from = 0;
        let cell = |end: &usize| {
            let cell = String::from_utf8_lossy(&bytes[std::mem::replace(&mut from, *end)..*end]).into_owned();
            cell.trim().to_owned()
        };
        Some((line, ends[..ended].iter().map(cell).collect()))
    }
}

/// People as a file: CSV, or a JSON array.
pub(super) fn write(people: &[Person], as_json: bool) -> String {
    if as_json {
        let row = |person: &Person| {
            let held = person.row().into_iter().filter(|(_, value)| !value.is_empty());
            Value::Object(json::object(held.map(|(name, value)| (name.to_owned(), value.into()))))
        };
        return Value::Array(people.iter().map(row).collect()).to_string();
    }
    let mut text = columns().collect::<Vec<_>>().join(",");
    for person in people {
        let cells: Vec<String> = person.row().into_iter().map(|(_, value)| quoted(&value)).collect();
        text.push_str("\r\n");
        text.push_str(&cells.join(","));
    }
    text.push_str("\r\n");
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::trouble::Explain;

    #[test]
    fn a_table_is_read_whatever_its_delimiter_and_its_lines_are_counted() {
        let text =
            "\u{feff}Name;E-Mail;Shoe size;Phone\r\n\"Joy\nNew\";joy@x.test;44;'+44 1\r\n\r\nBad row\r\nNo;at;1;2\r\n";
        let file = read(text, "end_user", true).unwrap();
        assert_eq!(file.people.len(), 1);
        assert_eq!((file.people[0].get("phone"), file.people[0].at.as_str()), (Some("+44 1"), "line 2"));
        assert_eq!(
            (file.unknown, file.columns),
            (
                vec!["Shoe size".to_owned()],
                vec!["email", "name", "phone"].into_iter().map(str::to_owned).collect::<Vec<_>>()
            )
        );
        assert_eq!(file.bad[0], "line 5: it has 1 columns where the header has 4");
        assert!(file.bad[1].starts_with("line 6: email has to be an e-mail address"), "{:?}", file.bad);
        let why = read(text, "end_user", false).unwrap_err().sentence();
        assert!(
            why.starts_with("file has rows that cannot be read (line 5:") && why.contains("skip_bad_rows"),
            "{why}"
        );
    }

    #[test]
    fn rows_of_json_come_as_an_array_an_answer_or_on_lines() {
        for text in [
            r#"[{"name": "Joy New", "active": false}]"#,
            r#"{"result": [{"name": "Joy New", "active": "no", "raw": {}}], "next_cursor": null}"#,
            "{\"name\": \"Joy New\", \"active\": 0}\n{\"client_id\": 3}\n{",
        ] {
            let file = read(text, "end_user", true).unwrap();
            assert_eq!((file.people[0].get("name"), file.people[0].active), (Some("Joy New"), Some(false)), "{text}");
            assert!(file.unknown.is_empty());
        }
        let why = read("[{]", "end_user", true).unwrap_err().sentence();
        assert!(why.starts_with("file is not JSON"), "{why}");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let row = serde_json::json!({"id": "user/7", "name": "Joy \"New\", Jr", "phone": "+44 1", "client_id": 3, "active": true});
        let person = Person::read(row.as_object().unwrap(), "end_user", "user/7").unwrap();
        for as_json in [false, true] {
            let text = write(std::slice::from_ref(&person), as_json);
            let back = read(&text, "end_user", false).unwrap().people.remove(0);
            assert_eq!(Person { at: person.at.clone(), ..back }, person);
        }
    }
}
