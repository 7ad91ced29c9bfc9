//! Plans in the store: a head, and the items in chunks, so that a hundred thousand of them are neither
//! written nor read as one text.
//!
//! | key in `plans` | value |
//! |---|---|
//! | `head/<id>` | the plan without its items, how many there are, when it was kept |
//! | `outline/<id>` | action, kind and client of each item ([`outline`]) |
//! | `lines/<id>` | what a table shows of each item ([`lines()`]) |
//! | `items/<id>/<chunk>` | up to [`CHUNK`] items; one without anything to do is a short array |

use crate::halo::record::{RecordKind, RecordRef};
use crate::json::{self, Json, Value, Wrong, list};
use crate::mapping::values::Values;
use crate::order::Order;
use crate::platform::json::{get, parse, put};
use crate::platform::{Host, StoreError, Table, Write};
use crate::sync::lines::{self, Lines};
use crate::sync::outline::{self, Outline};
use crate::sync::plan::{Item, Made, Plan, Subject, Target};
use crate::sync::view::Action;

/// Items in one chunk.
pub const CHUNK: usize = 200;

/// Chunks written in one transaction.
const BATCH: usize = 20;

/// Plans of one chunk that are kept.
const SMALL: usize = 20;

/// Larger plans that are kept.
const LARGE: usize = 2;

/// What is kept of a plan beside its items.
#[derive(Json)]
struct Head {
    plan: Plan,
    count: usize,
    kept: i64,
}

/// Keeps a plan until it is applied. Where many were never applied, the oldest make room for it.
pub async fn keep(host: &Host, plan: &Plan) -> Result<(), StoreError> {
    let mut others = heads(host).await?;
    others.retain(|head| head.plan.id != plan.id);
    let is_large = plan.items.len() > CHUNK;
    let room = if is_large { LARGE } else { SMALL } - 1;
    let alike: Vec<&Head> = others.iter().filter(|head| (head.count > CHUNK) == is_large).collect();
    for head in alike.iter().take(alike.len().saturating_sub(room)) {
        host.store.write(taken(&head.plan.id, head.count)).await?;
    }
    let mut writes = Vec::new();
    for (number, items) in (0..).zip(plan.items.chunks(CHUNK)) {
        writes.push(Write { table: Table::Plans, key: chunk_key(&plan.id, number), value: Some(fold(items)) });
        if writes.len() == BATCH {
            host.store.write(std::mem::take(&mut writes)).await?;
        }
    }
    writes.push(Write { table: Table::Plans, key: outline_key(&plan.id), value: Some(outline::fold(&plan.items)) });
    writes.push(Write { table: Table::Plans, key: lines_key(&plan.id), value: Some(lines::fold(&plan.items)) });
    // The head comes last: what has one is whole.
    let head = Head { plan: plan.head(), count: plan.items.len(), kept: host.clock.now() };
    writes.push(put(Table::Plans, format!("head/{}", plan.id), &head));
    host.store.write(writes).await
}

/// A plan that is kept; `None` where it is not, or not whole.
pub async fn load(host: &Host, id: &str) -> Result<Option<Plan>, StoreError> {
    let Some(Head { mut plan, count, .. }) = get(host, Table::Plans, &format!("head/{id}")).await? else {
        return Ok(None);
    };
    plan.items.reserve_exact(count);
    for number in 0..count.div_ceil(CHUNK) {
        let Some(items) = chunk(host, id, number).await? else { return Ok(None) };
        plan.items.extend(items);
    }
    Ok((plan.items.len() == count).then_some(plan))
}

/// One chunk of a plan's items; `None` where it is not kept.
pub async fn chunk(host: &Host, id: &str, number: usize) -> Result<Option<Vec<Item>>, StoreError> {
    host.store.get(Table::Plans, &chunk_key(id, number)).await?.map(|text| unfold(&text)).transpose()
}

/// A kept plan in outline; `None` where it is not kept, or not whole.
pub async fn outline(host: &Host, id: &str) -> Result<Option<Outline>, StoreError> {
    let Some(Head { plan, count, .. }) = get(host, Table::Plans, &format!("head/{id}")).await? else {
        return Ok(None);
    };
    let Some(text) = host.store.get(Table::Plans, &outline_key(id)).await? else { return Ok(None) };
    let marks = outline::unfold(&text)?;
    Ok((marks.len() == count).then_some(Outline { plan, marks }))
}

/// The lines of a kept plan of so many items; `None` where they are not kept.
pub async fn lines(host: &Host, id: &str, count: usize) -> Result<Option<Lines>, StoreError> {
    let Some(text) = host.store.get(Table::Plans, &lines_key(id)).await? else { return Ok(None) };
    Ok(Some(lines::unfold(text)?).filter(|lines| lines.len() == count))
}

/// Id of the newest plan for everything that is kept.
pub async fn last(host: &Host) -> Result<Option<String>, StoreError> {
    let everything = |head: &Head| matches!(head.plan.subject, Subject::Everything(_)) && head.plan.undoes.is_none();
    Ok(heads(host).await?.into_iter().rfind(everything).map(|head| head.plan.id))
}

/// The changes that take a plan off the shelf.
pub fn forget(plan: &Plan) -> Vec<Write> {
    taken(&plan.id, plan.items.len())
}

/// Heads of all plans, oldest first.
async fn heads(host: &Host) -> Result<Vec<Head>, StoreError> {
    let mut heads = Vec::new();
    for (_, text) in host.store.scan(Table::Plans, "head/").await? {
        heads.push(parse::<Head>(&text)?);
    }
    heads.order_by_key(|head| head.kept);
    Ok(heads)
}

fn taken(id: &str, count: usize) -> Vec<Write> {
    let chunks = (0..count.div_ceil(CHUNK)).map(|number| chunk_key(id, number));
    let keys = [format!("head/{id}"), outline_key(id), lines_key(id)].into_iter().chain(chunks);
    keys.map(|key| Write { table: Table::Plans, key, value: None }).collect()
}

fn outline_key(id: &str) -> String {
    format!("outline/{id}")
}

fn lines_key(id: &str) -> String {
    format!("lines/{id}")
}

fn chunk_key(id: &str, number: usize) -> String {
    format!("items/{id}/{number:06}")
}

/// Items as the text of a chunk.
pub fn fold(items: &[Item]) -> String {
    Value::Array(items.iter().map(|item| still(item).unwrap_or_else(|| item.to_json())).collect()).to_string()
}

/// Items from the text of a chunk.
pub fn unfold(text: &str) -> Result<Vec<Item>, StoreError> {
    let wrong = |wrong: Wrong| StoreError::Broken(wrong.to_string());
    let rows: Vec<Value> = json::read(text).map_err(wrong)?;
    let item = |row: Value| if row.is_array() { awake(row) } else { Item::from_json(row) };
    rows.into_iter().map(item).collect::<Result<_, _>>().map_err(wrong)
}

/// A short form of an item that has nothing to do: key, title, client, company, layout, target, reason,
/// and the values in which both sides agree.
fn still(item: &Item) -> Option<Value> {
    let record = item.record?;
    let (company, layout, id) = match item.target {
        Target::Company(Some(id)) => (0, 0, id),
        Target::Asset { company: Made::Is(company), layout: Made::Is(layout), id: Some(id) } => (company, layout, id),
        _ => return None,
    };
    if item.action != Action::Unchanged || item.url.is_some() || item.id != record.key() {
        return None;
    }
    let place = list([company.to_json(), layout.to_json(), id.to_json()]);
    let agreed = if item.agreed.is_empty() { Value::Null } else { item.agreed.to_json() };
    let texts = [item.id.to_json(), item.title.to_json(), item.reason.to_json()];
    let [key, title, reason] = texts;
    Some(list([key, title, item.client.to_json(), place, reason, agreed]))
}

/// The item of a short form.
fn awake(row: Value) -> Result<Item, Wrong> {
    let [key, title, client, place, reason, agreed] = json::items(row)?;
    let (company, layout, id) = <(i64, i64, i64)>::from_json(place)?;
    let key = String::from_json(key)?;
    let record = RecordRef::from_key(&key).ok_or(Wrong::value())?;
    let target = match record.kind {
        RecordKind::Client => Target::Company(Some(id)),
        _ => Target::Asset { company: Made::Is(company), layout: Made::Is(layout), id: Some(id) },
    };
    let mut item = Item::new(key, Action::Unchanged, &String::from_json(title)?, String::from_json(reason)?, target);
    (item.record, item.client) = (Some(record), Option::from_json(client)?);
    if !agreed.is_null() {
        item.agreed = Values::from_json(agreed)?;
    }
    Ok(item)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::hudu::field::FieldValue;

    #[test]
    fn items_come_back_as_they_were() {
        let record = RecordRef::new(RecordKind::Asset, 12);
        let target = Target::Asset { company: Made::Is(3), layout: Made::Is(5), id: Some(9) };
        let mut still = Item::new(record.key(), Action::Unchanged, "SRV-02", String::new(), target);
        (still.record, still.client) = (Some(record), Some(7));
        let mut agreeing = still.clone();
        agreeing.agreed.insert("name", FieldValue::Text("SRV-02".into()));
        let mut update = still.clone();
        update.action = Action::Update;
        let items = vec![still, agreeing, update];
        let text = fold(&items);
        assert_eq!(unfold(&text).unwrap(), items);
        assert!(text.starts_with(r#"[["asset/12","SRV-02",7,[3,5,9],"",null],["#), "{text}");
    }
}
