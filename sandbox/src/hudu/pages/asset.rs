//! An asset with every field of its layout.

use serde_json::Value;

use super::company::back;
use super::view::{View, escape, link_to, when};
use crate::hudu::answer::{Answer, Reply};
use crate::hudu::fields;
use crate::hudu::html;
use crate::hudu::resources::assets::values_of;
use crate::hudu::resources::layouts::fields_of;
use crate::hudu::resources::of_model;
use crate::hudu::state::{State, page_of};
use crate::hudu::store::{Record, int_of, text_of};

/// One asset.
pub(super) fn page(state: &State, asset: Option<&Record>) -> Reply {
    let asset = asset.ok_or_else(Answer::lost_page)?;
    let layout = int_of(asset, "asset_layout_id");
    let kind = state.member("asset_layouts", layout, "name");
    let mut view = View::new(kind.as_str().unwrap_or("Asset"), text_of(asset, "name"));
    let state_of = if crate::hudu::filter::is_archived(asset) { "archived" } else { "active" };
    view.raw(&format!("<p>{}</p>", back(state, asset)));
    view.facts(&[
        ("State", state_of),
        ("Primary serial", text_of(asset, "primary_serial")),
        ("Primary e-mail", text_of(asset, "primary_mail")),
        ("Primary manufacturer", text_of(asset, "primary_manufacturer")),
        ("Primary model", text_of(asset, "primary_model")),
        ("Created", &when(asset, "created_at")),
        ("Updated", &when(asset, "updated_at")),
    ]);
    view.heading("Fields");
    let values = values_of(asset);
    let mut facts: Vec<(String, String)> = Vec::new();
    for field in fields_of(state, layout) {
        let label = text_of(field, "label").to_owned();
        if text_of(field, "field_type") == "Heading" {
            flush(&mut view, &mut facts);
            view.raw(&format!("<h3>{}</h3>", escape(&label)));
            continue;
        }
        let value = fields::stored(&values, field).map(|value| fields::display(state, field, value));
        let value = value.unwrap_or_default();
        let value = if text_of(field, "field_type") == "RichText" { html::plain(&value) } else { value };
        facts.push((label, value));
    }
    flush(&mut view, &mut facts);
    cards(&mut view, asset);
    related(&mut view, state, asset);
    Ok(view.finish())
}

fn flush(view: &mut View, facts: &mut Vec<(String, String)>) {
    if !facts.is_empty() {
        let rows: Vec<(&str, &str)> = facts.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
        view.facts(&rows);
        facts.clear();
    }
}

fn cards(view: &mut View, asset: &Record) {
    let cards = asset.get("cards").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let rows: Vec<Vec<String>> = cards
        .map(|card| {
            let id = int_of(card, "sync_id").unwrap_or_default();
            vec![escape(text_of(card, "integrator_name")), escape(text_of(card, "sync_type")), id.to_string()]
        })
        .collect();
    view.table("Integration cards", &["Integration", "Kind", "ID there"], &rows);
}

fn related(view: &mut View, state: &State, asset: &Record) {
    let id = int_of(asset, "id");
    let mine = |row: &&Record| text_of(row, "fromable_type") == "Asset" && int_of(row, "fromable_id") == id;
    let rows: Vec<Vec<String>> = state
        .store
        .table("relations")
        .values()
        .filter(mine)
        .filter_map(|row| {
            let kind = text_of(row, "toable_type");
            let target = state.store.get(of_model(kind)?.path, int_of(row, "toable_id")?)?;
            let page = page_of(kind, text_of(target, "slug"))?;
            let room = page.trim_start_matches('/').split('/').next()?.to_owned();
            Some(vec![escape(kind), link_to(&room, target)])
        })
        .collect();
    view.table("Related", &["Kind", "Name"], &rows);
    let rows: Vec<Vec<String>> = state
        .store
        .table("asset_passwords")
        .values()
        .filter(|p| text_of(p, "passwordable_type") == "Asset" && int_of(p, "passwordable_id") == id)
        .map(|p| vec![link_to("passwords", p), escape(text_of(p, "username")), "••••••••".to_owned()])
        .collect();
    view.table("Passwords", &["Name", "User", "Password"], &rows);
}
