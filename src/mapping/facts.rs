//! Which facts a Halo record has: those that are built in, per kind, and how any of them is read.

use std::borrow::Cow;

use crate::halo::record::RecordKind;
use crate::hudu::field::FieldValue;
use crate::mapping::compare::show;
use crate::mapping::normal;
use crate::mapping::record::{FactValue, Source};
use crate::mapping::word::Word;
use crate::mark;
use crate::words::say;

/// Before the normalised label of an asset-type or custom field in a fact's key.
pub const OWN: &str = "field:";

/// What kind of value a fact holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Plain text; numbers, days and yes or no of custom fields come as text too.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    Check,
    /// HTML.
    RichText,
    /// A postal address in its parts.
    Address,
    /// Another Halo record.
    Record,
}

impl Holds {
    /// Of a value.
    pub fn of(value: &FactValue) -> Self {
        match value {
            FactValue::Record(..) => Holds::Record,
            FactValue::Plain(FieldValue::Number(_)) => Holds::Number,
            FactValue::Plain(FieldValue::Date(_)) => Holds::Date,
            FactValue::Plain(FieldValue::Check(_)) => Holds::Check,
            FactValue::Plain(FieldValue::Html(_)) => Holds::RichText,
            FactValue::Plain(FieldValue::Address(_)) => Holds::Address,
            FactValue::Plain(_) => Holds::Text,
        }
    }

    /// For a page: "text", "yes or no".
    pub fn words(self) -> &'static str {
        match self {
            Holds::Text => mark!("text"),
            Holds::Number => mark!("number"),
            Holds::Date => mark!("date"),
            Holds::Check => mark!("yes or no"),
            Holds::RichText => mark!("rich text"),
            Holds::Address => mark!("address"),
            Holds::Record => mark!("another record"),
        }
    }
}

/// A fact that every record of a kind may have.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Stable key.
    pub key: &'static str,
    /// Name in Halo.
    pub label: &'static str,
    /// Kind of value.
    pub holds: Holds,
    /// Kinds of record that have it.
    kinds: &'static [RecordKind],
    /// Labels by which people mean it, besides its own.
    meant: &'static [&'static str],
    /// Goes to a field of its name by itself; else only where it is connected by hand.
    by_name: bool,
}

const fn fact(
    key: &'static str,
    label: &'static str,
    holds: Holds,
    kinds: &'static [RecordKind],
    meant: &'static [&'static str],
) -> BuiltIn {
    BuiltIn { key, label, holds, kinds, meant, by_name: true }
}

const fn by_hand(key: &'static str, label: &'static str, holds: Holds, kinds: &'static [RecordKind]) -> BuiltIn {
    BuiltIn { key, label, holds, kinds, meant: &[], by_name: false }
}

use RecordKind::{Asset, Client, Contract, Site, User};

const EVERY: &[RecordKind] = &[Client, Site, User, Asset, Contract];
const HELD: &[RecordKind] = &[Site, User, Asset, Contract];

/// All of them. Where a label could mean two facts, the first one that the record has counts.
const BUILT_IN: [BuiltIn; 37] = [
    by_hand("name", mark!("Name"), Holds::Text, EVERY),
    by_hand("id", mark!("Halo ID"), Holds::Number, EVERY),
    by_hand("client", mark!("Client"), Holds::Text, HELD),
    fact("email", mark!("Email"), Holds::Text, &[User], &["e mail", "email address", "e mail address", "mail"]),
    fact(
        "phone",
        mark!("Phone"),
        Holds::Text,
        &[Client, Site, User],
        &["phone number", "telephone", "office phone", "desk phone", "work phone"],
    ),
    fact("mobile", mark!("Mobile"), Holds::Text, &[User], &["mobile phone", "mobile number", "cell", "cell phone"]),
    fact("home_phone", mark!("Home phone"), Holds::Text, &[User], &["home number"]),
    fact("job_title", mark!("Job title"), Holds::Text, &[User], &["title", "position", "role"]),
    fact("department", mark!("Department"), Holds::Text, &[User], &[]),
    fact("login", mark!("Login"), Holds::Text, &[User], &["username", "user name", "account", "network login"]),
    fact("vip", mark!("VIP"), Holds::Check, &[User], &["important", "important contact"]),
    fact("inactive", mark!("Inactive"), Holds::Check, EVERY, &["left", "disabled"]),
    fact("site", mark!("Site"), Holds::Record, &[User, Asset, Contract], &["location", "office"]),
    fact("user", mark!("User"), Holds::Record, &[Asset], &["assigned user", "assigned to", "owner", "person"]),
    fact("contract", mark!("Contract"), Holds::Record, &[Asset], &["covered by"]),
    fact("address", mark!("Address"), Holds::Address, &[Client, Site], &["site address"]),
    fact("main_contact", mark!("Main contact"), Holds::Record, &[Site], &["contact"]),
    fact("timezone", mark!("Time zone"), Holds::Text, &[Site], &["timezone"]),
    fact("tag", mark!("Asset tag"), Holds::Text, &[Asset], &["tag", "inventory number"]),
    fact(
        "serial",
        mark!("Serial"),
        Holds::Text,
        &[Asset],
        &["serial number", "serial no", "serial num", "service tag", "s n"],
    ),
    fact("manufacturer", mark!("Manufacturer"), Holds::Text, &[Asset], &["maker", "make", "vendor", "brand"]),
    fact("model", mark!("Model"), Holds::Text, &[Asset], &["model number", "model name", "type of model"]),
    fact("reference", mark!("Reference"), Holds::Text, &[Client, Contract], &["ref", "contract reference"]),
    fact(
        "type",
        mark!("Type"),
        Holds::Text,
        &[Client, Asset, Contract],
        &["asset type", "contract type", "customer type"],
    ),
    fact("group", mark!("Asset group"), Holds::Text, &[Asset], &["group"]),
    fact("status", mark!("Status"), Holds::Text, &[Asset, Contract], &["state"]),
    fact("start", mark!("Start date"), Holds::Date, &[Contract], &["start", "begin"]),
    fact(
        "end",
        mark!("End date"),
        Holds::Date,
        &[Contract],
        &["end", "expire", "expiry", "expiry date", "renewal date"],
    ),
    fact("warranty_start", mark!("Warranty start"), Holds::Date, &[Asset], &["warranty start date"]),
    fact(
        "warranty_end",
        mark!("Warranty end"),
        Holds::Date,
        &[Asset],
        &["warranty", "warranty end date", "warranty expiry", "warranty expiration", "warranty expire"],
    ),
    fact("supplier", mark!("Supplier"), Holds::Text, &[Asset], &[]),
    fact("sla", mark!("SLA"), Holds::Text, &[Contract], &["service level", "service level agreement"]),
    fact("value", mark!("Value"), Holds::Number, &[Contract], &["contract value", "charge", "amount"]),
    fact("website", mark!("Website"), Holds::Text, &[Client], &["web site", "url"]),
    fact("notes", mark!("Notes"), Holds::RichText, EVERY, &["note", "description", "comment"]),
    fact("link", mark!("Halo link"), Holds::Text, HELD, &["halo url", "link to halo", "halo"]),
    by_hand("toplevel", mark!("Top level"), Holds::Text, &[Client]),
];

/// The built-in facts of a kind.
pub fn built_in(kind: RecordKind) -> impl Iterator<Item = &'static BuiltIn> {
    BUILT_IN.iter().filter(move |fact| fact.kinds.contains(&kind))
}

/// The built-in fact of that key.
pub fn find(kind: RecordKind, key: &str) -> Option<&'static BuiltIn> {
    built_in(kind).find(|fact| fact.key == key)
}

/// Keys of the built-in facts that a place of this name means: those of that very label first.
pub fn meant(kind: RecordKind, label: &str) -> Vec<&'static str> {
    let wanted = normal::label(label);
    let named = |fact: &&BuiltIn| fact.by_name && (normal::label(fact.label) == wanted || fact.key == wanted);
    let words = |fact: &&BuiltIn| fact.by_name && fact.meant.iter().any(|word| normal::label(word) == wanted);
    let mut keys: Vec<&str> = built_in(kind).filter(named).map(|fact| fact.key).collect();
    for fact in built_in(kind).filter(words) {
        if !keys.contains(&fact.key) {
            keys.push(fact.key);
        }
    }
    keys
}

/// The name of a fact, for a page.
pub fn label(kind: RecordKind, key: &str) -> String {
    let own = || key.strip_prefix(OWN).unwrap_or(key).to_owned();
    find(kind, key).map_or_else(own, |fact| say(fact.label))
}

/// The value of a fact, those among them that are members of the source itself.
pub fn value<'a>(source: &'a Source, key: &Word) -> Option<Cow<'a, FactValue>> {
    if let Some(fact) = source.facts.iter().find(|fact| fact.key == *key) {
        return Some(Cow::Borrowed(&fact.value));
    }
    let text = |text: &str| (!text.trim().is_empty()).then(|| FieldValue::Text(text.to_owned()));
    let own = match key.as_str() {
        "id" => Some(FieldValue::Number(source.record.id.to_string())),
        "name" => text(&source.name),
        "client" => source.client_name.as_deref().and_then(text),
        "type" => source.type_name.as_deref().and_then(text),
        "group" => source.group_name.as_deref().and_then(text),
        "inactive" => Some(FieldValue::Check(source.inactive)),
        _ => None,
    };
    own.map(|value| Cow::Owned(FactValue::Plain(value)))
}

/// The fact as one text, as a person reads it.
pub fn text(source: &Source, key: &Word) -> Option<String> {
    // The name that Halo shows, not the one that the template makes.
    if *key == "name" {
        return Some(source.name.clone());
    }
    match value(source, key)?.as_ref() {
        FactValue::Plain(value) => show(value),
        FactValue::Record(_, name) => Some(name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_means_the_fact_of_that_name_before_the_others() {
        assert_eq!(meant(RecordKind::Asset, "Serial Number"), ["serial"]);
        assert_eq!(meant(RecordKind::User, "Titles"), ["job_title"]);
        assert_eq!(meant(RecordKind::Site, "Contact"), ["main_contact"]);
        assert_eq!(meant(RecordKind::Asset, "E-mail"), [""; 0]);
        assert_eq!(meant(RecordKind::Contract, "Expires"), ["end"]);
        assert_eq!(meant(RecordKind::Asset, "Name"), [""; 0]);
    }

    #[test]
    fn each_fact_stands_once() {
        for (place, one) in BUILT_IN.iter().enumerate() {
            assert!(BUILT_IN[place + 1..].iter().all(|other| other.key != one.key), "{}", one.key);
        }
    }
}
