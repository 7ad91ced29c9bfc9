//! What tools refuse: arguments that do not fit, records of other clients, secrets.

use serde_json::json;
use sidelight::tools::Reach;
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::host::sandbox;

use crate::{bench, call};

#[tokio::test(start_paused = true)]
async fn arguments_that_miss_the_schema_are_named_and_nothing_is_sent() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach::default()).await;
    let cases = [
        ("get_single_haloitsm_client_by_id", json!({}), "id is missing."),
        ("get_single_haloitsm_client_by_id", json!({"id": "x"}), "id has to be a whole number."),
        ("get_single_haloitsm_action_by_id", json!({"id": 1}), "ticket_id is missing."),
        ("list_all_haloitsm_tickets", json!({"limit": 0}), "limit has to be at least 1."),
        ("create_a_haloitsm_site", json!({"records": []}), "records has to hold something."),
        ("create_a_haloitsm_site", json!({"records": [{"name": 7}]}), "records[0].name has to be text or null."),
        ("create_a_haloitsm_site", json!({"records": [{"name": "x"}]}), "client_id is missing: a new site needs it."),
        ("delete_a_haloitsm_site_by_id", json!({"id": 1, "force": true}), "force is not known here."),
    ];
    for (tool, arguments, sentence) in cases {
        assert_eq!(call(&bench, tool, arguments).await.unwrap_err(), sentence, "{tool}");
    }
    assert_eq!(sandbox.request_count(sidelight_sandbox::Server::Halo), 0);
    let missing = call(&bench, "get_single_haloitsm_client_by_id", json!({"id": 99_999})).await.unwrap_err();
    assert!(missing.starts_with("HaloITSM has no client 99999"), "{missing}");
    sandbox.halo.deny(&["Invoice"]);
    let closed = call(&bench, "list_all_haloitsm_invoices", json!({})).await.unwrap_err();
    assert!(closed.starts_with("HaloITSM gives no access to invoices"), "{closed}");
}

#[tokio::test(start_paused = true)]
async fn an_agent_of_one_client_reaches_no_other() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach { client: Some(12), ..Reach::default() }).await;
    let ticket_of = |own: bool| {
        let all = sandbox.halo.all("Tickets");
        all.iter().find(|t| (t["client_id"] == 12) == own).unwrap()["id"].clone()
    };
    let (own, other) = (ticket_of(true), ticket_of(false));
    for many in ["assets", "users", "sites", "tickets", "contracts", "clients"] {
        let rows = call(&bench, &format!("list_all_haloitsm_{many}"), json!({})).await.unwrap();
        let member = if many == "clients" { "id" } else { "client_id" };
        let rows = rows["result"].as_array().unwrap().clone();
        assert!(!rows.is_empty() && rows.iter().all(|row| row[member] == 12), "{many}");
    }
    let outside = "Only records of client 12";
    let refused = [
        ("get_single_haloitsm_ticket_by_id", json!({"id": other})),
        ("list_all_haloitsm_actions", json!({"ticket_id": other})),
        ("list_all_haloitsm_assets", json!({"client_id": 20})),
        ("list_all_haloitsm_reports", json!({})),
        ("get_single_haloitsm_client_by_id", json!({"id": 20})),
        ("create_a_haloitsm_ticket", json!({"records": [{"summary": "x", "client_id": 20}]})),
        ("create_a_haloitsm_ticket", json!({"records": [{"id": other, "summary": "x"}]})),
        ("create_a_haloitsm_ticket", json!({"records": [{"id": own, "client_id": 20}]})),
        ("create_a_haloitsm_client", json!({"records": [{"name": "x"}]})),
        ("create_a_haloitsm_team", json!({"records": [{"name": "x"}]})),
        ("delete_a_haloitsm_ticket_by_id", json!({"id": other})),
        ("delete_a_haloitsm_supplier_by_id", json!({"id": 1})),
        ("list_all_hudu_users", json!({})),
        ("list_all_hudu_relations", json!({})),
        ("get_documentation_for_haloitsm_record", json!({"kind": "ticket", "id": other})),
        ("undo_sync_run", json!({"run_id": "x"})),
    ];
    for (tool, arguments) in refused {
        let why = call(&bench, tool, arguments).await.unwrap_err();
        assert!(why.starts_with(outside), "{tool}: {why}");
    }
    assert!(sandbox.halo.get("Tickets", other.as_i64().unwrap()).unwrap()["deleted"].is_null());
    let made = call(&bench, "create_a_haloitsm_ticket", json!({"records": [{"summary": "Own"}]})).await.unwrap();
    assert_eq!(made["result"][0]["record"]["client_id"], 12);
    for many in ["companies", "assets", "articles", "passwords", "websites"] {
        let rows = call(&bench, &format!("list_all_hudu_{many}"), json!({})).await.unwrap();
        let rows = rows["result"].as_array().unwrap().clone();
        let company = call(&bench, "list_all_hudu_companies", json!({})).await.unwrap()["result"][0]["id"].clone();
        let member = if many == "companies" { "id" } else { "company_id" };
        assert!(rows.iter().all(|row| row[member] == company), "{many}");
    }
    let view =
        call(&bench, "get_documentation_for_haloitsm_record", json!({"kind": "ticket", "id": own})).await.unwrap();
    assert_eq!(view["result"]["company"]["state"], "matched");
}

#[tokio::test(start_paused = true)]
async fn no_spelling_and_no_detour_leads_an_agent_of_one_client_elsewhere() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach { client: Some(12), ..Reach::default() }).await;
    let of = |path: &str, client: f64| {
        let all = sandbox.halo.all(path);
        all.into_iter().find(|one| one["client_id"].as_f64() == Some(client)).unwrap()["id"].clone()
    };
    let (own, other) = (of("Tickets", 12.0), of("Tickets", 20.0));
    let (site, user, asset) = (of("Site", 20.0), of("Users", 20.0), of("Asset", 20.0));
    let file = sandbox.halo.upsert("Attachment", json!({"filename": "a.txt", "ticket_id": other}));
    let kind = sandbox.halo.all("AssetType")[0]["id"].clone();
    let refused = [
        ("list_all_haloitsm_appointments", json!({"Client_ID": 0})),
        ("list_all_haloitsm_knowledge_base", json!({"client_id": 20})),
        ("list_all_haloitsm_attachments", json!({"ticket_id": own, "unique_id": other})),
        ("create_a_haloitsm_attachment", json!({"records": [{"id": file, "ticket_id": own}]})),
        (
            "create_a_haloitsm_attachment",
            json!({"records": [{"filename": "b", "data_base64": "SGk=", "ticket_id": own, "type": 1, "unique_id": asset.to_string()}]}),
        ),
        ("create_a_haloitsm_ticket", json!({"records": [{"summary": "x", "site_id": site}]})),
        ("create_a_haloitsm_ticket", json!({"records": [{"summary": "x", "user_id": user}]})),
        ("create_a_haloitsm_ticket", json!({"records": [{"summary": "x", "userlookup": {"id": user}}]})),
        ("create_a_haloitsm_ticket", json!({"records": [{"summary": "x", "Client_ID": 20}]})),
        ("create_a_haloitsm_ticket", json!({"records": [{"summary": "x", "ID": other}]})),
        ("create_a_haloitsm_ticket", json!({"records": [{"id": own, "site_id": site}]})),
        ("create_a_haloitsm_ticket", json!({"records": [{"id": own, "parent_id": other}]})),
        ("create_a_haloitsm_ticket", json!({"records": [{"id": own, "assets": [{"id": asset}]}]})),
        ("create_a_haloitsm_user", json!({"records": [{"name": "Sam", "site_id": site}]})),
        ("create_a_haloitsm_asset", json!({"records": [{"assettype_id": kind, "site_id": site}]})),
        ("create_a_haloitsm_quote", json!({"records": [{"title": "x", "ticket_id": other}]})),
    ];
    let before = ["Tickets", "Users", "Asset", "Attachment"].map(|path| sandbox.halo.all(path));
    for (tool, arguments) in refused {
        let why = call(&bench, tool, arguments.clone()).await.expect_err(&arguments.to_string());
        assert!(why.starts_with("Only records of client 12"), "{tool}: {why}");
    }
    assert_eq!(["Tickets", "Users", "Asset", "Attachment"].map(|path| sandbox.halo.all(path)), before);
    let twice = json!({"ticket_id": own, "Ticket_Id": other});
    let twice = call(&bench, "list_all_haloitsm_actions", twice).await.unwrap_err();
    assert_eq!(twice, "ticket_id is given twice: HaloITSM does not tell names apart by case.");
    let paging = call(&bench, "list_all_haloitsm_tickets", json!({"Page_Size": 3})).await.unwrap_err();
    assert_eq!(paging, "page_size is not a filter here: use limit and cursor.");
    // What is its own goes through, also as it was read, and what stood there already stays.
    let ticket = call(&bench, "get_single_haloitsm_ticket_by_id", json!({"id": own})).await.unwrap()["result"].clone();
    let site = of("Site", 12.0);
    for record in [ticket, json!({"summary": "At home", "site_id": site, "user_id": 0, "parent_id": null})] {
        let saved = call(&bench, "create_a_haloitsm_ticket", json!({"records": [record]})).await.unwrap();
        assert_eq!(saved["result"][0]["record"]["client_id"], 12, "{saved}");
    }
}

#[tokio::test(start_paused = true)]
async fn articles_kept_for_other_clients_or_other_top_levels_are_not_shown() {
    let sandbox = sandbox();
    let top = |client: i64| sandbox.halo.get("Client", client).unwrap()["toplevel_id"].clone();
    let (own, other) = (top(12), top(20));
    assert_ne!(own, other);
    let (clients, tops) = ("kbentryclientaccess", "kbentrytoplevelaccess");
    // What an article is kept for, and whether an agent of client 12 sees it.
    let cases = [
        (json!({}), true),
        (json!({clients: [{"client_id": 12}]}), true),
        (json!({clients: [{"client_id": 20}]}), false),
        (json!({tops: [{"toplevel_id": own}]}), true),
        (json!({tops: [{"toplevel_id": other}]}), false),
        (json!({clients: [{"client_id": 20}], tops: [{"toplevel_id": own}]}), true),
        (json!({clients: [{"client_id": 12}], tops: [{"toplevel_id": other}]}), true),
        (json!({clients: [{"client_id": 20}], tops: [{"toplevel_id": other}]}), false),
    ];
    let made = cases.map(|(mut article, seen)| {
        article["name"] = json!("Kept");
        (sandbox.halo.upsert("KBArticle", article), seen)
    });
    let bench = bench(&sandbox, Reach { client: Some(12), ..Reach::default() }).await;
    let rows = call(&bench, "list_all_haloitsm_knowledge_base", json!({"search": "Kept"})).await.unwrap();
    let rows: Vec<_> = rows["result"].as_array().unwrap().iter().filter_map(|row| row["id"].as_i64()).collect();
    sandbox.clear_requests();
    for (id, seen) in made {
        assert_eq!(rows.contains(&id), seen, "{:?}", sandbox.halo.get("KBArticle", id));
        let read = call(&bench, "get_single_haloitsm_knowledge_base_by_id", json!({"id": id})).await;
        assert_eq!(read.is_ok(), seen, "{read:?}");
        if let Err(why) = read {
            assert!(why.starts_with("Only records of client 12"), "{why}");
        }
    }
    let asked = sandbox.requests(sidelight_sandbox::Server::Halo);
    let clients_read = asked.iter().filter(|request| request.path.contains("/Client/12")).count();
    assert_eq!(clients_read, 1, "the top level above the client is read once");
}

#[tokio::test(start_paused = true)]
async fn an_audience_that_cannot_be_told_keeps_an_agent_of_one_client_out() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach { client: Some(12), ..Reach::default() }).await;
    let own = sandbox.halo.get("Client", 12).unwrap()["toplevel_id"].clone();
    let cases = [
        (json!([{"top_level_id": own}]), true),
        (json!([{"tree_id": own.to_string()}]), true),
        (json!([{"id": own}]), false),
        (json!([{"toplevel_name": "North"}]), false),
        (json!({"toplevel_id": own}), false),
        (json!(null), true),
    ];
    let id = sandbox.halo.upsert("KBArticle", json!({"name": "Kept"}));
    for (levels, seen) in cases {
        let answer = json!({"id": id, "name": "Kept", "kbentryclientaccess": [], "kbentrytoplevelaccess": levels});
        sandbox.faults.add(Fault {
            server: "halo".to_owned(),
            method: "GET".to_owned(),
            path: format!("/KBArticle/{id}"),
            after: 0,
            times: 1,
            effect: Effect::Status { status: 200, body: answer.to_string(), headers: Vec::new() },
        });
        let read = call(&bench, "get_single_haloitsm_knowledge_base_by_id", json!({"id": id})).await;
        assert_eq!(sandbox.faults.left(), 0, "another answer came");
        assert_eq!(read.is_ok(), seen, "{answer}: {read:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_result_holds_a_secret_unless_it_is_allowed() {
    let sandbox = sandbox();
    let passwords = sandbox.hudu.all("asset_passwords");
    let secrets: Vec<String> = passwords
        .iter()
        .flat_map(|p| [&p["password"], &p["otp_secret"]])
        .filter_map(|s| s.as_str())
        .filter(|s| s.len() > 5)
        .map(str::to_owned)
        .collect();
    assert!(secrets.len() > 3);
    let plain = bench(&sandbox, Reach::default()).await;
    let id = passwords[0]["id"].clone();
    let mut told = String::new();
    for (tool, arguments) in [
        ("list_all_hudu_passwords", json!({"limit": 1000})),
        ("get_single_hudu_password_by_id", json!({"id": id})),
        ("list_all_hudu_assets", json!({"limit": 1000})),
        ("search_hudu", json!({"words": "admin"})),
    ] {
        told.push_str(&call(&plain, tool, arguments).await.unwrap().to_string());
    }
    assert!(secrets.iter().all(|secret| !told.contains(secret.as_str())));
    let confidential = sandbox.hudu.all("asset_layouts");
    let labels: Vec<&str> = confidential
        .iter()
        .flat_map(|l| l["fields"].as_array().unwrap())
        .filter(|f| f["field_type"] == "Password" || f["field_type"] == "ConfidentialText")
        .filter_map(|f| f["label"].as_str())
        .collect();
    let assets = call(&plain, "list_all_hudu_assets", json!({"limit": 1000})).await.unwrap();
    for field in assets["result"].as_array().unwrap().iter().flat_map(|a| a["fields"].as_array().unwrap()) {
        assert!(!labels.contains(&field["label"].as_str().unwrap()) || field["value"].is_null(), "{field}");
    }
    let refused = call(&plain, "reveal_hudu_password", json!({"id": id})).await.unwrap_err();
    assert!(refused.contains("--allow-secrets"), "{refused}");
    let allowed = bench(&sandbox, Reach { secrets: true, ..Reach::default() }).await;
    let revealed = call(&allowed, "reveal_hudu_password", json!({"id": id})).await.unwrap();
    assert_eq!(revealed["result"]["password"], passwords[0]["password"]);
}
