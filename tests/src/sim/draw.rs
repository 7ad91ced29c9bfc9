//! Settings and variants of the two servers, drawn by chance.

use sidelight::halo::record::RecordKind as K;
use sidelight::settings::{Condition, ConnectedField, MatchKey, Policy, SortRule, SyncSettings, Test};
use sidelight_sandbox::{halo, hudu};

use crate::sim::chance::Chance;

/// How records go over, as some administrator may have set it.
pub fn settings(chance: &mut Chance) -> SyncSettings {
    let mut settings = SyncSettings {
        id_number: chance.percent(75),
        parent_company: chance.one_in(3),
        sites_layout: chance.pick(&["Sites", "Sites", "Places"]).to_string(),
        people_layout: chance.pick(&["People", "People", "Contacts"]).to_string(),
        contracts_layout: chance.pick(&["Contracts", "Contracts", "Agreements"]).to_string(),
        by_type_name: chance.one_in(2),
        default_layout: chance.pick(&["Computer Assets", "", "Everything else"]).to_string(),
        asset_name: chance.pick(&["{name}", "{name}", "{tag} {model}"]).to_string(),
        ended_contracts: chance.one_in(2),
        contract_value: chance.one_in(2),
        archive_inactive: chance.one_in(2),
        show_for_all: chance.one_in(2),
        ..SyncSettings::default()
    };
    if chance.one_in(3) {
        settings.details = chance.pick(&[vec![], vec![K::Client, K::User, K::Asset, K::Site, K::Contract]]).clone();
    }
    if chance.one_in(3) {
        settings.keys.retain(|(kind, _)| *kind != K::Asset);
        let keys = [vec![], vec![MatchKey::Tag], vec![MatchKey::Serial, MatchKey::Tag, MatchKey::Name]];
        settings.keys.push((K::Asset, chance.pick(&keys).clone()));
    }
    for _ in 0..chance.below(4) {
        let (kind, slot) = *chance.pick(&[
            (K::Client, "phone_number"),
            (K::Client, "website"),
            (K::Site, "field:phone"),
            (K::User, "field:job title"),
            (K::User, "name"),
            (K::Asset, "primary_serial"),
            (K::Asset, "field:notes"),
            (K::Asset, "name"),
            (K::Contract, "field:note"),
        ]);
        let policy = *chance.pick(&[Policy::OnlyIfEmpty, Policy::AskIfBothChanged, Policy::Never, Policy::HaloWins]);
        settings.policies.retain(|(k, s, _)| (*k, s.as_str()) != (kind, slot));
        settings.policies.push((kind, slot.to_owned(), policy));
    }
    if chance.one_in(3) {
        let condition = Condition { fact: "status".to_owned(), is: Test::Is, value: "Retired".to_owned() };
        settings.sort_rules.insert(0, SortRule { when: vec![condition], layout: "Servers".to_owned() });
    }
    if chance.one_in(3) {
        settings.connected.push(ConnectedField {
            kind: K::Asset,
            layout: String::new(),
            fact: "field:operating system".to_owned(),
            field: "Notes".to_owned(),
        });
    }
    settings
}

/// Halo as some version of it may answer.
pub fn halo(chance: &mut Chance) -> halo::Switches {
    use halo::{ArticleTags as Tags, AssetFields as Fields, RecordCount as Count, RowFields as Rows};
    // Pages of a few rows stand for the hundreds of a large tenant; no tenant is known that has short
    // pages and counts wrongly as well.
    let short = chance.one_in(3);
    let counts = [Count::True, Count::TooHigh, Count::TooLow, Count::PageOnly];
    halo::Switches {
        page_cap: if short { 3 } else { 100 },
        asset_page: if short { 4 } else { 0 },
        record_count: *chance.pick(if short { &counts[..2] } else { &counts }),
        last_update_filter: chance.one_in(2),
        custom_fields_in_lists: *chance.pick(&[Rows::WithDetails, Rows::Always, Rows::Empty, Rows::Unvalued]),
        asset_fields: *chance.pick(&[Fields::OfOneType, Fields::OfOneType, Fields::WhenAsked, Fields::Always]),
        double_ids: chance.one_in(2),
        echo_paging: chance.one_in(2),
        post_status: *chance.pick(&[200, 201]),
        never_edited: *chance.pick(&[halo::NeverEdited::Sentinel, halo::NeverEdited::Absent]),
        retry_after: chance.one_in(2),
        article_tags: *chance.pick(&[Tags::Kept, Tags::Kept, Tags::KbTagsOnly, Tags::NotInRows]),
        asset_fields_replace: chance.one_in(3),
        missing_as_page: chance.one_in(3),
        tenant_in_form: chance.one_in(3),
        ..halo::Switches::default()
    }
}

/// Hudu as some version of it may answer. One that empties what an update leaves out is found out by
/// one field of one update: whoever dies or writes right there leaves that field empty, so it needs calm
/// and one engine.
pub fn hudu(chance: &mut Chance, calm: bool) -> hudu::Switches {
    use hudu::{ArchivedDefault, AssetsUpdatedAt, EmptyFields, Encoding, LabelKey, Scalar};
    // Pages of ten stand for those of a thousand on a large tenant. Where a list leaves out what is put
    // away, a page loses a row to the one before while it is read; that is not simulated.
    let short = chance.one_in(3);
    hudu::Switches {
        max_page_size: if short { 10 } else { 1000 },
        asset_bare: chance.one_in(3),
        asset_archive_body: chance.one_in(2),
        archived_default: if short || chance.one_in(2) { ArchivedDefault::Both } else { ArchivedDefault::Active },
        archived_companies: short || !chance.one_in(3),
        empty_fields: *chance.pick(&[EmptyFields::Null, EmptyFields::Absent]),
        address: *chance.pick(&[Encoding::Object, Encoding::JsonString]),
        number: *chance.pick(&[Scalar::Typed, Scalar::Text]),
        checkbox: *chance.pick(&[Scalar::Typed, Scalar::Text]),
        label_key: *chance.pick(&[LabelKey::Spaces, LabelKey::Words]),
        raw_labels: !chance.one_in(4),
        fields_merge: !(chance.one_in(3) && calm),
        assets_updated_at: *chance.pick(&[AssetsUpdatedAt::BothEnds, AssetsUpdatedAt::Broken, AssetsUpdatedAt::Works]),
        ..hudu::Switches::default()
    }
}
