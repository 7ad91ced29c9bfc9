//! What the tools of the directory do, and how far an agent that is limited to one client may go with them.

use serde_json::Value;

use super::{Change, ChangeOf, Export, File, Form, Named, Side, Users, Works};
use crate::directory::{self, Filter, Kind, Sort};
use crate::halo::catalogue::Entry;
use crate::http::raw::read::integer_of;
use crate::json::Json;
use crate::platform::Later;
use crate::tools::schema::Paging;
use crate::tools::{Arguments, Bench, CallError, answer, typed};

type Answer<'a> = Later<'a, Result<Value, CallError>>;

/// What is done with users.
pub(super) const USERS: Works = [list_users, get_user, create_user, update_user, end_user];
/// What is done with groups.
pub(super) const GROUPS: Works = [list_groups, get_group, create_group, update_group, end_group];

/// The text of a file.
pub(super) fn file<'a>(bench: &'a Bench, given: &'a Arguments) -> Answer<'a> {
    Box::pin(async move {
        let asked: Export = typed(given)?;
        let work = crate::tools::recipes::bench_of(bench).await?;
        let client = asked.client_id.map(|id| id.0);
        if let (Some(own), Some(_)) = (bench.reach.client, client.filter(|other| bench.reach.client != Some(*other))) {
            return Err(CallError::Outside(own));
        }
        let client = client.or(bench.reach.client);
        let from = match asked.from {
            Side::Halo => "halo",
            Side::Hudu => "hudu",
        };
        let kind = asked.kind.unwrap_or(Kind::EndUser).word();
        let as_json = asked.format == Some(Form::Json);
        let text = crate::recipes::directory::export(&work, from, kind, client, as_json).await?;
        Ok(answer(File { text }.to_json(), None))
    })
}

macro_rules! works {
    ($($name:ident = $work:ident($sort:ident);)*) => {
        $(fn $name<'a>(bench: &'a Bench, given: &'a Arguments) -> Answer<'a> {
            Box::pin($work(bench, Sort::$sort, given))
        })*
    };
}

works! {
    list_users = list(Users);
    list_groups = list(Groups);
    get_user = get(Users);
    get_group = get(Groups);
    create_user = create(Users);
    create_group = create(Groups);
    update_user = update(Users);
    update_group = update(Groups);
    end_user = end(Users);
    end_group = end(Groups);
}

async fn list(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    // What groups do not have, their schema does not take.
    let Users { kind, email, client_id, common } = typed(given)?;
    let asked = client_id.map(|id| id.0);
    if let (Some(client), Some(other)) = (bench.reach.client, asked)
        && client != other
    {
        return Err(CallError::Outside(client));
    }
    let limited = bench.reach.client.filter(|_| sort == Sort::Users);
    let inactive = common.include_inactive.unwrap_or_default();
    let filter = Filter { kind, search: common.search, email, client_id: asked.or(limited), inactive };
    let Paging { cursor, .. } = &common.paging;
    let page = directory::list(&bench.sides.halo, sort, &filter, common.paging.size(), cursor.as_deref()).await?;
    let seen = page.rows.iter().filter(|row| limited.is_none_or(|client| row.client_id == Some(client)));
    Ok(answer(seen.map(Json::to_json).collect(), page.next))
}

async fn get(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    let Named { id } = typed(given)?;
    let found = directory::get(&bench.sides.halo, sort, &id).await?;
    match bench.reach.client {
        Some(client) if found.kind == Kind::EndUser && found.client_id != Some(client) => {
            Err(CallError::Outside(client))
        }
        _ => Ok(answer(found.to_json(), None)),
    }
}

/// Whether a limited agent may write this: end users of its client only, at sites of its client only.
async fn may_write(bench: &Bench, sort: Sort, id: Option<&str>, record: &Arguments) -> Result<(), CallError> {
    let Some(client) = bench.reach.client else { return Ok(()) };
    let raw = record.get("raw").and_then(Value::as_object);
    if sort == Sort::Groups
        || record.get("kind").is_some_and(|kind| kind != Kind::EndUser.word())
        || raw.is_some_and(|raw| !raw.is_empty())
    {
        return Err(CallError::Outside(client));
    }
    if let Some(id) = id {
        let before = directory::get(&bench.sides.halo, sort, id).await?;
        if before.client_id != Some(client) {
            return Err(CallError::Outside(client));
        }
    }
    if record.get("client_id").is_some_and(|of| integer_of(of) != Some(client)) {
        return Err(CallError::Outside(client));
    }
    if let Some(site) = record.get("site_id").and_then(integer_of)
        && let Some(sites) = Entry::named("sites")
    {
        let site = bench.sides.halo.record(sites, site, &[]).await?;
        bench.owns(sites, &site).await?;
    }
    Ok(())
}

async fn write(bench: &Bench, sort: Sort, id: Option<&str>, record: &Arguments) -> Result<Value, CallError> {
    may_write(bench, sort, id, record).await?;
    Ok(answer(directory::save(&bench.sides.halo, sort, id, record).await?.to_json(), None))
}

async fn create(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    let Change { record } = typed(given)?;
    write(bench, sort, None, &record).await
}

async fn update(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    let ChangeOf { id, change } = typed(given)?;
    write(bench, sort, Some(&id), &change.record).await
}

async fn end(bench: &Bench, sort: Sort, given: &Arguments) -> Result<Value, CallError> {
    let Named { id } = typed(given)?;
    may_write(bench, sort, Some(&id), &Arguments::new()).await?;
    Ok(answer(directory::deactivate(&bench.sides.halo, sort, &id).await?.to_json(), None))
}
