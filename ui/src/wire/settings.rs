//! Connections and settings.

use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::http::Product;
use sidelight::hudu::connection::HuduConnection;
use sidelight::settings::{
    Connections, FrameMode, FrameSettings, MatchKey, Policy, Rate, RateSettings, Settings, SortRule, SyncSettings,
};

use super::values::{objects, words};

objects! {
    Connections { halo hudu }
    HaloConnection { origin auth_server tenant client_id sign_in }
    HuduConnection { origin }
    Settings { version connections frame sync rates }
    FrameSettings { mode width open }
    SyncSettings {
        id_number sites_layout people_layout contracts_layout sort_rules default_layout keys policies
        ended_contracts show_for_all
    }
    SortRule { types layout }
    RateSettings { halo hudu }
    Rate { requests seconds }
}

words! {
    Product { "halo" => Halo "hudu" => Hudu }
    HaloSignIn { "client_secret" => ClientSecret "person" => Person }
    FrameMode { "push" => Push "over" => Over }
    MatchKey { "email" => Email "serial" => Serial "tag" => Tag "reference" => Reference "name" => Name }
    Policy {
        "halo_wins" => HaloWins
        "only_if_empty" => OnlyIfEmpty
        "ask_if_both_changed" => AskIfBothChanged
        "never" => Never
    }
}
