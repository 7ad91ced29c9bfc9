//! `sidelight halo`: records of HaloITSM.

use std::path::Path;

use serde_json::{Value, json};
use sidelight::halo::catalogue::Entry;
use sidelight::http::Product;
use sidelight::tools::{Bench, CallError};

use super::{tools, upsert};
use crate::args::{DeleteOrder, GetOrder, HaloOrder, HaloWork};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Answer, Out};
use crate::show;
use crate::show::records::{self, Sheets};

/// Does what the order says.
pub async fn halo(desk: &Desk, out: &Out, order: &HaloOrder) -> Result<Exit, Failure> {
    let unknown = || Failure::File(format!("HaloITSM has no resource {}.", order.resource));
    let entry = Entry::named(order.resource).ok_or_else(unknown)?;
    let bench = desk.bench_of(Product::Halo).await?;
    match &order.work {
        HaloWork::List(order) => {
            let columns: Vec<&str> = entry.fields().collect();
            let sheets = Sheets { columns: &columns, narrow: entry.columns };
            records::list(desk, out, &bench, &format!("list_all_haloitsm_{}", entry.many), order, &sheets).await
        }
        HaloWork::Get(order) => get(out, &bench, entry, order).await,
        HaloWork::Upsert(order) => upsert::upsert(desk, out, &bench, entry, order).await,
        HaloWork::Delete(order) => delete(desk, out, &bench, entry, order).await,
    }
}

/// Reads single records.
async fn get(out: &Out, bench: &Bench, entry: &Entry, order: &GetOrder) -> Result<Exit, Failure> {
    match (&order.out, order.ids.as_slice()) {
        (Some(path), [id]) => return download(out, bench, *id, path).await,
        (Some(_), _) => {
            return Err(Failure::File("--out takes the file of one attachment: name one id.".to_owned()));
        }
        (None, _) => {}
    }
    let columns: Vec<&str> = entry.fields().collect();
    let name = format!("get_single_haloitsm_{}_by_id", entry.one);
    records::single(out, bench, &name, entry.within, order, &columns).await
}

async fn download(out: &Out, bench: &Bench, id: i64, path: &Path) -> Result<Exit, Failure> {
    let file = bench.sides.halo.download(id).await.map_err(CallError::from)?;
    std::fs::write(path, &file.bytes)
        .map_err(|error| Failure::File(format!("{} could not be written ({error}).", path.display())))?;
    out.note(&format!("{} bytes were written to {}.", file.bytes.len(), path.display()));
    Ok(Exit::Done)
}

/// Says what will go, asks, deletes.
async fn delete(desk: &Desk, out: &Out, bench: &Bench, entry: &Entry, order: &DeleteOrder) -> Result<Exit, Failure> {
    let (get, remove) =
        (format!("get_single_haloitsm_{}_by_id", entry.one), format!("delete_a_haloitsm_{}_by_id", entry.one));
    let named = |id: i64| {
        let mut named = json!({ "id": id });
        if let (Some(within), Some(ticket)) = (entry.within, order.ticket) {
            named[within] = ticket.into();
        }
        named
    };
    for id in &order.ids {
        let record = tools::named(&get)?.call(bench, named(*id)).await;
        let record = record.inspect_err(|_| out.note("Nothing was deleted."))?;
        let title = Entry::title(&record["result"]).map(|title| format!(", “{title}”")).unwrap_or_default();
        out.text(&format!("{} {id}{title}", entry.resource.one));
    }
    out.text(entry.deleting);
    if !order.yes {
        let what = if order.ids.len() == 1 { "Delete it?".to_owned() } else { format!("Delete {}?", order.ids.len()) };
        match out.ask(&what) {
            Answer::Yes => {}
            Answer::No => {
                out.note("Nothing was deleted.");
                return Ok(Exit::Act);
            }
            Answer::Nobody => {
                out.failure(&show::nobody_said_yes(out, "deleted"));
                return Ok(Exit::Act);
            }
        }
    }
    let mut exit = Exit::Done;
    let mut gone = 0;
    let _busy = desk.interrupt.busy();
    for (place, id) in order.ids.iter().enumerate() {
        if desk.interrupt.asked() {
            let left: Vec<String> = order.ids[place..].iter().map(i64::to_string).collect();
            out.note(&format!("Stopped before the end. Not deleted: {}.", left.join(", ")));
            return Ok(Exit::Part);
        }
        let mut arguments = named(*id);
        if let Some(reason) = &order.reason {
            arguments["reason"] = Value::String(reason.clone());
        }
        match tools::named(&remove)?.call(bench, arguments).await {
            Ok(_) => {
                gone += 1;
                out.text(&format!("{} {id} is deleted.", entry.resource.one));
            }
            Err(error) if order.ids.len() == 1 => return Err(error.into()),
            Err(error) => {
                out.failure(&format!("{} {id}: {}", entry.resource.one, sidelight::trouble::Explain::sentence(&error)));
                exit = if gone > 0 { Exit::Part } else { Exit::Act };
            }
        }
    }
    Ok(exit)
}
