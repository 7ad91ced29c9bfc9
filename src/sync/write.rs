//! One step against the real sides: looking what is left to do, and the one request that does it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::{Map, Value, json};

use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::{model, page, resource};
use crate::http::ApiError;
use crate::hudu::model::{Asset, Company, Layout};
use crate::library::{self, Shapes};
use crate::mapping::compare::{is_empty, same, show};
use crate::mapping::record::{HuduRecord, Slot};
use crate::order::Order;
use crate::sync::article::{self, HaloArticle, agree};
use crate::sync::error::SyncError;
use crate::sync::links as kept;
use crate::sync::plan::{Change, Item, Target};
use crate::sync::sides::Sides;
use crate::sync::survey::knows;
use crate::sync::verify::{archiving, id_of, left, left_at, links, member, resolve, target, unkept};
use crate::t;
use crate::words::keeping;

/// How often putting a record away is tried again: it does no harm twice.
const PUT_AWAY_TRIES: u32 = 3;

/// How often a run reads layouts again for fields that it does not know.
const MOST_AGAIN: u32 = 5;

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
        /// Younger records that stand for the same, to be put away.
        twins: Vec<i64>,
        /// Nothing in it speaks against an earlier try having made it.
        ours: bool,
    },
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

/// A list of Halo's knowledge base: id, name, the list above.
type FaqList = (i64, String, Option<i64>);

/// Looks and writes for one run. Every id that an item needs stands in it.
pub struct Writer<'a> {
    pub(super) sides: &'a Sides,
    /// Layouts and lists as they were read last are good enough where nothing says otherwise.
    pub(super) many: bool,
    pub(super) shapes: RefCell<Option<Rc<Shapes>>>,
    /// How many layouts this run has written.
    pub(super) layouts_written: Cell<u32>,
    /// How often layouts were read again for a field that was not known.
    again: Cell<u32>,
    lists: RefCell<Option<Vec<FaqList>>>,
}

impl<'a> Writer<'a> {
    /// For these sides. `many` tells that many records are written.
    pub fn new(sides: &'a Sides, many: bool) -> Self {
        let (shapes, lists) = (RefCell::new(None), RefCell::new(None));
        Self { sides, many, shapes, layouts_written: Cell::new(0), again: Cell::new(0), lists }
    }

    /// What is left to do. `sent` tells that an earlier try may have arrived.
    pub async fn look(&self, item: &Item, sent: bool) -> Result<Look, SyncError> {
        if !self.many && !sent && links(item) {
            let own = target(item);
            let others = self.counterparts(item, true).await?;
            if others.iter().any(|record| Some(record.id) != own && !record.archived) {
                return Err(SyncError::Stale(item.title.clone()));
            }
        }
        match &item.target {
            Target::Company(Some(id)) => {
                let company = self.sides.hudu.company(*id).await?;
                let record = self.sides.company_record(&company);
                left(item, &|slot| record.value(slot), &same, &record)
            }
            Target::Asset { company, id: Some(id), .. } => {
                let asset = self.sides.hudu.asset(resolve(company)?, *id).await?;
                let record = self.asset_record(&asset).await?;
                left(item, &|slot| record.value(slot), &same, &record)
            }
            // Without an id in Hudu only the name tells whether an earlier try arrived.
            Target::Company(None) if !sent && number_of(item).is_none() => Ok(Look::Todo(item.changes.clone())),
            Target::Company(None) | Target::Asset { id: None, .. } => {
                let found = self.counterparts(item, sent).await?;
                let (away, mut found): (Vec<_>, Vec<_>) = found.into_iter().partition(|record| record.archived);
                found.order_by_key(|record| record.id);
                let mut found = found.into_iter();
                match (found.next(), away.into_iter().next()) {
                    (Some(first), _) => {
                        let twins = if sent { found.map(|twin| twin.id).collect() } else { Vec::new() };
                        let ours = could_have_made(item, &first);
                        Ok(Look::Done { target: first.id, url: Some(first.url), twins, ours })
                    }
                    // What an earlier try made was put away by somebody since.
                    (None, Some(own)) if sent => {
                        Ok(Look::Done { target: own.id, url: Some(own.url), twins: Vec::new(), ours: true })
                    }
                    (None, Some(_)) => Err(SyncError::Stale(item.title.clone())),
                    (None, None) => Ok(Look::Todo(item.changes.clone())),
                }
            }
            Target::Layout { id, name, add, .. } => self.look_at_layout(*id, name, add, sent).await,
            Target::FaqList { name, parent } => {
                let above = parent.as_ref().map(resolve).transpose()?;
                let same = |other: &str| other.trim().eq_ignore_ascii_case(name.trim());
                let lists = self.faq_lists(sent || !self.many).await?;
                let found = lists.iter().find(|(_, name, parent)| same(name) && *parent == above);
                Ok(match found {
                    Some((id, ..)) => Look::Done { target: *id, url: None, twins: Vec::new(), ours: true },
                    None => Look::Todo(Vec::new()),
                })
            }
            Target::Article { id: Some(id), .. } => {
                let article = self.halo_article(*id).await?;
                let values = article::values(&article);
                let value = |slot: &Slot| values.get(&*slot.key()).cloned().unwrap_or_default();
                left_at(item, &value, &agree, article.id, &article.url)
            }
            Target::Article { id: None, .. } => {
                let tag = item.id.strip_prefix("hudu-article/").and_then(|id| id.parse().ok()).map(article::tag);
                let mut found = self.sides.articles_tagged(&tag.unwrap_or_default(), &item.title).await?;
                found.order();
                Ok(match found.first() {
                    Some(id) => {
                        let url =
                            page::url(&self.sides.halo.connection().origin, RecordRef::new(RecordKind::Article, *id));
                        // Only what this run may have made itself is put away.
                        let twins = if sent { found[1..].to_vec() } else { Vec::new() };
                        Look::Done { target: *id, url: Some(url), twins, ours: true }
                    }
                    None => Look::Todo(item.changes.clone()),
                })
            }
            Target::Password { id: Some(id), .. } => {
                let record = self.sides.password_record(&self.sides.hudu.password(*id).await?);
                left(item, &|slot| record.value(slot), &same, &record)
            }
            // Nothing but an earlier try of this run can have written these.
            Target::TicketNote { .. } | Target::Password { .. } if !sent => Ok(Look::Todo(item.changes.clone())),
            Target::TicketNote { ticket, after, .. } => self.sides.look_for_note(item, *ticket, *after).await,
            Target::Password { company, after, value, .. } => {
                self.sides.look_for_password(item, *company, *after, value).await
            }
            Target::Relation { from, to } => self.sides.look_for_relation(item, from, to).await,
        }
    }

    /// Sends the one request that does these changes.
    pub async fn send(&self, item: &Item, todo: &[Change]) -> Result<Written, SyncError> {
        match &item.target {
            Target::Company(id) => self.write_company(*id, todo).await,
            Target::Asset { company, layout, id } => {
                let company = resolve(company)?;
                match id {
                    Some(id) => self.update_asset(item, company, *id, todo).await,
                    None => self.create_asset(company, resolve(layout)?, todo).await,
                }
            }
            Target::Layout { id, name, kind, add } => self.write_layout(*id, name, *kind, add).await,
            Target::FaqList { name, parent } => {
                let above = parent.as_ref().map(resolve).transpose()?;
                let mut body = json!({ "name": name, "showforallagents": true });
                if let Some(above) = above {
                    body["group_id"] = json!(above);
                }
                let answer = self.sides.halo.upsert(resource::FAQ_LIST, body).await?;
                let target = id_of(&answer)?;
                if let Some(lists) = &mut *self.lists.borrow_mut() {
                    lists.push((target, name.clone(), above));
                }
                Ok(Written { target, url: None, note: None })
            }
            Target::Article { id, write } => self.write_article(*id, write.as_deref(), todo).await,
            Target::TicketNote { ticket, outcome, .. } => self.sides.write_note(item, *ticket, *outcome).await,
            Target::Password { company, id, value, .. } => self.sides.write_password(*company, *id, value, todo).await,
            Target::Relation { from, to } => self.sides.write_relation(from, to).await,
        }
    }

    /// The records that stand for the Halo record of a creation, archived ones among them. `earlier` tells
    /// that an earlier try may have made one, which somebody may have renamed since.
    pub async fn counterparts(&self, item: &Item, earlier: bool) -> Result<Vec<HuduRecord>, SyncError> {
        let hudu = &self.sides.hudu;
        match &item.target {
            Target::Company(_) => {
                let number = number_of(item);
                let found: Vec<Company> = match &number {
                    Some(number) => hudu.companies_by_id_number(number).await?,
                    None => hudu.companies_by_name(&item.title).await?,
                };
                let mut found: Vec<_> = found.iter().map(|company| self.sides.company_record(company)).collect();
                if number.is_none() && !found.is_empty() {
                    // A name alone says nothing of a company that stands for another client.
                    let others = kept::companies(&self.sides.host).await?;
                    found.retain(|company| company.native.is_empty() && !others.contains(&company.id));
                }
                Ok(found)
            }
            Target::Asset { company, layout, .. } => {
                self.find_assets(item, resolve(company)?, resolve(layout)?, earlier).await
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Puts a record away that this run made; worth several tries, because a duplicate would stay else.
    pub async fn put_away(&self, item: &Item, id: i64) -> Result<(), SyncError> {
        let mut tries = 0;
        loop {
            match self.try_to_put_away(item, id).await {
                Err(SyncError::Api(error)) if tries < PUT_AWAY_TRIES && (error.is_of_this() || error.maybe_done()) => {
                    tries += 1;
                }
                other => return other,
            }
        }
    }

    async fn try_to_put_away(&self, item: &Item, id: i64) -> Result<(), SyncError> {
        match &item.target {
            Target::Company(_) => drop(self.sides.hudu.archive_company(id, true).await?),
            Target::Asset { company, .. } => drop(self.sides.hudu.archive_asset(resolve(company)?, id, true).await?),
            Target::Article { .. } => {
                drop(self.sides.halo.upsert(resource::ARTICLE, json!({ "id": id, "inactive": true })).await?);
            }
            Target::Password { .. } => drop(self.sides.hudu.archive_password(id, true).await?),
            Target::Layout { .. } | Target::FaqList { .. } | Target::TicketNote { .. } | Target::Relation { .. } => {}
        }
        Ok(())
    }

    /// A refusal that the run can live with: a list of Halo's that the agent may not make.
    pub fn forgivable(&self, item: &Item, error: &SyncError) -> Option<String> {
        match (&item.target, error) {
            (Target::FaqList { name, .. }, SyncError::Api(ApiError::Forbidden { .. } | ApiError::Rejected { .. })) => {
                Some(keeping(|| {
                    t!("Halo does not let this agent make the list “{name}”: the article goes without it.", name)
                }))
            }
            _ => None,
        }
    }

    async fn write_company(&self, id: Option<i64>, todo: &[Change]) -> Result<Written, SyncError> {
        let hudu = &self.sides.hudu;
        let mut body = Map::new();
        for change in todo {
            if let Slot::Attribute(name) = &change.slot {
                body.insert(name.to_string(), member(&change.after));
            }
        }
        let company = match (id, archiving(todo)) {
            (Some(id), Some(archived)) => {
                let mut company = hudu.archive_company(id, archived).await?;
                company.archived = archived;
                company
            }
            (Some(id), None) => hudu.update_company(id, Value::Object(body)).await?,
            (None, _) => hudu.create_company(Value::Object(body)).await?,
        };
        let record = self.sides.company_record(&company);
        Ok(Written { target: record.id, note: unkept(&record, todo)?, url: Some(record.url) })
    }

    async fn halo_article(&self, id: i64) -> Result<HaloArticle, SyncError> {
        let article: model::Article = self.sides.halo.get(resource::ARTICLE, id, &[]).await?;
        Ok(self.sides.as_halo_article(&article))
    }

    /// Lists of Halo's knowledge base.
    async fn faq_lists(&self, afresh: bool) -> Result<Vec<FaqList>, SyncError> {
        let kept = self.lists.borrow().clone();
        if let Some(lists) = kept.filter(|_| !afresh) {
            return Ok(lists);
        }
        let rows: Vec<model::FaqList> = self.sides.halo.list(resource::FAQ_LIST, &[]).await?;
        let lists: Vec<FaqList> =
            rows.into_iter().map(|list| (list.id, list.name.unwrap_or_default(), list.parent_id)).collect();
        self.lists.replace(Some(lists.clone()));
        Ok(lists)
    }

    pub(super) async fn asset_record(&self, asset: &Asset) -> Result<HuduRecord, SyncError> {
        let mut shapes = self.shapes().await?;
        // A field that somebody has added since may hold what tells a record from others.
        if !knows(&shapes, asset) && self.again.replace(self.again.get() + 1) < MOST_AGAIN {
            shapes = self.fresh_shapes().await?;
        }
        Ok(self.sides.asset_record(asset, &shapes))
    }

    pub(super) async fn layout(&self, id: i64) -> Result<Layout, SyncError> {
        let shapes = self.shapes().await?;
        match shapes.layout(Some(id)) {
            Some(layout) => Ok(layout.clone()),
            None => {
                let shapes = self.fresh_shapes().await?;
                shapes.layout(Some(id)).cloned().ok_or_else(|| SyncError::Stale(t!("Layout {id}", id)))
            }
        }
    }

    pub(super) async fn shapes(&self) -> Result<Rc<Shapes>, SyncError> {
        let kept = self.shapes.borrow().clone();
        match kept {
            Some(shapes) => Ok(shapes),
            None => self.fresh_shapes().await,
        }
    }

    /// Keeps layouts and lists, for this run and for whoever reads assets beside it.
    pub(super) async fn know(&self, shapes: Rc<Shapes>) -> Result<Rc<Shapes>, SyncError> {
        // Before anything else is awaited: a layout written beside this one builds on it.
        self.shapes.replace(Some(shapes.clone()));
        library::keep_shapes(&self.sides.host, &shapes).await?;
        Ok(shapes)
    }

    pub(super) async fn fresh_shapes(&self) -> Result<Rc<Shapes>, SyncError> {
        loop {
            let written = self.layouts_written.get();
            let shapes = Rc::new(self.sides.shapes().await?);
            // A layout that was written in between may stand there as it was before: read again.
            if written == self.layouts_written.get() {
                return self.know(shapes).await;
            }
        }
    }
}

/// Whether a creation may have left the record so: a value of another kind was there before, or somebody
/// else put it there.
fn could_have_made(item: &Item, record: &HuduRecord) -> bool {
    let fits = |change: &Change| {
        let now = record.value(&change.slot);
        is_empty(&now) || same(&change.slot.key(), &now, &change.after)
    };
    item.changes.iter().all(fits)
}

/// The client's id as the company's ID number, where it is written.
fn number_of(item: &Item) -> Option<String> {
    let number = item.changes.iter().find(|change| change.slot == Slot::attribute("id_number"));
    number.and_then(|change| show(&change.after))
}
