//! File and environment, and what stays out of both.

use crate::support::Bench;

#[tokio::test]
async fn the_file_serves_where_the_environment_is_silent() {
    let mut bench = Bench::open().await;
    let halo = bench.pair.sandbox.halo.credentials();
    let folder = bench.place.path().join(".config/sidelight");
    std::fs::create_dir_all(&folder).unwrap();
    let text = format!(
        "[halo]\nresource_server = \"{}\"\ntenant = \"{}\"\nclient_id = \"{}\"\n[hudu]\nurl = \"{}\"\n[sync]\nid_number = false\n",
        halo.resource_server, halo.tenant, halo.client_id, bench.pair.hudu
    );
    std::fs::write(folder.join("sidelight.toml"), text).unwrap();
    for name in ["RESOURCE_SERVER", "TENANT", "CLIENT_ID"] {
        bench.set(&format!("SIDELIGHT_HALO_{name}"), "");
    }
    bench.set("SIDELIGHT_HUDU_URL", "");
    let ended = bench.run("sync client 12 --dry-run").await.expect(0);
    assert!(ended.out.contains("name and phone.") && !ended.out.contains("ID number"), "{}", ended.out);
}

#[tokio::test]
async fn what_is_missing_is_a_matter_of_usage_and_named() {
    let mut bench = Bench::open().await;
    bench.set("SIDELIGHT_HUDU_API_KEY", "");
    let ended = bench.run("sync client 12").await.expect(2);
    assert!(ended.err.contains("SIDELIGHT_HUDU_API_KEY in the environment"), "{}", ended.err);
    let ended = bench.run("check").await.expect(2);
    assert!(ended.out.contains("SIDELIGHT_HUDU_API_KEY") && ended.out.contains("✓ Sees 4 clients."), "{}", ended.out);
    let json = bench.run("sync client 12 --format json").await.expect(2).json();
    assert_eq!(json["trouble"]["code"], "config.incomplete");
    // What needs one product only does not ask for the other.
    bench.set("SIDELIGHT_HUDU_URL", "");
    assert_eq!(bench.run("halo clients get 12").await.expect(0).json()["name"], "Harbour & Finch Ltd");
    bench.run("directory users list --limit 1").await.expect(0);
    let hudu = bench.run("hudu companies list").await.expect(2);
    assert!(hudu.err.contains("SIDELIGHT_HUDU_URL") && !hudu.err.contains("HALO"), "{}", hudu.err);
    let mut bench = Bench::open().await;
    for name in ["RESOURCE_SERVER", "TENANT", "CLIENT_ID", "CLIENT_SECRET"] {
        bench.set(&format!("SIDELIGHT_HALO_{name}"), "");
    }
    assert!(bench.run("hudu companies list").await.expect(0).out.contains("Harbour"));
    let halo = bench.run("halo clients list").await.expect(2);
    assert!(halo.err.contains("SIDELIGHT_HALO_CLIENT_SECRET") && !halo.err.contains("HUDU"), "{}", halo.err);
}

#[tokio::test]
async fn a_secret_in_the_file_is_refused() {
    let bench = Bench::open().await;
    let path = bench.place.path().join("own.toml");
    std::fs::write(&path, "[hudu]\napi_key = \"sandbox-hudu-key\"\n").unwrap();
    let ended = bench.run(&format!("check --config {}", path.display())).await.expect(2);
    assert!(ended.err.contains("holds a secret") && ended.err.contains("SIDELIGHT_HUDU_API_KEY"), "{}", ended.err);
}

#[tokio::test]
async fn no_secret_reaches_a_file() {
    let bench = Bench::open().await;
    bench.run("sync asset 2002 --yes").await.expect(0);
    let files = bench.files();
    assert!(files.iter().any(|path| path.ends_with(".local/share/sidelight/state.sqlite")), "{files:?}");
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        for secret in bench.secrets() {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{} holds a secret", path.display());
        }
    }
}

#[tokio::test]
async fn help_documents_exit_codes_and_variables() {
    let bench = Bench::open().await;
    let help = bench.run("--help").await.expect(0);
    for word in ["Exit codes:", "done in part", "SIDELIGHT_HALO_CLIENT_SECRET", "--config", "--state-dir"] {
        assert!(help.out.contains(word), "{word}: {}", help.out);
    }
    assert!(bench.run("sync --help").await.expect(0).out.contains("Exit codes:"));
    bench.run("sync ticket 5").await.expect(2);
    bench.run("sync client 0").await.expect(2);
}
