//! `sidelight halo RESOURCE upsert`: records from a file or standard input, in batches, with a result for
//! each, and a file of what is done so that nothing is lost or doubled half-way.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde_json::{Deserializer, Value, json};
use sidelight::halo::catalogue::Entry;
use sidelight::halo::records::{Outcome, Saved, is_new};
use sidelight::json::Json;
use sidelight::tools::Bench;

use crate::args::{Sheet, UpsertOrder};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;

/// Writes the records.
pub async fn upsert(
    desk: &Desk,
    out: &Out,
    bench: &Bench,
    entry: &Entry,
    order: &UpsertOrder,
) -> Result<Exit, Failure> {
    let progress = Progress::open(order.progress.as_deref())?;
    let records = read(order.file.as_deref())?;
    let head = match order.format {
        Sheet::Csv => "index,state,id,trouble\r\n",
        Sheet::Json => "{\"result\":[",
        Sheet::Table | Sheet::Ndjson => "",
    };
    out.piece(head);
    let end = write(desk, out, bench, entry, order, progress, records).await;
    if order.format == Sheet::Json {
        out.piece("],\"next_cursor\":null}\n");
    }
    end
}

/// Writes the records; the answer has its head already.
async fn write(
    desk: &Desk,
    out: &Out,
    bench: &Bench,
    entry: &Entry,
    order: &UpsertOrder,
    mut progress: Progress,
    records: Records,
) -> Result<Exit, Failure> {
    let mut records = records.peekable();
    let _busy = desk.interrupt.busy();
    let _turn = desk.turn(out)?;
    let mut sums = Sums::default();
    let mut index = 0;
    loop {
        let mut batch = Vec::new();
        while batch.len() < order.batch as usize {
            // A new one goes by itself, so that what was sent is known one by one.
            if !batch.is_empty() && matches!(records.peek(), Some(Ok(next)) if is_new(next)) {
                break;
            }
            let Some(record) = records.next() else { break };
            let record =
                record.map_err(|why| Failure::File(format!("Record {index} is not JSON ({why}). {}", sums.words())))?;
            let mark = mark(&record);
            match progress.state(index, &mark)? {
                Known::Done => sums.known += 1,
                Known::Sent if is_new(&record) => {
                    let outcome = Outcome { index, state: Saved::Unknown, id: None, record: None, trouble: None };
                    show(out, order.format, &outcome, &mut sums);
                }
                Known::Sent | Known::New => batch.push((index, mark, record)),
            }
            index += 1;
            if batch.last().is_some_and(|(_, _, record)| is_new(record)) {
                break;
            }
        }
        if batch.is_empty() {
            break;
        }
        progress.note(batch.iter().map(|(index, mark, _)| json!({"index": index, "mark": mark, "state": "sent"})))?;
        let given = batch.iter().map(|(_, _, record)| record.clone()).collect();
        let mut outcomes = bench.sides.halo.save(entry, given, order.batch as usize).await;
        for outcome in &mut outcomes {
            outcome.index = batch[outcome.index].0;
        }
        progress.note(batch.iter().zip(&outcomes).map(|((index, mark, _), outcome)| {
            json!({"index": index, "mark": mark, "state": outcome.state.to_json(), "id": outcome.id})
        }))?;
        for outcome in &outcomes {
            show(out, order.format, outcome, &mut sums);
        }
        let blocked = outcomes.iter().any(|outcome| outcome.state == Saved::Left);
        if blocked || desk.interrupt.asked() {
            let how = match &order.progress {
                Some(path) => format!(" The same command with --progress {} goes on.", path.display()),
                None => String::new(),
            };
            out.note(&format!("Stopped before the end. {}{how}", sums.words()));
            return Ok(Exit::Part);
        }
    }
    out.note(&sums.words());
    Ok(match (sums.failed + sums.unknown, sums.done + sums.known) {
        (0, _) => Exit::Done,
        (_, 0) => Exit::Act,
        _ => Exit::Part,
    })
}

/// How many records ended how.
#[derive(Default)]
struct Sums {
    done: usize,
    known: usize,
    failed: usize,
    unknown: usize,
}

impl Sums {
    fn words(&self) -> String {
        let mut words = format!("{} stored, {} not stored", self.done, self.failed);
        if self.unknown > 0 {
            words.push_str(&format!(", {} perhaps stored: look before sending them again", self.unknown));
        }
        if self.known > 0 {
            words.push_str(&format!(", {} done before", self.known));
        }
        words + "."
    }
}

fn show(out: &Out, sheet: Sheet, outcome: &Outcome, sums: &mut Sums) {
    match outcome.state {
        Saved::Created | Saved::Updated => sums.done += 1,
        Saved::Unknown => sums.unknown += 1,
        Saved::Refused | Saved::Left => sums.failed += 1,
    }
    let id = outcome.id.map(|id| id.to_string()).unwrap_or_default();
    let why = outcome.trouble.as_ref().map(|trouble| trouble.sentence.clone()).unwrap_or_default();
    let state = outcome.state.to_json();
    let state = state.as_str().unwrap_or_default();
    match sheet {
        Sheet::Table => out.text(&format!("{:>6}  {state:8}  {id:>8}  {why}", outcome.index)),
        Sheet::Csv => {
            let why = sidelight::sync::export::quoted(&why);
            out.piece(&format!("{},{state},{id},{why}\r\n", outcome.index));
        }
        Sheet::Json | Sheet::Ndjson => {
            let line = json!({"index": outcome.index, "state": state, "id": outcome.id, "trouble": outcome.trouble});
            let several = sums.done + sums.unknown + sums.failed > 1;
            let before = if several && sheet == Sheet::Json { "," } else { "" };
            out.piece(&format!("{before}{line}\n"));
        }
    }
}

/// The records of a file or of standard input, one after another: an array, one object, or several.
type Records = Box<dyn Iterator<Item = Result<Value, String>>>;

fn read(file: Option<&Path>) -> Result<Records, Failure> {
    let wrong = |error: std::io::Error| Failure::File(format!("The records could not be read ({error})."));
    let mut input: Box<dyn BufRead> = match file {
        Some(path) if path != Path::new("-") => Box::new(BufReader::new(File::open(path).map_err(wrong)?)),
        _ => Box::new(BufReader::new(std::io::stdin())),
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
        None => Err(Failure::File("There are no records: the input is empty.".to_owned())),
        Some(b'[') => {
            let all: Vec<Value> = serde_json::from_reader(input).map_err(|error| {
                Failure::File(format!("The records are no JSON array ({error}). Nothing was sent."))
            })?;
            Ok(Box::new(all.into_iter().map(Ok)))
        }
        Some(_) => {
            let records = Deserializer::from_reader(input).into_iter::<Value>();
            Ok(Box::new(records.map(|record| record.map_err(|error| error.to_string()))))
        }
    }
}

/// What is known of a record from an earlier go.
enum Known {
    New,
    Sent,
    Done,
}

/// The file of what is done.
struct Progress {
    file: Option<File>,
    known: BTreeMap<usize, (String, String)>,
}

impl Progress {
    fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self { file: None, known: BTreeMap::new() }) };
        let wrong = |error: std::io::Error| Failure::File(format!("{} cannot be used ({error}).", path.display()));
        let file = OpenOptions::new().create(true).append(true).read(true).open(path).map_err(wrong)?;
        let mut known = BTreeMap::new();
        for line in BufReader::new(&file).lines() {
            // A line that was cut off in the middle says nothing.
            let Ok(line) = serde_json::from_str::<Value>(&line.map_err(wrong)?) else { continue };
            let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            if let Some(index) = line["index"].as_u64().and_then(|index| usize::try_from(index).ok()) {
                known.insert(index, (text("mark"), text("state")));
            }
        }
        Ok(Self { file: Some(file), known })
    }

    fn state(&self, index: usize, mark: &str) -> Result<Known, Failure> {
        match self.known.get(&index) {
            None => Ok(Known::New),
            Some((known, _)) if *known != mark => Err(Failure::File(format!(
                "Record {index} is not the one that the progress file knows. Give the same records, or name another file."
            ))),
            Some((_, state)) => Ok(match state.as_str() {
                "created" | "updated" => Known::Done,
                "sent" | "unknown" => Known::Sent,
                _ => Known::New,
            }),
        }
    }

    fn note(&mut self, lines: impl Iterator<Item = Value>) -> Result<(), Failure> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
        written.map_err(|error| Failure::File(format!("The progress could not be written down ({error}).")))
    }
}

/// What tells a record from another (FNV-1a over its JSON).
fn mark(record: &Value) -> String {
    let hash = record
        .to_string()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}
