//! Tables of plans and runs: counts, and a window of the rows that fit a query.
//!
//! Nothing is kept between two queries: one look at each item, then only the window is made.

use std::collections::{BTreeMap, HashMap};

use crate::sync::describe;
use crate::sync::journal::{Step, StepState};
use crate::sync::plan::{Item, Plan, Subject};
use crate::sync::table::{CountView, GroupView, Outcome, RowQuery, RowSort, RowView, RowsView, Scope, SummaryView};

/// Most fields that a row names.
const NAMED: usize = 4;

/// The window of the rows of a plan that fit the query; with `steps`, of its run. Rows that the sort
/// does not tell apart stand as they will be done.
pub fn rows(plan: &Plan, steps: Option<&[Step]>, query: &RowQuery, offset: usize, count: usize) -> RowsView {
    let clients = Clients::of(plan);
    let fits = Filter::new(query, &clients);
    let step = |place: usize| steps.and_then(|steps| steps.get(place));
    let mut places: Vec<usize> =
        (0..plan.items.len()).filter(|place| fits.item(&plan.items[*place], step(*place))).collect();
    let item = |place: &usize| &plan.items[*place];
    match query.sort {
        RowSort::Plan => {}
        RowSort::Client => places.sort_by_cached_key(|place| clients.rank(item(place).client)),
        RowSort::Title => places.sort_by_cached_key(|place| item(place).title.to_lowercase()),
        RowSort::Action => places.sort_by_key(|place| item(place).action as u8),
        RowSort::Kind => places.sort_by_key(|place| item(place).kind()),
    }
    if query.descending {
        places.reverse();
    }
    let groups = if query.sort == RowSort::Client { groups(plan, &places, &clients) } else { Vec::new() };
    let window = places.iter().skip(offset).take(count);
    RowsView {
        total: places.len(),
        offset,
        rows: window.map(|place| row(item(place), step(*place), steps.is_some(), &clients)).collect(),
        groups,
    }
}

/// A plan at a glance.
pub fn summary(plan: &Plan) -> SummaryView {
    let mut counts = BTreeMap::new();
    for item in &plan.items {
        counts.entry((item.action as u8, item.kind())).or_insert((item.action, 0)).1 += 1;
    }
    SummaryView {
        id: plan.id.clone(),
        direction: plan.direction,
        title: describe::title(plan),
        made: plan.made,
        scope: match &plan.subject {
            Subject::Everything(scope) => scope.clone(),
            _ => Scope::default(),
        },
        counts: counts.into_iter().map(|((_, kind), (action, count))| CountView { action, kind, count }).collect(),
        writes: plan.items.iter().filter(|item| item.writes()).count(),
        guard: plan.guard.clone(),
        notes: plan.notes.clone(),
        requests: plan.requests,
    }
}

/// How a step ended.
pub fn outcome(step: &Step) -> Outcome {
    match step.state {
        StepState::Waiting | StepState::Sent => Outcome::Waiting,
        StepState::Done => Outcome::Done,
        StepState::Skipped => Outcome::Skipped,
        StepState::Failed => Outcome::Failed,
    }
}

/// Clients by Halo id: name, and place in the order of the names.
struct Clients<'a>(HashMap<i64, (&'a str, usize)>);

impl<'a> Clients<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut names: Vec<(String, i64, &str)> =
            plan.clients.iter().map(|(id, name)| (name.to_lowercase(), *id, name.as_str())).collect();
        names.sort();
        Self(names.into_iter().enumerate().map(|(rank, (_, id, name))| (id, (name, rank))).collect())
    }

    fn name(&self, client: Option<i64>) -> &'a str {
        client.and_then(|id| self.0.get(&id)).map_or("", |(name, _)| name)
    }

    /// What belongs to no client comes last; clients without a name before that.
    fn rank(&self, client: Option<i64>) -> (usize, Option<i64>) {
        let rank = match client {
            Some(id) => self.0.get(&id).map_or(self.0.len(), |(_, rank)| *rank),
            None => usize::MAX,
        };
        (rank, client)
    }
}

/// A query, made ready.
struct Filter<'a> {
    query: &'a RowQuery,
    words: Vec<String>,
    /// For each word the clients whose name holds it.
    clients: Vec<Vec<i64>>,
}

impl<'a> Filter<'a> {
    fn new(query: &'a RowQuery, clients: &Clients) -> Self {
        let words: Vec<String> = query.text.split_whitespace().map(str::to_lowercase).collect();
        let named = |word: &String| {
            let hits = clients.0.iter().filter(|(_, (name, _))| holds(name, word));
            hits.map(|(id, _)| *id).collect()
        };
        let clients = words.iter().map(named).collect();
        Self { query, words, clients }
    }

    fn item(&self, item: &Item, step: Option<&Step>) -> bool {
        let query = self.query;
        let any = |list: bool, is: bool| !list || is;
        any(!query.actions.is_empty(), query.actions.contains(&item.action))
            && any(!query.kinds.is_empty(), item.kind().is_some_and(|kind| query.kinds.contains(&kind)))
            && any(!query.clients.is_empty(), item.client.is_some_and(|id| query.clients.contains(&id)))
            && any(!query.outcomes.is_empty(), step.is_some_and(|step| query.outcomes.contains(&outcome(step))))
            && self.words.iter().zip(&self.clients).all(|(word, clients)| {
                holds(&item.title, word)
                    || item.client.is_some_and(|id| clients.contains(&id))
                    || holds(&item.reason, word)
            })
    }
}

/// Whether a text holds a word that is in lower case.
fn holds(text: &str, word: &str) -> bool {
    if !text.is_ascii() {
        return text.to_lowercase().contains(word);
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    text.windows(word.len().max(1)).any(|part| part.eq_ignore_ascii_case(word))
}

fn groups(plan: &Plan, places: &[usize], clients: &Clients) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = Vec::new();
    for (first, place) in places.iter().enumerate() {
        let client = plan.items[*place].client;
        match groups.last_mut() {
            Some(group) if group.client == client => group.count += 1,
            _ => groups.push(GroupView { client, name: clients.name(client).to_owned(), first, count: 1 }),
        }
    }
    groups
}

fn row(item: &Item, step: Option<&Step>, run: bool, clients: &Clients) -> RowView {
    RowView {
        id: item.id.clone(),
        action: item.action,
        kind: item.kind(),
        record: item.record,
        title: item.title.clone(),
        client: clients.name(item.client).to_owned(),
        client_id: item.client,
        summary: line(item, step),
        fields: item.changes.len(),
        outcome: run.then(|| step.map_or(Outcome::Waiting, outcome)),
        trouble: step.and_then(|step| step.trouble.clone()),
        url: step.and_then(|step| step.url.clone()).or_else(|| item.url.clone()),
    }
}

/// "phone and website", or why nothing is done; of a step what became of it.
fn line(item: &Item, step: Option<&Step>) -> String {
    if let Some(step) = step {
        if let Some(trouble) = &step.trouble {
            return trouble.sentence.clone();
        }
        if let (StepState::Skipped, Some(note)) = (step.state, &step.note) {
            return note.clone();
        }
    }
    let fields = fields(item);
    match step.and_then(|step| step.note.as_ref()) {
        Some(note) if !fields.is_empty() => format!("{fields} – {note}"),
        Some(note) => note.clone(),
        None if fields.is_empty() => item.reason.clone(),
        None => fields,
    }
}

/// The names of the fields that change; of many the first.
fn fields(item: &Item) -> String {
    let mut names = describe::labels(item);
    if names.len() > NAMED {
        let rest = names.len() - (NAMED - 1);
        names.truncate(NAMED - 1);
        names.push(format!("{rest} more"));
    }
    describe::list(&names)
}
