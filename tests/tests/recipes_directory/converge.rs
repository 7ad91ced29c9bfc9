//! Whatever is edited on either side, one run brings both into step, and the next has nothing to do.

use proptest::prelude::*;
use serde_json::{Value, json};
use sidelight_tests::host::sandbox;

use crate::{bench, field, plan, rows, run, users_of};

const CLIENT: i64 = 12;
/// Labels in Hudu with the members of HaloITSM.
const FIELDS: [(&str, &str); 4] =
    [("Phone", "phonenumber"), ("Mobile", "mobilenumber"), ("Job title", "title"), ("Department", "department")];

/// One edit: whose, of what, on which side, to what.
#[derive(Clone, Debug)]
struct Edit {
    person: usize,
    field: usize,
    in_halo: bool,
    value: &'static str,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let value = prop::sample::select(vec!["0131 1", "0131 2", "Übersee", "a, b", "=1+1"]);
    let edit = (0..4usize, 0..FIELDS.len(), any::<bool>(), value);
    let edit = edit.prop_map(|(person, field, in_halo, value)| Edit { person, field, in_halo, value });
    prop::collection::vec(edit, 1..8)
}

async fn converges(edits: Vec<Edit>) {
    let order = json!({"client_id": CLIENT});
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    run(&bench, &order).await;
    let used = users_of(&sandbox, CLIENT).into_iter().filter(|user| user["inactive"] != true);
    let people: Vec<(i64, i64)> = used
        .filter_map(|user| {
            let person = sandbox.hudu.find("assets", user["name"].as_str()?)?;
            Some((user["id"].as_i64()?, person["id"].as_i64()?))
        })
        .take(4)
        .collect();
    for Edit { person, field, in_halo, value } in &edits {
        let ((user, asset), (label, member)) = (people[*person], FIELDS[*field]);
        if *in_halo {
            let mut record = json!({"id": user});
            record[member] = json!(value);
            sandbox.halo.upsert("Users", record);
        } else {
            crate::both::set_person(&sandbox, &json!(asset), label, json!(value));
        }
    }
    let done = run(&bench, &order).await;
    assert!(rows(&done, "failed").is_empty() && rows(&done, "left").is_empty(), "{edits:?} {done:#}");
    let after = plan(&bench, &order).await;
    assert_eq!(after["due"], 0, "{edits:?} {after:#}");
    for (place, (user, asset)) in people.iter().enumerate() {
        for (at, (label, member)) in FIELDS.iter().enumerate() {
            let mine = || edits.iter().filter(|edit| edit.person == place && edit.field == at);
            let (halo, hudu) = (mine().rfind(|edit| edit.in_halo), mine().rfind(|edit| !edit.in_halo));
            let now = |value: Value| value.as_str().unwrap_or_default().to_owned();
            let there = now(sandbox.halo.get("Users", *user).unwrap()[member].clone());
            let here = now(field(&sandbox.hudu.get("assets", *asset).unwrap(), label));
            let wanted = match (halo, hudu) {
                (Some(edit), None) | (None, Some(edit)) => edit.value,
                // Both edited: both keep theirs, and a person decides.
                (Some(a), Some(b)) => {
                    assert_eq!((there.as_str(), here.as_str()), (a.value, b.value), "{edits:?}");
                    continue;
                }
                (None, None) => continue,
            };
            assert_eq!((there.as_str(), here.as_str()), (wanted, wanted), "{label} {edits:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 8, ..ProptestConfig::with_cases(6) })]

    #[test]
    fn one_run_brings_both_sides_into_step(edits in edits()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(converges(edits));
    }
}
