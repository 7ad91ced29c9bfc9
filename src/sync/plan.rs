//! Plans and what they are made of: items, targets, changes, links, and the planner's inputs.

use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::FieldValue;
use crate::json::{self, Json};
use crate::mapping::quick::Quick;
use crate::mapping::record::{LayoutField, Slot};
use crate::mapping::values::Values;
use crate::mapping::word::Word;
use crate::sync::article::ArticleWrite;
use crate::sync::table::Scope;
use crate::sync::view::{Action, Direction};

pub use crate::sync::inputs::{Inputs, find_company};

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
    /// Names of the clients that the items belong to, by Halo id.
    pub clients: Vec<(i64, String)>,
    /// Why it has to be confirmed before it is applied: far more would change than usual.
    pub guard: Option<String>,
    /// What was noticed while both sides were read, one sentence each.
    pub notes: Vec<String>,
    /// When both sides were read, milliseconds since 1970.
    pub made: i64,
    /// Requests used for reading, HaloITSM and Hudu.
    pub requests: (u32, u32),
}

/// What the user clicked on.
#[derive(Clone, Debug, PartialEq, Json)]
pub enum Subject {
    /// A Halo record goes to Hudu (or comes from it, for an article).
    Record(RecordRef, String),
    /// A Hudu article goes to Halo.
    HuduArticle(i64, String),
    /// Everything of these kinds and clients, both ways.
    Everything(Scope),
    /// The layouts that the settings name, made or given what they lack.
    Layouts,
    /// What a person writes by hand, by the plan's title.
    ByHand(String),
}

impl Plan {
    /// Puts items under an id made from them.
    pub fn new(direction: Direction, subject: Subject, items: Vec<Item>, undoes: Option<String>) -> Self {
        let mut plan = Self {
            id: String::new(),
            direction,
            subject,
            items,
            undoes,
            clients: Vec::new(),
            guard: None,
            notes: Vec::new(),
            made: 0,
            requests: (0, 0),
        };
        plan.sign();
        plan
    }

    /// The plan without its items.
    pub fn head(&self) -> Self {
        Self {
            id: self.id.clone(),
            direction: self.direction,
            subject: self.subject.clone(),
            items: Vec::new(),
            undoes: self.undoes.clone(),
            clients: self.clients.clone(),
            guard: self.guard.clone(),
            notes: self.notes.clone(),
            made: self.made,
            requests: self.requests,
        }
    }

    /// Ids of the items that a person has to agree to.
    pub fn conflicts(&self) -> Vec<String> {
        self.items.iter().filter(|item| item.action == Action::Conflict).map(|item| item.id.clone()).collect()
    }

    /// Gives the plan the id that its content makes: what it is about and every item, not when it was
    /// made.
    pub fn sign(&mut self) {
        let mut hasher = Sha256::new();
        hasher.update(json::write(&(self.direction, self.subject.clone(), self.undoes.clone())));
        for item in &self.items {
            hasher.update(item.digest().to_be_bytes());
        }
        self.id = hasher.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
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
    #[json(omit)]
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
    pub agreed: Values,
    /// Records to choose from.
    pub candidates: Vec<Candidate>,
    /// Absolute address of the target, where there is one.
    #[json(omit)]
    pub url: Option<String>,
    /// What becomes of the link when the item is done.
    pub keep: Keep,
    /// Halo id of the client that it belongs to.
    #[json(omit)]
    pub client: Option<i64>,
    /// It may be done unattended: a creation with a unique key, or an update of what Halo owns.
    pub safe: bool,
    /// The item that makes the target: this one links it with what is made after it.
    #[json(omit)]
    pub of: Option<String>,
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
    /// An item that has nothing but this yet.
    pub fn new(id: String, action: Action, title: &str, reason: String, target: Target) -> Self {
        Self {
            id,
            action,
            record: None,
            title: title.to_owned(),
            reason,
            target,
            changes: Vec::new(),
            agreed: Values::default(),
            candidates: Vec::new(),
            url: None,
            keep: Keep::Synced,
            client: None,
            safe: false,
            of: None,
        }
    }

    /// Ids of the items that have to be done before: the company, the layout, linked records, the list.
    pub fn needs(&self) -> Vec<&str> {
        let mut needs: Vec<&str> = match &self.target {
            Target::Asset { company, layout, .. } => [company.by(), layout.by()].into_iter().flatten().collect(),
            Target::FaqList { parent, .. } => parent.as_ref().and_then(Made::by).into_iter().collect(),
            Target::Article { write: Some(write), .. } => write.list.as_ref().and_then(Made::by).into_iter().collect(),
            _ => Vec::new(),
        };
        needs.extend(self.of.as_deref());
        needs.extend(self.changes.iter().filter_map(|change| change.by.as_deref()));
        needs
    }

    /// A number made from what the item does.
    fn digest(&self) -> u64 {
        let mut hasher = Quick::default();
        (&self.id, self.action, &self.title, &self.reason, &self.target).hash(&mut hasher);
        for change in &self.changes {
            (change.slot.key().as_str(), &change.before, &change.after, &change.note, &change.by).hash(&mut hasher);
        }
        for candidate in &self.candidates {
            candidate.id.hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Kind of the record; an article that is not in Halo yet is one too. `None` for layouts and lists.
    pub fn kind(&self) -> Option<RecordKind> {
        match self.target {
            Target::Article { .. } => Some(RecordKind::Article),
            _ => self.record.map(|record| record.kind),
        }
    }

    /// Whether applying the item sends a write.
    pub fn writes(&self) -> bool {
        self.action.writes()
    }
}

/// What an item writes to.
#[derive(Clone, Debug, PartialEq, Hash, Json)]
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
    /// A private note (an action) on a Halo ticket.
    TicketNote {
        /// The ticket.
        ticket: i64,
        /// Halo id of the outcome that it is written with.
        outcome: i64,
        /// The ticket's last action when the plan was made: the note comes after it.
        after: i64,
    },
    /// A Hudu password.
    Password {
        /// Its company.
        company: i64,
        /// `None` is one to be made.
        id: Option<i64>,
        /// The company's last password when the plan was made: a new one comes after it.
        after: i64,
        /// Name under which its value waits, sealed.
        value: String,
    },
    /// A relation between two Hudu records, each by Hudu's word for its kind and its id.
    Relation {
        /// One end.
        from: (String, i64),
        /// The other end.
        to: (String, i64),
    },
}

impl Target {
    /// Whether there is a way back: where only deleting would take a write back, it stays.
    pub fn stays(&self) -> bool {
        matches!(
            self,
            Target::Layout { .. } | Target::FaqList { .. } | Target::TicketNote { .. } | Target::Relation { .. }
        )
    }
}

/// An id that is known, or will be when another item of the plan is done.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Json)]
pub enum Made {
    /// Known.
    Is(i64),
    /// The result of this item.
    By(String),
}

impl Made {
    /// The item that makes it.
    pub fn by(&self) -> Option<&str> {
        match self {
            Made::By(item) => Some(item),
            Made::Is(_) => None,
        }
    }
}

/// A value that changes.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Change {
    /// Where.
    pub slot: Slot,
    /// Name of the place.
    pub label: Word,
    /// Value before.
    pub before: FieldValue,
    /// Value after.
    pub after: FieldValue,
    /// Why it needs a look.
    #[json(omit)]
    pub note: Option<String>,
    /// The item whose result is the linked asset in `after`, which stands there with the id 0 until then.
    #[json(omit)]
    pub by: Option<String>,
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
    pub synced: Values,
}
