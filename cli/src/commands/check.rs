//! `sidelight check`.

use serde::Serialize;
use sidelight::settings::check::{CheckLine, Grade};

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::show;

#[derive(Serialize)]
struct Answer<'a> {
    lines: &'a [CheckLine],
}

/// Checks both connections. It fails when anything does not work.
pub async fn check(desk: &Desk, out: &Out) -> Result<Exit, Failure> {
    let mut lines = desk.service.check_lines().await?;
    for line in lines.iter_mut().filter(|line| line.grade == Grade::Bad) {
        // What is missing in the file or the environment is named; the core knows neither.
        if let Some(sentence) = desk.config.lacks(line.product) {
            line.sentence = sentence;
        }
    }
    show::check(out, &lines);
    out.json(&Answer { lines: &lines });
    let bad = lines.iter().any(|line| line.grade == Grade::Bad);
    Ok(if bad { Exit::Failed } else { Exit::Done })
}
