//! Which record of HaloITSM a link in Hudu means: the record that the linked asset stands for, else the only one of
//! that name at the same client.

use std::collections::BTreeMap;

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::FieldValue;
use crate::mapping::normal;
use crate::sync::matching::halo_id;
use crate::sync::plan::Target;
use crate::sync::survey::Both;
use crate::sync::view::Action;
use crate::t;
use crate::words::say;

/// Users and sites of HaloITSM, by what they are in Hudu and by name.
pub(super) struct Others<'a> {
    by_asset: BTreeMap<i64, RecordRef>,
    by_name: BTreeMap<(RecordKind, i64, String), Vec<i64>>,
    both: &'a Both,
}

impl<'a> Others<'a> {
    /// Looks at every record once.
    pub(super) fn new(both: &'a Both) -> Self {
        let (mut by_asset, mut by_name) = (BTreeMap::new(), BTreeMap::<_, Vec<i64>>::new());
        for item in both.plan.items.iter().filter(|item| item.action != Action::Ambiguous) {
            if let (Some(record), Target::Asset { id: Some(id), .. }) = (item.record, &item.target) {
                by_asset.insert(*id, record);
            }
        }
        for source in both.sources.iter().filter(|source| !source.inactive) {
            let key = (source.record.kind, source.client.unwrap_or_default(), normal::spaced(&source.name));
            by_name.entry(key).or_default().push(source.record.id);
        }
        Self { by_asset, by_name, both }
    }

    /// The record that is meant; the error is a sentence.
    pub(super) fn find(
        &self,
        kind: RecordKind,
        client: Option<i64>,
        value: FieldValue,
        name: &str,
    ) -> Result<i64, String> {
        let word = kind.word();
        if let FieldValue::Assets(links) = &value {
            let [(asset, _)] = links.as_slice() else {
                return Err(t!(
                    "Hudu links to several ({name}), and HaloITSM takes one {word}.",
                    name,
                    word = say(word)
                ));
            };
            let carried = || {
                let asset = self.both.assets.iter().find(|one| one.id == *asset)?;
                halo_id(asset, kind)
            };
            if let Some(record) =
                self.by_asset.get(asset).copied().or_else(carried).filter(|record| record.kind == kind)
            {
                let of = self.both.sources.iter().find(|source| source.record == record);
                return match of {
                    Some(source) if source.client == client => Ok(record.id),
                    _ => Err(t!("The {word} “{name}” is of another client.", word = say(word), name)),
                };
            }
        }
        match self.by_name.get(&(kind, client.unwrap_or_default(), normal::spaced(name))).map(Vec::as_slice) {
            Some([one]) => Ok(*one),
            Some(_) => Err(t!("Its client has several {words} “{name}”.", words = say(&format!("{word}s")), name)),
            None => Err(t!("Its client has no {word} “{name}” in HaloITSM.", word = say(word), name)),
        }
    }
}
