//! When everything is synced unattended.

use crate::json::Json;

/// The schedule. Only what is safe is written unattended; the rest waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct ScheduleSettings {
    /// Hours between two syncs; 0 is off. 3 is what Hudu's own integration does.
    pub hours: u32,
    /// Tell with a notification when something waits.
    pub notify: bool,
    /// Tell once a day with a notification what ends soon in Hudu.
    pub ending: bool,
}

impl Default for ScheduleSettings {
    fn default() -> Self {
        Self { hours: 0, notify: true, ending: false }
    }
}
