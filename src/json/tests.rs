#![allow(clippy::unwrap_used)]

use std::fmt::Debug;

use serde_json::{Value, json};

use super::{Json, Wrong, read, write};

#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
struct Settings {
    width: u32,
    open: bool,
    rules: Vec<(String, i64)>,
    #[json(skip)]
    moment: i64,
}

#[derive(Debug, PartialEq, Json)]
struct Trouble {
    code: String,
    #[json(omit)]
    until: Option<i64>,
    why: Option<Word>,
    #[json(default)]
    notes: Vec<String>,
}

#[derive(Debug, PartialEq, Json)]
enum Word {
    Later,
    UserMustAct,
}

#[derive(Debug, PartialEq, Json)]
enum Target {
    Nobody,
    Company(Option<i64>),
    Pair(i64, String),
    Asset { company: Box<Target>, id: Option<i64> },
}

#[derive(Debug, PartialEq, Json)]
#[json(tag = "is")]
enum Reply {
    Done,
    SecretValue { value: String, until: Option<i64> },
}

#[derive(Debug, PartialEq, Json)]
#[json(tag = "type", content = "value")]
enum Field {
    Empty,
    Text(String),
}

fn both<T: Json + Debug + PartialEq>(value: T, shape: Value) {
    assert_eq!(value.to_json(), shape);
    assert_eq!(T::from_json(shape), Ok(value));
}

#[test]
fn structs_are_objects() {
    let trouble = Trouble { code: "a".into(), until: None, why: Some(Word::UserMustAct), notes: vec![] };
    both(trouble, json!({"code": "a", "why": "user_must_act", "notes": []}));
    let short = Trouble { code: "a".into(), until: None, why: None, notes: vec![] };
    assert_eq!(read::<Trouble>(r#"{"code": "a", "more": 1}"#), Ok(short));
    assert_eq!(read::<Trouble>("{}"), Err(Wrong::member("code")));
    assert_eq!(read::<Trouble>(r#"{"code": "a", "why": "never"}"#), Err(Wrong::member("why")));
}

#[test]
fn missing_members_are_the_usual_ones() {
    let usual = Settings { width: 0, open: false, rules: vec![], moment: 0 };
    assert_eq!(read::<Settings>("{}"), Ok(usual));
    let chosen = Settings { width: 4, open: true, rules: vec![("a".into(), 1)], moment: 0 };
    both(chosen.clone(), json!({"width": 4, "open": true, "rules": [["a", 1]]}));
    assert_eq!(write(&Settings { moment: 9, ..chosen.clone() }), write(&chosen));
    assert_eq!(read::<Settings>(r#"{"width": -1}"#), Err(Wrong::member("width")));
}

#[test]
fn variants_go_by_their_names() {
    both(Target::Nobody, json!("nobody"));
    both(Target::Company(None), json!({"company": null}));
    both(Target::Pair(1, "a".into()), json!({"pair": [1, "a"]}));
    let asset = Target::Asset { company: Box::new(Target::Company(Some(7))), id: None };
    both(asset, json!({"asset": {"company": {"company": 7}, "id": null}}));
    assert_eq!(Target::from_json(json!({"pair": [1]})), Err(Wrong::value()));
    both(Reply::Done, json!({"is": "done"}));
    both(
        Reply::SecretValue { value: "a".into(), until: Some(1) },
        json!({"is": "secret_value", "value": "a", "until": 1}),
    );
    assert_eq!(Reply::from_json(json!({"is": "else"})), Err(Wrong::member("is")));
    both(Field::Empty, json!({"type": "empty"}));
    both(Field::Text("a".into()), json!({"type": "text", "value": "a"}));
}

#[test]
fn serde_sees_the_same_shape() {
    let reply = Reply::SecretValue { value: "a".into(), until: None };
    let shape = json!({"is": "secret_value", "value": "a", "until": null});
    assert_eq!(serde_json::to_value(&reply).unwrap(), shape);
    assert_eq!(serde_json::from_value::<Reply>(shape).unwrap(), reply);
}
