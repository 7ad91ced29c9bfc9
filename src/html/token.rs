//! HTML text as tags and the text between them. Comments, declarations and instructions are passed over.

/// One piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text as it stands, character references included.
    Text(&'a str),
    /// A start tag: name in lower case, attributes as they stand, the first of each name.
    Start(String, Vec<(String, &'a str)>),
    /// An end tag: name in lower case.
    End(String),
}

/// Elements whose content is no HTML: it ends at their end tag only, and is passed over.
const RAW: [&str; 8] = ["script", "style", "iframe", "noembed", "noframes", "textarea", "title", "xmp"];

/// Reads HTML piece by piece.
pub struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// From the beginning.
    pub fn new(html: &'a str) -> Self {
        Self { rest: html }
    }

    /// Takes so many bytes; never cuts a character, because each stop is one that was found.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    fn take_to(&mut self, stop: impl Fn(char) -> bool) -> &'a str {
        self.take(self.rest.find(stop).unwrap_or(self.rest.len()))
    }

    /// Passes over everything up to and with the end; all that is left where there is no end.
    fn pass(&mut self, end: &str) {
        let at = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.take(at);
    }

    fn comment(&mut self) {
        self.take("<!--".len());
        // `<!-->` and `<!--->` are whole comments.
        if self.rest.starts_with('>') || self.rest.starts_with("->") {
            return self.pass(">");
        }
        let mut whole = self.rest.find("-->").map_or(self.rest.len(), |at| at + "-->".len());
        if let Some(at) = self.rest[..whole].find("--!>") {
            whole = at + "--!>".len();
        }
        self.take(whole);
    }

    fn name(&mut self) -> String {
        self.take_to(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>')).to_ascii_lowercase()
    }

    /// The attributes up to and with `>`; `None` where the text ends before.
    fn attributes(&mut self) -> Option<Vec<(String, &'a str)>> {
        let mut found: Vec<(String, &'a str)> = Vec::new();
        loop {
            self.take_to(|c| !c.is_ascii_whitespace() && c != '/');
            match self.rest.chars().next()? {
                '>' => {
                    self.take(1);
                    return Some(found);
                }
                first => {
                    let start = self.take(first.len_utf8());
                    let more = self.take_to(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='));
                    let name = format!("{start}{more}").to_ascii_lowercase();
                    let value = self.value()?;
                    if found.iter().all(|(own, _)| *own != name) {
                        found.push((name, value));
                    }
                }
            }
        }
    }

    fn value(&mut self) -> Option<&'a str> {
        let ahead = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(ahead) = ahead.strip_prefix('=') else { return Some("") };
        self.rest = ahead.trim_start_matches(|c: char| c.is_ascii_whitespace());
        match self.rest.chars().next()? {
            quote @ ('"' | '\'') => {
                self.take(1);
                let value = self.take(self.rest.find(quote)?);
                self.take(1);
                Some(value)
            }
            _ => Some(self.take_to(|c| c.is_ascii_whitespace() || c == '>')),
        }
    }

    /// Passes over the content of an element that holds no HTML.
    fn raw(&mut self, name: &str) {
        while let Some(at) = self.rest.find("</") {
            self.take(at + 2);
            let found = self.rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
            let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
            if found && self.rest[name.len()..].starts_with(ends) {
                return self.pass(">");
            }
        }
        self.take(self.rest.len());
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let mut start = self.rest.chars();
            match (start.next()?, start.next()) {
                ('<', Some('!')) if self.rest.starts_with("<!--") => self.comment(),
                ('<', Some('!' | '?')) => self.pass(">"),
                ('<', Some('/')) => match start.next() {
                    Some(letter) if letter.is_ascii_alphabetic() => {
                        self.take(2);
                        let name = self.name();
                        self.attributes()?;
                        return Some(Token::End(name));
                    }
                    _ => self.pass(">"),
                },
                ('<', Some(letter)) if letter.is_ascii_alphabetic() => {
                    self.take(1);
                    let name = self.name();
                    let attributes = self.attributes()?;
                    if RAW.contains(&name.as_str()) {
                        self.raw(&name);
                        continue;
                    }
                    return Some(Token::Start(name, attributes));
                }
                (first, _) => {
                    let all = self.rest;
                    self.take(first.len_utf8());
                    let more = self.take_to(|c| c == '<').len();
                    return Some(Token::Text(&all[..first.len_utf8() + more]));
                }
            }
        }
    }
}
