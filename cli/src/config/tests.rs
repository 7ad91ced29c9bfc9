#![allow(clippy::unwrap_used)]

use super::*;
use sidelight::halo::record::RecordKind;
use sidelight::settings::{MatchKey, Policy, Rate, SyncSettings};

const FULL: &str = r#"
[halo]
resource_server = "https://acme.haloitsm.com/api/"
tenant = "acme"
client_id = "file-id"

[hudu]
url = "acme.huducloud.com/c/harbour"

[sync]
sites_layout = "Places"
ended_contracts = true
sort_rules = [{ when = [{ fact = "type", is = "contains", value = "server" }], layout = "Machines" }]

[sync.keys]
asset = ["tag"]

[sync.policies.client]
phone_number = "never"

[rates]
halo = { requests = 100, seconds = 60 }
"#;

fn read(text: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("sidelight.toml");
    std::fs::write(&path, text).unwrap();
    let value = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
    Config::read(Some(&path), &value)
}

#[test]
fn the_environment_stands_on_top_of_the_file() {
    let config = read(
        FULL,
        &[
            ("SIDELIGHT_HALO_CLIENT_ID", "env-id"),
            ("SIDELIGHT_HALO_CLIENT_SECRET", " s3cret "),
            ("SIDELIGHT_HUDU_API_KEY", "k3y"),
        ],
    )
    .unwrap();
    let halo = config.settings.connections.halo.as_ref().unwrap();
    assert_eq!((halo.origin.as_str(), halo.client_id.as_str()), ("https://acme.haloitsm.com", "env-id"));
    assert_eq!(halo.tenant.as_deref(), Some("acme"));
    assert_eq!(config.pair().name(), "https://acme.haloitsm.com https://acme.huducloud.com");
    assert_eq!(config.halo_secret.as_ref().unwrap().reveal(), "s3cret");
    assert!(config.complete().is_ok());
    assert!(!format!("{config:?}").contains("s3cret"));
}

#[test]
fn choices_lie_over_the_defaults() {
    let Settings { sync, rates, .. } = read(FULL, &[]).unwrap().settings;
    let usual = SyncSettings::default();
    assert_eq!((sync.sites_layout.as_str(), sync.ended_contracts, sync.sort_rules.len()), ("Places", true, 1));
    assert_eq!(sync.people_layout, usual.people_layout);
    let keys = |kind| sync.keys.iter().find(|(k, _)| *k == kind).unwrap().1.clone();
    assert_eq!(keys(RecordKind::Asset), [MatchKey::Tag]);
    assert_eq!(keys(RecordKind::User), [MatchKey::Email, MatchKey::Name]);
    assert_eq!(sync.policies, [(RecordKind::Client, "phone_number".to_owned(), Policy::Never)]);
    assert_eq!(rates.halo, Rate { requests: 100, seconds: 60 });
}

#[test]
fn what_is_written_is_read_again() {
    let settings = read(FULL, &[]).unwrap().settings;
    let text = sidelight::settings::file::write(&settings);
    assert_eq!(read(&text, &[]).unwrap().settings, settings);
}

#[test]
fn a_connection_may_stand_in_file_and_environment() {
    let config = read("[halo]\ntenant = \"acme\"", &[("SIDELIGHT_HALO_RESOURCE_SERVER", "acme.haloitsm.com")]).unwrap();
    assert!(config.lacks(Product::Halo).unwrap().contains("`client_id`"));
    let environment = [("SIDELIGHT_HALO_RESOURCE_SERVER", "acme.haloitsm.com"), ("SIDELIGHT_HALO_CLIENT_ID", "id")];
    let halo = read("[halo]\ntenant = \"acme\"", &environment).unwrap().settings.connections.halo.unwrap();
    assert_eq!((halo.origin.as_str(), halo.tenant.as_deref()), ("https://acme.haloitsm.com", Some("acme")));
    let wrong = read("", &[("SIDELIGHT_HUDU_URL", "ftp://x.example")]).unwrap_err();
    assert_eq!(wrong.code(), "address.scheme");
}

#[test]
fn what_is_missing_is_named_without_its_value() {
    let config = read(FULL, &[("SIDELIGHT_HUDU_API_KEY", "k3y")]).unwrap();
    assert_eq!(config.lacks(Product::Hudu), None);
    let sentence = config.complete().unwrap_err().to_string();
    assert!(sentence.contains("SIDELIGHT_HALO_CLIENT_SECRET in the environment"), "{sentence}");
    assert!(!sentence.contains("client_id"), "{sentence}");
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_repeated() {
    for (text, variable) in [
        ("[halo]\nclient_secret = \"s3cret\"", "SIDELIGHT_HALO_CLIENT_SECRET"),
        ("[hudu]\napi_key = \"s3cret\"", "SIDELIGHT_HUDU_API_KEY"),
    ] {
        let error = read(text, &[]).unwrap_err();
        assert_eq!(error.code(), "config.secret");
        let sentence = error.to_string();
        assert!(sentence.contains(variable) && !sentence.contains("s3cret"), "{sentence}");
    }
    let sentence = read("[hudu]\napi_key = s3cret\"", &[]).unwrap_err().to_string();
    assert!(sentence.contains("line 2") && !sentence.contains("s3cret"), "{sentence}");
}

#[test]
fn typing_errors_are_told() {
    let wrong = [
        ("[hallo]", "settings_file.unknown"),
        ("[halo]\nclientid = \"x\"", "settings_file.unknown"),
        ("[halo]\nclient_id = 5", "settings_file.value"),
        ("[sync]\nsite_layout = \"x\"", "settings_file.unknown"),
        ("[sync]\nended_contracts = \"x\"", "settings_file.value"),
        ("[sync.keys]\nassets = [\"tag\"]", "settings_file.value"),
        ("[sync.policies]\nclient = \"never\"", "settings_file.value"),
        ("[hudu]\nurl = \"ftp://x.example\"", "settings_file.address"),
        ("halo = 1", "settings_file.value"),
    ];
    for (text, code) in wrong {
        let error = read(text, &[]).unwrap_err();
        assert_eq!(error.code(), code, "{text}: {error}");
    }
}

#[test]
fn a_named_file_has_to_exist_the_usual_one_need_not() {
    let nowhere = Path::new("/nonexistent/sidelight.toml");
    assert_eq!(Config::read(Some(nowhere), &|_| None).unwrap_err().code(), "config.unreadable");
    let home = |name: &str| (name == "HOME").then(|| "/nonexistent".to_owned());
    let config = Config::read(None, &home).unwrap();
    assert_eq!(config.file, Path::new("/nonexistent/.config/sidelight/sidelight.toml"));
    assert_eq!(data_folder(&home).unwrap(), Path::new("/nonexistent/.local/share/sidelight"));
    let xdg = |name: &str| (name == "XDG_DATA_HOME").then(|| "/data".to_owned());
    assert_eq!(data_folder(&xdg).unwrap(), Path::new("/data/sidelight"));
}
