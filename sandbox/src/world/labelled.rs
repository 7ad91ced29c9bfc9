//! Tickets with the documents that a technician would want for them: what relevance is measured on.
//!
//! They are written as people write, with other words than the documents have. The second list was
//! written before anything was tuned and is looked at only to be counted.

use super::desk::{place, ticket};
use super::{Ticket, World};

/// A ticket and the documents that help with it.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The ticket.
    pub ticket: Ticket,
    /// Any of these is right: the beginning of a title, after `process: ` that of a process.
    pub wanted: Vec<String>,
    /// Kept aside while the ranking was tuned.
    pub held_out: bool,
}

const TUNING: &str = include_str!("labelled/tuning.txt");
const HELD_OUT: &str = include_str!("labelled/held-out.txt");
/// Halo id of the first.
const FIRST: i64 = 5001;

/// The labelled tickets for this world; their clients, people and devices are those of the world.
pub fn labelled(world: &World) -> Vec<Labelled> {
    let shorts = std::iter::once(super::harbour::SHORT).chain(super::clients::CLIENTS.iter().map(|row| row.short));
    let named: Vec<_> = shorts.zip(&world.clients).collect();
    let blocks = [(TUNING, false), (HELD_OUT, true)]
        .into_iter()
        .flat_map(|(text, held_out)| text.split("\n# ").map(move |block| (block.trim_start_matches("# "), held_out)));
    (FIRST..)
        .zip(blocks)
        .filter_map(|(id, (block, held_out))| {
            let mut lines = block.lines();
            let (summary, on) = (lines.next()?, lines.next()?);
            let (category, via) = lines.next()?.strip_prefix("is: ")?.split_once(" | ")?;
            let wanted = lines.next()?.strip_prefix("want: ")?.split(" / ").map(str::to_owned).collect();
            let rest: Vec<&str> = lines.collect();
            place(on.strip_prefix("on: ")?, &named)?;
            let is = format!("is: Incident | {category} | 3 | New | Service Desk | Morag Sinclair | {via}");
            let whole = format!("{summary}\n{on}\n{is}\n{}", rest.join("\n"));
            Some(Labelled { ticket: ticket(id, &whole, &named, &world.agents)?, wanted, held_out })
        })
        .collect()
}

impl World {
    /// The world with the labelled tickets among its own.
    pub fn with_labelled(mut self) -> Self {
        let more = labelled(&self).into_iter().map(|labelled| labelled.ticket);
        self.tickets.extend(more);
        self
    }
}
