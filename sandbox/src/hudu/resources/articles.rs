//! Knowledge base articles. Without a company an article belongs to the Central knowledge base.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::html;
use super::super::resource::{ARCHIVE, CRUD, Draft, PLAIN, Resource, exact, range, search};
use super::super::state::State;
use super::super::store::{Blob, Record, flag_of, int_of, text_of};
use super::super::switches::ArticleUrl;
use super::files;

pub(in super::super) static ARTICLES: Resource = Resource {
    path: "articles",
    root: "article",
    model: "Article",
    verbs: CRUD | ARCHIVE,
    created: 200,
    lost: "Article not found",
    null_when_lost: true,
    // No filter by folder or by archived: both are ignored.
    filters: &[
        exact("name"),
        exact("company_id"),
        exact("draft"),
        exact("enable_sharing"),
        exact("slug"),
        search(&["name"]),
        range("updated_at"),
    ],
    writes: &["name", "content", "enable_sharing", "folder_id", "company_id", "slug"],
    required: &["name"],
    refs: &[("company_id", "companies"), ("folder_id", "folders")],
    blank: || {
        json!({
            "id": null, "name": null, "slug": null, "content": null, "draft": false, "folder_id": null,
            "enable_sharing": false, "company_id": null, "archived": false, "created_at": null, "updated_at": null,
        })
    },
    check,
    gone: |state, article| {
        let id = int_of(article, "id");
        state.store.remove_where("public_photos", |photo| {
            text_of(photo, "record_type") == "Article" && int_of(photo, "record_id") == id
        });
    },
    shown,
    ..PLAIN
};

fn check(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    let Some(content) = draft.body.get("content").and_then(Value::as_str) else {
        return Ok(());
    };
    let article = int_of(&draft.record, "id").unwrap_or_default();
    let keep_comments = state.switches.keep_comments;
    let stored = html::stored(content, keep_comments, &mut |data| take_in(state, article, data));
    draft.record.insert("content".to_owned(), Value::from(stored));
    Ok(())
}

/// Keeps a picture that came inside a `data:` URI, and answers its address.
fn take_in(state: &mut State, article: i64, data: &str) -> Option<String> {
    let (mime, encoded) = data.strip_prefix("data:")?.split_once(";base64,")?;
    let compact: String = encoded.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = STANDARD.decode(compact).ok()?;
    let ending = mime.rsplit('/').next().and_then(|kind| kind.split('+').next()).unwrap_or("bin");
    let blob = Blob { mime: mime.to_owned(), bytes };
    Some(files::add_public_photo(state, "Article", article, &format!("image.{ending}"), blob))
}

fn shown(state: &State, article: &Record) -> Value {
    let mut article = article.clone();
    let id = int_of(&article, "id");
    let slug = text_of(&article, "slug").to_owned();
    let path = match state.switches.article_url {
        ArticleUrl::Slug => format!("/kba/{slug}"),
        ArticleUrl::HashAndTitle => format!("/kba/{slug}/{}", words(text_of(&article, "name"))),
    };
    let photos = state.store.table("public_photos").values();
    let photos = photos.filter(|p| text_of(p, "record_type") == "Article" && int_of(p, "record_id") == id);
    let photos: Vec<Value> = photos.map(|photo| files::public_photo(state, photo)).collect();
    let shared = flag_of(&article, "enable_sharing");
    // Right after a create the live server answers null here.
    if article.contains_key("_new") {
        article.insert("draft".to_owned(), Value::Null);
    }
    for (name, value) in [
        ("object_type", json!("Article")),
        ("url", json!(state.absolute(&path))),
        ("share_url", if shared { json!(state.absolute(&format!("/shared_article/{slug}"))) } else { Value::Null }),
        ("public_photos", Value::Array(photos)),
    ] {
        article.insert(name.to_owned(), value);
    }
    Value::Object(article)
}

/// A title as the last part of a path.
fn words(title: &str) -> String {
    let lower = title.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}
