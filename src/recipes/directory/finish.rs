//! The part of a directory sync that goes to Hudu: both sides are read again once HaloITSM has what was planned for
//! it, so that Hudu gets what is true then, and nothing that was not shown.

use std::collections::{BTreeMap, BTreeSet};

use crate::call::typed;
use crate::halo::record::{RecordKind, RecordRef};
use crate::order::gathered;
use crate::platform::json::put;
use crate::platform::{Later, Table};
use crate::recipes::directory::both::{self, hudu_key};
use crate::recipes::directory::{Given, Task, to_hudu};
use crate::recipes::item::State;
use crate::recipes::journal::Run;
use crate::recipes::{Arguments, Bench, CallError, after};
use crate::sync::links::Links;
use crate::sync::plan::Link;

/// Name of the sync's runs.
const TITLE: &str = "Sync people to Hudu";

/// Carries that part out.
pub(super) fn finish<'a>(bench: &'a Bench, given: &'a Arguments, run: &'a mut Run) -> Later<'a, Result<(), CallError>> {
    Box::pin(async move {
        let given: Given = typed(given)?;
        let (task, rules) = given.task()?;
        let shown: BTreeSet<String> = gathered(run.items.iter().map(|kept| kept.item.key.clone()));
        match task {
            Task::FileToHalo => Ok(()),
            Task::FileToHudu => {
                let made = bench.sides.host.clock.now();
                let order = given.order(&rules);
                let (_, mut items) = to_hudu::draw(bench, given.read()?, &order, given.layout.as_deref()).await?;
                items.retain(|item| shown.contains(&hudu_key(&item.id)));
                after::carry_out(bench, &bench.sides, run, TITLE, (items, made), hudu_key).await
            }
            Task::Products(order) => products(bench, &order, run, &shown).await,
        }
    })
}

async fn products(
    bench: &Bench,
    order: &both::Order,
    run: &mut Run,
    shown: &BTreeSet<String>,
) -> Result<(), CallError> {
    let joined = joined(run);
    link(bench, &joined).await?;
    let both = both::draw(bench, order).await?.both;
    if !order.to_hudu {
        return Ok(());
    }
    // What HaloITSM got just now may change what Hudu gets.
    let touched = run.items.iter().filter(|kept| matches!(kept.state, State::Created | State::Changed));
    let mut may: BTreeSet<String> = gathered(touched.map(|kept| kept.item.key.clone()));
    may.extend(joined.keys().map(|user| user.key()));
    let goes = |id: &str, record: bool| !record || may.contains(id) || shown.contains(&hudu_key(id));
    let mut items: Vec<_> =
        both.plan.items.into_iter().filter(|item| item.writes() && goes(&item.id, item.record.is_some())).collect();
    // A company or a layout is made for somebody who needs it, and for nobody else.
    let needed: BTreeSet<String> = gathered(items.iter().flat_map(|item| item.needs().into_iter().map(str::to_owned)));
    items.retain(|item| item.record.is_some_and(|record| record.kind == RecordKind::User) || needed.contains(&item.id));
    let sides = crate::sync::sides::Sides { settings: both::settings(bench, order), ..bench.sides.clone() };
    after::carry_out(bench, &sides, run, TITLE, (items, both.plan.made), hudu_key).await
}

/// Users that this run made, with the assets that they were made of.
fn joined(run: &Run) -> BTreeMap<RecordRef, i64> {
    let made = |kept: &crate::recipes::journal::Kept| {
        let asset = kept.item.key.strip_prefix("hudu-asset/")?.parse().ok()?;
        let id = kept.steps.first()?.id?;
        matches!(kept.state, State::Created | State::Known).then_some((RecordRef::new(RecordKind::User, id), asset))
    };
    gathered(run.items.iter().filter_map(made))
}

/// Keeps which record in Hudu each of them was made of, so that nobody has to guess.
async fn link(bench: &Bench, joined: &BTreeMap<RecordRef, i64>) -> Result<(), CallError> {
    let host = &bench.sides.host;
    let links = Links::load(host).await?;
    let fresh = joined.iter().filter(|(user, _)| links.of(**user).is_none());
    let writes: Vec<_> = fresh
        .map(|(user, asset)| put(Table::Links, user.key(), &Link { target: *asset, chosen: true, ..Link::default() }))
        .collect();
    Ok(host.store.write(writes).await?)
}
