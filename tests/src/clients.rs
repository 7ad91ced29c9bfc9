//! Both clients on a pair, as tests of the API need them.

use std::rc::Rc;

use sidelight::halo::Halo;
use sidelight::halo::auth::CLIENT_SECRET;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::http::{Patience, Rate};
use sidelight::hudu::Hudu;
use sidelight::hudu::connection::HuduConnection;
use sidelight::platform::StoreError;
use sidelight::settings::SyncSettings;
use sidelight::sync::sides::Sides;
use sidelight::vault::Vault;
use sidelight_sandbox::Sandbox;

use crate::host::TestHost;

/// Both clients with a host of their own.
pub async fn sides(sandbox: &Sandbox) -> Result<Sides, StoreError> {
    sides_on(&TestHost::new(sandbox), sandbox).await
}

/// Both clients on this host.
pub async fn sides_on(test: &TestHost, sandbox: &Sandbox) -> Result<Sides, StoreError> {
    let known = sandbox.halo.credentials();
    let vault = Vault::new(test.host.clone());
    vault.put(CLIENT_SECRET, &known.client_secret).await?;
    let connection = HaloConnection {
        origin: "http://halo.test".to_owned(),
        auth_server: None,
        tenant: None,
        client_id: known.client_id,
        sign_in: HaloSignIn::ClientSecret,
    };
    let rate = Rate { requests: 500, seconds: 180 };
    let halo = Halo::new(test.host.clone(), connection, Rc::new(vault), rate, Patience::UNLIMITED);
    let connection = HuduConnection { origin: "http://hudu.test".to_owned() };
    let rate = Rate { requests: 1500, seconds: 300 };
    let hudu = Hudu::new(test.host.clone(), connection, sandbox.hudu.api_key(), rate, Patience::UNLIMITED);
    Ok(Sides { host: test.host.clone(), halo, hudu, settings: SyncSettings::default() })
}
