//! Every operation by name, as scripts and agents call it: choose one, fill in its form, run it.

mod answer;
mod ask;
pub mod form;
mod pick;
mod run;
pub mod schema;
mod shell;
mod table;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Message, Reply};
use sidelight::t;
use sidelight::tools::ToolView;
use sidelight::trouble::Trouble;
use sidelight_ui::bridge;
use sidelight_ui::components::TroubleLine;

use crate::nav::Here;

/// The page.
#[component]
pub fn ApiPage(
    /// Where the user is: the name of the tool follows the page's.
    here: RwSignal<Here>,
) -> impl IntoView {
    let tools = RwSignal::new(Vec::<ToolView>::new());
    let trouble = RwSignal::new(None::<Trouble>);
    let load = move || {
        trouble.set(None);
        spawn_local(async move {
            match bridge::ask(Message::Tools).await {
                Ok(Reply::Tools { tools: all }) => tools.set(all),
                answer => trouble.set(Some(answer.err().unwrap_or_else(bridge::odd))),
            }
        });
    };
    load();
    let chosen = Memo::new(move |_| {
        here.with(|here| tools.with(|all| all.iter().find(|tool| tool.name == here.rest).or(all.first()).cloned()))
    });
    view! {
        <div class="page api">
            <div class="page-head">
                <div class="grow">
                    <h1>"API"</h1>
                    <p class="lead">{t!("Every operation by name, as scripts and agents call it. What you run here is done in HaloITSM and Hudu, over your connections.")}</p>
                </div>
            </div>
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| load()/> })}
            {move || chosen.get().map(|tool| view! {
                <pick::Pick tools tool=tool.clone()/>
                <run::Run tools tool/>
            })}
        </div>
    }
}
