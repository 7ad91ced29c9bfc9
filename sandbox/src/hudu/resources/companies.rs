//! Companies: what Halo calls clients.

use serde_json::{Value, json};

use super::super::filter::is_archived;
use super::super::resource::{ARCHIVE, By, CRUD, Draft, Filter, PLAIN, Resource, exact, range, search, test};
use super::super::rest;
use super::super::state::State;
use super::super::store::{Record, int_of, text_of};
use super::super::{answer::Answer, resources};

pub(in super::super) static COMPANIES: Resource = Resource {
    path: "companies",
    root: "company",
    model: "Company",
    verbs: CRUD | ARCHIVE,
    // The specification says 201 and a bare record; the live server does this.
    created: 200,
    lost: "Company not found",
    filters: FILTERS,
    writes: &[
        "name",
        "nickname",
        "company_type",
        "address_line_1",
        "address_line_2",
        "city",
        "state",
        "zip",
        "country_name",
        "phone_number",
        "fax_number",
        "website",
        "id_number",
        "parent_company_id",
        "notes",
        "slug",
    ],
    required: &["name"],
    refs: &[("parent_company_id", "companies")],
    blank: || {
        json!({
            "id": null, "slug": null, "name": null, "nickname": null, "company_type": null, "address_line_1": null,
            "address_line_2": null, "city": null, "state": null, "zip": null, "country_name": null,
            "phone_number": null, "fax_number": null, "website": null, "id_number": null, "parent_company_id": null,
            "notes": null, "archived": false, "discarded_at": null, "created_at": null, "updated_at": null,
        })
    },
    check,
    gone,
    shown,
    ..PLAIN
};

const FILTERS: &[Filter] = &[
    Filter { name: "", by: By::Always(|state, company| state.switches.archived_companies || !is_archived(company)) },
    exact("name"),
    exact("phone_number"),
    exact("website"),
    exact("city"),
    exact("id_number"),
    exact("state"),
    exact("slug"),
    search(&["name", "city", "phone_number", "website"]),
    range("updated_at"),
    test("id_in_integration", |state, company, wanted| {
        matched(state, company).any(|row| {
            int_of(row, "sync_id").is_some_and(|id| id.to_string() == wanted) || text_of(row, "identifier") == wanted
        })
    }),
];

/// The matcher rows of a company: one per integration that knows it.
fn matched<'a>(state: &'a State, company: &Record) -> impl Iterator<Item = &'a Record> {
    let id = int_of(company, "id");
    let rows = id.into_iter().flat_map(|id| state.store.of_company("matchers", id));
    rows.filter_map(|row| state.store.get("matchers", row))
}

fn check(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    if state.switches.duplicate_companies || draft.before.is_some() {
        return Ok(());
    }
    let name = text_of(&draft.record, "name").to_lowercase();
    let taken = state.store.table("companies").values().any(|other| text_of(other, "name").to_lowercase() == name);
    if taken { Err(Answer::invalid(vec!["Name has already been taken".to_owned()])) } else { Ok(()) }
}

/// Deleting a company takes everything in it along.
fn gone(state: &mut State, company: &Record) {
    let id = int_of(company, "id");
    for resource in resources::RESOURCES {
        if matches!(resource.path, "companies" | "matchers" | "activity_logs") {
            continue;
        }
        let inside: Vec<i64> = id.into_iter().flat_map(|id| state.store.of_company(resource.path, id)).collect();
        for own in inside {
            rest::erase(state, resource, own);
        }
    }
    let rows: Vec<i64> = matched(state, company).filter_map(|row| int_of(row, "id")).collect();
    for row in rows {
        if let Some(mut free) = state.store.get("matchers", row).cloned() {
            free.insert("company_id".to_owned(), Value::Null);
            state.store.put("matchers", row, free);
        }
    }
}

fn shown(state: &State, company: &Record) -> Value {
    let mut company = company.clone();
    let slug = text_of(&company, "slug").to_owned();
    let rows: Vec<Value> = matched(state, &company).map(|row| super::matchers::shown(state, row)).collect();
    let parent = state.company_name(int_of(&company, "parent_company_id"));
    for (name, value) in [
        ("object_type", json!("Company")),
        ("parent_company_name", parent),
        ("url", json!(format!("/c/{slug}"))),
        ("full_url", json!(state.absolute(&format!("/c/{slug}")))),
        ("passwords_url", json!(state.absolute(&format!("/c/{slug}/passwords")))),
        ("knowledge_base_url", json!(state.absolute(&format!("/c/{slug}/kba")))),
        ("integrations", Value::Array(rows)),
    ] {
        company.insert(name.to_owned(), value);
    }
    Value::Object(company)
}
