//! Knowledge base articles and the lists (folders) that hold them.

use serde_json::{Value, json};

use crate::halo::dates::{UNSET, is_unset};
use crate::halo::html;
use crate::halo::query::numbers;
use crate::halo::reply::Reply;
use crate::halo::resource::{Draft, Record, Saved, Show, flag, ids_of, number, text};
use crate::halo::state::State;
use crate::halo::switches::{ArticleTags, NeverEdited};

/// Letters of the answer that a list row shows.
const EXCERPT: usize = 200;

/// Whom an article is kept for: the member, what its rows name, where that is kept, and how its name is told.
const AUDIENCE: [(&str, &str, &str, &str); 2] = [
    ("kbentryclientaccess", "client_id", "Client", "client_name"),
    ("kbentrytoplevelaccess", "toplevel_id", "TopLevel", "toplevel_name"),
];

/// Keeps plain and HTML twins, tags, lists and access in step, and says who edited when.
pub(crate) fn save_article(draft: &mut Draft) -> Result<(), Reply> {
    twins(draft, "description");
    twins(draft, "resolution");
    tags(draft);
    let lists = ids_of(draft.record.get("faqlists"), "id");
    let known = lists.iter().filter(|id| draft.state.by_id("FAQLists", **id).is_some());
    draft.record.insert("faqlists".to_owned(), known.map(|id| json!({ "id": id })).collect());
    let mut open = true;
    for (member, key, ..) in AUDIENCE {
        let access: Value = ids_of(draft.record.get(member), key).iter().map(|id| json!({ key: id })).collect();
        open &= access == json!([]);
        draft.record.insert(member.to_owned(), access);
    }
    for (name, value) in [("inactive", json!(false)), ("type", json!(0)), ("view_count", json!(0))] {
        draft.record.entry(name).or_insert(value);
    }
    draft.record.entry("showforall").or_insert(json!(open));
    if draft.posted && draft.state.switches.article_access_dropped {
        draft.record.insert("showforall".to_owned(), json!(true));
        draft.record.insert("kbentryclientaccess".to_owned(), json!([]));
    }
    let agent = draft.state.by_id("Agent", draft.caller.agent_id);
    let role = if draft.before.is_none() { "creator" } else { "editor" };
    let name = agent.and_then(|agent| agent.get("name")).cloned().unwrap_or_default();
    if draft.posted {
        draft.record.insert(format!("{role}_id"), draft.caller.agent_id.into());
        draft.record.insert(format!("{role}_name"), name);
    }
    if draft.posted || !draft.sent.contains_key("date_edited") {
        let edited = if draft.before.is_none() { UNSET.to_owned() } else { draft.now.clone() };
        draft.record.insert("date_edited".to_owned(), edited.into());
    }
    Ok(())
}

/// HTML wins over its plain twin where both are sent.
fn twins(draft: &mut Draft, name: &str) {
    let html_name = format!("{name}_html");
    let sent = |name: &str| draft.sent.get(name).and_then(Value::as_str);
    if let Some(sent) = sent(&html_name) {
        draft.record.insert(name.to_owned(), html::text_of(sent).into());
    } else if let Some(sent) = sent(name) {
        draft.record.insert(html_name, html::paragraph(sent).into());
    }
}

/// `tags` are objects, the three strings are comma lists; whichever is sent rules the others.
fn tags(draft: &mut Draft) {
    if draft.posted && draft.state.switches.article_tags == ArticleTags::Dropped {
        for name in ["tags", "tag_string", "kb_tags", "importtags"] {
            match draft.before.as_ref().and_then(|before| before.get(name)) {
                Some(before) => draft.record.insert(name.to_owned(), before.clone()),
                None => draft.record.remove(name),
            };
        }
        return;
    }
    let objects = draft.sent.get("tags").and_then(Value::as_array);
    let list =
        ["tag_string", "kb_tags", "importtags"].iter().find_map(|name| draft.sent.get(*name).and_then(Value::as_str));
    let texts: Vec<String> = match (objects, list) {
        (Some(objects), _) => objects.iter().filter_map(|tag| tag["text"].as_str()).map(str::to_owned).collect(),
        (None, Some(list)) => list.split(',').map(|tag| tag.trim().to_owned()).collect(),
        (None, None) => return,
    };
    let mut kept: Vec<String> = Vec::new();
    for text in texts.into_iter().map(|text| text.trim().to_owned()) {
        if !text.is_empty() && !kept.iter().any(|have| have.eq_ignore_ascii_case(&text)) {
            kept.push(text);
        }
    }
    draft.record.remove("importtags");
    draft.record.insert("tag_string".to_owned(), kept.join(",").into());
    draft.record.insert("kb_tags".to_owned(), kept.join(",").into());
    draft.record.insert("tags".to_owned(), kept.into_iter().map(|text| json!({ "text": text })).collect());
}

/// New tags get numbers that every article shares.
pub(crate) fn after_article(state: &mut State, saved: &Saved) {
    let Some(resource) = crate::halo::resources::named("Tags") else {
        return;
    };
    let tags = saved.record.get("tags").and_then(Value::as_array).cloned().unwrap_or_default();
    for tag in tags {
        let name = tag["text"].as_str().unwrap_or_default();
        if state.find_named("Tags", name).is_none() {
            crate::halo::write::direct(state, resource, json!({ "name": name, "text": name }));
        }
    }
}

/// Names of lists, clients, top levels and tags.
pub(crate) fn show_article(state: &State, show: &Show, record: &mut Record) {
    if is_unset(record.get("date_edited")) {
        match state.switches.never_edited {
            NeverEdited::Sentinel => (),
            NeverEdited::Absent => {
                record.remove("date_edited");
            }
            NeverEdited::Created => {
                let created = record.get("date_created").cloned().unwrap_or_default();
                record.insert("date_edited".to_owned(), created);
            }
        }
    }
    let untold: &[&str] = match state.switches.article_tags {
        ArticleTags::KbTagsOnly => &["tags", "tag_string"],
        ArticleTags::NotInRows if !show.single => &["tags", "tag_string", "kb_tags"],
        _ => &[],
    };
    untold.iter().for_each(|name| drop(record.remove(*name)));
    let excerpt: String = text(record, "resolution").chars().take(EXCERPT).collect();
    record.insert("resolution_list".to_owned(), excerpt.into());
    if !show.single {
        return;
    }
    let lists = ids_of(record.get("faqlists"), "id").into_iter().filter_map(|id| {
        let list = state.by_id("FAQLists", id)?;
        Some(json!({ "id": id, "name": list.get("name"), "full_name": full_name(state, list) }))
    });
    let lists: Value = lists.collect();
    record.insert("faqlists".to_owned(), lists);
    let kb_id = record.get("id").cloned();
    for (member, key, store, title) in AUDIENCE {
        let access = ids_of(record.get(member), key).into_iter().map(|id| {
            let name = state.by_id(store, id).map_or("", |one| text(one, "name"));
            json!({ "id": id, key: id, title: name, "kb_id": kb_id })
        });
        let access: Value = access.collect();
        record.insert(member.to_owned(), access);
    }
    if let Some(Value::Array(tags)) = record.get_mut("tags") {
        for tag in tags {
            tag["id"] = state.find_named("Tags", tag["text"].as_str().unwrap_or_default()).into();
        }
    }
}

/// Filter: articles in one of these lists.
pub(crate) fn in_lists(_: &State, record: &Record, asked: &str) -> bool {
    let asked = numbers(asked);
    asked.iter().all(|id| *id <= 0) || ids_of(record.get("faqlists"), "id").iter().any(|id| asked.contains(id))
}

/// Filter: articles that a client may see: open to all, kept for it, or for the top level above it.
pub(crate) fn for_client(state: &State, record: &Record, asked: &str) -> bool {
    let [clients, tops] = AUDIENCE.map(|(member, key, ..)| ids_of(record.get(member), key));
    let above = |id: i64| number(state.by_id("Client", id)?.get("toplevel_id"));
    let sees = |id: i64| clients.contains(&id) || above(id).is_some_and(|top| tops.contains(&top));
    clients.is_empty() && tops.is_empty() || numbers(asked).into_iter().any(sees)
}

/// Filter: articles about a device.
pub(crate) fn for_device(_: &State, record: &Record, asked: &str) -> bool {
    ids_of(record.get("devices"), "id").iter().any(|id| numbers(asked).contains(id))
}

/// A list hangs below its group; 0 is the root.
pub(crate) fn save_list(draft: &mut Draft) -> Result<(), Reply> {
    let above = draft.state.linked("FAQLists", &draft.record, "group_id");
    let level = above.and_then(|above| number(above.get("level"))).map_or(1, |level| level + 1);
    draft.record.insert("level".to_owned(), level.into());
    for (name, value) in [("group_id", json!(0)), ("type", json!(0)), ("showforall", json!(true))] {
        draft.record.entry(name).or_insert(value);
    }
    Ok(())
}

/// The path of names, and the number of articles where it is asked for.
pub(crate) fn show_list(state: &State, show: &Show, record: &mut Record) {
    let id = number(record.get("id")).unwrap_or_default();
    record.insert("full_name".to_owned(), full_name(state, record).into());
    if let Some(above) = state.linked("FAQLists", record, "group_id") {
        record.insert("group_name".to_owned(), above.get("name").cloned().unwrap_or_default());
        record.insert("fullgroup_name".to_owned(), full_name(state, above).into());
    }
    let below = state.records("FAQLists").any(|list| number(list.get("group_id")) == Some(id));
    record.insert("is_group".to_owned(), below.into());
    if show.query.flag("showcounts") {
        let holds =
            |article: &&Record| !flag(article, "inactive") && ids_of(article.get("faqlists"), "id").contains(&id);
        record.insert("article_count".to_owned(), state.records("KBArticle").filter(holds).count().into());
    }
}

/// `IT > Network`, at most five levels as the API has names for.
fn full_name(state: &State, list: &Record) -> String {
    let mut names = vec![text(list, "name")];
    let mut above = state.linked("FAQLists", list, "group_id");
    while let Some(one) = above.filter(|_| names.len() < 5) {
        names.insert(0, text(one, "name"));
        above = state.linked("FAQLists", one, "group_id");
    }
    names.join(" > ")
}
