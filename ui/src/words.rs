//! The words that several pages share.

use sidelight::assist::view::{DocumentKind, Standing, Tone};
use sidelight::halo::record::RecordKind;
use sidelight::settings::check::Grade;
use sidelight::sync::table::Outcome;
use sidelight::sync::view::{Action, Direction, RunState};
use sidelight::trouble::Trouble;
use sidelight::words::language;
use sidelight::{many, t};

use crate::clock;

/// Heading of a section.
pub fn section(kind: DocumentKind) -> String {
    match kind {
        DocumentKind::Asset => t!("Assets"),
        DocumentKind::Person => t!("People"),
        DocumentKind::Article => t!("Articles"),
        DocumentKind::Password => t!("Passwords"),
        DocumentKind::Process => t!("Processes"),
        DocumentKind::Website => t!("Websites"),
        DocumentKind::Expiration => t!("Expirations"),
    }
}

/// One document of a kind.
pub fn document(kind: DocumentKind) -> String {
    match kind {
        DocumentKind::Asset => t!("Asset"),
        DocumentKind::Person => t!("Person"),
        DocumentKind::Article => t!("Article"),
        DocumentKind::Password => t!("Password"),
        DocumentKind::Process => t!("Process"),
        DocumentKind::Website => t!("Website"),
        DocumentKind::Expiration => t!("Expiration"),
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
pub fn record(kind: RecordKind) -> String {
    match kind {
        RecordKind::Ticket => t!("Ticket"),
        RecordKind::Client => t!("Client"),
        RecordKind::Site => t!("Site"),
        RecordKind::User => t!("User"),
        RecordKind::Asset => t!("Asset"),
        RecordKind::Contract => t!("Contract"),
        RecordKind::Article => t!("Article"),
    }
}

/// Several Halo records of a kind.
pub fn records(kind: RecordKind) -> String {
    match kind {
        RecordKind::Ticket => t!("Tickets"),
        RecordKind::Client => t!("Clients"),
        RecordKind::Site => t!("Sites"),
        RecordKind::User => t!("Users"),
        RecordKind::Asset => t!("Assets"),
        RecordKind::Contract => t!("Contracts"),
        RecordKind::Article => t!("Articles"),
    }
}

/// How a step of a run ended, as a chip.
pub fn outcome(outcome: Outcome) -> (String, Tone) {
    match outcome {
        Outcome::Waiting => (t!("Not tried"), Tone::Plain),
        Outcome::Done => (t!("Done"), Tone::Good),
        Outcome::Skipped => (t!("Passed over"), Tone::Warn),
        Outcome::Failed => (t!("Failed"), Tone::Bad),
    }
}

/// The standing as a chip: words and tone; nothing where there is nothing to say.
pub fn standing(standing: &Standing) -> Option<(String, Tone)> {
    Some(match standing {
        Standing::InStep => (t!("In step with Halo"), Tone::Good),
        Standing::Differs { fields } => (many!(fields.len(), "{n} field differs", "{n} fields differ"), Tone::Warn),
        Standing::NotInHudu => (t!("Not in Hudu"), Tone::Warn),
        Standing::NeedsChoice => (t!("Choose a match"), Tone::Warn),
        Standing::Unknown { .. } => (t!("Not known"), Tone::Bad),
        Standing::NotApplicable => return None,
    })
}

/// What the primary button does for a kind of record; a ticket is never synced.
pub fn sync(kind: RecordKind) -> Option<String> {
    match kind {
        RecordKind::Ticket => None,
        RecordKind::Article => Some(t!("Refresh from Hudu")),
        _ => Some(t!("Sync to Hudu")),
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
pub fn action(action: Action) -> (String, Tone) {
    match action {
        Action::Create => (t!("Create"), Tone::Accent),
        Action::Update => (t!("Update"), Tone::Accent),
        Action::Link => (t!("Link"), Tone::Accent),
        Action::Archive => (t!("Archive"), Tone::Warn),
        Action::Unchanged => (t!("Nothing to do"), Tone::Good),
        Action::Conflict => (t!("Conflict"), Tone::Warn),
        Action::Ambiguous => (t!("Choose"), Tone::Warn),
        Action::Blocked => (t!("Blocked"), Tone::Bad),
        Action::Gone => (t!("Gone in Halo"), Tone::Plain),
    }
}

/// A run's state as a chip.
pub fn run(state: RunState) -> (String, Tone) {
    match state {
        RunState::Running => (t!("Working"), Tone::Accent),
        RunState::Done => (t!("Done"), Tone::Good),
        RunState::Paused => (t!("Paused"), Tone::Warn),
        RunState::Stopped => (t!("Stopped"), Tone::Bad),
        RunState::Part => (t!("Done in part"), Tone::Warn),
        RunState::Undone => (t!("Undone"), Tone::Plain),
    }
}

/// A grade of the connection check.
pub fn grade(grade: Grade) -> (String, Tone) {
    match grade {
        Grade::Good => (t!("Fine"), Tone::Good),
        Grade::Warn => (t!("Look at this"), Tone::Warn),
        Grade::Bad => (t!("Does not work"), Tone::Bad),
        Grade::Skipped => (t!("Not tried"), Tone::Plain),
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
    trouble.until.map(|until| t!("Trying again makes sense at {time}.", time = clock::time_of_day(until)))
}

/// A name inside of a sentence: English writes it small there.
pub fn inside(name: &str) -> String {
    if language() == "en" { name.to_lowercase() } else { name.to_owned() }
}

/// What is said after a value was copied, or was not.
pub fn copied(name: &str, worked: bool) -> String {
    if worked { t!("Copied {name}.", name) } else { t!("{name} could not be copied.", name) }
}

/// A section without documents.
pub fn none_of(kind: DocumentKind) -> String {
    match kind {
        DocumentKind::Asset => t!("No assets documented."),
        DocumentKind::Person => t!("No people documented."),
        DocumentKind::Article => t!("No articles documented."),
        DocumentKind::Password => t!("No passwords documented."),
        DocumentKind::Process => t!("No processes documented."),
        DocumentKind::Website => t!("No websites documented."),
        DocumentKind::Expiration => t!("No expirations documented."),
    }
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
