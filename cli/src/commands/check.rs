//! `sidelight check`.

use serde::Serialize;
use sidelight::settings::check::{CheckLine, Grade};

use super::init;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::show;

#[derive(Serialize)]
struct Answer<'a> {
    lines: &'a [CheckLine],
    /// What is to be done to the layouts that the settings name.
    layouts: &'a [String],
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
    let bad = lines.iter().any(|line| line.grade == Grade::Bad);
    let layouts = if bad { Vec::new() } else { init::missing(desk).await };
    show::check(out, &lines, &layouts);
    out.json(&Answer { lines: &lines, layouts: &layouts });
    Ok(if bad { Exit::Act } else { Exit::Done })
}
