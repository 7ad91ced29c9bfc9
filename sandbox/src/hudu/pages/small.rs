//! Passwords (without the secret), processes, websites, API keys, and the door.

use super::company::back;
use super::view::{View, escape, when};
use crate::hudu::answer::{Answer, Reply};
use crate::hudu::state::State;
use crate::hudu::store::{Record, flag_of, int_of, text_of};

/// A password: name and account only.
pub(super) fn password(state: &State, password: Option<&Record>) -> Reply {
    let password = password.ok_or_else(Answer::lost_page)?;
    let mut view = View::new("Password", text_of(password, "name"));
    let second = if text_of(password, "otp_secret").is_empty() { "no" } else { "yes" };
    view.raw(&format!("<p>{}</p>", back(state, password)));
    view.facts(&[
        ("User", text_of(password, "username")),
        ("Password", "••••••••"),
        ("One-time code", second),
        ("Updated", &when(password, "updated_at")),
    ]);
    Ok(view.finish())
}

/// A process or a run with its tasks.
pub(super) fn process(state: &State, process: Option<&Record>) -> Reply {
    let process = process.ok_or_else(Answer::lost_page)?;
    let kind = if flag_of(process, "run") { "Run" } else { "Process" };
    let mut view = View::new(kind, text_of(process, "name"));
    view.raw(&format!("<p>{}</p>", back(state, process)));
    view.note(text_of(process, "description"));
    let id = int_of(process, "id");
    let tasks = state.store.table("procedure_tasks").values().filter(|task| int_of(task, "procedure_id") == id);
    let tasks: String = tasks.map(|task| format!("<li>{}</li>", escape(text_of(task, "name")))).collect();
    view.raw(&format!("<ol>{tasks}</ol>"));
    Ok(view.finish())
}

/// A watched website.
pub(super) fn website(state: &State, website: Option<&Record>) -> Reply {
    let website = website.ok_or_else(Answer::lost_page)?;
    let mut view = View::new("Website", text_of(website, "name"));
    view.raw(&format!("<p>{}</p>", back(state, website)));
    view.facts(&[
        ("Monitoring", text_of(website, "monitoring_status")),
        ("Notes", text_of(website, "notes")),
        ("Updated", &when(website, "updated_at")),
    ]);
    Ok(view.finish())
}

/// The keys, with their texts: this instance holds nothing worth stealing.
pub(super) fn keys(state: &State) -> Reply {
    let mut view = View::new("Admin", "API keys");
    view.note("Send a key in the header x-api-key.");
    let yes = |on: bool| if on { "yes" } else { "no" }.to_owned();
    let rows: Vec<Vec<String>> = state
        .keys
        .all()
        .iter()
        .map(|(text, options)| {
            let scope = options.companies.as_ref().map_or_else(|| "all".to_owned(), |ids| format!("{ids:?}"));
            vec![
                escape(&options.name),
                format!("<code>{}</code>", escape(text)),
                yes(options.passwords),
                yes(options.destructive),
                yes(options.exports),
                escape(&scope),
            ]
        })
        .collect();
    view.table("Keys", &["Name", "Key", "Passwords", "Delete", "Export", "Companies"], &rows);
    Ok(view.finish())
}

/// Where a browser without a session is sent.
pub(super) fn sign_in(_: &State) -> Reply {
    let mut view = View::new("Hudu", "Sign in");
    view.note("You are signed in now: the sandbox has one user and asks for no password.");
    view.raw("<p><a class=button href=/>Open the companies</a></p>");
    Ok(view.finish())
}
