//! The inputs of a form that was made from a schema.

use leptos::prelude::*;
use sidelight::{many, t};
use sidelight_ui::icons::{self, Icon};

use super::schema::{self, Field, Form, Kind, Typed, Wrong};

/// So many choices that need not be made are shown at once; more are folded away.
const FEW: usize = 6;

/// What a form's inputs share.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// What was typed.
    pub typed: RwSignal<Typed>,
    /// What of it does not fit.
    pub wrong: RwSignal<Option<Wrong>>,
}

impl Sheet {
    fn get(self, path: &str) -> String {
        self.typed.with(|typed| typed.get(path).cloned().unwrap_or_default())
    }

    fn set(self, path: &str, text: String) {
        self.wrong.set(None);
        self.typed.update(|typed| {
            typed.insert(path.to_owned(), text);
        });
    }
}

/// The id of a path's input.
pub fn id(path: &str) -> String {
    format!("arg-{}", path.replace(['.', '+'], "-"))
}

/// All inputs of a form; where few have to be filled in and many may be, the others are folded away.
pub fn fields(form: &Form, sheet: Sheet, foldable: bool) -> AnyView {
    let free = form.fields.iter().filter(|field| !field.required).count();
    if free <= FEW || !foldable {
        return view! { <div class="inputs">{drawn(form, sheet, |_| true)}{others(form, sheet)}</div> }.into_any();
    }
    let needed = (free < form.fields.len()).then(|| {
        view! { <div class="inputs">{drawn(form, sheet, |field| field.required)}</div> }
    });
    let open = RwSignal::new(false);
    let form = form.clone();
    let rest = move || {
        open.get().then(|| {
            view! { <div class="inputs">{drawn(&form, sheet, |field| !field.required)}{others(&form, sheet)}</div> }
        })
    };
    view! {
        {needed}
        <div>
            <button type="button" class="btn quiet" data-act="more" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                <Icon of=icons::CHEVRON/>
                {many!(free, "{n} more argument", "{n} more arguments")}
            </button>
        </div>
        {rest}
    }
    .into_any()
}

fn drawn(form: &Form, sheet: Sheet, which: fn(&Field) -> bool) -> Vec<AnyView> {
    form.fields.iter().filter(|field| which(field)).map(|field| one(field, sheet)).collect()
}

fn one(field: &Field, sheet: Sheet) -> AnyView {
    match &field.kind {
        Kind::Group(form, many) => view! { <Group field=field.clone() form=form.clone() many=*many sheet/> }.into_any(),
        _ => labelled(field, sheet),
    }
}

fn labelled(field: &Field, sheet: Sheet) -> AnyView {
    let path = field.path.clone();
    let id = id(&path);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = format!("{hint_id} {error_id}");
    let wrong = {
        let path = path.clone();
        Memo::new(move |_| sheet.wrong.with(|wrong| wrong.as_ref().filter(|(at, _)| *at == path).map(|w| w.1.clone())))
    };
    let invalid = move || wrong.with(Option::is_some).to_string();
    let value = {
        let path = path.clone();
        move || sheet.get(&path)
    };
    let typing = {
        let path = path.clone();
        move |event| sheet.set(&path, event_target_value(&event))
    };
    let required = field.required.then_some("true");
    let wide = field.kind == Kind::Json;
    let input = match &field.kind {
        Kind::Flag | Kind::Choice(_) => {
            let choices: Vec<(String, String)> = match &field.kind {
                Kind::Choice(choices) => choices.iter().map(|choice| (choice.clone(), choice.clone())).collect(),
                _ => vec![("true".to_owned(), t!("Yes")), ("false".to_owned(), t!("No"))],
            };
            let options = choices.into_iter().map(|(choice, words)| view! { <option value=choice>{words}</option> });
            view! {
                <select id=id.clone() aria-describedby=described aria-required=required aria-invalid=invalid prop:value=value on:change=typing>
                    <option value="">"–"</option>
                    {options.collect_view()}
                </select>
            }
            .into_any()
        }
        Kind::Json => view! {
            <textarea id=id.clone() rows="3" spellcheck="false" aria-describedby=described aria-required=required aria-invalid=invalid
                prop:value=value on:input=typing></textarea>
        }
        .into_any(),
        kind => {
            let (form, keys) = match kind {
                Kind::Moment => ("datetime-local", "text"),
                Kind::Number => ("text", "decimal"),
                _ => ("text", "text"),
            };
            view! {
                <input id=id.clone() type=form inputmode=keys autocomplete="off" spellcheck="false" autocapitalize="off"
                    aria-describedby=described aria-required=required aria-invalid=invalid prop:value=value on:input=typing/>
            }
            .into_any()
        }
    };
    let hint = match field.kind {
        Kind::Moment => field.meaning.replace("ISO 8601, UTC.", &t!("In your own time.")),
        Kind::Json if field.meaning.is_empty() => "JSON.".to_owned(),
        Kind::Json => format!("{} JSON.", field.meaning),
        _ => field.meaning.clone(),
    };
    view! {
        <div class="text-field" class:wide=wide>
            <label for=id>
                <span dir="auto">{field.name.clone()}</span>
                {field.required.then(|| view! { " "<span class="needed">{t!("required")}</span> })}
            </label>
            {input}
            <p class="hint" id=hint_id>{hint}</p>
            <p class="error" id=error_id aria-live="polite">{move || wrong.get()}</p>
        </div>
    }
    .into_any()
}

/// Members that have no input of their own, where the object takes any.
fn others(form: &Form, sheet: Sheet) -> Option<AnyView> {
    let field = Field {
        name: t!("Others"),
        path: form.others.clone()?,
        meaning: t!("Any other member, passed through as it is: {example}.", example = schema::EXAMPLE),
        required: false,
        kind: Kind::Json,
    };
    Some(labelled(&field, sheet))
}

/// An object within the arguments: as inputs, or as JSON where there are several.
#[component]
fn Group(field: Field, form: Form, many: bool, sheet: Sheet) -> impl IntoView {
    let as_json = RwSignal::new(false);
    let path = field.path.clone();
    let switch = {
        let (form, path) = (form.clone(), path.clone());
        move |_| {
            let on = !as_json.get_untracked();
            let inputs = sheet.typed.with_untracked(|typed| schema::arguments(&form, typed)).unwrap_or_default();
            let text = match (on, many) {
                (false, _) => String::new(),
                (true, true) => schema::text(&js_sys::Array::of1(&inputs), true),
                (true, false) => schema::text(&inputs, true),
            };
            sheet.set(&path, text);
            as_json.set(on);
        }
    };
    let whole = Field { name: field.name.clone(), kind: Kind::Json, ..field.clone() };
    let words = move || match (as_json.get(), many) {
        (true, _) => t!("Fill in a form"),
        (false, true) => t!("Several, as JSON"),
        (false, false) => t!("Write it as JSON"),
    };
    view! {
        <fieldset class="group">
            <legend>{field.name.clone()}{field.required.then(|| view! { " "<span class="needed">{t!("required")}</span> })}</legend>
            <div class="group-head">
                <p class="hint grow">{field.meaning.clone()}</p>
                <button type="button" class="btn quiet" data-act="as-json" on:click=switch>{words}</button>
            </div>
            {move || if as_json.get() { labelled(&whole, sheet) } else { fields(&form, sheet, false) }}
        </fieldset>
    }
}
