//! Articles: Hudu's with their text, Halo's by their rows, and a Halo article whole only where it is not
//! known from before.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::halo::record::RecordKind;
use crate::halo::{model, resource};
use crate::html::{Pictures, sanitise_with};
use crate::http::Record;
use crate::hudu::Pages;
use crate::hudu::model::Article;
use crate::json::Json;
use crate::library::folder_names;
use crate::mapping::compare;
use crate::mapping::record::{HuduRecord, Slot};
use crate::platform::Table;
use crate::platform::json::{get, put};
use crate::sync::article::{self, HaloArticle, HaloList, HuduArticle, Owner};
use crate::sync::error::SyncError;
use crate::sync::gather_article::{MOST, halo_lists};
use crate::sync::links::Links;
use crate::sync::sides::Sides;
use crate::sync::survey::lists::Lists;

const ARTICLES: &str = "articles in Hudu";

/// A Hudu article and its company.
pub(super) struct Doc {
    pub(super) article: HuduArticle,
    pub(super) company: Option<i64>,
}

/// Halo's knowledge base by its rows.
#[derive(Default)]
pub(super) struct KnowledgeBase {
    /// All lists.
    pub(super) lists: Vec<HaloList>,
    /// Digest of each row, by Halo id.
    rows: HashMap<i64, String>,
    /// Halo ids by title.
    titled: HashMap<String, Vec<i64>>,
    /// Halo ids of the articles that carry the tag of a Hudu article.
    tagged: HashMap<i64, Vec<i64>>,
}

/// A Halo article as it was read, for the row of that digest.
#[derive(Json)]
struct Kept {
    row: String,
    article: HaloArticle,
}

impl Lists<'_> {
    /// All Hudu articles that are asked for: those of the companies of `scope`, or all.
    pub(super) async fn hudu_articles(&self, scope: Option<&[i64]>) -> Result<Vec<Doc>, SyncError> {
        let hudu = &self.sides.hudu;
        let folders = hudu.folders().await?;
        let mut pages: Pages<Article> = hudu.article_pages();
        let mut docs = Vec::new();
        let (mut done, mut count) = (0, 0);
        while let Some(rows) = pages.next().await? {
            (done, count) = (done + 1, count + rows.len());
            self.follow.page(ARTICLES, done, None)?;
            for row in rows {
                if scope.is_some_and(|companies| row.company_id.is_none_or(|id| !companies.contains(&id))) {
                    continue;
                }
                let html = row.content.as_deref().unwrap_or_default();
                let article = HuduArticle {
                    id: row.id,
                    title: row.name.clone().unwrap_or_default(),
                    html: sanitise_with(html, hudu.origin(), Pictures::All),
                    folder: folder_names(row.folder_id, &folders),
                    hidden: row.archived || row.draft,
                    owner: Owner::Central,
                };
                docs.push(Doc { article, company: row.company_id });
            }
        }
        self.follow.page(ARTICLES, done, Some(done))?;
        self.seen.count(ARTICLES, count)?;
        Ok(docs)
    }

    /// Halo's articles by their rows, and its lists.
    pub(super) async fn knowledge_base(&self) -> Result<KnowledgeBase, SyncError> {
        let lists = self.names(resource::FAQ_LIST).await?;
        let lists: Vec<model::FaqList> = lists.into_iter().filter_map(Record::from_value).collect();
        let mut base = KnowledgeBase { lists: halo_lists(&lists), ..KnowledgeBase::default() };
        let mut reading = self.read(resource::ARTICLE, &[]);
        while let Some(rows) = reading.next().await? {
            for row in rows.into_iter().filter_map(model::Article::from_value) {
                let tags = row.tag_words();
                if let Some(hudu_id) = article::from_tags(tags.iter().map(String::as_str)) {
                    base.tagged.entry(hudu_id).or_default().push(row.id);
                }
                let title = row.name.as_deref().unwrap_or_default().trim().to_owned();
                base.titled.entry(title).or_default().push(row.id);
                base.rows.insert(row.id, digest(self.sides.halo.origin(), &row, &tags));
            }
        }
        Ok(base)
    }
}

impl KnowledgeBase {
    /// The Halo articles that a Hudu article was published as: the linked one if it still carries the tag, else
    /// all that do, else the linked one all the same. Where no row tells the tag, those with this title are
    /// looked at. Each is read only where its row is not the one that was read before.
    pub(super) async fn published(
        &self,
        sides: &Sides,
        article: &HuduArticle,
        links: &Links,
    ) -> Result<Vec<HaloArticle>, SyncError> {
        let tagged = self.tagged.get(&article.id).map(Vec::as_slice).unwrap_or_default();
        let linked = links.article(article.id).map(|link| link.target);
        let titled = || self.titled.get(article.title.trim()).map(Vec::as_slice).unwrap_or_default();
        let ids = match linked.filter(|id| tagged.contains(id)) {
            Some(id) => vec![id],
            None if tagged.is_empty() => linked.into_iter().chain(titled().iter().copied()).collect(),
            None => tagged.to_vec(),
        };
        let tag = article::tag(article.id);
        let (mut found, mut untagged) = (Vec::new(), None);
        for id in ids.into_iter().take(MOST) {
            let Some(there) = self.read(sides, id).await? else { continue };
            if there.tags.contains(&tag) {
                if !found.contains(&there) {
                    found.push(there);
                }
            } else if linked == Some(id) {
                untagged = Some(there);
            }
        }
        if found.is_empty() {
            found.extend(untagged);
        }
        Ok(found)
    }

    async fn read(&self, sides: &Sides, id: i64) -> Result<Option<HaloArticle>, SyncError> {
        let Some(row) = self.rows.get(&id).cloned() else { return Ok(sides.halo_article(id).await?) };
        let key = format!("detail/article/{id}");
        let kept: Option<Kept> = get(&sides.host, Table::Documents, &key).await.unwrap_or_default();
        if let Some(kept) = kept.filter(|kept| kept.row == row) {
            return Ok(Some(kept.article));
        }
        let Some(article) = sides.halo_article(id).await? else { return Ok(None) };
        let kept = Kept { row, article };
        sides.host.store.write(vec![put(Table::Documents, key, &kept)]).await?;
        Ok(Some(kept.article))
    }
}

/// What a row tells of a change: the moment of the last edit first of all.
fn digest(origin: &str, row: &model::Article, tags: &[String]) -> String {
    let text = format!("{:?} {:?} {} {tags:?} {:?}", row.changed(), row.name, row.inactive, row.description);
    Sha256::new_with_prefix(origin).chain_update(text).finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// The Halo clients of companies by the links that are kept on this device; a company that two clients
/// are linked with is nobody's.
pub(super) fn linked(links: &Links) -> HashMap<i64, i64> {
    let mut found: HashMap<i64, Option<i64>> = HashMap::new();
    for (record, link) in links.records().filter(|(record, _)| record.kind == RecordKind::Client) {
        found.entry(link.target).and_modify(|client| *client = None).or_insert(Some(record.id));
    }
    found.into_iter().filter_map(|(company, client)| Some((company, client?))).collect()
}

/// The Halo client of a company where no client was planned: by a link, by what Hudu's own integration
/// says, or by the ID number.
pub(super) fn owner(
    sides: &Sides,
    company: Option<&HuduRecord>,
    linked: &HashMap<i64, i64>,
    clients: &HashMap<i64, String>,
) -> Option<(i64, String)> {
    let company = company?;
    let linked = linked.get(&company.id).copied();
    let native = || company.native.first().map(|(_, id)| *id);
    let numbered = || {
        let number = company.get(&Slot::attribute("id_number")).and_then(compare::show)?;
        number.trim().parse().ok().filter(|_| sides.settings.id_number)
    };
    let id = linked.or_else(native).or_else(numbered)?;
    Some((id, clients.get(&id)?.clone()))
}
