//! "Check connection": each point with how it went and what to do.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::view::Tone;
use sidelight::http::Product;
use sidelight::protocol::{Message, Reply};
use sidelight::settings::check::{CheckLine, Grade};
use sidelight::trouble::Trouble;
use sidelight::{many, t};

use super::Desk;
use super::access::Grant;
use crate::components::{ChipView, TroubleLine};
use crate::icons::{self, Icon};
use crate::{bridge, words};

/// Code of a line that only the browser's permission is missing for.
const NOT_PERMITTED: &str = "http.not_permitted";

#[derive(Clone, Copy)]
struct State {
    lines: RwSignal<Option<Vec<CheckLine>>>,
    trouble: RwSignal<Option<Trouble>>,
    busy: RwSignal<bool>,
}

impl State {
    fn run(self, desk: Desk) {
        self.busy.set(true);
        self.trouble.set(None);
        desk.say(t!("Checking both connections."));
        spawn_local(async move {
            let answer = bridge::ask(Message::Check).await;
            self.busy.set(false);
            match answer {
                Ok(Reply::Check { lines }) => {
                    desk.wrong.set(Some(lines.iter().filter(|line| line.grade == Grade::Bad).count()));
                    let wrong = lines.iter().filter(|line| matches!(line.grade, Grade::Bad | Grade::Warn)).count();
                    desk.say(match wrong {
                        0 => t!("Both connections work."),
                        wrong => many!(wrong, "{n} point needs a look.", "{n} points need a look."),
                    });
                    self.lines.set(Some(lines));
                }
                Ok(_) => self.trouble.set(Some(bridge::odd())),
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }
}

/// The button and its result.
#[component]
pub fn Check(
    /// Begins without a click.
    #[prop(optional)]
    at_once: bool,
) -> impl IntoView {
    let desk = Desk::of_page();
    let state = State { lines: RwSignal::new(None), trouble: RwSignal::new(None), busy: RwSignal::new(false) };
    if at_once {
        state.run(desk);
    }
    view! {
        <div class="check">
            <button type="button" class="btn" data-act="check" prop:disabled=state.busy on:click=move |_| state.run(desk)>
                {move || if state.busy.get() { t!("Checking…") } else { t!("Check connection") }}
            </button>
            {move || state.trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| state.run(desk)/> })}
            <div class="check-lists" aria-live="polite">
                {move || state.lines.get().map(|lines| {
                    [Product::Halo, Product::Hudu].map(|product| {
                        let own: Vec<CheckLine> = lines.iter().filter(|line| line.product == product).cloned().collect();
                        view! { <Lines product lines=own state/> }
                    }).collect_view()
                })}
            </div>
        </div>
    }
}

#[component]
fn Lines(product: Product, lines: Vec<CheckLine>, state: State) -> impl IntoView {
    let desk = Desk::of_page();
    let barred = lines.iter().any(|line| line.code.as_deref() == Some(NOT_PERMITTED));
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card" aria-label=t!("Check of {product}", product = product.name())>
                <h3>{product.name()}</h3>
                <ul class="checks">
                    {lines.into_iter().map(|line| view! { <Point line/> }).collect_view()}
                </ul>
                {barred.then(|| view! { <Grant product after=move |()| state.run(desk)/> })}
            </section>
        }
    })
}

#[component]
fn Point(line: CheckLine) -> impl IntoView {
    let (grade, tone) = words::grade(line.grade);
    let icon = match line.grade {
        Grade::Good => icons::GOOD,
        Grade::Warn => icons::WARN,
        Grade::Bad => icons::BAD,
        Grade::Skipped => icons::SKIPPED,
    };
    view! {
        <li class=format!("check-line {}", words::tone(tone)) data-point=line.point data-grade=words::tone(tone)>
            <span class="grade"><Icon of=icon/></span>
            <div class="grow">
                <p dir="auto">{line.sentence}</p>
                {line.remedy.map(|remedy| view! { <p class="remedy" dir="auto">{remedy}</p> })}
                {line.code.map(|code| view! { <p class="code">{t!("Code")}" "<code>{code}</code></p> })}
            </div>
            {(tone != Tone::Good).then(|| view! { <ChipView text=grade tone/> })}
        </li>
    }
}
