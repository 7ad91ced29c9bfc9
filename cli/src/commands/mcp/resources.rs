//! Hudu's companies, articles and assets as resources with an address each.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rmcp::model::{Resource, ResourceTemplate};
use serde_json::{Value, json};

/// Kinds of resource in the order of the list: of them in addresses, one in tools, what they are.
const KINDS: [(&str, &str, &str); 3] = [
    ("companies", "company", "Company of Hudu"),
    ("articles", "article", "Article of Hudu's knowledge base"),
    ("assets", "asset", "Asset of Hudu, with its fields"),
];

/// Resources on one page.
const PAGE: u32 = 100;

/// Where the list of resources was left.
pub struct Place {
    kind: usize,
    cursor: Option<String>,
}

impl Place {
    /// From a cursor of the list.
    pub fn read(cursor: Option<&str>) -> Option<Self> {
        let Some(text) = cursor else { return Some(Self { kind: 0, cursor: None }) };
        let place: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let kind = usize::try_from(place.get(0)?.as_u64()?).ok().filter(|kind| *kind < KINDS.len())?;
        Some(Self { kind, cursor: place.get(1)?.as_str().map(str::to_owned) })
    }

    /// The tool that lists this kind.
    pub fn tool(&self) -> String {
        format!("list_all_hudu_{}", KINDS[self.kind].0)
    }

    /// Its arguments.
    pub fn arguments(&self) -> Value {
        match &self.cursor {
            Some(cursor) => json!({"limit": PAGE, "cursor": cursor}),
            None => json!({"limit": PAGE}),
        }
    }

    /// The resources of its answer, and the cursor of the next page.
    pub fn page(&self, answer: &Value) -> (Vec<Resource>, Option<String>) {
        let (many, _, about) = KINDS[self.kind];
        let rows = answer["result"].as_array().map(Vec::as_slice).unwrap_or_default();
        let resource = |row: &Value| {
            let name = row["name"].as_str().unwrap_or("Without a name");
            let of = row["company_name"].as_str().map(|company| format!(" · {company}")).unwrap_or_default();
            Resource::new(format!("hudu://{many}/{}", row["id"]), name)
                .with_description(format!("{about}{of}"))
                .with_mime_type("application/json")
        };
        let next = match answer["next_cursor"].as_str() {
            Some(cursor) => Some(json!([self.kind, cursor])),
            None => (self.kind + 1 < KINDS.len()).then(|| json!([self.kind + 1, null])),
        };
        (rows.iter().map(resource).collect(), next.map(|next| URL_SAFE_NO_PAD.encode(next.to_string())))
    }
}

/// The addresses that there can be.
pub fn templates() -> Vec<ResourceTemplate> {
    let template = |(many, one, about): &(&str, &str, &str)| {
        ResourceTemplate::new(format!("hudu://{many}/{{id}}"), *one)
            .with_description(*about)
            .with_mime_type("application/json")
    };
    KINDS.iter().map(template).collect()
}

/// The tool that reads the resource of this address, with its arguments.
pub fn named(uri: &str) -> Option<(String, Value)> {
    let (many, id) = uri.strip_prefix("hudu://")?.split_once('/')?;
    let (_, one, _) = KINDS.iter().find(|(name, ..)| *name == many)?;
    let id: i64 = id.parse().ok().filter(|id| *id > 0)?;
    Some((format!("get_single_hudu_{one}_by_id"), json!({ "id": id })))
}
