//! Passwords, processes, websites and articles, and the relations between them and the assets.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Seeded, add, days_ago};
use crate::hudu::pictures;
use crate::hudu::resources::files;
use crate::hudu::save::save;
use crate::hudu::state::State;
use crate::hudu::store::int_of;
use crate::world::{Article, Client, World};

/// Passwords, processes and websites of one company.
pub(super) fn run(state: &mut State, client: &Client, seeded: &Seeded) {
    let Some(company) = seeded.companies.get(&client.id).copied() else {
        return;
    };
    let mut folders: BTreeMap<&str, Option<i64>> = BTreeMap::new();
    for (place, secret) in (0_i64..).zip(&client.passwords) {
        let folder = secret.folder.as_deref().and_then(|name| {
            *folders.entry(name).or_insert_with(|| {
                add(state, "password_folders", json!({ "name": name, "company_id": company, "security": "all_users" }))
            })
        });
        let asset = secret.asset_tag.as_ref().and_then(|tag| seeded.assets.get(tag)).copied();
        let changed = days_ago(state, 20 + (client.id * 7 + place * 31) % 300);
        let password = add(
            state,
            "asset_passwords",
            json!({
                "name": secret.name, "username": secret.username, "password": secret.password,
                "otp_secret": secret.otp_seed, "login_url": secret.url, "description": secret.notes,
                "company_id": company, "password_folder_id": folder, "passwordable_id": asset,
                "passwordable_type": asset.map(|_| "Asset"), "created_at": changed, "updated_at": changed,
            }),
        );
        relate(state, asset, "AssetPassword", password);
    }
    for process in &client.processes {
        let id = add(
            state,
            "procedures",
            json!({
                "name": process.name, "description": process.description, "company_id": company,
            }),
        );
        for (place, task) in process.tasks.iter().enumerate() {
            add(state, "procedure_tasks", json!({ "name": task, "procedure_id": id, "position": place + 1 }));
        }
    }
    for website in &client.websites {
        add(state, "websites", json!({ "name": website, "company_id": company }));
    }
}

/// All articles with their folders and pictures.
pub(super) fn articles(state: &mut State, world: &World, seeded: &Seeded) {
    let mut folders: BTreeMap<(Option<i64>, Vec<String>), Option<i64>> = BTreeMap::new();
    for article in &world.articles {
        let company = match article.client_id {
            None => None,
            Some(client) => match seeded.companies.get(&client) {
                Some(company) => Some(*company),
                None => continue,
            },
        };
        let folder = folder(state, &mut folders, company, &article.folder);
        let changed = days_ago(state, article.days_ago);
        let made = days_ago(state, article.days_ago + 200);
        let body = json!({
            "name": article.title, "content": "", "company_id": company, "folder_id": folder,
            "created_at": made, "updated_at": changed,
        });
        let Some(id) = add(state, "articles", body) else {
            continue;
        };
        let content = with_pictures(state, id, article);
        // The second write brings the content, because its pictures need the article's id.
        let resource = crate::hudu::resources::named("articles");
        if let (Some(resource), Value::Object(body)) = (resource, json!({ "content": content, "updated_at": changed }))
        {
            let _ = save(state, resource, Some(id), body, true);
        }
        let here = seeded.assets.iter().filter(|(tag, asset)| {
            let own = state.store.get("assets", **asset).and_then(|asset| int_of(asset, "company_id"));
            own == company && article.html.contains(tag.as_str())
        });
        for asset in here.map(|(_, asset)| *asset).collect::<Vec<_>>() {
            relate(state, Some(asset), "Article", Some(id));
        }
    }
}

fn folder(
    state: &mut State,
    folders: &mut BTreeMap<(Option<i64>, Vec<String>), Option<i64>>,
    company: Option<i64>,
    path: &[String],
) -> Option<i64> {
    let (name, above) = path.split_last()?;
    if let Some(known) = folders.get(&(company, path.to_vec())) {
        return *known;
    }
    let parent = folder(state, folders, company, above);
    let body = json!({ "name": name, "company_id": company, "parent_folder_id": parent, "description": "" });
    let id = add(state, "folders", body);
    folders.insert((company, path.to_vec()), id);
    id
}

/// `src="photo:name"` becomes a public photo of that name, with the `alt` text as its caption.
fn with_pictures(state: &mut State, article: i64, source: &Article) -> String {
    let mut out = String::new();
    let mut rest = source.html.as_str();
    while let Some((before, after)) = rest.split_once("src=\"photo:") {
        let (name, after) = after.split_once('"').unwrap_or((after, ""));
        let caption = after.split_once("alt=\"").and_then(|(_, alt)| alt.split('"').next()).unwrap_or(name);
        let (file_name, blob) = pictures::picture(name, caption);
        let address = files::add_public_photo(state, "Article", article, &file_name, blob);
        out.push_str(&format!("{before}src=\"{address}\""));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn relate(state: &mut State, asset: Option<i64>, kind: &str, id: Option<i64>) {
    if let (Some(asset), Some(id)) = (asset, id) {
        add(
            state,
            "relations",
            json!({
                "fromable_type": "Asset", "fromable_id": asset, "toable_type": kind, "toable_id": id,
            }),
        );
    }
}
