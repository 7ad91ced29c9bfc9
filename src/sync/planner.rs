//! The planner: a pure function of both sides, the last synced state and the settings.

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::FieldValue;
use crate::mapping::compare::{is_empty, same, show};
use crate::mapping::record::{HALO_ID, HuduRecord, LayoutField, LayoutShape, Slot, Source};
use crate::mapping::values::Values;
use crate::mapping::{layout, wanted};
use crate::settings::{Policy, SyncSettings};
use crate::sync::matching::{self, Found};
use crate::sync::plan::{
    Candidate, Change, Inputs, Item, Keep, Link, Made, Plan, Subject, Target, find_asset, find_company,
};
use crate::sync::view::{Action, Direction};

/// Plans one record and what it needs first.
pub fn record(inputs: &Inputs, settings: &SyncSettings) -> Plan {
    let source = &inputs.source;
    let mut items = Vec::new();
    let client = if source.record.kind == RecordKind::Client { Some(source) } else { inputs.client.as_ref() };
    match client {
        None => {
            items.push(blocked(source, "It belongs to no client, so there is no company in Hudu that it could go to."))
        }
        Some(client) => {
            let found = find_company(inputs, settings);
            let company = match (&found, source.record.kind) {
                (Found::One(company, _), kind) if kind != RecordKind::Client => Some(Made::Is(company.id)),
                (found, _) => {
                    let item = company_item(client, found, inputs, settings);
                    let made = (item.action == Action::Create).then(|| Made::By(item.id.clone()));
                    items.push(item);
                    made
                }
            };
            match (source.record.kind, company) {
                (RecordKind::Client, _) => {}
                (_, Some(company)) => asset_items(inputs, company, settings, &mut items),
                (_, None) => items.push(blocked(source, "Its client has to be matched with a company first.")),
            }
        }
    }
    let subject = Subject::Record(source.record, source.name.clone());
    Plan::new(Direction::ToHudu, subject, items, None)
}

fn company_item(client: &Source, found: &Found, inputs: &Inputs, settings: &SyncSettings) -> Item {
    let wanted = wanted::company(client, settings);
    let item = |action, reason: String, id, (changes, agreed): Split, url| Item {
        id: client.record.key(),
        action,
        record: Some(client.record),
        title: client.name.clone(),
        reason,
        target: Target::Company(id),
        changes,
        agreed,
        candidates: Vec::new(),
        url,
        keep: Keep::Synced,
        client: None,
        safe: false,
    };
    match found {
        Found::Nobody if client.inactive => {
            blocked(client, "The client is inactive in Halo and Hudu has no company of that name.")
        }
        Found::Nobody => {
            item(Action::Create, "Hudu has no company of that name.".to_owned(), None, fresh(&wanted), None)
        }
        Found::Several(candidates) => ambiguous(client, Target::Company(None), candidates),
        Found::One(company, why) => {
            let (action, values) = compare(company, &wanted, inputs.link(client.record), false);
            item(action, reason(*why), Some(company.id), values, Some(company.url.clone()))
        }
    }
}

fn asset_items(inputs: &Inputs, company: Made, settings: &SyncSettings, items: &mut Vec<Item>) {
    let source = &inputs.source;
    let found = if matches!(company, Made::Is(_)) { find_asset(inputs, settings) } else { Found::Nobody };
    if let Found::Several(candidates) = &found {
        let target = Target::Asset { company, layout: Made::Is(0), id: None };
        items.push(ambiguous(source, target, candidates));
        return;
    }
    if found == Found::Nobody {
        if source.inactive {
            items.push(blocked(source, "It is inactive in Halo and Hudu has never seen it."));
            return;
        }
        if source.record.kind == RecordKind::Contract
            && source.text("status") == Some("Ended")
            && !settings.ended_contracts
        {
            items.push(blocked(
                source,
                "The contract has ended. Ended contracts go to Hudu only when the setting allows it.",
            ));
            return;
        }
    }
    // Where Hudu's own integration keeps the link there is no need for a second one.
    let word = matching::native_type(source.record.kind);
    let card = |(kind, id): &(String, i64)| kind == word && *id == source.record.id;
    let native = matches!(&found, Found::One(asset, _) if asset.native.iter().any(card));
    let known = |record: RecordRef| inputs.known(record, settings);
    let name = layout::name_for(source, settings, &inputs.layouts);
    let existing = match &found {
        Found::One(asset, _) => inputs.layouts.iter().find(|l| Some(l.id) == asset.layout),
        _ => layout::find(&name, &inputs.layouts),
    };
    let (shape, layout_ref) = match existing {
        Some(shape) if !shape.active => {
            let text = format!(
                "The layout “{}” is switched off in Hudu. Switch it on, or choose another one in the settings.",
                shape.name
            );
            items.push(blocked(source, &text));
            return;
        }
        Some(shape) => {
            let mut shape = shape.clone();
            let id = shape.id;
            if shape.field(HALO_ID).is_none() && !native {
                let add = vec![layout::halo_id_field()];
                shape.fields.extend(add.clone());
                items.push(layout_item(Some(id), &shape.name, source.record.kind, add));
            }
            (shape, Made::Is(id))
        }
        None => {
            let fields = layout::template(source.record.kind);
            let item = layout_item(None, &name, source.record.kind, fields.clone());
            let made = Made::By(item.id.clone());
            items.push(item);
            (LayoutShape { id: 0, name, active: true, fields }, made)
        }
    };
    let mut wanted = wanted::asset(source, &shape, settings, &known);
    if native {
        wanted.retain(|wanted| !wanted.slot.is(&Slot::field(HALO_ID)));
    }
    let (action, reason, id, (changes, agreed), url) = match &found {
        Found::One(asset, why) => {
            let (action, values) = compare(asset, &wanted, inputs.link(source.record), true);
            (action, reason(*why), Some(asset.id), values, Some(asset.url.clone()))
        }
        _ => (
            Action::Create,
            format!("Hudu has none in this company; it goes to {}.", shape.name),
            None,
            fresh(&wanted),
            None,
        ),
    };
    if action == Action::Unchanged {
        // Nothing to write: a layout that could be prepared can wait until there is.
        items.retain(|item| !matches!(item.target, Target::Layout { .. }));
    }
    items.push(Item {
        id: source.record.key(),
        action,
        record: Some(source.record),
        title: source.name.clone(),
        reason,
        target: Target::Asset { company, layout: layout_ref, id },
        changes,
        agreed,
        candidates: Vec::new(),
        url,
        keep: Keep::Synced,
        client: None,
        safe: false,
    });
}

fn layout_item(id: Option<i64>, name: &str, kind: RecordKind, add: Vec<LayoutField>) -> Item {
    let reason = match id {
        Some(_) => "So that every technician’s browser finds the record again.".to_owned(),
        None => format!("The settings send {}s to “{name}”, and Hudu has no such layout.", kind.word()),
    };
    Item {
        id: format!("layout/{}", name.to_lowercase()),
        action: if id.is_some() { Action::Update } else { Action::Create },
        record: None,
        title: name.to_owned(),
        reason,
        target: Target::Layout { id, name: name.to_owned(), kind, add },
        changes: Vec::new(),
        agreed: Values::default(),
        candidates: Vec::new(),
        url: None,
        keep: Keep::Synced,
        client: None,
        safe: false,
    }
}

fn blocked(source: &Source, reason: &str) -> Item {
    Item {
        id: source.record.key(),
        action: Action::Blocked,
        record: Some(source.record),
        title: source.name.clone(),
        reason: reason.to_owned(),
        target: Target::Company(None),
        changes: Vec::new(),
        agreed: Values::default(),
        candidates: Vec::new(),
        url: None,
        keep: Keep::Synced,
        client: None,
        safe: false,
    }
}

fn ambiguous(source: &Source, target: Target, candidates: &[(HuduRecord, String)]) -> Item {
    let candidates: Vec<Candidate> = candidates
        .iter()
        .map(|(record, why)| Candidate {
            id: record.id,
            name: record.name.clone(),
            why: why.clone(),
            url: record.url.clone(),
        })
        .collect();
    Item {
        id: source.record.key(),
        action: Action::Ambiguous,
        record: Some(source.record),
        title: source.name.clone(),
        reason: match candidates.len() {
            1 => "One record in Hudu could be meant, but it is not sure.".to_owned(),
            n => format!("{n} records in Hudu could be meant."),
        },
        target,
        changes: Vec::new(),
        agreed: Values::default(),
        candidates,
        url: None,
        keep: Keep::Synced,
        client: None,
        safe: false,
    }
}

fn reason(why: matching::Why) -> String {
    format!("Matched: {}.", why.words())
}

/// Values that change, and values in which both sides agree.
type Split = (Vec<Change>, Values);

/// Every wanted value, for a record that is made.
fn fresh(wanted: &[wanted::Wanted]) -> Split {
    let changes = wanted
        .iter()
        .map(|wanted| Change {
            slot: wanted.slot.clone(),
            label: wanted.label.clone(),
            before: FieldValue::Empty,
            after: wanted.value.clone(),
            note: None,
            by: None,
        })
        .collect();
    (changes, Values::default())
}

/// The values that differ and may change under their policies. Where only the link is missing the
/// action is to link; an archived record that was chosen is brought back.
fn compare(record: &HuduRecord, wanted: &[wanted::Wanted], link: Option<&Link>, is_asset: bool) -> (Action, Split) {
    let mut changes = Vec::new();
    let mut agreed = Values::default();
    let mut conflict = false;
    for wanted in wanted {
        let key = wanted.slot.key();
        let before = record.value(&wanted.slot);
        if same(&key, &before, &wanted.value) {
            agreed.insert(key, before);
            continue;
        }
        if wanted.policy == Policy::OnlyIfEmpty && !is_empty(&before) {
            continue;
        }
        let synced = link.and_then(|link| link.synced.get(&key));
        let edited = synced.is_some_and(|synced| !same(&key, synced, &before));
        let moved = synced.is_none_or(|synced| !same(&key, synced, &wanted.value));
        if wanted.policy == Policy::AskIfBothChanged && edited && moved {
            conflict = true;
        }
        changes.push(Change {
            slot: wanted.slot.clone(),
            label: wanted.label.clone(),
            note: edited.then(|| match show(&before) {
                Some(_) => "edited in Hudu since the last sync".to_owned(),
                None => "emptied in Hudu since the last sync".to_owned(),
            }),
            before,
            after: wanted.value.clone(),
            by: None,
        });
    }
    if record.archived && link.is_some_and(|link| link.chosen) {
        changes.push(Change {
            slot: Slot::Archived,
            label: "Archived".into(),
            before: FieldValue::Check(true),
            after: FieldValue::Check(false),
            note: None,
            by: None,
        });
    }
    let only_link = |change: &Change| match &change.slot {
        Slot::Field(label) => label.trim().eq_ignore_ascii_case(HALO_ID),
        Slot::Attribute(name) => !is_asset && name == "id_number",
        Slot::Archived => false,
    };
    let action = if changes.is_empty() {
        Action::Unchanged
    } else if conflict {
        Action::Conflict
    } else if changes.iter().all(only_link) && changes.iter().all(|change| is_empty(&change.before)) {
        Action::Link
    } else {
        Action::Update
    };
    (action, (changes, agreed))
}
