//! The choices about what is written: names of assets, what goes along, what is read one by one.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::settings::SyncSettings;
use sidelight::words::say;
use sidelight::{mark, t};
use sidelight_ui::components::{Kept, Tick};
use sidelight_ui::focus;
use sidelight_ui::icons::{self, Icon};

use super::draft::Draft;
use super::findings::Findings;
use super::known::{Known, follow};

/// Facts that names are often made of.
const PARTS: [&str; 8] = ["name", "tag", "serial", "manufacturer", "model", "type", "user", "site"];

/// A setting that is on or off.
type Switch = fn(&mut SyncSettings) -> &mut bool;

/// Key, label, what it means, and the setting.
const SWITCHES: [(&str, &str, &str, Switch); 6] = [
    (
        "id_number",
        mark!("Keep HaloITSM’s client id in the company’s ID number"),
        mark!("Sidelight recognises the company by it in every browser."),
        |sync| &mut sync.id_number,
    ),
    (
        "parent_company",
        mark!("HaloITSM’s top level becomes the parent company"),
        mark!("Where a company of that name is in Hudu, or is made in the same run."),
        |sync| &mut sync.parent_company,
    ),
    ("ended_contracts", mark!("Sync ended contracts as well"), "", |sync| &mut sync.ended_contracts),
    (
        "contract_value",
        mark!("Write what a contract is worth"),
        mark!("Into a field “Value” of the contracts’ layout."),
        |sync| &mut sync.contract_value,
    ),
    (
        "archive_inactive",
        mark!("Archive in Hudu what was set inactive in HaloITSM"),
        mark!("Otherwise it stays as it is. New records are never made for inactive ones."),
        |sync| &mut sync.archive_inactive,
    ),
    (
        "show_for_all",
        mark!("Show published articles to all users of HaloITSM’s portal"),
        mark!("Otherwise only agents see them."),
        |sync| &mut sync.show_for_all,
    ),
];

/// Kinds with what HaloITSM's lists leave out of them.
const DETAILS: [(RecordKind, &str); 3] = [
    (RecordKind::Client, mark!("Clients, for website, type, phone and address")),
    (RecordKind::User, mark!("Users, for the department")),
    (RecordKind::Asset, mark!("Assets, for notes")),
];

/// The name of an asset in Hudu.
#[component]
pub fn AssetName(
    /// What is known of both products.
    known: Known,
) -> impl IntoView {
    let draft = Draft::of_page();
    let name = Memo::new(move |_| draft.sync(|sync| sync.asset_name.clone()));
    let sample = RwSignal::new(String::new());
    // Where nothing can be read the name just has no example.
    follow(
        |settings| CentreAsk::Sample { kind: RecordKind::Asset, id: None, next: false, settings },
        move |answer| {
            sample.set(match answer {
                Ok(Reply::Sample { sample: Some(found) }) => found.name,
                _ => String::new(),
            });
        },
    );
    let part = move |key: &'static str| {
        let add = move |_| {
            draft.edit(|sync| {
                let gap = if sync.asset_name.is_empty() || sync.asset_name.ends_with(' ') { "" } else { " " };
                sync.asset_name.push_str(&format!("{gap}{{{key}}}"));
            });
            focus::now("asset-name");
        };
        view! { <button type="button" class="pick small" title=t!("Add {what}", what = format!("{{{key}}}")) on:click=add><Icon of=icons::PLUS/>{key}</button> }
    };
    view! {
        <section class="card" aria-labelledby="names-title">
            <h2 id="names-title">{t!("Names of assets")}</h2>
            <div class="text-field">
                <label for="asset-name">{t!("An asset is called")}</label>
                <input id="asset-name" type="text" class="mono" spellcheck="false" autocomplete="off" aria-describedby="asset-name-hint"
                    prop:value=name on:input=move |event| draft.edit(|sync| sync.asset_name = event_target_value(&event))/>
                <p class="hint" id="asset-name-hint">{t!("Fields stand in braces; own fields of an asset type as {example}.", example = "{field:name}")}</p>
            </div>
            <div class="chips">{PARTS.map(part).collect_view()}</div>
            <Findings known setting="asset_name".to_owned()/>
            <p class="live" role="status" hidden=move || sample.with(String::is_empty)>
                <span class="muted">{t!("For example")}</span>" "<b dir="auto">{sample}</b>
            </p>
        </section>
    }
}

/// What is written besides the fields.
#[component]
pub fn Switches() -> impl IntoView {
    let draft = Draft::of_page();
    let tick = move |(key, label, hint, of): (&'static str, &'static str, &'static str, Switch)| {
        let value = Signal::derive(move || draft.sync(|sync| *of(&mut sync.clone())));
        view! {
            <Kept managed=draft.managed() of=format!("sync.{key}")>
                <Tick label=say(label) hint=say(hint) value on_change=move |on| draft.edit(|sync| *of(sync) = on)/>
            </Kept>
        }
    };
    view! {
        <section class="card" aria-labelledby="switches-title">
            <h2 id="switches-title">{t!("What goes along")}</h2>
            <div>{SWITCHES.map(tick).collect_view()}</div>
        </section>
    }
}

/// Kinds that are read one by one.
#[component]
pub fn Details() -> impl IntoView {
    let draft = Draft::of_page();
    let tick = move |(kind, label): (RecordKind, &'static str)| {
        let toggle = move |on| {
            draft.edit(|sync| {
                sync.details.retain(|own| *own != kind);
                if on {
                    sync.details.push(kind);
                }
            });
        };
        let value = Signal::derive(move || draft.sync(|sync| sync.details.contains(&kind)));
        view! { <Tick label=say(label) value on_change=toggle/> }
    };
    view! {
        <section class="card" aria-labelledby="details-title">
            <h2 id="details-title">{t!("Read one by one")}</h2>
            <p class="muted">
                {t!("HaloITSM’s lists leave some fields out. A kind that is ticked costs one more request for each of its records the first time, and later for those that changed. It is only done where Hudu has a place for the field.")}
            </p>
            <div>{DETAILS.map(tick).collect_view()}</div>
        </section>
    }
}
