//! Puts the world together.

use jiff::civil::{Date, date};

use super::catalogue::asset_types;
use super::harbour::harbour;
use super::{Agent, Article, Client, Presence, Site, Ticket, World};

/// The day that [`world`] takes for today.
pub const TODAY: Date = date(2026, 11, 21);

/// The world as of [`TODAY`]: the same at every call.
pub fn world() -> World {
    world_on(TODAY)
}

/// The world as of another day: the same records, with warranties and contracts around that day.
pub fn world_on(today: Date) -> World {
    let harbour = harbour(today, 101, 2001, 301);
    let kestrel = Client {
        id: 13,
        name: "Kestrel Dental Group".into(),
        hudu_name: "Kestrel Dental Group".into(),
        presence: Presence::Native,
        website: "https://kestreldental.example".into(),
        phone: "0131 496 0410".into(),
        hudu_phone: "0131 496 0410".into(),
        notes: String::new(),
        kind: "Managed service".into(),
        top_level: "Scotland".into(),
        inactive: false,
        sites: harbour.sites.iter().take(1).map(|s| Site { id: 21, name: "Head office".into(), ..s.clone() }).collect(),
        users: harbour.users.iter().take(2).map(|u| super::User { id: u.id + 50, site_id: 21, email: format!("{}@kestreldental.example", u.login), ..u.clone() }).collect(),
        assets: Vec::new(),
        contracts: Vec::new(),
        passwords: Vec::new(),
        processes: Vec::new(),
        websites: Vec::new(),
    };
    World {
        clients: vec![harbour, kestrel],
        asset_types: asset_types(),
        tickets: vec![Ticket {
            id: 4127,
            client_id: 12,
            site_id: 18,
            user_id: 101,
            summary: "VPN drops every few minutes since this morning".into(),
            details_html: "<div>Hi,<br><br>since this morning my VPN drops every few minutes, then says <b>error 809</b>.<br><br>Dana</div>".into(),
            category: "Network>VPN".into(),
            kind: "Incident".into(),
            priority: 2,
            status: "In Progress".into(),
            assets: vec![2001],
            team: "Service Desk".into(),
            agent_id: 2,
            actions: vec![("Morag Sinclair".into(), "<p>Called Dana, drops also on the phone hotspot.</p>".into(), false)],
            hours_ago: 3,
        }],
        articles: vec![
            Article {
                title: "VPN error 809: the network connection could not be established".into(),
                html: "<h2>Cause</h2><p>UDP 500 and 4500 are blocked.</p><div class=\"callout callout-warning\"><p>Do not switch the firewall off.</p></div>".into(),
                client_id: None,
                folder: vec!["Network".into(), "VPN".into()],
                days_ago: 12,
            },
            Article {
                title: "Harbour & Finch: VPN set-up".into(),
                html: "<h2>Gateway</h2><p>vpn.harbourfinch.example</p><p><img src=\"photo:vpn-diagram\"></p>".into(),
                client_id: Some(12),
                folder: vec!["Network".into()],
                days_ago: 40,
            },
        ],
        agents: vec![
            Agent { id: 1, name: "Sidelight API".into(), email: "api@northlight.example".into(), team: "Service Desk".into() },
            Agent { id: 2, name: "Morag Sinclair".into(), email: "morag.sinclair@northlight.example".into(), team: "Service Desk".into() },
        ],
    }
}
