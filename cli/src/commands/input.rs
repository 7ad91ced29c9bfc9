//! Records from a file or from standard input, read beside the work, so that a slow pipe or a terminal keeps nobody
//! from stopping.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::{Deserializer, Value};
use tokio::sync::mpsc;

use crate::failure::Failure;

/// Records that are read ahead.
const AHEAD: usize = 64;

/// Why there is no further record.
#[derive(Debug)]
pub enum Broken {
    /// The input cannot be used; nothing was read of it.
    Input(Failure),
    /// The next record cannot be read: why, as a sentence.
    Record(String),
}

type Read = Result<Value, Broken>;

/// The records, one after another: those of an array, one object, or several.
pub struct Input {
    coming: mpsc::Receiver<Read>,
    next: Option<Read>,
}

impl Input {
    /// Begins to read the file; without one, or with `-`, standard input.
    pub fn open(file: Option<&Path>) -> Self {
        let file = file.filter(|path| *path != Path::new("-")).map(Path::to_owned);
        let (records, coming) = mpsc::channel(AHEAD);
        // Nobody can end a read that waits, so it has a thread that the end of the program takes along.
        std::thread::spawn(move || {
            if let Err(failure) = read(file, &records) {
                let _ = records.blocking_send(Err(Broken::Input(failure)));
            }
        });
        Self { coming, next: None }
    }

    /// The next record, which stays there.
    pub async fn peek(&mut self) -> Option<&Read> {
        if self.next.is_none() {
            self.next = self.coming.recv().await;
        }
        self.next.as_ref()
    }

    /// Takes the record that was peeked at.
    pub fn take(&mut self) -> Option<Read> {
        self.next.take()
    }
}

/// Hands all records over, until the last one or until nobody wants more.
fn read(file: Option<PathBuf>, records: &mpsc::Sender<Read>) -> Result<(), Failure> {
    let name = file.as_ref().map_or_else(|| "Standard input".to_owned(), |path| path.display().to_string());
    let wrong = |error: std::io::Error| Failure::File(format!("{name} could not be read ({error})."));
    let mut input: Box<dyn BufRead> = match file {
        Some(path) => Box::new(BufReader::new(File::open(path).map_err(wrong)?)),
        None => Box::new(BufReader::new(std::io::stdin())),
    };
    let first = loop {
        let ahead = input.fill_buf().map_err(wrong)?;
        let blank = ahead.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let first = ahead.get(blank).copied();
        if first.is_some() || ahead.is_empty() {
            break first;
        }
        input.consume(blank);
    };
    match first {
        None => return Err(Failure::File("There are no records: the input is empty.".to_owned())),
        Some(b'[') => {
            let all: Vec<Value> = serde_json::from_reader(input).map_err(|error| {
                Failure::File(format!("The records are no JSON array ({error}). Nothing was sent."))
            })?;
            for record in all {
                if records.blocking_send(Ok(record)).is_err() {
                    break;
                }
            }
        }
        Some(_) => {
            for record in Deserializer::from_reader(input).into_iter::<Value>() {
                let record = record.map_err(|error| Broken::Record(unreadable(&error)));
                let last = record.is_err();
                if records.blocking_send(record).is_err() || last {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// Why a record cannot be read, with its line as a person counts it.
fn unreadable(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if error.is_io() {
        return format!("The records could not be read further ({text}).");
    }
    // What lacks its end is told at the beginning of the line after it.
    let line = error.line().saturating_sub(usize::from(error.column() == 0)).max(1);
    format!("Line {line} is not JSON ({}).", text.split(" at line ").next().unwrap_or_default())
}
