//! List and get for everything in Hudu's catalogue. Secrets are left out while answers are read: those of
//! passwords, confidential fields of assets, and what other integrations know of them.

use serde_json::Value;

use crate::http::cursor::{Cursor, name};
use crate::http::raw::read::{flag_of, integer_of};
use crate::http::{ApiError, Product, Record};
use crate::hudu::catalogue::{Shelf, Single};
use crate::hudu::client::{Hudu, Params};
use crate::hudu::endpoint::ASSETS;
use crate::hudu::envelope::{more_likely, unwrap};
use crate::hudu::model::{Asset, Layout};

/// Rows asked for where nobody says how many.
const USUAL: u32 = 100;

/// Filter and member of what is put away.
const ARCHIVED: &str = "archived";

/// Members that open a door: of the activity log the token, of users the one-time codes.
const DOORS: [&str; 4] = ["token", "otp_secret", "password", "share_url"];

/// What is asked of a list.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The kind.
    pub shelf: &'a Shelf,
    /// Filters, as query parameters.
    pub filters: Vec<(String, String)>,
    /// Rows wished for.
    pub limit: Option<u32>,
    /// Where the list was left.
    pub cursor: Option<&'a str>,
}

/// Rows of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Value>,
    /// Where to go on; nothing at the end.
    pub next: Option<String>,
}

impl Hudu {
    /// The next rows of a list; `None` where the cursor is none of this list. `layouts` tell which
    /// fields of assets are confidential: those that no layout knows are left out.
    pub async fn page(&self, ask: &Ask<'_>, layouts: &[Layout]) -> Result<Option<Page>, ApiError> {
        let Ask { shelf, filters, limit, cursor } = ask;
        let of = name(self.origin(), shelf.path, filters);
        let most = shelf.endpoint.page_size.unwrap_or(u32::MAX);
        let cursor = match cursor {
            Some(text) => Cursor::read(text, &of),
            None => Some(Cursor::new(of, limit.unwrap_or(USUAL.min(most)).clamp(1, most))),
        };
        let Some(mut cursor) = cursor else { return Ok(None) };
        let endpoint = &shelf.endpoint;
        let (page, size) = ((cursor.page + 1).to_string(), cursor.size.to_string());
        let mut query: Vec<(&str, &str)> = filters.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        // Lists that cannot be asked for what is archived answer both, and say which is which.
        let archived = query.iter().find(|(name, _)| *name == ARCHIVED && !shelf.filters.contains(name));
        let archived = archived.map(|(_, wanted)| wanted.eq_ignore_ascii_case("true") || *wanted == "1");
        query.retain(|(name, _)| archived.is_none() || *name != ARCHIVED);
        if endpoint.page_size.is_some() {
            query.extend([("page", page.as_str()), ("page_size", &size)]);
        }
        let mut rows = self.rows(endpoint, shelf.path, &query).await?;
        let came = rows.len();
        let id = |row: &Value| row.get("id").and_then(integer_of);
        if endpoint.page_size.is_none() {
            // A list that always comes whole is cut here, in the order in which it came.
            let skip = cursor.page as usize * cursor.size as usize;
            let take = if limit.is_some() || cursor.page > 0 { cursor.size as usize } else { came };
            rows = rows.into_iter().skip(skip).take(take).collect();
            cursor.page += 1;
            let more = skip + rows.len() < came;
            return Ok(Some(Page { rows: cleaned(shelf, rows, layouts), next: more.then(|| cursor.write()) }));
        }
        let all: Vec<i64> = rows.iter().filter_map(id).collect();
        rows.retain(|row| id(row).is_none_or(|id| !cursor.seen.contains(&id)));
        let fresh = rows.len();
        let is_archived = |row: &Value| row.get(ARCHIVED).and_then(flag_of).unwrap_or_default();
        rows.retain(|row| archived.is_none_or(|wanted| is_archived(row) == wanted));
        let asked = crate::hudu::endpoint::Endpoint { page_size: Some(cursor.size), ..*endpoint };
        let more = more_likely(&asked, came, fresh, cursor.longest);
        cursor.page += 1;
        cursor.longest = cursor.longest.max(came);
        cursor.seen = all;
        Ok(Some(Page { rows: cleaned(shelf, rows, layouts), next: more.then(|| cursor.write()) }))
    }

    /// One record.
    pub async fn item(&self, shelf: &Shelf, id: i64, layouts: &[Layout]) -> Result<Value, ApiError> {
        let what = format!("{} {id}", shelf.endpoint.noun);
        let number = id.to_string();
        let found = match shelf.single {
            Single::Path => {
                let body = self.read(&format!("{}/{id}", shelf.path), &[], &what, &shelf.endpoint).await?;
                Some(unwrap(body, &shelf.endpoint)).filter(Value::is_object)
            }
            Single::Filter => {
                let query: Params<'_> = &[("id", &number), ("page", "1"), ("page_size", "25")];
                let rows = self.rows(&shelf.endpoint, shelf.path, query).await?;
                rows.into_iter().find(|row| row.get("id").and_then(integer_of) == Some(id))
            }
            Single::None => None,
        };
        let missing = ApiError::NotFound { product: Product::Hudu, what };
        cleaned(shelf, vec![found.ok_or(missing)?], layouts).pop().ok_or(ApiError::NotConnected(Product::Hudu))
    }
}

/// The rows without what must not leave Hudu.
fn cleaned(shelf: &Shelf, rows: Vec<Value>, layouts: &[Layout]) -> Vec<Value> {
    let mut cleaned = Vec::with_capacity(rows.len());
    for mut row in rows {
        if let Value::Object(members) = &mut row {
            members.retain(|name, _| !DOORS.contains(&name.as_str()));
            if shelf.many == "cards" {
                members.remove("data");
            }
        }
        if shelf.endpoint.many == ASSETS.many {
            let Some(mut asset) = Asset::from_value(row) else { continue };
            let layout = layouts.iter().find(|layout| Some(layout.id) == asset.asset_layout_id);
            asset.hide_confidential(layout);
            row = Value::Object(asset.raw);
        }
        cleaned.push(row);
    }
    cleaned
}
