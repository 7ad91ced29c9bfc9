//! The HaloITSM client against the sandbox's Halo: sign-in, paging, refusals.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use serde_json::json;
use sidelight::halo::auth::{CLIENT_SECRET, REFRESH_TOKEN};
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::halo::model::{
    Agent, Article, Asset, AssetGroup, AssetType, Client, Contract, FaqList, Site, Ticket, User,
};
use sidelight::halo::{Halo, resource};
use sidelight::http::{ApiError, Patience, Product, Rate};
use sidelight::vault::Vault;
use sidelight_sandbox::halo::{RecordCount, RefreshTokens, RepeatedRows, Switches};
use sidelight_sandbox::{Effect, Fault, Sandbox, Server};
use sidelight_tests::host::{TestHost, sandbox};

const RATE: Rate = Rate { requests: 500, seconds: 180 };

fn connection(sandbox: &Sandbox) -> HaloConnection {
    let known = sandbox.halo.credentials();
    HaloConnection {
        origin: "http://halo.test".to_owned(),
        auth_server: None,
        tenant: None,
        client_id: known.client_id,
        sign_in: HaloSignIn::ClientSecret,
    }
}

async fn halo_with(sandbox: &Sandbox, change: impl FnOnce(&mut HaloConnection)) -> Halo {
    let test = TestHost::new(sandbox);
    let vault = Vault::new(test.host.clone());
    vault.put(CLIENT_SECRET, &sandbox.halo.credentials().client_secret).await.unwrap();
    let mut connection = connection(sandbox);
    change(&mut connection);
    Halo::new(test.host, connection, Rc::new(vault), RATE, Patience::INTERACTIVE)
}

async fn halo(sandbox: &Sandbox) -> Halo {
    halo_with(sandbox, |_| {}).await
}

fn fault(path: &str, effect: Effect) -> Fault {
    Fault { server: "halo".to_owned(), method: String::new(), path: path.to_owned(), after: 0, times: 1, effect }
}

#[tokio::test(start_paused = true)]
async fn every_resource_is_read() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    assert!(halo.me().await.unwrap().name.is_some());
    assert!(halo.instance().await.unwrap().version.is_some());
    let clients: Vec<Client> = halo.list(resource::CLIENT, &[]).await.unwrap();
    assert!(clients.iter().any(|c| c.name.as_deref() == Some("Harbour & Finch Ltd")));
    let active = |rows: &[serde_json::Value]| rows.iter().filter(|r| r["inactive"] != json!(true)).count();
    for (resource, stored) in
        [(resource::CLIENT, "Client"), (resource::SITE, "Site"), (resource::ASSET, "Asset"), (resource::USERS, "Users")]
    {
        let rows: Vec<Client> = halo.list(resource, &[]).await.unwrap();
        assert_eq!(rows.len(), active(&sandbox.halo.all(stored)), "{stored}");
        let all: Vec<Client> = halo.list(resource, &[("includeinactive", "true")]).await.unwrap();
        assert_eq!(all.len(), sandbox.halo.all(stored).len(), "{stored}");
    }
    let sites: Vec<Site> = halo.list(resource::SITE, &[("includeaddress", "true")]).await.unwrap();
    assert!(sites.iter().all(|s| s.client_id.is_some()) && sites.iter().any(|s| s.address().is_some()));
    let assets: Vec<Asset> = halo.list(resource::ASSET, &[]).await.unwrap();
    assert!(assets.iter().all(|a| a.display_name().is_some() && a.client_id.is_some()));
    let type_id = assets[0].type_id.unwrap().to_string();
    let of_type = [("includeassetfields", "true"), ("assettype_id", &*type_id)];
    let typed: Vec<Asset> = halo.list(resource::ASSET, &of_type).await.unwrap();
    assert!(typed.iter().any(|a| a.field("Serial Number").is_some_and(|f| f.text().is_some())));
    let users: Vec<User> = halo.list(resource::USERS, &[]).await.unwrap();
    assert!(users.iter().any(|u| u.email.is_some() && u.site_id.is_some()));
    assert!(!halo.list::<Contract>(resource::CONTRACT, &[]).await.unwrap().is_empty());
    assert!(!halo.list::<Ticket>(resource::TICKET, &[]).await.unwrap().is_empty());
    assert!(!halo.list::<AssetType>(resource::ASSET_TYPE, &[]).await.unwrap().is_empty());
    assert!(!halo.list::<AssetGroup>(resource::ASSET_GROUP, &[]).await.unwrap().is_empty());
    assert!(!halo.list::<Agent>(resource::AGENT, &[]).await.unwrap().is_empty());
    halo.list::<FaqList>(resource::FAQ_LIST, &[]).await.unwrap();
    halo.list::<Article>(resource::ARTICLE, &[]).await.unwrap();
    let site: Site = halo.get(resource::SITE, sites[0].id, &[]).await.unwrap();
    assert_eq!((site.id, site.client_id), (sites[0].id, sites[0].client_id));
    assert_eq!(halo.count(resource::ASSET, &[]).await.unwrap(), Some(assets.len() as i64));
}

#[tokio::test(start_paused = true)]
async fn every_paging_quirk_gives_all_rows_once() {
    let base = Switches::default();
    let quirks: Vec<(&str, Switches)> = vec![
        ("small pages", Switches { page_cap: 10, ..base.clone() }),
        ("odd pages", Switches { page_cap: 7, ..base.clone() }),
        ("assets by 50", Switches { asset_page: 50, ..base.clone() }),
        ("assets by 3", Switches { asset_page: 3, ..base.clone() }),
        ("assets by 50, offset by 100", Switches { asset_page: 50, offset_by_asked_size: true, ..base.clone() }),
        (
            "no order",
            Switches {
                order_refused: ["Client", "Asset"].map(str::to_owned).to_vec(),
                repeated_rows: RepeatedRows::Never,
                ..base.clone()
            },
        ),
        ("no echo", Switches { echo_paging: false, ..base.clone() }),
        ("count too high", Switches { record_count: RecordCount::TooHigh, page_cap: 10, ..base.clone() }),
        ("count too low", Switches { record_count: RecordCount::TooLow, page_cap: 10, ..base.clone() }),
        ("count of the page", Switches { record_count: RecordCount::PageOnly, page_cap: 10, ..base.clone() }),
        ("never repeated", Switches { repeated_rows: RepeatedRows::Never, page_cap: 10, ..base.clone() }),
        (
            "bare and wrapped the other way round",
            Switches {
                flipped_lists: ["Client", "Asset", "Users", "Site", "AssetType", "Agent"].map(str::to_owned).to_vec(),
                page_cap: 10,
                ..base.clone()
            },
        ),
        ("agents twice", Switches { repeated_agents: true, ..base.clone() }),
        ("whole ids", Switches { double_ids: false, ..base.clone() }),
    ];
    let sandbox = sandbox();
    for (name, switches) in quirks {
        sandbox.halo.set_switches(Switches { rate_limit: 0, ..switches });
        let halo = halo(&sandbox).await.with_patience(Patience::UNLIMITED);
        for (resource, stored) in [
            (resource::CLIENT, "Client"),
            (resource::SITE, "Site"),
            (resource::ASSET, "Asset"),
            (resource::USERS, "Users"),
        ] {
            let all: Vec<Client> = halo.list(resource, &[("includeinactive", "true")]).await.unwrap();
            let mut ids: Vec<i64> = all.iter().map(|row| row.id).collect();
            ids.sort_unstable();
            let mut there: Vec<i64> = sandbox.halo.all(stored).iter().filter_map(|row| row["id"].as_i64()).collect();
            there.sort_unstable();
            assert_eq!(ids, there, "{name}: {stored}");
        }
        let types: Vec<AssetType> = halo.list(resource::ASSET_TYPE, &[]).await.unwrap();
        assert!(!types.is_empty(), "{name}");
        let agents: Vec<Agent> = halo.list(resource::AGENT, &[]).await.unwrap();
        let mut ids: Vec<i64> = agents.iter().map(|a| a.id).collect();
        ids.dedup();
        assert_eq!(ids.len(), agents.len(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn sign_in_finds_its_way_and_says_what_is_wrong() {
    let sandbox = sandbox();
    let known = sandbox.halo.credentials();
    let ways: [(Option<&str>, Option<&str>); 5] = [
        (None, None),
        (Some("http://halo.test/auth"), Some(&known.tenant)),
        (Some("http://halo.test/auth/token"), None),
        (Some("http://halo.test"), Some(&known.tenant)),
        (Some("http://halo.test/"), None),
    ];
    for (server, tenant) in ways {
        let halo = halo_with(&sandbox, |c| {
            c.auth_server = server.map(str::to_owned);
            c.tenant = tenant.map(str::to_owned);
        });
        assert!(halo.await.me().await.is_ok(), "{server:?}");
    }
    sandbox.halo.switch(|s| (s.tenant_required, s.tenant_in_form) = (true, true));
    assert!(halo(&sandbox).await.me().await.is_ok(), "the tenant goes in the form as well");
    sandbox.halo.switch(|s| (s.tenant_required, s.tenant_in_form) = (false, false));
    sandbox.halo.switch(|s| s.authinfo = false);
    assert!(halo(&sandbox).await.me().await.is_ok());

    let wrong = |change: fn(&mut HaloConnection)| {
        let sandbox = sandbox.clone();
        async move { halo_with(&sandbox, change).await.me().await.unwrap_err() }
    };
    assert_eq!(wrong(|c| c.tenant = Some("nobody".to_owned())).await, ApiError::WrongTenant);
    assert_eq!(wrong(|c| c.client_id = "nobody".to_owned()).await, ApiError::WrongSecret);
    sandbox.halo.switch(|s| s.bad_client_status = 400);
    assert_eq!(wrong(|c| c.client_id = "nobody".to_owned()).await, ApiError::WrongSecret);
    assert!(matches!(wrong(|c| c.origin = "http://wrong.test".to_owned()).await, ApiError::Unreachable { .. }));
    assert!(matches!(wrong(|c| c.origin = "https://halo.test".to_owned()).await, ApiError::Unreachable { .. }));
    let error = wrong(|c| c.origin = "http://hudu.test".to_owned()).await;
    assert!(matches!(error, ApiError::NotAnApi { .. } | ApiError::NotFound { .. }), "{error:?}");

    let test = TestHost::new(&sandbox);
    test.net.closed.borrow_mut().insert("http://halo.test".to_owned());
    let vault = Rc::new(Vault::new(test.host.clone()));
    let halo = Halo::new(test.host.clone(), connection(&sandbox), vault.clone(), RATE, Patience::INTERACTIVE);
    assert_eq!(halo.me().await.unwrap_err(), ApiError::NotConnected(Product::Halo));
    vault.put(CLIENT_SECRET, "x").await.unwrap();
    assert!(matches!(halo.me().await.unwrap_err(), ApiError::NotConnected(_) | ApiError::NotPermitted { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_token_without_scope_is_told_apart_from_a_closed_area() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    sandbox.halo.deny(&["Asset"]);
    let error = halo.list::<Asset>(resource::ASSET, &[]).await.unwrap_err();
    assert_eq!(error, ApiError::Forbidden { product: Product::Halo, area: "assets".to_owned() });
    sandbox.faults.add(Fault {
        times: 2,
        ..fault("/api/Site", Effect::Status { status: 401, body: String::new(), headers: vec![] })
    });
    let error = halo.list::<Site>(resource::SITE, &[]).await.unwrap_err();
    assert_eq!(error, ApiError::Forbidden { product: Product::Halo, area: "sites".to_owned() });
    let fresh = halo_with(&sandbox, |_| {}).await;
    sandbox.faults.add(Fault {
        times: 9,
        ..fault("/api/Agent", Effect::Status { status: 401, body: String::new(), headers: vec![] })
    });
    assert_eq!(fresh.me().await.unwrap_err(), ApiError::NoScope);
}

#[tokio::test(start_paused = true)]
async fn an_ended_token_is_renewed_once_for_all() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    halo.me().await.unwrap();
    sandbox.halo.expire_tokens();
    sandbox.clear_requests();
    let reads = (0..6).map(|_| halo.list_first::<Client>(resource::CLIENT, &[]));
    for read in futures::future::join_all(reads).await {
        read.unwrap();
    }
    let tokens = sandbox.requests(Server::Halo).iter().filter(|r| r.path.contains("/token")).count();
    assert_eq!(tokens, 1);
    // Long before its end a token is renewed without being refused.
    sandbox.clear_requests();
    tokio::time::advance(std::time::Duration::from_secs(3550)).await;
    halo.me().await.unwrap();
    assert!(sandbox.requests(Server::Halo).iter().all(|r| r.status != 401));
}

#[tokio::test(start_paused = true)]
async fn writes_go_as_arrays_and_answer_the_record() {
    let sandbox = sandbox();
    let halo = halo(&sandbox).await;
    for status in [201, 200] {
        sandbox.halo.switch(|s| s.post_status = status);
        let made = halo.upsert(resource::FAQ_LIST, json!({"name": "Network"})).await.unwrap();
        let id = made["id"].as_i64().unwrap();
        let changed = halo.upsert(resource::FAQ_LIST, json!({"id": id, "name": "Networks"})).await.unwrap();
        assert_eq!((changed["id"].as_i64(), changed["name"].as_str()), (Some(id), Some("Networks")));
    }
    let both = halo.upsert(resource::FAQ_LIST, json!([{"name": "A"}, {"name": "B"}])).await.unwrap();
    assert_eq!(both.as_array().map(Vec::len), Some(2));
    let before = sandbox.halo.all("FAQLists").len();
    sandbox.faults.add(fault("FAQLists", Effect::DropAfter));
    let error = halo.upsert(resource::FAQ_LIST, json!({"name": "Once"})).await.unwrap_err();
    assert!(matches!(error, ApiError::Interrupted { .. }) && error.maybe_done());
    assert_eq!(sandbox.halo.all("FAQLists").len(), before + 1, "sent once, done once");
    let error = halo.upsert(resource::ACTION, json!({"ticket_id": 1})).await.unwrap_err();
    assert!(matches!(error, ApiError::Rejected { status: 400, .. } | ApiError::NotFound { .. }), "{error:?}");
    assert!(halo.get::<Site>(resource::SITE, 999_999, &[]).await.unwrap_err().is_not_found());
}

#[tokio::test(start_paused = true)]
async fn a_person_signs_in_and_stays_signed_in() {
    for kept in [RefreshTokens::Rotated, RefreshTokens::Kept] {
        let sandbox = sandbox();
        sandbox.halo.switch(|s| {
            s.refresh_tokens = kept;
            s.redirect_uris = vec![sidelight_tests::host::REDIRECT.to_owned()];
        });
        let test = TestHost::new(&sandbox);
        let vault = Rc::new(Vault::new(test.host.clone()));
        let native = sandbox.halo.credentials().native_client_id;
        let connection = HaloConnection { client_id: native, sign_in: HaloSignIn::Person, ..connection(&sandbox) };
        let halo = Halo::new(test.host.clone(), connection, vault.clone(), RATE, Patience::INTERACTIVE);
        assert_eq!(halo.me().await.unwrap_err(), ApiError::SignInNeeded);
        assert_eq!(halo.sign_in().await.unwrap_err(), ApiError::SignInNeeded, "the window was closed");
        sandbox.halo.switch(|s| s.approve_at_once = true);
        halo.sign_in().await.unwrap();
        halo.me().await.unwrap();
        for _ in 0..3 {
            halo.forget_token();
            halo.me().await.unwrap();
        }
        vault.put(REFRESH_TOKEN, "spent").await.unwrap();
        halo.forget_token();
        assert_eq!(halo.me().await.unwrap_err(), ApiError::SignInNeeded, "{kept:?}");
        assert_eq!(vault.get(REFRESH_TOKEN).await.unwrap(), None);
    }
}
