//! Which tab shows which record, the token of its frame, and the badge.

use futures::FutureExt;

use crate::assist::sidebar;
use crate::assist::view::Standing;
use crate::halo::page;
use crate::halo::record::{RecordKind, RecordRef};
use crate::json::{self, Json};
use crate::platform::json::{get, put};
use crate::platform::{Host, Later, StoreError, Table, Write};
use crate::protocol::{Event, Reply};
use crate::service::Service;
use crate::service::browser::{Badge, Tone};
use crate::settings;
use crate::{many, t};

/// What is known of a tab, for as long as the browser runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct TabState {
    /// The token that the tab's frame has to show.
    pub token: String,
    /// The record in view.
    pub record: Option<RecordRef>,
    /// Milliseconds since 1970 at which its standing was found out for the badge; 0 for never.
    pub looked: i64,
}

/// How long a standing that was found out for the badge is good enough.
const LOOK_LIFE_MS: i64 = 5 * 60_000;

fn key(tab: i64) -> String {
    format!("tab/{tab}")
}

/// Under which a record's standing is noted for as long as the browser runs.
pub(super) const STANDING: &str = "standing/";

fn standing_key(record: RecordRef) -> String {
    format!("{STANDING}{}", record.key())
}

/// The state of a tab.
pub async fn state(host: &Host, tab: i64) -> Result<Option<TabState>, StoreError> {
    get(host, Table::Session, &key(tab)).await
}

/// Whether this is the token of this tab's frame.
pub async fn token_fits(host: &Host, tab: Option<i64>, token: Option<&str>) -> bool {
    let (Some(tab), Some(token)) = (tab, token) else { return false };
    match state(host, tab).await {
        Ok(Some(state)) => !state.token.is_empty() && state.token == token,
        _ => false,
    }
}

impl Service {
    /// A page of Halo shows this address now.
    pub(super) async fn page_seen(&self, tab: i64, url: &str) -> Result<Reply, StoreError> {
        let host = self.host();
        let settings = settings::load(host).await?;
        let here = settings.connections.halo.as_ref().is_some_and(|halo| {
            url.strip_prefix(halo.origin.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        });
        let record = if here { page::record(url) } else { None };
        let known = state(host, tab).await?;
        let before = known.as_ref().and_then(|known| known.record);
        let moved = known.as_ref().is_none_or(|known| known.record != record);
        let looked = known.as_ref().filter(|_| !moved).map_or(0, |known| known.looked);
        let token = known.map_or_else(|| self.new_token(), |known| known.token);
        let state = TabState { token: token.clone(), record, looked };
        host.store.write(vec![put(Table::Session, key(tab), &state)]).await?;
        if moved {
            self.browser().broadcast(Event::RecordInView { tab, record });
            self.left(before).await;
        }
        // Always: the browser takes a tab's badge away when its page is loaded again.
        self.refresh_badge(tab, record).await;
        Ok(Reply::Page { record, frame: settings.frame, token, tab })
    }

    fn new_token(&self) -> String {
        let mut bytes = [0; 16];
        self.host().random.fill(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Finds out how the record of a tab stands while its sidebar is closed, for the badge. (An open
    /// sidebar reads the record anyway.)
    pub fn look_ahead(&self, tab: i64) -> Later<'_, ()> {
        self.look_at_tab(tab).boxed_local()
    }

    async fn look_at_tab(&self, tab: i64) {
        let Ok(Some(known)) = state(self.host(), tab).await else { return };
        let Some(record) = known.record.filter(|record| record.kind != RecordKind::Ticket) else { return };
        let now = self.host().clock.now();
        if now - known.looked < LOOK_LIFE_MS {
            return;
        }
        let looked = put(Table::Session, key(tab), &TabState { looked: now, ..known });
        if let (Ok(()), Ok(sides)) = (self.host().store.write(vec![looked]).await, self.sides().await) {
            let standing = sidebar::standing_of(&sides, record).await;
            self.show_standing(record, &standing).await;
        }
    }

    /// The record that a tab shows.
    pub(super) async fn record_of(&self, tab: Option<i64>) -> Result<Option<RecordRef>, StoreError> {
        let tab = match tab {
            Some(tab) => Some(tab),
            None => self.browser().active_tab().await,
        };
        match tab {
            Some(tab) => Ok(state(self.host(), tab).await?.and_then(|state| state.record)),
            None => Ok(None),
        }
    }

    /// A tab was closed.
    pub fn tab_removed(&self, tab: i64) -> Later<'_, ()> {
        async move {
            let before = state(self.host(), tab).await.ok().flatten().and_then(|known| known.record);
            let gone = Write { table: Table::Session, key: key(tab), value: None };
            // Nothing depends on it: the browser forgets the table anyway when it closes.
            let _ = self.host().store.write(vec![gone]).await;
            self.left(before).await;
        }
        .boxed_local()
    }

    /// A tab came to the front: pages that follow the active tab have to know.
    pub fn tab_activated(&self, tab: i64) -> Later<'_, ()> {
        async move {
            if let Ok(state) = state(self.host(), tab).await {
                let record = state.and_then(|state| state.record);
                self.browser().broadcast(Event::RecordInView { tab, record });
            }
        }
        .boxed_local()
    }

    /// The tabs that show this record.
    pub(super) async fn tabs_of(&self, record: RecordRef) -> Vec<i64> {
        let rows = self.host().store.scan(Table::Session, "tab/").await.unwrap_or_default();
        rows.into_iter()
            .filter(|(_, text)| json::read::<TabState>(text).is_ok_and(|state| state.record == Some(record)))
            .filter_map(|(key, _)| key.strip_prefix("tab/")?.parse().ok())
            .collect()
    }

    /// Shows what is known of the record's standing: what was found last, else what is stored.
    async fn refresh_badge(&self, tab: i64, record: Option<RecordRef>) {
        let standing = match record {
            Some(record) => match get(self.host(), Table::Session, &standing_key(record)).await {
                Ok(Some(standing)) => Some(standing),
                _ => self.stored_standing(record).await,
            },
            None => None,
        };
        self.browser().show_badge(Some(tab), badge(standing.as_ref()));
    }

    /// Shows a record's standing on every tab that shows the record.
    pub(super) async fn show_standing(&self, record: RecordRef, standing: &Standing) {
        // Only for the badge, which is shown now all the same.
        let _ = self.host().store.write(vec![put(Table::Session, standing_key(record), standing)]).await;
        for tab in self.tabs_of(record).await {
            self.browser().show_badge(Some(tab), badge(Some(standing)));
        }
    }
}

/// The badge for a standing.
pub fn badge(standing: Option<&Standing>) -> Badge {
    let (text, tone, title) = match standing {
        Some(Standing::Differs { fields }) => {
            let n = fields.len();
            (
                n.min(99).to_string(),
                Tone::Attention,
                many!(n, "Sidelight: {n} field differs from Hudu", "Sidelight: {n} fields differ from Hudu"),
            )
        }
        Some(Standing::NotInHudu) => (t!("new"), Tone::Attention, t!("Sidelight: not in Hudu")),
        Some(Standing::NeedsChoice) => ("?".to_owned(), Tone::Attention, t!("Sidelight: choose the match in Hudu")),
        Some(Standing::InStep) => (String::new(), Tone::Good, t!("Sidelight: in step with Hudu")),
        Some(Standing::Unknown { trouble }) => {
            ("!".to_owned(), Tone::Trouble, format!("Sidelight: {}", trouble.sentence))
        }
        Some(Standing::NotApplicable) | None => Default::default(),
    };
    Badge { text, tone, title }
}
