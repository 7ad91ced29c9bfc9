//! One of each of the resources that the service desk hardly touches.

use jiff::SignedDuration;
use serde_json::json;

use super::put;
use crate::halo::dates::ago;
use crate::halo::state::State;
use crate::world::World;

pub(super) fn fill(state: &mut State, world: &World) {
    let now = state.clock.now();
    let days = |days: i64| ago(now, SignedDuration::from_hours(24 * days));
    put(
        state,
        "Supplier",
        json!({ "id": 1, "name": "Distributor Direct", "toplevel_id": 1, "inactive": false, "is_supplier": true }),
    );
    put(
        state,
        "Item",
        json!({ "id": 1, "name": "Laptop dock", "supplier_id": 1, "baseprice": 189.0, "costprice": 141.5, "inactive": false }),
    );
    put(
        state,
        "Report",
        json!({ "id": 1, "name": "Tickets by client", "group_name": "Tickets", "description": "Open tickets per client", "type": 0 }),
    );
    let Some(client) = world.clients.first() else {
        return;
    };
    let site_id = client.sites.first().map(|site| site.id);
    let user_id = client.users.first().map(|user| user.id);
    let of = json!({ "client_id": client.id, "site_id": site_id, "user_id": user_id });
    let with = |more: serde_json::Value| {
        let mut record = of.clone();
        for (name, value) in more.as_object().into_iter().flatten() {
            record[name.as_str()] = value.clone();
        }
        record
    };
    put(state, "Opportunities", with(json!({ "summary": "Replace the firewalls", "dateoccurred": days(20) })));
    put(state, "Projects", with(json!({ "summary": "Move the file server", "dateoccurred": days(45) })));
    put(state, "Quotation", with(json!({ "title": "Firewalls", "date": days(18), "total": 4200.0, "status": 0 })));
    put(
        state,
        "Quotation",
        with(json!({
            "title": "Wireless for the annexe", "date": days(9), "total": 3180.0, "status": 2, "status_name": "Accepted",
            "approvaldatetime": days(2), "approvalname": "Dana Whitfield",
            "lines": [
                { "id": 1, "item_shortdescription": "Survey of the annexe", "quantity": 1, "price": 480.0 },
                { "id": 2, "item_shortdescription": "Access point, installed", "quantity": 3, "price": 900.0 },
            ],
        })),
    );
    put(
        state,
        "Invoice",
        with(json!({ "invoicenumber": "INV-1001", "invoice_date": days(30), "total": 960.0, "posted": true })),
    );
    put(
        state,
        "Appointment",
        with(
            json!({ "subject": "Site visit", "agent_id": 1, "start_date": days(-2), "end_date": days(-2), "allday": true }),
        ),
    );
}
