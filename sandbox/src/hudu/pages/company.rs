//! The list of companies, and one company with everything in it.

use std::collections::BTreeMap;

use super::view::{View, escape, inside, link, link_to, when};
use crate::hudu::answer::{Answer, Reply};
use crate::hudu::html;
use crate::hudu::state::State;
use crate::hudu::store::{Record, int_of, text_of};

/// Every company with the number of its records.
pub(super) fn list(state: &State) -> Reply {
    let mut view = View::new("Documentation", "Companies");
    let mut rows: Vec<Vec<String>> = Vec::new();
    for company in state.store.table("companies").values() {
        let id = int_of(company, "id");
        let linked = matched(state, id)
            .map_or_else(String::new, |row| format!("halo {}", int_of(row, "sync_id").unwrap_or_default()));
        rows.push(vec![
            link_to("c", company),
            inside(state, "assets", id).len().to_string(),
            inside(state, "articles", id).len().to_string(),
            escape(&linked),
            escape(text_of(company, "id_number")),
            when(company, "updated_at"),
        ]);
    }
    view.table("All", &["Name", "Assets", "Articles", "Integration", "ID number", "Updated"], &rows);
    let central: Vec<Vec<String>> = state
        .store
        .table("articles")
        .values()
        .filter(|article| int_of(article, "company_id").is_none())
        .map(|article| vec![link_to("kba", article), folder(state, article), when(article, "updated_at")])
        .collect();
    view.table("Central knowledge base", &["Article", "Folder", "Updated"], &central);
    Ok(view.finish())
}

/// One company.
pub(super) fn page(state: &State, company: Option<&Record>) -> Reply {
    let company = company.ok_or_else(Answer::lost_page)?;
    let id = int_of(company, "id");
    let mut view = View::new(text_of(company, "company_type"), text_of(company, "name"));
    let integration = matched(state, id).map_or_else(String::new, |row| {
        format!("halo, client {} ({})", int_of(row, "sync_id").unwrap_or_default(), text_of(row, "name"))
    });
    let lines = ["address_line_1", "address_line_2", "city", "state", "zip", "country_name"];
    let lines = lines.iter().map(|name| text_of(company, name)).filter(|line| !line.is_empty());
    let address = lines.collect::<Vec<_>>().join(", ");
    let notes = html::plain(text_of(company, "notes"));
    let archived = if crate::hudu::filter::is_archived(company) { "archived" } else { "active" };
    view.facts(&[
        ("Nickname", text_of(company, "nickname")),
        ("Phone", text_of(company, "phone_number")),
        ("Website", text_of(company, "website")),
        ("Address", &address),
        ("ID number", text_of(company, "id_number")),
        ("Integration", &integration),
        ("State", archived),
        ("Notes", &notes),
        ("Updated", &when(company, "updated_at")),
    ]);
    let mut by_layout: BTreeMap<Option<i64>, Vec<Vec<String>>> = BTreeMap::new();
    for asset in inside(state, "assets", id) {
        by_layout.entry(int_of(asset, "asset_layout_id")).or_default().push(vec![
            link_to("a", asset),
            escape(text_of(asset, "primary_serial")),
            escape(text_of(asset, "primary_mail")),
            when(asset, "updated_at"),
        ]);
    }
    for (layout, rows) in by_layout {
        let name = state.member("asset_layouts", layout, "name");
        view.table(name.as_str().unwrap_or("Assets"), &["Name", "Serial", "E-mail", "Updated"], &rows);
    }
    let rows: Vec<Vec<String>> = inside(state, "articles", id)
        .into_iter()
        .map(|article| vec![link_to("kba", article), folder(state, article), when(article, "updated_at")])
        .collect();
    view.table("Articles", &["Title", "Folder", "Updated"], &rows);
    let rows: Vec<Vec<String>> = inside(state, "asset_passwords", id)
        .into_iter()
        .map(|p| vec![link_to("passwords", p), escape(text_of(p, "username")), "••••••••".to_owned()])
        .collect();
    view.table("Passwords", &["Name", "User", "Password"], &rows);
    let rows: Vec<Vec<String>> =
        inside(state, "procedures", id).into_iter().map(|process| vec![link_to("processes", process)]).collect();
    view.table("Processes", &["Name"], &rows);
    let rows: Vec<Vec<String>> =
        inside(state, "websites", id).into_iter().map(|site| vec![link_to("websites", site)]).collect();
    view.table("Websites", &["Name"], &rows);
    let mut due = inside(state, "expirations", id);
    due.sort_by(|a, b| text_of(a, "date").cmp(text_of(b, "date")));
    let rows: Vec<Vec<String>> = due
        .into_iter()
        .map(|row| vec![escape(text_of(row, "date")), escape(text_of(row, "expiration_type")), about(state, row)])
        .collect();
    view.table("Expirations", &["Date", "What", "Of"], &rows);
    Ok(view.finish())
}

fn matched(state: &State, company: Option<i64>) -> Option<&Record> {
    state.store.table("matchers").values().find(|row| company.is_some() && int_of(row, "company_id") == company)
}

fn about(state: &State, expiration: &Record) -> String {
    let id = int_of(expiration, "expirationable_id");
    let (path, room) = if text_of(expiration, "expirationable_type") == "Website" {
        ("websites", "websites")
    } else {
        ("assets", "a")
    };
    id.and_then(|id| state.store.get(path, id)).map_or_else(String::new, |record| link_to(room, record))
}

/// The path of an article's folder.
pub(super) fn folder(state: &State, article: &Record) -> String {
    let mut names = Vec::new();
    let mut above = int_of(article, "folder_id");
    while let Some(folder) = above.and_then(|id| state.store.get("folders", id)) {
        names.push(text_of(folder, "name"));
        above = int_of(folder, "parent_folder_id");
    }
    names.reverse();
    escape(&names.join(" / "))
}

/// A link to the company of a record's page.
pub(super) fn back(state: &State, record: &Record) -> String {
    match int_of(record, "company_id").and_then(|id| state.store.get("companies", id)) {
        Some(company) => link(&format!("/c/{}", text_of(company, "slug")), text_of(company, "name")),
        None => link("/", "Central knowledge base"),
    }
}
