//! Which layout takes which records: those that Hudu has, and those that are still to be made.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::view::Tone;
use sidelight::halo::record::RecordKind;
use sidelight::mapping::view::MappingView;
use sidelight::protocol::{CentreAsk, Message, Reply};
use sidelight::settings::{Managed, SyncSettings};
use sidelight::t;
use sidelight::trouble::Trouble;

use super::prepare::{Prepare, Stage};
use crate::bridge;
use crate::components::{ChipView, Kept, State, TroubleLine};
use crate::icons;
use crate::words;

/// The setting that holds a layout: its name, where it stands, and the layout that is usual.
type Setting = (&'static str, fn(&mut SyncSettings) -> &mut String);

/// Kinds whose records go to one layout.
const KINDS: [(RecordKind, Setting); 3] = [
    (RecordKind::User, ("sync.people_layout", |sync| &mut sync.people_layout)),
    (RecordKind::Site, ("sync.sites_layout", |sync| &mut sync.sites_layout)),
    (RecordKind::Contract, ("sync.contracts_layout", |sync| &mut sync.contracts_layout)),
];

/// What the step knows and does.
#[derive(Clone, Copy)]
pub(super) struct Picks {
    sync: RwSignal<Option<SyncSettings>>,
    managed: RwSignal<Managed>,
    view: RwSignal<Option<MappingView>>,
    trouble: RwSignal<Option<Trouble>>,
    /// How far making layouts is: it stays while the table is drawn anew.
    pub(super) stage: RwSignal<Stage>,
}

impl Picks {
    /// Reads the settings and what both products have.
    pub(super) fn look(self) {
        self.trouble.set(None);
        spawn_local(async move {
            let read = async {
                let Reply::Settings { settings } = bridge::ask(Message::Settings).await? else {
                    return Err(bridge::odd());
                };
                self.managed.set(settings.managed);
                self.sync.set(Some(settings.sync.clone()));
                match bridge::ask(CentreAsk::Mapping { settings: Box::new(settings.sync) }).await? {
                    Reply::Mapping { mapping } => Ok(*mapping),
                    _ => Err(bridge::odd()),
                }
            };
            match read.await {
                Ok(mapping) => drop(self.view.try_set(Some(mapping))),
                Err(trouble) => drop(self.trouble.try_set(Some(trouble))),
            }
        });
    }

    fn choose(self, of: fn(&mut SyncSettings) -> &mut String, layout: String) {
        spawn_local(async move {
            let saved = async {
                // The sync centre may have saved meanwhile: only what stands here is changed.
                let Reply::Settings { mut settings } = bridge::ask(Message::Settings).await? else {
                    return Err(bridge::odd());
                };
                *of(&mut settings.sync) = layout;
                bridge::ask(Message::SaveSettings { settings }).await
            };
            match saved.await {
                Ok(_) => {
                    // A plan from before would make what nobody wants any more.
                    self.stage.set(Stage::Open);
                    self.look();
                }
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }
}

/// The step.
#[component]
pub fn Layouts() -> impl IntoView {
    let picks = Picks {
        sync: RwSignal::new(None),
        managed: RwSignal::new(Managed::default()),
        view: RwSignal::new(None),
        trouble: RwSignal::new(None),
        stage: RwSignal::new(Stage::Open),
    };
    picks.look();
    view! {
        <p class="lead">{t!("Clients become companies in Hudu. Everything else becomes assets in a layout. Nothing is written until you have looked through a plan.")}</p>
        {move || picks.trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| picks.look()/> })}
        {move || match (picks.view.get(), picks.trouble.with(Option::is_some)) {
            (Some(view), _) => view! { <Table picks view/> }.into_any(),
            (None, true) => ().into_any(),
            (None, false) => view! {
                <State icon=icons::SYNC title=t!("Looking") text=t!("Reading the layouts in Hudu and some records of each kind in HaloITSM.")/>
            }.into_any(),
        }}
    }
}

#[component]
fn Table(picks: Picks, view: MappingView) -> impl IntoView {
    let Some(sync) = picks.sync.get_untracked() else { return ().into_any() };
    let there: Vec<String> = view.layouts.iter().filter(|one| one.active).map(|one| one.name.clone()).collect();
    let rows = KINDS.map(|(kind, (setting, of))| {
        let now = of(&mut sync.clone()).clone();
        view! { <Pick picks kind setting of now view=view.clone() there=there.clone()/> }
    });
    let mut assets: Vec<String> = Vec::new();
    for row in view.rows.iter().filter(|row| row.kind == RecordKind::Asset && !row.layout.is_empty()) {
        if !assets.iter().any(|name| name.eq_ignore_ascii_case(&row.layout)) {
            assets.push(row.layout.clone());
        }
    }
    let assets = assets.into_iter().map(|name| {
        let (text, tone) = standing(&view, &name);
        view! { <li><span class="grow" dir="auto">{name}</span><ChipView text tone/></li> }
    });
    let mendable = view.findings.iter().any(|finding| finding.mendable);
    let others: Vec<String> =
        view.findings.iter().filter(|one| !one.mendable).map(|one| one.sentence.clone()).collect();
    view! {
        <ul class="card guide-rows" aria-label=t!("Layouts")>
            {rows.collect_view()}
            <li class="guide-assets">
                <span class="guide-kind">{words::records(RecordKind::Asset)}</span>
                <div class="grow">
                    <p class="muted">{t!("by their type, in")}</p>
                    <ul class="guide-layouts">{assets.collect_view()}</ul>
                    <p class="hint"><a href="centre.html#rules" target="_blank">{t!("Sort rules decide which type goes where")}</a></p>
                </div>
            </li>
        </ul>
        {(!others.is_empty()).then(|| view! {
            <ul class="card bullets">{others.into_iter().map(|line| view! { <li dir="auto">{line}</li> }).collect_view()}</ul>
        })}
        {match mendable {
            true => view! { <Prepare picks/> }.into_any(),
            false => view! { <p class="hint">{t!("Every layout is there and has the field that keeps the link to HaloITSM.")}</p> }.into_any(),
        }}
        <p class="hint"><a href="centre.html#mapping" target="_blank">{t!("All fields and rules, and who wins where both changed")}</a></p>
    }
    .into_any()
}

/// Whether Hudu has a layout of this name, in words.
fn standing(view: &MappingView, name: &str) -> (String, Tone) {
    match view.layouts.iter().find(|layout| layout.name.eq_ignore_ascii_case(name)) {
        _ if name.is_empty() => (t!("left out"), Tone::Plain),
        None => (t!("to be made"), Tone::Accent),
        Some(layout) if !layout.active => (t!("switched off in Hudu"), Tone::Warn),
        Some(layout) if !layout.linked => (t!("in Hudu, gets a field “Halo ID”"), Tone::Accent),
        Some(_) => (t!("in Hudu"), Tone::Good),
    }
}

/// The layout of one kind.
#[component]
fn Pick(
    picks: Picks,
    kind: RecordKind,
    setting: &'static str,
    of: fn(&mut SyncSettings) -> &mut String,
    now: String,
    view: MappingView,
    there: Vec<String>,
) -> impl IntoView {
    let (text, tone) = standing(&view, &now);
    let usual = of(&mut SyncSettings::default()).clone();
    let known = |name: &String| there.iter().any(|one| one.eq_ignore_ascii_case(name));
    // What is set and not there, and the usual name, can be made.
    let mut fresh: Vec<String> = Vec::new();
    for name in [now.clone(), usual] {
        if !name.is_empty() && !known(&name) && !fresh.contains(&name) {
            fresh.push(name);
        }
    }
    let option = |name: &String, words: String| {
        view! { <option value=name.clone() selected=name.eq_ignore_ascii_case(&now)>{words}</option> }
    };
    let options = [
        there.iter().map(|name| option(name, name.clone())).collect_view(),
        fresh.iter().map(|name| option(name, t!("{name} (new)", name))).collect_view(),
        vec![option(&String::new(), t!("Nowhere: left out"))],
    ];
    let name = words::records(kind);
    let label = t!("Layout for {kind}", kind = words::inside(&name));
    view! {
        <li>
            <span class="guide-kind">{name}</span>
            <Kept managed=picks.managed.into() of=setting>
                <select class="grow" aria-label=label on:change=move |event| picks.choose(of, event_target_value(&event))>{options}</select>
            </Kept>
            <ChipView text tone/>
        </li>
    }
}
