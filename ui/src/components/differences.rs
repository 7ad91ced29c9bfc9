//! Differences between the two sides.

use leptos::prelude::*;
use sidelight::sync::view::FieldDiffView;
use sidelight::t;

/// Fields as a person says it: the old value struck through, then the new one.
#[component]
pub fn Differences(
    /// The fields that change.
    fields: Vec<FieldDiffView>,
) -> impl IntoView {
    let rows = fields.into_iter().map(|field| {
        let FieldDiffView { label, before, after, note } = field;
        let value = |value: Option<String>| value.filter(|v| !v.is_empty()).unwrap_or_else(|| t!("empty"));
        let fresh = before.as_ref().is_none_or(String::is_empty);
        view! {
            <div class="difference">
                <dt dir="auto">{label}</dt>
                <dd>
                    {if fresh {
                        view! { <span class="offscreen">{t!("empty, becomes")}" "</span> }.into_any()
                    } else {
                        view! { <del dir="auto"><span class="offscreen">{t!("was")}" "</span>{value(before)}</del>" → " }.into_any()
                    }}
                    <ins dir="auto">{value(after)}</ins>
                    {note.map(|note| view! { <span class="note" dir="auto">{note}</span> })}
                </dd>
            </div>
        }
    });
    view! { <dl class="differences">{rows.collect_view()}</dl> }
}
