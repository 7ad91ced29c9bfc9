//! Help: keys, where things are, the version.

use leptos::prelude::*;

use crate::browser;

/// Keys inside the sidebar and what they do.
const KEYS: [(&str, &str); 4] = [
    ("/", "Filter the client’s documentation"),
    ("↑ ↓", "Walk through the rows"),
    ("Enter", "Open the row"),
    ("Esc", "Close the plan, the document, the filter, then the sidebar"),
];

/// Questions and where to look.
const ANSWERS: [(&str, &str); 5] = [
    (
        "The sidebar does not appear in HaloITSM",
        "Open a ticket, client, site, user, asset, contract or article. If it stays away, run “Check connection” above: the browser’s permission for the address may be missing.",
    ),
    (
        "Assets are missing",
        "In HaloITSM the agent of the API application needs access to the asset groups. “Check connection” names the groups it cannot see.",
    ),
    (
        "Passwords are missing",
        "The API key in Hudu needs password access. Make a key with it and replace the stored one.",
    ),
    (
        "“Choose a match” is shown",
        "Several records in Hudu could be the one in view. Sidelight never guesses: choose one, and it is remembered in Hudu.",
    ),
    (
        "A sync wrote something you did not want",
        "Press “Undo” after the run, or “Undo” at the foot of the record’s sidebar. It puts back what stood there before.",
    ),
];

/// The section.
#[component]
pub fn Help() -> impl IntoView {
    view! {
        <section id="help" aria-labelledby="help-title">
            <h2 id="help-title">"Help"</h2>
            <div class="card">
                <h3>"Keys in the sidebar"</h3>
                <dl class="keys">
                    {KEYS.map(|(key, words)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{words}</dd></div> }).collect_view()}
                </dl>
                <p class="hint">"Keys that open the sidebar and sync the record are set among the browser’s extension shortcuts."</p>
            </div>
            <div class="card">
                <h3>"When something is not as expected"</h3>
                {ANSWERS.map(|(question, answer)| view! {
                    <details><summary>{question}</summary><p>{answer}</p></details>
                }).collect_view()}
            </div>
            <p class="hint">{format!("Sidelight {}", browser::version())}</p>
        </section>
    }
}
