//! Everything of Hudu: each list has a row, comes once, and each row that can be read alone is.

use serde_json::{Value, json};
use sidelight::hudu::catalogue::ALL;
use sidelight::tools::Tool;
use sidelight_sandbox::Sandbox;

use super::Caller;

/// The number of Hudu's own Halo integration on the sandbox.
const INTEGRATION: i64 = 3;

/// One of each that the world has none of. Answers the number of a card in Halo.
fn fill(sandbox: &Sandbox) -> Value {
    let hudu = &sandbox.hudu;
    let company = hudu.find_company("Harbour and Finch").unwrap()["id"].clone();
    let asset = hudu.all("assets").into_iter().find(|asset| asset["company_id"] == company).unwrap()["id"].clone();
    let of = |kind: &str, more: Value| {
        let mut record = json!({format!("{kind}_type"): "Asset", format!("{kind}_id"): asset});
        record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        record
    };
    hudu.upsert("uploads", of("uploadable", json!({"name": "plan.pdf"})));
    hudu.upsert("photos", of("photoable", json!({"caption": "Rack"})));
    let flag = hudu.upsert("flag_types", json!({"name": "Look at this", "color": "Red"}));
    hudu.upsert("flags", of("flagable", json!({"flag_type_id": flag, "description": "x"})));
    let label = json!({"name": "Old", "color": "Red", "applicable_record_types": ["Asset"]});
    let label = hudu.upsert("label_types", label);
    hudu.upsert("labels", of("labelable", json!({"label_type_id": label})));
    hudu.upsert("folders", json!({"name": "How we work", "company_id": company}));
    hudu.upsert("magic_dash", json!({"title": "Backups", "message": "Good", "company_id": company}));
    let zone = json!({"name": "Office", "company_id": company, "vlan_id_ranges": "10-20"});
    hudu.upsert("vlan_zones", zone);
    let other = hudu.all("assets")[1]["id"].clone();
    let related = json!({"fromable_type": "Asset", "fromable_id": asset, "toable_type": "Asset", "toable_id": other});
    hudu.upsert("relations", related);
    hudu.upsert(
        "expirations",
        json!({"company_id": company, "date": "2027-01-31", "expirationable_type": "Asset",
        "expirationable_id": asset, "expiration_type": "warranty"}),
    );
    let cards = hudu.all("assets").into_iter().flat_map(|asset| asset["cards"].as_array().cloned().unwrap_or_default());
    cards.map(|card| card["sync_id"].clone()).next().unwrap()
}

pub async fn story(caller: &Caller<'_>) {
    let card = fill(caller.sandbox);
    for shelf in ALL {
        let mut asked = json!({"limit": 7});
        match shelf.many {
            "matchers" => asked["integration_id"] = INTEGRATION.into(),
            "cards" => {
                asked["integration_slug"] = "halo".into();
                asked["integration_id"] = card.to_string().into();
            }
            _ => {}
        }
        let name = format!("list_all_hudu_{}", shelf.many);
        let mut rows = Vec::new();
        for _ in 0..12 {
            let page = caller.call(&name, asked.clone()).await.unwrap_or_else(|why| panic!("{name}: {why}"));
            rows.extend(page["result"].as_array().unwrap().clone());
            asked["cursor"] = page["next_cursor"].clone();
            if asked["cursor"].is_null() {
                break;
            }
        }
        let mut ids: Vec<String> = rows.iter().map(|row| row["id"].to_string()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), rows.len(), "{name} repeats");
        let row = rows.first().unwrap_or_else(|| panic!("{name} has no row"));
        let get = format!("get_single_hudu_{}_by_id", shelf.one);
        if Tool::named(&get).is_some() {
            assert_eq!(caller.result(&get, json!({"id": row["id"]})).await["id"], row["id"], "{name}");
        }
    }
    // Hudu's list of companies knows no such filter; both kinds are told apart all the same.
    caller.sandbox.hudu.upsert("companies", json!({"name": "Gone since long", "archived": true}));
    for archived in [true, false] {
        let asked = json!({"archived": archived, "limit": 1000});
        let rows = caller.result("list_all_hudu_companies", asked).await;
        let rows = rows.as_array().unwrap();
        assert!(!rows.is_empty() && rows.iter().all(|row| row["archived"] == archived), "{archived}: {rows:?}");
    }
}
