//! The page for what was written: the runs, and one of them opened.

mod list;
mod run;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::sync::table::RunHead;
use sidelight::trouble::Trouble;
use sidelight_ui::bridge;

use crate::nav::Here;

/// Runs asked for at once.
const AT_ONCE: usize = 50;

/// The page.
#[component]
pub fn HistoryPage(
    /// Where the user is.
    here: RwSignal<Here>,
) -> impl IntoView {
    let open = Memo::new(move |_| here.with(|here| here.rest.clone()));
    move || match open.get() {
        run if run.is_empty() => view! { <list::List/> }.into_any(),
        run => view! { <run::RunPage run/> }.into_any(),
    }
}

/// Some of the history, newest first, and how many runs there are.
async fn runs(offset: usize) -> Result<(Vec<RunHead>, usize), Trouble> {
    match bridge::ask(CentreAsk::Runs { offset, count: AT_ONCE }).await? {
        Reply::Runs { runs, total } => Ok((runs, total)),
        _ => Err(bridge::odd()),
    }
}

/// One run, wherever it stands in the history.
async fn run(id: &str) -> Result<Option<RunHead>, Trouble> {
    let mut offset = 0;
    loop {
        let (page, total) = runs(offset).await?;
        offset += page.len();
        let last = page.is_empty() || offset >= total;
        match page.into_iter().find(|run| run.id == id) {
            None if !last => {}
            found => return Ok(found),
        }
    }
}

/// Loads something now and again whenever the work ends.
fn load_with(news: Trigger, load: impl Fn() + 'static) {
    Effect::new(move || {
        news.track();
        load();
    });
}

/// Runs a future whose answer goes into two signals, as long as they live.
fn into_signals<T: Send + Sync + 'static>(
    answer: impl Future<Output = Result<T, Trouble>> + 'static,
    value: RwSignal<Option<T>>,
    trouble: RwSignal<Option<Trouble>>,
) {
    spawn_local(async move {
        match answer.await {
            Ok(got) => {
                let _ = trouble.try_set(None);
                let _ = value.try_set(Some(got));
            }
            Err(error) => drop(trouble.try_set(Some(error))),
        }
    });
}
