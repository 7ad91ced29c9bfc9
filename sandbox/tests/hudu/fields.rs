//! Custom fields: the array, the keys, and every type both ways.

use serde_json::{Value, json};
use sidelight_sandbox::hudu::{DateForm, Decimals, EmptyFields, Encoding, LabelKey, Scalar, UnknownField};

use crate::client::{Client, Got};

struct Field {
    client: Client,
    path: String,
    company: i64,
    layout: i64,
}

impl Field {
    fn new(fields: Value) -> Self {
        let client = Client::new();
        let company = client.company("C");
        let layout = client.layout("Things", fields);
        let id = client.asset(company, layout, "One");
        Self { path: format!("companies/{company}/assets/{id}"), client, company, layout }
    }

    async fn write(&self, fields: Value) -> Got {
        self.client.put(&self.path, json!({ "asset": { "custom_fields": fields } })).await
    }

    async fn read(&self, label: &str) -> Value {
        let got = self.client.get(&self.path).await.body;
        let fields = got["asset"]["fields"].as_array().unwrap().clone();
        fields.into_iter().find(|field| field["label"] == label).map(|field| field["value"].clone()).unwrap_or_default()
    }
}

#[tokio::test]
async fn an_array_of_objects_merged_by_key() {
    let field = Field::new(json!([
        { "label": "Host name", "field_type": "Text" }, { "label": "Part", "field_type": "Heading" },
        { "label": "Memo", "field_type": "RichText" },
    ]));
    assert_eq!(field.write(json!([{ "host_name": "a" }, { "Memo": "<p>x</p>" }])).await.status, 200);
    field.write(json!([{ "Host Name": "b" }])).await;
    assert_eq!((field.read("Host name").await, field.read("Memo").await), (json!("b"), json!("<p>x</p>")));
    field.client.put(&field.path, json!({ "asset": { "name": "Two" } })).await;
    assert_eq!(field.read("Host name").await, json!("b"));
    field.write(json!([{ "host_name": "" }])).await;
    assert_eq!(field.read("Host name").await, Value::Null);

    let got = field.write(json!({ "host_name": "c" })).await;
    assert_eq!(got.status, 422);
    assert_eq!(
        got.body,
        json!({
            "error": "Invalid custom fields", "details": ["custom_fields must be an array of objects (use [ ] not { })."],
        })
    );
    let got = field.write(json!([{ "some_field": 1 }])).await;
    assert_eq!(
        (got.status, got.body),
        (422, json!({ "error": "Invalid custom fields", "details": ["Invalid field names: some_field"] }))
    );
    field.client.switch(|switches| switches.unknown_field = UnknownField::Dropped);
    assert_eq!(field.write(json!([{ "some_field": 1 }])).await.status, 200);
    let got = field.client.get(&field.path).await.body;
    let labels: Vec<&Value> = got["asset"]["fields"].as_array().unwrap().iter().map(|field| &field["label"]).collect();
    assert_eq!(labels, [&json!("Host name"), &json!("Memo")]);
    assert_eq!(got["asset"].get("custom_fields"), None);
    field.client.switch(|switches| switches.empty_fields = EmptyFields::Absent);
    assert_eq!(field.client.get(&field.path).await.body["asset"]["fields"].as_array().unwrap().len(), 1);
    field.client.switch(|switches| switches.fields_merge = false);
    field.write(json!([{ "host_name": "d" }])).await;
    assert_eq!(field.read("Memo").await, Value::Null);
}

#[tokio::test]
async fn keys_of_labels_with_punctuation() {
    let field = Field::new(json!([{ "label": "Halo: ID", "field_type": "Text" }]));
    for (rule, raw, key, status) in [
        (LabelKey::Spaces, false, "halo:_id", 200),
        (LabelKey::Spaces, false, "halo_id", 422),
        (LabelKey::Words, false, "halo_id", 200),
        (LabelKey::Words, false, "halo:_id", 422),
        (LabelKey::Words, true, "Halo: ID", 200),
    ] {
        field.client.switch(|switches| {
            switches.label_key = rule;
            switches.raw_labels = raw;
        });
        assert_eq!(field.write(json!([{ key: "1" }])).await.status, status, "{rule:?} {raw} {key}");
    }
}

#[tokio::test]
async fn numbers_dates_boxes_and_dropdowns() {
    let field = Field::new(json!([
        { "label": "Size", "field_type": "Number" }, { "label": "Day", "field_type": "Date" },
        { "label": "On", "field_type": "CheckBox" }, { "label": "Kind", "field_type": "Dropdown", "options": "A\nB" },
    ]));
    for (sent, status) in [
        (json!({ "size": 7 }), 200),
        (json!({ "size": "8" }), 200),
        (json!({ "size": 1.6 }), 422),
        (json!({ "day": "2026/09/30" }), 200),
        (json!({ "day": "soon" }), 422),
        (json!({ "on": "true" }), 200),
        (json!({ "kind": "B" }), 200),
        (json!({ "kind": "C" }), 422),
    ] {
        assert_eq!(field.write(json!([sent])).await.status, status, "{sent}");
    }
    let all = async || [field.read("Size").await, field.read("Day").await, field.read("On").await];
    assert_eq!(all().await, [json!(8), json!("2026-09-30"), json!(true)]);
    field.client.switch(|switches| {
        switches.number = Scalar::Text;
        switches.checkbox = Scalar::Text;
        switches.date = DateForm::American;
        switches.decimals = Decimals::Rounded;
    });
    assert_eq!(all().await, [json!("8"), json!("09/30/2026"), json!("true")]);
    field.write(json!([{ "size": 1.6 }])).await;
    assert_eq!(field.read("Size").await, json!("2"));
}

#[tokio::test]
async fn lists_are_written_by_name_and_read_as_ids() {
    let client = Client::new();
    let items = json!([{ "name": "Red" }, { "name": "Green" }]);
    let got = client.post("lists", json!({ "list": { "name": "Colours", "list_items_attributes": items } })).await;
    assert_eq!(got.status, 201);
    let (list, green) = (got.body["id"].clone(), got.body["list_items"][1]["id"].clone());
    let company = client.company("C");
    let layout = client.layout("T", json!([{ "label": "Colour", "field_type": "ListSelect", "list_id": list }]));
    let id = client.asset(company, layout, "One");
    let field = Field { path: format!("companies/{company}/assets/{id}"), client, company, layout };
    assert_eq!(field.write(json!([{ "colour": ["Green"] }])).await.status, 200);
    assert_eq!(field.read("Colour").await, json!(format!("{{\"list_ids\":[{green}]}}")));
    assert_eq!(field.write(json!([{ "colour": "Red" }])).await.status, 200);
    assert_eq!(field.write(json!([{ "colour": ["Blue"] }])).await.status, 422);
    assert_eq!(field.write(json!([{ "colour": [green] }])).await.status, 422);
    field.client.switch(|switches| switches.list_by_name = false);
    assert_eq!(field.write(json!([{ "colour": [green] }])).await.status, 200);
    let list = list.as_i64().unwrap();
    let change =
        json!({ "list": { "list_items_attributes": [{ "id": green, "_destroy": true }, { "name": "Blue" }] } });
    let got = field.client.put(&format!("lists/{list}"), change).await.body;
    let names: Vec<&Value> = got["list_items"].as_array().unwrap().iter().map(|item| &item["name"]).collect();
    assert_eq!(names, [&json!("Red"), &json!("Blue")]);
    assert_eq!(field.client.get("lists?query=colo").await.body[0]["id"], json!(list));
}

#[tokio::test]
async fn links_stay_inside_the_company() {
    let field = Field::new(json!([{ "label": "Location", "field_type": "AssetTag", "linkable_id": 1 }]));
    let near = field.client.asset(field.company, field.layout, "Near");
    let far = field.client.asset(field.client.company("Other"), field.layout, "Far");
    assert_eq!(field.write(json!([{ "location": [near] }])).await.status, 200);
    let text = field.read("Location").await;
    let links: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
    assert_eq!((&links[0]["id"], &links[0]["name"]), (&json!(near), &json!("Near")));
    let old = json!([{ "id": near, "name": "Near" }]).to_string();
    assert_eq!(field.write(json!([{ "location": old }])).await.status, 200);
    let got = field.write(json!([{ "location": [far] }])).await;
    assert_eq!(got.status, 422);
    let text = format!("Asset ID(s) {far} for 'Location' do not exist or do not belong to this company.");
    assert_eq!(got.body["details"], json!([text]));
}

#[tokio::test]
async fn addresses_are_objects_or_strings_of_json() {
    let field = Field::new(json!([{ "label": "Address", "field_type": "AddressData" }]));
    let sent = json!({ "address_line_1": "1 Shore", "city": "Leith", "country_name": "GB" });
    field.write(json!([{ "address": sent }])).await;
    let object = field.read("Address").await;
    assert_eq!((&object["city"], &object["zip"]), (&json!("Leith"), &json!("")));
    field.client.switch(|switches| switches.address = Encoding::JsonString);
    let text = field.read("Address").await;
    assert_eq!(serde_json::from_str::<Value>(text.as_str().unwrap()).unwrap(), object);
}
