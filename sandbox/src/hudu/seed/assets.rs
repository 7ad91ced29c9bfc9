//! Sites, people, devices and contracts of a company as assets.

use serde_json::{Map, Value, json};

use super::{Seeded, add, days_ago, layouts};
use crate::hudu::resources::matchers::HALO;
use crate::hudu::state::State;
use crate::world::{Asset, Client, Contract, Presence, Site, User, World};

pub(super) fn run(state: &mut State, world: &World, client: &Client, seeded: &mut Seeded) {
    let Some(company) = seeded.companies.get(&client.id).copied() else {
        return;
    };
    let native = client.presence == Presence::Native;
    let mut pen = Pen { state, company, native, layouts: seeded.layouts.clone() };
    for (place, site) in client.sites.iter().enumerate() {
        let used = client.users.iter().any(|user| user.in_hudu && user.site_id == site.id)
            || client.assets.iter().any(|asset| asset.in_hudu && asset.site_id == site.id);
        if (place == 0 || used || native)
            && let Some(id) = pen.site(site)
        {
            seeded.sites.insert(site.id, id);
        }
    }
    for user in client.users.iter().filter(|user| user.in_hudu) {
        if let Some(id) = pen.person(user, seeded) {
            seeded.people.insert(user.id, id);
        }
    }
    for asset in client.assets.iter().filter(|asset| asset.in_hudu) {
        if let Some(layout) = layouts::of_type(world, seeded, asset.type_id)
            && let Some(id) = pen.device(asset, layout, seeded)
        {
            seeded.assets.insert(asset.tag.clone(), id);
        }
    }
    for contract in client.contracts.iter().filter(|contract| contract.in_hudu) {
        pen.contract(contract);
    }
}

/// Writes assets of one company.
struct Pen<'a> {
    state: &'a mut State,
    company: i64,
    native: bool,
    layouts: std::collections::BTreeMap<String, i64>,
}

impl Pen<'_> {
    fn write(
        &mut self,
        layout: i64,
        halo_id: i64,
        name: &str,
        card: (&str, Value),
        more: Value,
        fields: Value,
    ) -> Option<i64> {
        let fields: Map<String, Value> = match fields {
            Value::Object(map) => map.into_iter().filter(|(_, value)| !empty(value)).collect(),
            _ => Map::new(),
        };
        let made = days_ago(self.state, 400 + halo_id % 400);
        let changed = days_ago(self.state, halo_id % 200 + 2);
        let mut body = json!({
            "name": name, "company_id": self.company, "asset_layout_id": layout, "custom_fields": [fields],
            "created_at": made, "updated_at": changed,
        });
        if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
            body.extend(more);
        }
        let (kind, data) = card;
        if self.native && !kind.is_empty() {
            let id = self.state.store.next_id("integrator_cards");
            body["cards"] = json!([{
                "id": id, "integrator_id": HALO.0, "integrator_name": HALO.1, "link": null, "primary_field": name,
                "data": data, "sync_type": kind, "sync_id": halo_id, "sync_identifier": null,
            }]);
        }
        add(self.state, "assets", body)
    }

    fn site(&mut self, site: &Site) -> Option<i64> {
        let layout = *self.layouts.get("Sites")?;
        let data = json!({ "id": site.id, "name": site.name, "phonenumber": site.phone });
        let fields = json!({
            "Address": {
                "address_line_1": site.line1, "address_line_2": "", "city": site.town, "state": site.county,
                "zip": site.postcode, "country_name": site.country,
            },
            "Phone": site.phone, "Main contact": site.main_contact,
            "Time zone": if self.native { site.timezone.as_str() } else { "" },
        });
        self.write(layout, site.id, &site.name, ("site", data), json!({}), fields)
    }

    fn person(&mut self, user: &User, seeded: &Seeded) -> Option<i64> {
        let layout = *self.layouts.get("People")?;
        let name = format!("{} {}", user.first_name, user.surname);
        let data = json!({ "id": user.id, "name": name, "emailaddress": user.email, "site_id": user.site_id });
        // Whoever typed it filled in the e-mail field, and mostly the primary one too.
        let primary = self.native || user.id % 4 != 3;
        let fields = json!({
            "Email": user.email, "Phone": user.phone, "Mobile": if self.native { user.mobile.as_str() } else { "" },
            "Job title": user.job_title, "Department": user.department, "Site": ids(seeded.sites.get(&user.site_id)),
            "Login": if self.native { user.login.as_str() } else { "" }, "VIP": user.vip, "Inactive": user.inactive,
        });
        let more = json!({ "primary_mail": primary.then_some(&user.email), "archived": self.native && user.inactive });
        self.write(layout, user.id, &name, ("contact", data), more, fields)
    }

    fn device(&mut self, asset: &Asset, layout: i64, seeded: &Seeded) -> Option<i64> {
        let value = |name: &str| asset.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let mut fields = Map::new();
        for (name, value) in &asset.fields {
            if layouts::has(self.state, layout, name) {
                fields.insert(name.clone(), json!(value));
            }
        }
        let person = asset.user_id.and_then(|id| seeded.people.get(&id));
        for (name, value) in [
            ("Purchase date", json!(asset.warranty_start)),
            ("Warranty end", json!(asset.warranty_end)),
            ("Status", json!(layouts::STATUSES.iter().find(|known| **known == asset.status))),
            ("Assigned user", ids(person)),
            ("Site", ids(seeded.sites.get(&asset.site_id))),
            ("Notes", json!(asset.notes)),
        ] {
            fields.insert(name.to_owned(), value);
        }
        let data = json!({
            "id": asset.id, "inventory_number": asset.tag, "assettype_id": asset.type_id, "site_id": asset.site_id,
            "key_field": value("Serial Number"),
        });
        // By hand: one serial in four stands only in the layout's own field.
        let serial = value("Serial Number").filter(|_| self.native || asset.id % 4 != 3);
        let more = json!({
            "primary_serial": serial, "archived": asset.inactive,
            "primary_model": value("Model").filter(|_| self.native),
            "primary_manufacturer": value("Manufacturer").filter(|_| self.native),
        });
        self.write(layout, asset.id, &asset.tag, ("asset", data), more, Value::Object(fields))
    }

    fn contract(&mut self, contract: &Contract) -> Option<i64> {
        let layout = *self.layouts.get("Contracts")?;
        let fields = json!({
            "Type": contract.kind, "Status": if contract.active { "Active" } else { "Ended" },
            "Start Date": contract.start, "End Date": contract.end, "SLA": contract.sla, "Note": contract.note,
            "Value": contract.value.round() as i64,
            "Halo ID": if self.native { contract.id.to_string() } else { String::new() },
        });
        self.write(layout, contract.id, &contract.reference, ("", Value::Null), json!({}), fields)
    }
}

fn ids(id: Option<&i64>) -> Value {
    id.map_or(Value::Null, |id| json!([id]))
}

fn empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}
