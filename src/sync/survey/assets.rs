//! Assets with the fields of their types. Lists tell these only of one type at a time ("must also specify
//! the URL parameter 'assettype_id'"), while the list of all types alone says which assets there are. So its
//! first page is read, then each type by itself until all came that the list counts: a request more than there
//! are pages. Where there are more types than pages, the list is read to its end first, and only types that
//! occur are asked for. A tenant that tells fields without being asked for a type is read once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::halo::record::RecordKind;
use crate::halo::{model, resource};
use crate::http::Record;
use crate::http::raw::read;
use crate::mapping::from_halo;
use crate::mapping::record::{LayoutShape, Source};
use crate::sync::error::SyncError;
use crate::sync::survey::details::{Details, Listed};
use crate::sync::survey::halo::Base;
use crate::sync::survey::lists::{CUSTOM, Lists};
use crate::t;

const NAME: &str = "assets in HaloITSM";
const EXTRA: [(&str, &str); 3] = [CUSTOM, ("includeassetfields", "true"), ("includeuser", "true")];
/// The copies of an asset's key fields, which every row has, and their names on its type.
const KEYS: [(&str, &str); 3] =
    [("key_field", "keyfield_name"), ("key_field2", "keyfield2_name"), ("key_field3", "keyfield3_name")];

/// Hands over assets, each once.
struct Hand<'a> {
    lists: &'a Lists<'a>,
    layouts: &'a [LayoutShape],
    base: &'a mut Base,
    add: &'a mut dyn FnMut(Source),
    /// Types by id.
    types: BTreeMap<i64, Value>,
    details: Option<Details<'a>>,
    begun: bool,
    /// Ids of the assets that were handed over.
    done: BTreeSet<i64>,
    /// Pages of the list of all types, and how many it has.
    list: (usize, Option<usize>),
    /// Pages of lists of one type.
    pages: usize,
}

impl Lists<'_> {
    /// Hands over assets with their fields, the group of their type and the id of their user.
    pub(super) async fn assets(
        &self,
        base: &mut Base,
        layouts: &[LayoutShape],
        add: &mut dyn FnMut(Source),
    ) -> Result<(), SyncError> {
        let types = self.names(resource::ASSET_TYPE).await?;
        let types: BTreeMap<i64, Value> = types.into_iter().filter_map(|one| Some((id_in(&one, "id")?, one))).collect();
        let (done, details) = (BTreeSet::new(), None);
        let mut hand =
            Hand { lists: self, layouts, base, add, types, details, begun: false, done, list: (0, None), pages: 0 };
        let mut reading = self.read(resource::ASSET, &EXTRA);
        let (mut told, mut held, mut open) = (false, Vec::new(), false);
        while let Some(rows) = reading.next().await? {
            told |= rows.iter().any(has_fields);
            held.extend(rows);
            if told {
                hand.over(std::mem::take(&mut held), true).await?;
                continue;
            }
            let met: BTreeSet<i64> = held.iter().filter_map(type_of).collect();
            let unmet = hand.types.keys().filter(|id| !met.contains(id)).count();
            hand.list = reading.progress();
            let many = hand.list.1.is_some_and(|all| all > hand.list.0 + unmet);
            open = many && self.clients.is_empty() && !hand.types.is_empty();
            if open {
                break;
            }
        }
        let mut asked = BTreeSet::new();
        loop {
            let listed = hand.types.keys().copied().filter(|_| open);
            let mut next: Vec<i64> = held.iter().filter_map(type_of).chain(listed).collect();
            next.retain(|id| asked.insert(*id));
            if next.is_empty() && !open {
                break;
            }
            for id in next {
                if open && reading.is_all(hand.done.len()) {
                    break;
                }
                let of = |row: &&Value| type_of(row) == Some(id);
                let owners: BTreeSet<i64> = held.iter().filter(of).filter_map(|row| id_in(row, "client_id")).collect();
                let each = if reading.each().is_empty() { Vec::new() } else { owners.into_iter().collect() };
                hand.of_type(id, each).await?;
            }
            if open && reading.is_all(hand.done.len()) {
                reading.close(hand.done.len())?;
            } else if open {
                while let Some(rows) = reading.next().await? {
                    held.extend(rows);
                }
            }
            open = false;
        }
        hand.over(held, false).await?;
        if hand.pages > 0 {
            let done = hand.list.0 + hand.pages;
            self.follow.page(NAME, done, Some(done))?;
        }
        if reading.count() == 0 && !hand.types.is_empty() && self.clients.is_empty() && self.is_whole(resource::ASSET) {
            self.note(
                t!("HaloITSM has asset types and answers no assets. Most of the time the agent of the API application has no access to asset groups: look at its role in HaloITSM."),
            );
        }
        if !hand.base.untold.is_empty() {
            self.note(
                t!("HaloITSM does not tell the fields of some assets in its lists, their serial among them. What is planned for these waits for you. Tick assets under “Read one by one” in the settings to have them read."),
            );
        }
        match hand.details {
            Some(details) if self.clients.is_empty() => details.finish().await,
            _ => Ok(()),
        }
    }
}

impl Hand<'_> {
    /// All assets of one type; those of these clients where each is asked for by itself.
    async fn of_type(&mut self, id: i64, each: Vec<i64>) -> Result<(), SyncError> {
        let mut reading = self.lists.read(resource::ASSET, &EXTRA).of_type(id, each);
        let mut told = false;
        while let Some(rows) = reading.next().await? {
            told |= rows.iter().any(has_fields);
            self.over(rows, told).await?;
            self.pages += 1;
            let total = self.list.1.map(|pages| pages + self.types.len());
            self.lists.follow.page(NAME, self.list.0 + self.pages, total)?;
        }
        Ok(())
    }

    /// Hands over rows that did not come before. Where their fields are not told, the key fields, which
    /// every row has, stand for them.
    async fn over(&mut self, mut rows: Vec<Value>, told: bool) -> Result<(), SyncError> {
        rows.retain(|row| id_in(row, "id").is_some_and(|id| self.done.insert(id)));
        if rows.is_empty() {
            return Ok(());
        }
        let Lists { sides, follow, links, .. } = *self.lists;
        self.base.note_customs(RecordKind::Asset, &rows);
        if !std::mem::replace(&mut self.begun, true) {
            let told = (self.base.customs.contains(&RecordKind::Asset), told);
            self.details = Details::of(sides, follow, links, RecordKind::Asset, self.layouts, told).await?;
        }
        let mut listed = Vec::with_capacity(rows.len());
        let mut untold = BTreeSet::new();
        for mut row in rows {
            let kind = type_of(&row).and_then(|id| self.types.get(&id));
            if !told && kind.is_none_or(has_keys) {
                untold.extend(id_in(&row, "id"));
                kind.inspect(|kind| key_fields(&mut row, kind));
            }
            let group = kind.and_then(|kind| read::text(kind.as_object()?, "assetgroup_name"));
            let Some(mut asset) = model::Asset::from_value(row) else { continue };
            self.base.people.complete(&mut asset);
            asset.group_name = asset.group_name.or(group);
            listed.push(Listed::new(from_halo::asset(&asset, &self.lists.link(RecordKind::Asset, asset.id))));
        }
        if let Some(details) = &mut self.details {
            details.complete(&mut listed).await?;
            untold.clear();
        }
        for Listed { source, .. } in listed {
            if untold.contains(&source.record.id) && source.text("serial").is_none() {
                self.base.untold.insert(source.record);
            }
            (self.add)(source);
        }
        Ok(())
    }
}

fn id_in(row: &Value, member: &str) -> Option<i64> {
    read::reference(row.as_object()?, member)
}

fn type_of(row: &Value) -> Option<i64> {
    id_in(row, "assettype_id")
}

fn has_fields(row: &Value) -> bool {
    row.get("fields").and_then(Value::as_array).is_some_and(|fields| !fields.is_empty())
}

/// Whether a type has key fields, and so fields.
fn has_keys(kind: &Value) -> bool {
    id_in(kind, "keyfield_id").is_some() || KEYS.iter().any(|(_, name)| kind.get(*name).is_some())
}

fn key_fields(row: &mut Value, kind: &Value) {
    let field = |(value, name): &(&str, &str)| {
        let text = row.get(*value).filter(|text| !text.is_null())?;
        Some(json!({ "name": kind.get(*name)?, "display": text }))
    };
    row["fields"] = KEYS.iter().filter_map(field).collect();
}
