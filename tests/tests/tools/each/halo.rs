//! The 84 operations of HaloITSM.

use serde_json::{Value, json};
use sidelight_sandbox::Sandbox;

use super::Caller;

/// What a new record of each resource needs, and what is changed in it afterwards.
fn samples(sandbox: &Sandbox) -> Vec<(&'static str, Value, Value)> {
    let first = |path: &str| sandbox.halo.all(path)[0]["id"].clone();
    let kind = |word: &str| {
        let kinds = sandbox.halo.all("TicketType");
        kinds.iter().find(|k| k["use"] == word).map_or(Value::Null, |k| k["id"].clone())
    };
    let ticket = |word: &str| json!({"summary": "A sample", "client_id": 12, "tickettype_id": kind(word)});
    let note = json!({"notes": "Changed"});
    let name = json!({"name": "Another name"});
    vec![
        (
            "user",
            json!({"name": "Sam Sample", "site_id": first("Site"), "emailaddress": "sam@example.test"}),
            note.clone(),
        ),
        ("team", json!({"name": "Sample team"}), name.clone()),
        (
            "action",
            json!({"ticket_id": first("Tickets"), "outcome_id": 7, "note_html": "<p>x</p>"}),
            json!({"note_html": "<p>y</p>"}),
        ),
        ("agent", json!({"name": "Sample agent"}), json!({"jobtitle": "x"})),
        (
            "appointment",
            json!({"subject": "S", "start_date": "2026-12-01T09:00:00", "end_date": "2026-12-01T10:00:00", "client_id": 12}),
            json!({"subject": "T"}),
        ),
        (
            "asset",
            json!({"assettype_id": first("AssetType"), "client_id": 12, "inventory_number": "SAMPLE-1"}),
            note.clone(),
        ),
        ("client", json!({"name": "Sample client"}), note.clone()),
        ("contract", json!({"client_id": 12, "ref": "SAMPLE"}), json!({"note": "x"})),
        (
            "invoice",
            json!({"client_id": 12, "lines": [{"item_description": "Hours", "qty_order": 2}]}),
            json!({"reference": "x"}),
        ),
        ("item", json!({"name": "Sample item", "baseprice": 12.5}), json!({"description": "x"})),
        ("knowledge_base", json!({"name": "Sample article", "description_html": "<p>x</p>"}), name.clone()),
        ("opportunite", ticket("opportunity"), json!({"summary": "B"})),
        ("project", ticket("project"), json!({"summary": "B"})),
        ("quote", json!({"title": "Sample quote", "client_id": 12}), json!({"note": "x"})),
        ("report", json!({"name": "Sample report"}), name.clone()),
        ("site", json!({"name": "Sample site", "client_id": 12}), note.clone()),
        ("status", json!({"name": "Sample status"}), name.clone()),
        ("supplier", json!({"name": "Sample supplier"}), note.clone()),
        ("ticket_type", json!({"name": "Sample type"}), name),
        ("ticket", ticket("ticket"), json!({"summary": "B"})),
        (
            "attachment",
            json!({"filename": "a.txt", "data_base64": "SGFsbG8=", "ticket_id": first("Tickets")}),
            json!({"note": "x"}),
        ),
    ]
}

/// Each resource is made, listed, read, changed and deleted.
pub async fn story(caller: &Caller<'_>) {
    let samples = samples(caller.sandbox);
    assert_eq!(samples.len(), 21);
    for (one, new, change) in samples {
        let entry = sidelight::halo::catalogue::Entry::named(one).unwrap();
        let made = caller.call(&format!("create_a_haloitsm_{one}"), json!({"records": [new]})).await.unwrap();
        assert_eq!(made["result"][0]["state"], "created", "{one}: {made}");
        let id = &made["result"][0]["id"];
        let mut named = json!({"id": id});
        if let Some(within) = entry.within {
            named[within] = new[within].clone();
        }
        let get = format!("get_single_haloitsm_{one}_by_id");
        let read = caller.call(&get, named.clone()).await.unwrap();
        assert_eq!(read["result"]["id"], *id, "{one}");
        let mut filters = json!({"limit": 1000});
        if one == "action" || one == "attachment" {
            filters["ticket_id"] = new["ticket_id"].clone();
        }
        if one == "appointment" {
            filters["start_date"] = "2026-11-01".into();
        }
        let list = format!("list_all_haloitsm_{}", entry.many);
        let rows = caller.call(&list, filters.clone()).await.unwrap();
        let mut found = rows["result"].as_array().unwrap().clone();
        let mut next = rows["next_cursor"].clone();
        while !next.is_null() {
            filters["cursor"] = next;
            let rows = caller.call(&list, filters.clone()).await.unwrap();
            found.extend(rows["result"].as_array().unwrap().clone());
            next = rows["next_cursor"].clone();
        }
        assert!(found.iter().any(|row| row["id"] == *id), "{one} {id} is not listed");
        if one != "attachment" {
            let mut changed = change.clone();
            changed.as_object_mut().unwrap().extend(named.as_object().unwrap().clone());
            let saved = caller.call(&format!("create_a_haloitsm_{one}"), json!({"records": [changed]})).await.unwrap();
            assert_eq!(saved["result"][0]["state"], "updated", "{one}: {saved}");
            let read = caller.call(&get, named.clone()).await.unwrap();
            for (name, value) in change.as_object().unwrap() {
                assert_eq!(read["result"][name], *value, "{one}");
            }
        }
        let gone = caller.call(&format!("delete_a_haloitsm_{one}_by_id"), named.clone()).await.unwrap();
        assert_eq!(gone["result"]["deleted"], true);
        let after = caller.call(&get, named).await;
        let marked = after.as_ref().is_ok_and(|read| read["result"]["deleted"] == true);
        assert!(marked || after.is_err_and(|why| why.contains("any more")), "{one} is still there");
    }
}
