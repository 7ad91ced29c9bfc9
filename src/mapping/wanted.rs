//! What the target should hold for a Halo record: one list of wanted values, by slot.

use crate::halo::record::{RecordKind, RecordRef};
use crate::http::date;
use crate::hudu::field::{Address, FieldValue};
use crate::mapping::compare::show;
use crate::mapping::normal;
use crate::mapping::record::{Fact, FactValue, HALO_ID, LayoutField, LayoutShape, Slot, Source};
use crate::mapping::word::Word;
use crate::settings::{Policy, SyncSettings};

/// A value that the mapping wants in a slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Where.
    pub slot: Slot,
    /// Name of the place in the target's words.
    pub label: Word,
    /// What; never empty.
    pub value: FieldValue,
    /// Who wins.
    pub policy: Policy,
}

/// What a Halo record of another kind is in Hudu, where that is known.
pub type Known<'a> = &'a dyn Fn(RecordRef) -> Option<(i64, String)>;

/// The wanted values of a company.
pub fn company(client: &Source, settings: &SyncSettings) -> Vec<Wanted> {
    const ROWS: [(&str, &str, &str); 5] = [
        ("name", "name", "Name"),
        ("phone", "phone_number", "Phone"),
        ("website", "website", "Website"),
        ("type", "company_type", "Type"),
        ("notes", "notes", "Notes"),
    ];
    let mut wanted = Vec::new();
    for (fact, attribute, label) in ROWS {
        let value = match client.fact(fact) {
            Some(FactValue::Plain(value)) => value.clone(),
            _ if fact == "name" => FieldValue::Text(client.name.clone()),
            _ => continue,
        };
        let value = match (attribute, value) {
            ("website", FieldValue::Text(typed)) => FieldValue::Text(with_scheme(&typed)),
            (_, value) => value,
        };
        let default = if fact == "notes" { Policy::OnlyIfEmpty } else { Policy::HaloWins };
        push(&mut wanted, settings, client, Slot::attribute(attribute), label, value, default);
    }
    if let Some(FactValue::Plain(FieldValue::Address(address))) = client.fact("address") {
        for (attribute, label, part) in address_parts(address) {
            let value = FieldValue::Text(part.clone());
            push(&mut wanted, settings, client, Slot::attribute(attribute), label, value, Policy::HaloWins);
        }
    }
    if settings.id_number {
        let value = FieldValue::Text(client.record.id.to_string());
        push(&mut wanted, settings, client, Slot::attribute("id_number"), "ID number", value, Policy::HaloWins);
    }
    wanted
}

fn address_parts(address: &Address) -> [(&'static str, &'static str, &String); 6] {
    [
        ("address_line_1", "Address line 1", &address.line1),
        ("address_line_2", "Address line 2", &address.line2),
        ("city", "City", &address.city),
        ("state", "State", &address.state),
        ("zip", "Postal code", &address.zip),
        ("country_name", "Country", &address.country),
    ]
}

/// The wanted values of an asset in this layout: name, the primary members, each layout field for
/// which Halo has a fact of that meaning (or of the same name) and a fitting type, and the Halo id.
pub fn asset(source: &Source, layout: &LayoutShape, settings: &SyncSettings, known: Known) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    let name = FieldValue::Text(source.name.clone());
    push(&mut wanted, settings, source, Slot::attribute("name"), "Name", name, Policy::HaloWins);
    const PRIMARY: [(&str, &str, &str); 4] = [
        ("serial", "primary_serial", "Primary serial"),
        ("email", "primary_mail", "Primary e-mail"),
        ("manufacturer", "primary_manufacturer", "Primary manufacturer"),
        ("model", "primary_model", "Primary model"),
    ];
    for (fact, attribute, label) in PRIMARY {
        if let Some(FactValue::Plain(value)) = source.fact(fact) {
            push(&mut wanted, settings, source, Slot::attribute(attribute), label, value.clone(), Policy::HaloWins);
        }
    }
    for field in &layout.fields {
        if field.label.trim().eq_ignore_ascii_case(HALO_ID) {
            let id = FieldValue::Text(source.record.id.to_string());
            wanted.push(Wanted {
                slot: Slot::field(&field.label),
                label: Word::of(&field.label),
                value: if field.kind == "Number" { FieldValue::Number(source.record.id.to_string()) } else { id },
                policy: Policy::HaloWins,
            });
            continue;
        }
        let Some(fact) = fact_for(source, &field.label) else { continue };
        let Some(value) = convert(fact, field, known) else { continue };
        let default = if fact.key == "notes" { Policy::OnlyIfEmpty } else { Policy::HaloWins };
        push(&mut wanted, settings, source, Slot::field(&field.label), &field.label, value, default);
    }
    wanted
}

fn push(
    wanted: &mut Vec<Wanted>,
    settings: &SyncSettings,
    source: &Source,
    slot: Slot,
    label: &str,
    value: FieldValue,
    default: Policy,
) {
    let key = slot.key();
    let policy = settings
        .policies
        .iter()
        .find(|(kind, field, _)| *kind == source.record.kind && key == *field)
        .map_or(default, |(_, _, policy)| *policy);
    if show(&value).is_some() && policy != Policy::Never {
        wanted.push(Wanted { slot, label: label.into(), value, policy });
    }
}

/// Words by which people label a field, and the fact that is meant.
const MEANINGS: [(&str, &[&str]); 20] = [
    ("email", &["email", "e mail", "email address", "e mail address", "mail"]),
    ("phone", &["phone", "phone number", "telephone", "office phone", "desk phone", "work phone"]),
    ("mobile", &["mobile", "mobile phone", "mobile number", "cell", "cell phone"]),
    ("job_title", &["title", "job title", "position", "role"]),
    ("department", &["department"]),
    ("login", &["login", "username", "user name", "account", "network login"]),
    ("vip", &["vip", "important", "important contact"]),
    ("inactive", &["inactive", "left", "disabled"]),
    ("site", &["site", "location", "office"]),
    ("user", &["user", "assigned user", "assigned to", "owner", "person"]),
    ("address", &["address", "site address"]),
    ("main_contact", &["main contact", "contact"]),
    ("timezone", &["time zone", "timezone"]),
    ("notes", &["note", "description", "comment"]),
    ("link", &["halo link", "halo url", "link to halo", "halo"]),
    ("type", &["type", "asset type", "contract type"]),
    ("start", &["start", "start date", "begins"]),
    ("end", &["end", "end date", "expires", "expiry", "renewal date"]),
    ("warranty_end", &["warranty", "warranty end", "warranty end date", "warranty expiry", "warranty expiration"]),
    ("warranty_start", &["warranty start", "warranty start date"]),
];

/// The fact for a layout field: an asset-type or custom field of the same name first, then the fact
/// that people mean by such a label, then the fact of that very key.
fn fact_for<'a>(source: &'a Source, label: &str) -> Option<&'a Fact> {
    let wanted = normal::label(label);
    let own = source.facts.iter().find(|fact| normal::label(&fact.label) == wanted);
    own.or_else(|| {
        let (key, _) = MEANINGS.iter().find(|(_, words)| words.iter().any(|word| normal::label(word) == wanted))?;
        source.facts.iter().find(|fact| fact.key == *key)
    })
}

/// The fact in the field's type; `None` where the types do not fit.
fn convert(fact: &Fact, field: &LayoutField, known: Known) -> Option<FieldValue> {
    let plain = match (&fact.value, field.kind.as_str()) {
        (FactValue::Record(record, _), "AssetTag") => {
            let (id, name) = known(*record)?;
            return Some(FieldValue::Assets(vec![(id, name)]));
        }
        (FactValue::Record(_, name), _) => FieldValue::Text(name.clone()),
        (FactValue::Plain(value), _) => value.clone(),
    };
    let text = show(&plain)?;
    match field.kind.as_str() {
        "Text" | "Phone" | "Email" => match plain {
            FieldValue::Check(_) | FieldValue::Secret => None,
            _ => Some(FieldValue::Text(text)),
        },
        "Website" => Some(FieldValue::Text(with_scheme(&text))),
        "RichText" => match plain {
            FieldValue::Html(html) => Some(FieldValue::Html(html)),
            FieldValue::Check(_) | FieldValue::Secret => None,
            _ => Some(FieldValue::Html(paragraphs(&text))),
        },
        "Number" => whole_number(&text).map(FieldValue::Number),
        "Date" => match plain {
            FieldValue::Date(day) => Some(FieldValue::Date(day)),
            FieldValue::Text(text) => day(&text).map(FieldValue::Date),
            _ => None,
        },
        "CheckBox" => match plain {
            FieldValue::Check(set) => Some(FieldValue::Check(set)),
            FieldValue::Text(text) => yes_or_no(&text).map(FieldValue::Check),
            _ => None,
        },
        "Dropdown" | "DropDown" => option(&text, &field.options).map(FieldValue::Text),
        "ListSelect" => option(&text, &field.options).map(|item| FieldValue::Items(vec![item])),
        "AddressData" => match plain {
            FieldValue::Address(address) => Some(FieldValue::Address(address)),
            _ => None,
        },
        _ => None,
    }
}

/// An option of the field that reads the same; anything goes only where no options are known.
fn option(text: &str, options: &[String]) -> Option<String> {
    options.iter().find(|option| option.trim().eq_ignore_ascii_case(text.trim())).cloned()
}

/// Hudu's number fields take whole numbers only.
fn whole_number(text: &str) -> Option<String> {
    let number = text.trim().replace(',', "");
    let whole = number.strip_suffix(".0").unwrap_or(&number);
    whole.parse::<i64>().ok().map(|n| n.to_string())
}

fn day(text: &str) -> Option<String> {
    let day = text.trim().get(..10)?;
    date::day_number(day).map(|_| day.to_owned())
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "1" | "on" => Some(true),
        "no" | "false" | "0" | "off" => Some(false),
        _ => None,
    }
}

fn with_scheme(text: &str) -> String {
    let text = text.trim();
    if text.contains("://") || text.is_empty() { text.to_owned() } else { format!("https://{text}") }
}

/// Plain text as HTML paragraphs, escaped.
pub fn paragraphs(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let line = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("<p>{line}</p>")
        })
        .collect()
}

/// Facts that may tell a record apart, in the spelling in which they are compared.
pub fn key_text(source: &Source, key: crate::settings::MatchKey) -> String {
    use crate::settings::MatchKey;
    match key {
        MatchKey::Email => normal::email(source.text("email").unwrap_or_default()),
        MatchKey::Serial => normal::serial(source.text("serial").unwrap_or_default()),
        MatchKey::Tag => normal::serial(source.text("tag").unwrap_or(&source.name)),
        MatchKey::Reference => normal::text(source.text("reference").unwrap_or(&source.name)).to_lowercase(),
        MatchKey::Name if source.record.kind == RecordKind::Client => normal::name(&source.name),
        MatchKey::Name => normal::words(&source.name).join(" "),
    }
}
