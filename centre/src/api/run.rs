//! The form of the chosen tool, and running it.

use js_sys::{JSON, Object, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Message, Reply};
use sidelight::t;
use sidelight::tools::ToolView;
use sidelight::trouble::Trouble;
use sidelight_ui::components::TroubleLine;
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::{bridge, browser, clipboard};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::answer::{Answer, Answered};
use super::ask::Question;
use super::form::{self, Sheet};
use super::schema::{self, Form, Typed, Wrong};
use super::shell;
use crate::desk::Desk;

/// Code of a trouble that is about an argument.
const ARGUMENTS: &str = "tools.arguments";

/// What the parts of a run share.
#[derive(Clone, Copy)]
struct Desktop {
    tool: StoredValue<ToolView>,
    form: StoredValue<Form>,
    sheet: Sheet,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
    answered: RwSignal<Option<Answered>>,
    question: RwSignal<Option<Question>>,
}

/// The form, the button that runs it, and the answer.
#[component]
pub fn Run(
    /// All tools.
    tools: RwSignal<Vec<ToolView>>,
    /// The chosen one.
    tool: ToolView,
) -> impl IntoView {
    let desk = Desk::of_page();
    let form = schema::form(&tool.arguments);
    let sheet = Sheet { typed: RwSignal::new(Typed::new()), wrong: RwSignal::new(None) };
    let top = Desktop {
        tool: StoredValue::new(tool.clone()),
        form: StoredValue::new(form.clone()),
        sheet,
        busy: RwSignal::new(false),
        trouble: RwSignal::new(None),
        answered: RwSignal::new(None),
        question: RwSignal::new(None),
    };
    let line = Memo::new(move |_| {
        let given = sheet.typed.with(|typed| top.form.with_value(|form| schema::arguments(form, typed)));
        top.tool.with_value(|tool| given.map(|given| shell::command(&tool.name, &schema::text(&given, false))))
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if event.is_trusted() && !top.busy.get_untracked() {
            top.wish(tools);
        }
    };
    let copy = move |_| {
        if let Ok(line) = line.get_untracked() {
            spawn_local(async move {
                let copied = clipboard::copy(&line).await;
                desk.say(if copied { t!("Copied the command line.") } else { t!("It could not be copied.") });
            });
        }
    };
    let agreed = Callback::new(move |arguments: String| top.call(arguments, true));
    let next = Callback::new(move |cursor: String| top.page(&cursor));
    view! {
        <form class="card arguments" aria-label=t!("Arguments") novalidate on:submit=submit>
            {form::fields(&form, sheet, true)}
            <div class="buttons">
                <button type="submit" class="btn primary" data-act="run" prop:disabled=top.busy>
                    <Icon of=icons::PLAY/>
                    {move || if top.busy.get() { t!("Running…") } else { t!("Run") }}
                </button>
                <button type="button" class="btn" data-act="copy-command" on:click=copy prop:disabled=move || line.with(Result::is_err)>
                    <Icon of=icons::COPY/>
                    {t!("Copy as a command line")}
                </button>
            </div>
            <pre class="command" tabindex="0" aria-label=t!("Command line")>{move || line.get().unwrap_or_default()}</pre>
        </form>
        {move || top.trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
        <super::ask::Ask tool=tool.clone() question=top.question agreed/>
        {move || top.answered.get().map(|answered| view! { <Answer columns=tool.columns.clone() answered busy=top.busy next/> })}
    }
}

impl Desktop {
    /// Runs what was typed; what writes asks first.
    fn wish(self, tools: RwSignal<Vec<ToolView>>) {
        self.trouble.set(None);
        let typed = self.sheet.typed.get_untracked();
        let given = match self.form.with_value(|form| schema::arguments(form, &typed)) {
            Ok(given) => given,
            Err(wrong) => return self.refuse(wrong),
        };
        let arguments = schema::text(&given, false);
        let tool = self.tool.get_value();
        if !tool.writes {
            return self.call(arguments, false);
        }
        let Some(before) = tool.before else { return self.question.set(Some(Question { arguments, of: None })) };
        // What will go is shown by name; without it there is nothing to ask.
        let known = tools.with_untracked(|all| all.iter().find(|tool| tool.name == before).cloned());
        let members = known.map(|known| schema::form(&known.arguments).fields).unwrap_or_default();
        let one = Object::new();
        for member in members {
            if let Some(value) = browser::member(&given, &member.name) {
                let _ = Reflect::set(&one, &member.name.into(), &value);
            }
        }
        let message = Message::CallTool { name: before, arguments: schema::text(&one, false), confirmed: false };
        self.busy.set(true);
        spawn_local(async move {
            let answer = bridge::ask(message).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Reply::Called { answer }) => self.question.set(Some(Question { arguments, of: Some(answer) })),
                answer => self.fail(answer),
            }
        });
    }

    /// The page behind this cursor, with the arguments of the page that is shown.
    fn page(self, cursor: &str) {
        let Some(shown) = self.answered.get_untracked() else { return };
        let Ok(Ok(given)) = JSON::parse(&shown.arguments).map(|given| given.dyn_into::<Object>()) else { return };
        let _ = Reflect::set(&given, &"cursor".into(), &cursor.into());
        self.call(schema::text(&given, false), false);
    }

    fn call(self, arguments: String, confirmed: bool) {
        let name = self.tool.with_value(|tool| tool.name.clone());
        self.busy.set(true);
        self.trouble.set(None);
        let message = Message::CallTool { name, arguments: arguments.clone(), confirmed };
        spawn_local(async move {
            let answer = bridge::ask(message).await;
            // Another tool was chosen meanwhile.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Reply::Called { answer }) => self.answered.set(Some(Answered { arguments, answer })),
                answer => self.fail(answer),
            }
        });
    }

    fn fail(self, answer: Result<Reply, Trouble>) {
        let trouble = answer.err().unwrap_or_else(bridge::odd);
        if trouble.code == ARGUMENTS
            && let Some(wrong) = self.form.with_value(|form| at_field(form, &trouble.sentence))
        {
            return self.refuse(wrong);
        }
        self.trouble.set(Some(trouble));
    }

    /// Marks the field that does not fit, and goes there.
    fn refuse(self, wrong: Wrong) {
        let input = document().get_element_by_id(&form::id(&wrong.0));
        self.sheet.wrong.set(Some(wrong));
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
            let _ = input.focus();
        }
    }
}

/// The field that a sentence ("records[0].name has to be text.") is about, and what is wrong there.
fn at_field(form: &Form, sentence: &str) -> Option<Wrong> {
    let (place, why) = sentence.split_once(' ')?;
    let place: String = place.split('[').enumerate().fold(String::new(), |path, (n, part)| match n {
        0 => part.to_owned(),
        _ => path + part.split_once(']').map_or("", |(_, rest)| rest),
    });
    shown(form, &place).then(|| (place, why.to_owned()))
}

/// Whether a path has an input.
fn shown(form: &Form, path: &str) -> bool {
    form.fields.iter().any(|field| match &field.kind {
        schema::Kind::Group(form, _) => shown(form, path),
        _ => field.path == path,
    })
}
