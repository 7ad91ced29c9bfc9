//! What does not fit: beside the setting that it is about, and all of it in one list.

use crate::said::Linked;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::mapping::view::FindingView;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::trouble::Trouble;
use sidelight::words::say;
use sidelight::{many, mark, t};
use sidelight_ui::bridge;
use sidelight_ui::components::TroubleLine;
use sidelight_ui::icons::{self, Icon};

use super::draft::Draft;
use super::known::Known;
use crate::desk::Desk;

/// The page on which a setting is changed: how its name begins, fragment, name of the page.
const PAGES: [(&str, &str, &str); 6] = [
    ("sort_rules", "#rules", mark!("Sort rules")),
    ("people_rules", "#rules", mark!("Sort rules")),
    ("default_layout", "#rules", mark!("Sort rules")),
    ("by_type_name", "#rules", mark!("Sort rules")),
    ("connected", "#fields", mark!("Connected fields")),
    ("key_fields", "#matching", mark!("Matching")),
];

/// The finding that a layout has no field for the link: told once for all layouts, not at each of them.
const HALO_ID_MISSING: &str = "halo_id_missing";

/// What does not fit in one setting.
#[component]
pub fn Findings(
    /// What is known of both products.
    known: Known,
    /// Name of the setting ("sort_rules/2"); empty for none.
    #[prop(into)]
    setting: Signal<String>,
) -> impl IntoView {
    let found = Memo::new(move |_| {
        let mut found = setting.with(|setting| known.findings(|of| of == setting));
        found.retain(|finding| finding.point != HALO_ID_MISSING);
        found
    });
    let line =
        |finding: FindingView| view! { <p class="misfit" dir="auto"><Icon of=icons::WARN/>{finding.sentence}</p> };
    view! {
        <div class="misfits" aria-live="polite">
            {move || found.get().into_iter().map(line).collect_view()}
        </div>
    }
}

/// Why nothing is known of the two products, and what to do.
#[component]
pub fn Unknown(
    /// What is known of both products.
    known: Known,
) -> impl IntoView {
    let desk = Desk::of_page();
    move || {
        let trouble = known.trouble.get()?;
        Some(if desk.connected.get() == Some(false) {
            view! {
                <p class="aside">
                    <Icon of=icons::CONNECT/>
                    <span>
                        <Linked
                            text=t!("Layouts, fields and examples are shown once [both connections] are set up. Names can be typed before.")
                            href="options.html#connections"
                        />
                    </span>
                </p>
            }
            .into_any()
        } else {
            view! { <TroubleLine trouble again=move |()| known.ask_again()/> }.into_any()
        })
    }
}

/// All that does not fit, and the button that prepares layouts.
#[component]
pub fn AllFindings(
    /// What is known of both products.
    known: Known,
) -> impl IntoView {
    let draft = Draft::of_page();
    let found = Memo::new(move |_| {
        let (unlinked, mut rest): (Vec<FindingView>, Vec<FindingView>) =
            known.findings(|_| true).into_iter().partition(|finding| finding.point == HALO_ID_MISSING);
        if let [first, _, ..] = unlinked.as_slice() {
            let names = draft.sync(|sync| known.unlinked(&sync.kinds)).join(", ");
            let sentence = t!("{n} layouts have no field “Halo ID” for the link: {names}.", n = unlinked.len(), names);
            rest.insert(0, FindingView { sentence, ..first.clone() });
        } else {
            rest.splice(0..0, unlinked);
        }
        rest
    });
    let mendable = Memo::new(move |_| found.with(|found| found.iter().any(|finding| finding.mendable)));
    let line = |finding: FindingView| {
        let page = PAGES.iter().find(|(begin, ..)| finding.setting.starts_with(begin)).filter(|_| !finding.mendable);
        let link = page.map(|(_, place, name)| view! { " "<a href=*place>{say(name)}</a> });
        view! { <li dir="auto">{finding.sentence}{link}</li> }
    };
    move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            let title = many!(found.len(), "One thing needs a look", "{n} things need a look");
            view! {
                <section class="card attention" aria-label=title.clone()>
                    <h2><Icon of=icons::WARN/>{title.clone()}</h2>
                    <ul class="bullets">{found.into_iter().map(line).collect_view()}</ul>
                    {mendable.get().then(|| view! { <Prepare/> })}
                </section>
            }
        })
    }
}

/// Plans the layouts and shows that plan; what is unsaved is saved first, since plans are made from what
/// is saved.
#[component]
fn Prepare() -> impl IntoView {
    let (draft, desk) = (Draft::of_page(), Desk::of_page());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);
    let dirty = Memo::new(move |_| draft.differs());
    let prepare = move |_| {
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            if draft.is_dirty() && !draft.keep(desk).await {
                busy.set(false);
                return;
            }
            desk.say(t!("Planning the layouts."));
            let answer = bridge::ask(CentreAsk::PlanLayouts).await;
            // Gone where the user went to another page meanwhile.
            let here = busy.try_set(false).is_none();
            match answer {
                Ok(Reply::Summary { summary: Some(summary) }) => {
                    desk.say(t!("Planned."));
                    if here {
                        desk.show(*summary);
                    }
                }
                Ok(Reply::Summary { summary: None }) => desk.say(t!("There is nothing to prepare.")),
                Ok(_) => drop(trouble.try_set(Some(bridge::odd()))),
                Err(error) => drop(trouble.try_set(Some(error))),
            }
        });
    };
    let words = move || match (busy.get(), dirty.get()) {
        (true, _) => t!("Planning…"),
        (false, true) => t!("Save and prepare layouts"),
        (false, false) => t!("Prepare layouts"),
    };
    view! {
        <div class="prepare">
            <button type="button" class="btn" data-act="prepare-layouts" prop:disabled=busy on:click=prepare>{words}</button>
            <p class="hint">{t!("Makes missing layouts with typed fields and adds missing Halo ID fields. You see the plan before anything is written. Undoing leaves layouts and their fields in place.")}</p>
        </div>
        {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
    }
}
