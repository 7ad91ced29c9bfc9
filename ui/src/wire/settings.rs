//! Connections and settings.

use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::http::Product;
use sidelight::hudu::connection::HuduConnection;
use sidelight::settings::{
    Condition, ConnectedField, Connections, FrameMode, FrameSettings, KeyField, LockSettings, Managed, MatchKey,
    Policy, Rate, RateSettings, RecipeSettings, ScheduleSettings, Settings, SortRule, SyncSettings, Test,
    TicketSettings, TicketTemplate, Trail,
};

use super::values::{objects, words};

objects! {
    Connections { halo hudu }
    HaloConnection { origin auth_server tenant client_id sign_in }
    HuduConnection { origin }
    Settings { version connections frame lock sync schedule tickets recipes rates managed }
    RecipeSettings { onboarding process accepted }
    TicketTemplate { name summary details tickettype team client site }
    Managed { keys trouble }
    TicketSettings { outcome trail }
    LockSettings { idle_minutes on_screen_lock }
    ScheduleSettings { hours notify ending }
    FrameSettings { mode width open pictures }
    SyncSettings {
        kinds id_number parent_company sites_layout people_layout people_rules contracts_layout sort_rules by_type_name
        default_layout asset_name keys key_fields policies connected details ended_contracts contract_value
        archive_inactive show_for_all
    }
    SortRule { when layout }
    Condition { fact is value }
    ConnectedField { kind layout fact field }
    KeyField { kind key field }
    RateSettings { halo hudu }
    Rate { requests seconds }
}

words! {
    Product { "halo" => Halo "hudu" => Hudu }
    HaloSignIn { "client_secret" => ClientSecret "person" => Person }
    Trail { "off" => Off "on_click" => OnClick "on_leave" => OnLeave }
    FrameMode { "push" => Push "over" => Over }
    MatchKey { "email" => Email "serial" => Serial "tag" => Tag "reference" => Reference "name" => Name }
    Test {
        "is" => Is
        "is_not" => IsNot
        "contains" => Contains
        "starts_with" => StartsWith
        "matches" => Matches
        "is_empty" => IsEmpty
    }
    Policy {
        "halo_wins" => HaloWins
        "only_if_empty" => OnlyIfEmpty
        "ask_if_both_changed" => AskIfBothChanged
        "never" => Never
    }
}
