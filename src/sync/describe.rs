//! Plans as sentences.

use crate::halo::record::RecordKind;
use crate::hudu::field::FieldValue;
use crate::mapping::compare::show;
use crate::mapping::record::Slot;
use crate::sync::article::length;
use crate::sync::plan::{Change, Item, Keep, Plan, Subject, Target};
use crate::sync::view::{Action, CandidateView, Direction, FieldDiffView, PlanItemView, PlanView};
use crate::t;
use crate::words::{language, say, tell};

/// A plan as a page shows it.
pub fn plan(plan: &Plan) -> PlanView {
    let writes = plan.items.iter().filter(|item| item.writes()).count();
    let stopped =
        plan.items.iter().any(|item| matches!(item.action, Action::Ambiguous | Action::Blocked | Action::Conflict));
    PlanView {
        id: plan.id.clone(),
        direction: plan.direction,
        title: title(plan),
        items: plan.items.iter().map(|i| item(i, plan.direction)).collect(),
        writes,
        ready: writes > 0 && !stopped,
    }
}

/// "Sync Harbour & Finch Ltd to Hudu".
pub fn title(plan: &Plan) -> String {
    let Some(name) = name(plan) else {
        return match (&plan.undoes, &plan.subject) {
            (None, Subject::Layouts) => t!("Prepare the layouts"),
            (None, _) => t!("Sync everything"),
            (Some(_), Subject::Layouts) => t!("Undo the sync of the layouts"),
            (Some(_), _) => t!("Undo the sync of everything"),
        };
    };
    match (&plan.undoes, plan.direction, &plan.subject) {
        (None, _, Subject::ByHand(_)) => name.to_owned(),
        (Some(_), _, Subject::ByHand(_)) => t!("Undo “{name}”", name),
        (Some(_), ..) => t!("Undo the sync of {name}", name),
        (_, Direction::ToHudu, _) => t!("Sync {name} to Hudu", name),
        (_, Direction::ToHalo, Subject::Record(..)) => t!("Refresh {name} from Hudu", name),
        (_, Direction::ToHalo, _) => t!("Publish {name} to Halo", name),
    }
}

/// The same when it is done: "Synced Harbour & Finch Ltd to Hudu".
pub fn done_title(plan: &Plan) -> String {
    let Some(name) = name(plan) else {
        return match (&plan.undoes, &plan.subject) {
            (None, Subject::Layouts) => t!("Prepared the layouts"),
            (None, _) => t!("Synced everything"),
            (Some(_), Subject::Layouts) => t!("Undid the sync of the layouts"),
            (Some(_), _) => t!("Undid the sync of everything"),
        };
    };
    match (&plan.undoes, plan.direction, &plan.subject) {
        (None, _, Subject::ByHand(_)) => past(name),
        (Some(_), _, Subject::ByHand(_)) => t!("Undid “{name}”", name),
        (Some(_), ..) => t!("Undid the sync of {name}", name),
        (_, Direction::ToHudu, _) => t!("Synced {name} to Hudu", name),
        (_, Direction::ToHalo, Subject::Record(..)) => t!("Refreshed {name} from Hudu", name),
        (_, Direction::ToHalo, _) => t!("Published {name} to Halo", name),
    }
}

/// What the plan is about, where that has a name.
fn name(plan: &Plan) -> Option<&str> {
    match &plan.subject {
        Subject::Record(_, name) | Subject::HuduArticle(_, name) | Subject::ByHand(name) => Some(name),
        Subject::Everything(_) | Subject::Layouts => None,
    }
}

/// The title of what a person wrote by hand, when it is done: "Added a note to Harbour & Finch Ltd". Titles in other languages
/// stay as they are.
fn past(title: &str) -> String {
    const PAST: [(&str, &str); 5] = [
        ("Attach ", "Attached "),
        ("Insert ", "Inserted "),
        ("Add ", "Added "),
        ("Edit ", "Edited "),
        ("Relate ", "Related "),
    ];
    let past = PAST.iter().find_map(|(now, past)| Some(format!("{past}{}", title.strip_prefix(now)?)));
    past.unwrap_or_else(|| title.to_owned())
}

/// One item as a page shows it.
pub fn item(item: &Item, direction: Direction) -> PlanItemView {
    PlanItemView {
        id: item.id.clone(),
        action: item.action,
        record: item.record,
        title: item.title.clone(),
        sentence: sentence(item, direction),
        reason: tell(&item.reason),
        fields: item.changes.iter().map(field).collect(),
        candidates: item
            .candidates
            .iter()
            .map(|c| CandidateView { id: c.id, name: c.name.clone(), why: tell(&c.why), url: c.url.clone() })
            .collect(),
        url: item.url.clone(),
    }
}

fn field(change: &Change) -> FieldDiffView {
    let body = change.slot == Slot::attribute("body");
    let words = |value: &FieldValue| match value {
        FieldValue::Check(true) => Some(t!("yes")),
        FieldValue::Check(false) => Some(t!("no")),
        value if body => length(value),
        value => show(value),
    };
    FieldDiffView {
        label: name_of(change),
        before: words(&change.before),
        after: words(&change.after),
        note: change.note.as_deref().map(tell),
    }
}

/// Whether what changes is a field of the tenant's own, which keeps its name in every language.
pub(super) fn is_own(change: &Change) -> bool {
    matches!(change.slot, Slot::Field(_))
}

/// The name of the place that changes.
fn name_of(change: &Change) -> String {
    if is_own(change) { change.label.to_string() } else { say(&change.label) }
}

/// A name of a place as it stands in a sentence; `own` as in [`is_own`].
pub(super) fn label(own: bool, name: &str) -> String {
    within(if own { name.to_owned() } else { say(name) })
}

fn side(direction: Direction) -> &'static str {
    match direction {
        Direction::ToHudu => "Hudu",
        Direction::ToHalo => "Halo",
    }
}

/// What the item will do, in one sentence.
pub fn sentence(item: &Item, direction: Direction) -> String {
    let (title, side) = (&item.title, side(direction));
    match (item.action, &item.target) {
        (Action::Create, Target::Layout { .. }) => t!("Make the layout “{title}” in Hudu.", title),
        (_, Target::Layout { add, .. }) => {
            let labels: Vec<String> = add.iter().map(|field| format!("“{}”", field.label)).collect();
            t!("Add the field {labels} to the layout “{title}” in Hudu.", labels = list(&labels), title)
        }
        (_, Target::FaqList { .. }) => t!("Make the list “{title}” in Halo’s knowledge base.", title),
        (Action::Create, Target::TicketNote { .. }) => t!("Write a private note on {title}.", title),
        (Action::Create, Target::Relation { .. }) => t!("Relate {title} in Hudu.", title),
        (Action::Unchanged, Target::Relation { .. }) => t!("{title} are related already: nothing to write.", title),
        (Action::Unchanged | Action::Blocked, _) if matches!(item.keep, Keep::Restore(_)) => {
            t!("{title} stays as it is.", title)
        }
        (Action::Blocked, _) if item.record.is_none() => t!("{title} cannot be made like this.", title),
        (Action::Create, target) => t!("Create the {kind} {title} in {side}.", kind = noun(item, target), title, side),
        (Action::Update, _) => t!("Update {title} in {side}: {fields}.", title, side, fields = list(&labels(item))),
        (Action::Link, _) => t!("Link {title} with its record in Hudu: write the Halo id, nothing else.", title),
        (Action::Archive, _) => t!("Archive {title} in {side}: it was made by this sync.", title, side),
        (Action::Unchanged, _) => t!("{title} is in step: nothing to write.", title),
        (Action::Conflict, _) if matches!(item.keep, Keep::Restore(_)) => {
            t!("{title} was made by this sync and edited since.", title)
        }
        (Action::Conflict, _) => {
            t!("{title} was changed on both sides: {fields}.", title, fields = list(&labels(item)))
        }
        (Action::Ambiguous, _) => t!("Choose which record in Hudu {title} is.", title),
        (Action::Blocked, _) => t!("{title} cannot be synced yet.", title),
        (Action::Gone, _) => t!("{title} is gone in Halo: its record in {side} stays as it is.", title, side),
    }
}

/// The action in one word, for files and tables.
pub fn word(action: Action) -> &'static str {
    match action {
        Action::Create => "create",
        Action::Update => "update",
        Action::Link => "link",
        Action::Archive => "archive",
        Action::Unchanged => "unchanged",
        Action::Conflict => "conflict",
        Action::Ambiguous => "ambiguous",
        Action::Blocked => "blocked",
        Action::Gone => "gone",
    }
}

/// Of an item that was done before its turn came.
pub fn in_step() -> String {
    t!("In step already: nothing was written.")
}

/// What the item did, in one sentence.
pub fn done(item: &Item, direction: Direction) -> String {
    let (title, side) = (&item.title, side(direction));
    match (item.action, &item.target) {
        (Action::Create, Target::Layout { .. }) => t!("Made the layout “{title}”.", title),
        (_, Target::Layout { .. }) => t!("Prepared the layout “{title}”.", title),
        (_, Target::FaqList { .. }) => t!("Made the list “{title}”.", title),
        (Action::Create, Target::TicketNote { .. }) => t!("Wrote a private note on {title}.", title),
        (Action::Create, Target::Relation { .. }) => t!("Related {title}.", title),
        (Action::Create, target) => t!("Created the {kind} {title} in {side}.", kind = noun(item, target), title, side),
        (Action::Link, _) => t!("Linked {title}.", title),
        (Action::Archive, _) => t!("Archived {title} in {side}.", title, side),
        _ => t!("Updated {title}: {fields}.", title, fields = list(&labels(item))),
    }
}

fn noun(item: &Item, target: &Target) -> String {
    match (target, item.record.map(|record| record.kind)) {
        (Target::Company(_), _) => t!("company"),
        (Target::Password { .. }, _) => t!("password"),
        (Target::Article { .. }, _) => t!("article"),
        (_, Some(RecordKind::Site)) => t!("site"),
        (_, Some(RecordKind::User)) => t!("person"),
        (_, Some(RecordKind::Contract)) => t!("contract"),
        _ => t!("asset"),
    }
}

/// The names of the fields that change, as they stand in a sentence.
pub fn labels(item: &Item) -> Vec<String> {
    item.changes.iter().map(|change| label(is_own(change), &change.label)).collect()
}

/// A label within a sentence. "ID number", "VIP" and "Halo ID" keep their capitals, and so does every noun in other languages.
fn within(label: String) -> String {
    let mut letters = label.chars();
    match letters.next() {
        Some(first) if language() == "en" && !label.starts_with("Halo") && !letters.any(char::is_uppercase) => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label,
    }
}

/// "a", "a and b", "a, b and c".
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => t!("{first} and {last}", first = rest.join(", "), last),
    }
}
