//! Plans as sentences.

use crate::halo::record::RecordKind;
use crate::mapping::compare::show;
use crate::mapping::record::Slot;
use crate::sync::article::length;
use crate::sync::plan::{Change, Item, Plan, Subject, Target};
use crate::sync::view::{Action, CandidateView, Direction, FieldDiffView, PlanItemView, PlanView};

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
    let name = match &plan.subject {
        Subject::Record(_, name) | Subject::HuduArticle(_, name) => name,
        Subject::Everything(_) => "everything",
        Subject::Layouts => "the layouts",
        Subject::ByHand(title) => title,
    };
    match (&plan.undoes, plan.direction, &plan.subject) {
        (None, _, Subject::Everything(_)) => "Sync everything".to_owned(),
        (None, _, Subject::Layouts) => "Prepare the layouts".to_owned(),
        (None, _, Subject::ByHand(_)) => name.to_owned(),
        (Some(_), _, Subject::ByHand(_)) => format!("Undo “{name}”"),
        (Some(_), ..) => format!("Undo the sync of {name}"),
        (_, Direction::ToHudu, _) => format!("Sync {name} to Hudu"),
        (_, Direction::ToHalo, Subject::Record(..)) => format!("Refresh {name} from Hudu"),
        (_, Direction::ToHalo, _) => format!("Publish {name} to Halo"),
    }
}

/// The same when it is done: "Synced Harbour & Finch Ltd to Hudu".
pub fn done_title(plan: &Plan) -> String {
    const PAST: [(&str, &str); 9] = [
        ("Attach ", "Attached "),
        ("Add ", "Added "),
        ("Edit ", "Edited "),
        ("Relate ", "Related "),
        ("Undo ", "Undid "),
        ("Sync ", "Synced "),
        ("Refresh ", "Refreshed "),
        ("Publish ", "Published "),
        ("Prepare ", "Prepared "),
    ];
    let title = title(plan);
    let past = PAST.iter().find_map(|(now, past)| Some(format!("{past}{}", title.strip_prefix(now)?)));
    past.unwrap_or(title)
}

/// One item as a page shows it.
pub fn item(item: &Item, direction: Direction) -> PlanItemView {
    PlanItemView {
        id: item.id.clone(),
        action: item.action,
        record: item.record,
        title: item.title.clone(),
        sentence: sentence(item, direction),
        reason: item.reason.clone(),
        fields: item.changes.iter().map(field).collect(),
        candidates: item
            .candidates
            .iter()
            .map(|c| CandidateView { id: c.id, name: c.name.clone(), why: c.why.clone(), url: c.url.clone() })
            .collect(),
        url: item.url.clone(),
    }
}

fn field(change: &Change) -> FieldDiffView {
    let body = change.slot == Slot::attribute("body");
    let words = |value| if body { length(value) } else { show(value) };
    FieldDiffView {
        label: change.label.to_string(),
        before: words(&change.before),
        after: words(&change.after),
        note: change.note.clone(),
    }
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
        (Action::Create, Target::Layout { .. }) => format!("Make the layout “{title}” in Hudu."),
        (_, Target::Layout { add, .. }) => {
            let labels: Vec<String> = add.iter().map(|field| format!("“{}”", field.label)).collect();
            format!("Add the field {} to the layout “{title}” in Hudu.", list(&labels))
        }
        (_, Target::FaqList { .. }) => format!("Make the list “{title}” in Halo’s knowledge base."),
        (Action::Create, Target::TicketNote { .. }) => format!("Write a private note on {title}."),
        (Action::Create, Target::Relation { .. }) => format!("Relate {title} in Hudu."),
        (Action::Unchanged, Target::Relation { .. }) => format!("{title} are related already: nothing to write."),
        (Action::Blocked, _) if item.record.is_none() => format!("{title} cannot be made like this."),
        (Action::Create, target) => format!("Create the {} {title} in {side}.", noun(item, target)),
        (Action::Update, _) => format!("Update {title} in {side}: {}.", list(&labels(item))),
        (Action::Link, _) => format!("Link {title} with its record in Hudu: write the Halo id, nothing else."),
        (Action::Archive, _) => format!("Archive {title} in {side}: it was made by this sync."),
        (Action::Unchanged, _) => format!("{title} is in step: nothing to write."),
        (Action::Conflict, _) => format!("{title} was changed on both sides: {}.", list(&labels(item))),
        (Action::Ambiguous, _) => format!("Choose which record in Hudu {title} is."),
        (Action::Blocked, _) => format!("{title} cannot be synced yet."),
        (Action::Gone, _) => format!("{title} is gone in Halo: its record in {side} stays as it is."),
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

/// What the item did, in one sentence.
pub fn done(item: &Item, direction: Direction) -> String {
    let (title, side) = (&item.title, side(direction));
    match (item.action, &item.target) {
        (Action::Create, Target::Layout { .. }) => format!("Made the layout “{title}”."),
        (_, Target::Layout { .. }) => format!("Prepared the layout “{title}”."),
        (_, Target::FaqList { .. }) => format!("Made the list “{title}”."),
        (Action::Create, Target::TicketNote { .. }) => format!("Wrote a private note on {title}."),
        (Action::Create, Target::Relation { .. }) => format!("Related {title}."),
        (Action::Create, target) => format!("Created the {} {title} in {side}.", noun(item, target)),
        (Action::Link, _) => format!("Linked {title}."),
        (Action::Archive, _) => format!("Archived {title} in {side}."),
        _ => format!("Updated {title}: {}.", list(&labels(item))),
    }
}

fn noun(item: &Item, target: &Target) -> &'static str {
    match (target, item.record.map(|record| record.kind)) {
        (Target::Company(_), _) => "company",
        (Target::Password { .. }, _) => "password",
        (Target::Article { .. }, _) => "article",
        (_, Some(RecordKind::Site)) => "site",
        (_, Some(RecordKind::User)) => "person",
        (_, Some(RecordKind::Contract)) => "contract",
        _ => "asset",
    }
}

/// The names of the fields that change, as they stand in a sentence.
pub fn labels(item: &Item) -> Vec<String> {
    item.changes
        .iter()
        .map(|change| {
            let mut letters = change.label.chars();
            match letters.next() {
                // "ID number", "VIP" and "Halo ID" keep their capitals.
                Some(first) if !change.label.starts_with("Halo") && !letters.any(char::is_uppercase) => {
                    first.to_lowercase().chain(change.label.chars().skip(1)).collect()
                }
                _ => change.label.to_string(),
            }
        })
        .collect()
}

/// "a", "a and b", "a, b and c".
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
