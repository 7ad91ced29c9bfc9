//! A private note on a ticket: which documents belong to it, or which were used for it.

use serde_json::json;

use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::{page, resource};
use crate::http::raw::record;
use crate::hudu::field::FieldValue;
use crate::json::Json;
use crate::mapping::compare::plain;
use crate::mapping::record::Slot;
use crate::sync::back::{item, plan_of};
use crate::sync::error::SyncError;
use crate::sync::plan::{Change, Item, Plan, Target};
use crate::sync::sides::Sides;
use crate::sync::verify::id_of;
use crate::sync::view::{Action, Direction};
use crate::sync::write::{Look, Written};
use crate::words::keeping;
use crate::{mark, t};

/// The member of an action that holds its text.
const NOTE: &str = "note_html";

record! {
    /// An action of a ticket, as far as a note is looked for. Ids count per ticket.
    struct TicketAction {
        /// Text as HTML; lists answer it only when asked to.
        html: Option<String> = text("note_html"),
        /// The same as plain text.
        note: Option<String> = text("note"),
        /// End users do not see it.
        hidden: bool = flag("hiddenfromuser"),
    }
}

record! {
    /// A way to act on a ticket ("Private Note").
    struct HaloOutcome {
        /// Name.
        outcome: Option<String> = text("outcome"),
        /// Label of its button; older instances fill in only this.
        button: Option<String> = text("buttonname"),
        /// Not offered any more.
        hidden: bool = flag("hidden"),
        /// End users do not see what is written with it.
        private: bool = flag("hidefromuser"),
    }
}

/// A way to act on a ticket, to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct Outcome {
    /// Halo id.
    pub id: i64,
    /// Name in Halo.
    pub name: String,
    /// Its notes are hidden from end users without being asked.
    pub private: bool,
}

/// One line of a note: what is named, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteLine {
    /// Title of the document.
    pub title: String,
    /// "article", "password, copied".
    pub what: String,
    /// Absolute address in Hudu.
    pub url: String,
}

/// A note as HTML: a lead and a list of links. Titles are escaped; no value of a document is in it.
pub fn note_html(lead: &str, lines: &[NoteLine]) -> String {
    let rows: String = lines
        .iter()
        .map(|line| {
            let (url, title, what) = (escaped(&line.url), escaped(&line.title), escaped(&line.what));
            format!("<li><a href=\"{url}\">{title}</a> ({what})</li>")
        })
        .collect();
    format!("<p>{}</p><ul>{rows}</ul>", escaped(lead))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Whether an action holds this text. Halo may add a signature, so it has to contain it only.
fn holds(action: &TicketAction, html: &str) -> bool {
    let wanted = plain(html);
    let own = action.html.as_deref().or(action.note.as_deref()).unwrap_or_default();
    !wanted.is_empty() && plain(own).contains(&wanted)
}

impl Sides {
    /// Ways to act on a ticket that this tenant has, in its order.
    pub async fn outcomes(&self) -> Result<Vec<Outcome>, SyncError> {
        let rows: Vec<HaloOutcome> = self.halo.list(resource::OUTCOME, &[]).await?;
        let shown = rows.into_iter().filter(|row| !row.hidden);
        Ok(shown
            .filter_map(|row| Some(Outcome { id: row.id, name: row.outcome.or(row.button)?, private: row.private }))
            .collect())
    }

    /// The plan that writes a private note on a ticket.
    /// `outcome` is the Halo id of the way to act that the settings name.
    pub async fn plan_note(&self, ticket: i64, title: &str, html: String, outcome: i64) -> Result<Plan, SyncError> {
        let made = self.host.clock.now();
        let after = self.ticket_actions(ticket).await?.iter().map(|action| action.id).max().unwrap_or_default();
        let name = self.outcomes().await.ok().and_then(|all| all.into_iter().find(|one| one.id == outcome));
        let name = name.map_or_else(|| t!("outcome {outcome}", outcome), |one| format!("“{}”", one.name));
        let reason = t!("Hidden from end users. Written as {name}.", name);
        let target = Target::TicketNote { ticket, outcome, after };
        let mut note = item(format!("note/{ticket}"), Action::Create, &t!("ticket {ticket}", ticket), reason, target);
        note.record = Some(RecordRef::new(RecordKind::Ticket, ticket));
        note.changes = vec![Change {
            slot: Slot::attribute(NOTE),
            label: mark!("Note").into(),
            before: FieldValue::Empty,
            after: FieldValue::Html(html),
            note: None,
            by: None,
        }];
        Ok(plan_of(Direction::ToHalo, title.to_owned(), note, made))
    }

    /// Whether a note with this text was written after that action.
    pub(in crate::sync) async fn look_for_note(&self, item: &Item, ticket: i64, after: i64) -> Result<Look, SyncError> {
        let Some(html) = text(item) else { return Ok(Look::Todo(item.changes.clone())) };
        let actions = self.ticket_actions(ticket).await?;
        let found = actions.iter().find(|action| action.id > after && holds(action, html));
        Ok(match found {
            Some(action) => {
                Look::Done { target: action.id, url: Some(self.ticket_url(ticket)), twins: Vec::new(), ours: true }
            }
            None => Look::Todo(item.changes.clone()),
        })
    }

    /// Writes the note.
    pub(in crate::sync) async fn write_note(
        &self,
        item: &Item,
        ticket: i64,
        outcome: i64,
    ) -> Result<Written, SyncError> {
        let body = json!({
            "ticket_id": ticket,
            "outcome_id": outcome,
            "note_html": text(item).unwrap_or_default(),
            "hiddenfromuser": true,
        });
        let answer = self.halo.upsert(resource::ACTION, body).await?;
        let hidden = answer.get("hiddenfromuser").and_then(serde_json::Value::as_bool).unwrap_or(true);
        let note = (!hidden).then(|| {
            keeping(|| {
                t!("Halo shows this note to end users: choose another outcome for notes in Sidelight’s settings.")
            })
        });
        Ok(Written { target: id_of(&answer)?, url: Some(self.ticket_url(ticket)), note })
    }

    async fn ticket_actions(&self, ticket: i64) -> Result<Vec<TicketAction>, SyncError> {
        let ticket = ticket.to_string();
        Ok(self.halo.list(resource::ACTION, &[("ticket_id", &ticket), ("includehtmlnote", "true")]).await?)
    }

    fn ticket_url(&self, ticket: i64) -> String {
        page::url(&self.halo.connection().origin, RecordRef::new(RecordKind::Ticket, ticket))
    }
}

fn text(item: &Item) -> Option<&str> {
    item.changes.iter().find_map(|change| match &change.after {
        FieldValue::Html(html) => Some(html.as_str()),
        _ => None,
    })
}
