//! Prompts: work that people ask agents for again and again.

use rmcp::model::{GetPromptResult, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::{Map, Value};

/// One prompt: name, what it is for, its arguments (name, meaning, needed), its text.
struct Sheet {
    name: &'static str,
    about: &'static str,
    arguments: &'static [(&'static str, &'static str, bool)],
    text: &'static str,
}

const SHEETS: &[Sheet] = &[
    Sheet {
        name: "triage_ticket",
        about: "Look at a ticket with the client's documentation beside it, and say what to do first.",
        arguments: &[("ticket_id", "HaloITSM's id of the ticket.", true)],
        text: "Triage HaloITSM ticket {ticket_id}.\n\
            1. Read it with get_single_haloitsm_ticket_by_id and its actions with list_all_haloitsm_actions.\n\
            2. Read what belongs to it with get_documentation_for_haloitsm_record (kind ticket).\n\
            3. Read the articles and assets that bear on it, not more.\n\
            Then answer: what is wrong, in one sentence; who and what is affected; what the documentation says, with the \
            names of the articles and assets; the first three steps; what is missing in ticket or documentation. Say plainly \
            where you guess. Change nothing, and do not ask for passwords.",
    },
    Sheet {
        name: "onboard_user",
        about: "Prepare a new person: the user in HaloITSM, and what the client's documentation asks for.",
        arguments: &[
            ("name", "Name of the person.", true),
            ("client_id", "HaloITSM's id of the client.", true),
            ("email", "E-mail address of the person.", false),
        ],
        text: "Prepare the onboarding of {name} ({email}) at HaloITSM client {client_id}.\n\
            1. Look with list_all_haloitsm_users (client_id, search) whether the person is there already; never make a second one.\n\
            2. Read the client's sites, and with get_documentation_for_haloitsm_record (kind client) its documentation; look for a \
            process or article about new people.\n\
            3. Propose: the user record with its site, the ticket that should be opened, and the steps of the client's own process.\n\
            Show the proposal and wait for a yes before create_a_haloitsm_user or create_a_haloitsm_ticket is called.",
    },
];

/// All of them.
pub fn all() -> Vec<Prompt> {
    let argument = |(name, about, needed): &(&str, &str, bool)| {
        PromptArgument::new(*name).with_description(*about).with_required(*needed)
    };
    SHEETS
        .iter()
        .map(|sheet| Prompt::new(sheet.name, Some(sheet.about), Some(sheet.arguments.iter().map(argument).collect())))
        .collect()
}

/// A prompt with its arguments filled in.
pub fn written(name: &str, given: &Map<String, Value>) -> Result<GetPromptResult, String> {
    let sheet = SHEETS.iter().find(|sheet| sheet.name == name).ok_or_else(|| format!("No prompt is called {name}."))?;
    let mut text = sheet.text.to_owned();
    for (name, _, needed) in sheet.arguments {
        let value = match given.get(*name) {
            Some(Value::String(text)) if !text.trim().is_empty() => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            _ if *needed => return Err(format!("{name} is missing.")),
            _ => "not known".to_owned(),
        };
        text = text.replace(&format!("{{{name}}}"), &value);
    }
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]).with_description(sheet.about))
}
