//! Clients, sites and users.

use serde_json::{Value, json};

use super::with_number;
use crate::halo::reply::Reply;
use crate::halo::resource::{Draft, Record, Saved, Show, number, text};
use crate::halo::state::State;
use crate::halo::switches::Rights;
use crate::halo::write;

/// Restricted agents see their clients only.
pub(crate) fn client_visible(_: &State, rights: &Rights, record: &Record) -> bool {
    sees(rights, number(record.get("id")))
}

/// Records of a client are seen with the client.
pub(crate) fn of_visible_client(_: &State, rights: &Rights, record: &Record) -> bool {
    sees(rights, number(record.get("client_id")))
}

fn sees(rights: &Rights, client: Option<i64>) -> bool {
    rights.clients.as_ref().is_none_or(|clients| client.is_some_and(|id| clients.contains(&id)))
}

/// The main site, with its contact, on the detail.
pub(crate) fn show_client(state: &State, show: &Show, record: &mut Record) {
    let id = number(record.get("id")).unwrap_or_default();
    if !show.single {
        return;
    }
    let open =
        with_number(state, "Tickets", "client_id", id).filter(|ticket| super::open_only(state, ticket, "true")).count();
    record.insert("open_ticket_count".to_owned(), open.into());
    let Some(site) = state.linked("Site", record, "main_site_id") else {
        return;
    };
    let mut copy = |from: &Record, name: &str, to: &str| {
        if let Some(value) = from.get(name) {
            record.insert(to.to_owned(), value.clone());
        }
    };
    copy(site, "name", "main_site_name");
    copy(site, "phonenumber", "main_phonenumber");
    copy(site, "delivery_address", "main_delivery_address");
    if let Some(contact) = state.linked("Users", site, "maincontact_id") {
        copy(contact, "id", "main_contact_id");
        copy(contact, "name", "main_contact_name");
        copy(contact, "emailaddress", "main_contact_email");
        copy(contact, "phonenumber", "main_contact_phonenumber");
    }
}

/// A new client gets a first site, and the site a "General User".
pub(crate) fn after_client(state: &mut State, saved: &Saved) {
    if !(saved.created && saved.posted && state.switches.first_site) {
        return;
    }
    let (Some(site), Some(user)) = (crate::halo::resources::named("Site"), crate::halo::resources::named("Users"))
    else {
        return;
    };
    let client_id = saved.record.get("id").cloned().unwrap_or_default();
    let name = match text(&saved.sent, "newclient_sitename") {
        "" => "Main",
        name => name,
    };
    let site_id = write::direct(
        state,
        site,
        json!({
            "name": name,
            "client_id": client_id,
            "phonenumber": saved.sent.get("newclient_phonenumber"),
        }),
    );
    write::direct(state, user, json!({ "name": "General User", "site_id": site_id }));
    let mut record = saved.record.clone();
    record.insert("main_site_id".to_owned(), site_id.into());
    let key = (0, number(record.get("id")).unwrap_or_default());
    state.put("Client", key, record);
}

/// A new site is active.
pub(crate) fn save_site(draft: &mut Draft) -> Result<(), Reply> {
    let client = number(draft.record.get("client_id")).unwrap_or_default();
    if draft.posted && draft.state.by_id("Client", client).is_none() {
        return Err(Reply::refused("Please select a valid Customer"));
    }
    draft.record.insert("client_id".to_owned(), client.into());
    draft.record.entry("inactive").or_insert(Value::Bool(false));
    Ok(())
}

/// Its client's name, and the address flattened for rows (line 5 is the postal code).
pub(crate) fn show_site(_: &State, _: &Show, record: &mut Record) {
    let full = format!("{}/{}", text(record, "client_name"), text(record, "name"));
    record.insert("clientsite_name".to_owned(), full.into());
    let Some(address) = record.get("delivery_address").cloned() else {
        return;
    };
    for (line, from) in ["line1", "line2", "line3", "line4", "postcode"].into_iter().enumerate() {
        if let Some(value) = address.get(from) {
            record.insert(format!("delivery_address_line{}", line + 1), value.clone());
        }
    }
}

/// A user belongs to a site, and through it to a client; the name is made of its parts.
pub(crate) fn save_user(draft: &mut Draft) -> Result<(), Reply> {
    let site = number(draft.record.get("site_id")).unwrap_or_default();
    let Some(found) = draft.state.by_id("Site", site) else {
        return Err(Reply::refused("Please select a valid Site"));
    };
    let client = found.get("client_id").cloned().unwrap_or_default();
    let record = &mut draft.record;
    record.insert("site_id".to_owned(), site.into());
    record.insert("client_id".to_owned(), client);
    let sent = |name: &str| draft.sent.get(name).and_then(Value::as_str);
    if sent("name").is_none() && (sent("firstname").is_some() || sent("surname").is_some()) {
        let name = format!("{} {}", text(record, "firstname"), text(record, "surname"));
        record.insert("name".to_owned(), name.trim().into());
    } else if let (Some(name), None, None) = (sent("name"), sent("firstname"), sent("surname")) {
        let (first, last) = name.split_once(' ').unwrap_or((name, ""));
        record.insert("firstname".to_owned(), first.into());
        record.insert("surname".to_owned(), last.into());
    }
    // Passwords are write-only.
    record.remove("new_password");
    record.remove("password");
    record.entry("inactive").or_insert(Value::Bool(false));
    record.entry("isserviceaccount").or_insert(Value::Bool(false));
    Ok(())
}

/// The whole-number twin of the site's id, and the long name.
pub(crate) fn show_user(_: &State, _: &Show, record: &mut Record) {
    if let Some(site) = number(record.get("site_id")) {
        record.insert("site_id_int".to_owned(), site.into());
    }
    let long = format!("{} ({}/{})", text(record, "name"), text(record, "client_name"), text(record, "site_name"));
    record.insert("user_with_clientsite".to_owned(), long.into());
}
