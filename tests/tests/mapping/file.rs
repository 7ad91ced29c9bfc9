//! Settings as one file: what is written is read again, what is not known is refused with its line.

use proptest::prelude::*;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::halo::record::RecordKind;
use sidelight::hudu::connection::HuduConnection;
use sidelight::settings::file::{File, read, write};
use sidelight::settings::{
    Condition, ConnectedField, Connections, FrameMode, FrameSettings, KeyField, MatchKey, Policy, Rate, RateSettings,
    RecipeSettings, ScheduleSettings, Settings, SortRule, SyncSettings, Test, TicketTemplate,
};
use sidelight::trouble::Explain;

const KINDS: [RecordKind; 6] = [
    RecordKind::Client,
    RecordKind::Site,
    RecordKind::User,
    RecordKind::Asset,
    RecordKind::Contract,
    RecordKind::Article,
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        any::<String>().prop_map(|text| text.chars().take(12).collect()),
        prop::sample::select(vec!["", "\"", "'''", "\\", "a\nb", "# no", "شركة", "\u{7f}", "[x]"])
            .prop_map(str::to_owned),
    ]
}

fn kind() -> impl Strategy<Value = RecordKind> {
    prop::sample::select(KINDS.to_vec())
}

fn key() -> impl Strategy<Value = MatchKey> {
    use MatchKey::{Email, Name, Reference, Serial, Tag};
    prop::sample::select(vec![Email, Serial, Tag, Reference, Name])
}

fn rule() -> impl Strategy<Value = SortRule> {
    use Test::{Contains, Is, IsEmpty, IsNot, Matches, StartsWith};
    let test = prop::sample::select(vec![Is, IsNot, Contains, StartsWith, Matches, IsEmpty]);
    let condition = (text(), test, text()).prop_map(|(fact, is, value)| Condition { fact, is, value });
    (prop::collection::vec(condition, 0..3), text()).prop_map(|(when, layout)| SortRule { when, layout })
}

fn rules() -> impl Strategy<Value = Vec<SortRule>> {
    prop::collection::vec(rule(), 0..4)
}

fn sync() -> impl Strategy<Value = SyncSettings> {
    let keys = prop::collection::vec(prop::collection::vec(key(), 0..3), KINDS.len());
    let policy =
        prop::sample::select(vec![Policy::HaloWins, Policy::OnlyIfEmpty, Policy::AskIfBothChanged, Policy::Never]);
    let policies = prop::collection::btree_map((0..KINDS.len(), text()), policy, 0..5);
    let lists = (
        prop::collection::vec((kind(), key(), text()), 0..3),
        prop::collection::vec((kind(), text(), text(), text()), 0..3),
        prop::collection::vec(kind(), 0..4),
    );
    (rules(), rules(), prop::array::uniform5(text()), any::<[bool; 7]>(), keys, policies, lists).prop_map(
        |(sort_rules, people_rules, [sites, people, contracts, default, name], flags, keys, policies, lists)| {
            let (key_fields, connected, kinds) = lists;
            let connect = |(kind, layout, fact, field)| ConnectedField { kind, layout, fact, field };
            SyncSettings {
                details: kinds.clone(),
                kinds,
                id_number: flags[0],
                parent_company: flags[1],
                sites_layout: sites,
                people_layout: people,
                people_rules,
                contracts_layout: contracts,
                sort_rules,
                by_type_name: flags[2],
                default_layout: default,
                asset_name: name,
                keys: KINDS.into_iter().zip(keys).collect(),
                key_fields: key_fields.into_iter().map(|(kind, key, field)| KeyField { kind, key, field }).collect(),
                policies: policies.into_iter().map(|((kind, slot), policy)| (KINDS[kind], slot, policy)).collect(),
                connected: connected.into_iter().map(connect).collect(),
                ended_contracts: flags[3],
                contract_value: flags[4],
                archive_inactive: flags[5],
                show_for_all: flags[6],
            }
        },
    )
}

fn settings() -> impl Strategy<Value = Settings> {
    let word = || prop::option::of("[a-z]{1,8}");
    let halo = prop::option::of((word(), "[a-z0-9-]{1,12}", any::<bool>())).prop_map(|parts| {
        parts.map(|(tenant, client_id, person)| HaloConnection {
            origin: "https://acme.haloitsm.com".to_owned(),
            auth_server: tenant.as_ref().map(|_| "https://auth.acme.example/token".to_owned()),
            tenant,
            client_id,
            sign_in: if person { HaloSignIn::Person } else { HaloSignIn::ClientSecret },
        })
    });
    let hudu =
        any::<bool>().prop_map(|set| set.then(|| HuduConnection { origin: "https://acme.huducloud.com".into() }));
    let frame = (any::<bool>(), 320..900u32, any::<[bool; 2]>()).prop_map(|(push, width, [open, pictures])| {
        FrameSettings { mode: if push { FrameMode::Push } else { FrameMode::Over }, width, open, pictures }
    });
    let rate = || (any::<u32>(), any::<u32>()).prop_map(|(requests, seconds)| Rate { requests, seconds });
    let rates = (rate(), rate()).prop_map(|(halo, hudu)| RateSettings { halo, hudu });
    let schedule = (any::<u32>(), any::<bool>(), any::<bool>()).prop_map(|(hours, notify, ending)| ScheduleSettings {
        hours,
        notify,
        ending,
    });
    (halo, hudu, frame, sync(), schedule, rates, recipes()).prop_map(
        |(halo, hudu, frame, sync, schedule, rates, recipes)| Settings {
            connections: Connections { halo, hudu },
            frame,
            sync,
            schedule,
            rates,
            recipes,
            ..Settings::default()
        },
    )
}

fn recipes() -> impl Strategy<Value = RecipeSettings> {
    let template =
        prop::array::uniform7(text()).prop_map(|[name, summary, details, tickettype, team, client, site]| {
            TicketTemplate { name, summary, details, tickettype, team, client, site }
        });
    let lists = (prop::collection::vec(template, 0..3), prop::collection::vec(text(), 0..3));
    (lists, text()).prop_map(|((onboarding, accepted), process)| RecipeSettings { onboarding, process, accepted })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_is_read_again(settings in settings()) {
        let file = write(&settings);
        // The well-known reader takes it too, and sees the same in it.
        let theirs: toml::Table = file.parse().map_err(|error| TestCaseError::fail(format!("{error}\n{file}")))?;
        prop_assert_eq!(theirs["sync"]["asset_name"].as_str(), Some(settings.sync.asset_name.as_str()));
        prop_assert_eq!(&read(&file).map_err(|error| TestCaseError::fail(format!("{error}\n{file}")))?, &settings);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), bits in prop::collection::vec(
        prop::sample::select(vec!["[sync]\n", "a", " = ", "\"", "'", "[", "]", "{", "}", ",", "\n", "#", ".", "1", "true", "\\u00", "\"\"\"", "\\"]),
        0..20,
    )) {
        let _ = read(&text);
        let text = bits.concat();
        let (ours, theirs) = (File::parse(&text), text.parse::<toml::Table>());
        if let Err(error) = ours && error.code() == "settings_file.malformed" && let Ok(table) = theirs {
            prop_assert!(false, "refused: {text} {error} {table:?}");
        }
    }
}

#[test]
fn half_a_file_loses_nothing() {
    let mut before = Settings::default();
    before.connections.halo = Some(HaloConnection {
        origin: "https://acme.haloitsm.com".to_owned(),
        auth_server: None,
        tenant: Some("acme".to_owned()),
        client_id: "abc".to_owned(),
        sign_in: HaloSignIn::Person,
    });
    before.sync.sites_layout = "Places".to_owned();
    before.sync.policies = vec![(RecordKind::Client, "phone_number".to_owned(), Policy::Never)];
    let half = "[sync]\npeople_layout = 'Contacts'\n[sync.keys]\nasset = ['tag']\n[halo]\nclient_id = 'xyz'\n";
    let after = File::parse(half).unwrap().settings(&before).unwrap();
    let mut wanted = before.clone();
    wanted.sync.people_layout = "Contacts".to_owned();
    wanted.sync.keys[3].1 = vec![MatchKey::Tag];
    wanted.connections.halo.as_mut().unwrap().client_id = "xyz".to_owned();
    assert_eq!(after, wanted);
    assert_eq!(File::parse("").unwrap().settings(&before).unwrap(), before);
    // Another instance takes nothing from the one before.
    let other = File::parse("[halo]\nresource_server = 'other.haloitsm.com'\nclient_id = 'q'").unwrap();
    let halo = other.settings(&before).unwrap().connections.halo.unwrap();
    assert_eq!((halo.tenant, halo.sign_in), (None, HaloSignIn::ClientSecret));
}

#[test]
fn what_the_environment_says_stands_on_top() {
    let mut file = File::parse("[halo]\nclient_id = 'file'\ntenant = 'acme'").unwrap();
    file.set("halo", "client_id", "environment");
    file.set("halo", "resource_server", "https://acme.haloitsm.com/api");
    file.set("hudu", "url", "acme.huducloud.com/c/x");
    assert_eq!(file.text("halo", "tenant"), Some("acme"));
    let connections = file.settings(&Settings::default()).unwrap().connections;
    assert_eq!(connections.halo.unwrap().client_id, "environment");
    assert_eq!(connections.hudu.unwrap().origin, "https://acme.huducloud.com");
}

#[test]
fn every_form_of_toml_is_read() {
    let text = r#"
# a comment
sync.default_layout = "Odds" # after

[sync]
'people_layout' = 'C:\People'
"contracts_layout" = "Caf\u00e9 \"X\""
policies.client = { phone_number = "never" }
[[sync.sort_rules]]
layout = 'Servers'
when = [
  { fact = 'type', is = 'contains', value = 'server' }, # one
  { fact = 'status', is = 'is_empty', value = '' },
]
[[sync.sort_rules]]
layout = ''
when = []
[rates.halo]
requests = 1_000
seconds = 60"#;
    let settings = read(text).unwrap();
    assert_eq!(settings.sync.default_layout, "Odds");
    assert_eq!(settings.sync.people_layout, r"C:\People");
    assert_eq!(settings.sync.contracts_layout, "Café \"X\"");
    assert_eq!(settings.sync.policies, [(RecordKind::Client, "phone_number".to_owned(), Policy::Never)]);
    assert_eq!(settings.sync.sort_rules.len(), 2);
    assert_eq!(settings.sync.sort_rules[0].when[1].is, Test::IsEmpty);
    assert_eq!(settings.rates.halo, Rate { requests: 1000, seconds: 60 });
    let long = read("[sync]\nsites_layout = \"\"\"\nPla\\\n    ces\"\"\"\npeople_layout = '''a'b''c'''\n").unwrap();
    assert_eq!((long.sync.sites_layout.as_str(), long.sync.people_layout.as_str()), ("Places", "a'b''c"));
}

#[test]
fn what_is_not_known_is_refused_with_its_line() {
    let cases = [
        ("[hallo]", "settings_file.unknown", 1),
        ("\n[sync]\nsite_layout = 'x'", "settings_file.unknown", 3),
        ("[sync]\nsort_rules = [\n { layout = 'x', when = [], types = ['a'] },\n]", "settings_file.unknown", 3),
        (
            "[[sync.connected]]\nkind = 'asset'\nlayout = ''\nfact = 'a'\nfield = 'b'\nfild = 'c'",
            "settings_file.unknown",
            6,
        ),
        ("[sync]\nended_contracts = 'x'", "settings_file.value", 2),
        ("[sync.keys]\nassets = ['tag']", "settings_file.value", 1),
        ("[sync.policies]\nclient = 'never'", "settings_file.value", 2),
        ("[halo]\nclient_id = 5", "settings_file.value", 2),
        ("[halo]\nresource_server = 'x.haloitsm.com'\nclient_id = 'a'\nsign_in = 'x'", "settings_file.value", 4),
        ("[hudu]\nurl = 'ftp://x.example'", "settings_file.address", 2),
        ("halo = 1", "settings_file.value", 1),
        ("version = 99", "settings_file.newer", 99),
        ("[hudu]\n\napi_key = 's3cret'", "settings_file.secret", 3),
        ("[halo]\nclient_secret = 's3cret'", "settings_file.secret", 2),
        ("[hudu]\nurl = s3cret'", "settings_file.malformed", 2),
        ("[hudu]\n[hudu]", "settings_file.malformed", 2),
        ("[rates]\nhalo = 2026-01-01", "settings_file.malformed", 2),
    ];
    for (text, code, line) in cases {
        let error = read(text).unwrap_err();
        assert_eq!(error.code(), code, "{text}: {error}");
        let sentence = error.sentence();
        assert!(sentence.contains(&line.to_string()) && !sentence.contains("s3cret"), "{text}: {sentence}");
    }
}
