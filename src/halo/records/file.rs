//! Attachments: the file itself, and what is known of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::RecordsError;
use crate::halo::client::{Halo, Params};
use crate::halo::resource::ATTACHMENT;
use crate::http::{ApiError, Product, answer};
use crate::json;
use crate::platform::{Method, Response};

/// A file with its name.
pub struct File {
    /// Name, as the instance tells it.
    pub name: Option<String>,
    /// Media type.
    pub kind: Option<String>,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Halo {
    /// The file of an attachment as it is stored.
    pub async fn download(&self, id: i64) -> Result<File, RecordsError> {
        let (file, _) = self.answered(id, &[]).await?;
        let kind = file.header("content-type").map(str::to_owned);
        let name = file.header("content-disposition").and_then(file_name);
        let wrapped = kind.as_deref().filter(|kind| kind.contains("json")).and_then(|_| wrapped(&file.body));
        Ok(wrapped.unwrap_or(File { name, kind, bytes: file.body }))
    }

    /// What is known of an attachment, with the file in `data_base64`.
    pub(super) async fn attachment(&self, id: i64, params: Params<'_>) -> Result<Value, RecordsError> {
        let file = self.download(id).await?;
        let mut query = params.to_vec();
        query.push(("includedetails", "true"));
        // Instances that know no details answer the file once more.
        let told = self.answered(id, &query).await.ok().and_then(|(answer, url)| {
            answer::json(Product::Halo, &url, &answer).ok().filter(|told| told.get("filename").is_some())
        });
        let mut record = told.unwrap_or_else(|| Value::Object(json::Map::new()));
        if let Value::Object(members) = &mut record {
            members.insert("id".to_owned(), id.into());
            members.insert("data_base64".to_owned(), STANDARD.encode(&file.bytes).into());
            members.insert("filesize".to_owned(), file.bytes.len().into());
            for (name, value) in [("filename", file.name), ("content_type", file.kind)] {
                if let Some(value) = value {
                    members.entry(name).or_insert(value.into());
                }
            }
        }
        Ok(record)
    }

    async fn answered(&self, id: i64, params: Params<'_>) -> Result<(Response, url::Url), ApiError> {
        let url = self.url(&format!("{}/{id}", ATTACHMENT.path), params)?;
        let response = self.call(Method::GET, url.clone(), None, ATTACHMENT.many).await?;
        if response.status != 200 {
            let what = format!("attachment {id}");
            return Err(self.refusal(&url, &response, &what, ATTACHMENT.many));
        }
        Ok((response, url))
    }
}

/// The file in an answer that tells of it in JSON and holds it in Base64, as some instances give it.
fn wrapped(body: &[u8]) -> Option<File> {
    let told = json::parse(body).ok()?;
    let text = |name: &str| told.get(name).and_then(Value::as_str);
    let data = text("data_base64").or_else(|| text("data"))?;
    let data = data.rsplit_once(',').map_or(data, |(_, data)| data);
    let bytes = STANDARD.decode(data.trim()).ok()?;
    Some(File { name: Some(text("filename")?.to_owned()), kind: text("content_type").map(str::to_owned), bytes })
}

/// `attachment; filename="a.pdf"`, without any folder.
fn file_name(header: &str) -> Option<String> {
    let quoted = header.split("filename=").nth(1)?.split(';').next()?;
    let name = quoted.trim().trim_matches('"');
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    (!name.is_empty()).then(|| name.to_owned())
}
