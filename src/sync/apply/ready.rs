//! An item made ready to be written: what earlier steps made stands in it.

use crate::hudu::field::FieldValue;
use crate::mapping::record::Slot;
use crate::order::Order;
use crate::sync::apply::queue::{Queue, company_link, hard};
use crate::sync::error::STALE;
use crate::sync::journal::{Run, StepState};
use crate::sync::plan::{Item, Made, Target};
use crate::sync::planner::layout_key;
use crate::sync::view::Action;
use crate::t;

/// An item with every id in it, and what is worth saying of it; or why it is passed over.
pub(super) fn ready(run: &Run, queue: &Queue, index: usize) -> Result<(Item, Option<String>), String> {
    let mut item = run.plan.items[index].clone();
    let result = |id: &str| queue.place(id).and_then(|place| run.steps[place].target);
    let title = |id: &str| match queue.place(id) {
        Some(place) => format!("“{}”", run.plan.items[place].title),
        None => t!("what it belongs to"),
    };
    if let Some(need) = hard(&item).find(|need| result(need).is_none()) {
        return Err(match &item.target {
            Target::FaqList { .. } => t!("The list above it could not be made."),
            _ => t!("It needs {need} first, and that was not done.", need = title(need)),
        });
    }
    let stale = |place: &usize| run.steps[*place].trouble.as_ref().is_some_and(|trouble| trouble.code == STALE);
    if let Some(place) = company_link(run, queue, &item).filter(stale) {
        return Err(t!("“{name}” has changed since: the next sync looks again.", name = run.plan.items[place].title));
    }
    if let Some(company) = found_meanwhile(run, queue, &item) {
        return Err(t!(
            "{company} was made or linked by another browser in the meantime: the next sync compares what stands there before it makes more.",
            company = title(company)
        ));
    }
    let settle = |made: &mut Made| {
        if let Made::By(id) = made
            && let Some(id) = result(id)
        {
            *made = Made::Is(id);
        }
    };
    match &mut item.target {
        Target::Asset { company, layout, id } => {
            [company, layout].into_iter().for_each(settle);
            if let Some(first) = &item.of {
                *id = result(first);
            }
        }
        Target::FaqList { parent: Some(parent), .. } => settle(parent),
        Target::Article { write: Some(write), .. } => write.list.iter_mut().for_each(settle),
        Target::Layout { add, .. } => add.iter_mut().for_each(|field| {
            if let Some(name) = field.linked_by.take() {
                field.linked_layout = result(&layout_key(&name));
                // Without a layout to link to it holds names.
                if field.linked_layout.is_none() {
                    field.kind = "Text".to_owned();
                }
            }
        }),
        _ => {}
    }
    let mut missing: Vec<String> = Vec::new();
    let links = item.changes.len();
    item.changes.retain_mut(|change| {
        let Some(by) = change.by.take() else { return true };
        let Some(id) = result(&by) else {
            missing.push(title(&by));
            return false;
        };
        fill(&mut change.after, id);
        true
    });
    if missing.is_empty() {
        return Ok((item, None));
    }
    missing.order();
    missing.dedup();
    let note = t!("Not linked with {missing}, which was not done.", missing = crate::sync::describe::list(&missing));
    if item.changes.is_empty() && links > 0 {
        return Err(note);
    }
    Ok((item, Some(note)))
}

/// The item of a company that this run was to make and that is there already. The plan took it for empty,
/// but what the creation stands for may be in it under its name alone.
fn found_meanwhile<'i>(run: &Run, queue: &Queue, item: &'i Item) -> Option<&'i str> {
    let Target::Asset { company: Made::By(company), id: None, .. } = &item.target else { return None };
    let place = queue.place(company)?;
    let (made, step) = (&run.plan.items[place], &run.steps[place]);
    (made.action == Action::Create && step.state == StepState::Done && !step.made).then_some(company)
}

/// Puts the id where 0 stands for "not known yet".
pub(in crate::sync) fn fill(value: &mut FieldValue, id: i64) {
    match value {
        FieldValue::Assets(rows) => rows.iter_mut().filter(|(own, _)| *own == 0).for_each(|row| row.0 = id),
        FieldValue::Number(text) if text == "0" => *text = id.to_string(),
        _ => {}
    }
}

/// The name that a creation gives, and that it is looked for by.
pub(in crate::sync) fn name_of(item: &Item) -> String {
    let name = item.changes.iter().find(|change| change.slot == Slot::attribute("name"));
    let name = name.and_then(|change| crate::mapping::compare::show(&change.after));
    name.unwrap_or_else(|| item.title.clone())
}
