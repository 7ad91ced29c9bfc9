//! Files, photos and activity of one record.

use crate::html::{PictureName, PictureOf};
use crate::http::{ApiError, Record};
use crate::hudu::client::Hudu;
use crate::hudu::endpoint::{LOGS, PHOTOS, PUBLIC_PHOTOS, UPLOADS};
use crate::hudu::model::{ActivityLog, Photo, Upload};

/// Pages of files that are looked through: Hudu has no filter for them.
const FILE_PAGES: usize = 5;

impl Hudu {
    /// Files of a record (`Asset`, 19). Of very many files the first few thousand are looked through.
    pub async fn files(&self, kind: &str, id: i64) -> Result<Vec<Upload>, ApiError> {
        let mut pages = self.pages::<Upload>(&UPLOADS, UPLOADS.many, &[]);
        let mut found = Vec::new();
        for _ in 0..FILE_PAGES {
            let Some(rows) = pages.next().await? else { break };
            found.extend(
                rows.into_iter().filter(|row| {
                    row.archived.is_none() && row.of_type.as_deref() == Some(kind) && row.of_id == Some(id)
                }),
            );
        }
        Ok(found)
    }

    /// Photos of a record.
    pub async fn photos(&self, kind: &str, id: i64) -> Result<Vec<Photo>, ApiError> {
        let id_text = id.to_string();
        let params = [("photoable_type", kind), ("photoable_id", id_text.as_str())];
        let mut found: Vec<Photo> = self.all(&PHOTOS, &params).await?;
        found.retain(|row| !row.archived && row.of_type.as_deref() == Some(kind) && row.of_id == Some(id));
        Ok(found)
    }

    /// The file of a picture, and what kind Hudu says it is. Where Hudu sends elsewhere for it (to its storage), the
    /// error is the one for a page that is no interface: the key goes to no other host.
    pub async fn picture(&self, name: PictureName) -> Result<(String, Vec<u8>), ApiError> {
        let endpoint = match name.of {
            PictureOf::PublicPhoto => PUBLIC_PHOTOS,
            PictureOf::Photo => PHOTOS,
            PictureOf::Upload => UPLOADS,
        };
        let path = format!("{}/{}", endpoint.many, name.id);
        let (_, answer) = self.get(&path, &[("download", "true")], "picture", &endpoint).await?;
        Ok((answer.header("content-type").unwrap_or_default().to_owned(), answer.body))
    }

    /// What was done to a record lately, newest first.
    pub async fn activity(&self, kind: &str, id: i64, most: usize) -> Result<Vec<ActivityLog>, ApiError> {
        let (id_text, size) = (id.to_string(), most.to_string());
        let query =
            [("resource_type", kind), ("resource_id", id_text.as_str()), ("page", "1"), ("page_size", size.as_str())];
        let rows = self.rows(&LOGS, LOGS.many, &query).await?;
        let mut found: Vec<ActivityLog> = rows.into_iter().filter_map(ActivityLog::from_value).collect();
        found.retain(|row| row.record_type.as_deref() == Some(kind) && row.record_id == Some(id));
        found.truncate(most);
        Ok(found)
    }
}
