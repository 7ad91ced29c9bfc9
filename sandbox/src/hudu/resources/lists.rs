//! Lists: the choices of `ListSelect` fields. Items are written through `list_items_attributes`.

use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::resource::{By, CRUD, Draft, Filter, PLAIN, Pages, Resource, Shape, exact};
use super::super::state::State;
use super::super::store::{Record, blank, flag_of, int_of, record};

pub(in super::super) static LISTS: Resource = Resource {
    path: "lists",
    root: "list",
    model: "List",
    verbs: CRUD,
    list: Shape::Bare,
    one: Shape::Bare,
    lost: "List not found",
    pages: Pages::Whole,
    filters: &[exact("name"), Filter { name: "query", by: By::Phrase(&["name"]) }],
    writes: &["name"],
    required: &["name"],
    blank: || json!({ "id": null, "name": null, "list_items": [], "created_at": null, "updated_at": null }),
    check,
    ..PLAIN
};

fn check(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    let Some(Value::Array(sent)) = draft.body.get("list_items_attributes") else {
        return Ok(());
    };
    let mut items: Vec<Record> =
        draft.record.get("list_items").and_then(Value::as_array).into_iter().flatten().cloned().map(record).collect();
    for sent in sent.iter().cloned().map(record) {
        match int_of(&sent, "id") {
            Some(id) => {
                let place =
                    items.iter().position(|item| int_of(item, "id") == Some(id)).ok_or_else(Answer::not_found)?;
                if flag_of(&sent, "_destroy") {
                    items.remove(place);
                } else if let Some(name) = sent.get("name") {
                    items[place].insert("name".to_owned(), name.clone());
                }
            }
            None if blank(sent.get("name")) => {
                return Err(Answer::invalid(vec!["List items name can't be blank".to_owned()]));
            }
            None => {
                let id = state.store.next_id("list_items");
                items.push(record(json!({ "id": id, "name": sent.get("name") })));
            }
        }
    }
    draft.record.insert("list_items".to_owned(), items.into_iter().map(Value::Object).collect());
    Ok(())
}
