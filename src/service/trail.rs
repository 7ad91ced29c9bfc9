//! The audit trail of a ticket: one private note that lists which documents and passwords were used for
//! it, and a further one only where something new was used since.

use crate::assist::trail;
use crate::assist::view::DocumentKind;
use crate::halo::record::{RecordKind, RecordRef};
use crate::service::back::{missing, word};
use crate::service::{Service, ServiceError};
use crate::settings::{self, Trail};
use crate::sync::apply::{self, Order};
use crate::sync::back::{NoteLine, note_html};
use crate::sync::journal::{Run, StepState};
use crate::sync::plan::{Plan, Target};
use crate::t;

/// Before the ticket and the places of the uses in the id of the note's item: "trail/4127/0,2".
const ITEM: &str = "trail/";

impl Service {
    /// A document was opened, or a password used, for a record.
    pub(super) async fn used_for(&self, record: RecordRef, kind: DocumentKind, id: i64) -> Result<(), ServiceError> {
        let on = settings::load(self.host()).await?.tickets.trail != Trail::Off;
        if on && record.kind == RecordKind::Ticket {
            trail::note(self.host(), record.id, kind, id).await?;
        }
        Ok(())
    }

    /// How many uses no note names yet; `None` while the trail is switched off, and for what is no ticket.
    pub(super) async fn untold(&self, record: RecordRef) -> Result<Option<usize>, ServiceError> {
        let on = settings::load(self.host()).await?.tickets.trail != Trail::Off;
        if !on || record.kind != RecordKind::Ticket {
            return Ok(None);
        }
        let uses = trail::of(self.host(), record.id).await?;
        Ok(Some(uses.iter().filter(|used| !used.noted).count()))
    }

    /// The plan of the note.
    pub(super) async fn plan_trail(&self, ticket: i64) -> Result<Plan, ServiceError> {
        let uses = trail::of(self.host(), ticket).await?;
        let sides = self.sides().await?;
        let (mut lines, mut places, mut wrong) = (Vec::new(), Vec::new(), None);
        for (place, used) in uses.iter().enumerate().filter(|(_, used)| !used.noted) {
            let (title, url) = match self.row_of(used.kind, used.id).await {
                Ok(Some(row)) => (row.title, row.url),
                Ok(None) => (t!("No. {id}, gone from Hudu since", id = used.id), sides.hudu.origin().to_owned()),
                // It is left for the next note.
                Err(error) => {
                    wrong = Some(error);
                    continue;
                }
            };
            lines.push(NoteLine { title, what: word(used.kind), url });
            places.push(place.to_string());
        }
        if lines.is_empty() {
            let nothing = || missing(t!("Nothing was used for this ticket that no note names yet."));
            return Err(wrong.unwrap_or_else(nothing));
        }
        let outcome = settings::load(self.host()).await?.tickets.outcome;
        let again = uses.iter().any(|used| used.noted);
        let lead = if again { t!("Also used for this ticket:") } else { t!("Documentation used for this ticket:") };
        let title = t!("Add what was used to ticket {ticket}", ticket);
        let mut plan = sides.plan_note(ticket, &title, note_html(&lead, &lines), outcome).await?;
        for item in &mut plan.items {
            item.id = format!("{ITEM}{ticket}/{}", places.join(","));
        }
        plan.sign();
        Ok(plan)
    }

    /// Takes note of what a run's note names.
    pub(super) async fn trail_told(&self, run: &Run) {
        for (item, step) in run.plan.items.iter().zip(&run.steps) {
            let places = item.id.strip_prefix(ITEM).and_then(|rest| rest.split_once('/'));
            if let (Target::TicketNote { ticket, .. }, Some((_, places)), StepState::Done) =
                (&item.target, places, step.state)
            {
                let places: Vec<usize> = places.split(',').filter_map(|place| place.parse().ok()).collect();
                // At worst a further note names them once more.
                let _ = trail::noted(self.host(), *ticket, &places).await;
            }
        }
    }

    /// A tab shows a ticket no more. Where the settings say so, and no other tab shows it, its note is
    /// written now.
    pub(super) async fn left(&self, record: Option<RecordRef>) {
        let Some(record) = record.filter(|record| record.kind == RecordKind::Ticket) else { return };
        if !self.tabs_of(record).await.is_empty() {
            return;
        }
        let on = settings::load(self.host()).await.is_ok_and(|settings| settings.tickets.trail == Trail::OnLeave);
        if on && matches!(self.untold(record).await, Ok(Some(1..))) {
            let service = self.clone();
            // What fails stays in the list, and is named by the next note.
            self.browser().spawn(Box::pin(async move {
                let _ = service.tell_trail(record.id).await;
            }));
        }
    }

    async fn tell_trail(&self, ticket: i64) -> Result<(), ServiceError> {
        let sides = self.sides().await?;
        let who = self.agent().await;
        let _way = self.click();
        let _turn = self.0.writing.lock().await;
        let plan = self.plan_trail(ticket).await?;
        let run = apply::begin(self.host(), plan, &Order { who, ..Order::default() }).await?;
        self.go_on(&sides, run).await?;
        Ok(())
    }
}
