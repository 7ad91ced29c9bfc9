//! A plan in a file: what `sidelight plan --out` writes and `sidelight apply` takes.
//!
//! The file holds the plan itself and the two instances that it was made for. It holds no secret: values
//! of confidential fields are no part of a plan. It does hold what the records say, so it is written for
//! its owner only.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sidelight::sync::plan::Plan;

use crate::config::Pair;
use crate::host::private;

/// Version of the file's layout.
const VERSION: u32 = 1;
/// What the file says that it is.
const WHAT: &str = "sidelight plan";
/// A plan older than this is applied only with a yes, in milliseconds.
const OLD_MS: i64 = 24 * 3_600_000;

/// The file, but for the plan: read first, so that a file of a later version is told for what it is.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    what: String,
    version: u32,
    halo: String,
    hudu: String,
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    head: Head,
    plan: &'a Plan,
}

#[derive(Deserialize)]
struct Body {
    plan: Plan,
}

/// A plan file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PlanFileError {
    /// It cannot be read or written: file, which of both, reason.
    #[error("The plan {0} could not be {1} ({2}).")]
    Access(PathBuf, &'static str, String),
    /// It is something else.
    #[error("{0} is no plan of Sidelight. `sidelight plan --out FILE` writes one.")]
    Other(PathBuf),
    /// A newer Sidelight wrote it.
    #[error("The plan {0} was written by a newer version. Update Sidelight, or plan again.")]
    Newer(PathBuf),
    /// It was made for other instances: file, these.
    #[error("The plan {0} was made for {1}, not for the configured pair. Nothing was written.")]
    Elsewhere(PathBuf, String),
    /// It is old: file, age in hours.
    #[error(
        "The plan {0} is {1} hours old, and much may have changed since. Plan again, or apply it as it is with --yes."
    )]
    Old(PathBuf, i64),
}

impl PlanFileError {
    /// Stable code, `area.reason`.
    pub fn code(&self) -> &'static str {
        match self {
            PlanFileError::Access(..) => "plan_file.access",
            PlanFileError::Other(_) => "plan_file.other",
            PlanFileError::Newer(_) => "plan_file.newer",
            PlanFileError::Elsewhere(..) => "plan_file.elsewhere",
            PlanFileError::Old(..) => "plan_file.old",
        }
    }
}

/// Writes the plan. A file of that name is replaced.
pub fn write(path: &Path, pair: Pair<'_>, plan: &Plan) -> Result<(), PlanFileError> {
    let head = Head { what: WHAT.to_owned(), version: VERSION, halo: pair.halo.to_owned(), hudu: pair.hudu.to_owned() };
    let broken = |why: String| PlanFileError::Access(path.to_owned(), "written", why);
    let text = serde_json::to_string(&Whole { head, plan }).map_err(|error| broken(error.to_string()))?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    let opened = private(path).and_then(|()| options.open(path));
    let written = opened.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| broken(error.to_string()))
}

/// Reads a plan for these instances. `now` is the time in milliseconds since 1970; an old plan is
/// refused unless `old` is fine.
pub fn read(path: &Path, pair: Pair<'_>, now: i64, old: bool) -> Result<Plan, PlanFileError> {
    let access = |error: std::io::Error| PlanFileError::Access(path.to_owned(), "read", error.to_string());
    let text = std::fs::read_to_string(path).map_err(access)?;
    let other = |_| PlanFileError::Other(path.to_owned());
    let head: Head = serde_json::from_str(&text).map_err(other)?;
    if head.what != WHAT {
        return Err(PlanFileError::Other(path.to_owned()));
    }
    if head.version > VERSION {
        return Err(PlanFileError::Newer(path.to_owned()));
    }
    if (head.halo.as_str(), head.hudu.as_str()) != (pair.halo, pair.hudu) {
        return Err(PlanFileError::Elsewhere(path.to_owned(), format!("{} and {}", head.halo, head.hudu)));
    }
    let plan = serde_json::from_str::<Body>(&text).map_err(other)?.plan;
    let age = now - plan.made;
    if age > OLD_MS && !old {
        return Err(PlanFileError::Old(path.to_owned(), age / 3_600_000));
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use sidelight::sync::plan::Subject;
    use sidelight::sync::table::Scope;
    use sidelight::sync::view::Direction;

    const PAIR: Pair<'_> = Pair { halo: "https://halo.example", hudu: "https://hudu.example" };

    fn plan() -> Plan {
        let mut plan = Plan::new(Direction::ToHudu, Subject::Everything(Scope::default()), Vec::new(), None);
        plan.made = 1_000;
        plan
    }

    #[test]
    fn a_plan_comes_back_as_it_was() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("plan.json");
        write(&path, PAIR, &plan()).unwrap();
        assert_eq!(read(&path, PAIR, 2_000, false).unwrap(), plan());
        assert_eq!(read(&path, PAIR, 1_000 + OLD_MS + 1, false).unwrap_err().code(), "plan_file.old");
        assert_eq!(read(&path, PAIR, 1_000 + OLD_MS + 1, true).unwrap(), plan());
        let other = Pair { hudu: "https://other.example", ..PAIR };
        assert_eq!(read(&path, other, 2_000, true).unwrap_err().code(), "plan_file.elsewhere");
    }

    #[test]
    fn what_is_no_plan_is_told() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("plan.json");
        let code = |path: &Path| read(path, PAIR, 0, false).unwrap_err().code();
        assert_eq!(code(&path), "plan_file.access");
        for text in ["", "[1]", "{\"plan\": 1}", "{\"what\":\"x\",\"version\":1,\"halo\":\"\",\"hudu\":\"\"}"] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(code(&path), "plan_file.other", "{text}");
        }
        let newer = format!("{{\"what\":\"{WHAT}\",\"version\":2,\"halo\":\"\",\"hudu\":\"\"}}");
        std::fs::write(&path, newer).unwrap();
        assert_eq!(code(&path), "plan_file.newer");
    }
}
