//! Names made of facts: `{tag} {model}`.

use std::borrow::Cow;

use crate::halo::record::RecordKind;
use crate::mapping::facts;
use crate::mapping::record::Source;
use crate::mapping::word::Word;
use crate::settings::SyncSettings;

/// The record's name in Hudu: an asset's by the template of the settings, any other's as it is.
pub fn name_of<'a>(source: &'a Source, settings: &SyncSettings) -> Cow<'a, str> {
    if source.record.kind != RecordKind::Asset || settings.asset_name.trim() == "{name}" {
        return Cow::Borrowed(&source.name);
    }
    fill(&settings.asset_name, source).map_or(Cow::Borrowed(source.name.as_str()), Cow::Owned)
}

/// The text with the facts in place of the braces. Facts that the record lacks leave no gap and no
/// separator at either end; `None` where nothing but those is left.
fn fill(template: &str, source: &Source) -> Option<String> {
    let mut name = String::new();
    let mut filled = false;
    for part in parts(template).ok()? {
        match part {
            Part::Plain(text) => name.push_str(text),
            Part::Fact(key) => {
                if let Some(text) = facts::text(source, &key) {
                    name.push_str(&text);
                    filled = true;
                }
            }
        }
    }
    let folded = name.split_whitespace().collect::<Vec<_>>().join(" ").replace("()", "").replace("[]", "");
    let bare = folded.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|' | '/' | ',' | ':'));
    (filled && !bare.is_empty()).then(|| bare.to_owned())
}

/// What is wrong with the template, as a sentence.
pub fn problem(template: &str, kind: RecordKind) -> Option<String> {
    let parts = match parts(template) {
        Ok(parts) => parts,
        Err(sentence) => return Some(sentence),
    };
    let keys: Vec<&Word> =
        parts.iter().filter_map(|part| if let Part::Fact(key) = part { Some(key) } else { None }).collect();
    if keys.is_empty() {
        return Some(format!(
            "The name template needs at least one fact in braces, or every {} gets the same name.",
            kind.word()
        ));
    }
    let unknown = keys.into_iter().find(|key| facts::find(kind, key).is_none() && !key.starts_with(facts::OWN))?;
    Some(format!(
        "The name template asks for {{{unknown}}}, which no {} has. Own fields are written {{field:name}}.",
        kind.word()
    ))
}

/// Keys of the facts that the template asks for.
pub fn keys(template: &str) -> Vec<Word> {
    let parts = parts(template).unwrap_or_default();
    parts.into_iter().filter_map(|part| if let Part::Fact(key) = part { Some(key) } else { None }).collect()
}

enum Part<'a> {
    Plain(&'a str),
    Fact(Word),
}

fn parts(template: &str) -> Result<Vec<Part<'_>>, String> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (key, after) = after.split_once('}').ok_or("The name template has a brace that is not closed.")?;
        parts.push(Part::Plain(before));
        parts.push(Part::Fact(Word::of(&key.trim().to_lowercase())));
        rest = after;
    }
    if rest.contains('}') {
        return Err("The name template has a brace that is not opened.".to_owned());
    }
    parts.push(Part::Plain(rest));
    Ok(parts)
}
