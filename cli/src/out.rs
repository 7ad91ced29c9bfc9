//! The one place that prints.
//!
//! Answers go to standard output, notes and questions to standard error. What comes from the two
//! products is printed without control characters, so that no name in a record can steer the terminal.

use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::args::Form;

/// How a piece of text looks on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it stands.
    Plain,
    /// A heading.
    Strong,
    /// Beside the point.
    Dim,
    /// Fine.
    Good,
    /// Worth a look.
    Warn,
    /// Wrong.
    Bad,
}

impl Style {
    /// The parameter of the terminal's "select graphic rendition".
    fn sgr(self) -> Option<&'static str> {
        match self {
            Style::Plain => None,
            Style::Strong => Some("1"),
            Style::Dim => Some("2"),
            Style::Good => Some("32"),
            Style::Warn => Some("33"),
            Style::Bad => Some("31"),
        }
    }
}

/// What a person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// Anything else.
    No,
    /// There is no terminal to ask on.
    Nobody,
}

/// Standard output and standard error.
pub struct Out {
    out: Stream,
    err: Stream,
    form: Form,
    json_done: Cell<bool>,
}

struct Stream {
    writer: RefCell<Box<dyn Write>>,
    colours: bool,
    terminal: bool,
    closed: Cell<bool>,
}

impl Out {
    /// The streams of this process. With JSON or CSV nothing else goes to standard output.
    pub fn system(form: Form) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let wanted = !set("NO_COLOR") && std::env::var("TERM").as_deref() != Ok("dumb");
        let stream = |writer: Box<dyn Write>, terminal: bool| Stream {
            writer: RefCell::new(writer),
            colours: wanted && terminal,
            terminal,
            closed: Cell::new(false),
        };
        Self {
            out: stream(Box::new(io::stdout()), io::stdout().is_terminal()),
            err: stream(Box::new(io::stderr()), io::stderr().is_terminal()),
            form,
            json_done: Cell::new(false),
        }
    }

    /// In which form the answer comes.
    pub fn form(&self) -> Form {
        self.form
    }

    /// One line of the answer; nothing where another form is asked for.
    pub fn line(&self, pieces: &[(Style, &str)]) {
        if self.form == Form::Table {
            self.out.line(pieces);
        }
    }

    /// How many letters wide the terminal is; nothing where the answer goes elsewhere.
    pub fn width(&self) -> Option<usize> {
        let (_, columns) = self.out.terminal.then(|| console::Term::stdout().size_checked())??;
        Some(columns.into())
    }

    /// Whether anybody still reads the answer, as far as writing it told.
    pub fn is_read(&self) -> bool {
        !self.out.closed.get()
    }

    /// One plain line of the answer.
    pub fn text(&self, text: &str) {
        self.line(&[(Style::Plain, text)]);
    }

    /// A remark beside the answer.
    pub fn note(&self, text: &str) {
        self.err.line(&[(Style::Plain, text)]);
    }

    /// What went wrong. Each line of it stands on its own.
    pub fn failure(&self, sentences: &str) {
        for sentence in sentences.lines() {
            self.err.line(&[(Style::Bad, sentence)]);
        }
    }

    /// The answer as JSON, where that is asked for.
    pub fn json(&self, value: &impl Serialize) {
        if self.form == Form::Json {
            self.json_done.set(true);
            let text = serde_json::to_string_pretty(value).unwrap_or_default();
            self.out.answer(&format!("{text}\n"));
        }
    }

    /// The answer as a whole text: a file's content.
    pub fn whole(&self, text: &str) {
        self.json_done.set(true);
        self.out.answer(text);
    }

    /// A piece of an answer that comes bit by bit. Says whether anybody still reads.
    pub fn piece(&self, text: &str) -> bool {
        self.json_done.set(true);
        self.out.answer(text);
        self.is_read()
    }

    /// JSON of what went wrong, where no answer was given yet. Whoever reads both streams on a terminal was told already.
    pub fn json_once(&self, value: &impl Serialize) {
        if !(self.json_done.get() || self.out.terminal && self.err.terminal) {
            self.json(value);
        }
    }

    /// Asks a question that is answered with yes or no.
    pub fn ask(&self, question: &str) -> Answer {
        if self.form != Form::Table || !io::stdin().is_terminal() {
            return Answer::Nobody;
        }
        self.err.raw(&format!("{} [y/N] ", clean(question)));
        let mut typed = String::new();
        match io::stdin().read_line(&mut typed) {
            Ok(_) if matches!(typed.trim().to_lowercase().as_str(), "y" | "yes") => Answer::Yes,
            _ => Answer::No,
        }
    }
}

impl Stream {
    fn line(&self, pieces: &[(Style, &str)]) {
        self.raw(&format!("{}\n", render(pieces, self.colours)));
    }

    /// A text of lines. Programs get it as it is; a terminal gets nothing that steers it, not even out of JSON, which
    /// leaves some of that as it is.
    fn answer(&self, text: &str) {
        if !self.terminal {
            return self.raw(text);
        }
        let lines: Vec<String> = text.split('\n').map(|line| clean(line.strip_suffix('\r').unwrap_or(line))).collect();
        self.raw(&lines.join("\n"));
    }

    fn raw(&self, text: &str) {
        let mut writer = self.writer.borrow_mut();
        // A reader that went away (`| head`) is no reason to stop in the middle of a run.
        if writer.write_all(text.as_bytes()).and_then(|()| writer.flush()).is_err() {
            self.closed.set(true);
        }
    }
}

fn render(pieces: &[(Style, &str)], colours: bool) -> String {
    let line: String = pieces
        .iter()
        .map(|(style, text)| match style.sgr().filter(|_| colours && !text.is_empty()) {
            Some(sgr) => format!("\u{1b}[{sgr}m{}\u{1b}[0m", clean(text)),
            None => clean(text),
        })
        .collect();
    line.trim_end().to_owned()
}

/// Text without characters that steer a terminal or turn the direction of the text around them.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\r' | '\t' => ' ',
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
            letter if letter.is_control() => '\u{FFFD}',
            letter => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    /// What was written.
    #[derive(Clone, Default)]
    struct Seen(Rc<RefCell<Vec<u8>>>);

    impl Write for Seen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seen {
        fn take(&self) -> String {
            String::from_utf8_lossy(&std::mem::take(&mut *self.0.borrow_mut())).into_owned()
        }
    }

    /// Streams that are a terminal, or a file.
    fn out(terminal: bool) -> (Out, Seen) {
        let seen = Seen::default();
        let stream = |writer: Box<dyn Write>| Stream {
            writer: RefCell::new(writer),
            colours: terminal,
            terminal,
            closed: Cell::new(false),
        };
        let (answers, notes) = (stream(Box::new(seen.clone())), stream(Box::new(io::sink())));
        (Out { out: answers, err: notes, form: Form::Json, json_done: Cell::new(false) }, seen)
    }

    #[test]
    fn a_terminal_gets_nothing_that_steers_it_and_a_file_gets_all() {
        let steering = "1,\u{1b}]52;c;Zm9v\u{7}\r\n2,\u{9b}2J\u{202e}\rb\tc\r\n";
        for terminal in [false, true] {
            let (out, seen) = out(terminal);
            out.whole(steering);
            let whole = seen.take();
            assert!(out.piece(steering));
            assert_eq!(seen.take(), whole);
            let plain = "1,\u{fffd}]52;c;Zm9v\u{fffd}\n2,\u{fffd}2J\u{fffd} b c\n";
            assert_eq!(whole, if terminal { plain } else { steering });
            out.json(&"a\u{9b}\u{1b}");
            assert_eq!(seen.take(), if terminal { "\"a\u{fffd}\\u001b\"\n" } else { "\"a\u{9b}\\u001b\"\n" });
        }
    }

    #[test]
    fn what_went_wrong_is_told_a_terminal_once() {
        for (terminal, told) in [(true, ""), (false, "\"why\"\n")] {
            let (out, seen) = out(terminal);
            out.json_once(&"why");
            assert_eq!(seen.take(), told);
        }
    }

    #[test]
    fn names_cannot_steer_the_terminal() {
        let name = "Acme\u{1b}]0;owned\u{7}\nLtd\u{202e}";
        assert_eq!(render(&[(Style::Plain, name)], false), "Acme\u{fffd}]0;owned\u{fffd} Ltd\u{fffd}");
    }

    #[test]
    fn colours_are_left_out_where_not_wanted() {
        let pieces = [(Style::Good, "✓"), (Style::Warn, ""), (Style::Plain, " yes")];
        assert_eq!(render(&pieces, false), "✓ yes");
        assert_eq!(render(&pieces, true), "\u{1b}[32m✓\u{1b}[0m yes");
    }
}
