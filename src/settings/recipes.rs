//! What recipes are cooked with.

use crate::json::Json;

/// What recipes are cooked with.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct RecipeSettings {
    /// Tickets that a new person gets.
    pub onboarding: Vec<TicketTemplate>,
    /// A part of the name of Hudu's process for new people; empty starts none.
    pub process: String,
    /// Words in the status of a quotation that mean that the client accepted it.
    pub accepted: Vec<String>,
}

impl Default for RecipeSettings {
    fn default() -> Self {
        let words = ["accepted", "approved", "won", "ordered"];
        Self {
            onboarding: vec![TicketTemplate::default()],
            process: "onboard".to_owned(),
            accepted: words.map(str::to_owned).to_vec(),
        }
    }
}

/// A ticket with places for facts in braces: `{name}`, `{email}`, `{title}`, `{client}`, `{site}`, and any
/// other field or column of the person.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct TicketTemplate {
    /// Tells the tickets of one person apart: the same name is the same ticket.
    pub name: String,
    /// Subject line.
    pub summary: String,
    /// Description.
    pub details: String,
    /// Name or id of the ticket type; empty is HaloITSM's default.
    pub tickettype: String,
    /// Team that it goes to; empty is HaloITSM's default.
    pub team: String,
    /// Name or id of the client; empty is the person's.
    pub client: String,
    /// Name or id of the site; empty is the person's.
    pub site: String,
}

impl Default for TicketTemplate {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            name: text("new starter"),
            summary: text("New starter: {name}"),
            details: text("{name} starts at {client}.\nE-mail: {email}\nTitle: {title}\nDepartment: {department}"),
            tickettype: String::new(),
            team: String::new(),
            client: String::new(),
            site: String::new(),
        }
    }
}
