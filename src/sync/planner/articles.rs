//! Articles among everything: each with the lists that it needs.

use crate::sync::article::{self, HaloArticle, HaloList, HuduArticle, Owner};
use crate::sync::plan::Target;
use crate::sync::planner::{Draft, Planner};

impl Planner<'_> {
    /// Plans a Hudu article. `found` are the Halo articles that carry its tag or that its link names,
    /// `lists` all lists of Halo's knowledge base.
    pub fn add_article(&mut self, article: &HuduArticle, found: &[HaloArticle], lists: &[HaloList]) {
        if let Owner::Client(id, name) = &article.owner {
            self.names.entry(*id).or_insert_with(|| name.clone());
        }
        let link = self.links.article(article.id);
        for item in article::items(article, found, lists, link, self.settings) {
            match item.target {
                Target::FaqList { .. } => {
                    self.lists.entry(item.id.clone()).or_insert(item);
                }
                _ => {
                    let known = link.is_some_and(|link| !link.synced.is_empty());
                    self.drafts.push(Draft { item, known });
                }
            }
        }
    }
}
