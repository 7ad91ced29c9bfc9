//! Items of a plan or a run.

use leptos::prelude::*;
use sidelight::assist::view::Tone;
use sidelight::recipes::item::State;
use sidelight::recipes::view::{FieldView, RowView};
use sidelight::sync::view::FieldDiffView;
use sidelight::t;
use sidelight_ui::components::{ChipView, Differences};

/// So many items are shown at once.
const SHOWN: usize = 200;

fn word(state: State) -> (String, Tone) {
    match state {
        State::New => (t!("New"), Tone::Accent),
        State::Change => (t!("Change"), Tone::Accent),
        State::Known => (t!("There already"), Tone::Plain),
        State::Cleared => (t!("Over"), Tone::Plain),
        State::Skipped => (t!("Passed over"), Tone::Warn),
        State::Created => (t!("Made"), Tone::Good),
        State::Changed => (t!("Changed"), Tone::Good),
        State::Failed => (t!("Failed"), Tone::Bad),
        State::Left => (t!("Left"), Tone::Warn),
        State::Undone => (t!("Taken back"), Tone::Good),
        State::Kept => (t!("Stays"), Tone::Warn),
    }
}

/// The items, one below the other.
#[component]
pub fn Rows(
    /// The items.
    rows: Vec<RowView>,
    /// What they are.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="muted">{t!("There is nothing to do.")}</p> }.into_any();
    }
    let more = rows.len().saturating_sub(SHOWN);
    view! {
        <ul class="recipe-rows" aria-label=label>{rows.into_iter().take(SHOWN).map(row).collect_view()}</ul>
        {(more > 0).then(|| view! { <p class="muted">{t!("And {n} more.", n = more)}</p> })}
    }
    .into_any()
}

fn row(row: RowView) -> AnyView {
    let (chip, tone) = word(row.state);
    let subject = row.subject.clone();
    let name = match row.url {
        Some(url) => {
            view! { <a href=url target="_blank" rel="noopener noreferrer" dir="auto">{subject}</a> }.into_any()
        }
        None => view! { <span dir="auto">{subject}</span> }.into_any(),
    };
    let shown = matches!(row.state, State::New | State::Change | State::Created | State::Changed);
    let fields: Vec<FieldDiffView> = row.fields.into_iter().filter(|_| shown).map(diff).collect();
    view! {
        <li>
            <ChipView text=chip tone/>
            <div class="grow">
                <p class="name">{name}</p>
                {row.why.map(|why| view! { <p class="muted" dir="auto">{why}</p> })}
                {(!fields.is_empty()).then(|| view! {
                    <details>
                        <summary>{t!("What is written")}</summary>
                        <Differences fields/>
                    </details>
                })}
            </div>
        </li>
    }
    .into_any()
}

fn diff(field: FieldView) -> FieldDiffView {
    let FieldView { write, member, before, after } = field;
    FieldDiffView { label: format!("{write}: {member}"), before, after, note: None }
}
