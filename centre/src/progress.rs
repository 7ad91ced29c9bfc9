//! How far the work is: planning with what is read, a run with what is done and left.

use leptos::prelude::*;
use sidelight::protocol::CentreAsk;
use sidelight::sync::table::{Progress, Work};
use sidelight::{many, t};
use sidelight_ui::components::TroubleLine;
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::{clock, words};

use crate::desk::Desk;
use crate::nav::{Here, Tab};

/// What kind of work it is; while that stays, the buttons stay.
#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Planning,
    Running { run: String, paused: bool },
}

/// The work that goes on; nothing while there is none.
#[component]
pub fn WorkBar(
    /// Where the user is.
    here: RwSignal<Here>,
) -> impl IntoView {
    let desk = Desk::of_page();
    let kind = Memo::new(move |_| {
        desk.work.with(|work| match work {
            Work::Planning(_) => Some(Kind::Planning),
            Work::Running(progress) => Some(Kind::Running { run: progress.run.clone(), paused: progress.paused }),
            Work::Idle | Work::Failed(_) => None,
        })
    });
    let progress = Memo::new(move |_| desk.work.with(progress_of));
    move || {
        kind.get().map(|kind| {
            let open = here.with(|here| if here.tab == Tab::History { here.rest.clone() } else { String::new() });
            let here = matches!(&kind, Kind::Running { run, .. } if *run == open);
            view! { <Bar kind progress here/> }
        })
    }
}

/// How far the work is, where there is some.
fn progress_of(work: &Work) -> Progress {
    match work {
        Work::Planning(progress) | Work::Running(progress) => progress.clone(),
        Work::Idle | Work::Failed(_) => Progress::default(),
    }
}

#[component]
fn Bar(kind: Kind, progress: Memo<Progress>, here: bool) -> impl IntoView {
    let planning = kind == Kind::Planning;
    let paused = matches!(kind, Kind::Running { paused: true, .. });
    let head = move || progress.with(|progress| headline(progress, planning, paused));
    let trouble = Memo::new(move |_| progress.with(|progress| progress.trouble.clone()));
    let until = Memo::new(move |_| progress.with(|progress| progress.until));
    let title = if planning { t!("Planning") } else { t!("Applying") };
    let label = title.clone();
    view! {
        <section class="work card" class:paused=paused aria-label=title>
            <div class="work-line">
                <b class="grow">{head}</b>
                <span class="muted facts-line">{move || progress.with(facts)}</span>
                <Buttons kind=kind here/>
            </div>
            <progress
                aria-label=label
                max=move || progress.with(|progress| progress.total.map(|total| total.max(1).to_string()))
                value=move || progress.with(|progress| progress.total.map(|_| progress.done.to_string()))
            ></progress>
            <p class="doing muted clip" dir="auto">{move || progress.with(|progress| progress.doing.clone())}</p>
            {move || until.get().filter(|_| trouble.with(Option::is_none)).map(|until| view! {
                <p class="waits">{t!("Waits for its turn. Goes on at {time}.", time = clock::time_of_day(until))}</p>
            })}
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
        </section>
    }
}

#[component]
fn Buttons(kind: Kind, here: bool) -> impl IntoView {
    let desk = Desk::of_page();
    match kind {
        Kind::Planning => view! {
            <button type="button" class="btn" data-act="stop-planning" on:click=move |_| desk.work(CentreAsk::StopPlanning)>{t!("Stop")}</button>
        }
        .into_any(),
        Kind::Running { run, paused } => {
            let place = format!("#history/{run}");
            let (icon, name, message) = if paused {
                (icons::PLAY, t!("Go on"), CentreAsk::GoOn { run })
            } else {
                (icons::PAUSE, t!("Pause"), CentreAsk::Pause { run })
            };
            view! {
                {(!here).then(|| view! { <a class="btn quiet" href=place>{t!("Show")}</a> })}
                <button
                    type="button"
                    class="btn"
                    data-act="pause"
                    on:click=move |click| if click.is_trusted() { desk.work(message.clone()) }
                >
                    <Icon of=icon/>
                    {name}
                </button>
            }
            .into_any()
        }
    }
}

fn headline(progress: &Progress, planning: bool, paused: bool) -> String {
    let word = match (planning, paused) {
        (true, _) => t!("Reading both sides"),
        (false, true) => t!("Paused"),
        (false, false) => t!("Applying"),
    };
    let done = words::number(progress.done);
    match progress.total {
        Some(total) => t!("{word}: {done} of {all}", word, done, all = words::number(total)),
        None if planning => word,
        None => t!("{word}: {done} done", word, done),
    }
}

/// "3 failed · 12 requests to HaloITSM, 81 to Hudu · about 27 s left".
fn facts(progress: &Progress) -> String {
    let mut facts = Vec::new();
    if progress.failed > 0 {
        facts.push(t!("{n} failed", n = words::number(progress.failed)));
    }
    if progress.skipped > 0 {
        facts.push(t!("{n} passed over", n = words::number(progress.skipped)));
    }
    facts.extend(requests(progress.requests));
    facts.extend(
        progress.left_ms.filter(|_| !progress.paused).map(|left| t!("about {time} left", time = clock::stretch(left))),
    );
    facts.join(" · ")
}

/// "12 requests to HaloITSM, 81 to Hudu"; nothing where none was sent.
pub fn requests((halo, hudu): (u32, u32)) -> Option<String> {
    match (halo as usize, hudu as usize) {
        (0, 0) => None,
        (n, 0) => Some(many!(n, "{n} request to HaloITSM", "{n} requests to HaloITSM")),
        (0, n) => Some(many!(n, "{n} request to Hudu", "{n} requests to Hudu")),
        (n, hudu) => {
            let halo = many!(n, "{n} request to HaloITSM", "{n} requests to HaloITSM");
            Some(t!("{halo}, {n} to Hudu", halo, n = words::number(hudu)))
        }
    }
}

/// Tells how far the work is in the status line, at each quarter only.
pub fn announce(desk: Desk) {
    Effect::new(move |before: Option<Option<(bool, usize)>>| {
        let now = desk.work.with(|work| match work {
            Work::Planning(progress) => Some((true, quarter(progress))),
            Work::Running(progress) => Some((false, quarter(progress))),
            Work::Idle | Work::Failed(_) => None,
        });
        let before = before.flatten();
        if now != before {
            match (before, now) {
                (_, Some((true, 0))) => desk.say(t!("Reading both sides.")),
                (_, Some((planning, quarter))) => {
                    let percent = quarter * 25;
                    desk.say(if planning {
                        t!("Read {percent} %.", percent)
                    } else {
                        t!("Applied {percent} %.", percent)
                    });
                }
                // What failed has a sentence of its own.
                (Some((false, _)), None) if !desk.failed() => desk.say(t!("The run is at its end.")),
                _ => desk.say(""),
            }
        }
        now
    });
}

fn quarter(progress: &Progress) -> usize {
    progress.total.filter(|total| *total > 0).map_or(0, |total| progress.done * 4 / total)
}
