//! One step against the real sides: looking what is left to do, and the one request that does it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::{model, page, resource};
use crate::http::ApiError;
use crate::hudu::model::{Asset, Layout};
use crate::library::Shapes;
use crate::mapping::compare::{same, show};
use crate::mapping::from_hudu;
use crate::mapping::record::{HuduRecord, Slot};
use crate::sync::article::{self, HaloArticle, agree};
use crate::sync::error::SyncError;
use crate::sync::plan::{Change, Item, Target};
use crate::sync::sides::Sides;
use crate::sync::verify::{archiving, id_of, left, left_at, resolve, text, unkept};

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
    pub(super) sides: &'a Sides,
    pub(super) shapes: RefCell<Option<Shapes>>,
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
                let found = self.sides.articles_tagged(&tag.unwrap_or_default()).await?;
                Ok(match found.first() {
                    Some(id) => {
                        let url =
                            page::url(&self.sides.halo.connection().origin, RecordRef::new(RecordKind::Article, *id));
                        Look::Done { target: *id, url: Some(url), made: sent }
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

    pub(super) async fn look_for_company(&self, item: &Item, sent: bool) -> Result<Look, SyncError> {
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

    pub(super) async fn write_company(&self, id: Option<i64>, todo: &[Change]) -> Result<Written, SyncError> {
        let hudu = &self.sides.hudu;
        let mut body = Map::new();
        for change in todo {
            if let Slot::Attribute(name) = &change.slot {
                body.insert(name.to_string(), json!(text(&change.after)));
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

    pub(super) async fn halo_article(&self, id: i64) -> Result<HaloArticle, SyncError> {
        let article: model::Article = self.sides.halo.get(resource::ARTICLE, id, &[]).await?;
        Ok(self.sides.as_halo_article(&article))
    }

    pub(super) async fn asset_record(&self, asset: &Asset) -> Result<HuduRecord, SyncError> {
        let mut shapes = self.shapes().await?;
        if shapes.layout(asset.asset_layout_id).is_none() {
            shapes = self.fresh_shapes().await?;
        }
        let layout = shapes.layout(asset.asset_layout_id);
        Ok(from_hudu::asset(asset, layout, &shapes.lists, self.sides.hudu.origin()))
    }

    pub(super) async fn layout(&self, id: i64) -> Result<Layout, SyncError> {
        let shapes = self.shapes().await?;
        match shapes.layout(Some(id)) {
            Some(layout) => Ok(layout.clone()),
            None => {
                let shapes = self.fresh_shapes().await?;
                shapes.layout(Some(id)).cloned().ok_or_else(|| SyncError::Stale(format!("Layout {id}")))
            }
        }
    }

    pub(super) async fn shapes(&self) -> Result<Shapes, SyncError> {
        let kept = self.shapes.borrow().clone();
        match kept {
            Some(shapes) => Ok(shapes),
            None => self.fresh_shapes().await,
        }
    }

    pub(super) async fn fresh_shapes(&self) -> Result<Shapes, SyncError> {
        let shapes = self.sides.shapes().await?;
        self.shapes.replace(Some(shapes.clone()));
        Ok(shapes)
    }
}
