//! Relations, and processes with their runs.

use serde_json::{Value, json};

use crate::client::{Client, int, rows};

#[tokio::test]
async fn a_relation_is_two_rows() {
    let client = Client::new();
    client.switch(|switches| switches.relations_by_end = true);
    let company = client.company("C");
    let asset = client.asset(company, client.layout("T", json!([])), "One");
    let article = client.post("articles", json!({ "article": { "name": "A", "company_id": company } })).await;
    let article = int(&article.body, "/article/id");
    let body = |kind: &str| {
        json!({ "relation": {
            "fromable_type": "Asset", "fromable_id": asset, "toable_type": kind, "toable_id": article,
        }})
    };
    let got = client.post("relations", body("Article")).await;
    assert_eq!((got.status, &got.body["relation"]["name"]), (201, &json!("A")));
    assert_eq!(got.body["relation"].as_object().unwrap().len(), 12);
    let list = format!("relations?fromable_type=Article&fromable_id={article}");
    let inverse = client.get(&list).await.body["relations"][0].clone();
    assert_eq!((&inverse["is_inverse"], &inverse["name"]), (&json!(true), &json!("One")));
    assert_eq!(client.post("relations", body("Article")).await.status, 422);
    assert_eq!(client.post("relations", body("article")).await.status, 422);
    assert_eq!(client.delete(&format!("relations/{}", int(&inverse, "/id"))).await.status, 204);
    assert_eq!(rows(&client.get(&list).await.body), 0);
    assert_eq!(rows(&client.get(&format!("relations?fromable_type=Asset&fromable_id={asset}")).await.body), 0);
}

#[tokio::test]
async fn processes_become_runs() {
    let client = Client::new();
    let company = client.company("C");
    let global = client.post("procedures", json!({ "name": "Start", "description": "d" })).await;
    assert_eq!((global.status, &global.body["procedure"]["process_type"]), (201, &json!("global")));
    let global = int(&global.body, "/procedure/id");
    let task = |id: i64| json!({ "procedure_task": { "name": "First", "procedure_id": id } });
    assert_eq!(client.post("procedure_tasks", task(global)).await.status, 201);
    let got = client
        .post(
            "procedure_tasks",
            json!({ "procedure_task": {
                "name": "x", "procedure_id": global, "priority": "high",
            }}),
        )
        .await;
    assert_eq!(got.status, 422);
    assert!(got.text.contains("cannot set run-only fields (priority) on process tasks."), "{}", got.text);
    assert_eq!(client.post(&format!("procedures/{global}/kickoff"), Value::Null).await.status, 422);
    let path = format!("procedures/{global}/create_from_template?company_id={company}");
    let own = client.post(&path, Value::Null).await;
    assert_eq!((own.status, &own.body["procedure"]["total"]), (201, &json!(1)));
    let own = int(&own.body, "/procedure/id");
    let got = client.post(&format!("procedures/{own}/create_from_template?company_id={company}"), Value::Null).await;
    assert!(got.status == 422 && got.text.contains("Source must be a global template"), "{}", got.text);
    let run = client.post(&format!("procedures/{own}/kickoff?name=Now"), Value::Null).await;
    assert_eq!(
        (run.status, &run.body["procedure"]["run"], &run.body["procedure"]["name"]),
        (200, &json!(true), &json!("Now"))
    );
    assert_eq!(run.body["procedure"]["completion_percentage"], "0%");
    let run_id = int(&run.body, "/procedure/id");
    let run_task =
        int(&client.get(&format!("procedure_tasks?procedure_id={run_id}")).await.body, "/procedure_tasks/0/id");
    let got = client.delete(&format!("procedure_tasks/{run_task}")).await;
    assert!(got.status == 422 && got.text.contains("Cannot delete tasks from runs."));
    let got =
        client.put(&format!("procedure_tasks/{run_task}"), json!({ "procedure_task": { "priority": "high" } })).await;
    assert_eq!((got.status, &got.body["procedure_task"]["priority"]), (200, &json!("high")));
    assert_eq!(client.post("procedure_tasks", task(run_id)).await.status, 422);
    for (query, expected) in [("type=run", 1), ("type=process", 1), ("name=START", 1), ("", 2)] {
        let got = client.get(&format!("procedures?company_id={company}&{query}")).await;
        assert_eq!(rows(&got.body), expected, "{query}");
    }
    let got = client.delete(&format!("procedures/{own}")).await;
    assert!(got.status == 200 && got.body["message"].is_string());
    assert_eq!(client.get(&format!("procedures/{run_id}")).await.status, 404);
}
