//! `sidelight call`: one tool with JSON.

use std::io::Read;
use std::rc::Rc;

use serde_json::Value;
use sidelight::tools::{Marks, Reach};

use super::tools;
use crate::args::CallOrder;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Answer, Out};
use crate::progress::Meter;
use crate::show;

/// Calls it and prints its result.
pub async fn call(desk: &Desk, out: &Out, order: &CallOrder) -> Result<Exit, Failure> {
    let tool = tools::named(&order.tool)?;
    let mut text = order.args.clone();
    if text == "-" {
        text.clear();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|error| Failure::File(format!("Standard input could not be read ({error}).")))?;
    }
    let arguments: Value = serde_json::from_str(&text).map_err(|error| {
        Failure::File(format!("The arguments are not JSON ({error}). Write them as --args '{{\"id\": 12}}'."))
    })?;
    if let Marks { destructive: true, .. } = tool.marks
        && !order.yes
    {
        out.note(&tool.about);
        match out.ask(&format!("Call {}?", tool.name)) {
            Answer::Yes => {}
            Answer::No => {
                out.note("Nothing was written.");
                return Ok(Exit::Act);
            }
            Answer::Nobody => {
                out.failure(&show::nobody_said_yes(out, "written"));
                return Ok(Exit::Act);
            }
        }
    }
    let bench = desk.bench(Reach { client: order.client, secrets: order.allow_secrets }).await?;
    let bench = if tool.marks.long { bench.watched(Rc::new(Meter::new(&desk.interrupt))) } else { bench };
    let _turn = if tool.marks.runs { Some(desk.turn(out)?) } else { None };
    if tool.marks.runs {
        bench.settle().await?;
    }
    let result = tool.call(&bench, arguments).await?;
    out.whole(&format!("{}\n", serde_json::to_string_pretty(&result).unwrap_or_default()));
    Ok(Exit::Done)
}
