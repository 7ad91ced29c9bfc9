//! The sidebar's view of a record: from the store at once, and again when fresh data is in.

use crate::assist::document::{of_article, of_asset};
use crate::assist::gather::{Look, article_origin, look, plan_for, today};
use crate::assist::sections::{Desk, sections};
use crate::assist::view::{CompanyState, CompanyView, CounterpartState, RecordView, SidebarView, Standing};
use crate::halo::record::{RecordKind, RecordRef};
use crate::html::sanitise;
use crate::hudu::model::Company;
use crate::library::{self, Library, Shapes};
use crate::mapping::compare::{plain, show};
use crate::mapping::record::Slot;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};
use crate::settings::SyncSettings;
use crate::sync::error::SyncError;
use crate::sync::matching::Why;
use crate::sync::plan::{self, Item, Link};
use crate::sync::sides::Sides;
use crate::sync::view::{Action, CandidateView};
use crate::sync::{Seen, article};
use crate::t;
use crate::trouble::Explain;

/// The record's sidebar as it was stored last.
pub async fn stored(
    host: &Host,
    origin: &str,
    settings: &SyncSettings,
    record: RecordRef,
) -> Result<Option<SidebarView>, StoreError> {
    let Some(mut view) = kept(host, record).await? else {
        return Ok(None);
    };
    view.stored = true;
    if let CompanyState::Matched { company } = &view.company
        && let Some(library) = library::load(host, company.id).await?
    {
        let shapes = library::shapes(host).await?.unwrap_or_default();
        let today = today(host);
        view.sections = sections(&Desk { library: &library, shapes: &shapes, settings, origin, today: &today });
    }
    Ok(Some(view))
}

/// The record's sidebar as it was kept, its sections left out.
pub async fn kept(host: &Host, record: RecordRef) -> Result<Option<SidebarView>, StoreError> {
    get(host, Table::Documents, &key(record)).await
}

/// The standing as it was stored last.
pub async fn stored_standing(host: &Host, record: RecordRef) -> Option<Standing> {
    kept(host, record).await.ok().flatten().map(|view| view.standing)
}

/// The Hudu company that the record was found to belong to.
pub async fn stored_company(host: &Host, record: RecordRef) -> Result<Option<i64>, StoreError> {
    Ok(kept(host, record).await?.and_then(|view| match view.company {
        CompanyState::Matched { company } => Some(company.id),
        _ => None,
    }))
}

/// The company as the sidebar found it last, with what is known of it.
pub async fn stored_state(host: &Host, record: RecordRef) -> Result<Option<CompanyState>, StoreError> {
    Ok(kept(host, record).await?.map(|view| view.company))
}

fn key(record: RecordRef) -> String {
    format!("{}{}", library::SIDEBAR, record.key())
}

/// Reads everything anew, stores it and makes the view.
pub async fn fresh(sides: &Sides, record: RecordRef) -> Result<SidebarView, SyncError> {
    let look = look(sides, record, true).await?;
    let host = &sides.host;
    let origin = sides.hudu.origin();
    let (counterpart, standing) = counterpart(sides, &look).await;
    let today = today(host);
    let sections = match &look.library {
        Some(library) => {
            let settings = &sides.settings;
            sections(&Desk { library, shapes: &look.shapes, settings, origin, today: &today })
        }
        None => Vec::new(),
    };
    let mut view = SidebarView {
        record: record_view(&look.seen, record),
        company: company_state(sides, &look),
        counterpart,
        standing,
        sections: Vec::new(),
        stored: false,
        last_run: None,
        untold: None,
        notice: look.unstored.as_ref().map(Explain::trouble),
    };
    if let CompanyState::Unknown { trouble } = &view.company {
        let trouble = trouble.clone();
        if let Ok(Some(old)) = stored(host, origin, &sides.settings, record).await
            && matches!(old.company, CompanyState::Matched { .. })
        {
            // Documentation of a stated age is worth more than none.
            view.company = old.company;
            view.sections = old.sections;
            for section in &mut view.sections {
                section.trouble.get_or_insert_with(|| trouble.clone());
            }
        }
        view.notice.get_or_insert(trouble);
        return Ok(view);
    }
    let kept = host.store.write(vec![put(Table::Documents, key(record), &view)]).await;
    if let Err(error) = kept {
        view.notice.get_or_insert_with(|| error.trouble());
    }
    view.sections = sections;
    Ok(view)
}

/// The record's standing alone: reads no more than planning needs, and stores nothing to be shown.
pub async fn standing_of(sides: &Sides, record: RecordRef) -> Standing {
    match look(sides, record, false).await {
        Ok(look) => counterpart(sides, &look).await.1,
        Err(error) => Standing::Unknown { trouble: error.trouble() },
    }
}

async fn counterpart(sides: &Sides, look: &Look) -> (CounterpartState, Standing) {
    if matches!(look.seen, Seen::Ticket(_)) {
        return (CounterpartState::NotNeeded, Standing::NotApplicable);
    }
    let plan = match plan_for(sides, look).await {
        Ok(plan) => plan,
        Err(SyncError::NotSynced(reason)) => {
            return (CounterpartState::Missing { reason }, Standing::NotApplicable);
        }
        Err(error) => {
            let trouble = error.trouble();
            return (CounterpartState::Unknown { trouble: trouble.clone() }, Standing::Unknown { trouble });
        }
    };
    let Some(item) = plan.items.last() else { return (CounterpartState::NotNeeded, Standing::NotApplicable) };
    if item.action == Action::Unchanged {
        // Not worth a failure: the link is only kept to tell later edits apart.
        let _ = remember(sides, item).await;
    }
    let state = match &look.seen {
        Seen::Source(source) if source.record.kind == RecordKind::Client => CounterpartState::NotNeeded,
        Seen::Article(article) => article_counterpart(sides, article_origin(article)).await,
        _ => asset_counterpart(sides, look, item),
    };
    // A choice that is open earlier in the plan (its company) is what the user has to see.
    let open = plan.items.iter().find(|item| item.action == Action::Ambiguous);
    (state, standing(open.unwrap_or(item)))
}

fn standing(item: &Item) -> Standing {
    match item.action {
        Action::Unchanged => Standing::InStep,
        Action::Update | Action::Link | Action::Archive => {
            Standing::Differs { fields: item.changes.iter().map(|change| change.label.to_string()).collect() }
        }
        Action::Create => Standing::NotInHudu,
        Action::Conflict | Action::Ambiguous => Standing::NeedsChoice,
        Action::Blocked | Action::Gone => Standing::NotApplicable,
    }
}

async fn remember(sides: &Sides, item: &Item) -> Result<(), StoreError> {
    let target = match item.target {
        plan::Target::Company(Some(id)) | plan::Target::Asset { id: Some(id), .. } => id,
        plan::Target::Article { id: Some(id), .. } => id,
        _ => return Ok(()),
    };
    let key = match &item.id {
        id if id.starts_with("hudu-article/") => id.clone(),
        _ => item.record.map(RecordRef::key).unwrap_or_default(),
    };
    let kept: Option<Link> = get(&sides.host, Table::Links, &key).await?;
    let mut link = kept.clone().unwrap_or_default();
    link.target = target;
    link.synced.extend(item.agreed.clone());
    if kept.as_ref() != Some(&link) {
        sides.host.store.write(vec![put(Table::Links, key, &link)]).await?;
    }
    Ok(())
}

fn asset_counterpart(sides: &Sides, look: &Look, item: &Item) -> CounterpartState {
    let (Some(library), plan::Target::Asset { id, .. }) = (&look.library, &item.target) else {
        return CounterpartState::Missing { reason: item.reason.clone() };
    };
    if item.action == Action::Ambiguous {
        return CounterpartState::Ambiguous {
            candidates: candidates(item.candidates.iter().map(|c| (c.id, &c.name, &c.why, &c.url))),
        };
    }
    let asset = id.and_then(|id| library.assets.rows.iter().find(|asset| asset.id == id));
    match asset {
        Some(asset) => {
            let today = today(&sides.host);
            let origin = sides.hudu.origin();
            let desk = Desk { library, shapes: &look.shapes, settings: &sides.settings, origin, today: &today };
            CounterpartState::Matched {
                document: of_asset(&desk, asset, library.assets.as_of.unwrap_or_default()),
                why: item.reason.clone(),
            }
        }
        None => CounterpartState::Missing { reason: item.reason.clone() },
    }
}

async fn article_counterpart(sides: &Sides, hudu_id: Option<i64>) -> CounterpartState {
    let Some(id) = hudu_id else {
        return CounterpartState::Missing { reason: t!("It was not published from Hudu.") };
    };
    match sides.hudu.article(id).await {
        Ok(article) => {
            let library = Library::default();
            let shapes = Shapes::default();
            let today = today(&sides.host);
            let origin = sides.hudu.origin();
            let desk = Desk { library: &library, shapes: &shapes, settings: &sides.settings, origin, today: &today };
            let document = of_article(&desk, &article, sides.host.clock.now(), None);
            CounterpartState::Matched { document, why: t!("Matched: the tag {tag}.", tag = article::tag(id)) }
        }
        Err(error) => CounterpartState::Unknown { trouble: error.trouble() },
    }
}

fn candidates<'a>(rows: impl Iterator<Item = (i64, &'a String, &'a String, &'a String)>) -> Vec<CandidateView> {
    rows.map(|(id, name, why, url)| CandidateView { id, name: name.clone(), why: why.clone(), url: url.clone() })
        .collect()
}

fn company_state(sides: &Sides, look: &Look) -> CompanyState {
    let Some((_, client)) = look.seen.client() else { return CompanyState::NotNeeded };
    match (&look.company, &look.companies) {
        (Some((company, why)), _) => CompanyState::Matched { company: company_view(sides, company, *why) },
        (None, Err(error)) => CompanyState::Unknown { trouble: error.trouble() },
        (None, Ok(_)) if !look.candidates.is_empty() => CompanyState::Ambiguous {
            candidates: candidates(look.candidates.iter().map(|(r, why)| (r.id, &r.name, why, &r.url))),
        },
        (None, Ok(_)) => CompanyState::Missing { reason: t!("Hudu has no company that is {client}.", client) },
    }
}

fn company_view(sides: &Sides, company: &Company, why: Why) -> CompanyView {
    let record = sides.company_record(company);
    let text = |name: &str| show(&record.value(&Slot::attribute(name)));
    let parts: Vec<String> = ["address_line_1", "address_line_2", "city", "state", "zip", "country_name"]
        .iter()
        .filter_map(|name| text(name))
        .collect();
    let website = text("website").map(|site| if site.contains("://") { site } else { format!("https://{site}") });
    let notes = company.notes.as_deref().map(|html| sanitise(html, sides.hudu.origin()));
    CompanyView {
        id: company.id,
        name: record.name.clone(),
        address: (!parts.is_empty()).then(|| parts.join(", ")),
        phone: text("phone_number"),
        website: website.filter(|site| site.starts_with("https://") || site.starts_with("http://")),
        notes_html: notes.filter(|html| !plain(html).is_empty()),
        kind: company.company_type.clone(),
        archived: company.archived,
        url: record.url,
        why: why.words().to_owned(),
        as_of: sides.host.clock.now(),
    }
}

fn record_view(seen: &Seen, record: RecordRef) -> RecordView {
    let client = seen.client();
    let (title, parts) = match seen {
        Seen::Ticket(ticket) => (
            ticket.summary.clone().unwrap_or_default(),
            vec![ticket.client_name.clone(), ticket.site_name.clone(), ticket.user_name.clone()],
        ),
        Seen::Source(source) => {
            let place = (source.record.kind != RecordKind::Client).then(|| source.client_name.clone()).flatten();
            (source.name.clone(), vec![source.type_name.clone(), place])
        }
        Seen::Article(article) => (
            article.name.clone().unwrap_or_default(),
            vec![article.lists.first().and_then(|list| list.full_name.clone().or(list.name.clone()))],
        ),
    };
    let about = match seen {
        Seen::Ticket(ticket) => {
            let user = ticket.user_id.zip(ticket.user_name.clone());
            let user = user.map(|(id, name)| (RecordRef::new(RecordKind::User, id), name));
            let asset = |asset: &crate::halo::model::Asset| {
                Some((RecordRef::new(RecordKind::Asset, asset.id), asset.inventory_number.clone()?))
            };
            user.into_iter().chain(ticket.assets.iter().filter_map(asset)).collect()
        }
        _ => Vec::new(),
    };
    let subtitle: Vec<String> = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect();
    RecordView {
        record,
        title,
        subtitle: subtitle.join(" · "),
        client: client.as_ref().map(|(_, name)| name.clone()),
        client_id: client.map(|(id, _)| id),
        about,
    }
}
