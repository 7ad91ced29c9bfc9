//! Reading both sides whole: how many requests, what is kept, what is taken for gone and what is not.

#![allow(clippy::unwrap_used)]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::json;
use sidelight::halo::Halo;
use sidelight::halo::auth::CLIENT_SECRET;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::halo::record::RecordKind;
use sidelight::http::{Patience, Rate};
use sidelight::hudu::Hudu;
use sidelight::hudu::connection::HuduConnection;
use sidelight::settings::SyncSettings;
use sidelight::sync::error::SyncError;
use sidelight::sync::plan::Plan;
use sidelight::sync::sides::Sides;
use sidelight::sync::survey;
use sidelight::sync::table::{Progress, Scope};
use sidelight::sync::view::Action;
use sidelight::sync::watch::{Nobody, Watch};
use sidelight::vault::Vault;
use sidelight_sandbox::{Effect, Fault, Sandbox, Server};
use sidelight_tests::host::{MemoryStore, TestHost, sandbox};

/// Both sides on a store that outlives them.
async fn sides_on(sandbox: &Sandbox, store: Rc<MemoryStore>, key: &str) -> Sides {
    let test = TestHost::on(sandbox, store, 1);
    let known = sandbox.halo.credentials();
    let vault = Vault::new(test.host.clone());
    vault.put(CLIENT_SECRET, &known.client_secret).await.unwrap();
    let connection = HaloConnection {
        origin: "http://halo.test".to_owned(),
        auth_server: None,
        tenant: Some(known.tenant),
        client_id: known.client_id,
        sign_in: HaloSignIn::ClientSecret,
    };
    let rate = Rate { requests: 100_000, seconds: 60 };
    let halo = Halo::new(test.host.clone(), connection, Rc::new(vault), rate, Patience::INTERACTIVE);
    let hudu = HuduConnection { origin: "http://hudu.test".to_owned() };
    let hudu = Hudu::new(test.host.clone(), hudu, key.to_owned(), rate, Patience::INTERACTIVE);
    Sides { host: test.host, halo, hudu, settings: SyncSettings::default() }
}

async fn sides(sandbox: &Sandbox) -> Sides {
    sandbox.halo.switch(|switches| switches.rate_limit = 0);
    let mut switches = sandbox.hudu.switches();
    switches.rate_limit = 0;
    sandbox.hudu.set_switches(switches);
    sides_on(sandbox, Rc::default(), &sandbox.hudu.api_key()).await
}

async fn survey(sides: &Sides) -> Plan {
    survey::everything(sides, &Scope::default(), &Nobody).await.unwrap()
}

/// Requests for a path, on one server.
fn asked(sandbox: &Sandbox, server: Server, path: &str) -> usize {
    let of = |seen: &&sidelight_sandbox::Seen| {
        let own = seen.path.split('?').next().unwrap_or_default();
        own.eq_ignore_ascii_case(path)
    };
    sandbox.requests(server).iter().filter(of).count()
}

#[tokio::test(start_paused = true)]
async fn show() {
    let sandbox = sandbox();
    let sides = sides(&sandbox).await;
    let plan = survey(&sides).await;
    for seen in sandbox.requests(Server::Halo).iter().chain(&sandbox.requests(Server::Hudu)) {
        if !seen.path.starts_with("/api/Client/") && !seen.path.starts_with("/api/Users/") {
            println!("{} {} {}", seen.method, seen.path, seen.status);
        }
    }
    let mut counts = std::collections::BTreeMap::new();
    for item in &plan.items {
        *counts.entry(format!("{:?} {:?}", item.action, item.record.map(|r| r.kind))).or_insert(0) += 1;
    }
    println!("{counts:#?} {:?} {:?} {:?}", plan.requests, plan.notes, plan.guard);
    for name in ["Client", "Site", "Users", "Asset", "ClientContract", "KBArticle"] {
        println!("{name} {}", sandbox.halo.all(name).len());
    }
    for name in ["companies", "assets", "articles", "asset_layouts", "folders", "lists"] {
        println!("{name} {}", sandbox.hudu.all(name).len());
    }
    let _ = (json!(1), RecordKind::Asset, Action::Create, Progress::default(), asked(&sandbox, Server::Halo, ""));
    let _ = (Cell::new(1), RefCell::new(1), Effect::DropBefore, SyncError::Stopped);
    let _: Option<(Fault, Box<dyn Watch>)> = None;
}
