//! Both sides of a sync on a sandbox pair, and what the servers were asked.

use std::rc::Rc;

use sidelight::halo::Halo;
use sidelight::halo::auth::CLIENT_SECRET;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::http::{Patience, Rate};
use sidelight::hudu::Hudu;
use sidelight::hudu::connection::HuduConnection;
use sidelight::settings::SyncSettings;
use sidelight::sync::plan::Plan;
use sidelight::sync::sides::Sides;
use sidelight::sync::survey;
use sidelight::sync::table::Scope;
use sidelight::sync::view::Action;
use sidelight::sync::watch::Nobody;
use sidelight::vault::Vault;
use sidelight_sandbox::world::{Size, large};
use sidelight_sandbox::{Options, Sandbox, Server};
use sidelight_tests::host::{MemoryStore, TestHost, sandbox_with};

/// A pair of this size.
pub fn pair(size: Size) -> Sandbox {
    sandbox_with(Options { world: large(size), ..Options::default() })
}

/// A small pair.
pub fn small() -> Sandbox {
    pair(Size { clients: 6, sites: 2, users: 20, assets: 40, known: 60, articles: 7 })
}

/// Both sides on a store that outlives them.
pub async fn sides_on(sandbox: &Sandbox, store: Rc<MemoryStore>, key: &str) -> Sides {
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

pub async fn sides(sandbox: &Sandbox) -> Sides {
    sandbox.halo.switch(|switches| switches.rate_limit = 0);
    let mut switches = sandbox.hudu.switches();
    switches.rate_limit = 0;
    sandbox.hudu.set_switches(switches);
    sides_on(sandbox, Rc::default(), &sandbox.hudu.api_key()).await
}

pub async fn survey(sides: &Sides) -> Plan {
    survey::everything(sides, &Scope::default(), &Nobody).await.unwrap()
}

/// Requests for a path, on one server.
pub fn asked(sandbox: &Sandbox, server: Server, path: &str) -> usize {
    let of = |seen: &&sidelight_sandbox::Seen| {
        let own = seen.path.split('?').next().unwrap_or_default();
        own.eq_ignore_ascii_case(path)
    };
    sandbox.requests(server).iter().filter(of).count()
}

pub fn count(plan: &Plan, action: Action) -> usize {
    plan.items.iter().filter(|item| item.action == action).count()
}
