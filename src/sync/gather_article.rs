//! Reading both sides for one article: what the article planner is given.

use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::{model, page, resource};
use crate::html::{Pictures, sanitise_with};
use crate::http::ApiError;
use crate::hudu::model::Company;
use crate::json;
use crate::library::folder_names;
use crate::platform::json::get;
use crate::platform::{StoreError, Table};
use crate::sync::article::{self, ArticleInputs, HaloArticle, HaloList, HuduArticle, Owner};
use crate::sync::error::SyncError;
use crate::sync::plan::Link;
use crate::sync::sides::Sides;

/// More articles with one tag are not looked at.
pub(super) const MOST: usize = 5;

/// Key under which the link of a Hudu article is kept.
pub fn link_key(hudu_id: i64) -> String {
    format!("hudu-article/{hudu_id}")
}

impl Sides {
    /// A Halo article as planning sees it.
    pub fn as_halo_article(&self, article: &model::Article) -> HaloArticle {
        let client =
            |access: &model::ClientAccess| Some((access.client_id?, access.client_name.clone().unwrap_or_default()));
        HaloArticle {
            id: article.id,
            title: article.name.clone().unwrap_or_default(),
            html: article.resolution_html.clone().or_else(|| article.resolution.clone()).unwrap_or_default(),
            lists: article.lists.iter().map(|list| list.id).collect(),
            clients: article.client_access.iter().filter_map(client).collect(),
            show_for_all: article.show_for_all,
            inactive: article.inactive,
            tags: article.tag_words(),
            url: page::url(&self.halo.connection().origin, RecordRef::new(RecordKind::Article, article.id)),
        }
    }

    /// Ids of the Halo articles with this tag. Halo has no filter by tag: list rows are walked; where no row
    /// tells it, those with this title are looked at by themselves.
    pub async fn articles_tagged(&self, tag: &str, title: &str) -> Result<Vec<i64>, ApiError> {
        let rows: Vec<model::Article> =
            self.halo.list(resource::ARTICLE, &[("includeinactive", "true"), ("includeactive", "true")]).await?;
        let tagged = rows.iter().filter(|row| {
            let words = row.tag_words();
            words.iter().any(|word| word == tag)
        });
        let tagged: Vec<i64> = tagged.map(|row| row.id).collect();
        if !tagged.is_empty() {
            return Ok(tagged);
        }
        let mut found = Vec::new();
        for row in rows.iter().filter(|row| row.name.as_deref().map(str::trim) == Some(title.trim())).take(MOST) {
            let there = self.halo_article(row.id).await?;
            found.extend(there.filter(|there| there.tags.iter().any(|own| own == tag)).map(|there| there.id));
        }
        Ok(found)
    }

    /// Reads everything for publishing or refreshing one Hudu article.
    pub async fn article_inputs(&self, hudu_id: i64) -> Result<ArticleInputs, SyncError> {
        let link: Option<Link> = get(&self.host, Table::Links, &link_key(hudu_id)).await?;
        let article = self.hudu.article(hudu_id).await?;
        let folders = async {
            match article.folder_id {
                Some(_) => self.hudu.folders().await,
                None => Ok(Vec::new()),
            }
        };
        let company = async {
            match article.company_id {
                Some(id) => self.hudu.company(id).await.map(Some),
                None => Ok(None),
            }
        };
        let lists = self.halo.list::<model::FaqList>(resource::FAQ_LIST, &[]);
        let (folders, company, lists) = futures::join!(folders, company, lists);
        let lists = match lists {
            Ok(lists) => halo_lists(&lists),
            Err(ApiError::Forbidden { .. }) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let owner = match company? {
            None => Owner::Central,
            Some(company) => self.owner(&company).await?,
        };
        let article = HuduArticle {
            id: article.id,
            title: article.name.clone().unwrap_or_default(),
            html: sanitise_with(article.content.as_deref().unwrap_or_default(), self.hudu.origin(), Pictures::All),
            folder: folder_names(article.folder_id, &folders?),
            hidden: article.archived || article.draft,
            owner,
        };
        let found = self.published(hudu_id, &article.title, link.as_ref()).await?;
        Ok(ArticleInputs { article, found, lists, link })
    }

    /// The Halo articles that this Hudu article was published as: the linked one if it still carries the tag,
    /// else all that do, else the linked one all the same.
    async fn published(&self, hudu_id: i64, title: &str, link: Option<&Link>) -> Result<Vec<HaloArticle>, SyncError> {
        let tag = article::tag(hudu_id);
        let linked = match link {
            Some(link) => self.halo_article(link.target).await?,
            None => None,
        };
        if let Some(linked) = linked.as_ref().filter(|linked| linked.tags.contains(&tag)) {
            return Ok(vec![linked.clone()]);
        }
        let mut found = Vec::new();
        for id in self.articles_tagged(&tag, title).await?.into_iter().take(MOST) {
            found.extend(self.halo_article(id).await?.filter(|article| article.tags.contains(&tag)));
        }
        if found.is_empty() {
            found.extend(linked);
        }
        Ok(found)
    }

    /// One Halo article; `None` where it is gone.
    pub(super) async fn halo_article(&self, id: i64) -> Result<Option<HaloArticle>, ApiError> {
        match self.halo.get::<model::Article>(resource::ARTICLE, id, &[]).await {
            Ok(found) => Ok(Some(self.as_halo_article(&found))),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The Halo client of a company, by what Hudu itself says or a link kept here.
    async fn owner(&self, company: &Company) -> Result<Owner, SyncError> {
        let name = company.name.clone().unwrap_or_default();
        let numbered = || company.id_number.as_deref()?.trim().parse::<i64>().ok();
        let by_number = if self.settings.id_number { numbered() } else { None };
        let linked = self.linked_client(company.id).await?;
        let Some(id) = linked.or_else(|| company.halo_client()).or(by_number) else {
            return Ok(Owner::Unmatched(name));
        };
        match self.halo.get::<model::Client>(resource::CLIENT, id, &[]).await {
            Ok(client) => Ok(Owner::Client(id, client.name.unwrap_or(name))),
            Err(error) if error.is_not_found() => Ok(Owner::Unmatched(name)),
            Err(error) => Err(error.into()),
        }
    }

    /// The client whose link names this company.
    async fn linked_client(&self, company: i64) -> Result<Option<i64>, StoreError> {
        let rows = self.host.store.scan(Table::Links, "client/").await?;
        let fits = |text: &str| json::read::<Link>(text).is_ok_and(|link| link.target == company);
        Ok(rows.iter().filter(|(_, text)| fits(text)).find_map(|(key, _)| key.strip_prefix("client/")?.parse().ok()))
    }
}

/// Lists with their names from the root: by `full_name` ("A > B"), else by their parents.
pub(super) fn halo_lists(lists: &[model::FaqList]) -> Vec<HaloList> {
    lists
        .iter()
        .map(|list| {
            let mut path = Vec::new();
            let mut next = Some(list);
            while let Some(list) = next {
                path.push(list.name.clone().unwrap_or_default());
                next = list.parent_id.and_then(|id| lists.iter().find(|other| other.id == id));
                if path.len() > 20 {
                    break;
                }
            }
            path.reverse();
            if let (1, Some(full)) = (path.len(), &list.full_name) {
                path = full.split('>').map(|part| part.trim().to_owned()).collect();
            }
            HaloList { id: list.id, path }
        })
        .collect()
}
