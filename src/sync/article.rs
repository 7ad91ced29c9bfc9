//! The other direction: a Hudu article becomes a Halo knowledge-base article.

use std::collections::BTreeMap;

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::FieldValue;
use crate::json::Json;
use crate::mapping::compare::{plain, show};
use crate::mapping::record::Slot;
use crate::mapping::values::Values;
use crate::order::gathered;
use crate::settings::SyncSettings;
use crate::sync::plan::{Change, Item, Link, Made, Plan, Subject, Target};
use crate::sync::view::{Action, Direction};
use crate::words::number;
use crate::{mark, t};

/// A Hudu article as planning sees it.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct HuduArticle {
    /// Hudu id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Body: sanitised, with absolute addresses.
    pub html: String,
    /// Folder names from the root.
    pub folder: Vec<String>,
    /// Put away, or still a draft.
    pub hidden: bool,
    /// Where it belongs.
    pub owner: Owner,
}

/// Whose article it is.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub enum Owner {
    /// The Central knowledge base.
    Central,
    /// A company that is this Halo client.
    Client(i64, String),
    /// A company whose Halo client is not known: name of the company.
    Unmatched(String),
}

/// A Halo article as planning sees it.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct HaloArticle {
    /// Halo id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Body (the resolution).
    pub html: String,
    /// Ids of the lists it is in.
    pub lists: Vec<i64>,
    /// Clients that it is restricted to: id and name.
    pub clients: Vec<(i64, String)>,
    /// Shown to all users.
    pub show_for_all: bool,
    /// Not in use.
    pub inactive: bool,
    /// Tags.
    pub tags: Vec<String>,
    /// Absolute address.
    pub url: String,
}

/// A list (folder) of Halo's knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct HaloList {
    /// Halo id.
    pub id: i64,
    /// Names from the root.
    pub path: Vec<String>,
}

/// What is written to Halo.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Json)]
pub struct ArticleWrite {
    /// The list it goes to.
    pub list: Option<Made>,
    /// The client it is restricted to.
    pub client: Option<(i64, String)>,
    /// All tags, with the one that names the Hudu article.
    pub tags: Vec<String>,
}

/// Both sides as they were read.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct ArticleInputs {
    /// The source.
    pub article: HuduArticle,
    /// Halo articles that carry the tag, or that the link names.
    pub found: Vec<HaloArticle>,
    /// All lists.
    pub lists: Vec<HaloList>,
    /// The link kept from earlier, if any: its target is the Halo id.
    pub link: Option<Link>,
}

/// The tag by which any machine finds the Halo article of a Hudu article.
pub fn tag(hudu_id: i64) -> String {
    format!("hudu-{hudu_id}")
}

/// The Hudu article that a Halo article's tags name.
pub fn from_tags<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<i64> {
    tags.into_iter().find_map(|tag| tag.trim().strip_prefix("hudu-")?.parse().ok().filter(|id| *id > 0))
}

/// Plans one article and the lists that it needs first.
pub fn plan(inputs: &ArticleInputs, settings: &SyncSettings) -> Plan {
    let article = &inputs.article;
    let subject = Subject::HuduArticle(article.id, article.title.clone());
    let items = items(article, &inputs.found, &inputs.lists, inputs.link.as_ref(), settings);
    Plan::new(Direction::ToHalo, subject, items, None)
}

/// The items of one article: the lists that have to be made, then the article. `found` are the Halo
/// articles that carry its tag or that its link names.
pub fn items(
    article: &HuduArticle,
    found: &[HaloArticle],
    lists: &[HaloList],
    link: Option<&Link>,
    settings: &SyncSettings,
) -> Vec<Item> {
    let blocked = |reason: String| vec![base(article, Action::Blocked, reason)];
    let existing = match found {
        [] => None,
        [one] if !one.tags.contains(&tag(article.id)) => {
            return blocked(t!(
                "Halo’s article {id}, which it was published as, does not have the tag {tag} any more. Put the tag back there, or delete that article, then try again.",
                id = one.id,
                tag = tag(article.id)
            ));
        }
        [one] => Some(one),
        several => {
            let ids: Vec<String> = several.iter().map(|a| a.id.to_string()).collect();
            return blocked(t!(
                "Halo has several articles with the tag {tag} (ids {ids}). Take the tag off all but one in Halo, then try again.",
                tag = tag(article.id),
                ids = ids.join(", ")
            ));
        }
    };
    if let Owner::Unmatched(company) = &article.owner {
        return blocked(t!(
            "It belongs to {company}, and which Halo client that is, is not known. Open that client in Halo, choose the match if it asks for one, and sync it first: else every client could read the article.",
            company
        ));
    }
    if existing.is_none() && article.hidden {
        return blocked(t!("It is archived or still a draft in Hudu."));
    }
    let mut items = Vec::new();
    let list = list_items(article, lists, &mut items);
    let before = existing.map(values).unwrap_or_default();
    let tags = existing.map_or_else(|| vec![tag(article.id)], |a| a.tags.clone());
    let mut conflict = false;
    let mut agreed = Values::default();
    let mut changes = Vec::new();
    for (key, label, after) in wanted(article, list.as_ref(), existing, settings) {
        let before = before.get(key).cloned().unwrap_or_default();
        // Who may read a new article is always said, never left to Halo's default.
        if agree(key, &before, &after) && (existing.is_some() || key != "showforall") {
            agreed.insert(key, before);
            continue;
        }
        let watched = matches!(key, "name" | "body") && existing.is_some();
        let note = match link.and_then(|link| link.synced.get(key)) {
            _ if !watched => None,
            Some(synced) if agree(key, synced, &before) => None,
            Some(_) => Some(t!("edited in Halo since the last sync")),
            None => Some(t!("not synced from this device before: it may have been edited in Halo")),
        };
        conflict |= note.is_some();
        let by = list.as_ref().filter(|_| key == "lists").and_then(Made::by).map(str::to_owned);
        changes.push(Change { slot: Slot::attribute(key), label: label.into(), before, after, note, by });
    }
    let client = match &article.owner {
        Owner::Client(id, name) => Some((*id, name.clone())),
        _ => None,
    };
    let action = match existing {
        None => Action::Create,
        Some(_) if changes.is_empty() => Action::Unchanged,
        Some(_) if conflict => Action::Conflict,
        Some(_) => Action::Update,
    };
    if action == Action::Unchanged {
        items.clear();
    }
    let reason = match existing {
        None => t!("Halo has no article with this Hudu article’s tag."),
        Some(_) => t!("Matched: the tag {tag}.", tag = tag(article.id)),
    };
    let mut item = base(article, action, reason);
    item.record = existing.map(|a| RecordRef::new(RecordKind::Article, a.id));
    item.url = existing.map(|a| a.url.clone());
    item.changes = changes;
    item.agreed = agreed;
    item.safe = matches!(action, Action::Create | Action::Update);
    item.target =
        Target::Article { id: existing.map(|a| a.id), write: Some(Box::new(ArticleWrite { list, client, tags })) };
    items.push(item);
    items
}

/// The values of a Halo article by key, in the form in which they are compared and kept.
pub fn values(article: &HaloArticle) -> BTreeMap<&'static str, FieldValue> {
    gathered([
        ("name", FieldValue::Text(article.title.clone())),
        ("body", FieldValue::Html(article.html.clone())),
        ("lists", FieldValue::Assets(article.lists.iter().map(|id| (*id, String::new())).collect())),
        ("clients", FieldValue::Assets(article.clients.clone())),
        ("showforall", FieldValue::Check(article.show_for_all)),
        ("inactive", FieldValue::Check(article.inactive)),
        ("tags", FieldValue::Items(article.tags.clone())),
    ])
}

fn wanted(
    article: &HuduArticle,
    list: Option<&Made>,
    existing: Option<&HaloArticle>,
    settings: &SyncSettings,
) -> Vec<(&'static str, &'static str, FieldValue)> {
    let mut wanted = vec![
        ("name", mark!("Title"), FieldValue::Text(article.title.clone())),
        ("body", mark!("Text"), FieldValue::Html(article.html.clone())),
    ];
    match list {
        // An article that someone filed elsewhere in Halo stays there.
        _ if existing.is_some_and(|a| !a.lists.is_empty()) => {}
        Some(list) => {
            let id = if let Made::Is(id) = list { *id } else { 0 };
            wanted.push(("lists", mark!("List"), FieldValue::Assets(vec![(id, article.folder.join(" > "))])));
        }
        None => {}
    }
    if let Owner::Client(id, name) = &article.owner {
        wanted.push(("clients", mark!("Only for client"), FieldValue::Assets(vec![(*id, name.clone())])));
    }
    wanted.push(("showforall", mark!("Shown to all users"), FieldValue::Check(settings.show_for_all)));
    // What was put away because Halo did not keep whom it is for stays away until it does.
    let exposed = existing.is_some_and(|there| match &article.owner {
        Owner::Client(id, _) => there.clients.iter().all(|(client, _)| client != id),
        _ => there.show_for_all && !settings.show_for_all,
    });
    if article.hidden || !(exposed && existing.is_some_and(|there| there.inactive)) {
        wanted.push(("inactive", mark!("Inactive"), FieldValue::Check(article.hidden)));
    }
    let tags = existing.map_or_else(|| vec![tag(article.id)], |a| a.tags.clone());
    wanted.push(("tags", mark!("Tags"), FieldValue::Items(tags)));
    wanted
}

/// What of a written article is not as it was sent: the tag that names it, and whom it is for.
pub(super) fn unkept(there: &HaloArticle, todo: &[Change]) -> Vec<&'static str> {
    let there = values(there);
    let lost = |key: &str, after: &FieldValue| match (there.get(key), after) {
        (Some(FieldValue::Items(there)), FieldValue::Items(after)) => after.iter().any(|tag| !there.contains(tag)),
        (Some(FieldValue::Assets(there)), FieldValue::Assets(after)) => {
            after.iter().any(|(id, _)| there.iter().all(|(other, _)| other != id))
        }
        (there, FieldValue::Check(false)) => there == Some(&FieldValue::Check(true)),
        _ => false,
    };
    let watched = ["tags", "clients", "showforall"].into_iter();
    watched.filter(|key| todo.iter().any(|change| change.slot.key() == *key && lost(key, &change.after))).collect()
}

/// Whether two values of an article say the same. Bodies are compared by their text and by what
/// they point to, because Halo reformats HTML when it stores it.
pub fn agree(key: &str, a: &FieldValue, b: &FieldValue) -> bool {
    match (a, b) {
        (FieldValue::Html(a), FieldValue::Html(b)) => essence(a) == essence(b),
        (FieldValue::Items(a), FieldValue::Empty) | (FieldValue::Empty, FieldValue::Items(a)) => a.is_empty(),
        (FieldValue::Assets(a), FieldValue::Empty) | (FieldValue::Empty, FieldValue::Assets(a)) => a.is_empty(),
        _ => crate::mapping::compare::same(key, a, b),
    }
}

fn essence(html: &str) -> (String, Vec<String>) {
    let mut targets = Vec::new();
    for attribute in ["src=\"", "href=\""] {
        for piece in html.split(attribute).skip(1) {
            targets.push(piece.split('"').next().unwrap_or_default().replace("&amp;", "&"));
        }
    }
    (plain(html), targets)
}

/// Finds the list for the folder path; what is missing of it becomes items that make it.
fn list_items(article: &HuduArticle, lists: &[HaloList], items: &mut Vec<Item>) -> Option<Made> {
    let same = |a: &[String], b: &[String]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.trim().eq_ignore_ascii_case(b.trim()))
    };
    let mut parent: Option<Made> = None;
    for depth in 1..=article.folder.len() {
        let path = &article.folder[..depth];
        parent = Some(match lists.iter().find(|list| same(&list.path, path)) {
            Some(list) => Made::Is(list.id),
            None => {
                let id = format!("list/{}", path.join("/").to_lowercase());
                let reason = t!("Halo has no list for this folder of Hudu.");
                let target = Target::FaqList { name: path[depth - 1].clone(), parent };
                let mut item = Item::new(id, Action::Create, &path.join(" > "), reason, target);
                item.safe = true;
                let made = Made::By(item.id.clone());
                items.push(item);
                made
            }
        });
    }
    parent
}

fn base(article: &HuduArticle, action: Action, reason: String) -> Item {
    let target = Target::Article { id: None, write: None };
    let mut item = Item::new(format!("hudu-article/{}", article.id), action, &article.title, reason, target);
    item.client = match article.owner {
        Owner::Client(id, _) => Some(id),
        _ => None,
    };
    item
}

/// How much text a body holds, for a difference that cannot be shown whole.
pub fn length(value: &FieldValue) -> Option<String> {
    let text = show(value)?;
    let start: String = text.chars().take(80).collect();
    let more = if text.chars().count() > 80 { "…" } else { "" };
    Some(t!("{start} ({n} characters)", start = format!("{start}{more}"), n = number(text.chars().count() as u64)))
}
