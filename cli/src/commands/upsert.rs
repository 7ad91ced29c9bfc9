//! `sidelight halo RESOURCE upsert`: records from a file or standard input, in batches, with a result for
//! each, and a file of what is done so that nothing is lost or doubled half-way.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde_json::{Value, json};
use sidelight::halo::catalogue::Entry;
use sidelight::halo::records::{Outcome, Saved, is_new};
use sidelight::json::Json;
use sidelight::tools::Bench;
use sidelight::trouble::{Explain, Trouble};

use super::input::{Broken, Input};
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
    let mut input = Input::open(order.file.as_deref());
    let _busy = desk.interrupt.busy();
    let first = desk.interrupt.unless(input.peek()).await;
    if let Some(Some(Err(Broken::Input(_)))) = first
        && let Some(Err(Broken::Input(failure))) = input.take()
    {
        return Err(failure);
    }
    let head = match order.format {
        Sheet::Csv => "index,state,id,trouble\r\n",
        Sheet::Json => "{\"result\":[",
        Sheet::Table | Sheet::Ndjson => "",
    };
    out.piece(head);
    let sums = Sums::default();
    let end =
        Import { desk, out, bench, entry, order, progress, input, sums, index: 0, blocked: None }.carry_out().await;
    if order.format == Sheet::Json {
        out.piece("],\"next_cursor\":null}\n");
    }
    end
}

/// Records that are sent at once: place, mark, the record.
type Batch = Vec<(usize, String, Value)>;

/// One import on its way.
struct Import<'a> {
    desk: &'a Desk,
    out: &'a Out,
    bench: &'a Bench,
    entry: &'a Entry,
    order: &'a UpsertOrder,
    progress: Progress,
    input: Input,
    sums: Sums,
    /// Place of the next record.
    index: usize,
    /// What stands in the way of all that is left.
    blocked: Option<Trouble>,
}

impl Import<'_> {
    /// Writes the records, and tells how that ended.
    async fn carry_out(mut self) -> Result<Exit, Failure> {
        let end = self.write().await;
        let whole = matches!(end, Ok(true)) && self.blocked.is_none();
        let begin = if whole { "" } else { "Stopped before the end. " };
        let how = match &self.order.progress {
            Some(path) if !whole => format!(" The same command with --progress {} goes on.", path.display()),
            _ => String::new(),
        };
        self.out.note(&format!("{begin}{}{how}", self.sums.words()));
        let stored = self.sums.done + self.sums.known;
        Ok(match end {
            Err(failure) if stored == 0 => return Err(failure),
            Err(failure) => {
                self.out.failure(&failure.sentence());
                Exit::Part
            }
            Ok(false) => Exit::Part,
            Ok(true) if self.sums.failed + self.sums.unknown == 0 => Exit::Done,
            Ok(true) if stored == 0 => Exit::Act,
            Ok(true) => Exit::Part,
        })
    }

    /// Says whether it came to the end; else the person wants to stop.
    async fn write(&mut self) -> Result<bool, Failure> {
        let Some(turn) = self.desk.interrupt.unless(self.desk.turn_soon(self.out)).await else { return Ok(false) };
        let _turn = turn?;
        loop {
            let mut batch = Vec::new();
            let last = self.fill(&mut batch).await;
            if matches!(last, Ok(None)) {
                return Ok(false);
            }
            // What came before something that cannot be read is sent all the same.
            self.send(batch).await?;
            match last? {
                Some(true) => return Ok(true),
                _ if self.desk.interrupt.asked() => return Ok(false),
                _ => {}
            }
        }
    }

    /// Reads what is sent at once. Says whether it is the last; nothing where the person wants to stop.
    async fn fill(&mut self, batch: &mut Batch) -> Result<Option<bool>, Failure> {
        while batch.len() < self.order.batch as usize {
            let Some(next) = self.desk.interrupt.unless(self.input.peek()).await else { return Ok(None) };
            // A new one goes by itself, so that what was sent is known one by one.
            if !batch.is_empty() && matches!(next, Some(Ok(next)) if is_new(next)) {
                break;
            }
            let record = match self.input.take() {
                None => return Ok(Some(true)),
                Some(Ok(record)) => record,
                Some(Err(Broken::Input(failure))) => return Err(failure),
                Some(Err(Broken::Record(why))) => {
                    let index = self.index;
                    let rest = format!("Neither the record with the index {index} nor what comes after it was sent.");
                    return Err(Failure::File(format!("{why} {rest}")));
                }
            };
            let mark = mark(&record);
            let known = self.progress.state(self.index, &mark).inspect_err(|_| batch.clear())?;
            let new = is_new(&record);
            match known {
                Known::Done => self.sums.known += 1,
                Known::Sent if new => self.show(&outcome(self.index, Saved::Unknown, None)),
                Known::Sent | Known::New => batch.push((self.index, mark, record)),
            }
            self.index += 1;
            if new && !batch.is_empty() {
                break;
            }
        }
        Ok(Some(false))
    }

    /// Sends a batch, where nothing stands in the way.
    async fn send(&mut self, batch: Batch) -> Result<(), Failure> {
        if batch.is_empty() {
            return Ok(());
        }
        if self.blocked.is_some() {
            for (index, _, record) in &batch {
                let id = record.get("id").and_then(Value::as_i64);
                self.show(&Outcome { id, ..outcome(*index, Saved::Left, self.blocked.clone()) });
            }
            return Ok(());
        }
        let sent = batch.iter().map(|(index, mark, _)| json!({"index": index, "mark": mark, "state": "sent"}));
        self.progress.note(sent)?;
        let given = batch.iter().map(|(_, _, record)| record.clone()).collect();
        let mut outcomes = self.bench.sides.halo.save(self.entry, given, self.order.batch as usize).await;
        for outcome in &mut outcomes {
            outcome.index = batch[outcome.index].0;
        }
        let told = self.progress.note(batch.iter().zip(&outcomes).map(|((index, mark, _), outcome)| {
            json!({"index": index, "mark": mark, "state": outcome.state.to_json(), "id": outcome.id})
        }));
        for outcome in &outcomes {
            self.show(outcome);
        }
        told?;
        let left = outcomes.into_iter().find(|outcome| outcome.state == Saved::Left);
        self.blocked = left.and_then(|outcome| outcome.trouble);
        Ok(())
    }

    fn show(&mut self, outcome: &Outcome) {
        show(self.out, self.order.format, outcome, &mut self.sums);
    }
}

fn outcome(index: usize, state: Saved, trouble: Option<Trouble>) -> Outcome {
    Outcome { index, state, id: None, record: None, trouble }
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
