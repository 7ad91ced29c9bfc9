//! The planner: a pure function of both sides, the last synced state and the settings.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::FieldValue;
use crate::json::{self, Json};
use crate::mapping::compare::{is_empty, same, show};
use crate::mapping::record::{HALO_ID, HuduRecord, LayoutField, LayoutShape, Slot, Source};
use crate::mapping::{layout, wanted};
use crate::settings::{Policy, SyncSettings};
use crate::sync::article::ArticleWrite;
use crate::sync::matching::{self, Found};
use crate::sync::view::{Action, Direction};

/// A plan: what will be done, in order, and what was found on the way.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Plan {
    /// Made from everything below: the same inputs give the same id.
    pub id: String,
    /// Which way.
    pub direction: Direction,
    /// The record or article that the user meant.
    pub subject: Subject,
    /// Items in the order in which they are done.
    pub items: Vec<Item>,
    /// The run that this plan takes back.
    pub undoes: Option<String>,
}

/// What the user clicked on.
#[derive(Clone, Debug, PartialEq, Json)]
pub enum Subject {
    /// A Halo record goes to Hudu (or comes from it, for an article).
    Record(RecordRef, String),
    /// A Hudu article goes to Halo.
    HuduArticle(i64, String),
}

impl Plan {
    /// Puts items under an id made from them.
    pub fn new(direction: Direction, subject: Subject, items: Vec<Item>, undoes: Option<String>) -> Self {
        let mut plan = Self { id: String::new(), direction, subject, items, undoes };
        plan.id = Sha256::digest(json::write(&plan)).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        plan
    }
}

/// One thing that a plan does or says.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Item {
    /// Id within the plan: the record's key, or `layout/name`.
    pub id: String,
    /// What it does.
    pub action: Action,
    /// The Halo record it is about.
    pub record: Option<RecordRef>,
    /// Name of the record.
    pub title: String,
    /// Why.
    pub reason: String,
    /// What is written to.
    pub target: Target,
    /// The values that change; for a creation all that are written.
    pub changes: Vec<Change>,
    /// Values in which both sides agree already, by slot key: remembered as last synced.
    pub agreed: BTreeMap<String, FieldValue>,
    /// Records to choose from.
    pub candidates: Vec<Candidate>,
    /// Absolute address of the target, where there is one.
    pub url: Option<String>,
    /// What becomes of the link when the item is done.
    pub keep: Keep,
}

/// What becomes of a record's link when its item is done.
#[derive(Clone, Debug, Default, PartialEq, Json)]
pub enum Keep {
    /// It holds the target and the values as synced now.
    #[default]
    Synced,
    /// It becomes again what it was before (undoing).
    Restore(Option<Box<Link>>),
}

impl Item {
    /// Whether applying the item sends a write.
    pub fn writes(&self) -> bool {
        matches!(self.action, Action::Create | Action::Update | Action::Link | Action::Archive | Action::Conflict)
    }
}

/// What an item writes to.
#[derive(Clone, Debug, PartialEq, Json)]
pub enum Target {
    /// A Hudu company; `None` is one to be made.
    Company(Option<i64>),
    /// A Hudu asset.
    Asset {
        /// Its company.
        company: Made,
        /// Its layout.
        layout: Made,
        /// `None` is one to be made.
        id: Option<i64>,
    },
    /// A Hudu asset layout: made, or given fields that it lacks.
    Layout {
        /// `None` is one to be made.
        id: Option<i64>,
        /// Name.
        name: String,
        /// The kind of record it is for.
        kind: RecordKind,
        /// Fields to be added.
        add: Vec<LayoutField>,
    },
    /// A list (folder) of Halo's knowledge base, made where the agent may.
    FaqList {
        /// Name of the list itself.
        name: String,
        /// The list above it.
        parent: Option<Made>,
    },
    /// A Halo knowledge-base article.
    Article {
        /// `None` is one to be made.
        id: Option<i64>,
        /// What is written; `None` for undoing.
        write: Option<Box<ArticleWrite>>,
    },
}

/// An id that is known, or will be when another item of the plan is done.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub enum Made {
    /// Known.
    Is(i64),
    /// The result of this item.
    By(String),
}

/// A value that changes.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Change {
    /// Where.
    pub slot: Slot,
    /// Name of the place.
    pub label: String,
    /// Value before.
    pub before: FieldValue,
    /// Value after.
    pub after: FieldValue,
    /// Why it needs a look.
    pub note: Option<String>,
}

/// A record that could be the counterpart.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Candidate {
    /// Hudu id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// What speaks for it.
    pub why: String,
    /// Absolute address.
    pub url: String,
}

/// What is known of a Halo record's counterpart from earlier: kept on this device, the truth is in Hudu.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Link {
    /// Id on the target's side.
    pub target: i64,
    /// The user chose it among candidates.
    pub chosen: bool,
    /// Values as last synced, by slot key.
    pub synced: BTreeMap<String, FieldValue>,
}

/// Both sides as they were read, for one record.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Inputs {
    /// The record.
    pub source: Source,
    /// Its client, where the record is not the client itself.
    pub client: Option<Source>,
    /// Companies that could be meant.
    pub companies: Vec<HuduRecord>,
    /// Layouts.
    pub layouts: Vec<LayoutShape>,
    /// Assets of the company, archived ones among them.
    pub assets: Vec<HuduRecord>,
    /// Links kept from earlier, of these records and of those they refer to.
    pub links: BTreeMap<String, Link>,
}

impl Inputs {
    fn link(&self, record: RecordRef) -> Option<&Link> {
        self.links.get(&record.key())
    }

    fn chosen(&self, record: RecordRef) -> Option<i64> {
        self.link(record).map(|link| link.target)
    }

    /// The counterpart of a record that this one refers to, where that is sure.
    pub fn known(&self, record: RecordRef, settings: &SyncSettings) -> Option<(i64, String)> {
        let assets = &self.assets;
        if let Some(asset) = self.chosen(record).and_then(|id| assets.iter().find(|a| a.id == id)) {
            return Some((asset.id, asset.name.clone()));
        }
        let held = |a: &&HuduRecord| {
            self.layouts.iter().any(|l| Some(l.id) == a.layout && layout::holds(record.kind, l, settings))
        };
        let word = matching::native_type(record.kind);
        let mut hits = assets.iter().filter(|a| !a.archived).filter(|a| {
            (held(a) && matching::halo_id(a, record.kind) == Some(record))
                || a.native.iter().any(|(t, id)| t == word && *id == record.id)
        });
        match (hits.next(), hits.next()) {
            (Some(one), None) => Some((one.id, one.name.clone())),
            _ => None,
        }
    }
}

/// The company of the record as far as the inputs tell.
pub fn find_company(inputs: &Inputs, settings: &SyncSettings) -> Found {
    let client = match (&inputs.client, inputs.source.record.kind) {
        (_, RecordKind::Client) => &inputs.source,
        (Some(client), _) => client,
        (None, _) => return Found::Nobody,
    };
    matching::company(client, &inputs.companies, inputs.chosen(client.record), settings)
}

/// The counterpart of the record inside its company.
pub fn find_asset(inputs: &Inputs, settings: &SyncSettings) -> Found {
    let chosen = inputs.chosen(inputs.source.record);
    matching::asset(&inputs.source, &inputs.assets, &inputs.layouts, chosen, settings)
}

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
    let item = |action, reason: String, id, (changes, agreed): Values, url| Item {
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
    let native = matches!(found, Found::One(_, matching::Why::Native));
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
        wanted.retain(|wanted| !wanted.slot.is(&Slot::Field(HALO_ID.to_owned())));
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
        agreed: BTreeMap::new(),
        candidates: Vec::new(),
        url: None,
        keep: Keep::Synced,
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
        agreed: BTreeMap::new(),
        candidates: Vec::new(),
        url: None,
        keep: Keep::Synced,
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
        agreed: BTreeMap::new(),
        candidates,
        url: None,
        keep: Keep::Synced,
    }
}

fn reason(why: matching::Why) -> String {
    format!("Matched: {}.", why.words())
}

/// Values that change, and values in which both sides agree.
type Values = (Vec<Change>, BTreeMap<String, FieldValue>);

/// Every wanted value, for a record that is made.
fn fresh(wanted: &[wanted::Wanted]) -> Values {
    let changes = wanted
        .iter()
        .map(|wanted| Change {
            slot: wanted.slot.clone(),
            label: wanted.label.clone(),
            before: FieldValue::Empty,
            after: wanted.value.clone(),
            note: None,
        })
        .collect();
    (changes, BTreeMap::new())
}

/// The values that differ and may change under their policies. Where only the link is missing the
/// action is to link; an archived record that was chosen is brought back.
fn compare(record: &HuduRecord, wanted: &[wanted::Wanted], link: Option<&Link>, is_asset: bool) -> (Action, Values) {
    let mut changes = Vec::new();
    let mut agreed = BTreeMap::new();
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
        });
    }
    if record.archived && link.is_some_and(|link| link.chosen) {
        changes.push(Change {
            slot: Slot::Archived,
            label: "Archived".to_owned(),
            before: FieldValue::Check(true),
            after: FieldValue::Check(false),
            note: None,
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
