//! What fits the ticket in view, or is related to any other record: as known last at once, then anew.

use leptos::prelude::*;
use sidelight::halo::record::RecordRef;
use sidelight::protocol::{Freshness, Message, Reply};

use super::Pane;
use crate::bridge;

impl Pane {
    /// Shows the suggestions of last time.
    pub(super) async fn suggest_stored(&self, record: RecordRef, turn: u32) {
        self.ask_suggested(record, turn, Freshness::Stored, false).await;
    }

    /// Has them ranked anew; once more where the Central knowledge base or Hudu's
    /// relations have to be read for it.
    pub(super) async fn suggest(&self, record: RecordRef, turn: u32) {
        if self.view.with_untracked(Option::is_none) {
            return;
        }
        self.ask_suggested(record, turn, Freshness::Fresh, false).await;
        if self.suggested.with_untracked(|view| view.as_ref().is_some_and(|view| view.central_due)) {
            self.ask_suggested(record, turn, Freshness::Fresh, true).await;
        }
    }

    async fn ask_suggested(&self, record: RecordRef, turn: u32, freshness: Freshness, central: bool) {
        let answer = bridge::ask(Message::Suggested { record, freshness, central }).await;
        // What was ranked before stays where nothing newer came.
        if let (Ok(Reply::Suggested { view: Some(view) }), Some(true)) =
            (answer, self.turn.try_get_value().map(|now| now == turn))
        {
            self.suggested.set(Some(*view));
        }
    }
}
