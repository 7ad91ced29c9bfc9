//! A process, or one that was started for the company.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::assist::sections::{Desk, due};
use crate::assist::view::{BodyView, DeedView, DocumentKind, DocumentView, TaskView};
use crate::hudu::link::{self, slug_path};
use crate::hudu::model::{Procedure, ProcedureTask};
use crate::mapping::compare::plain;

/// A process with its steps; `ticks` are those that were ticked on this device only.
pub(super) fn of_process(
    desk: &Desk,
    procedure: &Procedure,
    as_of: i64,
    ticks: &[i64],
    deeds: Vec<DeedView>,
) -> DocumentView {
    DocumentView {
        kind: DocumentKind::Process,
        id: procedure.id,
        title: procedure.name.clone().unwrap_or_default(),
        group: procedure.status.clone().filter(|_| procedure.run),
        url: link::absolute(desk.origin, procedure.url.as_deref(), &slug_path("/processes/", &procedure.slug)),
        created: procedure.created,
        updated: procedure.updated,
        archived: procedure.archived,
        as_of,
        body: BodyView::Process {
            description: text(procedure.description.as_deref()),
            tasks: procedure.tasks.iter().map(|task| task_view(desk, task, ticks)).collect(),
            run: procedure.run,
            deeds,
        },
    }
}

fn task_view(desk: &Desk, task: &ProcedureTask, ticks: &[i64]) -> TaskView {
    let here = !task.completed && task.id.is_some_and(|id| ticks.contains(&id));
    let done = task.completed || here;
    TaskView {
        id: task.id,
        name: task.name.clone().unwrap_or_default(),
        notes: text(task.description.as_deref()),
        done,
        here,
        due: task.due.as_deref().filter(|_| !done).and_then(|day| due(day, desk.today)),
    }
}

/// Plain text of a description. Some versions hand out those of steps in Base64.
fn text(description: Option<&str>) -> Option<String> {
    let given = description?.trim();
    let long_enough = given.len() >= 8 && !given.contains(' ');
    let decoded = long_enough.then(|| STANDARD.decode(given).ok()).flatten();
    let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    let readable = decoded.filter(|text| text.chars().all(|c| !c.is_control() || c.is_whitespace()));
    Some(plain(readable.as_deref().unwrap_or(given))).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn descriptions_are_read_in_either_form() {
        assert_eq!(text(Some("<p>Ring the client</p>")).as_deref(), Some("Ring the client"));
        assert_eq!(text(Some("PHA+UmluZyB0aGUgY2xpZW50PC9wPg==")).as_deref(), Some("Ring the client"));
        assert_eq!(text(Some("Password")).as_deref(), Some("Password"));
        assert_eq!(text(Some("  ")), None);
    }
}
