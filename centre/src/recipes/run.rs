//! One recipe: its form, its plan, carrying it out.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Message, RecipeAsk, Reply};
use sidelight::recipes::view::{PlanView, RecipeView, RunView};
use sidelight::trouble::Trouble;
use sidelight::{many, t};
use sidelight_ui::components::{ChipView, Tick, TroubleLine};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::{bridge, words};

use super::Kitchen;
use super::rows::Rows;
use crate::api::form::{self, Sheet};
use crate::api::schema::{self, Form, Typed};
use crate::desk::Desk;

/// What is shown below the form.
#[derive(Clone)]
enum Shown {
    Plan(Box<PlanView>, String),
    Done(Box<RunView>),
}

#[derive(Clone, Copy)]
struct Stove {
    desk: Desk,
    kitchen: Kitchen,
    recipe: StoredValue<String>,
    form: StoredValue<Form>,
    sheet: Sheet,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
    shown: RwSignal<Option<Shown>>,
}

/// The form of a recipe and what came of it.
#[component]
pub fn Run(
    /// What the page shares.
    kitchen: Kitchen,
    /// The recipe.
    recipe: RecipeView,
) -> impl IntoView {
    let form = schema::form(&recipe.arguments);
    let sheet = Sheet { typed: RwSignal::new(Typed::new()), wrong: RwSignal::new(None) };
    let stove = Stove {
        desk: Desk::of_page(),
        kitchen,
        recipe: StoredValue::new(recipe.name.clone()),
        form: StoredValue::new(form.clone()),
        sheet,
        busy: RwSignal::new(false),
        trouble: RwSignal::new(None),
        shown: RwSignal::new(None),
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !stove.busy.get_untracked() {
            stove.plan();
        }
    };
    view! {
        <form class="card arguments" aria-label=recipe.title.clone() novalidate on:submit=submit>
            <p>{recipe.about.clone()}</p>
            {form::fields(&form, sheet, false)}
            <div class="buttons">
                <button type="submit" class="btn primary" data-act="plan-recipe" prop:disabled=stove.busy>
                    <Icon of=icons::SYNC/>
                    {move || if stove.busy.get() { t!("Working…") } else { t!("Plan") }}
                </button>
                <span class="hint">{t!("A plan writes nothing.")}</span>
            </div>
        </form>
        {move || stove.trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
        {move || stove.shown.get().map(|shown| match shown {
            Shown::Plan(plan, arguments) => view! { <Planned stove plan=*plan arguments/> }.into_any(),
            Shown::Done(run) => view! { <Done run=*run/> }.into_any(),
        })}
    }
}

/// The plan with the button that carries it out.
#[component]
fn Planned(stove: Stove, plan: PlanView, arguments: String) -> impl IntoView {
    let confirmed = RwSignal::new(false);
    let PlanView { id, due, guard, notes, rows, .. } = plan;
    let guarded = guard.is_some();
    let go = move |click: web_sys::MouseEvent| {
        if click.is_trusted() {
            stove.run(arguments.clone(), id.clone(), confirmed.get_untracked());
        }
    };
    view! {
        <section class="card" aria-label=t!("Plan")>
            <h2>{t!("Plan")}</h2>
            {notes.into_iter().map(|note| view! { <p class="hint" dir="auto">{note}</p> }).collect_view()}
            <Rows rows label=t!("Items of the plan")/>
            {guard.map(|guard| view! {
                <p class="warn-text" role="alert">{guard}</p>
                <Tick label=t!("I looked through it, and it is meant") value=confirmed on_change=move |on| confirmed.set(on)/>
            })}
            <div class="buttons">
                {(due > 0).then(|| view! {
                    <button type="button" class="btn primary" data-act="run-recipe" on:click=go
                        prop:disabled=move || stove.busy.get() || (guarded && !confirmed.get())>
                        <Icon of=icons::PLAY/>
                        {many!(due, "Carry out {n} item", "Carry out {n} items")}
                    </button>
                })}
                {(due == 0).then(|| t!("Nothing is left to write."))}
            </div>
        </section>
    }
}

/// What a run came to.
#[component]
fn Done(run: RunView) -> impl IntoView {
    let (chip, tone) = words::run(run.head.state);
    let counts = t!("{done} of {all} done", done = run.head.done, all = run.head.items);
    view! {
        <section class="card" aria-label=t!("Result")>
            <h2>{t!("Result")}</h2>
            <p class="sub"><ChipView text=chip tone/>" "{counts}</p>
            {run.head.trouble.map(|trouble| view! { <TroubleLine trouble/> })}
            <Rows rows=run.rows label=t!("Items of the run")/>
        </section>
    }
}

impl Stove {
    fn plan(self) {
        let given =
            self.sheet.typed.with_untracked(|typed| self.form.with_value(|form| schema::arguments(form, typed)));
        let arguments = match given {
            Ok(given) => schema::text(&given, false),
            Err(wrong) => return self.sheet.wrong.set(Some(wrong)),
        };
        self.shown.set(None);
        let ask = RecipeAsk::Plan { recipe: self.recipe.get_value(), arguments: arguments.clone() };
        self.ask(ask, move |reply| match reply {
            Reply::RecipePlan { plan } => Some(Shown::Plan(plan, arguments)),
            _ => None,
        });
    }

    fn run(self, arguments: String, plan: String, confirmed: bool) {
        let ask = RecipeAsk::Run { recipe: self.recipe.get_value(), arguments, plan, confirmed };
        self.ask(ask, move |reply| match reply {
            Reply::RecipeRun { run } => {
                self.kitchen.look();
                self.desk.say(t!("The recipe was carried out."));
                Some(Shown::Done(run))
            }
            _ => None,
        });
    }

    /// Asks the background; what comes of it is shown below the form.
    fn ask(self, ask: RecipeAsk, take: impl FnOnce(Reply) -> Option<Shown> + 'static) {
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let answer = bridge::ask(Message::Recipe { ask }).await;
            // Another recipe was chosen meanwhile.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(reply) => match take(reply) {
                    Some(shown) => self.shown.set(Some(shown)),
                    None => self.trouble.set(Some(bridge::odd())),
                },
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }
}
