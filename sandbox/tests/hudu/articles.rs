//! Articles and folders.

use serde_json::{Value, json};
use sidelight_sandbox::hudu::ArticleUrl;

use crate::client::{Client, int};

#[tokio::test]
async fn an_article_keeps_scripts_and_takes_pictures_in() {
    let client = Client::new();
    let content = "<p>a&nbsp;b &mdash; &foo;<p>open<script>alert(1 < 2)</script>\
                   <img src=\"data:image/png;base64,iVBORw0KGgo=\">";
    let got = client.post("articles", json!({ "article": { "name": "How to: VPN", "content": content } })).await;
    assert_eq!(got.status, 200);
    let article = &got.body["article"];
    assert_eq!(article["draft"], Value::Null);
    let html = article["content"].as_str().unwrap();
    assert!(html.starts_with("<p>a\u{a0}b — &amp;foo;<p>open<script>alert(1 < 2)</script>"), "{html}");
    assert!(html.ends_with("</p></p>") || html.contains("</p>\n</p>"), "{html}");
    let photo = &article["public_photos"][0];
    let address = photo["url"].as_str().unwrap();
    assert!(html.contains(&format!("<img src=\"{address}\">")), "{html}");
    let got = client.ask("GET", address, &[], vec![]).await;
    assert_eq!((got.status, &got.headers["content-type"]), (200, &"image/png".parse().unwrap()));
    let number = int(photo, "/numeric_id");
    assert_eq!(client.get(&format!("public_photos/{number}")).await.body["id"], photo["id"]);
    assert_eq!(client.get(&format!("public_photos/{}", photo["id"].as_str().unwrap())).await.status, 404);

    let (id, slug) = (int(article, "/id"), article["slug"].as_str().unwrap());
    assert_eq!(article["url"], json!(format!("http://hudu.test/kba/{slug}/how-to-vpn")));
    client.switch(|switches| switches.article_url = ArticleUrl::Slug);
    let got = client.get(&format!("articles?slug={slug}")).await.body;
    assert_eq!(got["articles"][0]["url"], json!(format!("http://hudu.test/kba/{slug}")));
    assert_eq!(got["articles"][0]["draft"], false);
    let got = client.put(&format!("articles/{id}/archive"), Value::Null).await;
    assert_eq!(got.body["article"]["archived"], true);
    client.put(&format!("articles/{id}"), json!({ "article": { "enable_sharing": true } })).await;
    assert!(client.get(&format!("articles/{id}")).await.body["article"]["share_url"].is_string());
    assert_eq!(client.delete(&format!("articles/{id}")).await.status, 204);
}

#[tokio::test]
async fn folders_form_a_tree() {
    let client = Client::new();
    let top = client.post("folders", json!({ "folder": { "name": "Network" } })).await;
    assert_eq!(top.status, 200);
    let top = int(&top.body, "/folder/id");
    let below = json!({ "folder": { "name": "VPN", "parent_folder_id": top } });
    let below = int(&client.post("folders", below).await.body, "/folder/id");
    let circle = json!({ "folder": { "parent_folder_id": below } });
    assert_eq!(client.put(&format!("folders/{top}"), circle).await.status, 422);
    let kind = json!({ "folder": { "folder_type": "photo" } });
    let got = client.put(&format!("folders/{top}"), kind).await;
    assert_eq!(got.body["folder"]["folder_type"], "article");
    let article = json!({ "article": { "name": "x", "folder_id": below } });
    let article = int(&client.post("articles", article).await.body, "/article/id");
    assert_eq!(client.delete(&format!("folders/{below}")).await.status, 204);
    assert_eq!(client.get(&format!("articles/{article}")).await.body["article"]["folder_id"], Value::Null);
    let got = client.get("folders?in_company=false&page_size=1000").await.body;
    assert!(got["folders"].as_array().unwrap().iter().all(|folder| folder["company_id"].is_null()));
}
