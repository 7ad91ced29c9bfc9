//! Sentences with a link in the middle.

use leptos::prelude::*;

/// A sentence of which a part is a link; that part stands in brackets: "The [mapping] shows what goes where."
/// So a translation has the whole sentence, and puts the link where its words want it.
#[component]
pub fn Linked(
    /// The sentence, translated.
    text: String,
    /// Where the link leads.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let parts =
        text.split_once('[').and_then(|(before, rest)| rest.split_once(']').map(|(link, after)| (before, link, after)));
    match parts {
        Some((before, link, after)) => {
            view! { {before.to_owned()}<a href=href>{link.to_owned()}</a>{after.to_owned()} }.into_any()
        }
        None => text.into_any(),
    }
}
