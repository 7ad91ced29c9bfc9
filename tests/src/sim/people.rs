//! People who work in both products while engines run, or between their runs.

use serde_json::{Value, json};
use sidelight_sandbox::Sandbox;

use crate::sim::chance::Chance;
use crate::sim::world::text;

/// What somebody did.
pub struct Edit {
    /// "asset in Hudu".
    pub what: &'static str,
    /// A record of Hudu that had been put away, and is in use again.
    pub brought_back: Option<i64>,
}

impl From<&'static str> for Edit {
    fn from(what: &'static str) -> Self {
        Self { what, brought_back: None }
    }
}

/// Some edits on either side.
pub fn work(pair: &Sandbox, chance: &mut Chance) -> Vec<Edit> {
    let edit = |chance: &mut Chance| match chance.one_in(2) {
        true => in_halo(pair, chance).map(Edit::from),
        false => in_hudu(pair, chance),
    };
    (0..chance.below(6)).filter_map(|_| edit(chance)).collect()
}

/// One record of a list, if there is any.
fn any(rows: Vec<Value>, chance: &mut Chance) -> Option<Value> {
    if rows.is_empty() { None } else { Some(chance.pick(&rows).clone()) }
}

/// Halo's own records are not edited by anybody.
fn one_of(pair: &Sandbox, resource: &str, chance: &mut Chance) -> Option<Value> {
    let rows = pair.halo.all(resource).into_iter().filter(|row| {
        let name = text(row, "name");
        name != "General User" && name != "Unknown"
    });
    any(rows.collect(), chance)
}

/// One edit in Halo.
pub fn in_halo(pair: &Sandbox, chance: &mut Chance) -> Option<&'static str> {
    let stamp = chance.below(1000);
    Some(match chance.below(11) {
        0 => {
            let client = one_of(pair, "Client", chance)?;
            let change = match chance.below(3) {
                0 => json!({ "id": client["id"], "website": format!("https://w{stamp}.example") }),
                1 => json!({ "id": client["id"], "name": format!("{} {stamp}", text(&client, "name")) }),
                _ => json!({ "id": client["id"], "inactive": client["inactive"] != true }),
            };
            pair.halo.upsert("Client", change);
            "client in Halo"
        }
        1 | 2 => {
            let user = one_of(pair, "Users", chance)?;
            let change = match chance.below(5) {
                0 => json!({ "id": user["id"], "phonenumber": format!("0131 496 0{stamp:03}") }),
                1 => json!({ "id": user["id"], "emailaddress": format!("new{stamp}@acme.example") }),
                2 => json!({ "id": user["id"], "inactive": user["inactive"] != true }),
                3 => json!({ "id": user["id"], "surname": format!("Wed{stamp}") }),
                _ => json!({ "id": user["id"], "department": format!("Dept {stamp}") }),
            };
            pair.halo.upsert("Users", change);
            "user in Halo"
        }
        3..=5 => {
            let asset = one_of(pair, "Asset", chance)?;
            let change = match chance.below(5) {
                0 => {
                    json!({ "id": asset["id"], "fields": [{ "name": "Serial Number", "value": format!("SN{stamp}") }] })
                }
                1 => json!({ "id": asset["id"], "status_name": "In repair" }),
                2 => json!({ "id": asset["id"], "inactive": asset["inactive"] != true }),
                3 => json!({ "id": asset["id"], "warranty_end": format!("2028-0{}-01", stamp % 9 + 1) }),
                _ => json!({ "id": asset["id"], "notes": format!("Note {stamp}") }),
            };
            pair.halo.upsert("Asset", change);
            "asset in Halo"
        }
        6 => {
            let site = one_of(pair, "Site", chance)?;
            pair.halo.upsert("Site", json!({ "id": site["id"], "phonenumber": format!("0131 497 0{stamp:03}") }));
            "site in Halo"
        }
        7 => {
            let site = one_of(pair, "Site", chance)?;
            let name = format!("LT-N{stamp}");
            pair.halo.upsert(
                "Asset",
                json!({ "inventory_number": name, "assettype_id": 121, "site_id": site["id"], "client_id": site["client_id"] }),
            );
            "new asset in Halo"
        }
        8 => {
            let site = one_of(pair, "Site", chance)?;
            let user = json!({ "name": format!("New Person{stamp}"), "site_id": site["id"], "emailaddress": format!("p{stamp}@acme.example") });
            pair.halo.upsert("Users", user);
            "new user in Halo"
        }
        9 => {
            let contract = one_of(pair, "ClientContract", chance)?;
            pair.halo.upsert("ClientContract", json!({ "id": contract["id"], "note": format!("Note {stamp}") }));
            "contract in Halo"
        }
        _ => {
            let article = any(pair.halo.all("KBArticle"), chance)?;
            let change = json!({ "id": article["id"], "resolution_html": format!("<p>Edited in Halo {stamp}</p>") });
            pair.halo.upsert("KBArticle", change);
            "article in Halo"
        }
    })
}

/// One edit in Hudu.
pub fn in_hudu(pair: &Sandbox, chance: &mut Chance) -> Option<Edit> {
    let stamp = chance.below(1000);
    Some(match chance.below(8) {
        0 | 1 => {
            let company = any(pair.hudu.all("companies"), chance)?;
            let change = match chance.below(5) {
                0 => json!({ "id": company["id"], "phone_number": format!("0131 498 0{stamp:03}") }),
                1 => json!({ "id": company["id"], "nickname": format!("Nick {stamp}") }),
                2 => json!({ "id": company["id"], "notes": format!("<p>Typed {stamp}</p>") }),
                3 => {
                    pair.hudu
                        .upsert("companies", json!({ "id": company["id"], "archived": company["archived"] != true }));
                    return Some(put_away("company put away or brought back in Hudu", &company));
                }
                _ => json!({ "id": company["id"], "website": format!("https://h{stamp}.example") }),
            };
            pair.hudu.upsert("companies", change);
            "company in Hudu".into()
        }
        2..=5 => {
            let asset = any(pair.hudu.all("assets"), chance)?;
            let labels: Vec<String> =
                asset["fields"].as_array().into_iter().flatten().map(|field| text(field, "label")).collect();
            let typed = ["Notes", "Phone", "Model", "Job title", "Main contact", "Operating System", "Note"];
            let label = chance.pick(&typed).to_string();
            let change = match chance.below(4) {
                0 => json!({ "id": asset["id"], "name": format!("{} {stamp}", text(&asset, "name")) }),
                1 => {
                    pair.hudu.upsert("assets", json!({ "id": asset["id"], "archived": asset["archived"] != true }));
                    return Some(put_away("asset put away or brought back in Hudu", &asset));
                }
                2 => json!({ "id": asset["id"], "primary_model": format!("Model {stamp}") }),
                _ if labels.contains(&label) => {
                    json!({ "id": asset["id"], "custom_fields": [{ label: format!("Typed {stamp}") }] })
                }
                _ => return None,
            };
            pair.hudu.upsert("assets", change);
            "asset in Hudu".into()
        }
        6 => {
            let asset = any(pair.hudu.all("assets"), chance)?;
            pair.hudu.upsert(
                "assets",
                json!({
                    "name": format!("By hand {stamp}"), "company_id": asset["company_id"],
                    "asset_layout_id": asset["asset_layout_id"],
                }),
            );
            "new asset in Hudu".into()
        }
        _ => {
            let article = any(pair.hudu.all("articles"), chance)?;
            let change = match chance.below(3) {
                0 => json!({ "id": article["id"], "archived": article["archived"] != true }),
                _ => json!({ "id": article["id"], "content": format!("<p>Edited in Hudu {stamp}</p>") }),
            };
            pair.hudu.upsert("articles", change);
            "article in Hudu".into()
        }
    })
}

/// The edit that turned `archived` round.
fn put_away(what: &'static str, before: &Value) -> Edit {
    Edit { what, brought_back: before["id"].as_i64().filter(|_| before["archived"] == true) }
}
