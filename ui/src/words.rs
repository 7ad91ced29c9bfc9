//! The words that several pages share, in one place so that they can be translated.

use sidelight::assist::view::{DocumentKind, Standing, Tone};
use sidelight::halo::record::RecordKind;
use sidelight::settings::check::Grade;
use sidelight::sync::table::Outcome;
use sidelight::sync::view::{Action, Direction, RunState};
use sidelight::trouble::Trouble;

use crate::clock;

/// Heading of a section.
pub fn section(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Asset => "Assets",
        DocumentKind::Person => "People",
        DocumentKind::Article => "Articles",
        DocumentKind::Password => "Passwords",
        DocumentKind::Process => "Processes",
        DocumentKind::Website => "Websites",
        DocumentKind::Expiration => "Expirations",
    }
}

/// One document of a kind.
pub fn document(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Asset => "Asset",
        DocumentKind::Person => "Person",
        DocumentKind::Article => "Article",
        DocumentKind::Password => "Password",
        DocumentKind::Process => "Process",
        DocumentKind::Website => "Website",
        DocumentKind::Expiration => "Expiration",
    }
}

/// The name of a kind of document in identifiers of elements.
pub fn document_key(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Asset => "asset",
        DocumentKind::Person => "person",
        DocumentKind::Article => "article",
        DocumentKind::Password => "password",
        DocumentKind::Process => "process",
        DocumentKind::Website => "website",
        DocumentKind::Expiration => "expiration",
    }
}

/// A Halo record's kind as a heading.
pub fn record(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Ticket => "Ticket",
        RecordKind::Client => "Client",
        RecordKind::Site => "Site",
        RecordKind::User => "User",
        RecordKind::Asset => "Asset",
        RecordKind::Contract => "Contract",
        RecordKind::Article => "Article",
    }
}

/// Several Halo records of a kind.
pub fn records(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Ticket => "Tickets",
        RecordKind::Client => "Clients",
        RecordKind::Site => "Sites",
        RecordKind::User => "Users",
        RecordKind::Asset => "Assets",
        RecordKind::Contract => "Contracts",
        RecordKind::Article => "Articles",
    }
}

/// How a step of a run ended, as a chip.
pub fn outcome(outcome: Outcome) -> (&'static str, Tone) {
    match outcome {
        Outcome::Waiting => ("Not tried", Tone::Plain),
        Outcome::Done => ("Done", Tone::Good),
        Outcome::Skipped => ("Passed over", Tone::Warn),
        Outcome::Failed => ("Failed", Tone::Bad),
    }
}

/// The standing as a chip: words and tone; nothing where there is nothing to say.
pub fn standing(standing: &Standing) -> Option<(String, Tone)> {
    Some(match standing {
        Standing::InStep => ("In step with Halo".to_owned(), Tone::Good),
        Standing::Differs { fields } => (count(fields.len(), "field differs", "fields differ"), Tone::Warn),
        Standing::NotInHudu => ("Not in Hudu".to_owned(), Tone::Warn),
        Standing::NeedsChoice => ("Choose a match".to_owned(), Tone::Warn),
        Standing::Unknown { .. } => ("Not known".to_owned(), Tone::Bad),
        Standing::NotApplicable => return None,
    })
}

/// What the primary button does for a kind of record; a ticket is never synced.
pub fn sync(kind: RecordKind) -> Option<&'static str> {
    match kind {
        RecordKind::Ticket => None,
        RecordKind::Article => Some("Refresh from Hudu"),
        _ => Some("Sync to Hudu"),
    }
}

/// The product that a plan writes to.
pub fn target(direction: Direction) -> &'static str {
    match direction {
        Direction::ToHudu => "Hudu",
        Direction::ToHalo => "Halo",
    }
}

/// A plan item's action as a chip.
pub fn action(action: Action) -> (&'static str, Tone) {
    match action {
        Action::Create => ("Create", Tone::Accent),
        Action::Update => ("Update", Tone::Accent),
        Action::Link => ("Link", Tone::Accent),
        Action::Archive => ("Archive", Tone::Warn),
        Action::Unchanged => ("Nothing to do", Tone::Good),
        Action::Conflict => ("Conflict", Tone::Warn),
        Action::Ambiguous => ("Choose", Tone::Warn),
        Action::Blocked => ("Blocked", Tone::Bad),
        Action::Gone => ("Gone in Halo", Tone::Plain),
    }
}

/// A run's state as a chip.
pub fn run(state: RunState) -> (&'static str, Tone) {
    match state {
        RunState::Running => ("Working", Tone::Accent),
        RunState::Done => ("Done", Tone::Good),
        RunState::Paused => ("Paused", Tone::Warn),
        RunState::Stopped => ("Stopped", Tone::Bad),
        RunState::Part => ("Done in part", Tone::Warn),
        RunState::Undone => ("Undone", Tone::Plain),
    }
}

/// A grade of the connection check.
pub fn grade(grade: Grade) -> (&'static str, Tone) {
    match grade {
        Grade::Good => ("Fine", Tone::Good),
        Grade::Warn => ("Look at this", Tone::Warn),
        Grade::Bad => ("Does not work", Tone::Bad),
        Grade::Skipped => ("Not tried", Tone::Plain),
    }
}

/// The style class of a tone.
pub fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Accent => "accent",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
    }
}

/// "1 field differs", "2 fields differ".
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A number as the reader writes it ("1,204").
pub fn number(number: usize) -> String {
    js_sys::Number::from(number as f64).to_locale_string(&clock::language()).into()
}

/// [`count`] with the number as the reader writes it.
pub fn many(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", self::number(number), if number == 1 { one } else { many })
}

/// When trying again makes sense, where the trouble knows it.
pub fn until(trouble: &Trouble) -> Option<String> {
    trouble.until.map(|until| format!("Trying again makes sense at {}.", clock::time_of_day(until)))
}

/// Two letters that stand for a name.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| !letter.is_ascii() || letter.is_ascii_alphanumeric()));
    let first = words.next();
    let second = words.next();
    first.into_iter().chain(second).flat_map(char::to_uppercase).collect()
}
