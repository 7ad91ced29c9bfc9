//! What is known of both products while the mapping is edited, asked again after each pause in typing.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::halo::record::RecordKind;
use sidelight::mapping::view::{FactView, FindingView, MappingRow, MappingView};
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::settings::SyncSettings;
use sidelight::trouble::Trouble;
use sidelight_ui::{bridge, clock};

use super::draft::Draft;
use crate::desk::Desk;

/// How long a pause in typing is.
const PAUSE_MS: i32 = 500;

/// What is known of both products.
#[derive(Clone, Copy)]
pub struct Known {
    /// Layouts, facts, rows and findings; `None` until they were read.
    pub view: RwSignal<Option<MappingView>>,
    /// Why they could not be read.
    pub trouble: RwSignal<Option<Trouble>>,
    again: Trigger,
}

impl Known {
    /// Asks now, and again whenever the draft has changed.
    pub fn follow() -> Self {
        let known = Self { view: RwSignal::new(None), trouble: RwSignal::new(None), again: Trigger::new() };
        let desk = Desk::of_page();
        let wanted = move |settings| {
            known.again();
            // A run may have changed layouts.
            desk.news.track();
            CentreAsk::Mapping { settings }
        };
        follow(wanted, move |answer| match answer {
            Ok(Reply::Mapping { mapping }) => {
                known.trouble.set(None);
                known.view.set(Some(*mapping));
            }
            Ok(_) => known.trouble.set(Some(bridge::odd())),
            Err(trouble) => known.trouble.set(Some(trouble)),
        });
        known
    }

    /// Asks once more, after a trouble.
    pub fn ask_again(&self) {
        self.again.notify();
    }

    /// Follows the wish to be asked once more.
    pub fn again(&self) {
        self.again.track();
    }

    /// Names of the layouts in use.
    pub fn layouts(&self) -> Vec<String> {
        self.view.with(|view| {
            let layouts = view.as_ref().map(|view| view.layouts.as_slice()).unwrap_or_default();
            layouts.iter().filter(|layout| layout.active).map(|layout| layout.name.clone()).collect()
        })
    }

    /// Names of the layouts in use that records of these kinds go to and that have no field for the link.
    pub fn unlinked(&self, kinds: &[RecordKind]) -> Vec<String> {
        self.view.with(|view| {
            let Some(view) = view else { return Vec::new() };
            let of_kinds = || view.rows.iter().filter(|row| kinds.contains(&row.kind));
            let taken = |name: &str| of_kinds().any(|row| row.layout.eq_ignore_ascii_case(name));
            let open = view.layouts.iter().filter(|layout| layout.active && !layout.linked && taken(&layout.name));
            open.map(|layout| layout.name.clone()).collect()
        })
    }

    /// Facts of a kind.
    pub fn facts(&self, kind: RecordKind) -> Vec<FactView> {
        self.view.with(|view| {
            let facts = view.as_ref().map(|view| view.facts.as_slice()).unwrap_or_default();
            facts.iter().filter(|fact| fact.kind == kind).cloned().collect()
        })
    }

    /// Where the facts of a kind go; in this layout only, where one is named.
    pub fn rows(&self, kind: RecordKind, layout: &str) -> Vec<MappingRow> {
        let layout = layout.trim();
        self.view.with(|view| {
            let rows = view.as_ref().map(|view| view.rows.as_slice()).unwrap_or_default();
            let here = |row: &&MappingRow| {
                row.kind == kind && (layout.is_empty() || row.layout.trim().eq_ignore_ascii_case(layout))
            };
            rows.iter().filter(here).cloned().collect()
        })
    }

    /// What does not fit, where this holds for the name of the setting ("sort_rules/2").
    pub fn findings(&self, of: impl Fn(&str) -> bool) -> Vec<FindingView> {
        self.view.with(|view| {
            let findings = view.as_ref().map(|view| view.findings.as_slice()).unwrap_or_default();
            findings.iter().filter(|finding| of(&finding.setting)).cloned().collect()
        })
    }
}

/// Sends a message made of the draft now, and again after each pause in typing; an answer that was
/// overtaken by another change is passed over. Signals that the message reads count as changes too.
pub fn follow(
    message: impl Fn(Box<SyncSettings>) -> CentreAsk + Copy + 'static,
    take: impl Fn(Result<Reply, Trouble>) + Copy + 'static,
) {
    let draft = Draft::of_page();
    let turn = StoredValue::new(0_u32);
    Effect::new(move |before: Option<()>| {
        let message = message(Box::new(draft.now.with(|settings| settings.sync.clone())));
        let own = turn.get_value() + 1;
        turn.set_value(own);
        let first = before.is_none();
        spawn_local(async move {
            if !first {
                clock::pause(PAUSE_MS).await;
            }
            if turn.try_get_value() != Some(own) {
                return;
            }
            let answer = bridge::ask(message).await;
            if turn.try_get_value() == Some(own) {
                take(answer);
            }
        });
    });
}
