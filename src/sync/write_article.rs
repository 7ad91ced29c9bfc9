//! Writing Halo's knowledge-base articles.

use serde_json::{Map, Value, json};

use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::{model, page, resource};
use crate::http::Record;
use crate::hudu::field::FieldValue;
use crate::mapping::record::Slot;
use crate::sync::article::{self, ArticleWrite};
use crate::sync::error::SyncError;
use crate::sync::plan::Change;
use crate::sync::verify::{id_of, member, resolve};
use crate::sync::write::{Writer, Written};
use crate::t;
use crate::words::keeping;

impl Writer<'_> {
    pub(super) async fn write_article(
        &self,
        id: Option<i64>,
        write: Option<&ArticleWrite>,
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
                    body.insert("name".to_owned(), member(value));
                    if id.is_none() {
                        body.insert("description".to_owned(), member(value));
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
                        (_, Some(list)) => resolve(list).into_iter().collect(),
                        _ => Vec::new(),
                    };
                    if ids.is_empty() {
                        note = Some(keeping(|| t!("It stands in no list.")));
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
                    body.insert(key.to_string(), json!(*value == FieldValue::Check(true)));
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
        let told = model::Article::from_value(answer).map(|article| self.sides.as_halo_article(&article));
        let mut lost = told.map_or_else(Vec::new, |there| article::unkept(&there, todo));
        if !lost.is_empty() {
            // The answer may leave out what is there.
            let there: model::Article = self.sides.halo.get(resource::ARTICLE, target, &[]).await?;
            lost = article::unkept(&self.sides.as_halo_article(&there), todo);
        }
        if lost.contains(&"tags") {
            note = Some(t!("Halo did not keep the tag by which other browsers find it."));
        }
        if lost.contains(&"clients") || lost.contains(&"showforall") {
            self.sides.halo.upsert(resource::ARTICLE, json!({ "id": target, "inactive": true })).await?;
            note = Some(t!(
                "Halo did not keep whom it is for, so it was set inactive there: else more people could read it."
            ));
        }
        let record = RecordRef::new(RecordKind::Article, target);
        Ok(Written { target, url: Some(page::url(&self.sides.halo.connection().origin, record)), note })
    }
}
