//! What ends soon: looked at once a day by alarm where the user wants to be told, and for its page.

use crate::assist::{ending, gather};
use crate::platform::Host;
use crate::protocol::Reply;
use crate::service::{Notice, Service, ServiceError};
use crate::settings;

/// The alarm.
pub(super) const ALARM: &str = "ending";

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

impl Service {
    /// The list; read now where it is older than a day.
    pub(super) async fn ending(&self) -> Result<Reply, ServiceError> {
        let mut kept = ending::load(self.host()).await?;
        let now = self.host().clock.now();
        // One that was read in the future was read by a clock that was wrong.
        if kept.view.as_of.is_none_or(|read| !(0..DAY_MS).contains(&(now - read))) {
            match self.read_ending(&mut kept).await {
                Ok(host) => ending::keep(&host, &kept).await?,
                // Dates of a stated age are worth more than none.
                Err(error) if kept.view.as_of.is_none() => return Err(error),
                Err(_) => {}
            }
        }
        Ok(Reply::Ending { ending: kept.view })
    }

    /// Reads the list; answers where it is to be kept.
    async fn read_ending(&self, kept: &mut ending::Kept) -> Result<Host, ServiceError> {
        let sides = self.unhurried().await?;
        kept.view = ending::read(&sides).await?;
        Ok(sides.host)
    }

    /// Sets the alarm: at every start, and when the settings were saved.
    pub(super) async fn arm_ending(&self) {
        let wanted = settings::load(self.host()).await.is_ok_and(|settings| settings.schedule.ending);
        if !wanted {
            return;
        }
        let read = ending::load(self.host()).await.ok().and_then(|kept| kept.told_at);
        let wait = read.map_or(0, |read| read + DAY_MS - self.host().clock.now());
        self.browser().wake_in(ALARM.to_owned(), wait.clamp(0, DAY_MS));
    }

    /// The alarm rang: tells what is new, once.
    pub(super) async fn look_at_ending(&self) {
        let wanted = settings::load(self.host()).await.is_ok_and(|settings| settings.schedule.ending);
        if !wanted {
            return;
        }
        let wait = match self.tell_ending().await {
            Ok(wait) => wait,
            Err(_) => HOUR_MS,
        };
        self.browser().wake_in(ALARM.to_owned(), wait);
    }

    async fn tell_ending(&self) -> Result<i64, ServiceError> {
        let mut kept = ending::load(self.host()).await?;
        let now = self.host().clock.now();
        // The alarm may ring early, and twice.
        if let Some(left) = kept.told_at.map(|told| told + DAY_MS - now).filter(|left| (1..=DAY_MS).contains(left)) {
            return Ok(left);
        }
        let host = self.read_ending(&mut kept).await?;
        let today = gather::today(self.host());
        let news = kept.news(&today);
        kept.told_at = Some(now);
        // Noted before it is shown: what is shown twice is worse than what is shown not at all.
        ending::keep(&host, &kept).await?;
        if !news.is_empty() {
            let (title, text) = ending::summary(&news, &today);
            self.browser().notify(Notice::Ending, title, text);
        }
        Ok(DAY_MS)
    }
}
