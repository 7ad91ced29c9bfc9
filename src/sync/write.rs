//! One step against the real sides: looking what is left to do, and the one request that does it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::halo::record::RecordKind;
use crate::halo::{model, page, resource};
use crate::http::{ApiError, Product};
use crate::hudu::field;
use crate::hudu::field::FieldValue;
use crate::hudu::model::{Asset, Layout};
use crate::library::Shapes;
use crate::mapping::compare::{is_empty, same, show};
use crate::mapping::record::{HuduRecord, LayoutField, Slot};
use crate::mapping::{from_hudu, layout};
use crate::sync::article::{self, ArticleWrite, HaloArticle, agree};
use crate::sync::describe::list;
use crate::sync::error::SyncError;
use crate::sync::matching;
use crate::sync::plan::{Change, Item, Made, Target};
use crate::sync::sides::Sides;
use crate::sync::view::Action;

/// What is left to do of an item.
pub enum Look {
    /// These changes.
    Todo(Vec<Change>),
    /// Nothing: it is done already, by an earlier try or by another browser.
    Done {
        /// Id of the target.
        target: i64,
        /// Its address.
        url: Option<String>,
        /// An earlier try of this run made it.
        made: bool,
    },
    /// It is passed over, and why.
    Skip(String),
}

/// A write that was carried out.
pub struct Written {
    /// Id of the target.
    pub target: i64,
    /// Its address.
    pub url: Option<String>,
    /// What is worth saying.
    pub note: Option<String>,
}

/// Results of earlier items by item id.
pub type MadeIds = BTreeMap<String, i64>;

/// Looks and writes for one run.
pub struct Writer<'a> {
    sides: &'a Sides,
    shapes: RefCell<Option<Shapes>>,
}

impl<'a> Writer<'a> {
    /// For these sides.
    pub fn new(sides: &'a Sides) -> Self {
        Self { sides, shapes: RefCell::new(None) }
    }

    /// The sides.
    pub fn sides(&self) -> &Sides {
        self.sides
    }

    /// What is left to do. `sent` tells that an earlier try may have arrived.
    pub async fn look(&self, item: &Item, made: &MadeIds, sent: bool) -> Result<Look, SyncError> {
        match &item.target {
            Target::Company(Some(id)) => {
                let company = self.sides.hudu.company(*id).await?;
                let record = self.sides.company_record(&company);
                left(item, &|slot| record.value(slot), &same, &record)
            }
            Target::Company(None) => self.look_for_company(item, sent).await,
            Target::Asset { company, id: Some(id), .. } => {
                let asset = self.sides.hudu.asset(resolve(company, made)?, *id).await?;
                let record = self.asset_record(&asset).await?;
                left(item, &|slot| record.value(slot), &same, &record)
            }
            Target::Asset { company, layout, id: None } => {
                let company = resolve(company, made)?;
                let layout = resolve(layout, made)?;
                match self.find_assets(item, company, layout).await?.first() {
                    Some(asset) => Ok(Look::Done { target: asset.id, url: Some(asset.url.clone()), made: sent }),
                    None => Ok(Look::Todo(item.changes.clone())),
                }
            }
            Target::Layout { id, name, add, .. } => self.look_at_layout(*id, name, add, sent).await,
            Target::FaqList { name, parent } => {
                let above = match parent {
                    Some(parent) => match resolve(parent, made) {
                        Ok(id) => Some(id),
                        Err(_) => return Ok(Look::Skip("The list above it could not be made.".to_owned())),
                    },
                    None => None,
                };
                let lists: Vec<model::FaqList> = self.sides.halo.list(resource::FAQ_LIST, &[]).await?;
                let found = lists.iter().find(|list| {
                    list.name.as_deref().is_some_and(|own| own.trim().eq_ignore_ascii_case(name.trim()))
                        && list.parent_id == above
                });
                Ok(match found {
                    Some(list) => Look::Done { target: list.id, url: None, made: sent },
                    None => Look::Todo(Vec::new()),
                })
            }
            Target::Article { id: Some(id), .. } => {
                let article = self.halo_article(*id).await?;
                let values = article::values(&article);
                let value = |slot: &Slot| values.get(slot.key().as_str()).cloned().unwrap_or_default();
                left_at(item, &value, &agree, article.id, &article.url)
            }
            Target::Article { id: None, .. } => {
                let tag = item.id.strip_prefix("hudu-article/").and_then(|id| id.parse().ok()).map(article::tag);
                let found = if sent { self.sides.articles_tagged(&tag.unwrap_or_default()).await? } else { Vec::new() };
                Ok(match found.first() {
                    Some(id) => {
                        let url = page::url(
                            &self.sides.halo.connection().origin,
                            crate::halo::record::RecordRef::new(RecordKind::Article, *id),
                        );
                        Look::Done { target: *id, url: Some(url), made: true }
                    }
                    None => Look::Todo(item.changes.clone()),
                })
            }
        }
    }

    /// Sends the one request that does these changes.
    pub async fn send(&self, item: &Item, made: &MadeIds, todo: &[Change]) -> Result<Written, SyncError> {
        match &item.target {
            Target::Company(id) => self.write_company(*id, todo).await,
            Target::Asset { company, layout, id } => {
                let company = resolve(company, made)?;
                match id {
                    Some(id) => self.update_asset(item, company, *id, todo).await,
                    None => self.create_asset(item, company, resolve(layout, made)?, todo).await,
                }
            }
            Target::Layout { id, name, kind, add } => self.write_layout(*id, name, *kind, add).await,
            Target::FaqList { name, parent } => {
                let mut body = json!({ "name": name, "showforallagents": true });
                if let Some(parent) = parent {
                    body["group_id"] = json!(resolve(parent, made)?);
                }
                let answer = self.sides.halo.upsert(resource::FAQ_LIST, body).await?;
                Ok(Written { target: id_of(&answer)?, url: None, note: None })
            }
            Target::Article { id, write } => self.write_article(*id, write.as_deref(), made, todo).await,
        }
    }

    /// A refusal that the run can live with: a list of Halo's that the agent may not make.
    pub fn forgivable(&self, item: &Item, error: &SyncError) -> Option<String> {
        match (&item.target, error) {
            (Target::FaqList { name, .. }, SyncError::Api(ApiError::Forbidden { .. } | ApiError::Rejected { .. })) => {
                Some(format!("Halo does not let this agent make the list “{name}”: the article goes without it."))
            }
            _ => None,
        }
    }

    async fn look_for_company(&self, item: &Item, sent: bool) -> Result<Look, SyncError> {
        let hudu = &self.sides.hudu;
        let number = item.changes.iter().find(|change| change.slot == Slot::attribute("id_number"));
        let number = number.and_then(|change| show(&change.after));
        let found = match &number {
            Some(number) => hudu.companies_by_id_number(number).await?,
            // Without an id in Hudu only the name tells whether an earlier try arrived.
            None if sent => hudu.companies_by_name(&item.title).await?,
            None => Vec::new(),
        };
        let found = found.iter().find(|company| !company.archived);
        Ok(match found.map(|company| self.sides.company_record(company)) {
            Some(record) => Look::Done { target: record.id, url: Some(record.url), made: sent },
            None => Look::Todo(item.changes.clone()),
        })
    }

    async fn write_company(&self, id: Option<i64>, todo: &[Change]) -> Result<Written, SyncError> {
        let hudu = &self.sides.hudu;
        let mut body = Map::new();
        for change in todo {
            if let Slot::Attribute(name) = &change.slot {
                body.insert(name.clone(), json!(text(&change.after)));
            }
        }
        let mut company = match id {
            Some(id) if body.is_empty() => hudu.company(id).await?,
            Some(id) => hudu.update_company(id, Value::Object(body)).await?,
            None => hudu.create_company(Value::Object(body)).await?,
        };
        if let Some(archived) = archiving(todo) {
            company = hudu.archive_company(company.id, archived).await?;
            company.archived = archived;
        }
        let record = self.sides.company_record(&company);
        Ok(Written { target: record.id, note: unkept(&record, todo)?, url: Some(record.url) })
    }

    async fn update_asset(&self, item: &Item, company: i64, id: i64, todo: &[Change]) -> Result<Written, SyncError> {
        let hudu = &self.sides.hudu;
        let current = hudu.asset(company, id).await?;
        let layout = self.layout(current.asset_layout_id.unwrap_or_default()).await?;
        let (body, fields) = self.asset_body(&layout, todo).await?;
        let mut asset = if body.is_empty() && fields.is_empty() {
            current
        } else {
            hudu.update_asset(company, id, Value::Object(body), &fields).await?
        };
        if let Some(archived) = archiving(todo) {
            hudu.archive_asset(company, id, archived).await?;
            asset.archived = archived;
        }
        let record = self.asset_record(&asset).await?;
        let note = unkept(&record, todo)?;
        Ok(Written { target: id, url: Some(record.url).or(item.url.clone()), note })
    }

    async fn create_asset(
        &self,
        item: &Item,
        company: i64,
        layout_id: i64,
        todo: &[Change],
    ) -> Result<Written, SyncError> {
        let layout = self.layout(layout_id).await?;
        let (mut body, fields) = self.asset_body(&layout, todo).await?;
        body.insert("asset_layout_id".to_owned(), json!(layout_id));
        let asset = self.sides.hudu.create_asset(company, Value::Object(body), &fields).await?;
        let record = self.asset_record(&asset).await?;
        let mut note = unkept(&record, todo)?;
        let mut kept = record;
        // Another browser may have made it in the same moment: the older one stays.
        let mut twins = self.find_assets(item, company, layout_id).await?;
        twins.sort_by_key(|twin| twin.id);
        if let Some(older) = twins.into_iter().find(|twin| twin.id < kept.id) {
            note = Some(format!(
                "Another browser made the same record in the same moment: {} stays, {} is a duplicate to be archived in Hudu.",
                older.url, kept.url
            ));
            kept = older;
        }
        Ok(Written { target: kept.id, url: Some(kept.url), note })
    }

    /// The assets of this company and layout that stand for the item's record, the archived left out.
    async fn find_assets(&self, item: &Item, company: i64, layout_id: i64) -> Result<Vec<HuduRecord>, SyncError> {
        let Some(record) = item.record else { return Ok(Vec::new()) };
        let name = item.changes.iter().find(|change| change.slot == Slot::attribute("name"));
        let name = name.and_then(|change| show(&change.after)).unwrap_or_else(|| item.title.clone());
        let rows = self.sides.hudu.assets_named(company, layout_id, &name).await?;
        let mut found = Vec::new();
        for asset in rows.iter().filter(|asset| !asset.archived) {
            let asset = self.asset_record(asset).await?;
            if matching::halo_id(&asset, record.kind) == Some(record) {
                found.push(asset);
            }
        }
        Ok(found)
    }

    async fn asset_body(
        &self,
        layout: &Layout,
        todo: &[Change],
    ) -> Result<(Map<String, Value>, Vec<field::FieldWrite>), SyncError> {
        let lists = self.shapes().await?.lists;
        let (mut body, mut fields) = (Map::new(), Vec::new());
        for change in todo {
            match &change.slot {
                Slot::Attribute(name) => {
                    body.insert(name.clone(), json!(text(&change.after)));
                }
                Slot::Field(label) => {
                    let field = layout.field(label).ok_or_else(|| SyncError::Stale(change.label.clone()))?;
                    let written = field::write(field, &change.after, &lists).map_err(|error| ApiError::Rejected {
                        product: Product::Hudu,
                        status: 422,
                        message: error.to_string(),
                    })?;
                    fields.push(written);
                }
                Slot::Archived => {}
            }
        }
        Ok((body, fields))
    }

    async fn look_at_layout(
        &self,
        id: Option<i64>,
        name: &str,
        add: &[LayoutField],
        sent: bool,
    ) -> Result<Look, SyncError> {
        let shapes = self.fresh_shapes().await?;
        let found = match id {
            Some(id) => shapes.layouts.iter().find(|layout| layout.id == id),
            None => shapes.layouts.iter().find(|layout| layout.name.as_deref() == Some(name)),
        };
        match found {
            None if id.is_some() => Err(SyncError::Stale(name.to_owned())),
            Some(layout) if add.iter().all(|field| layout.field(&field.label).is_some()) => {
                Ok(Look::Done { target: layout.id, url: None, made: sent && id.is_none() })
            }
            Some(_) if id.is_none() && !sent => Err(SyncError::Stale(name.to_owned())),
            _ => Ok(Look::Todo(Vec::new())),
        }
    }

    async fn write_layout(
        &self,
        id: Option<i64>,
        name: &str,
        kind: RecordKind,
        add: &[LayoutField],
    ) -> Result<Written, SyncError> {
        let fields: Vec<Value> = add
            .iter()
            .enumerate()
            .map(|(position, field)| {
                json!({
                    "label": field.label,
                    "field_type": field.kind,
                    "show_in_list": position < 4,
                    "required": false,
                    "expiration": field.expiration,
                    "position": position + 1,
                })
            })
            .collect();
        let layout = match id {
            Some(id) => self.sides.hudu.add_layout_fields(id, fields).await?,
            None => {
                let (icon, color) = layout::looks(kind);
                let body = json!({
                    "name": name,
                    "icon": icon,
                    "color": color,
                    "icon_color": "#ffffff",
                    "include_passwords": true,
                    "include_photos": true,
                    "include_comments": true,
                    "include_files": true,
                    "active": true,
                    "fields": fields,
                });
                self.sides.hudu.create_layout(body).await?
            }
        };
        self.shapes.replace(None);
        Ok(Written { target: layout.id, url: None, note: None })
    }

    async fn write_article(
        &self,
        id: Option<i64>,
        write: Option<&ArticleWrite>,
        made: &MadeIds,
        todo: &[Change],
    ) -> Result<Written, SyncError> {
        let mut body = Map::new();
        if let Some(id) = id {
            body.insert("id".to_owned(), json!(id));
        }
        let mut note = None;
        for change in todo {
            let Slot::Attribute(key) = &change.slot else { continue };
            match (key.as_str(), &change.after) {
                ("name", value) => {
                    body.insert("name".to_owned(), json!(text(value)));
                    if id.is_none() {
                        body.insert("description".to_owned(), json!(text(value)));
                    }
                }
                ("body", FieldValue::Html(html)) => {
                    body.insert("resolution_html".to_owned(), json!(html));
                }
                ("body", _) => {
                    body.insert("resolution_html".to_owned(), json!(""));
                }
                ("lists", value) => {
                    let ids: Vec<i64> = match (value, write.and_then(|write| write.list.as_ref())) {
                        (FieldValue::Assets(rows), _) if rows.iter().all(|(id, _)| *id > 0) => {
                            rows.iter().map(|(id, _)| *id).collect()
                        }
                        (_, Some(list)) => resolve(list, made).into_iter().collect(),
                        _ => Vec::new(),
                    };
                    if ids.is_empty() {
                        note = Some("It stands in no list.".to_owned());
                    }
                    let rows: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
                    body.insert("faqlists".to_owned(), json!(rows));
                }
                ("clients", FieldValue::Assets(rows)) => {
                    let rows: Vec<Value> =
                        rows.iter().map(|(id, name)| json!({ "client_id": id, "client_name": name })).collect();
                    body.insert("kbentryclientaccess".to_owned(), json!(rows));
                }
                ("clients", _) => {
                    body.insert("kbentryclientaccess".to_owned(), json!([]));
                }
                ("showforall" | "inactive", value) => {
                    body.insert(key.clone(), json!(*value == FieldValue::Check(true)));
                }
                ("tags", FieldValue::Items(tags)) => {
                    let rows: Vec<Value> = tags.iter().map(|tag| json!({ "text": tag })).collect();
                    body.insert("tags".to_owned(), json!(rows));
                    body.insert("tag_string".to_owned(), json!(tags.join(",")));
                }
                _ => {}
            }
        }
        let answer = self.sides.halo.upsert(resource::ARTICLE, Value::Object(body)).await?;
        let target = id_of(&answer)?;
        let record = crate::halo::record::RecordRef::new(RecordKind::Article, target);
        Ok(Written { target, url: Some(page::url(&self.sides.halo.connection().origin, record)), note })
    }

    async fn halo_article(&self, id: i64) -> Result<HaloArticle, SyncError> {
        let article: model::Article = self.sides.halo.get(resource::ARTICLE, id, &[]).await?;
        Ok(self.sides.as_halo_article(&article))
    }

    async fn asset_record(&self, asset: &Asset) -> Result<HuduRecord, SyncError> {
        let mut shapes = self.shapes().await?;
        if shapes.layout(asset.asset_layout_id).is_none() {
            shapes = self.fresh_shapes().await?;
        }
        let layout = shapes.layout(asset.asset_layout_id);
        Ok(from_hudu::asset(asset, layout, &shapes.lists, self.sides.hudu.origin()))
    }

    async fn layout(&self, id: i64) -> Result<Layout, SyncError> {
        let shapes = self.shapes().await?;
        match shapes.layout(Some(id)) {
            Some(layout) => Ok(layout.clone()),
            None => {
                let shapes = self.fresh_shapes().await?;
                shapes.layout(Some(id)).cloned().ok_or_else(|| SyncError::Stale(format!("Layout {id}")))
            }
        }
    }

    async fn shapes(&self) -> Result<Shapes, SyncError> {
        let kept = self.shapes.borrow().clone();
        match kept {
            Some(shapes) => Ok(shapes),
            None => self.fresh_shapes().await,
        }
    }

    async fn fresh_shapes(&self) -> Result<Shapes, SyncError> {
        let shapes = self.sides.shapes().await?;
        self.shapes.replace(Some(shapes.clone()));
        Ok(shapes)
    }
}

fn left(
    item: &Item,
    value: &dyn Fn(&Slot) -> FieldValue,
    alike: &dyn Fn(&str, &FieldValue, &FieldValue) -> bool,
    record: &HuduRecord,
) -> Result<Look, SyncError> {
    left_at(item, value, alike, record.id, &record.url)
}

/// The changes that are still to be made. A value that is neither the one before nor the one after
/// was changed by somebody else: the plan is stale.
fn left_at(
    item: &Item,
    value: &dyn Fn(&Slot) -> FieldValue,
    alike: &dyn Fn(&str, &FieldValue, &FieldValue) -> bool,
    target: i64,
    url: &str,
) -> Result<Look, SyncError> {
    let mut todo = Vec::new();
    for change in &item.changes {
        let key = change.slot.key();
        let now = value(&change.slot);
        if alike(&key, &now, &change.after) || (is_empty(&now) && is_empty(&change.after)) {
            continue;
        }
        if !alike(&key, &now, &change.before) && !(is_empty(&now) && is_empty(&change.before)) {
            return Err(SyncError::Stale(item.title.clone()));
        }
        todo.push(change.clone());
    }
    if todo.is_empty() {
        return Ok(Look::Done { target, url: Some(url.to_owned()), made: item.action == Action::Create });
    }
    Ok(Look::Todo(todo))
}

/// What the server did not keep, though it said that it worked: success with nothing done is a failure.
fn unkept(record: &HuduRecord, todo: &[Change]) -> Result<Option<String>, SyncError> {
    let lost: Vec<String> = todo
        .iter()
        .filter(|change| {
            let now = record.value(&change.slot);
            !same(&change.slot.key(), &now, &change.after) && !(is_empty(&now) && is_empty(&change.after))
        })
        .map(|change| change.label.clone())
        .collect();
    if lost.is_empty() {
        return Ok(None);
    }
    if lost.len() == todo.len() {
        return Err(SyncError::NotKept(record.name.clone(), list(&lost)));
    }
    Ok(Some(format!("Hudu did not keep {}.", list(&lost))))
}

fn archiving(todo: &[Change]) -> Option<bool> {
    todo.iter().find(|change| change.slot == Slot::Archived).map(|change| change.after == FieldValue::Check(true))
}

/// A member's value as text; an empty text clears it.
fn text(value: &FieldValue) -> String {
    match value {
        FieldValue::Html(html) => html.clone(),
        other => show(other).unwrap_or_default(),
    }
}

fn resolve(made: &Made, results: &MadeIds) -> Result<i64, SyncError> {
    match made {
        Made::Is(id) => Ok(*id),
        Made::By(item) => results.get(item).copied().ok_or_else(|| SyncError::Lost(item.clone())),
    }
}

fn id_of(answer: &Value) -> Result<i64, SyncError> {
    let id = answer.get("id").and_then(|id| id.as_i64().or_else(|| id.as_f64().map(|id| id as i64)));
    let unreadable = || ApiError::Unreadable { product: Product::Halo, why: "the answer has no id".to_owned() };
    Ok(id.filter(|id| *id > 0).ok_or_else(unreadable)?)
}
