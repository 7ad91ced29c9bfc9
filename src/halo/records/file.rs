//! Attachments: the file itself, and what is known of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::RecordsError;
use crate::halo::client::{Halo, Params};
use crate::halo::resource::ATTACHMENT;
use crate::http::{ApiError, Product, answer};
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
        Ok(File {
            name: file.header("content-disposition").and_then(file_name),
            kind: file.header("content-type").map(str::to_owned),
            bytes: file.body,
        })
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
        let mut record = told.unwrap_or_else(|| json!({}));
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
            return Err(answer::refusal(Product::Halo, &url, &response, &what, ATTACHMENT.many));
        }
        Ok((response, url))
    }
}

/// `attachment; filename="a.pdf"`, without any folder.
fn file_name(header: &str) -> Option<String> {
    let quoted = header.split("filename=").nth(1)?.split(';').next()?;
    let name = quoted.trim().trim_matches('"');
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    (!name.is_empty()).then(|| name.to_owned())
}
