//! A reader of TOML that knows the line of each value.
//!
//! The well-known crates cost 27 KB and more in the worker; settings need no dates and no long text, so
//! this one costs a few. It takes TOML 1.0 without dates.

use crate::json::{Map, Value};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Line, from 1.
    pub line: usize,
    /// What stands there.
    pub held: Held,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// A text, a number, true or false.
    One(Value),
    /// A list.
    List(Vec<Node>),
    /// A table: names and values in the order of the file.
    Table(Table),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names and values.
    pub rows: Vec<(String, Node)>,
    /// It has a head of its own, or was written in braces, and may not get another.
    closed: bool,
}

/// What is wrong, and where. Holds nothing of the text, which may hold a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Line, from 1.
    pub line: usize,
    /// "a key stands here twice".
    pub why: &'static str,
}

impl Node {
    /// As JSON.
    pub fn json(&self) -> Value {
        match &self.held {
            Held::One(value) => value.clone(),
            Held::List(items) => Value::Array(items.iter().map(Node::json).collect()),
            Held::Table(table) => {
                let mut object = Map::new();
                for (key, node) in &table.rows {
                    object.insert(key.clone(), node.json());
                }
                Value::Object(object)
            }
        }
    }
}

impl Table {
    /// The value of that name.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.rows.iter().find(|(own, _)| own == key).map(|(_, node)| node)
    }

    fn place(&mut self, key: &str) -> Option<&mut Node> {
        self.rows.iter_mut().find(|(own, _)| own == key).map(|(_, node)| node)
    }
}

/// Reads a file.
pub fn read(text: &str) -> Result<Table, Broken> {
    let mut reader = Reader { rest: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1 };
    let mut root = Table::default();
    let mut head: Vec<String> = Vec::new();
    loop {
        reader.blank();
        let line = reader.line;
        if reader.rest.is_empty() {
            return Ok(root);
        }
        if reader.take("[[") {
            head = reader.keys("]]")?;
            let (last, above) = head.split_last().ok_or(Broken { line, why: "a name is missing" })?;
            let row = Node { line, held: Held::Table(Table { rows: Vec::new(), closed: true }) };
            let table = inside(&mut root, above, line)?;
            match table.place(last) {
                None => table.rows.push((last.clone(), Node { line, held: Held::List(vec![row]) })),
                Some(Node { held: Held::List(rows), .. }) if rows.iter().all(|r| matches!(r.held, Held::Table(_))) => {
                    rows.push(row);
                }
                Some(_) => return Err(Broken { line, why: TWICE }),
            }
        } else if reader.take("[") {
            head = reader.keys("]")?;
            let table = inside(&mut root, &head, line)?;
            if std::mem::replace(&mut table.closed, true) {
                return Err(Broken { line, why: TWICE });
            }
        } else {
            let table = inside(&mut root, &head, line)?;
            reader.row(table)?;
        }
        reader.end_of_line()?;
    }
}

const TWICE: &str = "a key stands here twice";

/// The table under these names, made where there is none; of a list of tables the last one.
fn inside<'a>(root: &'a mut Table, path: &[String], line: usize) -> Result<&'a mut Table, Broken> {
    let mut table = root;
    for key in path {
        if table.place(key).is_none() {
            table.rows.push((key.clone(), Node { line, held: Held::Table(Table::default()) }));
        }
        let node = table.place(key).ok_or(Broken { line, why: TWICE })?;
        table = match &mut node.held {
            Held::Table(table) => table,
            Held::List(rows) => match rows.last_mut() {
                Some(Node { held: Held::Table(table), .. }) => table,
                _ => return Err(Broken { line, why: TWICE }),
            },
            Held::One(_) => return Err(Broken { line, why: TWICE }),
        };
    }
    Ok(table)
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Reader<'a> {
    fn fail<T>(&self, why: &'static str) -> Result<T, Broken> {
        Err(Broken { line: self.line, why })
    }

    fn take(&mut self, start: &str) -> bool {
        let rest = self.rest.strip_prefix(start);
        self.line += if rest.is_some() { start.matches('\n').count() } else { 0 };
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
        if self.rest.starts_with('#') {
            let end = self.rest.find('\n').unwrap_or(self.rest.len());
            self.rest = &self.rest[end..];
        }
    }

    /// Spaces, comments and ends of lines.
    fn blank(&mut self) {
        loop {
            self.spaces();
            if !self.take("\r\n") && !self.take("\n") {
                return;
            }
        }
    }

    fn end_of_line(&mut self) -> Result<(), Broken> {
        self.spaces();
        let done = self.rest.is_empty() || self.take("\r\n") || self.take("\n");
        if done { Ok(()) } else { self.fail("the line goes on where it should end") }
    }

    /// `a.b.c` up to this end.
    fn keys(&mut self, end: &str) -> Result<Vec<String>, Broken> {
        let mut keys = Vec::new();
        loop {
            self.spaces();
            keys.push(self.key()?);
            self.spaces();
            if self.take(end) {
                return Ok(keys);
            }
            if !self.take(".") {
                return self.fail("a key is not written as it should be");
            }
        }
    }

    fn key(&mut self) -> Result<String, Broken> {
        if self.rest.starts_with(['"', '\'']) {
            return self.text();
        }
        let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let end = self.rest.find(|c| !bare(c)).unwrap_or(self.rest.len());
        let (key, rest) = self.rest.split_at(end);
        self.rest = rest;
        if key.is_empty() { self.fail("a key is missing or needs quotation marks") } else { Ok(key.to_owned()) }
    }

    /// `key = value` into the table.
    fn row(&mut self, table: &mut Table) -> Result<(), Broken> {
        let line = self.line;
        let keys = self.keys("=")?;
        let (last, above) = keys.split_last().ok_or(Broken { line, why: TWICE })?;
        let table = inside(table, above, line)?;
        if table.place(last).is_some() || (table.closed && !above.is_empty()) {
            return Err(Broken { line, why: TWICE });
        }
        self.spaces();
        let node = self.value()?;
        table.rows.push((last.clone(), node));
        Ok(())
    }

    fn value(&mut self) -> Result<Node, Broken> {
        let line = self.line;
        let held = if self.rest.starts_with(['"', '\'']) {
            Held::One(Value::from(self.text()?))
        } else if self.take("[") {
            let mut items = Vec::new();
            self.each("]", |reader| {
                items.push(reader.value()?);
                Ok(())
            })?;
            Held::List(items)
        } else if self.take("{") {
            let mut table = Table::default();
            self.each("}", |reader| reader.row(&mut table))?;
            table.closed = true;
            Held::Table(table)
        } else {
            Held::One(self.plain()?)
        };
        Ok(Node { line, held })
    }

    /// Members with commas between them, up to the end.
    fn each(&mut self, end: &str, mut one: impl FnMut(&mut Self) -> Result<(), Broken>) -> Result<(), Broken> {
        loop {
            self.blank();
            if self.take(end) {
                return Ok(());
            }
            one(self)?;
            self.blank();
            if !self.take(",") && !self.rest.starts_with(end) {
                return self.fail("a comma or the end of a list is missing");
            }
        }
    }

    /// A number, true or false.
    fn plain(&mut self) -> Result<Value, Broken> {
        let end = self.rest.find([',', ']', '}', '#', '\n', '\r', ' ', '\t']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        let number = word.replace('_', "");
        Ok(match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => match (number.parse::<i64>(), number.parse::<f64>()) {
                (Ok(whole), _) => Value::from(whole),
                (_, Ok(number)) if number.is_finite() => Value::from(number),
                _ => {
                    return self
                        .fail("a text needs quotation marks, and anything else has to be a number, true or false");
                }
            },
        })
    }

    fn text(&mut self) -> Result<String, Broken> {
        for (mark, escapes) in [("\"\"\"", true), ("'''", false)] {
            if self.take(mark) {
                let _ = self.take("\r\n") || self.take("\n");
                return self.until(mark, escapes, true);
            }
        }
        let escapes = self.take("\"");
        let mark = if escapes { "\"" } else { "'" };
        if !escapes {
            self.take(mark);
        }
        self.until(mark, escapes, false)
    }

    fn until(&mut self, mark: &str, escapes: bool, lines: bool) -> Result<String, Broken> {
        let mut text = String::new();
        loop {
            // Up to two quotation marks may stand before the three that end a text.
            if self.rest.starts_with(mark) && !(lines && self.rest[1..].starts_with(mark)) {
                self.take(mark);
                return Ok(text);
            }
            let Some(c) = self.rest.chars().next() else { return self.fail("a text has no end") };
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                '\n' if !lines => return self.fail("a text has no end on its line"),
                '\n' => {
                    self.line += 1;
                    text.push(c);
                }
                '\\' if escapes => self.escape(&mut text, lines)?,
                c => text.push(c),
            }
        }
    }

    fn escape(&mut self, text: &mut String, lines: bool) -> Result<(), Broken> {
        let Some(c) = self.rest.chars().next() else { return self.fail("a text has no end") };
        self.rest = &self.rest[c.len_utf8()..];
        text.push(match c {
            'b' => '\u{8}',
            't' => '\t',
            'n' => '\n',
            'f' => '\u{c}',
            'r' => '\r',
            'e' => '\u{1b}',
            '"' | '\\' => c,
            'x' | 'u' | 'U' => {
                let count = match c {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let digits = self.rest.get(..count).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
                let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
                let Some(code) = code else { return self.fail("a text has a \\ that is not understood") };
                self.rest = &self.rest[count..];
                code
            }
            '\n' | '\r' | ' ' | '\t' if lines => {
                let bare = self.rest.trim_start();
                let skipped = &self.rest[..self.rest.len() - bare.len()];
                self.line += skipped.matches('\n').count() + usize::from(c == '\n');
                self.rest = bare;
                return Ok(());
            }
            _ => return self.fail("a text has a \\ that is not understood"),
        });
        Ok(())
    }
}
