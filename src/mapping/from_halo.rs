//! Halo records as sources: which facts of them can go to Hudu.

use crate::halo::model::{self, CustomField};
use crate::halo::record::{RecordKind, RecordRef};
use crate::http::raw::read;
use crate::hudu::field::{Address, FieldValue};
use crate::mapping::normal;
use crate::mapping::record::{Fact, FactValue, Source};
use crate::mapping::wanted::paragraphs;

/// Collects facts; empty values are left out.
struct Facts(Vec<Fact>);

impl Facts {
    fn text(&mut self, key: &str, label: &str, value: Option<&str>) {
        if let Some(text) = value.map(str::trim).filter(|text| !text.is_empty()) {
            self.plain(key, label, FieldValue::Text(text.to_owned()));
        }
    }

    fn day(&mut self, key: &str, label: &str, value: Option<&str>) {
        if let Some(day) = value {
            self.plain(key, label, FieldValue::Date(day.to_owned()));
        }
    }

    fn notes(&mut self, value: Option<&str>) {
        if let Some(text) = value.filter(|text| !text.trim().is_empty()) {
            self.plain("notes", "Notes", FieldValue::Html(paragraphs(text)));
        }
    }

    fn plain(&mut self, key: &str, label: &str, value: FieldValue) {
        self.0.push(Fact { key: key.into(), label: label.into(), value: FactValue::Plain(value) });
    }

    /// Another record; only its name where the id is not told.
    fn record(&mut self, key: &str, label: &str, kind: RecordKind, id: Option<i64>, name: Option<&str>) {
        match (id, name) {
            (Some(id), Some(name)) => {
                let value = FactValue::Record(RecordRef::new(kind, id), name.to_owned());
                self.0.push(Fact { key: key.into(), label: label.into(), value });
            }
            (_, name) => self.text(key, label, name),
        }
    }

    fn custom(&mut self, fields: &[CustomField]) {
        for field in fields {
            let label = field.label.as_deref().or(field.name.as_deref()).unwrap_or_default();
            let label = if field.label.is_none() { label.strip_prefix("CF").unwrap_or(label) } else { label };
            self.own(label, field.text());
        }
    }

    /// A field of the record's own: an asset-type field or a custom field.
    fn own(&mut self, label: &str, text: Option<String>) {
        let key = format!("field:{}", normal::label(label));
        if !label.is_empty() && !self.0.iter().any(|fact| fact.key == key) {
            self.text(&key, label, text.as_deref());
        }
    }
}

fn named(record: RecordRef, name: Option<&str>) -> String {
    name.map(str::trim)
        .filter(|name| !name.is_empty())
        .map_or_else(|| format!("{} {}", record.kind.word(), record.id), str::to_owned)
}

fn address(address: &model::Address) -> Address {
    let part = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    Address {
        line1: part(&address.line1),
        line2: part(&address.line2),
        city: part(&address.line3),
        state: part(&address.line4),
        zip: address.postcode().unwrap_or_default().trim().to_owned(),
        country: part(&address.country),
    }
}

/// A client with its main site, which gives it address and phone.
pub fn client(client: &model::Client, main_site: Option<&model::Site>) -> Source {
    let record = RecordRef::new(RecordKind::Client, client.id);
    let name = named(record, client.name.as_deref());
    let mut facts = Facts(Vec::new());
    facts.text("name", "Name", Some(&name));
    facts.text("website", "Website", client.website.as_deref());
    let phone = client.phone.as_deref().or_else(|| main_site.and_then(|site| site.phone.as_deref()));
    facts.text("phone", "Phone", phone);
    let type_name = client.type_name();
    facts.text("type", "Type", type_name.as_deref());
    facts.text("reference", "Reference", client.reference.as_deref());
    facts.text("toplevel", "Top level", client.toplevel_name.as_deref());
    facts.notes(client.notes.as_deref());
    if let Some(found) = main_site.and_then(model::Site::address) {
        facts.plain("address", "Address", FieldValue::Address(address(&found).into()));
    }
    facts.custom(&client.custom_fields);
    Source {
        record,
        client: Some(client.id),
        client_name: Some(name.clone()),
        name,
        inactive: client.inactive,
        type_name,
        group_name: None,
        facts: facts.0,
    }
}

/// A site; `link` is its address in Halo's web app.
pub fn site(site: &model::Site, link: &str) -> Source {
    let record = RecordRef::new(RecordKind::Site, site.id);
    let mut facts = Facts(Vec::new());
    facts.text("phone", "Phone", site.phone.as_deref());
    facts.record("main_contact", "Main contact", RecordKind::User, site.main_contact_id, site.main_contact.as_deref());
    facts.text("timezone", "Time zone", site.timezone.as_deref());
    facts.text("link", "Halo link", Some(link));
    facts.notes(site.notes.as_deref());
    if let Some(found) = site.address() {
        facts.plain("address", "Address", FieldValue::Address(address(&found).into()));
    }
    facts.custom(&site.custom_fields);
    source(record, site.name.as_deref(), site.client_id, site.client_name.as_deref(), site.inactive, facts)
}

/// A user.
pub fn user(user: &model::User, link: &str) -> Source {
    let record = RecordRef::new(RecordKind::User, user.id);
    let mut facts = Facts(Vec::new());
    facts.text("email", "Email", user.email.as_deref());
    facts.text("phone", "Phone", user.phone.as_deref());
    facts.text("mobile", "Mobile", user.mobile.as_deref());
    facts.text("home_phone", "Home phone", read::text(&user.raw, "homenumber").as_deref());
    facts.text("job_title", "Job title", user.job_title.as_deref().or(user.title.as_deref()));
    facts.text("department", "Department", user.department.as_deref());
    facts.text("login", "Login", user.login.as_deref());
    facts.record("site", "Site", RecordKind::Site, user.site_id, user.site_name.as_deref());
    facts.plain("vip", "VIP", FieldValue::Check(user.important));
    facts.plain("inactive", "Inactive", FieldValue::Check(user.inactive));
    facts.text("link", "Halo link", Some(link));
    facts.notes(user.notes.as_deref());
    facts.custom(&user.custom_fields);
    let name = user.full_name();
    source(record, name.as_deref(), user.client_id, user.client_name.as_deref(), user.inactive, facts)
}

/// An asset with its type's fields and custom fields.
pub fn asset(asset: &model::Asset, link: &str) -> Source {
    let record = RecordRef::new(RecordKind::Asset, asset.id);
    let mut facts = Facts(Vec::new());
    let by_label = |words: &[&str]| {
        asset
            .fields
            .iter()
            .find(|field| field.name.as_deref().is_some_and(|name| words.contains(&normal::label(name).as_str())))
            .and_then(model::AssetField::text)
    };
    facts.text("tag", "Asset tag", asset.inventory_number.as_deref());
    facts.text("serial", "Serial", by_label(&["serial number", "serial", "serial no", "service tag"]).as_deref());
    facts.text("manufacturer", "Manufacturer", by_label(&["manufacturer", "maker", "make", "vendor"]).as_deref());
    facts.text("model", "Model", by_label(&["model", "model number", "model name"]).as_deref());
    for field in &asset.fields {
        facts.own(field.name.as_deref().unwrap_or_default(), field.text());
    }
    facts.custom(&asset.custom_fields);
    facts.text("type", "Type", asset.type_name.as_deref());
    facts.text("group", "Asset group", asset.group_name.as_deref());
    facts.text("status", "Status", asset.status_name.as_deref());
    facts.day("warranty_start", "Warranty start", asset.warranty_start.as_deref());
    facts.day("warranty_end", "Warranty end", asset.warranty_end.as_deref());
    facts.text("supplier", "Supplier", asset.supplier_name.as_deref());
    facts.record("site", "Site", RecordKind::Site, asset.site_id, asset.site_name.as_deref());
    let owner = asset.users.first();
    let owner_name = owner.and_then(model::User::full_name).or_else(|| asset.username.clone());
    facts.record("user", "User", RecordKind::User, owner.map(|user| user.id), owner_name.as_deref());
    let contract = asset.contract_reference.as_deref();
    facts.record("contract", "Contract", RecordKind::Contract, asset.contract_id, contract);
    facts.text("link", "Halo link", Some(link));
    facts.notes(asset.notes.as_deref());
    let mut source =
        source(record, asset.display_name(), asset.client_id, asset.client_name.as_deref(), asset.inactive, facts);
    source.type_name = asset.type_name.clone();
    source.group_name = asset.group_name.clone();
    source
}

/// A contract.
pub fn contract(contract: &model::Contract, today: &str, link: &str) -> Source {
    let record = RecordRef::new(RecordKind::Contract, contract.id);
    let ended =
        contract.expired || contract.active == Some(false) || contract.end.as_deref().is_some_and(|end| end < today);
    let mut facts = Facts(Vec::new());
    facts.text("reference", "Reference", contract.reference.as_deref());
    facts.text("type", "Type", contract.type_name.as_deref());
    let status = contract.status.as_deref().filter(|_| !ended);
    facts.text("status", "Status", status.or(Some(if ended { "Ended" } else { "Active" })));
    facts.day("start", "Start date", contract.start.as_deref());
    facts.day("end", "End date", contract.end.as_deref());
    facts.text("sla", "SLA", contract.sla_name.as_deref());
    facts.record("site", "Site", RecordKind::Site, contract.site_id, contract.site_name.as_deref());
    if let Some(charge) = contract.charge.filter(|charge| *charge != 0.0) {
        facts.plain("value", "Value", FieldValue::Number(charge.to_string()));
    }
    facts.text("link", "Halo link", Some(link));
    facts.notes(contract.note.as_deref());
    facts.custom(&contract.custom_fields);
    let name = contract.reference.as_deref();
    source(record, name, contract.client_id, contract.client_name.as_deref(), false, facts)
}

fn source(
    record: RecordRef,
    name: Option<&str>,
    client: Option<i64>,
    client_name: Option<&str>,
    inactive: bool,
    facts: Facts,
) -> Source {
    Source {
        record,
        name: named(record, name),
        client,
        client_name: client_name.map(str::to_owned),
        inactive,
        type_name: None,
        group_name: None,
        facts: facts.0,
    }
}
