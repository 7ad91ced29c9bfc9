//! Articles, lists, attachments.

use http::{Method, Request};
use serde_json::json;
use sidelight_sandbox::halo::NeverEdited;

use crate::support::{Desk, ids};

#[tokio::test]
async fn rows_have_no_html_and_say_when_they_were_edited() {
    let desk = Desk::open().await;
    let list = desk.json("/api/KBArticle?order=date_edited&orderdesc=true").await;
    let row = &list["articles"][0];
    assert_eq!(row["name"], "VPN connects but nothing opens");
    for name in ["description_html", "resolution_html", "resolution", "tags", "faqlists"] {
        assert_eq!(row.get(name), None, "{name} is not on rows");
    }
    assert!(row["resolution_list"].as_str().unwrap().starts_with("Usually a stale DNS entry."));
    let detail = desk.json(&format!("/api/KBArticle/{}?includedetails=true", row["id"])).await;
    assert!(detail["resolution_html"].as_str().unwrap().contains("<code>"));
    assert_eq!(detail["faqlists"][0]["full_name"], "IT > Network");
    assert_eq!(detail["tags"][1]["text"], "dns");
}

#[tokio::test]
async fn an_article_keeps_its_twins_tags_and_access_in_step() {
    let desk = Desk::open().await;
    let body = json!([{
        "name": "Printer", "resolution_html": "<p>Turn it <b>on</b></p>", "tags": [{ "text": "vpn" }, { "text": "hudu-9" }],
        "faqlists": [{ "id": 2 }, { "id": 4711 }], "kbentryclientaccess": [{ "client_id": 12 }],
        "kbentrytoplevelaccess": [{ "toplevel_id": 1, "toplevel_name": "Any" }],
    }]);
    let made = desk.post("/api/KBArticle", body).await.json();
    assert_eq!((&made["resolution"], &made["tag_string"]), (&json!("Turn it on"), &json!("vpn,hudu-9")));
    assert!(made["tags"].as_array().unwrap().iter().all(|tag| tag["id"].is_i64()));
    assert_eq!(made["faqlists"].as_array().unwrap().len(), 1);
    assert_eq!(made["kbentryclientaccess"][0]["client_name"], "Acme Ltd");
    let level = json!([{ "id": 1, "toplevel_id": 1, "toplevel_name": "Top", "kb_id": made["id"] }]);
    assert_eq!(made["kbentrytoplevelaccess"], level);
    assert_eq!((&made["creator_name"], &made["showforall"]), (&json!("API"), &json!(false)));
    assert_eq!(made["date_edited"], "1900-01-01T00:00:00");
    let id = made["id"].as_i64().unwrap();
    desk.sandbox.halo.switch(|s| s.never_edited = NeverEdited::Absent);
    assert_eq!(desk.json(&format!("/api/KBArticle/{id}")).await.get("date_edited"), None);
    desk.pass(60);
    let changed = desk.post("/api/KBArticle", json!([{ "id": id, "tag_string": "printing" }])).await.json();
    assert_eq!(
        (&changed["date_edited"], &changed["tags"][0]["text"]),
        (&json!("2026-05-13T18:02:50.34"), &json!("printing"))
    );
    assert_eq!(changed["resolution"], "Turn it on");
    let seen = |client: i64| format!("/api/KBArticle?client_id={client}&search=printer");
    assert_eq!(ids(&desk.json(&seen(12)).await["articles"]), [id]);
    assert_eq!(ids(&desk.json(&seen(13)).await["articles"]), [] as [i64; 0]);
}

#[tokio::test]
async fn lists_are_a_tree() {
    let desk = Desk::open().await;
    let made = desk.post("/api/FAQLists", json!([{ "name": "VPN", "group_id": 2 }])).await.json();
    assert_eq!((&made["full_name"], &made["level"]), (&json!("IT > Network > VPN"), &json!(3)));
    assert_eq!(ids(&desk.json("/api/FAQLists?parent_id=1").await), [2, 3]);
    assert_eq!(desk.json("/api/FAQLists?showcounts=true").await[1]["article_count"], 1);
    assert_eq!(ids(&desk.json("/api/KBArticle?faqlists=2").await["articles"]), [2]);
}

#[tokio::test]
async fn attachments_come_back_as_bytes() {
    let desk = Desk::open().await;
    let ticket = desk.post("/api/Tickets", json!([{ "summary": "x", "client_id": 12 }])).await.json()["id"].clone();
    let body = json!([{ "filename": "a.txt", "ticket_id": ticket, "data_base64": "data:text/plain;base64,aGVsbG8=" }]);
    let made = desk.post("/api/Attachment", body).await.json();
    assert_eq!((&made["filesize"], made.get("data_base64")), (&json!(5), None));
    let id = &made["id"];
    let file = desk.get(&format!("/api/Attachment/{id}")).await;
    assert_eq!((file.text().as_str(), file.header("content-type")), ("hello", "text/plain"));
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"a.txt\"");
    assert_eq!(desk.json(&format!("/api/Attachment/{id}?includedetails=true")).await["filename"], "a.txt");
    assert_eq!(desk.json(&format!("/api/Attachment?ticket_id={ticket}")).await["record_count"], 1);
}

#[tokio::test]
async fn pictures_of_articles_are_read_by_their_link() {
    let desk = Desk::open().await;
    let body = "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
                Content-Type: image/png\r\n\r\n\u{1}PNG\r\n--xx--\r\n";
    let request = Request::builder()
        .method(Method::POST)
        .uri("/api/Attachment/image")
        .header("authorization", format!("Bearer {}", desk.token))
        .header("content-type", "multipart/form-data; boundary=xx")
        .body(body.as_bytes().to_vec())
        .unwrap();
    let link = desk.send(request).await.unwrap().json()["link"].as_str().unwrap().to_owned();
    let picture = desk.send(Request::get(&link).body(vec![]).unwrap()).await.unwrap();
    assert_eq!((picture.text().as_str(), picture.header("content-type")), ("\u{1}PNG", "image/png"));
    let wrong = link.replace("nonce=", "nonce=x");
    assert_eq!(desk.send(Request::get(wrong).body(vec![]).unwrap()).await.unwrap().status, 404);
}
